"""How large a job description may be, so that reading one takes bounded time and memory."""

from prowess.sources.asked import Asked, FileKind

LARGEST_FILE = 10 * 2**20
"""Bytes of the file as it is given."""

LARGEST_PART = 30 * 2**20
"""Bytes of one unpacked part of a Word or PDF file."""

LONGEST_TEXT = 200_000
"""Characters of the text: some sixty printed pages."""

MOST_PAGES = 40
"""Pages of a PDF."""

MOST_STATEMENTS = 1_500
"""Statements of one job."""

LONGEST_STATEMENT = 600
"""Characters of one statement; longer ones are divided."""

ASKED = Asked(
    what="job description",
    kinds=frozenset((FileKind.TEXT, FileKind.WORD, FileKind.PDF)),
    forms="Give a job description as text, Markdown, HTML, Word (.docx) or PDF, or paste its words.",
    largest_file=LARGEST_FILE,
    largest_part=LARGEST_PART,
    longest_text=LONGEST_TEXT,
    most_pages=MOST_PAGES,
)
"""What a source is asked for here."""
