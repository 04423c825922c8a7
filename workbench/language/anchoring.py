"""Where passages of a text stand in its new version: by their words, by what is around them, by likeness.

Words that stand there unchanged are found exactly; white space does not count. Where they stand several
times, what is around them has to decide, in both versions: a place that more than one passage could have come
from is never taken for certain. What has changed is looked for between the sentences that have not.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property

from workbench.language.comparing import LONGEST, count_of, likeness_of, moved, overlap, pairs_of, places_of
from workbench.language.units import sentences
from workbench.model.text import Passage, trimmed

_AROUND = (20, 40, 80, 160, 320)
"""Characters on each side that are compared, one width after the other."""
_SHORT = 8
"""Characters below which words alone say too little, even where they stand once."""
_LIKE = 600
"""Per mille of likeness from which a place between the right neighbours is proposed."""
_LIKE_ELSEWHERE = 750
"""The same for a place elsewhere in the text."""
_TRIED = 3
"""Candidates that are compared character by character."""
_FEW = 40
"""Sentences of a region that are all tried as the beginning of a place."""


class Found(StrEnum):
    """What became of a passage."""

    CARRIED = "carried"
    UNCERTAIN = "uncertain"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Anchored:
    """Where a passage stands in the new version."""

    found: Found
    passage: Passage | None
    """None where it is lost."""
    confidence: int
    """Per mille."""
    why: str


def anchored(
    old: str, new: str, passages: Sequence[Passage], language: str = "", *, propose: bool = True
) -> list[Anchored]:
    """Find passages of an old version in a new one, each with how sure that is and why.

    Carried are only those whose words stand there unchanged but for white space; two passages never come to
    the same place. Without `propose`, nothing like the words is looked for where they have changed.
    """
    looking = _Looking(old, new, language, propose=propose)
    found = {passage: looking.find(passage) for passage in dict.fromkeys(passages)}
    places = Counter(each.passage for each in found.values() if each.found is Found.CARRIED)
    for passage, each in found.items():
        if each.found is Found.CARRIED and places[each.passage] > 1:
            why = "Another passage comes to the same place."
            found[passage] = Anchored(Found.UNCERTAIN, each.passage, min(each.confidence, 500), why)
    return [found[passage] for passage in passages]


def place_of(words: str, content: str) -> Passage | None:
    """Find where words first stand in a text, whatever the white space in both; None where they do not."""
    squeezed, wanted = _Squeezed(content), "".join(words.split())
    at = squeezed.words.find(wanted) if wanted else -1
    return None if at < 0 else squeezed.outside(at, at + len(wanted))


class _Squeezed:
    """A text without its white space, and the way back to its offsets."""

    def __init__(self, content: str) -> None:
        self._kept = [offset for offset, character in enumerate(content) if not character.isspace()]
        self.words = "".join(content.split())

    def inside(self, passage: Passage) -> tuple[int, int]:
        return bisect_left(self._kept, passage.start), bisect_left(self._kept, passage.end)

    def outside(self, start: int, end: int) -> Passage:
        return Passage(self._kept[start], self._kept[end - 1] + 1)


class _Looking:
    """Both versions, prepared once for many passages."""

    def __init__(self, old: str, new: str, language: str, *, propose: bool) -> None:
        self._old, self._new, self._language = old, new, language
        self._propose = propose
        self._was, self._now = _Squeezed(old), _Squeezed(new)

    def find(self, passage: Passage) -> Anchored:
        start, end = self._was.inside(passage)
        words = self._was.words[start:end]
        if not words:
            return Anchored(Found.LOST, None, 0, "It has no words.")
        number = count_of(self._now.words, words)
        if not number and not self._propose:
            return Anchored(Found.LOST, None, 0, "Its words have changed.")
        if not number:
            return self._changed(passage)
        if number == 1 and count_of(self._was.words, words) == 1 and len(words) >= _SHORT:
            return self._alone(passage, self._now.words.index(words))
        return self._by_surroundings(passage, start, end)

    def _alone(self, passage: Passage, at: int) -> Anchored:
        """Take words that stand once in each version; among other sentences they are less sure."""
        carried = self._carried(passage, at, 1000, "Its words stand there once.")
        between, place = self._between(passage), carried.passage
        if place is not None and not (between.start <= place.start and place.end <= between.end):
            return replace(carried, confidence=900, why="Its words stand there once, among other sentences.")
        return carried

    def _carried(self, passage: Passage, at: int, confidence: int, why: str) -> Anchored:
        start, end = self._was.inside(passage)
        place = self._now.outside(at, at + end - start)
        if self._new[place.start : place.end] != self._old[passage.start : passage.end].strip():
            confidence, why = min(confidence, 990), f"{why} White space differs."
        return Anchored(Found.CARRIED, place, confidence, why)

    def _by_surroundings(self, passage: Passage, start: int, end: int) -> Anchored:
        for around in _AROUND:
            first, last = max(0, start - around), min(len(self._was.words), end + around)
            at = self._once(first, last)
            if at is not None:
                why = "Its words and those around them stand there once."
                return self._carried(passage, at + start - first, 980, why)
        at = self._on_one_side(start, end)
        if at is not None:
            why = "Its words and those on one side of them stand there once; the other side has changed."
            return self._carried(passage, at, 950, why)
        return self._likeliest(passage, start, end)

    def _once(self, first: int, last: int) -> int | None:
        """Find a stretch that stands once in each version."""
        stretch = self._was.words[first:last]
        if count_of(self._was.words, stretch) == 1 == count_of(self._now.words, stretch):
            return self._now.words.index(stretch)
        return None

    def _on_one_side(self, start: int, end: int) -> int | None:
        """Find words by one side of them, unless the same words elsewhere could stand at that place."""
        for around in _AROUND:
            before, after = max(0, start - around), min(len(self._was.words), end + around)
            left, right = self._once(before, end), self._once(start, after)
            places = set() if left is None else {left + start - before}
            places |= set() if right is None else {right}
            if len(places) == 1:
                at = places.pop()
                return None if self._has_rival(start, end, at) else at
            if places:
                return None
        return None

    def _has_rival(self, start: int, end: int, at: int) -> bool:
        """Tell whether the same words elsewhere in the old version have a neighbour of the place found."""
        was, now, length, near = self._was.words, self._now.words, end - start, _AROUND[0]
        left, right = now[max(0, at - near) : at], now[at + length : at + length + near]
        return any(
            (left and was[max(0, other - near) : other] == left)
            or (right and was[other + length : other + length + near] == right)
            for other in places_of(was, was[start:end])
            if other != start
        )

    def _likeliest(self, passage: Passage, start: int, end: int) -> Anchored:
        """Propose, of the places where the words stand, the one between the right neighbours."""
        words = self._was.words[start:end]
        places = [self._now.outside(at, at + len(words)) for at in places_of(self._now.words, words)]
        between = self._between(passage)
        inside = [place for place in places if between.start <= place.start and place.end <= between.end]
        if len(inside) == 1:
            why = "Its words stand between the sentences around it, but not only there, or they say little."
            return Anchored(Found.UNCERTAIN, inside[0], 800, why)
        nearest = min(inside or places, key=lambda place: abs(place.start - between.start))
        why = "Its words stand there, but what is around them does not tell whether it is they."
        return Anchored(Found.UNCERTAIN, nearest, 400, why)

    def _changed(self, passage: Passage) -> Anchored:
        """Look for what is most like a passage whose words are not there any more."""
        quote = self._old[passage.start : passage.end][:LONGEST]
        between = self._between(passage)
        for least, region, where in (
            (_LIKE, between, "between the sentences around it"),
            (_LIKE_ELSEWHERE, Passage(0, len(self._new)), "elsewhere in the text"),
        ):
            place, likeness = self._most_like(passage, quote, region)
            if place is not None and likeness >= least:
                why = f"Its words have changed; what stands {where} is like them."
                return Anchored(Found.UNCERTAIN, place, min(likeness, 900), why)
        return Anchored(Found.LOST, None, 0, "Its words are not there, nor anything like them.")

    def _most_like(self, passage: Passage, quote: str, region: Passage) -> tuple[Passage | None, int]:
        wanted = pairs_of(quote)
        stretches = list(self._stretches(quote, region))
        shared = {each: overlap(wanted, pairs_of(self._new[each.start : each.end])) for each in stretches}
        best: tuple[Passage | None, int] = None, 0
        for each in sorted(stretches, key=lambda one: -shared[one])[:_TRIED]:
            for place in (self._gone_over(passage, each), self._closest(quote, each)):
                if place is None:
                    continue
                likeness = likeness_of(quote, self._new[place.start : place.end])
                if likeness > best[1]:
                    best = place, likeness
                if likeness >= _LIKE:
                    break
        return best

    def _stretches(self, quote: str, region: Passage) -> Iterator[Passage]:
        """Give runs of sentences of the new version inside a region, up to twice as long as the quote."""
        units = self._new_units
        first = bisect_left(units, region.start, key=lambda unit: unit.start)
        last = bisect_right(units, region.end, key=lambda unit: unit.end)
        for place in self._beginnings(quote, first, last):
            for unit in units[place : min(last, place + 8)]:
                stretch = Passage(units[place].start, unit.end)
                yield stretch
                if len(stretch) > 2 * len(quote):
                    break

    def _beginnings(self, quote: str, first: int, last: int) -> Iterable[int]:
        """Give the sentences to begin with: all of a few, else those near the ones that share most."""
        if last - first <= _FEW:
            return range(first, last)
        wanted, grams = pairs_of(quote), self._new_grams
        best = sorted(range(first, last), key=lambda place: -(wanted & grams[place]).total())[:_TRIED]
        return sorted({near for place in best for near in range(max(first, place - 2), place + 1)})

    def _gone_over(self, passage: Passage, stretch: Passage) -> Passage | None:
        """Cut from a stretch what a passage became, by the letters that its sentences kept."""
        units = self._old_units
        first = max(0, bisect_right(units, passage.start, key=lambda unit: unit.start) - 1)
        last = bisect_left(units, passage.end, key=lambda unit: unit.start)
        before = min(passage.start, units[first].start) if units else passage.start
        after = max(passage.end, units[last - 1].end) if last else passage.end
        was, now = self._old[before:after][:LONGEST], self._new[stretch.start : stretch.end][: 3 * LONGEST]
        changes = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
        start = moved(changes, passage.start - before, 0)
        end = moved(changes, min(passage.end - before, len(was)), 1)
        place = trimmed(self._new, stretch.start + start, stretch.start + max(start, end))
        return place if len(place) else None

    def _closest(self, quote: str, stretch: Passage) -> Passage | None:
        """Cut from a stretch the part that the quote goes over into."""
        words = self._new[stretch.start : stretch.end][: 3 * LONGEST]
        if abs(len(words) - len(quote)) * 4 <= len(quote):
            return stretch
        blocks = SequenceMatcher(None, quote, words, autojunk=False).get_matching_blocks()
        kept = [block for block in blocks if block.size >= 3]
        if not kept:
            return None
        start, end = kept[0].b - min(kept[0].a, kept[0].b), kept[-1].b + kept[-1].size
        end = min(len(words), end + len(quote) - kept[-1].a - kept[-1].size)
        place = trimmed(self._new, stretch.start + start, stretch.start + end)
        return place if len(place) else None

    def _between(self, passage: Passage) -> Passage:
        """Give the region of the new version between the unchanged sentences around a passage."""
        units = self._old_units
        first = bisect_right(units, passage.start, key=lambda unit: unit.end)
        last = bisect_left(units, passage.end, key=lambda unit: unit.start)
        before = next((self._same[at] for at in range(first - 1, -1, -1) if at in self._same), None)
        after = next((self._same[at] for at in range(last, len(units)) if at in self._same), None)
        start = 0 if before is None else self._new_units[before].end
        end = len(self._new) if after is None else self._new_units[after].start
        return Passage(start, max(start, end))

    @cached_property
    def _old_units(self) -> tuple[Passage, ...]:
        return sentences(self._old, self._language)

    @cached_property
    def _new_units(self) -> tuple[Passage, ...]:
        return sentences(self._new, self._language)

    @cached_property
    def _new_grams(self) -> list[Counter[str]]:
        return [pairs_of(self._new[unit.start : unit.end]) for unit in self._new_units]

    @cached_property
    def _same(self) -> dict[int, int]:
        """Map sentences of the old version to those of the new one that they are, in order."""
        was, now = (
            ["".join(content[unit.start : unit.end].split()) for unit in units]
            for content, units in ((self._old, self._old_units), (self._new, self._new_units))
        )
        blocks = SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()
        return {block.a + n: block.b + n for block in blocks for n in range(block.size)}
