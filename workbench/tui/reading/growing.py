"""Selections that grow ring by ring, and units and paragraphs as steps of cursor and selection."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from workbench.model.text import Passage

Finder = Callable[[int], Passage]
"""Gives the passage that holds an offset: between two of them the one before, before the first the first."""

_BLANKS = re.compile(r"\s*+")
_STRIDE = 4_096


def next_ring(selection: Passage, rings: Iterable[Passage]) -> Passage | None:
    """Give the first ring that holds the selection and more; None where the selection holds them all."""
    for ring in rings:
        if ring.start <= selection.start and selection.end <= ring.end and len(ring) > len(selection):
            return ring
    return None


class Steps:
    """The passages of one kind in a text as steps: where the next ones begin and end."""

    __slots__ = ("_content", "_find")

    def __init__(self, content: str, find: Finder) -> None:
        """Take a text and what finds one passage of the kind; each is free of blanks at both ends."""
        self._content = content
        self._find = find

    def next_start(self, offset: int) -> int:
        """Give the nearest start after an offset, the end of the text where there is none."""
        here = self._find(offset)
        if here.start > offset:
            return here.start
        place = self._over_blanks(max(here.end, offset + 1))
        if place >= len(self._content):
            return len(self._content)
        return max(place, self._find(place).start)

    def next_end(self, offset: int) -> int:
        """Give the nearest end after an offset, the offset itself where there is none."""
        here = self._find(offset)
        if here.end > offset >= here.start:
            return here.end
        place = self._over_blanks(offset)
        return max(offset, self._find(place).end) if place < len(self._content) else offset

    def previous_start(self, offset: int) -> int:
        """Give the nearest start before an offset, 0 where there is none."""
        place = self._back_over_blanks(offset)
        return min(self._find(place - 1).start, place - 1) if place else 0

    def previous_end(self, offset: int) -> int:
        """Give the nearest end before an offset, 0 where there is none."""
        place = self._back_over_blanks(offset)
        if place < offset or not place:
            return place
        return self._back_over_blanks(min(self._find(place - 1).start, place - 1))

    def extended(self, anchor: int, edge: int, *, forwards: bool) -> int:
        """Move the free edge of a selection by one step: to an end after the anchor, a start before it.

        The way back leads over the same places, and always over the anchor.
        """
        if forwards:
            return self.next_end(edge) if edge >= anchor else min(anchor, self.next_start(edge))
        return self.previous_start(edge) if edge <= anchor else max(anchor, self.previous_end(edge))

    def _over_blanks(self, offset: int) -> int:
        match = _BLANKS.match(self._content, offset)
        return match.end() if match else offset

    def _back_over_blanks(self, offset: int) -> int:
        while offset > 0:
            low = max(0, offset - _STRIDE)
            kept = len(self._content[low:offset].rstrip())
            if kept:
                return low + kept
            offset = low
        return 0
