"""A row cut into runs that are drawn alike: by code, selection, cursor and hidden characters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
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
    through: bool = False
    """True where the code on top was given to the other side of a link."""
    tone: str = ""
    """Name of the tone of the stretch, beneath everything else."""
    term: str = ""
    """What the stretch is to a key term; empty where it is nothing."""


class Tone(NamedTuple):
    """A stretch that is drawn in a tone of its own, beneath codes, selection and cursor."""

    start: int
    end: int
    name: str


_Coded = tuple[int | None, bool, bool]
"""Colour on top, whether there are several, whether the one on top is shown through a link."""


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
    tones: Sequence[Tone] = (),
    terms: Sequence[Tone] = (),
) -> list[Run]:
    """Cut a row at every border of a highlight, the selection and the cursor; the last highlight is on top.

    A grapheme of which only a part is coded or selected counts as a whole. A newline is drawn, as a blank,
    only where it is selected or the cursor is on it; so is the place after the text where the cursor
    `ends_text`. Of several tones the last is on top.
    """
    cut: list[Run] = []
    starts = [grapheme.start for grapheme in graphemes]
    codes = _codes(graphemes, starts, highlights)
    toned = _toned(graphemes, starts, tones)
    named = _toned(graphemes, starts, terms)
    chosen = _covered(graphemes, starts, selection) if selection else range(0)
    place, count = 0, len(graphemes)
    while place < count:
        look = _look(graphemes[place], codes[place], (toned[place], named[place]), place in chosen, cursor)
        first = place
        while (
            place < count
            and _look(graphemes[place], codes[place], (toned[place], named[place]), place in chosen, cursor)
            == look
        ):
            place += 1
        drawn = "".join([grapheme.shown for grapheme in graphemes[first:place]])
        columns = sum([grapheme.width for grapheme in graphemes[first:place]])
        if graphemes[place - 1].width == 0 and (look.selected or look.cursor):
            drawn, columns = drawn + " ", columns + 1
        if columns:
            cut.append(Run(drawn, columns, look))
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


def _look(grapheme: Grapheme, code: _Coded, tones: tuple[str, str], chosen: bool, cursor: int | None) -> Look:
    colour, deep, through = code
    return Look(colour, deep, chosen, grapheme.start == cursor, grapheme.marked, through, *tones)


def _toned(graphemes: Sequence[Grapheme], starts: Sequence[int], tones: Sequence[Tone]) -> list[str]:
    toned = [""] * len(graphemes)
    for tone in tones:
        for place in _covered(graphemes, starts, tone):
            toned[place] = tone.name
    return toned


def _codes(
    graphemes: Sequence[Grapheme], starts: Sequence[int], highlights: Sequence[Highlight]
) -> list[_Coded]:
    """Say of each grapheme how it is coded."""
    codes: list[_Coded] = [(None, False, False)] * len(graphemes)
    undecided = len(codes)
    for highlight in reversed(highlights):
        for place in _covered(graphemes, starts, highlight):
            colour, deep, through = codes[place]
            if colour is None:
                codes[place] = highlight.colour, False, highlight.through
            elif not deep:
                codes[place] = colour, True, through
                undecided -= 1
        if not undecided:
            break
    return codes


def _covered(
    graphemes: Sequence[Grapheme], starts: Sequence[int], stretch: Passage | Highlight | Tone
) -> range:
    """Number the graphemes that share a code point with a stretch."""
    first = bisect_right(starts, stretch.start) - 1
    if first < 0 or graphemes[first].end <= stretch.start:
        first += 1
    return range(first, bisect_right(starts, stretch.end - 1))
