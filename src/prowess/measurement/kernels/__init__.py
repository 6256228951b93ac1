"""Compiled loops over the ratings; each releases the interpreter's lock and keeps its compilation on disk."""
