"""The report of a fit: plots as SVG files, one HTML page, and PDF where it is asked for."""

from pathlib import Path
from typing import TYPE_CHECKING

from prowess.measurement.report.content import ReportContent, report_content
from prowess.measurement.report.page import report_html
from prowess.printing import pdf_from_html

if TYPE_CHECKING:
    from prowess.measurement.result import FitResult

__all__ = ["ReportContent", "report_content", "report_html", "report_pdf", "write_report"]


def report_pdf(content: ReportContent) -> bytes:
    """The report as an accessible PDF (PDF/UA).

    Raises `MissingCapability` where the system library that WeasyPrint draws with (Pango) is not installed.
    """
    return pdf_from_html(report_html(content))


def write_report(result: "FitResult", directory: str | Path, *, pdf: bool = False) -> list[Path]:
    """Write ``plots/*.svg`` and ``report.html``, and ``report.pdf`` if asked, into ``directory``."""
    content, folder = report_content(result), Path(directory)
    plots = folder / "plots"
    plots.mkdir(parents=True, exist_ok=True)
    written = []
    for plot in (plot for section in content.sections for plot in section.plots):
        path = plots / f"{_file_name(plot.title)}.svg"
        path.write_text(plot.svg, encoding="utf-8")
        written.append(path)
    page = folder / "report.html"
    page.write_text(report_html(content), encoding="utf-8")
    written.append(page)
    if pdf:
        path = folder / "report.pdf"
        path.write_bytes(report_pdf(content))
        written.append(path)
    return written


def _file_name(title: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in title.lower()).split())
