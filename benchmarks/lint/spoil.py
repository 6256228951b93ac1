"""Faults planted in copies of the starter library, one kind at a time, by a generator with a fixed seed.

The wording of the faults was written without looking at the lists of `prowess.framework.checks.wording`.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass

from prowess.framework import Competency, Framework

SEED = 20261123
VERBS = ["Keeps", "Writes", "Sorts", "Calls", "Measures", "Explains", "Shows", "Orders", "Prepares", "Compares"]
OBJECTS = ["the weekly list", "incoming letters", "stock figures", "each visitor", "the room plan", "spare parts",
           "the meeting notes", "a new colleague", "delivery dates", "test samples"]  # fmt: skip
SECOND = ["files the copies", "rings the supplier back", "trains two trainees", "updates the board", "checks the locks",
          "answers every complaint", "plans the next shift", "repairs the trolley"]  # fmt: skip
SYNONYMS = {"customer": "client", "customers": "clients", "asks": "enquires", "tells": "informs", "people": "persons",
            "work": "labour", "says": "states", "gives": "provides", "shows": "demonstrates", "keeps": "retains",
            "finds": "locates", "team": "group", "plan": "scheme", "helps": "assists",
            "mistake": "error", "before": "prior to",
            "after": "following", "uses": "employs", "makes": "produces", "goal": "aim"}  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """A kind of fault: how it is planted in a competency, and which checks would name it."""

    name: str
    checks: tuple[str, ...]
    plant: Callable[[Competency, random.Random, Framework], Competency | tuple[Competency, ...]]


def _with_text(competency: Competency, source: random.Random, text: str) -> Competency:
    """The competency with the text in the place of one effective indicator."""
    places = [n for n, each in enumerate(competency.indicators) if each.polarity == "effective"]
    place = source.choice(places)
    spoilt = competency.indicators[place].model_copy(update={"text": text})
    return _with(competency, indicators=(*competency.indicators[:place], spoilt, *competency.indicators[place + 1 :]))


def _with(competency: Competency, **changes: object) -> Competency:
    return Competency.model_validate({**dict(competency), **changes})


def _double(competency: Competency, source: random.Random, _: Framework) -> Competency:
    verb, thing, second = source.choice(VERBS), source.choice(OBJECTS), source.choice(SECOND)
    shape = source.choice(["{v} {t} and {s}.", "{v} {t}, and {s}.", "{v} {t} and then {s}.", "{v} {t} as well as {s}.",
                           "{v} {t} and also {s} in the afternoon."])  # fmt: skip
    return _with_text(competency, source, shape.format(v=verb, t=thing, s=second))


def _vague(competency: Competency, source: random.Random, _: Framework) -> Competency:
    verb, thing = source.choice(VERBS), source.choice(OBJECTS)
    shape = source.choice(["{v} {t} properly.", "{v} {t} in a suitable manner.", "{v} {t} as appropriate.",
                           "{v} {t} to a satisfactory level.", "{v} {t}, notes, cards, etc.", "{v} {t} effectively.",
                           "{v} {t} in line with best practice.", "{v} {t} as and when necessary."])  # fmt: skip
    return _with_text(competency, source, shape.format(v=verb, t=thing))


def _unobservable(competency: Competency, source: random.Random, _: Framework) -> Competency:
    shape = source.choice(["Understands {t}.", "Has a sound grasp of {t}.", "Is aware of {t}.",
                           "Feels at ease with {t}.",
                           "Believes that {t} can be improved.", "Knows all about {t}.", "Is keen on {t}.",
                           "Takes an inner interest in {t}.", "Demonstrates a strong commitment to {t}."])  # fmt: skip
    return _with_text(competency, source, shape.format(t=source.choice(OBJECTS)))


def _biased(competency: Competency, source: random.Random, _: Framework) -> Competency:
    shape = source.choice(["{v} {t} before he leaves.", "{v} {t} for her own team.", "{v} {t} with manpower planning.",
                           "{v} {t} like a native speaker.", "{v} {t} with the energy of young staff.",
                           "{v} {t} as the foreman wants.", "{v} {t} so that the guys can start."])  # fmt: skip
    return _with_text(competency, source, shape.format(v=source.choice(VERBS), t=source.choice(OBJECTS)))


def _swapped(competency: Competency, source: random.Random, _: Framework) -> Competency:
    lower, upper = source.choice([(3, 5), (4, 5), (3, 5)])
    exchanged = {lower: upper, upper: lower}
    moved = tuple(each.model_copy(update={"level": exchanged.get(each.level or 0, each.level)})
                  for each in competency.indicators)  # fmt: skip
    return _with(competency, indicators=moved)


def _degree(competency: Competency, source: random.Random, _: Framework) -> Competency:
    text = f"{source.choice(VERBS)} {source.choice(OBJECTS)} ready for the others."
    low = {"level": 3, "text": text.replace(" ", " sometimes ", 1)}
    high = {"level": 5, "text": text.replace(" ", f" {source.choice(['always', 'consistently', 'usually'])} ", 1)}
    return _with(competency, indicators=[*map(dict, competency.indicators), low, high])


def _copied(competency: Competency, source: random.Random, framework: Framework) -> Competency:
    other = source.choice([each for each in framework.competencies if each.code != competency.code])
    text = source.choice(
        [each.text for each in other.indicators if each.polarity == "effective" and len(each.text) > 40]
    )
    words = text.rstrip(".").split()
    return _with_text(competency, source, " ".join([*words[:-1], "again", words[-1]]) + ".")


def _paraphrased(competency: Competency, source: random.Random, _: Framework) -> tuple[Competency, ...]:
    def reworded(text: str) -> str:
        return " ".join(SYNONYMS.get(word.lower().strip(".,"), word) for word in text.split())

    parts = {
        "code": f"{competency.code}-again", "title": f"The art of {competency.title.lower()}", "relations": (),
        "definition": reworded(competency.definition),
        "indicators": [{**dict(each), "text": reworded(each.text)} for each in competency.indicators
                       if source.random() < 0.8],
        "job_activities": [reworded(each.text) for each in competency.job_activities if source.random() < 0.8],
        "key_actions": [{"name": each.name, "description": reworded(each.description)}
                        for each in competency.key_actions],
    }  # fmt: skip
    return (competency, _with(competency, **parts))


def _stripped(competency: Competency, source: random.Random, _: Framework) -> Competency:
    part = source.choice(["definition", "key_actions", "job_activities", "development", "questions"])
    return _with(competency, **{part: "" if part == "definition" else ()})


def _hard(competency: Competency, source: random.Random, _: Framework) -> Competency:
    text = (
        f"{source.choice(VERBS)} {source.choice(OBJECTS)} notwithstanding organisational interdependencies "
        "necessitating continual reprioritisation of administrative responsibilities, utilising "
        "multidisciplinary methodologies facilitating operationalisation of interdepartmental initiatives."
    )
    return _with_text(competency, source, text)


def _one_sided(competency: Competency, source: random.Random, framework: Framework) -> Competency:
    stated = {(each.code, relation.target) for each in framework.competencies for relation in each.relations}
    told = {pair for pair in stated if competency.code in pair}
    free = [each.code for each in framework.competencies
            if each.code != competency.code and not any(each.code in pair for pair in told)]  # fmt: skip
    relation = {"kind": "not-with", "target": source.choice(free), "note": "They overlap.", "advice": "Take the other."}
    return _with(competency, relations=[*map(dict, competency.relations), relation])


KINDS = (
    Kind("two behaviours in one", ("double-barrelled",), _double),
    Kind("vague wording", ("vague",), _vague),
    Kind("not observable", ("unobservable",), _unobservable),
    Kind("biased wording", ("biased",), _biased),
    Kind("levels exchanged", ("levels-not-ascending",), _swapped),
    Kind("levels by adverb", ("degree-only", "near-copy"), _degree),
    Kind("indicator copied", ("near-copy", "near-copy-meaning"), _copied),
    Kind("competency reworded", ("near-copy-competency", "near-copy"), _paraphrased),
    Kind("part missing", ("missing-part", "readiness"), _stripped),
    Kind("hard to read", ("hard-to-read",), _hard),
    Kind("relation one-sided", ("one-sided-relation",), _one_sided),
)
