"""The interview guide as an accessible PDF (PDF/UA), made from its HTML."""

from prowess.hiring.guide import InterviewGuide
from prowess.hiring.guide_html import guide_as_html
from prowess.printing import pdf_from_html


def guide_as_pdf(guide: InterviewGuide) -> bytes:
    """The guide as PDF/UA with tags, bookmarks and a title.

    Raises:
        MissingCapability: the Pango library, which lays out the text, is not on this machine.
    """
    return pdf_from_html(guide_as_html(guide))
