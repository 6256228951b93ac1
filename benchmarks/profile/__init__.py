"""How long a role profile takes, beside the encoder's own time."""
