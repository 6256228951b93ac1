"""PDF from HTML by WeasyPrint, tagged for screen readers (PDF/UA)."""

from typing import Any

from prowess.framework.errors import MissingCapability


def pdf_from_html(html: str, *, style: str = "") -> bytes:
    """Render a self-contained HTML document as PDF/UA, with a style sheet on top; nothing is loaded from anywhere.

    Raises:
        MissingCapability: the system libraries that lay out the text (Pango) are not installed.
    """
    try:
        import weasyprint  # noqa: PLC0415 - loads system libraries
    except (OSError, ImportError) as error:
        raise MissingCapability(
            "PDF files cannot be made on this machine: the text layout library Pango is missing.",
            remedy="Install it (Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0), or choose Word or HTML.",
        ) from error

    sheets = [weasyprint.CSS(string=style)] if style else []
    page = weasyprint.HTML(string=html, url_fetcher=_nothing_from_elsewhere)
    return bytes(page.write_pdf(stylesheets=sheets, pdf_variant="pdf/ua-1"))


def _nothing_from_elsewhere(url: str, *_: Any, **__: Any) -> Any:
    raise ValueError(f"a printed document loads nothing: {url}")
