"""The parts of a library's competencies that a job text is compared with."""

from prowess.framework import Competency, Framework, Polarity, Status
from prowess.framework.errors import InputError
from prowess.matching.parts import CompetencyParts, Part


def matchable(framework: Framework) -> tuple[Competency, ...]:
    """The competencies that a new profile may take: all but the retired ones.

    Raises:
        InputError: there is none.
    """
    found = tuple(c for c in framework.competencies if c.status is not Status.RETIRED)
    if not found:
        raise InputError(
            f"The library “{framework.title}” holds no competency that a profile could take.",
            remedy="Add competencies to it, or use `starter`.",
        )
    return found


def competency_parts(competency: Competency, *, framework: Framework) -> CompetencyParts:
    """The parts of one competency: of the indicators only effective ones from the middle of the scale upwards."""
    parts = [Part("title", competency.title)]
    parts += [Part("alias", alias) for alias in competency.aliases]
    if competency.definition:
        parts.append(Part("definition", competency.definition))
    parts += [
        Part("key_action", f"{action.name}: {action.description}" if action.description else action.name)
        for action in competency.key_actions
    ]
    parts += [Part("job_activity", activity.text) for activity in competency.job_activities]
    numbers = framework.scale.numbers
    middle = numbers[(len(numbers) - 1) // 2] if numbers else 0
    parts += [
        Part("indicator", indicator.text)
        for indicator in competency.indicators
        if indicator.polarity is Polarity.EFFECTIVE and (indicator.level is None or indicator.level >= middle)
    ]
    return CompetencyParts(code=competency.code, parts=tuple(parts))
