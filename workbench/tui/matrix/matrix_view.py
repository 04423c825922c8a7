"""The framework matrix on screen: a cursor that goes from cell to cell by keys and mouse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message

from workbench.tui.matrix.canvas import MatrixCanvas
from workbench.tui.matrix.cells import CellFace
from workbench.tui.matrix.grid import COLUMN_STEP

__all__ = ["CellFace", "MatrixView"]


def _key(key: str, action: str, name: str, tooltip: str) -> Binding:
    label = name.replace("_", " ").capitalize()
    return Binding(key, action, label, show=False, id=f"matrix.{name}", tooltip=tooltip)


class MatrixView(MatrixCanvas, can_focus=True):
    """Show cases by codes and report which cell the reader is at and which is asked for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        _key("up", "step(-1, 0)", "cursor_up", "Go to the case above"),
        _key("down", "step(1, 0)", "cursor_down", "Go to the case below"),
        _key("left", "step(0, -1)", "cursor_left", "Go to the column before"),
        _key("right", "step(0, 1)", "cursor_right", "Go to the next column"),
        _key("pageup", "page(-1)", "page_up", "Go one page of cases up"),
        _key("pagedown", "page(1)", "page_down", "Go one page of cases down"),
        _key("home", "edge('row_start')", "row_start", "Go to the first column"),
        _key("end", "edge('row_end')", "row_end", "Go to the last column"),
        _key("ctrl+home", "edge('start')", "start", "Go to the first cell"),
        _key("ctrl+end", "edge('end')", "end", "Go to the last cell"),
        _key("enter", "open", "open_cell", "Open the cell under the cursor"),
        _key("plus", "row_height(1)", "higher_rows", "Make the rows one line higher"),
        _key("minus", "row_height(-1)", "lower_rows", "Make the rows one line lower"),
        _key("greater_than_sign", "column_width(1)", "wider_columns", "Make the columns wider"),
        _key("less_than_sign", "column_width(-1)", "narrower_columns", "Make the columns narrower"),
    ]

    @dataclass
    class CellMoved(Message):
        """The cursor came to another cell."""

        row: int
        column: int

    @dataclass
    class CellOpened(Message):
        """The reader asked for a cell."""

        row: int
        column: int

    @property
    def cursor(self) -> tuple[int, int]:
        """Row and column of the cell under the cursor, from 0."""
        return self._cursor

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor on a cell, or the nearest there is, and bring it into view."""
        if self._is_empty:
            return
        before, self._cursor = self._cursor, self._within(row, column)
        self._reveal()
        if before != self._cursor:
            self._refresh_row(before[0])
            self._refresh_row(self._cursor[0])
            if before[1] != self._cursor[1]:
                self.refresh(Region(0, 0, self.size.width, self._grid.header_height))
            self.post_message(self.CellMoved(*self._cursor))

    def action_step(self, down: int, across: int) -> None:
        """Move the cursor by cells."""
        self.go_to(self._cursor[0] + down, self._cursor[1] + across)

    def action_page(self, direction: int) -> None:
        """Move the cursor by as many rows as fit."""
        by = direction * self._grid.whole_rows
        self.scroll_relative(y=by * self._grid.row_height, animate=False)
        self.action_step(by, 0)

    def action_edge(self, name: str) -> None:
        """Move the cursor to an end of its row or of the matrix."""
        row, last_row, last_column = self._cursor[0], self._grid.rows - 1, self._grid.columns - 1
        places = {"row_start": (row, 0), "row_end": (row, last_column), "start": (0, 0)}
        self.go_to(*places.get(name, (last_row, last_column)))

    def action_open(self) -> None:
        """Report that the cell under the cursor is asked for."""
        if not self._is_empty:
            self.post_message(self.CellOpened(*self._cursor))

    def action_row_height(self, by: int) -> None:
        """Make every row higher or lower."""
        self._resize_cells(self._grid.with_row_height(self._grid.row_height + by))

    def action_column_width(self, by: int) -> None:
        """Make every column wider or narrower."""
        self._resize_cells(self._grid.with_column_width(self._grid.column_width + by * COLUMN_STEP))

    def resize_cells(self, lines: int, columns: int) -> None:
        """Give the cells a size, within limits."""
        self._resize_cells(self._grid.with_row_height(lines).with_column_width(columns))

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the cell clicked, or along the header clicked; open the cell at two clicks."""
        place = event.get_content_offset_capture(self)
        at = self._grid.place_at(place.x, place.y, self.scroll_offset.x, self.scroll_offset.y)
        if at is None or event.button != 1 or self._is_empty:
            return
        event.stop()
        row, column = at
        self.go_to(self._cursor[0] if row is None else row, self._cursor[1] if column is None else column)
        if event.chain == 2 and None not in at:
            self.action_open()

    @property
    def _is_empty(self) -> bool:
        return not self._grid.rows or not self._grid.columns
