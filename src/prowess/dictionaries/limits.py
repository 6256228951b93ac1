"""How large a dictionary may be, so that reading one takes bounded time and memory."""

from prowess.sources.asked import Asked, FileKind

LARGEST_FILE = 100 * 2**20
"""Bytes of the file as it is given."""

LARGEST_PART = 100 * 2**20
"""Bytes of one unpacked part of a Word document, spreadsheet or PDF."""

LONGEST_TEXT = 8_000_000
"""Characters of the text: some three thousand printed pages."""

MOST_LINES = 100_000
"""Lines of the text."""

MOST_PAGES = 2_000
"""Pages of a PDF."""

MOST_CELLS = 2_000_000
"""Cells of all sheets of a spreadsheet, empty ones among them."""

MOST_COLUMNS = 400
"""Columns of a table."""

LONGEST_HTML = 40_000_000
"""Characters of an HTML file, its markup among them."""

ASKED = Asked(
    what="dictionary",
    kinds=frozenset(FileKind),
    forms="Give the dictionary as text, HTML, .docx, PDF, .xlsx or .csv, or paste its words.",
    largest_file=LARGEST_FILE,
    largest_part=LARGEST_PART,
    longest_text=LONGEST_TEXT,
    most_pages=MOST_PAGES,
)
"""What a source is asked for here."""
