"""The interview guide as one HTML file that stands alone and prints well; the PDF is made from it."""

from collections.abc import Iterable
from pathlib import Path

from lxml import html as lxml_html
from lxml.html import HtmlElement
from lxml.html.builder import E

from prowess.framework import QuestionKind
from prowess.hiring import fair_interview as words
from prowess.hiring.guide import (
    Anchors,
    GuideCompetency,
    GuideQuestion,
    InterviewerGuide,
    InterviewGuide,
    OverviewRow,
)

KIND_NAMES = {QuestionKind.BEHAVIOURAL: "From experience", QuestionKind.SITUATIONAL: "A situation to think through"}
NOTES = (
    ("Situation", "Where, when, what was at stake"),
    ("Action", "What the candidate did and said"),
    ("Result", "What came of it"),
)


def guide_as_html(guide: InterviewGuide) -> str:
    """The guide as a self-contained HTML document."""
    page = E.html(
        {"lang": guide.language},
        E.head(
            E.meta(charset="utf-8"),
            E.meta(name="viewport", content="width=device-width, initial-scale=1"),
            E.title(f"Interview guide: {guide.role}"),
            E.meta(name="description", content="Structured interview guide with questions, probes and rating forms"),
            E.style(_style()),
        ),
        E.body(
            E.main(
                _panel(guide),
                *(_interviewer(interviewer, guide) for interviewer in guide.interviewers),
                _sources(guide),
            )
        ),
    )
    return "<!doctype html>\n" + str(lxml_html.tostring(page, encoding="unicode"))


def _style() -> str:
    return (Path(__file__).parent / "guide.css").read_text(encoding="utf-8")


def _element(tag: str, *content: HtmlElement | str, kind: str = "", **attributes: str) -> HtmlElement:
    """An element with a class; underscores in attribute names stand for hyphens."""
    named = {name.strip("_").replace("_", "-"): value for name, value in attributes.items()}
    return E(tag, {**({"class": kind} if kind else {}), **named}, *content)


def _list(items: Iterable[str], *, kind: str = "") -> HtmlElement:
    return _element("ul", *(E.li(item) for item in items), kind=kind)


def _table(
    caption: str, head: Iterable[str], rows: Iterable[Iterable[HtmlElement | str]], *, kind: str = ""
) -> HtmlElement:
    """A table whose first column names the row."""
    body = []
    for row in rows:
        first, *others = row
        body.append(E.tr(_element("th", first, scope="row"), *(E.td(cell) for cell in others)))
    return _element(
        "table",
        E.caption(caption),
        E.thead(E.tr(*(_element("th", title, scope="col") for title in head))),
        E.tbody(*body),
        kind=kind,
    )


def _panel(guide: InterviewGuide) -> HtmlElement:
    people = len(guide.interviewers)
    facts = (
        f"{people} interviewer{'s' if people > 1 else ''}, {guide.minutes} minutes each",
        f"{guide.question_count} questions on {len(guide.overview)} competencies",
        *((f"Library: {guide.library}",) if guide.library else ()),
    )
    return _element(
        "article",
        _element(
            "header",
            _element("p", "Structured interview guide", kind="kicker"),
            E.h1(guide.role),
            _element("p", *(_element("span", fact) for fact in facts), kind="facts"),
            kind="cover",
        ),
        E.h2("The plan of the panel"),
        _element(
            "p",
            "Every candidate is asked these questions by the same interviewers in the same order. "
            "The numbers are those of the questions.",
        ),
        _overview(guide),
        *(
            [_element("div", E.h3("What the plan could not do"), _list(guide.notes), kind="callout")]
            if guide.notes
            else []
        ),
        _how_to(),
        _off_limits(),
        kind="panel",
    )


def _overview(guide: InterviewGuide) -> HtmlElement:
    people = [f"Interviewer {interviewer.number}" for interviewer in guide.interviewers]
    return _table(
        "Which interviewer asks about which competency",
        ["Competency", "Importance", "Level needed", *people],
        [_overview_row(row) for row in guide.overview],
        kind="overview",
    )


def _overview_row(row: OverviewRow) -> list[HtmlElement | str]:
    share = max(1, min(10, round(row.importance * 10)))
    bar = _element("span", _element("span", "", kind=f"fill fill-{share}"), kind="bar", aria_hidden="true")
    title = _element("span", row.title, *([_element("span", "core", kind="tag")] if row.core else []))
    importance = _element("span", bar, f"{row.importance:.2f}", kind="importance")
    return [title, importance, row.target or "–", *(", ".join(map(str, asked)) or "–" for asked in row.questions)]


def _how_to() -> HtmlElement:
    parts = (("Before", words.BEFORE), ("While you ask", words.ASKING), ("Afterwards", words.AFTERWARDS))
    return _element(
        "section",
        E.h2("How to use this guide"),
        _element("div", *(_element("div", E.h3(title), _list(items)) for title, items in parts), kind="columns"),
        kind="how-to",
    )


def _off_limits() -> HtmlElement:
    return _element(
        "section",
        E.h2("What you may not ask"),
        E.p(words.LAW_DIFFERS),
        _table(
            "Subjects that are off limits, and what to ask where the work gives a reason",
            ["Subject", "Do not ask", "Ask this, of everybody, if the work requires it"],
            [(entry.subject, entry.not_this, entry.but_this) for entry in words.OFF_LIMITS],
            kind="off-limits",
        ),
        kind="off-limits-section",
    )


def _interviewer(interviewer: InterviewerGuide, guide: InterviewGuide) -> HtmlElement:
    return _element(
        "article",
        _element(
            "header",
            _element("p", guide.role, kind="kicker"),
            E.h2(f"Interviewer {interviewer.number}"),
            _element("div", *(_field(name) for name in ("Candidate", "Interviewer", "Date and time")), kind="fields"),
            kind="interviewer-head",
        ),
        _table(
            "The course of the interview",
            ["From minute", "What", "Minutes"],
            [(str(row.begins), row.what, str(row.minutes)) for row in interviewer.schedule],
            kind="schedule",
        ),
        _talk("Opening", guide.opening, words.OPENING),
        *(_competency(competency) for competency in interviewer.competencies),
        _talk("Closing", guide.closing, words.CLOSING),
        _summary(interviewer),
        kind="interviewer",
    )


def _field(name: str) -> HtmlElement:
    return _element("div", _element("span", name, kind="field-name"), _element("span", "\u00a0", kind="field-line"))


def _talk(title: str, minutes: int, lines: Iterable[str]) -> HtmlElement:
    return _element(
        "section",
        E.h3(title, " ", _element("span", f"{minutes} minutes", kind="minutes")),
        _list(lines, kind="checks"),
        kind="talk",
    )


def _competency(competency: GuideCompetency) -> HtmlElement:
    heading = E.h3(competency.title, " ", _element("span", f"{competency.minutes} minutes", kind="minutes"))
    return _element(
        "section",
        _element(
            "div",
            heading,
            *([_element("p", competency.definition, kind="definition")] if competency.definition else []),
            _why(competency),
            kind="competency-head",
        ),
        *(_question(question) for question in competency.questions),
        _rating(competency),
        kind="competency",
    )


def _why(competency: GuideCompetency) -> HtmlElement:
    if not competency.traces:
        return _element("p", "Why we ask: it is part of the role profile.", kind="why")
    quoted = [f"“{trace.text}” (line {trace.line})" for trace in competency.traces]
    return _element("p", E.b("Why we ask: "), "the job description says ", "; ".join(quoted), kind="why")


def _question(question: GuideQuestion) -> HtmlElement:
    return _element(
        "div",
        _element(
            "p",
            _element("span", str(question.number), kind="number"),
            _element("span", question.text, kind="question-text"),
            kind="question-line",
        ),
        _element("p", f"{KIND_NAMES[question.kind]}, {question.minutes} minutes", kind="question-kind"),
        *([_list(question.probes, kind="probes")] if question.probes else []),
        _element("div", *(_note(name, hint) for name, hint in NOTES), kind="notes"),
        kind="question",
    )


def _note(name: str, hint: str) -> HtmlElement:
    return _element("div", E.b(name), " ", _element("span", hint, kind="hint"), kind="note")


def _rating(competency: GuideCompetency) -> HtmlElement:
    rows = [_anchor_row(anchors) for anchors in competency.anchors]
    rows.append(
        E.tr(
            _element("td", _box(), kind="tick"),
            _element("th", "Not observed", scope="row"),
            E.td("Too little was said to choose a level."),
        )
    )
    return _element(
        "div",
        _element(
            "table",
            E.caption(f"Your rating: {competency.title}"),
            E.thead(
                E.tr(*(_element("th", title, scope="col") for title in ("Tick one", "Level", "What it looks like")))
            ),
            E.tbody(*rows),
            kind="anchors",
        ),
        _element("p", E.b("What speaks for this rating"), kind="reasons"),
        kind="rating",
    )


def _anchor_row(anchors: Anchors) -> HtmlElement:
    name = f"{anchors.level} {anchors.name}".strip()
    needed = [_element("span", "needed in this role", kind="needed")] if anchors.needed else []
    behaviours: HtmlElement | str = _list(anchors.behaviours) if anchors.behaviours else "–"
    return _element(
        "tr",
        _element("td", _box(), kind="tick"),
        _element("th", name, *needed, scope="row"),
        E.td(behaviours),
        kind="level-needed" if anchors.needed else "level",
    )


def _box() -> HtmlElement:
    return _element("span", "\u00a0", kind="box")


def _summary(interviewer: InterviewerGuide) -> HtmlElement:
    """All ratings of one interviewer at a glance: what the panel puts side by side."""
    levels = sorted({anchors.level for c in interviewer.competencies for anchors in c.anchors})
    head = ["Competency", *map(str, levels), "Not observed"]
    rows = [[c.title, *(_box() for _level in levels), _box()] for c in interviewer.competencies]
    return _element(
        "section",
        E.h3("Your ratings at a glance"),
        _element("p", "Fill this in when every competency is rated, and before you speak with the others."),
        _table("Ratings of this interviewer", head, rows, kind="summary"),
        _element("div", _field("Signature"), _field("Date"), kind="fields two"),
        kind="glance",
    )


def _sources(guide: InterviewGuide) -> HtmlElement:
    seen: dict[str, tuple[GuideCompetency, list[int]]] = {}
    for competency in guide.all_competencies():
        seen.setdefault(competency.code, (competency, []))[1].extend(q.number for q in competency.questions)
    rows: list[list[HtmlElement | str]] = []
    for competency, numbers in seen.values():
        said = [f"“{trace.text}” (line {trace.line})" for trace in competency.traces]
        cell: HtmlElement | str = _list(said) if said else "No statement; it is part of the role profile."
        rows.append([competency.title, ", ".join(map(str, sorted(numbers))), cell])
    return _element(
        "article",
        E.h2("Where the questions come from"),
        _element(
            "p", "Each question asks about a competency; each competency was chosen for what the job description says."
        ),
        _table(
            "Questions, competencies and statements of the job description",
            ["Competency", "Questions", "Statements of the job description"],
            rows,
            kind="sources",
        ),
        kind="sources-part",
    )
