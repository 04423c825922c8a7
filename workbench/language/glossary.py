"""Key terms found in a text: the terms themselves, and what stands for them in a translation.

Japanese and Chinese words are found wherever they stand, other words in any of their forms, transliterations
in any spelling (`kyōsei`, `kyosei`, `kyousei`). Normal form, width and case do not matter. Of stretches that
overlap, the one that begins first counts, and of several that begin there the longest.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from workbench.language.folding import FoldedText, folding
from workbench.language.lemmas import lemma_of, main_language
from workbench.language.patterns import UNSPACED
from workbench.language.transliteration import romanised
from workbench.model.glossary import Term, TermRule
from workbench.model.text import Passage

_UNSPACED = UNSPACED.pattern[1:-1]
_WORD = re.compile(rf"[^\W_{_UNSPACED}]+(?:['’][^\W_{_UNSPACED}]+)*")
_GAP = re.compile(r"[\s\-\u2010-\u2015]*")
"""What may stand between the words of one rendering."""
_NO_LETTERS = str.maketrans("", "", "'’-")


class Role(StrEnum):
    """What a stretch is to a term."""

    TERM = "term"
    """The term, in a text of its own language."""
    KEPT = "kept"
    """The term or its transliteration, in a text of the other language."""
    RENDERING = "rendering"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A stretch of a text that is something to a term."""

    start: int
    end: int
    term_id: str
    role: Role
    way: str
    """The way of writing, or the rendering, as the glossary has it."""

    @property
    def passage(self) -> Passage:
        """Give the stretch."""
        return Passage(self.start, self.end)


class Outcome(StrEnum):
    """What became of a term in the passage that renders it."""

    AS_DECIDED = "as decided"
    FORBIDDEN = "forbidden rendering"
    UNKNOWN = "no known rendering"
    ANOTHER = "another rendering than elsewhere"
    AWAY = "translated away"
    LEFT = "left untranslated"


@dataclass(frozen=True, slots=True)
class _Way:
    term_id: str
    role: Role
    written: str


class TermFinder:
    """Looks for some terms in texts of one language; made once for many texts."""

    def __init__(self, terms: Iterable[Term], language: str) -> None:
        self._language = main_language(language)
        self._fold = folding()
        self._unspaced: dict[str, list[_Way]] = {}
        self._words: dict[tuple[str, ...], list[_Way]] = {}
        self._sounds: dict[str, list[_Way]] = {}
        for term in terms:
            if main_language(term.language) == self._language:
                self._add(term, Role.TERM, term.written)
            elif main_language(term.target_language) == self._language:
                self._add(term, Role.RENDERING, term.renderings)
                self._add(term, Role.FORBIDDEN, term.forbidden)
                self._add(term, Role.KEPT, term.written)
                self._add_sound(term)
        longest_first = sorted(self._unspaced, key=lambda words: (-len(words), words))
        self._anywhere = re.compile(f"(?=({'|'.join(map(re.escape, longest_first))}))")
        self._firsts = {words[0] for words in self._words}
        self._longest = max(map(len, self._words), default=0)
        self._beginnings = {sound[:length] for sound in self._sounds for length in range(1, len(sound) + 1)}

    def _add(self, term: Term, role: Role, ways: Iterable[str]) -> None:
        for written in ways:
            folded = self._fold.fold(written)
            way = _Way(term.id, role, written)
            if UNSPACED.search(folded):
                self._unspaced.setdefault(folded, []).append(way)
            elif words := tuple(lemma_of(match.group(), self._language) for match in _WORD.finditer(folded)):
                self._words.setdefault(words, []).append(way)

    def _add_sound(self, term: Term) -> None:
        sound = "".join(map(_sound, _WORD.findall(self._fold.fold(term.transliteration))))
        if sound:
            self._sounds.setdefault(sound, []).append(_Way(term.id, Role.KEPT, term.transliteration))

    def candidates(self, content: str) -> list[Mark]:
        """Find every stretch that is something to a term, by place; they may overlap."""
        if not (self._unspaced or self._words or self._sounds):
            return []
        view = FoldedText(self._fold, content)
        found = [*self._in_unspaced(view.content), *self._in_words(view.content)]
        marks = set()
        for start, end, ways in found:
            passage = view.passage(start, end)
            marks |= {Mark(passage.start, passage.end, way.term_id, way.role, way.written) for way in ways}
        return sorted(marks)

    def marks(self, content: str) -> list[Mark]:
        """Find the stretches that count, by place; one stretch may be something to several terms."""
        return longest(self.candidates(content))

    def _in_unspaced(self, folded: str) -> Iterator[tuple[int, int, list[_Way]]]:
        if self._unspaced:
            for match in self._anywhere.finditer(folded):
                words = match.group(1)
                yield match.start(), match.start() + len(words), self._unspaced[words]

    def _in_words(self, folded: str) -> Iterator[tuple[int, int, list[_Way]]]:
        """Look from each word as far as the words of a rendering go on."""
        if not (self._words or self._sounds):
            return
        places = [match.span() for match in _WORD.finditer(folded)]
        tokens = [folded[start:end] for start, end in places]
        lemmas = [lemma_of(token, self._language) for token in tokens]
        for first, (start, _) in enumerate(places):
            length, sound = 0, ""
            sounds = bool(self._sounds)
            words = lemmas[first] in self._firsts
            while (sounds or words) and first + length < len(places):
                at = first + length
                if length and not _GAP.fullmatch(folded, places[at - 1][1], places[at][0]):
                    break
                length += 1
                if words:
                    key = tuple(lemmas[first : first + length])
                    if key in self._words:
                        yield start, places[at][1], self._words[key]
                    words = length < self._longest
                if sounds:
                    sound += _sound(tokens[at])
                    if sound in self._sounds:
                        yield start, places[at][1], self._sounds[sound]
                    sounds = sound in self._beginnings


def longest(marks: Iterable[Mark]) -> list[Mark]:
    """Keep of stretches that overlap the first, and of several that begin there the longest."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda each: (each.start, -each.end, each.term_id, each.role, each.way)):
        if not kept or mark.start >= kept[-1].end or mark.passage == kept[-1].passage:
            kept.append(mark)
    return kept


def within(marks: Sequence[Mark], passage: Passage) -> Iterator[Mark]:
    """Give the marks, which are sorted by place, that lie whole in a passage."""
    for mark in marks[bisect_left(marks, passage.start, key=lambda each: each.start) :]:
        if mark.start >= passage.end:
            return
        if mark.end <= passage.end:
            yield mark


def outcome(term: Term, marks: Iterable[Mark]) -> Outcome:
    """Say what became of a term from what of it stands in the passage that renders it."""
    roles = {mark.role for mark in marks if mark.term_id == term.id}
    if Role.FORBIDDEN in roles:
        return Outcome.FORBIDDEN
    if term.rule is TermRule.KEEP_SOURCE:
        if Role.KEPT in roles:
            return Outcome.AS_DECIDED
        return Outcome.AWAY
    if Role.RENDERING in roles:
        return Outcome.AS_DECIDED
    return Outcome.LEFT if Role.KEPT in roles else Outcome.UNKNOWN


def candidates_in(terms: tuple[Term, ...], language: str, content: str) -> list[Mark]:
    """Find what `candidates` finds; plain data go in and come out, so that another process can do it."""
    return finder(terms, language).candidates(content)


@lru_cache(maxsize=32)
def finder(terms: tuple[Term, ...], language: str) -> TermFinder:
    """Give what looks for some terms; the latest ones are kept."""
    return TermFinder(terms, language)


def _sound(word: str) -> str:
    return romanised(word.translate(_NO_LETTERS))
