"""What stands to the left of a text: pages, paragraph numbers, stripes in lanes, a count of the others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from workbench.model.text import PlaceMap
from workbench.model.visible import visible
from workbench.tui.reading.lanes import Highlight

MARK_COLUMNS = 2
_LANE_COLUMNS = MARK_COLUMNS + 1
_OVERFLOW_COLUMNS = 4
_LONGEST_PAGE = 5


class Bars(NamedTuple):
    """How the stripe of one lane is drawn on its rows."""

    first: str
    middle: str
    last: str
    single: str


BARS = (
    Bars("┏", "┃", "┗", "╺"),
    Bars("╔", "║", "╚", "═"),
    Bars("┌", "│", "└", "─"),
    Bars("┍", "┇", "┕", "╍"),
    Bars("╓", "┊", "╙", "┄"),
    Bars("╭", "╎", "╰", "╌"),
)
"""One set for each lane, so that lanes are told apart without colour."""

PLAIN_BARS = tuple(Bars("/", middle, "\\", "-") for middle in "|!:;¦'")
"""Bars that no terminal gives two columns."""

THROUGH_BARS = Bars("»", ":", ":", "»")
"""Bars of what was coded on the other side of a link; no terminal gives them two columns."""

BOOKMARK, PLAIN_BOOKMARK = "◆", "*"


class Stripe(NamedTuple):
    """A piece of the margin of one row."""

    drawn: str
    colour: int | None
    """Number of the code's colour; None for blanks, numbers and counts."""


@dataclass(frozen=True, slots=True)
class Margin:
    """Columns of the margin at one pane width, whatever is coded, so that coding moves no text."""

    page_columns: int
    number_columns: int
    lanes: int
    ambiguous_wide: bool = False
    """Draw bars of ASCII, since a terminal with wide ambiguous characters gives `┃` two columns."""

    @property
    def columns(self) -> int:
        """Count the terminal columns of the whole margin."""
        return self._before_lanes + self.lanes * _LANE_COLUMNS + _OVERFLOW_COLUMNS

    @property
    def _before_lanes(self) -> int:
        return self.page_columns + self.number_columns

    def number(self, paragraph: int | None, *, page: str | None = None, bookmarked: bool = False) -> str:
        """Write page and paragraph number of a row, blank where it begins none, and its bookmark."""
        drawn = ""
        if self.page_columns:
            label = "" if page is None else f"p.{visible(page)}"
            drawn = set_cell_size(label, self.page_columns - 1) + " "
        if self.number_columns:
            mark = (PLAIN_BOOKMARK if self.ambiguous_wide else BOOKMARK) if bookmarked else " "
            drawn += ("" if paragraph is None else str(paragraph)).rjust(self.number_columns - 1) + mark
        return drawn

    def stripes(self, found: Iterable[tuple[int, Highlight]], start: int, end: int) -> list[Stripe]:
        """Draw the lanes of the row [start, end) from its (lane, highlight) pairs; count those left over.

        Of several in one lane the one that begins last is drawn.
        """
        shown: dict[int, Highlight] = {}
        hidden = 0
        for lane, highlight in found:
            if lane >= self.lanes or lane in shown:
                hidden += 1
            if lane < self.lanes and (lane not in shown or highlight.start >= start):
                shown[lane] = highlight
        pieces = [self._lane(lane, shown.get(lane), start, end) for lane in range(self.lanes)]
        count = "" if not hidden else f"+{hidden}" if hidden < 1_000 else "+++"
        return [*pieces, Stripe(count.ljust(_OVERFLOW_COLUMNS), None)]

    def lane_at(self, column: int) -> int | None:
        """Tell which lane is drawn at a column of the margin."""
        lane = (column - self._before_lanes) // _LANE_COLUMNS
        return lane if 0 <= lane < self.lanes else None

    def _lane(self, lane: int, highlight: Highlight | None, start: int, end: int) -> Stripe:
        """Draw a lane: a bar, and behind it the code's mark on the row where the coding begins."""
        if highlight is None:
            return Stripe(" " * _LANE_COLUMNS, None)
        kinds = PLAIN_BARS if self.ambiguous_wide else BARS
        bars = THROUGH_BARS if highlight.through else kinds[lane % len(kinds)]
        ends = highlight.end <= end
        if highlight.start >= start:
            mark = set_cell_size(visible(highlight.mark), MARK_COLUMNS)
            return Stripe((bars.single if ends else bars.first) + mark, highlight.colour)
        return Stripe((bars.last if ends else bars.middle).ljust(_LANE_COLUMNS), highlight.colour)


def margin_for(
    columns: int,
    *,
    paragraphs: int = 0,
    pages: Iterable[str] = (),
    ambiguous_wide: bool = False,
    most_lanes: int = 6,
) -> Margin:
    """Choose the margin of a pane of so many columns: six lanes from 80, fewer where it is narrower.

    `pages` are the labels of all pages; they are left out below 60 columns.
    """
    lanes = min(most_lanes, 6 if columns >= 80 else 3 if columns >= 60 else 2 if columns >= 40 else 1)
    digits = len(str(paragraphs)) + 1 if paragraphs and columns >= 30 else 0
    longest = min(max((cell_len(visible(label)) for label in pages), default=0), _LONGEST_PAGE)
    return Margin(longest + 3 if longest and columns >= 60 else 0, digits, lanes, ambiguous_wide)


def paragraph_beginning(places: PlaceMap, start: int, end: int) -> int | None:
    """Number the first paragraph that begins in [start, end); None where none does."""
    place = bisect_left(places.paragraphs, start)
    return place + 1 if place < len(places.paragraphs) and places.paragraphs[place] < end else None


def page_beginning(places: PlaceMap, start: int, end: int) -> str | None:
    """Name the last page that begins in [start, end); None where none does."""
    last = bisect_left(places.pages, end, key=lambda page: page[0]) - 1
    return places.pages[last][1] if last >= 0 and places.pages[last][0] >= start else None
