"""A competency as a PDF: the page's content, laid out for A4 paper."""

from pathlib import Path

from django.template.loader import render_to_string

from prowess.library.presentation import Reading
from prowess.printing import pdf_from_html

_STYLE = Path(__file__).parent / "templates/library/competency_print.css"


def as_pdf(reading: Reading) -> bytes:
    """The competency as an accessible PDF (PDF/UA).

    Raises:
        MissingCapability: Pango, the library that lays out the text, is not installed on this machine.
    """
    html = render_to_string("library/competency_print.html", {"reading": reading})
    return pdf_from_html(html, style=_STYLE.read_text(encoding="utf-8"))
