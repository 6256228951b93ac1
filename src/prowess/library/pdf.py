"""A competency as a PDF: the page's content, laid out for A4 paper."""

from pathlib import Path
from typing import NoReturn

from django.template.loader import render_to_string

from prowess.framework.errors import MissingCapability
from prowess.library.presentation import Reading

_STYLE = Path(__file__).parent / "templates/library/competency_print.css"


def as_pdf(reading: Reading) -> bytes:
    """The competency as an accessible PDF (PDF/UA).

    Raises:
        MissingCapability: Pango, the library that lays out the text, is not installed on this machine.
    """
    try:
        from weasyprint import CSS, HTML  # noqa: PLC0415 - needs Pango, and takes its time
    except OSError as error:
        raise MissingCapability(
            "PDF files need Pango, which is not installed on this machine.",
            remedy="Install Pango, or print the page from the browser.",
        ) from error
    text = render_to_string("library/competency_print.html", {"reading": reading})
    document = HTML(string=text, url_fetcher=_nothing_from_elsewhere)
    return bytes(document.write_pdf(stylesheets=[CSS(string=_STYLE.read_text())], pdf_variant="pdf/ua-1"))


def _nothing_from_elsewhere(url: str, *_: object, **__: object) -> NoReturn:
    raise ValueError(f"a printed competency loads nothing: {url}")
