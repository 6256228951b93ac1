"""Histories of competencies, editions of frameworks, and who may do what."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from prowess.framework.difference import difference
from prowess.framework.errors import Conflict, InputError
from prowess.framework.yaml_document import framework_as_yaml
from prowess.library.drafts import editions as edition_actions
from prowess.library.drafts import queries
from prowess.library.drafts.forms import EditionForm, RulesForm
from prowess.library.drafts.policies import draft_policy
from prowess.library.presentation import reading_of
from prowess.library.queries import document_of, on_shelves
from prowess.people.users import signed_in_user


@require_safe
def history(request: HttpRequest, framework: str, code: str) -> HttpResponse:
    """The versions of a competency, and the difference between any two of them."""
    user = signed_in_user(request)
    competency = queries.competency_with_history(user, framework=framework, code=code)
    versions = list(queries.versions_of(competency))
    draft = queries.open_draft_of(user, competency=competency)
    newest = "draft" if draft else str(versions[0].number)
    older = versions[0] if draft else versions[min(1, len(versions) - 1)]
    before = queries.side_of(user, competency=competency, name=request.GET.get("from") or str(older.number))
    after = queries.side_of(user, competency=competency, name=request.GET.get("to") or newest)
    context = {
        "competency": competency,
        "versions": versions,
        "draft": draft,
        "before": before,
        "after": after,
        "changes": difference(before.document, after.document),
    }
    return render(request, "library/drafts/history.html", context)


@require_safe
def version(request: HttpRequest, framework: str, code: str, number: int) -> HttpResponse:
    """One version of a competency to read, as it was published."""
    user = signed_in_user(request)
    competency = queries.competency_with_history(user, framework=framework, code=code)
    found = queries.version_of(competency, number=number)
    document = queries.with_competency(document_of(competency.framework), found.as_document())
    context = {
        "competency": competency,
        "version": found,
        "reading": reading_of(document, code=code),
        "stored": {"framework": competency.framework, "current": found},
    }
    return render(request, "library/drafts/version.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest, code: str) -> HttpResponse:
    """Who may edit, approve and publish in a framework."""
    user = signed_in_user(request)
    framework = queries.framework_with_drafts(user, code=code)
    draft_policy.require_rule(user, framework)
    form = RulesForm(request.POST or None, rules=queries.rules_of(framework))
    if request.method == "POST" and form.is_valid():
        edition_actions.set_rules(framework, actor=user, **form.cleaned_data)
        messages.success(request, "The rules are saved.")
        return redirect("drafts", code)
    status = 400 if request.method == "POST" else 200
    return render(request, "library/drafts/rules.html", {"form": form, "framework": framework}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def editions(request: HttpRequest, code: str) -> HttpResponse:
    """The editions of a framework; marking the current state as one."""
    user = signed_in_user(request)
    framework = queries.framework_with_drafts(user, code=code)
    form = EditionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            marked = edition_actions.mark_edition(framework, name=form.cleaned_data["name"], actor=user)
        except (Conflict, InputError) as refusal:
            form.add_error("name", ValidationError(str(refusal)))
        else:
            messages.success(request, f"The edition “{marked.name}” is marked.")
            return redirect("edition", code, marked.pk)
    context = {
        "framework": framework,
        "editions": queries.editions_of(framework),
        "form": form,
        "may_publish": draft_policy.can_publish(user, framework),
    }
    return render(request, "library/drafts/editions.html", context, status=400 if form.errors else 200)


@require_safe
def edition(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The competencies of an edition, cluster by cluster."""
    found = queries.edition_for(signed_in_user(request), framework=code, pk=pk)
    document = queries.document_of_edition(found)
    context = {
        "edition": found,
        "document": document,
        "shelves": on_shelves(document, competencies=document.competencies),
    }
    return render(request, "library/drafts/edition.html", context)


@require_safe
def edition_download(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """An edition as a YAML file."""
    found = queries.edition_for(signed_in_user(request), framework=code, pk=pk)
    text = framework_as_yaml(queries.document_of_edition(found))
    response = HttpResponse(text.encode(), content_type="application/yaml; charset=utf-8")
    name = f"{found.framework.code}-{slugify(found.name) or found.pk}.yaml"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return response
