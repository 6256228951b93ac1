"""The report as one HTML page that needs nothing else, for the screen and for paper."""

from html import escape
from pathlib import Path

from prowess.measurement.report.content import ReportContent, Section, TablePart

STYLE = (Path(__file__).parent / "report.css").read_text(encoding="utf-8")


def report_html(content: ReportContent) -> str:
    """A complete HTML document with the plots inside and the data behind each plot in a folded table."""
    sections = "".join(_section(place, section) for place, section in enumerate(content.sections))
    links = "".join(
        f'<li><a href="#section-{place}">{escape(section.heading)}</a></li>'
        for place, section in enumerate(content.sections)
    )
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(content.title)}</title><style>{STYLE}</style></head><body>"
        f"<header><h1>{escape(content.title)}</h1><p>{escape(content.subtitle)}</p></header>"
        f'<nav aria-label="Contents"><ul>{links}</ul></nav><main>{sections}</main></body></html>'
    )


def _section(place: int, section: Section) -> str:
    sentences = "".join(f"<p>{escape(sentence)}</p>" for sentence in section.sentences)
    plots = "".join(
        f"<figure>{plot.svg}<figcaption>{escape(plot.description)}</figcaption>"
        f"<details><summary>Data of this plot</summary>{plot.table_html()}</details></figure>"
        for plot in section.plots
    )
    tables = "".join(_table(table) for table in section.tables)
    return f'<section id="section-{place}"><h2>{escape(section.heading)}</h2>{sentences}{plots}{tables}</section>'


def _table(table: TablePart) -> str:
    kinds = ["figure" if figure else "words" for figure in table.figures]
    head = "".join(
        f'<th scope="col" class="{kind}">{escape(heading)}</th>'
        for heading, kind in zip(table.headings, kinds, strict=True)
    )
    body = "".join(
        "<tr>" + "".join(f'<td class="{k}">{escape(c)}</td>' for c, k in zip(row, kinds, strict=True)) + "</tr>"
        for row in table.rows
    )
    more = f"<p>{table.left_out:,} further rows are in the files beside this report.</p>" if table.left_out else ""
    caption = f"<caption>{escape(table.caption)}</caption>"
    return f'<div class="wide"><table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{more}'
