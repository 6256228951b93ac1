"""Wording of behavioural indicators: observable, single-barrelled, definite, fair.

Each check looks for words that the field's handbooks warn of. They are lists with word boundaries, on purpose:
a curator sees the very word that was found, and precision matters more than recall.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

UNOBSERVABLE = {
    "believes": "says or does",
    "feels": "says or does",
    "knows": "states, explains or applies",
    "realises": "names or acts on",
    "realizes": "names or acts on",
    "recognises the importance": "names or acts on",
    "recognizes the importance": "names or acts on",
    "understands": "explains, or acts on",
    "thinks": "says or does",
    "is aware": "names, or takes into account",
    "has an awareness": "names, or takes into account",
    "has awareness": "names, or takes into account",
    "has knowledge": "states, explains or applies",
    "has the ability": "shows by doing",
    "is able to": "does",
    "is capable of": "does",
    "appreciates": "names or acts on",
    "is committed to": "shows by doing",
    "is motivated": "shows by doing",
    "is passionate": "shows by doing",
    "values": "shows by doing",
    "is willing": "does",
    "is open to": "shows by doing",
    "has a positive attitude": "shows by doing",
    "cares about": "shows by doing",
    "wants to": "does",
    "sees the need": "names or acts on",
    "enjoys": "does",
    "loves": "does",
    "possesses": "shows by doing",
    "respects the importance": "names or acts on",
    "is convinced": "says or does",
    "grasps": "explains, or acts on",
    "comprehends": "explains, or acts on",
    "senses": "names or acts on",
    "hopes": "says or does",
    "intends to": "does",
    "prides": "shows by doing",
}
STATES_OF_MIND = (
    r"(?:has|holds|shows|demonstrates|displays|exhibits|maintains|brings|possesses) "
    r"(?:(?:a|an|the|some|good|strong|deep|sound|thorough|high|clear|real|genuine|great|keen|basic|full|level of) ?)*"
    r"(?:understanding|knowledge|awareness|appreciation|grasp|passion|commitment|dedication|enthusiasm|willingness|"
    r"motivation|feel|sense|belief|interest|drive|desire|confidence|attitude|mindset)\b"
)
INNER_BEING = (
    r"is (?:(?:very|highly|always|fully|really|truly|generally) )*"
    r"(?:enthusiastic|conscious|mindful|keen|confident|comfortable|familiar|interested|dedicated|devoted|eager|"
    r"inclined|proud|sensitive|sympathetic|curious|optimistic|trustworthy|ambitious|loyal|honest|reliable|flexible)\b"
)
VAGUE = (
    "adequate",
    "adequately",
    "and so on",
    "appropriate",
    "appropriately",
    "as appropriate",
    "as needed",
    "as necessary",
    "as required",
    "best practice",
    "best practices",
    "correctly",
    "effective",
    "effectively",
    "efficiently",
    "etc",
    "excellent",
    "good at",
    "in a timely manner",
    "properly",
    "satisfactory",
    "suitably",
    "to a high standard",
    "as suits",
    "as the situation requires",
    "as the situation demands",
    "in a good way",
    "in a proper manner",
    "in a suitable manner",
    "in an appropriate way",
    "reasonably",
    "sufficiently",
    "to an acceptable standard",
    "to the expected standard",
    "to the required standard",
    "whatever is needed",
    "when appropriate",
    "where appropriate",
    "world-class",
)
BIASED = {
    "able-bodied": "name what the task needs",
    "aggressive": "direct, persistent",
    "aggressively": "directly, persistently",
    "articulate": "clear",
    "chairman": "chair",
    "cultural fit": "name the behaviour",
    "culture fit": "name the behaviour",
    "digital native": "name what the person does with which tool",
    "energetic": "name the behaviour",
    "grandfathered": "exempted",
    "guys": "people, colleagues",
    "he": "they",
    "his": "their",
    "she": "they",
    "her": "their",
    "manpower": "staff",
    "mother tongue": "name the language and the level",
    "native speaker": "name the language and the level",
    "ninja": "name the work",
    "recent graduate": "name the qualification",
    "rockstar": "name the work",
    "salesman": "salesperson",
    "spokesman": "spokesperson",
    "workmanlike": "sound",
    "businessman": "business person",
    "businessmen": "business people",
    "craftsman": "craftsperson",
    "craftsmen": "craftspeople",
    "elderly": "older people, or leave out",
    "englishman": "leave out",
    "fireman": "firefighter",
    "foreman": "supervisor",
    "girls": "women, colleagues",
    "himself": "themselves",
    "herself": "themselves",
    "lads": "colleagues",
    "ladies": "women, customers",
    "man-hours": "working hours",
    "man hours": "working hours",
    "manned": "staffed",
    "manning": "staffing",
    "middleman": "intermediary",
    "repairman": "technician",
    "salesmen": "salespeople",
    "seniors citizens": "older people",
    "sportsmanlike": "fair",
    "tradesman": "tradesperson",
    "tradesmen": "tradespeople",
    "workmen": "workers",
    "young": "leave out",
    "youthful": "leave out",
}


@dataclass(frozen=True)
class WordingProblem:
    """A problem in one text: which check, what was found, what would mend it."""

    check: str
    finding: str
    remedy: str


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])({alternatives})(?![\w-])", re.IGNORECASE)


_LONGEST_FIRST = "|".join(map(re.escape, sorted(UNOBSERVABLE, key=len, reverse=True)))
_UNOBSERVABLE = re.compile(
    rf"^(?:\W*(?:also|always|usually|often|fully|clearly|not|does not|doesn.t)\s+)*"
    rf"({STATES_OF_MIND}|{INNER_BEING}|(?:{_LONGEST_FIRST})\b)",
    re.IGNORECASE,
)
_VAGUE = _pattern(VAGUE)
_BIASED = _pattern(BIASED)
# A second finite verb in the third person after “and” / “or” / “;”, at the same level of the sentence, with an object
# of its own: “Answers the phone and files the letters”. Shared objects (“plans and leads meetings”) are left alone.
_SECOND_VERB = re.compile(
    r"^(?P<first>[A-Z][a-z]+(?:s|es))\s(?P<object>(?:[^,;.()]|\([^)]*\)){4,}?)(?:,)?\s(?:and|as well as)\s"
    r"(?:then\s|also\s)?(?P<second>[a-z]+(?:s|es))\s(?P<rest>(?:the|a|an|their|its|his|her|others|people|every|each|any"
    r"|all|them|it|whether|how|what|who|when|why|where|to|with|for|on|out|up|colleagues|customers)\b)",
)
_DETERMINERS = ("the", "a", "an", "their", "its", "his", "her", "every", "each", "any", "all")
_NOUN_ENDINGS = ("ions", "ments", "ities", "ors", "ances", "ences", "isms", "ists", "nesses", "ships")
_NOUNS_IN_S = frozenset(
    [
        "actions",
        "activities",
        "aims",
        "areas",
        "benefits",
        "causes",
        "changes",
        "choices",
        "colleagues",
        "concerns",
        "conditions",
        "consequences",
        "costs",
        "customers",
        "data",
        "dates",
        "deadlines",
        "decisions",
        "details",
        "difficulties",
        "doubts",
        "effects",
        "errors",
        "events",
        "expectations",
        "facts",
        "figures",
        "files",
        "findings",
        "goals",
        "hazards",
        "hours",
        "ideas",
        "interests",
        "issues",
        "limits",
        "managers",
        "materials",
        "meetings",
        "methods",
        "names",
        "needs",
        "notes",
        "numbers",
        "options",
        "others",
        "partners",
        "parts",
        "people",
        "plans",
        "points",
        "priorities",
        "problems",
        "procedures",
        "processes",
        "products",
        "progress",
        "projects",
        "promises",
        "questions",
        "reasons",
        "records",
        "reports",
        "requests",
        "resources",
        "responsibilities",
        "results",
        "reviews",
        "risks",
        "roles",
        "rules",
        "services",
        "sources",
        "staff",
        "standards",
        "steps",
        "strengths",
        "suppliers",
        "systems",
        "tasks",
        "teams",
        "terms",
        "times",
        "tools",
        "topics",
        "trends",
        "units",
        "users",
        "values",
        "views",
        "words",
        "years",
    ]
)


def wording_problems(text: str) -> Iterator[WordingProblem]:
    """The wording problems of one behavioural indicator, most serious first."""
    for check in _CHECKS:
        problem = check(text)
        if problem:
            yield problem


def _unobservable(text: str) -> WordingProblem | None:
    match = _UNOBSERVABLE.search(text)
    if not match:
        return None
    word = match.group(1)
    instead = UNOBSERVABLE.get(word.lower(), "says or does")
    return WordingProblem(
        "unobservable",
        f"“{word}” cannot be seen or heard by a rater.",
        f"Say what the person {instead}.",
    )


def _double_barrelled(text: str) -> WordingProblem | None:
    match = _SECOND_VERB.search(text)
    if not match:
        return None
    second, rest = match.group("second"), match.group("rest")
    if rest not in _DETERMINERS and (second in _NOUNS_IN_S or second.endswith(_NOUN_ENDINGS)):
        return None
    if re.search(r"\b(who|that|which|if|when|where|while|before|after|because|so)\b", match.group("object")):
        return None
    return WordingProblem(
        "double-barrelled",
        f"Two behaviours in one: “{match.group('first')} …” and “{match.group('second')} …”; a rater may see only one.",
        "Split it into two indicators, or keep the one that matters at this level.",
    )


def _vague(text: str) -> WordingProblem | None:
    match = _VAGUE.search(text)
    if not match:
        return None
    return WordingProblem(
        "vague",
        f"“{match.group(1)}” leaves the judgement to each rater.",
        "Say what is done, how much, by when or with what result.",
    )


def _biased(text: str) -> WordingProblem | None:
    match = _BIASED.search(text)
    if not match:
        return None
    word = match.group(1)
    return WordingProblem(
        "biased",
        f"“{word}” may favour or put off a group of people.",
        f"Use instead: {BIASED[word.lower()]}.",
    )


_CHECKS: tuple[Callable[[str], WordingProblem | None], ...] = (_unobservable, _double_barrelled, _vague, _biased)
