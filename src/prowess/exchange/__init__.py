"""Frameworks in and out: one module a file format, each registered under the entry-point group ``prowess.formats``."""

from prowess.exchange.format import Format, Progress, Sample
from prowess.exchange.registry import convert, format_named, format_to_read, format_to_write, formats, read

__all__ = [
    "Format",
    "Progress",
    "Sample",
    "convert",
    "format_named",
    "format_to_read",
    "format_to_write",
    "formats",
    "read",
]
