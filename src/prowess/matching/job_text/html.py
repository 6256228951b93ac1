"""HTML: headings, list items, paragraphs and tables; scripts, styles, menus and forms are left aside."""

from dataclasses import dataclass, field

from lxml import etree

from prowess.matching.job_text.line import Line, LineKind, Source
from prowess.matching.job_text.table import Cell, lines_of_table
from prowess.sources.characters import one_line
from prowess.sources.html_tree import html_tree, title_of

_SKIPPED = frozenset("button form head iframe nav noscript script select style svg template title".split())
_BLOCKS = frozenset(
    "address article aside blockquote body br dd div dl dt fieldset figure footer h1 h2 h3 h4 h5 h6 header hr li main "
    "ol p pre section ul".split()
)
_BOLD = frozenset(["b", "strong"])
_HEADINGS = {f"h{level}": level for level in range(1, 7)} | {"dt": 6}


def read_html(text: str, *, place: str) -> Source:
    """The lines of an HTML text, and the words of its ``title`` element.

    Raises:
        InputError: there is no element that could be read.
    """
    root = html_tree(text, place=place)
    collector = _Collector()
    _walk(root, collector)
    return Source(lines=tuple(collector.lines), title=title_of(root))


@dataclass
class _Collector:
    """Gathers text until a block ends, then makes a line of it."""

    lines: list[Line] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    kind: LineKind = LineKind.PARAGRAPH
    level: int = 0
    bold_depth: int = 0
    bold_characters: int = 0

    def add(self, text: str | None) -> None:
        if text:
            self.pieces.append(text)
            self.bold_characters += len(text.strip()) if self.bold_depth else 0

    def flush(self) -> None:
        text = one_line("".join(self.pieces))
        if text:
            bold = self.bold_characters >= 0.9 * len(text) - 1
            number = self.lines[-1].number + 1 if self.lines else 1
            line = Line(number=number, text=text, kind=self.kind, level=self.level, emphasis=float(bold))
            self.lines.append(line)
            if self.kind is LineKind.ITEM:
                self.kind = LineKind.PARAGRAPH
        self.pieces, self.bold_characters = [], 0


def _walk(root: etree._Element, collector: _Collector) -> None:
    """Follow the elements without recursion: pages nest deeper than Python's stack."""
    steps = etree.iterwalk(root, events=("start", "end"))
    for event, element in steps:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _SKIPPED or tag == "table":
                steps.skip_subtree()
            if tag == "table":
                collector.flush()
                _add_table(element, collector)
            elif tag not in _SKIPPED:
                _start(tag, element.text, collector)
        else:
            _end(tag, collector)
            if element is not root:
                collector.add(element.tail)
    collector.flush()


def _start(tag: str, text: str | None, collector: _Collector) -> None:
    if tag in _BLOCKS:
        collector.flush()
    if tag in _HEADINGS:
        collector.kind, collector.level = LineKind.HEADING, _HEADINGS[tag]
    elif tag == "li":
        collector.kind = LineKind.ITEM
    collector.bold_depth += tag in _BOLD
    collector.add(text)


def _end(tag: str, collector: _Collector) -> None:
    collector.bold_depth -= tag in _BOLD
    if tag in _BLOCKS:
        collector.flush()
        if tag in _HEADINGS or tag == "li":
            collector.kind, collector.level = LineKind.PARAGRAPH, 0


def _add_table(table: etree._Element, collector: _Collector) -> None:
    number = collector.lines[-1].number if collector.lines else 0
    rows: list[list[Cell]] = []
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table:
            continue
        cells: list[Cell] = []
        for element in row.iterchildren("td", "th"):
            inner = _Collector()
            _walk(element, inner)
            number += len(inner.lines)
            cells.append(tuple(inner.lines))
        rows.append(cells)
    collector.lines.extend(lines_of_table(rows, after=collector.lines[-1].number if collector.lines else 0))
