"""What stands to the left of a text: paragraph numbers, stripes in lanes, and how many more there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import set_cell_size

from workbench.model.visible import visible
from workbench.tui.reading.lanes import Highlight

MARK_COLUMNS = 2
_LANE_COLUMNS = MARK_COLUMNS + 1
_OVERFLOW_COLUMNS = 4
_BAR, _LAST_BAR = "┃", "╹"
_PLAIN_BAR, _PLAIN_LAST_BAR = "|", "'"


class Stripe(NamedTuple):
    """A piece of the margin of one row."""

    drawn: str
    colour: int | None
    """Number of the code's colour; None for blanks, numbers and counts."""


@dataclass(frozen=True, slots=True)
class Margin:
    """Columns of the margin at one pane width, whatever is coded, so that coding moves no text."""

    number_columns: int
    lanes: int
    ambiguous_wide: bool = False
    """Draw bars of ASCII, since a terminal with wide ambiguous characters gives `┃` two columns."""

    @property
    def columns(self) -> int:
        """Count the terminal columns of the whole margin."""
        return self.number_columns + self.lanes * _LANE_COLUMNS + _OVERFLOW_COLUMNS

    def number(self, paragraph: int | None) -> str:
        """Write a paragraph number, or the blank of a row that begins none."""
        if not self.number_columns:
            return ""
        return ("" if paragraph is None else str(paragraph)).rjust(self.number_columns - 1) + " "

    def stripes(self, found: Iterable[tuple[int, Highlight]], start: int, end: int) -> list[Stripe]:
        """Draw the lanes of the row [start, end) from its (lane, highlight) pairs; count those left over."""
        shown: dict[int, Highlight] = {}
        hidden = 0
        for lane, highlight in found:
            if lane >= self.lanes:
                hidden += 1
            elif lane not in shown or highlight.start >= start:
                shown[lane] = highlight
        pieces = [self._lane(shown.get(lane), start, end) for lane in range(self.lanes)]
        count = f"+{min(hidden, 99)}" if hidden else ""
        return [*pieces, Stripe(count.ljust(_OVERFLOW_COLUMNS), None)]

    def lane_at(self, column: int) -> int | None:
        """Tell which lane is drawn at a column of the margin."""
        lane = (column - self.number_columns) // _LANE_COLUMNS
        return lane if 0 <= lane < self.lanes else None

    def _lane(self, highlight: Highlight | None, start: int, end: int) -> Stripe:
        if highlight is None:
            return Stripe(" " * _LANE_COLUMNS, None)
        bar, last_bar = (_PLAIN_BAR, _PLAIN_LAST_BAR) if self.ambiguous_wide else (_BAR, _LAST_BAR)
        if highlight.start >= start:
            drawn = set_cell_size(visible(highlight.mark), MARK_COLUMNS) + " "
        else:
            drawn = (last_bar if highlight.end <= end else bar).ljust(_LANE_COLUMNS)
        return Stripe(drawn, highlight.colour)


def margin_for(columns: int, *, paragraphs: int = 0, ambiguous_wide: bool = False) -> Margin:
    """Choose the margin of a pane of so many columns: six lanes from 80, fewer where it is narrower."""
    lanes = 6 if columns >= 80 else 3 if columns >= 60 else 2 if columns >= 40 else 1
    digits = len(str(paragraphs)) + 1 if paragraphs and columns >= 30 else 0
    return Margin(digits, lanes, ambiguous_wide)
