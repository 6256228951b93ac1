"""Job descriptions in the file formats that people send, made when a test needs them."""

import base64
import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from docx import Document
from pypdf import PdfReader, PdfWriter
from weasyprint import HTML


def word_file(fill: Callable[[object], None]) -> bytes:
    document = Document()
    fill(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_body(document_xml: str) -> bytes:
    """A minimal Word file around the given paragraphs."""
    content = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<w:body>{document_xml}</w:body></w:document>"
    )
    return archive({"[Content_Types].xml": "<Types/>", "word/document.xml": content})


def archive(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def council_job(document) -> None:
    """A British council's form: a table of facts, headings, bullets and a person specification."""
    document.add_heading("Job description", level=1)
    facts = document.add_table(rows=0, cols=2)
    for label, value in (
        ("Job title", "Housing Support Officer"),
        ("Grade", "G"),
        ("Reports to", "Housing Team Leader"),
        ("Location", "Civic Centre"),
    ):
        cells = facts.add_row().cells
        cells[0].text, cells[1].text = label, value
    document.add_heading("Purpose of the job", level=2)
    document.add_paragraph("To help tenants who are at risk of losing their home to keep it.")
    document.add_heading("Main duties", level=2)
    for duty in (
        "Visit tenants at home and agree a support plan with each of them.",
        "Negotiate repayment arrangements with landlords and utility companies.",
        "Keep accurate case notes and answer enquiries from councillors.",
    ):
        document.add_paragraph(duty, style="List Bullet")
    document.add_heading("Equality and diversity", level=2)
    document.add_paragraph("The Council is committed to equality and expects all employees to share this commitment.")
    document.add_heading("Person specification", level=2)
    table = document.add_table(rows=1, cols=4)
    for cell, text in zip(table.rows[0].cells, ("Criteria", "Essential", "Desirable", "Assessed by"), strict=True):
        cell.text = text
    for row in (
        ("Qualifications", "NVQ level 3 in housing", "Degree", "Application"),
        ("Skills", "Able to listen to people in distress", "Conversational British Sign Language skills", "Interview"),
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def duty_table(document) -> None:
    """An American form: duties in rows with their share of the time."""
    document.add_paragraph().add_run("Fleet Maintenance Planner").bold = True
    table = document.add_table(rows=1, cols=3)
    for cell, text in zip(table.rows[0].cells, ("No.", "Duty", "% of time"), strict=True):
        cell.text = text
    for row in (
        ("1", "Plan the servicing of 140 vehicles with the workshop foremen.", "60%"),
        ("2", "Order spare parts and negotiate prices with suppliers.", "30%"),
        ("3", "Write the monthly cost report.", "10%"),
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


TRACKED = (
    paragraph("Job title: Laboratory Technician")
    + paragraph("Main duties")
    + "<w:p><w:r><w:t xml:space='preserve'>Prepare samples for the </w:t></w:r>"
    "<w:del w:author='A'><w:r><w:delText>chemistry</w:delText></w:r></w:del>"
    "<w:ins w:author='A'><w:r><w:t>microbiology</w:t></w:r></w:ins><w:r><w:t> bench.</w:t></w:r></w:p>"
    + "<w:del w:author='A'><w:p><w:r><w:delText>Wash the director's car every Friday.</w:delText></w:r></w:p></w:del>"
    "<w:p><w:pPr><w:rPr><w:del w:author='A'/></w:rPr></w:pPr>"
    "<w:r><w:t xml:space='preserve'>Calibrate the </w:t></w:r></w:p>"
    "<w:p><w:r><w:t>balances every week.</w:t></w:r></w:p>"
)

TEXT_BOX = (
    paragraph("Job title: Museum Guide")
    + "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
    + paragraph("Lead tours for school classes and answer their questions.")
    + "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>"
    + paragraph("Lead tours for school classes and answer their questions.")
    + "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)


def pdf_file(html: str) -> bytes:

    return bytes(HTML(string=html).write_pdf())


def scanned_pdf() -> bytes:
    """A page that is one picture."""

    pixel = base64.b64encode(_grey_picture()).decode()
    return pdf_file(f"<img alt='' style='width:15cm;height:20cm' src='data:image/png;base64,{pixel}'>")


def _grey_picture() -> bytes:

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes([200] * 40) for _ in range(50))
    head = struct.pack(">IIBBBBB", 40, 50, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def locked_pdf() -> bytes:

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_file("<p>Answers the telephone and greets visitors.</p>"))))
    writer.encrypt("a password", algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def pdf_bomb() -> bytes:
    """A content stream of some kilobytes that unpacks to hundreds of megabytes."""

    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b" " * 2**20) for _ in range(200)) + packer.flush()
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Length "
        + str(len(data)).encode()
        + b"/Filter/FlateDecode>>stream\n"
        + data
        + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )
