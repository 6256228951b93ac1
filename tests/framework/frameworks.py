"""Generated frameworks for property tests, and one small framework that several tests share."""

from hypothesis import strategies as st

from prowess.framework import Framework, parse_framework

SMALL = """
title: Small library
scale:
  levels:
  - {number: 1, name: Hinders, polarity: ineffective}
  - {number: 2, name: Uneven, polarity: ineffective}
  - {number: 3, name: Solid}
clusters:
- {code: people, title: People}
competencies:
- code: loyalty
  title: Keeping Customers
  aliases: [Customer retention]
  definition: Wins the trust of single customers.
  cluster: people
  key_actions:
  - {name: Keeps in touch, description: Calls customers between orders.}
  job_activities: [Answer complaints from customers., Call customers back.]
  indicators:
    1: {ineffective: [Leaves complaints unanswered.]}
    3: {effective: [Calls back within a day.]}
  relations:
  - {kind: not-with, target: focus, note: Both describe service., advice: Take Keeping Customers for counter work.}
  questions:
  - {text: Tell me about a customer whom you won back., probes: [What did you do first?]}
  - What would you do if a customer shouted?
- code: focus
  title: Thinking of Customers
  cluster: people
  relations:
  - {kind: broader, target: service}
- code: service
  title: Service
  cluster: people
"""


def small_framework() -> Framework:
    """Three competencies, one forbidden pair said by one side only."""
    return parse_framework(SMALL)


_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\x85"),
    min_size=1,
    max_size=40,
).filter(lambda text: text.strip() != "")
_CODES = st.from_regex(r"[a-z][a-z0-9-]{0,11}", fullmatch=True)
_MAYBE = st.one_of(st.just(""), _WORDS)


@st.composite
def frameworks(draw: st.DrawFn) -> Framework:
    """Any framework: every part, odd texts, relations to codes that may be missing."""
    levels = draw(st.lists(st.integers(0, 10), unique=True, max_size=5).map(sorted))
    codes = draw(st.lists(_CODES, unique=True, max_size=5))
    level = st.one_of(st.none(), st.sampled_from(levels)) if levels else st.none()
    polarity = st.sampled_from(["effective", "ineffective"])
    targets = st.one_of(st.sampled_from(codes), _CODES) if codes else _CODES
    competency = st.fixed_dictionaries(
        {
            "title": _WORDS,
            "aliases": st.lists(_WORDS, max_size=2),
            "definition": _MAYBE,
            "kind": st.sampled_from(["core", "functional", "leadership", "technical"]),
            "key_actions": st.lists(st.fixed_dictionaries({"name": _WORDS, "description": _MAYBE}), max_size=2),
            "job_activities": st.lists(_WORDS, max_size=3),
            "indicators": st.lists(
                st.fixed_dictionaries({"level": level, "polarity": polarity, "text": _WORDS, "identifier": _MAYBE}),
                max_size=4,
            ),
            "relations": st.lists(
                st.fixed_dictionaries(
                    {
                        "kind": st.sampled_from(["related", "compare-to", "not-with", "broader", "narrower"]),
                        "target": targets,
                        "note": _MAYBE,
                        "advice": _MAYBE,
                    }
                ),
                max_size=3,
            ),
            "development": st.lists(
                st.fixed_dictionaries(
                    {"kind": st.sampled_from(["activity", "course", "resource"]), "text": _WORDS, "to_level": level}
                ),
                max_size=2,
            ),
            "questions": st.lists(
                st.fixed_dictionaries({"text": _WORDS, "probes": st.lists(_WORDS, max_size=2)}), max_size=2
            ),
            "matches": st.lists(st.fixed_dictionaries({"framework": _WORDS, "target": _WORDS}), max_size=1),
        }
    )
    competencies = [{"code": code, **draw(competency)} for code in codes]
    return Framework.model_validate(
        {
            "title": draw(_WORDS),
            "description": draw(_MAYBE),
            "scale": {"levels": [{"number": n, "name": draw(_WORDS)} for n in levels]},
            "competencies": competencies,
        }
    )
