"""Usage rules in prose: which competencies are not used together, are related or are to be compared, and for whom."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from prowess.framework.competency import NoteOnUseAbout, RelationKind

_SENTENCE = re.compile(r"(?<=[.!?])[”\"’')]*\s+(?=[A-Z“\"‘(])")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|cf|incl|approx|no|dr|mr|ms)\.|\b[A-Z]\.)$", re.I)
_NOT_TOGETHER = re.compile(
    r"^\W*(?:please )?(?:do not|don['’]?t|never|must not|should not|you should not|avoid)\s+(?:be )?"
    r"(?:us(?:e|ing)|combin(?:e|ing)|pair(?:ing)?|select(?:ing)?|choos(?:e|ing)|includ(?:e|ing)|"
    r"assign(?:ing)?|appl(?:y|ying)|tak(?:e|ing)|put(?:ting)?|profil(?:e|ing))\s+"
    r"(?:both )?(?P<names>.+?)\s+(?:together|in (?:the same|one|a single)\b.*|at the same time|jointly|"
    r"side by side|for the same\b.*|in combination.*|simultaneously)\W*$",
    re.I | re.S,
)
_NOT_WITH = re.compile(
    r"^\W*(?:this competency )?(?:is |are |should |must |can(?:not)? ?)*(?:do not|don['’]?t|never|not|"
    r"cannot|avoid)?\s*(?:to )?(?:be )?"
    r"(?:us(?:e|ed|ing)|combin(?:e|ed|ing)|pair(?:ed|ing)?|select(?:ed)?|cho(?:ose|sen))\s+"
    r"(?:(?P<first>(?!with\b|together\b|in\b)[^.]*?)\s+)?(?:together |in combination |along |alongside |"
    r"at the same time )?(?:with|alongside)\s+(?P<names>.+?)\W*$",
    re.I | re.S,
)
_CANNOT_BOTH = re.compile(
    r"^\W*(?P<names>.+?)\s+(?:(?:should|must|may|can) ?not|cannot|are (?:not|never)(?: to be)?|"
    r"should never|must never)\s+(?:both )?(?:be )?"
    r"(?:used|combined|paired|selected|chosen|included|appear|assigned|stand)\s*(?:together|"
    r"in (?:the same|one|a single).*|at the same time|jointly|side by side|for the same.*|"
    r"simultaneously)\W*$",
    re.I | re.S,
)
_CANNOT_WITH = re.compile(
    r"^\W*(?P<first>.+?)\s+(?:(?:should|must|may|can) ?not|cannot|is (?:not|never)(?: to be)?|"
    r"should never|must never)\s+(?:be )?"
    r"(?:used|combined|paired|selected|chosen|included|assigned)\s+(?:together )?(?:with|"
    r"alongside)\s+(?P<names>.+?)\W*$",
    re.I | re.S,
)
_EXCLUSIVE = re.compile(
    r"^\W*(?P<names>.+?)\s+(?:are|is) (?:mutually exclusive|incompatible|"
    r"alternatives)(?:\s+with\s+(?P<second>.+?))?\W*$",
    re.I | re.S,
)
_RELATED = re.compile(
    r"\b(?:is|are)\s+(?:also )?(?:(?:very |most |quite )?(?:closely|strongly|directly|often) )?(?:related|"
    r"linked|connected|tied|associated|akin)\s+(?:to|with)\s+(?P<names>.+?)[.\s]*$"
    r"|^\W*(?:closely |strongly )?(?:related|linked|relates)\s+(?:closely )?(?:to|with)\b:?\s+(?P<more>.+?)[.\s]*$"
    r"|^\W*see also:?\s+(?P<also>.+?)[.\s]*$"
    r"|\b(?:relates|links)\s+(?:closely |strongly )?(?:to|with)\s+(?P<relates>[A-Z].+?)[.\s]*$",
    re.I | re.S,
)
_COMPARE = re.compile(
    r"^\W*(?:compare(?:d)?(?: this(?: competency)?)?(?: to| with)?|"
    r"contrast(?: this(?: competency)?)? with|(?:do )?not (?:to be )?confuse[d]?(?: this(?: "
    r"competency)?)? with|(?:this competency )?differs from|distinguish(?:ed)?(?: this)? from|cf\.?)"
    r"\s*:?\s+(?P<names>.+?)\W*$",
    re.I | re.S,
)
_JOB_LEVEL = re.compile(
    r"\b(?:higher|lower|senior|junior|entry|executive|managerial|management|supervisory|leadership|"
    r"first[- ]line|front[- ]?line|mid)[- ]?(?:level)?\b[^.]{0,60}\b(?:jobs?|roles?|positions?|posts?|"
    r"levels?|managers?|leaders?|staff)\b",
    re.I,
)
_USE_WHEN = re.compile(
    r"^\W*(?:please )?(?:use|choose|select|pick|take|prefer|reserve|apply)\s+(?P<name>.+?)\s+(?:for|when|"
    r"if|where|only|instead|in|rather|with|to|whenever|over)\b",
    re.I,
)
_USED_FOR = re.compile(
    r"\b(?:is|are)\s+(?:usually|normally|generally|typically|mostly|best|often|most often|only|intended|"
    r"meant|appropriate|suitable|most appropriate|primarily|mainly|rarely)?\s*(?:to be )?(?:used|chosen|"
    r"selected|intended|meant|appropriate|suitable|reserved|suited|relevant|needed|required)?\s*(?:for|in|"
    r"when|where|with|at)\b[^.]*\b(?:jobs?|roles?|positions?|posts?|grades?|managers?|leaders?|staff|"
    r"employees)\b",
    re.I,
)
_APPLIES = re.compile(
    r"^\W*(?:this competency |it )?(?:applies|is for|is meant for|is intended for|is used|suits|"
    r"is usually|is normally|is typically|is generally)\b.*\b(?:jobs?|roles?|positions?|posts?|levels?|"
    r"managers?|leaders?|staff|supervisors?)\b",
    re.I,
)
_LEAD_IN = re.compile(r"^(?:the |both |either |competenc(?:y|ies)(?: of| named| called)? |with |of |to )+", re.I)
_TAIL = re.compile(
    r"\s+(?:competenc(?:y|ies)|skills?\b(?=$)|as (?:both|they|it|the)\b.*|because\b.*|since\b.*|but\b.*|"
    r"which\b.*|in that\b.*|for the same\b.*|in the same\b.*|in one\b.*|in a single\b.*|when\b.*)$",
    re.I | re.S,
)
_MOST_WORDS = 8
"""A name of a competency has no more words."""


@dataclass(frozen=True)
class Rule:
    """What a sentence says: a kind of relation and the titles that it names."""

    kind: RelationKind
    titles: tuple[str, ...]


Known = Callable[[str], bool]
"""Whether a text is the title of a competency of the document."""


def sentences(text: str) -> list[str]:
    """A text divided at the ends of its sentences."""
    found: list[str] = []
    for piece in _SENTENCE.split(text.strip()):
        if found and _ABBREVIATION.search(found[-1]):
            found[-1] += " " + piece
        else:
            found.append(piece)
    return found


def rule_in(sentence: str, *, known: Known = lambda _title: False) -> Rule | None:
    """The relation that a sentence states, or None."""
    if len(sentence) > 600:
        return None
    for pattern in (_NOT_TOGETHER, _CANNOT_BOTH, _EXCLUSIVE, _CANNOT_WITH, _NOT_WITH):
        found = pattern.match(sentence)
        if found and (pattern is not _NOT_WITH or _forbids(sentence)):
            groups = found.groupdict()
            names = [names for names in (groups.get("first"), groups.get("names"), groups.get("second")) if names]
            titles = [title for part in names for title in titles_in(part, known=known)]
            titles = [title for title in titles if not _means_itself(title)]
            if titles and all(known(title) or _like_a_title(title) for title in titles):
                return Rule(kind=RelationKind.NOT_WITH, titles=tuple(dict.fromkeys(titles)))
    for kind, pattern in ((RelationKind.COMPARE_TO, _COMPARE), (RelationKind.RELATED, _RELATED)):
        found = pattern.match(sentence) if kind is RelationKind.COMPARE_TO else pattern.search(sentence)
        if found:
            names = [names for names in found.groupdict().values() if names]
            titles = [title for part in names for title in titles_in(part, known=known)]
            if titles and all(known(title) or _like_a_title(title) for title in titles):
                return Rule(kind=kind, titles=tuple(dict.fromkeys(titles)))
    return None


def _forbids(sentence: str) -> bool:
    return bool(re.search(r"\b(?:not|never|don['’]?t|cannot|avoid)\b", sentence, re.I))


def _means_itself(title: str) -> bool:
    return title.lower().strip() in {
        "this",
        "it",
        "this competency",
        "this one",
        "the two",
        "them",
        "these",
        "these two",
        "both",
    }


def _like_a_title(title: str) -> bool:
    words = title.split()
    return 0 < len(words) <= _MOST_WORDS and title[:1].isupper()


def titles_in(text: str, *, known: Known = lambda _title: False) -> list[str]:
    """The titles in an enumeration: "A, B and C", "Verbal and Written communication", "A or B"."""
    text = _TAIL.sub("", _LEAD_IN.sub("", text.strip(" .;:()[]“”\"'")))
    text = re.sub(r"\([^()]*\)", " ", text).strip()
    if known(text):
        return [text]
    pieces = [piece for piece in re.split(r"\s*[,;•|]\s*(?:and\s+|or\s+|&\s+)?", text) if piece.strip()]
    titles = [title for piece in pieces for title in _halves(piece.strip(), known=known)]
    titles = [_LEAD_IN.sub("", title.strip(" .“”\"'")).strip() for title in titles]
    titles = [_TAIL.sub("", re.sub(r"^(?:and|or|nor)\s+", "", title)) for title in titles]
    return [title for title in titles if title and len(title.split()) <= _MOST_WORDS]


def _halves(piece: str, *, known: Known) -> list[str]:
    """A piece of an enumeration at the conjunction that leaves titles on both sides."""
    if known(piece):
        return [piece]
    joints = list(re.finditer(r"\s+(?:and|or|nor|with)\s+", piece))
    if not joints:
        return [piece]
    for joint in joints:
        left, right = piece[: joint.start()], piece[joint.end() :]
        if known(left) or known(right):
            return [*_halves(left, known=known), *_halves(right, known=known)]
    middle = min(joints, key=lambda joint: abs(joint.start() - len(piece) / 2))
    left, right = piece[: middle.start()], piece[middle.end() :]
    return _shared_noun(left, right) or [left, right]


def _shared_noun(left: str, right: str) -> list[str] | None:
    """ "Verbal and Written communication" names two: the last word, in lower case or shared, belongs to both."""
    left_words, right_words = left.split(), right.split()
    if len(left_words) == 1 and len(right_words) == 2 and right_words[1][:1].islower() and left[:1].isupper():
        return [f"{left} {right_words[1]}", right]
    return None


def note_about(sentence: str, *, title: str) -> NoteOnUseAbout | None:
    """What a sentence advises on for the competency of this title; None where it is no advice on its use."""
    when = _USE_WHEN.match(sentence)
    own = not when or _same(when["name"], title) or _means_itself(when["name"])
    if when and own:
        return (
            NoteOnUseAbout.JOB_LEVEL
            if _JOB_LEVEL.search(sentence) and not re.search(r"\bwhen\b", sentence)
            else NoteOnUseAbout.CHOICE
        )
    if not when and (_USED_FOR.search(sentence) or _APPLIES.match(sentence)):
        return NoteOnUseAbout.JOB_LEVEL if _JOB_LEVEL.search(sentence) else NoteOnUseAbout.CHOICE
    return None


def is_advice(sentence: str) -> bool:
    """Whether a sentence says which of several to take when."""
    return bool(_USE_WHEN.match(sentence) or _USED_FOR.search(sentence))


def opens_rule(text: str) -> bool:
    """Whether a block begins with a rule or advice on use that no list of behaviours would hold."""
    first = sentences(text)[0] if text else ""
    rule = rule_in(first) if len(first) < 400 else None
    if rule and rule.kind is RelationKind.NOT_WITH:
        return bool(re.match(r"^\W*(?:please |do not|don|never|not |avoid|this competency|cannot|[A-Z])", first))
    return bool(
        rule
        and re.match(r"^\W*(?:this competency|closely|related|see also|compare|contrast|cf|do not|not to)", first, re.I)
    ) or bool(
        re.match(
            r"^\W*this competency is (?:usually|normally|generally|typically|mostly|best|only|intended|meant|"
            r"appropriate|suitable)",
            first,
            re.I,
        )
    )


def _same(first: str, second: str) -> bool:
    def words(text: str) -> Iterable[str]:
        return re.findall(r"\w+", text.lower())

    return list(words(first)) == list(words(second))
