"""The links of a text and its translation as a map: what is linked to a place, and what lies beside it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from enum import IntEnum
from itertools import accumulate

from workbench.model.text import Passage
from workbench.model.translation import Link


class Hand(IntEnum):
    """On which hand a text of a pair lies."""

    SOURCE = 0
    TARGET = 1

    @property
    def other(self) -> Hand:
        """Give the opposite hand."""
        return Hand(1 - self)

    def ends(self, link: Link) -> tuple[int, int]:
        """Give where the stretch of a link on this hand starts and ends."""
        return (link.target_start, link.target_end) if self else (link.source_start, link.source_end)

    def stretch(self, link: Link) -> Passage:
        """Give the stretch of a link on this hand."""
        return link.target if self else link.source


class LinkMap:
    """The links between two texts; offsets of either are found on the other, and never run backwards."""

    def __init__(self, links: Iterable[Link] = (), lengths: tuple[int, int] = (0, 0)) -> None:
        """Take the links and how long the two texts are, in code points."""
        self.links: tuple[Link, ...] = tuple(links)
        self._spans = (_Spans(self.links, Hand.SOURCE), _Spans(self.links, Hand.TARGET))
        points = [(0, 0), *_in_order(self.links), lengths]
        points = [(min(x, lengths[0]), min(y, lengths[1])) for x, y in points]
        self._points = ([x for x, _ in points], [y for _, y in points])
        self._lengths = lengths

    def at(self, hand: Hand, offset: int) -> list[Link]:
        """List the links whose stretch on one hand holds an offset, by place."""
        return self.over(hand, Passage(offset, offset + 1))

    def over(self, hand: Hand, passage: Passage) -> list[Link]:
        """List the links whose stretch on one hand shares a code point with a passage, by place."""
        return self._spans[hand].over(passage)

    def beside(self, hand: Hand, offset: int) -> int:
        """Give the place on the other hand that lies beside an offset: by links, and by proportion between.

        A larger offset never gives a smaller place. Links that cross others are passed over.
        """
        here, there = self._points[hand], self._points[hand.other]
        if offset <= 0 and not self._lengths[hand]:
            return 0
        place = bisect_right(here, max(0, offset)) - 1
        if place + 1 == len(here):
            return there[-1]
        reach, rise = here[place + 1] - here[place], there[place + 1] - there[place]
        return there[place] + (max(0, offset) - here[place]) * rise // reach


class _Spans:
    """The stretches of links on one hand, by start, with the furthest end of each and all before it."""

    def __init__(self, links: Sequence[Link], hand: Hand) -> None:
        ends = (hand.ends(link) for link in links)
        held = sorted((start, end, place) for place, (start, end) in enumerate(ends) if start < end)
        self._links = [links[place] for _, _, place in held]
        self._starts = [start for start, _, _ in held]
        self._ends = [end for _, end, _ in held]
        self._furthest = list(accumulate(self._ends, max))

    def over(self, passage: Passage) -> list[Link]:
        first = bisect_right(self._furthest, passage.start)
        last = bisect_left(self._starts, passage.end)
        return [self._links[place] for place in range(first, last) if self._ends[place] > passage.start]


def _in_order(links: Iterable[Link]) -> list[tuple[int, int]]:
    """List the ends of the longest run of links that goes forwards in both texts, none overlapping."""
    whole = sorted(
        (link for link in links if link.is_whole),
        key=lambda link: (link.source_start, link.source_end, link.target_start, link.target_end),
    )
    tails: list[int] = []
    last_of: list[int] = []
    before: list[int] = []
    for place, link in enumerate(whole):
        length = bisect_left(tails, link.target_start)
        before.append(last_of[length - 1] if length else -1)
        tails[length : length + 1] = [link.target_start]
        last_of[length : length + 1] = [place]
    points: list[tuple[int, int]] = []
    place = last_of[-1] if last_of else -1
    run = []
    while place >= 0:
        run.append(whole[place])
        place = before[place]
    for link in reversed(run):
        if not points or (link.source_start >= points[-1][0] and link.target_start >= points[-1][1]):
            points += [(link.source_start, link.target_start), (link.source_end, link.target_end)]
    return points
