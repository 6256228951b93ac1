"""A competency dictionary on paper, in whatever layout it has, becomes a framework and an account of every word."""

from prowess.dictionaries.reading import Understanding, UnderstoodLine, read_dictionary, understand_dictionary

__all__ = ["Understanding", "UnderstoodLine", "read_dictionary", "understand_dictionary"]
