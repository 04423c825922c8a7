"""A reading pane beside another: it marks what is linked, and scrolls where the other leads it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from rich.segment import Segment
from textual.message import Message

from workbench.model.text import Passage
from workbench.tui.reading.looks import Looks
from workbench.tui.reading.marking import Marking
from workbench.tui.reading.pane import ReadingPane
from workbench.tui.reading.runs import Tone


class Band(NamedTuple):
    """A stretch with its sign in the margin, drawn where it begins; a bar goes on below."""

    start: int
    end: int
    sign: str
    tone: str
    """Name of the tone of the sign; what is `open` has its words in that tone too."""
    weight: int
    """Of several that begin in one row, that of the greatest weight is drawn."""


BAR, LIT_BAR = "|", ">"
"""Below the sign of a link; beside every row of the one that is lit. No terminal gives them two columns."""


class LinkedPane(ReadingPane):
    """Show a text whose other half lies in another pane."""

    MOST_LANES = 2
    BAND_COLUMNS = 2

    @dataclass
    class Scrolled(Message):
        """Other rows are in view, and not because the other pane led there."""

        pane: LinkedPane

        def can_replace(self, message: Message) -> bool:
            """Let only the latest of several waiting reports arrive."""
            return isinstance(message, LinkedPane.Scrolled) and message.pane is self.pane

    def __init__(self, *, ambiguous_wide: bool = False, id: str | None = None) -> None:
        super().__init__(ambiguous_wide=ambiguous_wide, id=id)
        self._bands: list[Band] = []
        self._furthest_ends: list[int] = []
        self._lit: Passage | None = None
        self._is_led = False

    def show_bands(self, bands: Iterable[Band]) -> None:
        """Mark other stretches; no text moves."""
        self._bands = sorted(band for band in bands if band.end > band.start)
        self._furthest_ends = list(accumulate((band.end for band in self._bands), max))
        self._strips.clear()
        self.refresh()

    def light(self, passage: Passage | None) -> None:
        """Light one stretch in place of the one before."""
        before, self._lit = self._lit, passage
        if before != passage:
            self._redraw(before)
            self._redraw(passage)

    # the two panes

    @property
    def rows_in_view(self) -> range:
        """Number the rows that are on the screen."""
        top = self.scroll_offset.y
        return range(top, min(top + self._height, len(self._rows)))

    def lead_to(self, offset: int, height: int) -> None:
        """Bring an offset to a height of the pane, in rows from its top, as far as the text reaches."""
        if not self.is_laid_out:
            return
        self._is_led = True
        try:
            top = self._rows.row_of(offset) - min(height, self._height - 1)
            self.scroll_to(y=max(0, top), animate=False, immediate=True)
        finally:
            self._is_led = False

    def rest_at(self, offset: int) -> None:
        """Put the cursor somewhere without bringing it into view and without a report."""
        before, marking = self._marking, Marking.at(offset)
        if self.is_laid_out:
            self._marking = marking.snapped(self._rows)
            self.redraw_marking(before)

    def rows_changed(self) -> None:
        """Report that other rows are in view, unless the other pane led there."""
        super().rows_changed()
        if not self._is_led:
            self.post_message(self.Scrolled(self))

    # drawing

    def tones_within(self, start: int, end: int) -> tuple[Tone, ...]:
        """Give what nothing is linked to, and what is lit."""
        tones = [
            Tone(max(start, band.start), min(end, band.end), band.tone)
            for band in self._bands_within(start, end)
            if band.tone == "open"
        ]
        if (lit := self._lit) is not None and lit.start < end and start < lit.end:
            tones.append(Tone(max(start, lit.start), min(end, lit.end), "lit"))
        return tuple(tones)

    def draw_band(self, start: int, end: int, looks: Looks) -> list[Segment]:
        """Draw the sign of what begins in the row, or the bar of what goes on; an arrow where it is lit."""
        lit = self._lit is not None and self._lit.start < end and start < self._lit.end
        found = self._bands_within(start, end)
        beginning = [band for band in found if band.start >= start]
        shown = max(beginning or found, key=lambda band: band.weight, default=None)
        if shown is None:
            return [Segment(" " * self.BAND_COLUMNS, looks.number())]
        goes_on = shown.sign if shown.tone == "open" else BAR
        sign = shown.sign if beginning else goes_on
        return [Segment(sign + (LIT_BAR if lit else " "), looks.tone(shown.tone))]

    def _bands_within(self, start: int, end: int) -> list[Band]:
        first = bisect_right(self._furthest_ends, start)
        last = bisect_left(self._bands, end, key=lambda band: band.start)
        return [band for band in self._bands[first:last] if band.end > start]

    def _redraw(self, passage: Passage | None) -> None:
        if passage is not None and self.is_laid_out and len(passage):
            rows, view = self._rows, self.rows_in_view
            first = max(rows.row_of(passage.start), view.start)
            last = min(rows.row_of(passage.end - 1), view.stop - 1)
            if first <= last:
                self.refresh_lines(first, last - first + 1)
