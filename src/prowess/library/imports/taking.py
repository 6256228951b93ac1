"""Taking what was planned into the library: all of it or nothing, as drafts or as published versions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify

from prowess.audit.actions import record
from prowess.audit.verbs import register
from prowess.framework import Competency as CompetencyDocument
from prowess.framework import Framework as FrameworkDocument
from prowess.framework import Status
from prowess.framework.errors import Conflict, InputError, NotAllowed
from prowess.library.actions import head_of
from prowess.library.bulk import BATCH, Placing, publish_all
from prowess.library.drafts.policies import draft_policy
from prowess.library.drafts.sheet import sheet_of
from prowess.library.imports.plan import Fate, Plan, Planned
from prowess.library.models import CompetencyDraft, DraftSave, DraftState, Framework, FrameworkRules
from prowess.library.policies import library_policy
from prowess.people.models import User

NAMED = 5
TAKE = register("take-import", "imported into the framework")


@dataclass(frozen=True)
class Choices:
    """What the curator chose of a plan: codes to leave out, codes to retire with their successors, drafts or not."""

    publish: bool
    left_out: Collection[str] = ()
    retired: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What was taken: codes by what happened to them."""

    framework: str
    title: str
    published: bool
    added: tuple[str, ...]
    changed: tuple[str, ...]
    retired: tuple[str, ...]
    unchanged: int
    left_out: int
    head_changed: bool

    def as_json(self) -> dict[str, Any]:
        """The outcome as plain data."""
        return {**asdict(self), "added": list(self.added), "changed": list(self.changed), "retired": list(self.retired)}


def code_for_framework(document: FrameworkDocument) -> str:
    """The code under which a source would stand in the library: its own identifier, else its title."""
    return slugify(document.identifier or document.title)[:100] or "framework"


def require_take(user: User, *, framework: Framework | None, publish: bool) -> None:
    """Refuse who may not take an import into this framework (None: a new one).

    Raises:
        NotAllowed: the framework's rules do not let this user edit or publish there, or ask for a second person.
    """
    if framework is None:
        library_policy.require_change(user)
        return
    if not publish:
        draft_policy.require_edit(user, framework)
        return
    draft_policy.require_publish(user, framework)
    rules = FrameworkRules.objects.filter(framework=framework).first()
    if rules is not None and rules.approver_is_no_author:
        raise NotAllowed(
            f"In “{framework.title}” somebody else has to approve what one wrote.",
            remedy="Import as drafts; they go through review.",
        )


@transaction.atomic
def take_plan(
    plan: Plan, *, framework: Framework | None, code: str = "", seen: int = 0, choices: Choices, actor: User | None
) -> Outcome:
    """Do what a plan says, all of it or nothing.

    Args:
        plan: what was compared.
        framework: the framework to bring up to date; None adds one with that ``code``.
        code: the code of a new framework.
        seen: the revision of the framework that the plan was compared with.
        choices: what the curator chose.
        actor: who does it; None only for the installation itself (the command line).

    Raises:
        NotAllowed: the actor may not.
        InputError: a code that cannot be chosen, or a successor that is none.
        Conflict: the framework changed since the comparison, its code is taken, or drafts are open in the way.
    """
    if actor is not None:
        require_take(actor, framework=framework, publish=choices.publish)
    taken = tuple(row for row in plan.of(Fate.ADDED, Fate.CHANGED) if row.code not in choices.left_out)
    _require_successors(plan, choices=choices)
    stored = _added(plan.head, code=code) if framework is None else _unchanged_since(framework, seen=seen)
    documents = [row.document for row in taken]
    if plan.changes_nothing and not choices.retired:
        return _outcome(plan, stored, taken=(), choices=choices)
    if choices.publish:
        publish_all(stored, [*map(Placing, documents), *_retiring(plan, choices)], actor=actor)
    else:
        _begin_drafts(stored, documents, actor=actor)
    _store_head(stored, plan.head, publish=choices.publish)
    outcome = _outcome(plan, stored, taken=taken, choices=choices)
    record(TAKE, actor=actor, about=stored, details=outcome.as_json())
    return outcome


def _outcome(plan: Plan, stored: Framework, *, taken: Sequence[Planned], choices: Choices) -> Outcome:
    return Outcome(
        framework=stored.code,
        title=stored.title,
        published=choices.publish,
        added=tuple(row.code for row in taken if row.fate is Fate.ADDED),
        changed=tuple(row.code for row in taken if row.fate is Fate.CHANGED),
        retired=tuple(choices.retired) if choices.publish else (),
        unchanged=len(plan.of(Fate.UNCHANGED)),
        left_out=len(plan.of(Fate.ADDED, Fate.CHANGED)) - len(taken),
        head_changed=bool(plan.head_changes) or plan.is_new,
    )


def _added(head: FrameworkDocument, *, code: str) -> Framework:
    code = code or code_for_framework(head)
    if slugify(code) != code or len(code) > 100:
        raise InputError(
            f"{code!r} cannot be the code of a framework.",
            place="code",
            remedy="Use at most 100 small letters, digits and hyphens.",
        )
    if Framework.objects.filter(code=code).exists():
        raise Conflict(
            f"The library has a framework with the code {code!r} already.",
            remedy="Bring that one up to date, or choose another code.",
        )
    return Framework.objects.create(code=code, title=head.title, edition=head.edition[:200], head=head_of(head))


def _unchanged_since(framework: Framework, *, seen: int) -> Framework:
    stored = Framework.objects.select_for_update().filter(pk=framework.pk).first()
    if stored is None or stored.revision != seen:
        raise Conflict(
            f"“{framework.title}” was changed since this comparison was made.",
            remedy="Look at the comparison again, then import.",
        )
    return stored


def _require_successors(plan: Plan, *, choices: Choices) -> None:
    """Whoever is retired names a successor that is in use afterwards."""
    if not choices.publish and choices.retired:
        raise InputError(
            "Drafts cannot retire competencies.", remedy="Retire them on their own pages, or publish the import."
        )
    missing = {row.code for row in plan.of(Fate.MISSING)}
    for code, successor in choices.retired.items():
        if code not in missing:
            raise InputError(f"{code!r} is in the new source, or not in the framework; it is not retired.", place=code)
        row = plan.by_code.get(successor)
        in_use = row is not None and successor not in choices.retired and row.document.status is not Status.RETIRED
        if not in_use or (row is not None and row.fate is Fate.ADDED and successor in choices.left_out):
            raise InputError(
                f"“{plan.by_code[code].title}” needs a successor that is in use.",
                place=code,
                remedy="Choose a competency of the framework that stays or is added.",
            )


def _retiring(plan: Plan, choices: Choices) -> list[Placing]:
    return [
        Placing(plan.by_code[code].document.model_copy(update={"status": Status.RETIRED, "successor": successor}))
        for code, successor in choices.retired.items()
    ]


def _begin_drafts(framework: Framework, documents: list[CompetencyDocument], *, actor: User | None) -> None:
    codes = [document.code for document in documents]
    _refuse_open_drafts(framework, codes=codes)
    bases = dict(framework.competencies.values_list("code", "current"))
    drafts = [
        CompetencyDraft(
            framework=framework,
            code=document.code,
            title=document.title,
            base_id=bases.get(document.code),
            document=sheet_of(document),
            changed_by=actor,
        )
        for document in documents
    ]
    CompetencyDraft.objects.bulk_create(drafts, batch_size=BATCH // 5)
    DraftSave.objects.bulk_create(
        (DraftSave(draft=draft, revision=1, document=draft.document) for draft in drafts), batch_size=BATCH
    )
    if actor is not None:
        written = CompetencyDraft.authors.through
        written.objects.bulk_create(
            (written(competencydraft_id=draft.pk, user_id=actor.pk) for draft in drafts), batch_size=BATCH
        )


def _refuse_open_drafts(framework: Framework, *, codes: list[str]) -> None:
    open_ones = framework.drafts.exclude(state=DraftState.PUBLISHED)
    titles = {draft.code: draft.title for draft in open_ones.only("code", "title")}
    clashing = [titles[code] for code in codes if code in titles]
    if clashing:
        named = ", ".join(f"“{title}”" for title in clashing[:NAMED])
        more = f" and {len(clashing) - NAMED} more" if len(clashing) > NAMED else ""
        raise Conflict(
            f"Drafts are open already of {named}{more}.",
            remedy="Publish them or throw them away first, or leave these competencies out.",
        )


def _store_head(framework: Framework, head: FrameworkDocument, *, publish: bool) -> None:
    """The framework's own texts; with drafts only what they need: levels and clusters that are not there yet."""
    content = head_of(head) if publish else _with_what_drafts_need(framework.head, head_of(head))
    Framework.objects.filter(pk=framework.pk).update(
        title=content["title"],
        edition=str(content.get("edition", ""))[:200],
        head=content,
        revision=F("revision") + 1,
        changed_at=timezone.now(),
    )


def _with_what_drafts_need(stored: dict[str, Any], taken: dict[str, Any]) -> dict[str, Any]:
    levels = {level["number"]: level for level in taken.get("scale", {}).get("levels", ())}
    levels |= {level["number"]: level for level in stored.get("scale", {}).get("levels", ())}
    clusters = {cluster["code"]: cluster for cluster in (*stored.get("clusters", ()), *taken.get("clusters", ()))}
    clusters |= {cluster["code"]: cluster for cluster in stored.get("clusters", ())}
    content = dict(stored)
    if levels:
        content["scale"] = {**stored.get("scale", {}), "levels": [levels[number] for number in sorted(levels)]}
    if clusters:
        content["clusters"] = list(clusters.values())
    return content
