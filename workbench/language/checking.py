"""Questions about a translation: what stands on one side of a pair and not, or otherwise, on the other.

All are questions: a translator may well have meant what is seen. Pairs are stretches of a source and of its
translation that are linked; what is linked to nothing is asked about too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from workbench.errors import Refused
from workbench.language.checked_pair import Pair, Seen
from workbench.language.checking_extent import alone_question, extent_questions, unevenness, usual_ratio
from workbench.language.checking_modality import modality_questions, negation_hints
from workbench.language.checking_names import name_questions
from workbench.language.checking_quantities import quantity_questions
from workbench.language.remembering import Remembered, hash_of
from workbench.model.text import Passage

CHECKER = "questions-1"
"""Name and version of the rules."""
Progress = Callable[[int, int], bool]
"""Is told how many stretches of how many are read; giving False ends the work."""
_TOLD_EVERY = 50
_NOTHING = Passage(0, 0)
_LABEL = 9
"""Most letters of a label in Latin script; Japanese says it in a third of them."""
_UNEVEN = 0.3
"""From here a pair is so uneven that what stands beside it in its line may belong to it."""


@dataclass(frozen=True, slots=True)
class LinkedTexts:
    """A text and its translation with their links, as plain data."""

    source: str
    target: str
    languages: tuple[str, str]
    links: tuple[tuple[Passage, Passage], ...]
    """Stretches that render one another."""
    alone: tuple[tuple[Passage, ...], tuple[Passage, ...]]
    """Stretches of either side that nothing is linked to, each within a line."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing to ask about two stretches, with offsets into the texts; one of them may be empty."""

    source: Passage
    target: Passage
    seen: Seen


_REMEMBERED: Remembered[list[Asked]] = Remembered(20_000_000)
"""What was asked of the texts that were checked last."""


def checked(texts: LinkedTexts, *, negation: bool = False, progress: Progress | None = None) -> list[Asked]:
    """Ask about two texts, in the order of the source; the same is kept for the next time it is asked.

    Raises Refused where `progress` ends the work.
    """
    key = hash_of(
        CHECKER, texts.source, texts.target, repr((texts.languages, texts.links, texts.alone, negation))
    )
    found = _REMEMBERED.get(key)
    if found is None:
        found = _Checking(texts, negation).asked(progress)
        _REMEMBERED.put(key, found, 1000 * len(found) + 1000)
    return found


def questions_of(pair: Pair, *, usual: float | None = None, negation: bool = False) -> list[Seen]:
    """List what is to be asked about one pair, with offsets into its words."""
    extent = extent_questions(pair, usual)
    if any(one.priority == 1 for one in extent):
        return extent
    found = [*quantity_questions(pair), *name_questions(pair), *modality_questions(pair), *extent]
    return [*found, *negation_hints(pair)] if negation else found


class _Checking:
    """Two texts while they are checked."""

    def __init__(self, texts: LinkedTexts, negation: bool) -> None:
        self._texts = texts
        self._negation = negation
        self._usual = usual_ratio([self._pair(*link) for link in texts.links])

    def _pair(self, source: Passage, target: Passage) -> Pair:
        texts = self._texts
        return Pair.of(
            texts.source[source.start : source.end], texts.target[target.start : target.end], texts.languages
        )

    def asked(self, progress: Progress | None) -> list[Asked]:
        texts = self._texts
        places = list(texts.links)
        found: list[list[Seen]] = []
        whole = len(places) + sum(map(len, texts.alone))
        for place, link in enumerate(places):
            _go_on(progress, place, whole)
            found.append(self._questions(*link))
        for side in (0, 1):
            for number, passage in enumerate(texts.alone[side]):
                _go_on(progress, len(texts.links) + number + side * len(texts.alone[0]), whole)
                if not self._takes_in(places, found, side, passage):
                    link = (passage, _NOTHING) if side == 0 else (_NOTHING, passage)
                    places.append(link)
                    words = (texts.source, texts.target)[side][passage.start : passage.end]
                    found.append([alone_question(words, in_source=side == 0)])
        order = sorted(
            range(len(places)), key=lambda place: (self._rank(places[place]), places[place][1].start)
        )
        return [Asked(*places[place], _moved(one, *places[place])) for place in order for one in found[place]]

    def _questions(self, source: Passage, target: Passage) -> list[Seen]:
        return questions_of(self._pair(source, target), usual=self._usual, negation=self._negation)

    def _takes_in(
        self, places: list[tuple[Passage, Passage]], found: list[list[Seen]], side: int, lone: Passage
    ) -> bool:
        """Let a link beside a lone stretch of the same line have it, where that answers more than it asks.

        Numbers of headings and the like are often units of their own on one side alone.
        """
        content = (self._texts.source, self._texts.target)[side]
        for place, link in enumerate(places):
            own = link[side]
            gap = content[own.end : lone.start] if own.end <= lone.start else content[lone.end : own.start]
            if not len(link[0]) or not len(link[1]) or "\n" in gap or any(map(str.isalnum, gap)):
                continue
            wider = Passage(min(own.start, lone.start), max(own.end, lone.end))
            joined = (wider, link[1]) if side == 0 else (link[0], wider)
            asked = self._questions(*joined)
            if self._is_better(link, joined, len(found[place]), len(asked), content[lone.start : lone.end]):
                places[place], found[place] = joined, asked
                return True
        return False

    def _is_better(
        self,
        link: tuple[Passage, Passage],
        joined: tuple[Passage, Passage],
        before: int,
        after: int,
        lone: str,
    ) -> bool:
        if after > before:
            return False
        uneven = unevenness(self._pair(*link), self._usual)
        evener = uneven > _UNEVEN and unevenness(self._pair(*joined), self._usual) < uneven
        return after < before or evener or _is_label(lone)

    def _rank(self, link: tuple[Passage, Passage]) -> int:
        """Give the place in the source, for a stretch of the translation alone that of the link before it."""
        source, target = link
        if len(source):
            return source.start
        before = (ours.start for ours, theirs in self._texts.links if theirs.end <= target.start)
        return max(before, default=-1)


def _is_label(words: str) -> bool:
    """Tell whether words are the number of a heading, or a word before a turn of speech: `Answer.`"""
    letters = sum(map(str.isalpha, words))
    return letters <= (_LABEL if words.isascii() else _LABEL // 3)


def _go_on(progress: Progress | None, done: int, of: int) -> None:
    if progress is not None and done % _TOLD_EVERY == 0 and not progress(done, of):
        raise Refused("The checks were ended.", safe="Nothing was changed.")


def _moved(seen: Seen, source: Passage, target: Passage) -> Seen:
    return replace(
        seen,
        source=tuple(Passage(place.start + source.start, place.end + source.start) for place in seen.source),
        target=tuple(Passage(place.start + target.start, place.end + target.start) for place in seen.target),
    )
