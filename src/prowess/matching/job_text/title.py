"""The title of the role: named, or at the head of the text, or in the file's name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from prowess.matching.job_text.block import Block, BlockKind
from prowess.matching.job_text.section import Section, section_of
from prowess.matching.job_text.title_case import in_title_case
from prowess.sources.characters import one_line

_KINDS = (
    "job|position|post|role|working|official|class(?:ification)?|vacancy|functional|rank[ /]+|[a-z]{3,12}(?= title)"
)
_NAMES = r"title|post|role|position|vacancy|job|designation"
_NAMED = re.compile(
    rf"^(?:{_KINDS})?[ -]?(?:{_NAMES})(?: title)?(?: of (?:post|job|position))?"
    r"\s*(?:[:|\t]|\s[-–—]\s|\s{2,})\s*(?P<title>\S.{1,100})$",
    re.IGNORECASE,
)
_LABEL = re.compile(rf"^(?:(?:{_KINDS})?\s*title(?: of (?:post|job))?|{_NAMES})$", re.IGNORECASE)
_FORM = re.compile(
    r"\b(?:job|role|position|post)\s+(?:description|specification|profile|advert(?:isement)?|posting|title|spec)\b"
    r"|\bterms of reference\b|\b(?:duty|position) statement\b|\bclass specification\b|\bwe(?:'|’)?(?:re| are) hiring\b"
    r"|\b(?:and )?person(?:nel)? specification\b|\bvacancy(?: announcement| notice)?\b|\bjd\b"
    r"|\brecruitment pack\b|\bcandidate (?:pack|brief)\b",
    re.IGNORECASE,
)
_SEEKING = re.compile(
    r"\b(?:looking for|seeking|seeks|hiring|recruiting|recruit|need|require|appoint"
    r"|(?:opportunity|role|position) (?:of|for)|(?:join us|work) as)\s+"
    r"(?:to (?:hire|recruit|appoint) )?(?:an?|our(?: next| first)?|the)?\s*"
    r"(?P<title>(?:[\w/&+'’-]+ ){0,5}?[\w/&+'’-]+)(?=[,.;]| (?:to|who|with|for|in|at|on|that)\b|$)",
    re.IGNORECASE,
)
_OCCUPATIONS = """
adviser advisor agent analyst apprentice architect assistant associate attorney buyer chef chief clerk consultant cook
counsel designer director executive foreman guard head housekeeper intern lawyer lead manager mechanic nurse officer
operative paralegal partner physician planner porter president professor representative salesperson scientist secretary
specialist steward superintendent surveyor trainee tutor warden worker custodian librarian cashier cleaner
""".split()
_NOT_OCCUPATIONS = """
river water power number order letter paper summer winter center quarter offer career cover tower corner other under
over after user customer member color floor motor major senior junior minor interior exterior important plant restaurant
""".split()
"""Words that end as occupations do."""

_OCCUPATION = re.compile(
    rf"\b(?!(?:{'|'.join(_NOT_OCCUPATIONS)})\b)"
    rf"(?:{'|'.join(_OCCUPATIONS)}|\w{{3,}}(?:ist|ician|eer|wright|keeper|er|or|ant|person))s?\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\s*(?:\((?:m/?f/?[dx]?|f/?m/?[dx]?|all genders|full[- ]time|part[- ]time|remote|hybrid|ref\b|maternity)"
    r"[^()]{0,60}\)|[-–|,]\s*(?:full[- ]time|part[- ]time|remote|hybrid|ref\b.*))\s*$",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:university|college|school|council|department|ministry|agency|hospital|services|company|group|division"
    r"|trust|foundation|network|clinic|bank|institute|authority|association|board|hotel|city|county|state"
    r"|government|ltd|limited|inc|gmbh|plc|llc|pty|unit|branch)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"\d{2,}|\w+/\w+/|^(?:no|ref)\b|\bgrade\b", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s+[@|–—-]\s+|\s+at\s+|[,(]")
_AFTER = re.compile(r"(?:\s+@\s.*|\s+(?:wanted|needed|required)\b.*)$", re.IGNORECASE)
_PAPER = re.compile(
    r"\b(?:description|specification|announcement|advertisement|unclassified|opportunity)\b", re.IGNORECASE
)
_BRACKETED = re.compile(r"\([^()]*\)")
_LABELLED = re.compile(r"^[^:]{2,30}:\s+\S")
UNTITLED = "Untitled role"
_LOOKED_AT = 15
CLEAR = 0.75
"""Strength from which a heading without an occupation opens a section and is no title."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    title: str
    score: float


def find_title(blocks: Sequence[Block], *, format_title: str = "", file_name: str = "") -> str:
    """The likeliest title among all places where one may stand; "Untitled role" where none does."""
    candidates = [
        *_named(blocks),
        *_at_the_head(blocks),
        *_sought(blocks),
        _Candidate(_tidy(format_title.split("|", maxsplit=1)[0]), 2.0),
        _Candidate(_from_file_name(file_name), 1.2),
    ]
    usable = [candidate for candidate in candidates if _usable(candidate.title)]
    return max(usable, key=lambda candidate: candidate.score).title if usable else UNTITLED


def names_title(text: str) -> bool:
    """Whether a line only names the job ("Job title: Cook")."""
    return bool(_NAMED.match(text))


def occupations_in(title: str) -> frozenset[str]:
    """The words of a title that name an occupation, in lower case: a text calls the person in the job by them."""
    own = _SEPARATOR.split(title, maxsplit=1)[0]
    return frozenset(found[0].lower() for found in _OCCUPATION.finditer(own))


def _named(blocks: Sequence[Block]) -> list[_Candidate]:
    found = []
    for position, block in enumerate(blocks[:60]):
        match = _NAMED.match(block.text)
        if match:
            found.append(_Candidate(_tidy(match["title"]), 8.0 - position / 20))
        if block.labels and _LABEL.match(block.labels[-1].rstrip(": ")):
            found.append(_Candidate(_tidy(block.text), 8.0 - position / 20))
        heading = block.kind is BlockKind.HEADING and _LABEL.match(block.text.rstrip(": "))
        if heading and position + 1 < len(blocks) and len(blocks[position + 1].text.split()) <= 10:
            found.append(_Candidate(_tidy(blocks[position + 1].text), 7.5 - position / 20))
    return found


def _at_the_head(blocks: Sequence[Block]) -> list[_Candidate]:
    """Short first lines above the first section; words for an occupation and the top of the page speak for them."""
    found = []
    for position, block in enumerate(blocks[:_LOOKED_AT]):
        text = _tidy(block.text)
        if block.kind is BlockKind.HEADING and _begins_sections(text):
            break
        if (
            block.kind is BlockKind.ITEM
            or block.labels
            or not text
            or len(text.split()) > 10
            or block.text.rstrip().endswith((".", "!", "?", ";"))
        ):
            continue
        score = 2.6 - 0.3 * position + (1.5 if _OCCUPATION.search(text) else 0.0)
        score += 1.0 if block.kind is BlockKind.HEADING else 0.0
        score += 1.5 if block.kind is BlockKind.HEADING and block.level == 1 else 0.0
        score += 1.5 if _FORM.search(block.text) else 0.0
        score -= 2.0 if block.text.rstrip().endswith(":") else 0.0
        known = section_of(text)
        score -= 1.5 if known and known.section is Section.EMPLOYER else 0.0
        score -= 1.2 if _ORGANISATION.search(text) else 0.0
        score -= 1.5 if _PAPER.search(text) else 0.0
        score -= 2.5 if _CODE.search(_BRACKETED.sub("", text)) else 0.0
        score -= 2.5 if _LABELLED.match(text) else 0.0
        found.append(_Candidate(text, score))
    return found


def _sought(blocks: Sequence[Block]) -> list[_Candidate]:
    for block in blocks[:_LOOKED_AT]:
        match = _SEEKING.search(block.text[:400])
        if match and _OCCUPATION.search(match["title"]):
            title = _tidy(match["title"])
            return [_Candidate(title[:1].upper() + title[1:], 2.2)]
    return []


def _tidy(text: str) -> str:
    text = _AFTER.sub("", _FORM.sub(" ", one_line(text)))
    text = _ASIDE.sub("", re.sub(r"\(\s*\)", " ", text))
    text = re.sub(
        r"^(?:for(?: the (?:post|position|role) of)?|of|title)\s*[:–-]?\s+(?=\S)",
        "",
        text.strip(" :–—-|,/#*"),
        flags=re.I,
    )
    text = re.sub(r"^[^\w(“\"'‘&]+|[^\w)”\"'’.+#]+$", "", one_line(text))
    return in_title_case(text)


def _from_file_name(name: str) -> str:
    stem = re.sub(r"[_\-.]+", " ", PurePath(name).stem)
    stem = re.sub(r"\b(?:final|draft|copy|v\d+|version \d+|\d{2,})\b", " ", stem, flags=re.IGNORECASE)
    words = _tidy(stem)
    return words[:1].upper() + words[1:]


def _begins_sections(heading: str) -> bool:
    known = section_of(heading)
    return known is not None and known.strength >= CLEAR and not _OCCUPATION.search(heading)


def _usable(title: str) -> bool:
    if (
        not 2 < len(title) <= 120
        or sum(c.isalpha() for c in title) < 3
        or title.lower() in ("job", "untitled", "document")
    ):
        return False
    return not _begins_sections(title)
