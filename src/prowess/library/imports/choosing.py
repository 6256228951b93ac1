"""What an owner chooses of an import that is open: where it goes, codes, what to leave out and to retire."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from prowess.framework.errors import Conflict, InputError
from prowess.library.imports.corrected import with_settings
from prowess.library.imports.keeping import opened
from prowess.library.imports.models import Import
from prowess.library.imports.queries import framework_of, reading_of
from prowess.library.imports.taking import require_take
from prowess.library.models import Framework
from prowess.people.models import User

LONGEST_CODE = 200


@transaction.atomic
def change_import(found: Import, *, revision: int, actor: User, **values: Any) -> Import:
    """Set what the owner chose or corrected, as seen at ``revision``.

    Raises:
        Conflict: it was changed meanwhile (in another window), imported or thrown away.
    """
    stored = opened(found, actor=actor)
    if revision != stored.revision:
        raise Conflict("This import was changed meanwhile, in another window.", remedy="Reload the page and go on.")
    for name, value in values.items():
        setattr(stored, name, value)
    stored.revision += 1
    stored.save()
    return stored


@transaction.atomic
def choose_target(
    found: Import, *, target: Framework | None, publish: bool, keep_missing_parts: bool, code: str, actor: User
) -> Import:
    """Say where an import goes, and how.

    Raises:
        NotAllowed: the actor may not edit or publish there.
        Conflict: it is not open any more.
    """
    stored = opened(found, actor=actor)
    require_take(actor, framework=target, publish=publish)
    if target != stored.target:
        stored.left_out, stored.retired = [], {}
    if not publish:
        stored.retired = {}
    stored.target, stored.publish, stored.keep_missing_parts = target, publish, keep_missing_parts
    stored.settings = {**stored.settings, "code": code}
    stored.revision += 1
    stored.save()
    return stored


@transaction.atomic
def leave_out(found: Import, *, code: str, out: bool, actor: User) -> Import:
    """Leave a competency of the source out, or take it after all."""
    stored = opened(found, actor=actor)
    others = [each for each in stored.left_out if each != code]
    stored.left_out = [*others, code] if out else others
    stored.revision += 1
    stored.save()
    return stored


@transaction.atomic
def choose_successor(found: Import, *, code: str, successor: str, actor: User) -> Import:
    """Retire a competency that the source does not have, in favour of another; without a successor it stays."""
    stored = opened(found, actor=actor)
    retired = {each: other for each, other in stored.retired.items() if each != code}
    stored.retired = {**retired, code: successor} if successor else retired
    stored.revision += 1
    stored.save()
    return stored


@transaction.atomic
def give_codes(found: Import, *, codes: Mapping[str, str], actor: User) -> Import:
    """Give competencies of the source other codes: what they are called now, and what they are to be called.

    Raises:
        InputError: a code that is none, or that another competency has.
    """
    stored = opened(found, actor=actor)
    for code in codes.values():
        if not code or len(code) > LONGEST_CODE or any(c.isspace() for c in code) or not code.isprintable():
            raise InputError(f"{code!r} is no code.", place="code", remedy="A code is one word of at most 200 signs.")
    known = framework_of(stored).by_code
    unknown = next((code for code in codes if code not in known), None)
    if unknown is not None:
        raise InputError(f"The source has no competency with the code {unknown!r}.", remedy="Reload the page.")
    given = stored.settings.get("codes", {})
    now = {given.get(c.code, c.code): c.code for c in reading_of(stored).framework.competencies}
    settings = {**stored.settings, "codes": {**given, **{now[old]: new for old, new in codes.items()}}}
    with_settings(reading_of(stored).framework, settings)
    stored.settings = settings
    stored.revision += 1
    stored.save()
    return stored
