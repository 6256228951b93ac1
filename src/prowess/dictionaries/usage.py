"""Sentences about use become relations with note and advice, and notes on use, of the competency they stand in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from prowess.dictionaries.clutter import plain_name
from prowess.dictionaries.draft import Draft, DraftRelation
from prowess.dictionaries.line import Part
from prowess.dictionaries.looks import split_at_stop
from prowess.dictionaries.relations import Rule, is_advice, note_about, rule_in, sentences, titles_in
from prowess.framework.competency import NoteOnUseAbout, RelationKind

_KINDS = {
    Part.RELATED: RelationKind.RELATED,
    Part.COMPARE_TO: RelationKind.COMPARE_TO,
    Part.NOT_WITH: RelationKind.NOT_WITH,
}
_BRACKETS = re.compile(r"\s*\(([^()]{8,300})\)\.?")
_GOES_ON = re.compile(
    r"^\W*(?:it|this|these|they|both|however|otherwise|(?:in|by) contrast|the (?:former|latter|first|second|other))\b",
    re.I,
)


@dataclass
class UsageReader:
    """Reads sentences about use; remembers the rule that following sentences explain."""

    titles: frozenset[str]
    open: tuple[DraftRelation, ...] = ()
    advising: bool = False
    owner: Draft | None = None

    def known(self, title: str) -> bool:
        """Whether a text is a title of the document."""
        return plain_name(title) in self.titles

    def close(self) -> None:
        """What follows explains no rule any more."""
        self.open, self.advising = (), False

    def without_rules(self, text: str, draft: Draft) -> str:
        """A text (of a definition or a part) without the rules in it, which become relations and notes on use."""
        kept = []
        for sentence in sentences(self._without_brackets(text, draft)):
            rule = rule_in(sentence, known=self.known)
            about = _note_that_stands_out(sentence, draft)
            if rule and self._about_this(rule, sentence, draft):
                self._relate(rule, sentence, draft)
            elif about:
                draft.notes.append((about, sentence))
            else:
                kept.append(sentence)
        self.close()
        return " ".join(kept)

    def _about_this(self, rule: Rule, sentence: str, draft: Draft) -> bool:
        """In running text a relation must speak of this competency, or name titles that the document knows."""
        if rule.kind is RelationKind.NOT_WITH:
            return True
        starts = re.match(
            r"^\W*(?:this (?:competency|skill)|it |closely|related|see also|compare|contrast|cf)", sentence, re.I
        )
        own = plain_name(sentence).startswith(plain_name(draft.title))
        return bool(starts or own or all(map(self.known, rule.titles)))

    def without_bracketed_rule(self, text: str, draft: Draft) -> str:
        """A part without a rule that stands in brackets after it."""
        return self._without_brackets(text, draft)

    def _without_brackets(self, text: str, draft: Draft) -> str:
        for found in list(_BRACKETS.finditer(text))[::-1]:
            rule = rule_in(found[1].strip(), known=self.known)
            if rule:
                self._relate(rule, found[1].strip(), draft)
                text = (text[: found.start()] + " " + text[found.end() :]).strip()
        return re.sub(r"\s+([.,;])", r"\1", text)

    def _relate(self, rule: Rule, sentence: str, draft: Draft) -> None:
        others = [title for title in rule.titles if plain_name(title) != draft.name]
        self.open = tuple(draft.relate(rule.kind, title) for title in others)
        self.owner, self.advising = draft, False
        for relation in self.open:
            relation.note.append(sentence)

    def read(self, text: str, draft: Draft) -> None:
        """A block of rules and advice on use."""
        if self.owner is not draft:
            self.close()
        bare = re.sub(r"^\s*\((.*)\)\.?\s*$", r"\1", text, flags=re.S)
        bare = self._without_brackets(bare, draft)
        if note_about(bare, title=draft.title) is NoteOnUseAbout.JOB_LEVEL and len(sentences(bare)) == 1:
            self.close()
        for sentence in sentences(bare):
            self._read_sentence(sentence, draft)

    def _read_sentence(self, sentence: str, draft: Draft) -> None:
        rule = rule_in(sentence, known=self.known)
        if rule and any(plain_name(title) != draft.name for title in rule.titles):
            self._relate(rule, sentence, draft)
            return
        about = note_about(sentence, title=draft.title)
        named = about and (not is_advice(sentence) or plain_name(draft.title) in plain_name(sentence) or not self.open)
        if self.open:
            self.advising = is_advice(sentence) or (self.advising and bool(_GOES_ON.match(sentence)))
            for relation in self.open:
                (relation.advice if self.advising else relation.note).append(sentence)
            if about and named:
                draft.notes.append((about, sentence))
        elif draft.notes and not about and _GOES_ON.match(sentence):
            draft.notes[-1] = (draft.notes[-1][0], f"{draft.notes[-1][1]} {sentence}")
        else:
            draft.notes.append((about or NoteOnUseAbout.GENERAL, sentence))

    def read_under(self, part: Part, text: str, name: str, rest: str, draft: Draft, *, goes_on: bool) -> None:
        """A block under a heading such as "Compare to" or "Related competencies"."""
        kind = _KINDS[part]
        rule = rule_in(text, known=self.known) if len(text) < 400 else None
        if rule:
            self._relate(rule, text, draft)
            return
        stop_name, stop_rest = split_at_stop(text)
        bracket = re.match(r"^([A-Z][^()]{2,80}?)\s+\(([^()]{10,400})\)\.?$", text)
        title, note = ("", "")
        if name and not re.search(r"[.;]", name):
            title, note = name, rest
        elif stop_name:
            title, note = stop_name, stop_rest
        elif bracket:
            title, note = bracket[1], bracket[2]
        if title and (self.known(title) or title[:1].isupper()):
            self.open = (draft.relate(kind, title),)
            self.open[0].note.append(note)
        elif self._lists_titles(text):
            titles = titles_in(text, known=self.known)
            self.open = tuple(draft.relate(kind, each) for each in titles if plain_name(each) != draft.name)
            if _says_more(text, titles):
                self._keep(text, draft)
        elif self.open and (goes_on or self.owner is draft):
            for relation in self.open:
                relation.note.append(text)
        else:
            self._prose(kind, text, draft)
        self.owner = draft

    def _keep(self, text: str, draft: Draft) -> None:
        """Words about the open relations, or about the competency where it names only itself."""
        for relation in self.open:
            relation.note.append(text)
        if not self.open:
            draft.notes.append((NoteOnUseAbout.GENERAL, text))

    def _lists_titles(self, text: str) -> bool:
        titles = titles_in(text, known=self.known)
        if not titles:
            return False
        if all(map(self.known, titles)):
            return True
        words = sum(len(title.split()) for title in titles)
        return (
            not re.search(r"[.!?]\s", text)
            and words <= 6 * len(titles)
            and all(t[:1].isupper() for t in titles)
            and len(text.split()) <= 30
            and (not text.endswith(".") or len(titles) > 1)
        )

    def _prose(self, kind: RelationKind, text: str, draft: Draft) -> None:
        """Prose under the heading: the titles of the document that it mentions are meant."""
        plain = f" {plain_name(text)} "
        mentioned = [
            title
            for title in sorted(self.titles, key=len, reverse=True)
            if f" {title} " in plain and title != draft.name
        ]
        if mentioned:
            self.open = tuple(draft.relate(kind, title) for title in mentioned)
            for relation in self.open:
                relation.note.append(text)
        else:
            draft.notes.append((NoteOnUseAbout.GENERAL, text))


def _says_more(text: str, titles: Sequence[str]) -> bool:
    """Whether an enumeration holds words beside the titles and what joins them."""
    return bool(set(_words(text)) - {word for title in titles for word in _words(title)} - {"and", "or"})


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _note_that_stands_out(sentence: str, draft: Draft) -> NoteOnUseAbout | None:
    """What a sentence of running text advises on, where it plainly speaks of using this competency."""
    about = note_about(sentence, title=draft.title) if draft.found_title else None
    advises = re.match(r"^\W*(?:use|choose|select)\b", sentence, re.I)
    if about is NoteOnUseAbout.JOB_LEVEL and (advises or re.match(r"^\W*(?:this competency|it)\b", sentence, re.I)):
        return about
    return about if advises and plain_name(draft.title) in plain_name(sentence) else None
