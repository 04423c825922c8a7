"""The cursor and the selection of a reader: two facts in code points, whatever key or mouse moved them."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.model.text import Passage
from workbench.tui.reading.rows import Rows


@dataclass(frozen=True, slots=True)
class Marking:
    """Where the cursor is and what is selected; `anchor` is the edge that stays when it is extended."""

    cursor: int = 0
    selection: Passage | None = None
    anchor: int = 0

    @classmethod
    def at(cls, offset: int) -> Marking:
        """Put the cursor somewhere with nothing selected."""
        return cls(offset, None, offset)

    @classmethod
    def of(cls, passage: Passage, *, cursor: int | None = None) -> Marking:
        """Select a passage with the cursor at its start, or where it is said."""
        if not passage:
            return cls.at(passage.start)
        return cls(passage.start if cursor is None else cursor, passage, passage.start)

    @property
    def edge(self) -> int:
        """Give the end that moves when the selection is extended."""
        if self.selection is None:
            return self.cursor
        return self.selection.end if self.anchor == self.selection.start else self.selection.start

    def extended_to(self, offset: int) -> Marking:
        """Move the free edge of the selection, and the cursor with it."""
        low, high = sorted((self.anchor, offset))
        return Marking(offset, Passage(low, high) if high > low else None, self.anchor)

    def snapped(self, rows: Rows) -> Marking:
        """Widen to whole graphemes of a layout."""
        cursor = rows.snap(self.cursor)
        if self.selection is None:
            return Marking.at(cursor)
        chosen = rows.snapped(self.selection)
        return Marking(cursor, chosen, chosen.start if self.anchor == self.selection.start else chosen.end)


def changed(before: Marking, after: Marking) -> list[tuple[int, int]]:
    """List the stretches [start, last], in offsets, that look different under another marking."""
    stretches = []
    if before.cursor != after.cursor:
        stretches += [(before.cursor, before.cursor), (after.cursor, after.cursor)]
    old, new = before.selection, after.selection
    if old is not None and new is not None and old.overlaps(new):
        pairs = [(old.start, new.start), (old.end, new.end)]
        stretches += [(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]]
    elif old != new:
        stretches += [(passage.start, passage.end) for passage in (old, new) if passage is not None]
    return stretches
