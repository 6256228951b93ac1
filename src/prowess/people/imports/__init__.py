"""The organisation's own list of people: read, compared with what is known, taken whole or not at all."""
