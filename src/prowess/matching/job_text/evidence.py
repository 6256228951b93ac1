"""What one sentence says of its kind by itself: its words, its form, and who acts in it."""

import re

from prowess.matching.job_text.cue_table import cue_table
from prowess.matching.job_text.cues import COUNTING, Kind, Scores
from prowess.matching.job_text.verbs import begins_with_duty_verb

_LONGEST_LOOK = 400
_DUTY_VERB = 3.0
_LABELLED = re.compile(r"^(?P<label>[A-Z][^:.!?]{1,40}):\s+(?P<value>\S.*)$")
_LONGEST_LABEL, _LONGEST_VALUE = 5, 10
_OPENING = re.compile(
    r"^(?:under|reporting to|reports to|working (?:with|under|for|alongside)|together with|as (?:an?|the|part|one)"
    r"|on behalf of|in (?:this|close|co-?operation|consultation|collaboration)|within|from)\b"
    r"[^,.]{2,90},\s+(?=\S+\s+\S+\s+\S)",
    re.IGNORECASE,
)
"""What comes before the verb: “Under the direction of the Superintendent, plans …”."""

_ABOUT_THE_JOB = re.compile(
    r"\b(?:you|your|yourself|post ?-?holder|job ?-?holder|role ?-?holder|holder|incumbent|candidate|employee|role|post"
    r"|position|job|work|duties|tasks|assignment|appointee|person|somebody|someone)\b",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!?][\"”’')]*$")
_TELLING = re.compile(r"[^\W\d_]{4,}")
_WORD = re.compile(r"[^\W\d_]{2}")
_TO_FILL_IN = 7.0
_OTHER_ACTOR = 1.6
_FRAGMENT = 0.8
_NAMES = 1.8
_SHORT = 1.0


def evidence_of(sentence: str, *, listed: bool, roles: frozenset[str] = frozenset()) -> Scores:
    """Points for each kind.

    ``listed``: the sentence is an item of a list, where fragments are usual. ``roles``: words by which this text
    calls the person in the job, in lower case.
    """
    text = sentence[:_LONGEST_LOOK]
    opened = _OPENING.sub("", text)
    told = opened if begins_with_duty_verb(opened) or _is_about_the_job(opened, roles) else text
    scores = _of_words(told)
    labelled = _LABELLED.match(told)
    if labelled and len(labelled["label"].split()) <= _LONGEST_LABEL:
        _add(scores, _of_label(labelled["value"], listed=listed))
    elif begins_with_duty_verb(told):
        _add(scores, {Kind.ROLE: _DUTY_VERB})
    elif not any(scores.get(kind) for kind in COUNTING):
        _add(scores, _of_form(told, listed=listed, roles=roles))
    return scores


def _add(scores: Scores, more: Scores) -> None:
    for kind, points in more.items():
        scores[kind] = scores.get(kind, 0.0) + points


def _of_words(text: str) -> Scores:
    scores: Scores = {}
    text = text.lower()
    for cue in cue_table("sentence_cues", about="kind"):
        if cue.pattern.search(text):
            _add(scores, {Kind(cue.about): cue.weight})
    return scores


def _of_label(value: str, *, listed: bool) -> Scores:
    """ "Direct reports: none" is a fact; "Monthly: check the pumps" is a duty."""
    if not _WORD.search(value):
        return {Kind.TERMS: _TO_FILL_IN}
    if begins_with_duty_verb(value):
        return {Kind.ROLE: _DUTY_VERB}
    short = len(value.split()) <= _LONGEST_VALUE and not _ENDED.search(value)
    return {Kind.TERMS: 3.0 if not listed else 1.0} if short else {}


def _of_form(text: str, *, listed: bool, roles: frozenset[str]) -> Scores:
    """A sentence in which somebody else acts is about the employer; a fragment outside a list is often a fact."""
    words = text.split()
    if listed:
        return {}
    if _ENDED.search(text) and len(words) > 3:
        return {} if _is_about_the_job(text, roles) else {Kind.EMPLOYER: _OTHER_ACTOR}
    scores = {Kind.TERMS: _FRAGMENT + (_SHORT if len(words) <= 3 else 0.0)}
    telling = _TELLING.findall(text)
    if len(telling) >= 2 and all(word[:1].isupper() for word in telling):
        scores[Kind.TERMS] += _NAMES
    return scores


def _is_about_the_job(text: str, roles: frozenset[str]) -> bool:
    return bool(_ABOUT_THE_JOB.search(text)) or any(word in roles for word in re.findall(r"\w+", text.lower()))
