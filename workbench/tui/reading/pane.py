"""The reading pane: a text with its codings, a cursor, and a selection in code points, by keys and mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.timer import Timer

from workbench.model.text import PlaceMap
from workbench.tui.reading.lanes import Highlight
from workbench.tui.reading.markable import MarkableText
from workbench.tui.reading.marking import Marking
from workbench.tui.reading.moves import (
    FAR,
    PAGES,
    STEPS,
    VERTICAL,
    destination,
    move_bindings,
    other_bindings,
)

__all__ = ["Highlight", "ReadingPane"]

_DRAG_STEP = 0.05
"""Seconds between two steps of scrolling while the pointer is held beyond the edge."""


class ReadingPane(MarkableText, can_focus=True):
    """Show a text for reading and indexing; it asks nothing and writes nothing, it posts what happened."""

    BINDINGS: ClassVar[list[BindingType]] = [*move_bindings(), *other_bindings()]

    @dataclass
    class HighlightActivated(Message):
        """The reader asked for the codings at one place."""

        keys: tuple[str, ...]
        """Keys of the highlights there, the innermost last."""

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
        """Show a text with the cursor in view; one of over half a million characters is laid out aside.

        Bookmarks and the way back stay where the same text is shown again.
        """
        self._stop_dragging()
        super().show(content, highlights=highlights, places=places, cursor=cursor)

    # Keys

    def action_move(self, name: str) -> None:
        """Move the cursor; the selection is given up."""
        if self.is_laid_out:
            offset = self._destination(name, self.cursor)
            if name in FAR:
                self._leave_for(offset)
            self._mark(Marking.at(offset), keep_goal=name in VERTICAL)

    def action_extend(self, name: str) -> None:
        """Move the free edge of the selection."""
        if self.is_laid_out:
            marking = self._marking
            if name in STEPS:
                kind, forwards = STEPS[name]
                edge = self.steps(kind).extended(marking.anchor, marking.edge, forwards=forwards)
            else:
                edge = self._destination(name, marking.edge)
            self._mark(marking.extended_to(edge), keep_goal=name in VERTICAL)

    def action_grow(self) -> None:
        """Grow the selection by one ring."""
        self.grow_selection()

    def action_shrink(self) -> None:
        """Take back the last growing."""
        self.shrink_selection()

    def action_jump_back(self) -> None:
        """Return to the place left by the last jump."""
        self.go_back()

    def action_jump_forward(self) -> None:
        """Go forward again."""
        self.go_forward()

    def action_activate(self) -> None:
        """Report the codings under the cursor, if there are any."""
        self._activate([each.key for each in self._lanes.at(self.cursor)])

    def action_copy(self) -> None:
        """Put the selected passage on the clipboard."""
        if self.selection is not None:
            self.app.copy_to_clipboard(self._content[self.selection.start : self.selection.end])

    def _destination(self, name: str, offset: int) -> int:
        if name in STEPS:
            kind, forwards = STEPS[name]
            steps = self.steps(kind)
            return steps.next_start(offset) if forwards else steps.previous_start(offset)
        if self._goal is None or name not in VERTICAL:
            self._goal = self._rows.column_of(offset)
        page = max(1, self._height - 1)
        if name in PAGES:
            self.scroll_relative(y=page * PAGES[name], animate=False)
        return destination(self._rows, name, offset, column=self._goal, page=page)

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
        if place.x < self._left_columns:
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
        if event.chain < 2 or event.button != 1 or place.x < self._left_columns:
            return
        event.stop()
        offset = self._offset_under(place)
        if event.chain > 2:
            self.select_unit(self.paragraph_at(offset))
        else:
            self.select_unit(self.unit_around(offset))

    def _press_margin(self, place: Offset) -> None:
        """Report the coding whose stripe was pressed."""
        lane = self._margin.lane_at(place.x - self.BAND_COLUMNS)
        span = self._rows.span(min(place.y + self.scroll_offset.y, len(self._rows) - 1))
        self._activate([each.key for number, each in self._lanes.within(*span) if number == lane][-1:])

    def _offset_under(self, place: Offset) -> int:
        return self._rows.offset_at(place.y + self.scroll_offset.y, max(0, place.x - self._left_columns))

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
