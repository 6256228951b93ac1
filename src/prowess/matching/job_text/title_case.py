"""Titles in capitals in ordinary writing."""

import re

ACRONYMS = frozenset(
    """
    hr it ict qa ai ml ui ux seo sem crm erp sap sql api aws gis cad cnc plc mri ct icu ae er ot ent eap eu un uk us usa
    ngo ceo cfo coo cto cio pa ea pr pmo iot aml vat ehs hse sen senco efl esl tefl rn lpn dba sre saas
    """.split()
)
"""Acronyms with a vowel; those without one are known by that."""

_ABBREVIATED = frozenset("mr mrs ms dr st jr sr".split())
_SMALL_WORDS = frozenset("a an and as at by for from in into of on or the to with per".split())
_ROMAN = re.compile(r"^(?:i{1,3}|iv|vi{0,3}|ix|x)$")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_BRACKETED = re.compile(r"\([^()]*\)")
FEWEST_LETTERS = 6


def in_title_case(text: str) -> str:
    """A title in capitals with small letters: small words small, Roman numerals and acronyms as they are.

    Others, and short ones that may be an acronym as a whole, stay as they are.
    """
    letters = [c for c in _BRACKETED.sub("", text) if c.isalpha()]
    if len(letters) < FEWEST_LETTERS or not all(c.isupper() for c in letters):
        return text
    return _WORD.sub(lambda word: _cased(word[0], first=word.start() == 0), text)


def _cased(word: str, *, first: bool) -> str:
    small = word.lower()
    if not word.isupper():
        return word
    if small in _SMALL_WORDS and not first:
        return small
    keeps = (_ROMAN.match(small) and not first) or small in ACRONYMS or _is_spelt(small)
    return word if keeps or any(c.isdigit() for c in small) else small[:1].upper() + small[1:]


def _is_spelt(word: str) -> bool:
    """Without a vowel it can only be spelt out: “HGV” needs no list."""
    return len(word) <= 4 and not re.search(r"[aeiouy]", word) and word not in _ABBREVIATED
