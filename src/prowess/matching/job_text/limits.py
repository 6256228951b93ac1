"""How large a job description may be, so that reading one takes bounded time and memory."""

LARGEST_FILE = 10 * 2**20
"""Bytes of the file as it is given."""

LARGEST_PART = 30 * 2**20
"""Bytes of one unpacked part of a Word or PDF file."""

LONGEST_TEXT = 200_000
"""Characters of the text: some sixty printed pages."""

MOST_PAGES = 40
"""Pages of a PDF."""

LARGEST_PAGE = 3 * 2**20
"""Bytes of the drawing instructions of one PDF page."""

MOST_STATEMENTS = 1_500
"""Statements of one job."""

LONGEST_STATEMENT = 600
"""Characters of one statement; longer ones are divided."""
