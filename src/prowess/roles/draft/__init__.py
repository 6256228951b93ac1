"""The draft of a role profile, edited live."""
