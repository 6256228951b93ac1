"""Pages per second of the dictionary reader against plain text extraction of the same PDF.

    python benchmarks/dictionaries/pages_per_second.py [PAGES]

Makes a dictionary of that many pages (300 unless told otherwise), reads it, and extracts its plain text with
PDFium and with pypdf in the same run. Seconds are of the processor, so that other work on the machine counts little.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import weasyprint

from prowess.dictionaries import read_dictionary

_STYLE = """<style>@page { size: A4; margin: 2cm; @top-center { content: "Competency dictionary of the Long Railway" }
@bottom-center { content: counter(page) } } h2 { page-break-before: always }
body { font: 10pt "DejaVu Sans" }</style>"""


def dictionary(pages: int) -> str:
    """A competency a page, with definition, key actions and five levels."""
    body = [_STYLE, "<h1>Competency dictionary of the Long Railway</h1>"]
    for number in range(1, pages):
        body.append(
            f"<h2>Duty Number {number}</h2><p>Does what duty {number} of the line asks for, in time and with care.</p>"
        )
        body.append("<h3>Key Actions</h3><ul>")
        body += [
            f"<li>Step {step} of duty {number} – Takes this step before the next one begins.</li>" for step in range(5)
        ]
        body.append("</ul>")
        for level in range(1, 6):
            body.append(f"<h3>Level {level}</h3><ul>")
            body += [
                f"<li>Shows behaviour {item} of duty {number} as one expects at level {level} of it.</li>"
                for item in range(4)
            ]
            body.append("</ul>")
    return "".join(body)


def timed(action: Callable[[], object]) -> tuple[float, object]:
    start = time.process_time()
    result = action()
    return time.process_time() - start, result


def main() -> None:
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.pdf"
        weasyprint.HTML(string=dictionary(pages)).write_pdf(str(path))
        import pypdfium2
        from pypdf import PdfReader

        seconds, reading = timed(lambda: read_dictionary(path))
        pdfium, _text = timed(lambda: [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)])
        pypdf, _texts = timed(lambda: [page.extract_text() for page in PdfReader(str(path)).pages])
    found = reading.framework  # type: ignore[attr-defined]
    indicators = sum(len(competency.indicators) for competency in found.competencies)
    print(f"{pages} pages; found {len(found.competencies)} of {pages - 1} competencies,", end=" ")
    print(f"{indicators} of {20 * (pages - 1)} indicators")
    for name, taken in (("reader", seconds), ("PDFium text", pdfium), ("pypdf text", pypdf)):
        print(f"{name:14}{pages / taken:7.1f} pages a second; the reader takes {seconds / taken:.2f} times as long")


if __name__ == "__main__":
    main()
