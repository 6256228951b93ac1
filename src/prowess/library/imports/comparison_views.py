"""What an import would do: added, changed, missing; what to leave out and to retire; and doing it."""

from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from prowess.framework.errors import InputError
from prowess.library.imports import actions, choosing, queries
from prowess.library.imports.forms import TargetForm
from prowess.library.imports.models import Import
from prowess.library.imports.plan import Fate, Plan
from prowess.library.imports.policies import import_policy
from prowess.library.imports.taking import code_for_framework
from prowess.people.users import signed_in_user

ON_A_PAGE = 20
LONGEST_NUMBER = 9


@require_safe
def comparison(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The source beside the framework that it goes into."""
    found = queries.open_import_for(signed_in_user(request), pk=pk)
    return render(request, "library/imports/comparison.html", _context(request, found))


@require_POST
def target(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say where the import goes, and how."""
    user = signed_in_user(request)
    found = queries.open_import_for(user, pk=pk)
    form = TargetForm(request.POST, targets=import_policy.targets_for(user))
    if not form.is_valid():
        context = {**_context(request, found), "form": form}
        return render(request, "library/imports/comparison.html", context, status=400)
    choosing.choose_target(found, **form.chosen, actor=user)
    return redirect("import_comparison", pk=pk)


@require_POST
def leave_out(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Leave a competency out, or take it after all."""
    user = signed_in_user(request)
    found = queries.open_import_for(user, pk=pk)
    code = request.POST.get("code", "")
    changed = choosing.leave_out(found, code=code, out=request.POST.get("out") == "1", actor=user)
    return _row(request, changed, code=code)


@require_POST
def retire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Retire what the source does not hold any more, in favour of another competency; or let it stay."""
    user = signed_in_user(request)
    found = queries.open_import_for(user, pk=pk)
    code = request.POST.get("code", "")
    changed = choosing.choose_successor(found, code=code, successor=request.POST.get("successor", ""), actor=user)
    return _row(request, changed, code=code)


@require_POST
def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have the import taken into the library."""
    user = signed_in_user(request)
    found = queries.open_import_for(user, pk=pk)
    actions.ask_for_import(
        found,
        revision=_number(request, "revision"),
        framework_revision=_number(request, "framework_revision"),
        actor=user,
    )
    return redirect("import", pk=pk)


def _context(request: HttpRequest, found: Import) -> dict[str, Any]:
    user = signed_in_user(request)
    plan = queries.plan_of(found)
    fate = _fate(request, plan)
    page: Page[Any] = Paginator(plan.of(fate), ON_A_PAGE).get_page(request.GET.get("page"))
    initial = {
        "target": found.target.code if found.target else "",
        "code": found.settings.get("code") or code_for_framework(plan.head),
        "publish": "1" if found.publish else "",
        "keep_missing_parts": found.keep_missing_parts,
    }
    return {
        **_totals(found, plan),
        "fate": fate.value,
        "fates": [(each.value, len(plan.of(each))) for each in Fate],
        "page": page,
        "page_numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)),
        "form": TargetForm(initial=initial, targets=import_policy.targets_for(user)),
        "older_uses": queries.uses_of_changed(user, plan=plan, found=found),
        "under_other_codes": queries.under_other_codes(plan),
        "tab": "comparison",
        "has_lines": queries.has_lines(found),
    }


def _totals(found: Import, plan: Plan) -> dict[str, Any]:
    """What the import would do in all, after what was left out."""
    left_out = set(found.left_out)
    taken = [row for row in plan.of(Fate.ADDED, Fate.CHANGED) if row.code not in left_out]
    added = sum(row.fate is Fate.ADDED for row in taken)
    return {
        "import": found,
        "plan": plan,
        "left_out": left_out,
        "retired": found.retired,
        "successors": queries.successors(plan, found=found),
        "totals": {"added": added, "changed": len(taken) - added, "retired": len(found.retired)},
        "does_something": bool(taken or found.retired or plan.head_changes),
        "framework_revision": found.target.revision if found.target else 0,
    }


def _fate(request: HttpRequest, plan: Plan) -> Fate:
    """The list that is shown: the one asked for, else the first with something in it."""
    asked = request.GET.get("show", "")
    if asked in set(Fate):
        return Fate(asked)
    return next((fate for fate in Fate if plan.of(fate)), Fate.ADDED)


def _row(request: HttpRequest, found: Import, *, code: str) -> HttpResponse:
    """One row after a choice, and the totals; without htmx the page again."""
    plan = queries.plan_of(found)
    row = plan.by_code.get(code)
    if not getattr(request, "htmx", False) or row is None:
        show = f"?show={row.fate.value}" if row else ""
        return redirect(reverse("import_comparison", args=[found.pk]) + show)
    return render(request, "library/imports/row.html", {**_totals(found, plan), "row": row, "swapped": True})


def _number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    if not value.isdecimal() or len(value) > LONGEST_NUMBER:
        raise InputError("The form did not arrive whole; nothing was imported.", remedy="Reload the page, try again.")
    return int(value)
