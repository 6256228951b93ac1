"""PDF from HTML by WeasyPrint, tagged for screen readers (PDF/UA)."""

from typing import Any

from prowess.framework.errors import MissingCapability


def pdf_from_html(html: str) -> bytes:
    """Render a self-contained HTML document as PDF/UA; nothing is loaded from anywhere.

    Raises:
        MissingCapability: the system libraries that lay out the text (Pango) are not installed.
    """
    try:
        import weasyprint  # noqa: PLC0415 - loads system libraries
    except OSError as error:
        raise MissingCapability(
            "PDF files cannot be made here: the Pango library is missing.",
            remedy="Install it (Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0), or choose Word or HTML.",
        ) from error

    document: bytes = weasyprint.HTML(string=html, url_fetcher=_nothing_from_elsewhere).write_pdf(
        pdf_variant="pdf/ua-1"
    )
    return document


def _nothing_from_elsewhere(url: str, *_: Any, **__: Any) -> Any:
    raise ValueError(f"a printed document loads nothing: {url}")
