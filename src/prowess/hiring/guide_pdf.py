"""The interview guide as an accessible PDF (PDF/UA), made from its HTML."""

from prowess.framework.errors import MissingCapability
from prowess.hiring.guide import InterviewGuide
from prowess.hiring.guide_html import guide_as_html


def guide_as_pdf(guide: InterviewGuide) -> bytes:
    """The guide as PDF/UA with tags, bookmarks and a title.

    Raises:
        MissingCapability: the Pango library, which lays out the text, is not on this machine.
    """
    try:
        from weasyprint import HTML  # noqa: PLC0415  # takes a second, and fails where Pango is absent
    except (OSError, ImportError) as error:
        raise MissingCapability(
            "PDF files cannot be made on this machine: the text layout library Pango is missing.",
            remedy="Install it (on Debian: apt install libpango-1.0-0 libpangoft2-1.0-0), or print to Word or HTML.",
        ) from error
    return bytes(HTML(string=guide_as_html(guide)).write_pdf(pdf_variant="pdf/ua-1"))
