"""Where a person cut a text into units otherwise than the rules do."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.model.text import Passage, trimmed


@dataclass(frozen=True, slots=True)
class UnitCut:
    """An edge between two units that a person made or took away; there is one for a place of a text."""

    id: str
    text_id: str
    offset: int
    """Where the second unit begins, in code points."""
    joined: bool = False
    """Whether the edge was taken away; otherwise it was made."""

    @staticmethod
    def key(text_id: str, offset: int) -> str:
        """Name the one record for a place of a text."""
        return f"{text_id}.{offset}"


def mended(content: str, units: Sequence[Passage], cuts: Iterable[UnitCut]) -> tuple[Passage, ...]:
    """Apply what a person cut and joined to the units of the rules.

    As those are, they stay in order, apart and trimmed, and cover all that is not blank. A join holds where
    its place lies between two units, so it does nothing where other rules make no edge there.
    """
    made: list[int] = []
    gone: list[int] = []
    for cut in sorted(cuts, key=lambda cut: cut.offset):
        (gone if cut.joined else made).append(cut.offset)
    found: list[Passage] = []
    for unit in units:
        inside = made[bisect_left(made, unit.start) : bisect_left(made, unit.end)]
        for start, end in pairwise([unit.start, *inside, unit.end]):
            piece = trimmed(content, start, end)
            if not len(piece):
                continue
            if found and _holds_one(gone, found[-1].end, piece.start):
                piece = Passage(found.pop().start, piece.end)
            found.append(piece)
    return tuple(found)


def _holds_one(offsets: Sequence[int], first: int, last: int) -> bool:
    place = bisect_left(offsets, first)
    return place < len(offsets) and offsets[place] <= last
