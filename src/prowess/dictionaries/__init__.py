"""A competency dictionary on paper, in whatever layout it has, becomes a framework and an account of every word."""

from prowess.dictionaries.correction import Correction, reassemble
from prowess.dictionaries.labels import LABELS, Label
from prowess.dictionaries.reading import read_dictionary, understand_dictionary
from prowess.dictionaries.understanding import Understanding, UnderstoodLine

__all__ = [
    "LABELS",
    "Correction",
    "Label",
    "Understanding",
    "UnderstoodLine",
    "read_dictionary",
    "reassemble",
    "understand_dictionary",
]
