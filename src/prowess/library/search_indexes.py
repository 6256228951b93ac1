"""The indexes of one framework, built beside the pages: words first, then meaning, which takes longer."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

from prowess.framework import Competency
from prowess.library.meaning_index import MeaningIndex
from prowess.library.word_index import WordIndex
from prowess.matching.encoder import TextEncoder

Index = TypeVar("Index")


class SearchIndexes:
    """Begins to build the indexes of a framework at once, in a thread of its own."""

    def __init__(self, competencies: Sequence[Competency], *, encoder: TextEncoder | None) -> None:
        self.compares_meaning = encoder is not None
        self._words: Future[WordIndex] = Future()
        self._meaning: Future[MeaningIndex] = Future()
        Thread(target=self._build, args=(competencies, encoder), name="library-search", daemon=True).start()

    def words(self) -> WordIndex:
        """The word index; waits for it where it is not there yet."""
        return self._words.result()

    def meaning(self, *, wait: bool = False) -> MeaningIndex | None:
        """The meaning index; None without an encoder and, unless asked to wait, while it is being built."""
        if not self.compares_meaning or not (wait or self._meaning.done()):
            return None
        return self._meaning.result()

    def _build(self, competencies: Sequence[Competency], encoder: TextEncoder | None) -> None:
        _fulfil(self._words, lambda: WordIndex(competencies))
        if encoder is not None:
            _fulfil(self._meaning, lambda: MeaningIndex(competencies, encoder=encoder))


def _fulfil(promise: Future[Index], build: Callable[[], Index]) -> None:
    """Keep the promise, or hand the failure to whoever waits for it."""
    try:
        promise.set_result(build())
    except Exception as error:
        promise.set_exception(error)
