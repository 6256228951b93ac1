"""Reading a job description from a file, from bytes or from pasted text."""

from pathlib import Path

from prowess.framework.errors import InputError
from prowess.framework.role_profile import Statement
from prowess.matching.job_text.block import blocks_of
from prowess.matching.job_text.description import JobDescription
from prowess.matching.job_text.html import read_html
from prowess.matching.job_text.language import foreign_language
from prowess.matching.job_text.limits import ASKED, LARGEST_FILE, LONGEST_TEXT, MOST_STATEMENTS
from prowess.matching.job_text.line import Source
from prowess.matching.job_text.pdf import read_pdf
from prowess.matching.job_text.plain import read_plain
from prowess.matching.job_text.quiet_heading import with_quiet_headings
from prowess.matching.job_text.statements import statements_of
from prowess.matching.job_text.title import UNTITLED, find_title
from prowess.matching.job_text.word import read_word
from prowess.sources.asked import FileKind
from prowess.sources.characters import clean, decode
from prowess.sources.kinds import kind_of_bytes, looks_like_html

PASTED = "the pasted text"


def read_job(source: str | bytes | Path, *, name: str = "", title: str = "") -> JobDescription:
    """Read a job description.

    Args:
        source: a path, the bytes of a file (text, Markdown, HTML, Word .docx or PDF), or pasted text or HTML.
        name: the file's name, for messages and as a last resort for the title.
        title: the role's title, where the user gives one; otherwise it is found in the text.

    Raises:
        InputError: empty, not a text, too large, protected, scanned, in another language than English, or a text in
            which no statement describes work.
    """
    if isinstance(source, Path):
        name = name or source.name
    place = name or PASTED
    lines = _source(source, place=place)
    _refuse_text(lines, place=place)
    blocks = blocks_of(lines.lines)
    found = title.strip() or find_title(blocks, format_title=lines.title, file_name=name)
    statements = statements_of(with_quiet_headings(blocks), title=found)
    _refuse_statements(statements, place=place)
    return JobDescription(title=found, statements=statements, notes=(*lines.notes, *_notes(statements, title=found)))


def _source(source: str | bytes | Path, *, place: str) -> Source:
    if isinstance(source, Path):
        source = _bytes_of(source)
    if isinstance(source, str):
        return _source_of_text(source, place=place)
    kind = kind_of_bytes(source, asked=ASKED, place=place)
    if kind is FileKind.WORD:
        return read_word(source, place=place)
    if kind is FileKind.PDF:
        return read_pdf(source, place=place)
    return _source_of_text(decode(source, place=place, remedy=ASKED.forms), place=place)


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise InputError(
            f"The job description cannot be read: {error.strerror or error}.",
            place=path.name,
            remedy="Give the path of a text, Markdown, HTML, Word (.docx) or PDF file.",
        ) from error


def _source_of_text(text: str, *, place: str) -> Source:
    if not clean(text).strip():
        raise InputError("There is no text.", place=place, remedy="Give the words of a job description.")
    html = looks_like_html(text)
    if len(text) > (20 * LONGEST_TEXT if html else LONGEST_TEXT):
        raise _too_long(len(text), place)
    return read_html(text, place=place) if html else read_plain(text)


def _too_long(length: int, place: str) -> InputError:
    return InputError(
        f"The text has {length:,} characters; a job description may have up to {LONGEST_TEXT:,}.",
        place=place,
        remedy="Give the description of one job.",
    )


def _refuse_text(source: Source, *, place: str) -> None:
    text = "\n".join(line.text for line in source.lines)
    if len(text) > LONGEST_TEXT:
        raise _too_long(len(text), place)
    if not any(c.isalpha() for c in text):
        raise InputError("There are no words in it.", place=place, remedy="Give the words of a job description.")
    language = foreign_language(text)
    if language:
        raise InputError(
            f"The job description seems to be in {language}; only English ones can be matched.",
            place=place,
            remedy="Give an English translation.",
        )


def _refuse_statements(statements: tuple[Statement, ...], *, place: str) -> None:
    if len(statements) > MOST_STATEMENTS:
        raise InputError(
            f"The text has {len(statements):,} statements; one job has up to {MOST_STATEMENTS:,}.",
            place=place,
            remedy="Give the description of one job.",
        )
    if not any(statement.counts for statement in statements):
        raise InputError(
            "No statement in it describes the work of a job or a skill that it needs.",
            place=place,
            remedy="Add what the person in this job does, for instance one duty a line.",
        )


def _notes(statements: tuple[Statement, ...], *, title: str) -> list[str]:
    notes = []
    if title == UNTITLED:
        notes.append("No title was found in the text; give the role its title.")
    counting = sum(statement.counts for statement in statements)
    if counting < 4:
        few = "Only one statement describes" if counting == 1 else f"Only {counting} statements describe"
        notes.append(f"{few} the work; a profile from so little is a guess. Add more duties.")
    foreign = sum("which cannot be matched" in statement.why for statement in statements)
    if foreign:
        notes.append(f"{foreign} statements are not in English and were not matched.")
    return notes
