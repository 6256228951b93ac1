"""Editing a role profile by hand: each change gives a new profile, or is refused with the library's advice.

What the matching found stays with the profile: a competency that is taken out and put back has its evidence again.
"""

from prowess.framework import ForbiddenPair, Framework, ProfileEntry, RoleProfile, forbidden_pairs
from prowess.framework.errors import Conflict, InputError, NotFound
from prowess.framework.role_profile import LeftOut

MOST_COMPETENCIES = 30


class ForbiddenPairRefused(Conflict):
    """Two competencies that the library forbids to use together; ``pair`` holds its reason and advice.

    ``wanted`` is the competency that was to be added and ``standing`` the one that is in the profile.
    """

    def __init__(self, pair: ForbiddenPair, *, wanted: str, standing: str, framework: Framework) -> None:
        self.pair, self.wanted, self.standing = pair, wanted, standing
        self.wanted_title = framework.competency(wanted).title
        self.standing_title = framework.competency(standing).title
        super().__init__(
            f"“{self.wanted_title}” and “{self.standing_title}” are not used in one profile."
            + (f" {pair.note}" if pair.note else ""),
            remedy=pair.advice or "Take the one that fits this job better.",
        )


def add_competency(profile: RoleProfile, *, code: str, framework: Framework, core: bool = False) -> RoleProfile:
    """Put a competency into a profile, with the importance and evidence that the matching found for it, if any.

    Raises:
        NotFound: the framework has no such competency.
        ForbiddenPairRefused: it may not stand beside one that is in the profile.
        Conflict: it is in the profile already, or the profile is full.
    """
    competency = framework.competency(code)
    codes = [entry.code for entry in profile.competencies]
    if code in codes:
        raise Conflict(f"“{competency.title}” is in the profile already.")
    if len(codes) >= MOST_COMPETENCIES:
        raise Conflict(f"A profile holds at most {MOST_COMPETENCIES} competencies.", remedy="Remove one first.")
    for pair in forbidden_pairs(framework):
        if code in pair.codes and pair.other(code) in codes:
            raise ForbiddenPairRefused(pair, wanted=code, standing=pair.other(code), framework=framework)
    entry = _considered(profile, code=code) or ProfileEntry(
        code=code, title=competency.title, importance=0.5, target_level=_usual_level(profile, framework)
    )
    return _with_entries(
        profile, (*profile.competencies, entry.model_copy(update={"core": core})), left_out_without=code
    )


def remove_competency(profile: RoleProfile, *, code: str, reason: str = "removed by hand") -> RoleProfile:
    """Take a competency out of a profile; it is listed as left out, its evidence kept.

    Raises:
        NotFound: the profile does not hold it.
    """
    entry = _entry(profile, code=code)
    left = LeftOut(code=code, title=entry.title, reason=reason)
    kept = tuple(e for e in profile.competencies if e.code != code)
    considered = (*(e for e in profile.considered if e.code != code), entry)
    changed = _with_entries(profile, kept, left_out_without=code)
    return changed.model_copy(update={"left_out": (left, *changed.left_out), "considered": considered})


def swap_competency(profile: RoleProfile, *, take: str, leave: str, framework: Framework) -> RoleProfile:
    """Take one competency instead of another, in its place in the profile.

    Raises:
        NotFound: the profile does not hold ``leave``, or the framework does not hold ``take``.
        ForbiddenPairRefused: ``take`` may not stand beside a third one.
    """
    position = [entry.code for entry in profile.competencies].index(_entry(profile, code=leave).code)
    changed = add_competency(remove_competency(profile, code=leave), code=take, framework=framework)
    *others, taken = changed.competencies
    return _with_entries(changed, (*others[:position], taken, *others[position:]), left_out_without=take)


def weigh_competency(profile: RoleProfile, *, code: str, importance: float) -> RoleProfile:
    """Set the importance (0 to 1) of a competency in a profile.

    Raises:
        InputError: the importance is not between 0 and 1.
    """
    if not 0 <= importance <= 1:
        raise InputError(f"The importance {importance:g} is not a share.", remedy="Give a number from 0 to 1.")
    return _changed(profile, code=code, importance=round(importance, 2))


def set_target_level(profile: RoleProfile, *, code: str, level: int | None, framework: Framework) -> RoleProfile:
    """Set the level that the role needs of a competency.

    Raises:
        InputError: the framework's scale lacks this level.
    """
    if level is not None and level not in framework.scale.numbers:
        levels = ", ".join(map(str, framework.scale.numbers)) or "none"
        raise InputError(f"The scale has no level {level}.", remedy=f"Its levels are: {levels}.")
    return _changed(profile, code=code, target_level=level, why_level="set by hand")


def move_competency(profile: RoleProfile, *, code: str, up: bool) -> RoleProfile:
    """Move a competency one place up or down in the profile; at the end it stays where it is."""
    entries = list(profile.competencies)
    position = entries.index(_entry(profile, code=code))
    other = position - 1 if up else position + 1
    if 0 <= other < len(entries):
        entries[position], entries[other] = entries[other], entries[position]
    return profile.model_copy(update={"competencies": tuple(entries)})


def _changed(profile: RoleProfile, *, code: str, **values: object) -> RoleProfile:
    _entry(profile, code=code)
    entries = tuple(e.model_copy(update=values) if e.code == code else e for e in profile.competencies)
    return profile.model_copy(update={"competencies": entries})


def _entry(profile: RoleProfile, *, code: str) -> ProfileEntry:
    for entry in profile.competencies:
        if entry.code == code:
            return entry
    raise NotFound(
        f"The profile does not hold the competency {code!r}.", remedy="Reload the page to see what it holds."
    )


def _considered(profile: RoleProfile, *, code: str) -> ProfileEntry | None:
    return next((entry for entry in profile.considered if entry.code == code), None)


def _usual_level(profile: RoleProfile, framework: Framework) -> int | None:
    levels = sorted(e.target_level for e in profile.competencies if e.target_level is not None)
    if levels:
        return levels[len(levels) // 2]
    numbers = framework.scale.numbers
    return numbers[len(numbers) // 2] if numbers else None


def _with_entries(profile: RoleProfile, entries: tuple[ProfileEntry, ...], *, left_out_without: str) -> RoleProfile:
    """The profile with other entries; what is uncovered and left out follows from them."""
    cited = {evidence.statement for entry in entries for evidence in entry.evidence}
    uncovered = tuple(s.id for s in profile.statements if s.counts and s.id not in cited)
    left_out = tuple(left for left in profile.left_out if left.code != left_out_without)
    return profile.model_copy(update={"competencies": entries, "uncovered": uncovered, "left_out": left_out})
