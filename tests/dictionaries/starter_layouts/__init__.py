"""Documents in layouts that the reader had not seen when they were written, with the truth of each."""

from tests.dictionaries.starter_layouts import office, pages, texts, web  # noqa: F401  # each registers its layouts
from tests.dictionaries.starter_layouts.content import LAYOUTS

__all__ = ["LAYOUTS"]
