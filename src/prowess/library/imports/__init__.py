"""Bringing a dictionary or framework into the library: read, look, correct, compare, import."""
