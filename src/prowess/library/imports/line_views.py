"""The source line by line beside what was understood, and correcting it."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from prowess.dictionaries import LABELS, Correction
from prowess.framework.errors import InputError
from prowess.library.imports import correcting, queries
from prowess.library.imports.lines import FILTERS, SourceLines
from prowess.library.imports.models import Import
from prowess.people.users import signed_in_user

ON_A_PAGE = 100
LONGEST_NUMBER = 9


@require_safe
def lines(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A page of the source's lines."""
    found = queries.open_import_for(signed_in_user(request), pk=pk)
    try:
        context = _context(found, request.GET)
    except correcting.OutdatedReading as outdated:
        return render(request, "library/imports/outdated.html", {"import": found, "error": outdated}, status=409)
    return render(request, "library/imports/lines.html", context)


@require_POST
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct the chosen lines, and words that were edited; or take the last correction back."""
    user = signed_in_user(request)
    found = queries.open_import_for(user, pk=pk)
    revision = _number(request.POST.get("revision", ""))
    if request.POST.get("do") == "undo":
        changed = correcting.undo_correction(found, revision=revision, actor=user)
    else:
        corrections = _corrections(found, request.POST)
        changed = correcting.correct_lines(found, corrections=corrections, revision=revision, actor=user)
    if not getattr(request, "htmx", False):
        asked = {name: value for name in ("show", "competency", "page") if (value := request.POST.get(name))}
        return redirect(f"{reverse('import_lines', args=[pk])}?{urlencode(asked)}")
    return render(request, "library/imports/source.html", {**_context(changed, request.POST), "swapped": True})


def _corrections(found: Import, data: QueryDict) -> list[Correction]:
    understanding = correcting.understanding_of(found)
    texts = {line.position: line.text for line in understanding.lines}
    chosen = [_number(value) for value in data.getlist("position")]
    label, level = correcting.label_named(data.get("label", "")), _level(data.get("level", ""))
    competency = queries.code_of_title(understanding, data.get("competency_title", ""))
    changes = {"label": label, "level": level, "competency": competency}
    given = any(value is not None for value in changes.values())
    corrections = {position: Correction(position=position, **changes) for position in chosen if given}  # type: ignore[arg-type]
    for position, text in _edited(data, texts).items():
        before = corrections.get(position)
        corrections[position] = Correction(
            position=position,
            label=before.label if before else None,
            level=before.level if before else None,
            competency=before.competency if before else None,
            text=text,
        )
    if not corrections:
        raise InputError(
            "Nothing was corrected.", remedy="Tick lines and say what they are, or edit the words of a line."
        )
    return list(corrections.values())


def _edited(data: QueryDict, texts: dict[int, str]) -> dict[int, str]:
    """The lines whose words were edited, and are not emptied."""
    found = {}
    for name, value in data.items():
        if name.startswith("text-"):
            position, text = _number(name.removeprefix("text-")), " ".join(str(value).split())
            if text and text != " ".join(texts.get(position, "").split()):
                found[position] = text
    return found


def _level(value: str) -> int | str | None:
    """None for no change, nothing for no level, else a level's number."""
    return None if value == "" else "" if value == "none" else _number(value)


def _context(found: Import, asked: QueryDict) -> dict[str, Any]:
    source = SourceLines(correcting.understanding_of(found), correcting.corrected_positions(found))
    show = asked.get("show", "") if asked.get("show", "") in FILTERS else "all"
    competency = asked.get("competency", "")
    shown = source.shown(show, competency=queries.read_code(found, competency))
    page: Page[Any] = Paginator(shown, ON_A_PAGE).get_page(asked.get("page"))
    counts, codes = source.counts, found.settings.get("codes", {})
    return {
        "import": found,
        "rows": [(source.as_shown(line), codes.get(line.code, line.code)) for line in page.object_list],
        "filters": [(name, words, counts[name]) for name, words in FILTERS.items()],
        "show": show,
        "competency": competency,
        "page": page,
        "page_numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)),
        "labels": LABELS,
        "levels": source.scale.levels,
        "framework": source.understanding.reading.framework,
        "next_unplaced": _next_unplaced(source, shown, page),
        "unplaced": counts["unplaced"],
        "tab": "lines",
        "has_lines": True,
    }


def _next_unplaced(source: SourceLines, shown: Any, page: Page[Any]) -> dict[str, int] | None:
    """Where the next line stands that was not understood: on a later page, or from the beginning again."""
    place = source.next_unplaced(shown, after=page.end_index())
    place = source.next_unplaced(shown, after=0) if place is None else place
    return None if place is None else {"page": place // ON_A_PAGE + 1, "position": shown[place].position}


def _number(value: str) -> int:
    if not value.isdecimal() or len(value) > LONGEST_NUMBER:
        raise InputError("The form did not arrive whole; nothing was corrected.", remedy="Reload the page, try again.")
    return int(value)
