"""Search the texts of a study: hits in context, one after the other, as they are found.

All of it only reads. In a thread, give it a study that the thread has opened for itself, read-only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from workbench.language.folding import folding
from workbench.language.lemmas import LemmaPattern, lacking
from workbench.language.patterns import TIME_LIMIT, Pattern, RegexPattern, WordsPattern
from workbench.model.text import Passage
from workbench.stages.search_scope import Place, Scope, places_in
from workbench.study.study import Study

CONTEXT = 40
"""Code points shown on each side of a hit."""


class Mode(StrEnum):
    """How a query is read."""

    PLAIN = "plain"
    """As it stands, anywhere."""
    PHRASE = "phrase"
    """Whole words in order; white space and line breaks between them are free."""
    REGEX = "regex"
    LEMMA = "lemma"
    """Words in any of their forms."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to search for."""

    words: str
    mode: Mode = Mode.PLAIN
    cased: bool = False
    """Whether upper and lower case differ; lemmas never tell them apart."""
    time_limit: float = TIME_LIMIT
    """Seconds a regular expression may match in all."""


class Hit(NamedTuple):
    """One passage that was found, with the words around it as they are stored."""

    place: Place
    passage: Passage
    before: str
    words: str
    after: str


class Search:
    """One search over the texts of a scope; iterate `hits` once, and leave off when enough is found."""

    def __init__(
        self, study: Study, query: Query, scope: Scope | None = None, *, context: int = CONTEXT
    ) -> None:
        """Prepare a search; raises WrongUsage for a query or a scope that cannot be read."""
        self._study = study
        self._context = context
        self._pattern = pattern_of(query)
        self._unsure, self._is_cut = folding().unsure, folding().is_cut
        places = places_in(study, scope or Scope())
        self.left_out: dict[str, int] = {}
        """Why texts cannot be searched by lemmas -> how many."""
        if query.mode is Mode.LEMMA:
            places = self._with_lemmas(places)
        self.places = tuple(places)
        """The texts that are searched, in order."""

    def hits(
        self,
        *,
        stopped: Callable[[], bool] = lambda: False,
        progress: Callable[[int, int], None] = lambda done, total: None,
    ) -> Iterator[Hit]:
        """Find hits text by text, in order of place.

        `stopped` is asked before every text and hit and ends the search; `progress` hears how many texts of
        how many are done. Raises Refused when a regular expression takes too long; what was found holds.
        """
        for done, place in enumerate(self.places):
            if stopped():
                return
            progress(done, len(self.places))
            data = self._study.content(place.text.content_hash)
            if self._pattern.may_be_in(data):
                content = data.decode("utf-8")
                for passage in self._pattern.hits(content, place.text.language):
                    yield self._hit(place, content, passage)
                    if stopped():
                        return
        progress(len(self.places), len(self.places))

    def _with_lemmas(self, places: list[Place]) -> list[Place]:
        """Leave out the texts of languages without lemmas, and count them."""
        kept = []
        for place in places:
            missing = lacking(place.text.language)
            if missing:
                self.left_out[missing] = self.left_out.get(missing, 0) + 1
            else:
                kept.append(place)
        return kept

    def _hit(self, place: Place, content: str, passage: Passage) -> Hit:
        found, after = passage.start, passage.end
        start, end = max(0, found - self._context), min(len(content), after + self._context)
        while start < found and content[start] in self._unsure and not self._is_cut(content, start):
            start += 1
        while after < end < len(content) and content[end] in self._unsure and not self._is_cut(content, end):
            end -= 1
        return Hit(place, passage, content[start:found], content[found:after], content[after:end])


def pattern_of(query: Query) -> Pattern:
    """Make what is looked for in each text; raises WrongUsage where the query cannot be read."""
    match query.mode:
        case Mode.REGEX:
            return RegexPattern(query.words, cased=query.cased, limit=query.time_limit)
        case Mode.LEMMA:
            return LemmaPattern(query.words)
        case Mode.PLAIN | Mode.PHRASE:
            return WordsPattern(query.words, phrase=query.mode is Mode.PHRASE, cased=query.cased)
