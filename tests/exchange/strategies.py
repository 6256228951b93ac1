"""Whole frameworks for property tests, with hostile text: new lines, markup, right-to-left, beginnings of formulas."""

from typing import Any

from hypothesis import strategies as st

from prowess.framework.framework import Framework

_ALPHABET = "abc é؀שלום<>&\"'=+-@;|,#*_\\\n\t漢🙂%{}[]"
_UUIDS = st.uuids(version=4).map(str)


def texts(*, longest: int = 30) -> st.SearchStrategy[str]:
    """Texts that are not empty."""
    return st.text(_ALPHABET.replace("؀", "ع"), min_size=1, max_size=longest).map(str.strip).filter(bool)


def lines() -> st.SearchStrategy[str]:
    """Titles and names."""
    return texts(longest=20)


CODES = st.text("abcXYZ019.-_/é", min_size=1, max_size=8)
IDENTIFIERS = st.one_of(st.just(""), _UUIDS, st.sampled_from(["urn:x:1", "https://example.org/a?b=c#d", "ABC 1"]))


def _optional(strategy: st.SearchStrategy[Any], *, empty: Any = "") -> st.SearchStrategy[Any]:
    return st.one_of(st.just(empty), strategy)


def _part(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"identifier": IDENTIFIERS, **fields})


def _few(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(strategy, max_size=2)


@st.composite
def frameworks(draw: st.DrawFn) -> Framework:
    """Frameworks with every kind of part."""
    numbers = sorted(draw(st.sets(st.integers(0, 6), max_size=3)))
    levels = st.sampled_from([None, *numbers])
    clusters = draw(st.lists(CODES, unique=True, max_size=3))
    codes = draw(st.lists(CODES, unique=True, max_size=4))
    polarity = st.sampled_from(["effective", "ineffective"])
    competency = {
        "title": lines(),
        "aliases": _few(lines()),
        "definition": _optional(texts()),
        "cluster": st.sampled_from(["", *clusters]),
        "kind": st.sampled_from(["core", "functional", "leadership", "technical"]),
        "key_actions": _few(_part(name=lines(), description=_optional(texts()))),
        "job_activities": _few(_part(text=texts())),
        "indicators": st.lists(_part(level=levels, polarity=polarity, text=texts()), max_size=4),
        "relations": _few(
            _part(
                kind=st.sampled_from(["related", "compare-to", "not-with", "broader", "narrower"]),
                target=st.sampled_from([*codes, "elsewhere"]),
                note=_optional(texts()),
                advice=_optional(texts()),
            )
        ),
        "notes_on_use": _few(_part(about=st.sampled_from(["choice", "job-level", "general"]), text=texts())),
        "development": _few(
            _part(
                kind=st.sampled_from(["activity", "course"]), text=texts(), from_level=levels, link=_optional(lines())
            )
        ),
        "questions": _few(_part(text=texts(), probes=_few(texts()))),
        "matches": _few(
            _part(
                kind=st.sampled_from(["exact", "close", "broader", "narrower", "related"]),
                framework=lines(),
                target=st.one_of(texts(), _UUIDS, st.just("https://example.org/x")),
                title=_optional(texts()),
                note=_optional(texts()),
            )
        ),
        "status": st.sampled_from(["draft", "published", "retired"]),
        "version": st.integers(1, 3),
        "successor": st.sampled_from(["", *codes]),
    }
    content = {
        "identifier": draw(IDENTIFIERS),
        "title": draw(lines()),
        "edition": draw(_optional(lines())),
        "publisher": draw(_optional(lines())),
        "description": draw(_optional(texts())),
        "language": draw(st.sampled_from(["en", "de-AT", "he"])),
        "licence": draw(_optional(lines())),
        "attribution": draw(_optional(lines())),
        "scale": {
            "title": draw(_optional(lines())),
            "levels": [
                draw(_part(number=st.just(number), name=lines(), description=_optional(texts()), polarity=polarity))
                for number in numbers
            ],
        },
        "clusters": [
            draw(_part(code=st.just(code), title=lines(), description=_optional(texts()),
                       parent=st.sampled_from(["", *clusters[:place]])))
            for place, code in enumerate(clusters)
        ],
        "competencies": [draw(_part(code=st.just(code), **competency)) for code in codes],
    }  # fmt: skip
    return Framework.model_validate(content)
