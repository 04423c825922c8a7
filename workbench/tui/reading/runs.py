"""A row cut into runs that are drawn alike: by code, selection, cursor and hidden characters."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from workbench.model.text import Passage
from workbench.tui.reading.graphemes import Grapheme
from workbench.tui.reading.lanes import Highlight


class Look(NamedTuple):
    """Everything that decides how a run is drawn."""

    colour: int | None = None
    """Colour number of the innermost code; None where nothing is coded."""
    deep: bool = False
    """True where more than one code lies on it."""
    selected: bool = False
    cursor: bool = False
    marked: bool = False
    """True for the mark of a hidden character."""


class Run(NamedTuple):
    """A stretch of one row drawn in one way."""

    drawn: str
    columns: int
    look: Look


def runs(
    graphemes: Sequence[Grapheme],
    highlights: Sequence[Highlight],
    *,
    selection: Passage | None = None,
    cursor: int | None = None,
    ends_text: bool = False,
) -> list[Run]:
    """Cut a row at every border of a highlight, the selection and the cursor; the last highlight is on top.

    A newline is drawn, as a blank, only where it is selected or the cursor is on it; so is the place after
    the text where the cursor `ends_text`.
    """

    def look(grapheme: Grapheme) -> Look:
        start, end = grapheme.start, grapheme.end
        codes = [each.colour for each in highlights if each.start < end and start < each.end]
        return Look(
            codes[-1] if codes else None,
            len(codes) > 1,
            selection is not None and selection.start < end and start < selection.end,
            start == cursor,
            grapheme.marked,
        )

    cut: list[Run] = []
    for kind, group in groupby(graphemes, look):
        members = list(group)
        drawn = "".join(member.shown for member in members)
        columns = sum(member.width for member in members)
        if members[-1].width == 0 and (kind.selected or kind.cursor):
            drawn, columns = drawn + " ", columns + 1
        if columns:
            cut.append(Run(drawn, columns, kind))
    if ends_text:
        cut.append(Run(" ", 1, Look(cursor=True)))
    return cut


def clipped(cut: Sequence[Run], columns: int) -> list[Run]:
    """Keep what fits into so many columns; a run that crosses the edge is filled up with dots."""
    kept: list[Run] = []
    room = columns
    for run in cut:
        if run.columns > room:
            drawn = run.drawn[:room] if run.drawn.isascii() else "." * room
            return [*kept, Run(drawn, room, run.look)] if room else kept
        kept.append(run)
        room -= run.columns
    return kept
