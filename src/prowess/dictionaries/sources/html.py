"""HTML: headings, items, paragraphs, definition lists and tables with their looks; scripts and forms are left aside."""

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from prowess.dictionaries.limits import MOST_COLUMNS
from prowess.dictionaries.line import Cell, Line, Source, Table
from prowess.dictionaries.sources.characters import one_line, only_signs, split_bullet, split_number
from prowess.sources.html_tree import html_tree, title_of

_SKIPPED = frozenset(
    "head iframe noscript script select style svg template title object embed canvas audio video math".split()
)
_ASIDE = frozenset("nav footer aside button form".split())
_ASIDE_ROLES = frozenset("navigation contentinfo banner search complementary menu menubar".split())
_BLOCKS = frozenset(
    "address article aside blockquote body br button caption center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section summary table ul".split()
)
_BOLD = frozenset(("b", "strong"))
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LARGEST_SPAN = 200


def read_html(text: str, *, place: str) -> Source:
    """The lines and tables of an HTML text, and the words of its ``title`` element.

    Raises:
        InputError: there is no element that could be read.
    """
    root = html_tree(text, place=place)
    collector = _Collector()
    _walk(root, collector)
    return Source(format="html", content=tuple(collector.content), title=title_of(root))


@dataclass
class _Collector:
    """Gathers text until a block ends, then makes a line of it."""

    content: list[Line | Table] = field(default_factory=list)
    number: int = 0
    pieces: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    linked: list[bool] = field(default_factory=list)
    bold_depth: int = 0
    link_depth: int = 0
    aside_depth: int = 0
    list_depth: int = 0
    heading: int = 0
    bullet: str = ""
    gap: bool = True
    breaks: bool = False

    def add(self, text: str | None) -> None:
        if text:
            self.pieces.append(text)
            self.bold.append(self.bold_depth > 0)
            self.linked.append(self.link_depth > 0)

    def flush(self, *, gap: bool) -> None:
        text = one_line("".join(self.pieces))
        if text and not only_signs(text):
            self.number += 1
            sign, rest = split_number(text) if self.heading else split_bullet(text)
            line = Line(
                number=self.number,
                text=rest,
                bullet=self.bullet or sign,
                indent=2.0 * self.list_depth,
                bold=self._share(self.bold) >= 0.95,
                lead=self._lead(),
                heading=self.heading,
                gap=self.gap,
                whole=not self.breaks and gap,
                aside=self.aside_depth > 0,
                linked=self._share(self.linked) >= 0.85,
            )
            self.content.append(line)
            self.bullet, self.gap = "", gap
        elif text and len(text) == 1 and text not in "|_=":
            self.bullet = text
        self.gap = self.gap or gap
        self.pieces, self.bold, self.linked = [], [], []

    def _share(self, marks: list[bool]) -> float:
        lengths = [len("".join(piece.split())) for piece in self.pieces]
        marked = sum(length for length, mark in zip(lengths, marks, strict=True) if mark)
        return marked / max(1, sum(lengths))

    def _lead(self) -> int:
        """How many characters at the start are bold, where the rest is not."""
        start = ""
        for piece, mark in zip(self.pieces, self.bold, strict=True):
            if not mark and piece.strip():
                break
            start += piece
        lead = len(one_line(start))
        return lead if 1 < lead < len(one_line("".join(self.pieces))) else 0


def _walk(root: etree._Element, collector: _Collector) -> None:
    """Follow the elements without recursion: pages nest deeper than Python's stack."""
    steps = etree.iterwalk(root, events=("start", "end"))
    for event, element in steps:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _SKIPPED or _hidden(element):
                steps.skip_subtree()
            elif tag == "table" and element is not root:
                steps.skip_subtree()
                collector.flush(gap=True)
                _add_table(element, collector)
            else:
                _start(tag, element, collector)
        else:
            if tag not in _SKIPPED and tag != "table" and not _hidden(element):
                _end(tag, element, collector)
            if element is not root:
                collector.add(element.tail)
    collector.flush(gap=True)


def _hidden(element: etree._Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN_STYLE.search(element.get("style", "")))


def _is_bold(tag: str, element: etree._Element) -> bool:
    return tag in _BOLD or tag == "dt" or bool(_BOLD_STYLE.search(element.get("style", "")))


def _is_aside(tag: str, element: etree._Element) -> bool:
    return tag in _ASIDE or element.get("role", "").lower() in _ASIDE_ROLES


def _start(tag: str, element: etree._Element, collector: _Collector) -> None:
    if tag in _BLOCKS:
        collector.flush(gap=tag not in ("br", "li", "dd"))
        collector.breaks = tag == "br"
    if tag in _HEADINGS:
        collector.heading = _HEADINGS[tag]
    elif tag == "li":
        collector.bullet = "•"
    collector.list_depth += tag in ("ul", "ol")
    collector.bold_depth += _is_bold(tag, element)
    collector.link_depth += tag == "a"
    collector.aside_depth += _is_aside(tag, element)
    collector.add(element.text)


def _end(tag: str, element: etree._Element, collector: _Collector) -> None:
    if tag in _BLOCKS and tag != "br":
        collector.flush(gap=tag not in ("li", "dt"))
        collector.breaks = False
    if tag in _HEADINGS:
        collector.heading = 0
    elif tag == "li":
        collector.bullet = ""
    collector.bold_depth -= _is_bold(tag, element)
    collector.link_depth -= tag == "a"
    collector.list_depth -= tag in ("ul", "ol")
    collector.aside_depth -= _is_aside(tag, element)


def _add_table(table: etree._Element, collector: _Collector) -> None:
    rows: list[tuple[Cell, ...]] = []
    below: dict[int, int] = {}
    for row in table.iter("tr", "caption"):
        if next(row.iterancestors("table")) is not table:
            continue
        cells: list[Cell] = []
        for element in [row] if row.tag == "caption" else row.iterchildren("td", "th"):
            while below.get(len(cells), 0) > 0:
                below[len(cells)] -= 1
                cells.append(())
            if len(cells) >= MOST_COLUMNS:
                break
            content = _cell(element, collector)
            height, width = _span(element, "rowspan"), _span(element, "colspan")
            for offset in range(width):
                below[len(cells)] = height - 1
                cells.append(content if offset == 0 else ())
        rows.append(tuple(cells))
    collector.content.append(Table(rows=tuple(rows)))


def _span(element: etree._Element, name: str) -> int:
    value = element.get(name, "1")
    return min(max(int(value), 1), _LARGEST_SPAN) if value.isdecimal() and len(value) < 6 else 1


def _cell(element: etree._Element, collector: _Collector) -> Cell:
    inner = _Collector(number=collector.number, aside_depth=collector.aside_depth, bold_depth=int(element.tag == "th"))
    _walk(element, inner)
    collector.number = inner.number
    lines: list[Line] = []
    for piece in inner.content:
        if isinstance(piece, Line):
            lines.append(replace(piece, bold=piece.bold or element.tag == "th"))
        else:
            lines.extend(line for row in piece.rows for cell in row for line in cell)
    return tuple(lines)
