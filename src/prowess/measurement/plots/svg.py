"""A small writer of accessible SVG: shapes with a title, a description and the data as a table."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

INK, QUIET, GRID, MARK, ACCENT, WARN = "#1f2933", "#52606d", "#d9e2ec", "#1d4ed8", "#0f766e", "#b91c1c"
SERIES = ("#1d4ed8", "#b45309", "#0f766e", "#7c3aed", "#b91c1c", "#334155", "#be185d", "#4d7c0f", "#0369a1")
FONT = "system-ui, 'DejaVu Sans', sans-serif"
LETTER_WIDTH = 0.56


@dataclass(frozen=True)
class Plot:
    """A finished plot: the SVG text and what it shows as words and as a table, for those who cannot see it."""

    svg: str
    title: str
    description: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def table_html(self) -> str:
        """The data behind the plot as an HTML table."""
        head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in self.headings)
        body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in self.rows)
        return (
            f"<table><caption>{escape(self.title)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )


@dataclass(frozen=True, slots=True)
class Scale:
    """Data from ``low`` to ``high`` onto pixels from ``start`` to ``end``."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The pixel of a value."""
        span = (self.high - self.low) or 1.0
        return self.start + (value - self.low) / span * (self.end - self.start)

    def ticks(self, *, about: int = 6) -> list[float]:
        """Round values from low to high."""
        span = (self.high - self.low) or 1.0
        rough = span / about
        power = 10.0 ** _floor_log(rough)
        step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.999)
        first = -(-self.low // step)
        return [round((first + place) * step, 10) for place in range(int((self.high - first * step) / step + 1e-9) + 1)]


def _floor_log(value: float) -> int:
    power = 0
    while value < 10.0**power:
        power -= 1
    while value >= 10.0 ** (power + 1):
        power += 1
    return power


def padded(values: Sequence[float], *, share: float = 0.06, least: float = 0.5) -> tuple[float, float]:
    """The range of some values with room on both sides."""
    low, high = (min(values), max(values)) if values else (-1.0, 1.0)
    room = max((high - low) * share, least * 0.1)
    if high - low < least:
        middle = (high + low) / 2
        return middle - least / 2 - room, middle + least / 2 + room
    return low - room, high + room


@dataclass
class Canvas:
    """Shapes collected into one SVG document."""

    width: float
    height: float
    parts: list[str] = field(default_factory=list)

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        *,
        colour: str = GRID,
        width: float = 1,
        dash: str = "",
    ) -> None:
        """A straight line."""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        (x1, y1), (x2, y2) = start, end
        self.parts.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"'
            f' stroke-width="{width:g}"{dashed}/>'
        )

    def path(self, points: Sequence[tuple[float, float]], *, colour: str, width: float = 2, dash: str = "") -> None:
        """A line through points."""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.parts.append(
            f'<polyline points="{joined}" fill="none" stroke="{colour}" stroke-width="{width:g}"{dashed}/>'
        )

    def dot(self, x: float, y: float, *, colour: str = MARK, radius: float = 3.5, tip: str = "") -> None:
        """A circle; ``tip`` is its own title."""
        title = f"<title>{escape(tip)}</title>" if tip else ""
        self.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{colour}">{title}</circle>')

    def box(
        self, corner: tuple[float, float], size: tuple[float, float], *, colour: str, opacity: float = 1, tip: str = ""
    ) -> None:
        """A filled rectangle from its upper left corner."""
        title = f"<title>{escape(tip)}</title>" if tip else ""
        self.parts.append(
            f'<rect x="{corner[0]:.1f}" y="{corner[1]:.1f}" width="{max(size[0], 0):.1f}"'
            f' height="{max(size[1], 0):.1f}" fill="{colour}" fill-opacity="{opacity:g}">{title}</rect>'
        )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 11,
        anchor: str = "start",
        colour: str = INK,
        bold: bool = False,
        turn: bool = False,
    ) -> None:
        """Words; ``anchor`` is start, middle or end; ``turn`` writes them upwards."""
        weight = ' font-weight="600"' if bold else ""
        turned = f' transform="rotate(-90 {x:.1f} {y:.1f})"' if turn else ""
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}" fill="{colour}"'
            f"{weight}{turned}>{escape(words)}</text>"
        )

    def axis_below(self, scale: Scale, y: float, *, label: str, top: float) -> None:
        """A horizontal axis with grid lines up to ``top``."""
        for tick in scale.ticks():
            self.line((scale(tick), top), (scale(tick), y))
            self.text(scale(tick), y + 15, f"{tick:g}", anchor="middle", colour=QUIET)
        self.text((scale.start + scale.end) / 2, y + 33, label, anchor="middle", colour=QUIET)

    def axis_left(self, scale: Scale, x: float, *, label: str, right: float) -> None:
        """A vertical axis with grid lines to ``right``."""
        for tick in scale.ticks():
            self.line((x, scale(tick)), (right, scale(tick)))
            self.text(x - 6, scale(tick) + 4, f"{tick:g}", anchor="end", colour=QUIET)
        self.text(x - 40, (scale.start + scale.end) / 2, label, anchor="middle", colour=QUIET, turn=True)

    def finish(
        self, *, name: str, title: str, description: str, headings: Sequence[str], rows: Sequence[Sequence[str]]
    ) -> Plot:
        """The document; ``name`` makes its ids unique on a page."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width:g} {self.height:g}"'
            f' width="{self.width:g}" height="{self.height:g}" role="img"'
            f' aria-labelledby="{name}-title {name}-description" font-family="{FONT}">'
            f'<title id="{name}-title">{escape(title)}</title>'
            f'<desc id="{name}-description">{escape(description)}</desc>'
            f'<rect width="{self.width:g}" height="{self.height:g}" fill="#ffffff"/>'
        )
        svg = head + "".join(self.parts) + "</svg>"
        return Plot(svg, title, description, tuple(headings), tuple(tuple(row) for row in rows))


def shortened(words: str, *, width: float, size: float = 11) -> str:
    """The words cut to fit about ``width`` pixels."""
    room = max(int(width / (size * LETTER_WIDTH)), 2)
    return words if len(words) <= room else words[: room - 1] + "…"
