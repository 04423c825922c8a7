"""A text drawn row by row on demand, with margin, codings, selection and cursor; it takes no input."""

from __future__ import annotations

import asyncio
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events, work
from textual.cache import LRUCache
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from workbench.model.text import Passage, PlaceMap
from workbench.tui.reading.lanes import Highlight, Lanes
from workbench.tui.reading.looks import COMPONENTS, STYLES, Looks, component_style
from workbench.tui.reading.margin import margin_for, page_beginning, paragraph_beginning
from workbench.tui.reading.marking import Marking, changed
from workbench.tui.reading.rows import Rows
from workbench.tui.reading.runs import Tone, clipped, runs

LONG_TEXT = 500_000
"""Code points from which a text is laid out in a thread."""

_BEYOND = 2
"""Columns to the right of the rows, for a hanging space and the cursor on a newline."""

_NARROWEST = 8
_KEPT_STRIPS = 1_000


class TextCanvas(ScrollView):
    """Draw one text. Layout comes from modules that know nothing of the terminal; drawn rows are kept."""

    ALLOW_SELECT = False
    MOST_LANES = 6
    BAND_COLUMNS = 0
    """Columns to the left of the margin that a pane draws itself."""
    COMPONENT_CLASSES: ClassVar[set[str]] = set(COMPONENTS)
    DEFAULT_CSS = STYLES

    def __init__(
        self,
        *,
        ambiguous_wide: bool = False,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Make an empty canvas; `ambiguous_wide` is for terminals that give quotes and dashes two columns."""
        super().__init__(name=name, id=id, classes=classes)
        self._ambiguous_wide = ambiguous_wide
        self._content = ""
        self._places = PlaceMap(())
        self._lanes = Lanes()
        self._terms: list[Tone] = []
        self._bookmarks: list[int] = []
        self._rows = Rows("", _NARROWEST)
        self._margin = margin_for(80)
        self._marking = Marking()
        self._top = 0
        self._reveals = False
        self._height_before = 0
        self._wanted = ("", _NARROWEST, ambiguous_wide)
        self._lays_out_aside = False
        self._looks: Looks | None = None
        self._strips: LRUCache[tuple[object, ...], Strip] = LRUCache(_KEPT_STRIPS)

    def show(
        self,
        content: str,
        *,
        highlights: Sequence[Highlight] = (),
        places: PlaceMap | None = None,
        cursor: int = 0,
    ) -> None:
        """Show a text with the cursor in view; one of over half a million characters is laid out aside."""
        if content != self._content:
            self._bookmarks, self._terms = [], []
        self._content, self._places, self._lanes = content, places or PlaceMap(()), Lanes(highlights)
        self._marking = Marking.at(min(max(cursor, 0), len(content)))
        self._top, self._reveals = 0, True
        self._lay_out()

    def set_highlights(self, highlights: Sequence[Highlight]) -> None:
        """Draw other codings; no text moves."""
        self._lanes = Lanes(highlights)
        self._strips.clear()
        self.refresh()

    def set_terms(self, stretches: Sequence[Tone]) -> None:
        """Draw other key terms, sorted by place and none in another; no text moves."""
        self._terms = list(stretches)
        self._strips.clear()
        self.refresh()

    @property
    def ambiguous_wide(self) -> bool:
        """Whether the terminal gives quotes, dashes and circled numbers two columns; settable at any time."""
        return self._ambiguous_wide

    @ambiguous_wide.setter
    def ambiguous_wide(self, wide: bool) -> None:
        if wide != self._ambiguous_wide:
            self._ambiguous_wide = wide
            self._lay_out()

    def highlights_at(self, offset: int) -> list[Highlight]:
        """List the codings that hold an offset, the innermost last."""
        return self._lanes.at(offset)

    @property
    def bookmarks(self) -> tuple[int, ...]:
        """Offsets that are marked in the margin, ascending; another text has none."""
        return tuple(self._bookmarks)

    @bookmarks.setter
    def bookmarks(self, offsets: Iterable[int]) -> None:
        self._bookmarks = sorted(set(offsets))
        self._strips.clear()
        self.refresh()

    @property
    def rows(self) -> Rows:
        """The layout on screen; that of the text or width before, while a long text is being laid out."""
        return self._rows

    @property
    def is_laid_out(self) -> bool:
        """Whether the text that was shown last is the one on screen."""
        return self._rows.content is self._content

    @property
    def top_offset(self) -> int:
        """Offset that stays at the top when the pane is resized."""
        return self._top

    def reveal(self, offset: int) -> None:
        """Scroll as little as needed to bring an offset into view; to a third of the height from afar."""
        height, top, row = self._height, self.scroll_offset.y, self._rows.row_of(offset)
        if top - height < row < top:
            self.scroll_to(y=row, animate=False)
        elif top + height <= row < top + 2 * height:
            self.scroll_to(y=row - height + 1, animate=False)
        elif not top <= row < top + height:
            self.scroll_to(y=row - height // 3, animate=False)

    def redraw_marking(self, before: Marking) -> None:
        """Redraw the rows on which another marking looks different."""
        for start, last in changed(before, self._marking):
            first_row, last_row = self._rows.row_of(start), self._rows.row_of(last)
            first_row = max(first_row, self.scroll_offset.y)
            last_row = min(last_row, self.scroll_offset.y + self._height)
            if first_row <= last_row:
                self.refresh_lines(first_row, last_row - first_row + 1)

    def tones_within(self, start: int, end: int) -> tuple[Tone, ...]:
        """Give the stretches of [start, end) that have a tone of their own; for a pane to override."""
        return ()

    def draw_band(self, start: int, end: int, looks: Looks) -> list[Segment]:
        """Draw the columns to the left of the margin of a row; for a pane to override."""
        return []

    def rows_changed(self) -> None:
        """Take note that other rows are in view, or the same rows laid out anew; for a pane to override."""

    # Layout

    @property
    def _left_columns(self) -> int:
        return self.BAND_COLUMNS + self._margin.columns

    @property
    def _height(self) -> int:
        return max(1, self.scrollable_content_region.height)

    def on_resize(self, event: events.Resize) -> None:
        """Lay the text out again where the width changed; a cursor that was in view stays in view."""
        top = self.scroll_offset.y
        in_view = (
            self.is_laid_out and top <= self._rows.row_of(self._marking.cursor) < top + self._height_before
        )
        self._height_before = self._height
        self._lay_out()
        if in_view and self.is_laid_out:
            self.reveal(self._marking.cursor)

    def _lay_out(self) -> None:
        columns = self.scrollable_content_region.width
        if not columns:
            return
        wide, places = self._ambiguous_wide, self._places
        labels = (label for _, label in places.pages)
        self._margin = margin_for(
            columns,
            paragraphs=len(places.paragraphs),
            pages=labels,
            ambiguous_wide=wide,
            most_lanes=self.MOST_LANES,
        )
        width = max(_NARROWEST, columns - self._left_columns - _BEYOND)
        if self.is_laid_out and (self._rows.width, self._rows.ambiguous_wide) == (width, wide):
            self._take(self._rows)
        elif len(self._content) < LONG_TEXT:
            self._take(Rows(self._content, width, ambiguous_wide=wide))
        else:
            self.loading = not self.is_laid_out
            self._wanted = (self._content, width, wide)
            if not self._lays_out_aside:
                self._lays_out_aside = True
                self._lay_out_aside()

    @work(group="layout", description="lay out a long text")
    async def _lay_out_aside(self) -> None:
        """Lay out in a thread; of what is asked for meanwhile, only the latest is laid out next."""
        try:
            wanted, rows = None, self._rows
            while wanted != self._wanted:
                content, width, wide = wanted = self._wanted
                rows = await asyncio.to_thread(Rows, content, width, ambiguous_wide=wide)
        finally:
            self._lays_out_aside = False
        if rows.content is self._content:
            self._take(rows)

    def _take(self, rows: Rows) -> None:
        """Put a finished layout on screen; the same offset stays on top."""
        top = self._top
        self._rows, self.loading = rows, False
        self._strips.clear()
        self.virtual_size = Size(self.scrollable_content_region.width, len(rows))
        self._marking = self._marking.snapped(rows)
        self.scroll_to(y=rows.row_of(top), animate=False)
        self._top = top
        if self._reveals:
            self._reveals = False
            self.reveal(self._marking.cursor)
        self.refresh()
        self.rows_changed()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember which offset is on top."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value) and self.is_laid_out:
            row = min(round(new_value), len(self._rows) - 1)
            if self._rows.row_of(self._top) != row:
                self._top = self._rows.span(row)[0]
            self.rows_changed()

    # Drawing

    def notify_style_update(self) -> None:
        """Forget what was drawn in another theme or state."""
        super().notify_style_update()
        self._looks = None
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the pane, or take it from those kept."""
        row = y + self.scroll_offset.y
        columns = self.scrollable_content_region.width
        if row >= len(self._rows):
            return Strip.blank(columns, self.rich_style)
        start, end = self._rows.span(row)
        selection, cursor = self._marked_part(row, start, end)
        tones = self.tones_within(start, end)
        key = (row, columns, selection, cursor, self.has_focus, tones)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = self._draw(row, columns, selection, cursor, tones)
        return strip

    def _marked_part(self, row: int, start: int, end: int) -> tuple[Passage | None, int | None]:
        marking, last = self._marking, row == len(self._rows) - 1
        cursor = marking.cursor if start <= marking.cursor < end or (last and marking.cursor == end) else None
        chosen = marking.selection
        if chosen is None or chosen.start >= end or chosen.end <= start:
            return None, cursor
        return Passage(max(start, chosen.start), min(end, chosen.end)), cursor

    def _draw(
        self, row: int, columns: int, selection: Passage | None, cursor: int | None, tones: Sequence[Tone]
    ) -> Strip:
        looks = self._looks
        if looks is None or looks.focused != self.has_focus:
            looks = self._looks = Looks(self.rich_style, self._component, focused=self.has_focus)
        start, end = self._rows.span(row)
        found = self._lanes.within(start, end)
        segments = [*self.draw_band(start, end, looks), *self._draw_margin(start, end, found, looks)]
        inner = sorted((each for _, each in found), key=lambda each: (each.start, -each.end, each.key))
        cut = runs(
            self._rows.graphemes(row),
            inner,
            selection=selection,
            cursor=cursor,
            ends_text=cursor == end,
            tones=tones,
            terms=self._terms_within(start, end),
        )
        room = max(0, columns - self._left_columns)
        for run in clipped(cut, room):
            segments.append(Segment(run.drawn, looks.of(run.look)))
            room -= run.columns
        segments.append(Segment(" " * room, looks.base))
        # The length is ours, since the library counts ambiguous characters as narrow.
        return Strip(segments, max(columns, self._left_columns)).crop(0, columns)

    def _terms_within(self, start: int, end: int) -> list[Tone]:
        first = bisect_right(self._terms, start, key=lambda term: term.end)
        return self._terms[first : bisect_left(self._terms, end, key=lambda term: term.start)]

    def _draw_margin(
        self, start: int, end: int, found: list[tuple[int, Highlight]], looks: Looks
    ) -> list[Segment]:
        drawn = self._margin.number(
            paragraph_beginning(self._places, start, end),
            page=page_beginning(self._places, start, end),
            bookmarked=self._is_bookmarked(start, end),
        )
        number = Segment(drawn, looks.number())
        stripes = self._margin.stripes(found, start, end)
        return [number, *(Segment(stripe.drawn, looks.stripe(stripe.colour)) for stripe in stripes)]

    def _is_bookmarked(self, start: int, end: int) -> bool:
        """Tell whether a bookmark lies in [start, end), or at the very end of the text."""
        place = bisect_left(self._bookmarks, start)
        if place == len(self._bookmarks):
            return False
        return self._bookmarks[place] < end or self._bookmarks[place] == end == len(self._content)

    def _component(self, name: str) -> Style:
        return component_style(self, f"text-canvas--{name}")
