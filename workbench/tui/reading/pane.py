"""The reading pane: a text with its codings, a cursor, and a selection in code points, by keys and mouse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.timer import Timer

from workbench.model.text import Passage, PlaceMap
from workbench.tui.reading.canvas import TextCanvas
from workbench.tui.reading.lanes import Highlight
from workbench.tui.reading.marking import Marking
from workbench.tui.reading.moves import PAGES, VERTICAL, destination, move_bindings
from workbench.tui.reading.words import line_at

__all__ = ["Highlight", "ReadingPane"]

_DRAG_STEP = 0.05
"""Seconds between two steps of scrolling while the pointer is held beyond the edge."""


class ReadingPane(TextCanvas, can_focus=True):
    """Show a text for reading and indexing; it asks nothing and writes nothing, it posts what happened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *move_bindings(),
        Binding(
            "enter",
            "activate",
            "Open coding",
            show=False,
            id="reading.activate",
            tooltip="Open the codings under the cursor",
        ),
        Binding(
            "ctrl+c",
            "copy",
            "Copy",
            show=False,
            id="reading.copy",
            tooltip="Copy the selected passage exactly as it is stored",
        ),
    ]

    @dataclass
    class CursorMoved(Message):
        """The cursor came to rest elsewhere."""

        offset: int

    @dataclass
    class SelectionChanged(Message):
        """Another passage is selected, or none."""

        passage: Passage | None

    @dataclass
    class HighlightActivated(Message):
        """The reader asked for the codings at one place."""

        keys: tuple[str, ...]
        """Keys of the highlights there, the innermost last."""

    @dataclass
    class FurthestRead(Message):
        """The bottom of the pane came further down the text than before."""

        offset: int

        def can_replace(self, message: Message) -> bool:
            """Let only the latest of several waiting reports arrive."""
            return isinstance(message, ReadingPane.FurthestRead)

    def __init__(
        self,
        *,
        ambiguous_wide: bool = False,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Make an empty pane; `ambiguous_wide` is for terminals that give quotes and dashes two columns."""
        super().__init__(ambiguous_wide=ambiguous_wide, name=name, id=id, classes=classes)
        self.unit_at: Callable[[int], Passage] | None = None
        """Gives the unit that a double click selects; a word where it is not set."""
        self._goal: int | None = None
        self._furthest = 0
        self._pointer: Offset | None = None
        self._drag_timer: Timer | None = None

    def show(
        self,
        content: str,
        *,
        highlights: Sequence[Highlight] = (),
        places: PlaceMap | None = None,
        cursor: int = 0,
    ) -> None:
        """Show a text with the cursor in view; one of over half a million characters is laid out aside."""
        self._furthest, self._goal = 0, None
        self._stop_dragging()
        super().show(content, highlights=highlights, places=places, cursor=cursor)

    @property
    def cursor(self) -> int:
        """Offset of the grapheme under the cursor."""
        return self._marking.cursor

    @property
    def selection(self) -> Passage | None:
        """The selected passage, in whole graphemes."""
        return self._marking.selection

    def go_to(self, offset: int, select: Passage | None = None) -> None:
        """Put the cursor at an offset and bring it into view; `select` is widened to whole graphemes."""
        offset = min(max(offset, 0), len(self._content))
        self._mark(Marking.at(offset) if select is None else Marking.of(select, cursor=offset))

    def select_unit(self, passage: Passage) -> None:
        """Select a passage with the cursor at its start."""
        self._mark(Marking.of(passage))

    def select_word(self) -> None:
        """Select the word at the cursor."""
        if self.is_laid_out:
            self.select_unit(self._rows.word_at(self.cursor))

    def select_paragraph(self) -> None:
        """Select the paragraph at the cursor: of the place map, or the line where there is none."""
        self.select_unit(self.paragraph_at(self.cursor))

    def clear_selection(self) -> None:
        """Select nothing; the cursor stays."""
        self._mark(Marking.at(self.cursor))

    def next_highlight(self) -> Highlight | None:
        """Go to the next coding that starts after the cursor and select it; None where there is none."""
        return self._visit(self._lanes.after(self.cursor))

    def previous_highlight(self) -> Highlight | None:
        """Go to the last coding that starts before the cursor and select it; None where there is none."""
        return self._visit(self._lanes.before(self.cursor))

    def paragraph_at(self, offset: int) -> Passage:
        """Find the paragraph at an offset, without the white space after it."""
        number = self._places.paragraph_of(offset) if self._places else 0
        if self._places is None or not number:
            return line_at(self._content, offset)
        starts = self._places.paragraphs
        start = starts[number - 1]
        end = starts[number] if number < len(starts) else len(self._content)
        return Passage(start, start + len(self._content[start:end].rstrip()))

    def action_move(self, name: str) -> None:
        """Move the cursor; the selection is given up."""
        if self.is_laid_out:
            self._mark(Marking.at(self._destination(name, self.cursor)), keep_goal=name in VERTICAL)

    def action_extend(self, name: str) -> None:
        """Move the free edge of the selection."""
        if self.is_laid_out:
            edge = self._destination(name, self._marking.edge)
            self._mark(self._marking.extended_to(edge), keep_goal=name in VERTICAL)

    def action_activate(self) -> None:
        """Report the codings under the cursor, if there are any."""
        self._activate([each.key for each in self._lanes.at(self.cursor)])

    def action_copy(self) -> None:
        """Put the selected passage on the clipboard."""
        if self.selection is not None:
            self.app.copy_to_clipboard(self._content[self.selection.start : self.selection.end])

    def rows_changed(self) -> None:
        """Report how far the reader has come."""
        last_row = min(self.scroll_offset.y + self._height, len(self._rows)) - 1
        offset = self._rows.span(last_row)[1]
        if offset > self._furthest:
            self._furthest = offset
            self.post_message(self.FurthestRead(offset))

    def _destination(self, name: str, offset: int) -> int:
        if self._goal is None or name not in VERTICAL:
            self._goal = self._rows.column_of(offset)
        page = max(1, self._height - 1)
        if name in PAGES:
            self.scroll_relative(y=page * PAGES[name], animate=False)
        return destination(self._rows, name, offset, column=self._goal, page=page)

    def _mark(self, marking: Marking, *, keep_goal: bool = False) -> None:
        """Take over another cursor and selection: redraw, bring into view, report."""
        before = self._marking
        self._marking = marking.snapped(self._rows) if self.is_laid_out else marking
        if not keep_goal:
            self._goal = None
        if self.is_laid_out:
            self.redraw_marking(before)
            self.reveal(self.cursor)
        else:
            self._reveals = True
        if before.cursor != self.cursor:
            self.post_message(self.CursorMoved(self.cursor))
        if before.selection != self.selection:
            self.post_message(self.SelectionChanged(self.selection))

    def _visit(self, highlight: Highlight | None) -> Highlight | None:
        if highlight is not None:
            self.go_to(highlight.start, Passage(highlight.start, highlight.end))
        return highlight

    def _activate(self, keys: Sequence[str]) -> None:
        if keys:
            self.post_message(self.HighlightActivated(tuple(keys)))

    # Mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor under the pointer and begin to select; with shift, extend the selection."""
        if event.button != 1 or not self.is_laid_out:
            return
        event.stop()
        place = event.get_content_offset_capture(self)
        if place.x < self._margin.columns:
            self._press_margin(place)
            return
        offset = self._offset_under(place)
        self._mark(self._marking.extended_to(offset) if event.shift else Marking.at(offset))
        self._pointer = place
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Extend the selection to the pointer; beyond the edge, go on scrolling while it stays there."""
        if self._pointer is None:
            return
        event.stop()
        self._pointer = event.get_content_offset_capture(self)
        self._extend_to_pointer()
        beyond = not 0 <= self._pointer.y < self._height
        if beyond and self._drag_timer is None:
            self._drag_timer = self.set_interval(_DRAG_STEP, self._extend_to_pointer)
        elif not beyond:
            self._stop_timer()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End a selection by mouse."""
        self._stop_dragging()

    def on_click(self, event: events.Click) -> None:
        """Select a unit (or word) by two clicks, a paragraph by three."""
        place = event.get_content_offset_capture(self)
        if event.chain < 2 or event.button != 1 or place.x < self._margin.columns:
            return
        event.stop()
        offset = self._offset_under(place)
        if event.chain > 2:
            self.select_unit(self.paragraph_at(offset))
        else:
            self.select_unit((self.unit_at or self._rows.word_at)(offset))

    def _press_margin(self, place: Offset) -> None:
        """Report the coding whose stripe was pressed."""
        lane = self._margin.lane_at(place.x)
        span = self._rows.span(min(place.y + self.scroll_offset.y, len(self._rows) - 1))
        self._activate([each.key for number, each in self._lanes.within(*span) if number == lane][-1:])

    def _offset_under(self, place: Offset) -> int:
        return self._rows.offset_at(place.y + self.scroll_offset.y, max(0, place.x - self._margin.columns))

    def _extend_to_pointer(self) -> None:
        if self._pointer is not None:
            self._mark(self._marking.extended_to(self._offset_under(self._pointer)))

    def _stop_timer(self) -> None:
        if self._drag_timer is not None:
            self._drag_timer.stop()
            self._drag_timer = None

    def _stop_dragging(self) -> None:
        self._stop_timer()
        if self._pointer is not None:
            self._pointer = None
            self.release_mouse()
