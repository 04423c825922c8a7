"""Highlights side by side in lanes, so that no two in one lane overlap, and which of them are where."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush


@dataclass(frozen=True, slots=True)
class Highlight:
    """A passage of the text on screen that carries a code."""

    key: str
    """What the screen knows it by: the id of its coding."""
    start: int
    end: int
    """Offset after its last code point."""
    mark: str
    """Short number or letter of the code, drawn in the margin so that colour is never the only sign."""
    colour: int
    """Number of the code's colour; colours repeat after the palette's last."""
    label: str
    """The code as it is named to the reader."""
    through: bool = False
    """Whether it was made on the other side of a link and only shows here."""


@dataclass(slots=True)
class _Lane:
    starts: list[int]
    members: list[Highlight]

    def overlapping(self, start: int, end: int) -> Iterator[Highlight]:
        place = max(bisect_right(self.starts, start) - 1, 0)
        while place < len(self.starts) and self.starts[place] < end:
            if self.members[place].end > start:
                yield self.members[place]
            place += 1


class Lanes:
    """Highlights given lanes by greedy interval colouring: the fewest lanes that keep overlaps apart."""

    __slots__ = ("_lanes", "_ordered")

    def __init__(self, highlights: Iterable[Highlight] = ()) -> None:
        """Give each highlight the lowest lane free at its start; empty passages are left out."""
        held = (highlight for highlight in highlights if highlight.end > highlight.start)
        self._ordered = sorted(held, key=lambda highlight: (highlight.start, -highlight.end, highlight.key))
        self._lanes: list[_Lane] = []
        busy: list[tuple[int, int]] = []
        free: list[int] = []
        for highlight in self._ordered:
            while busy and busy[0][0] <= highlight.start:
                heappush(free, heappop(busy)[1])
            number = heappop(free) if free else len(self._lanes)
            if number == len(self._lanes):
                self._lanes.append(_Lane([], []))
            self._lanes[number].starts.append(highlight.start)
            self._lanes[number].members.append(highlight)
            heappush(busy, (highlight.end, number))

    def __len__(self) -> int:
        """Count the lanes."""
        return len(self._lanes)

    @property
    def highlights(self) -> list[Highlight]:
        """Every highlight by start, the longer first."""
        return self._ordered

    def within(self, start: int, end: int) -> list[tuple[int, Highlight]]:
        """Find (lane, highlight) of all that share a code point with [start, end), lane by lane."""
        return [
            (number, member)
            for number, lane in enumerate(self._lanes)
            for member in lane.overlapping(start, end)
        ]

    def at(self, offset: int) -> list[Highlight]:
        """Find the highlights that hold an offset, the innermost last."""
        found = [member for _, member in self.within(offset, offset + 1)]
        return sorted(found, key=lambda member: (member.start, -member.end, member.key))

    def after(self, offset: int) -> Highlight | None:
        """Find the first highlight that starts after an offset."""
        number = bisect_right(self._ordered, offset, key=lambda member: member.start)
        return self._ordered[number] if number < len(self._ordered) else None

    def before(self, offset: int) -> Highlight | None:
        """Find the last highlight that starts before an offset."""
        number = bisect_right(self._ordered, offset - 1, key=lambda member: member.start)
        return self._ordered[number - 1] if number else None
