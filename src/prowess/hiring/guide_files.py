"""The file formats of an interview guide."""

from collections.abc import Callable

from prowess.hiring.guide import InterviewGuide


def _html(guide: InterviewGuide) -> bytes:
    from prowess.hiring.guide_html import guide_as_html  # noqa: PLC0415  # each format loads only its own library

    return guide_as_html(guide).encode("utf-8")


def _word(guide: InterviewGuide) -> bytes:
    from prowess.hiring.guide_word import guide_as_word  # noqa: PLC0415

    return guide_as_word(guide)


def _pdf(guide: InterviewGuide) -> bytes:
    from prowess.hiring.guide_pdf import guide_as_pdf  # noqa: PLC0415

    return guide_as_pdf(guide)


FORMATS: dict[str, Callable[[InterviewGuide], bytes]] = {".docx": _word, ".pdf": _pdf, ".html": _html}
"""By the ending of the file's name."""


def write_guide(guide: InterviewGuide, *, suffix: str) -> bytes:
    """The guide in the format of a file ending (".docx", ".pdf" or ".html").

    Raises:
        KeyError: an ending that is not among `FORMATS`.
        MissingCapability: a PDF on a machine without Pango.
    """
    return FORMATS[suffix](guide)
