"""A matrix drawn line by line under a frozen header; cells are asked for when they come into view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from workbench.tui.matrix.cells import CellFace, Line, cell_lines
from workbench.tui.matrix.grid import Grid
from workbench.tui.matrix.looks import COMPONENTS, STYLES
from workbench.tui.reading.looks import component_style
from workbench.tui.reading.rows import Rows

_HIGHEST_HEADER = 4
_KEPT_CELLS = 2_000
_KEPT_LINES = 400
_EDGES = 2
"""Columns of a cell that hold no text: the line to its left and a blank to its right."""
_Drawn = tuple[int, int, int, int, bool]
"""Row, line in the row, first column, column of the cursor and whether the keys are here: what a line depends
on as long as cells, sizes and looks stay."""
_HEADER, _BELOW, _NO_CURSOR = -1, -2, -1


class MatrixCanvas(ScrollView):
    """Draw one matrix. It holds no cell but those it has drawn lately."""

    ALLOW_SELECT = False
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
        """Make an empty matrix; `ambiguous_wide` is for terminals that give quotes and dashes two columns."""
        super().__init__(name=name, id=id, classes=classes)
        self._ambiguous_wide = ambiguous_wide
        self._lines = ("|", "-", "+", "#") if ambiguous_wide else ("│", "─", "┼", "┃")
        self._row_labels: Sequence[str] = ()
        self._column_labels: Sequence[str] = ()
        self._corner = ""
        self._face: Callable[[int, int], CellFace] = lambda row, column: CellFace()
        self._styles: dict[tuple[str, ...], Style] = {}
        self._grid = Grid(0, 0)
        self._cursor = (0, 0)
        self._cells: LRUCache[tuple[int, int], tuple[str, list[Line]]] = LRUCache(_KEPT_CELLS)
        self._labels: LRUCache[tuple[str, int, int], list[Line]] = LRUCache(_KEPT_CELLS)
        self._drawn: LRUCache[_Drawn, Strip] = LRUCache(_KEPT_LINES)

    def show(
        self,
        rows: Sequence[str],
        columns: Sequence[str],
        cell: Callable[[int, int], CellFace],
        *,
        corner: str = "",
        cursor: tuple[int, int] = (0, 0),
        frozen: int = 0,
    ) -> None:
        """Show rows by columns; `cell(row, column)` is asked for what comes into view and answers at once.

        The first `frozen` columns stay in sight where they fit.
        """
        self._row_labels, self._column_labels, self._corner, self._face = rows, columns, corner, cell
        old = self._grid
        self._grid = replace(old, rows=len(rows), columns=len(columns), frozen=frozen)
        self._cursor = self._within(*cursor)
        self._forget_cells()
        self._fit()
        self._reveal()

    @property
    def grid(self) -> Grid:
        """The sizes in use."""
        return self._grid

    def refresh_cell(self, row: int, column: int) -> None:
        """Ask for one cell again."""
        self._cells.discard((row, column))
        self._drawn.clear()
        self._refresh_row(row)

    def refresh_cells(self) -> None:
        """Ask for every cell again as it comes into view."""
        self._forget_cells()
        self.refresh()

    def _forget_cells(self) -> None:
        self._cells.clear()
        self._drawn.clear()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the grid to the new window."""
        self._fit()
        self._reveal()

    # Layout

    def _within(self, row: int, column: int) -> tuple[int, int]:
        return max(0, min(row, self._grid.rows - 1)), max(0, min(column, self._grid.columns - 1))

    def _fit(self) -> None:
        """Fit the grid to window and headers."""
        window = self.scrollable_content_region.size
        if not window:
            return
        self._labels.clear()
        self._drawn.clear()
        grid = self._grid.sized(window.width, window.height)
        inner = grid.column_width - _EDGES
        heights = (
            len(Rows(each, inner, ambiguous_wide=self._ambiguous_wide)) for each in self._column_labels
        )
        self._grid = grid.with_header(min(_HIGHEST_HEADER, max(heights, default=1)))
        self.virtual_size = Size(*self._grid.virtual_size)
        self.refresh()

    def _resize_cells(self, grid: Grid) -> None:
        """Take other cell sizes; the first cell in view stays the first."""
        first, top = (
            self._grid.first_column(self.scroll_offset.x),
            self.scroll_offset.y // self._grid.row_height,
        )
        self._grid = grid
        self._forget_cells()
        self._fit()
        self.scroll_to(x=grid.scroll_of_column(first), y=top * grid.row_height, animate=False)
        self._reveal()

    def _reveal(self) -> None:
        offset = self.scroll_offset
        x, y = self._grid.scroll_to_show(*self._cursor, offset.x, offset.y)
        if (x, y) != (offset.x, offset.y):
            self.scroll_to(x=x, y=y, animate=False)

    def _refresh_row(self, row: int) -> None:
        region = Region(*self._grid.row_box(row, self.scroll_offset.y)).intersection(
            self.scrollable_content_region.size.region
        )
        if region:
            self.refresh(region)

    # Drawing

    def notify_style_update(self) -> None:
        """Draw anew in another theme or state."""
        super().notify_style_update()
        self._styles.clear()
        self._drawn.clear()
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some lines; what Textual keeps in the strip of a line stays with it while the view scrolls.

        There is no frame around the lines, so that they need not go through what draws frames.
        """
        width, filters, background = self.size.width, self.get_line_filters(), self.background_colors[1]
        blank, strips = self._style(), []
        for y in crop.line_range:
            strip = self.render_line(y).adjust_cell_length(width, blank)
            for each in filters:
                strip = strip.apply_filter(each, background)
            strips.append(strip)
        if crop.column_span != (0, width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window: of the headers, of a row of cells, or of the rule below."""
        grid, scroll = self._grid, self.scroll_offset
        row, line = grid.line(scroll.y, y) if y >= grid.header_height else (_HEADER, y)
        if row >= grid.rows:
            row, line = _BELOW, 0
        active = row in (_HEADER, self._cursor[0])
        cursor = self._cursor[1] if active else _NO_CURSOR
        key = (row, line, scroll.x, cursor, active and self.has_focus)
        strip = self._drawn.get(key)
        if strip is None:
            strip = self._drawn[key] = self._joined(self._line(row, line, grid.visible_columns(scroll.x)))
        return strip

    def _line(self, row: int, line: int, columns: Sequence[int]) -> list[Strip]:
        grid = self._grid
        if row == _BELOW:
            return []
        if line >= (grid.header_height - 1 if row == _HEADER else grid.text_lines):
            return self._rule_line(columns)
        if row == _HEADER:
            return self._header_line(line, columns)
        return self._row_line(row, line, columns)

    def _header_line(self, y: int, columns: Sequence[int]) -> list[Strip]:
        grid, height = self._grid, self._grid.header_height - 1
        strips = [self._label_strip(self._corner, grid.case_width, height, y, active=False)]
        for column in columns:
            active = column == self._cursor[1]
            label = self._column_labels[column]
            strips.append(self._label_strip(label, grid.column_width, height, y, active=active, edge=True))
        return strips

    def _row_line(self, row: int, line: int, columns: Sequence[int]) -> list[Strip]:
        grid, active = self._grid, row == self._cursor[0]
        label = self._row_labels[row]
        strips = [self._label_strip(label, grid.case_width, grid.text_lines, line, active=active)]
        for column in columns:
            tone, lines = self._cell(row, column)
            strips.append(self._cell_strip(lines[line], tone, active and column == self._cursor[1]))
        return strips

    def _rule_line(self, columns: Sequence[int]) -> list[Strip]:
        _, rule, crossing, _ = self._lines
        grid, style = self._grid, self._style("rule")
        across = crossing + rule * (grid.column_width - 1)
        case = Strip([Segment(rule * grid.case_width, style)], grid.case_width)
        return [case, *(Strip([Segment(across, style)], grid.column_width) for _ in columns)]

    def _cell(self, row: int, column: int) -> tuple[str, list[Line]]:
        kept = self._cells.get((row, column))
        if kept is None:
            face, grid = self._face(row, column), self._grid
            lines = self._laid_out(face, grid.column_width - _EDGES, grid.text_lines)
            kept = self._cells[row, column] = (face.tone, lines)
        return kept

    def _laid_out(self, face: CellFace, width: int, height: int) -> list[Line]:
        return cell_lines(face, width, height, ambiguous_wide=self._ambiguous_wide)

    def _label_strip(
        self, label: str, width: int, height: int, line: int, *, active: bool, edge: bool = False
    ) -> Strip:
        inner = width - _EDGES if edge else width - 1
        lines = self._labels.get((label, inner, height))
        if lines is None:
            lines = self._labels[label, inner, height] = self._laid_out(CellFace(label), inner, height)
        style = self._style("header-active" if active else "header")
        segments = [Segment(piece.drawn, style) for piece in lines[line]]
        edges = [Segment(self._lines[0], self._style("rule"))] if edge else []
        return Strip([*edges, *segments, Segment(" ", self._style())], width)

    def _cell_strip(self, line: Line, tone: str, under_cursor: bool) -> Strip:
        cursor = "cursor" if self.has_focus else "cursor-resting"
        over = cursor if under_cursor else ""
        segments = [Segment(self._lines[3 if under_cursor else 0], self._style("rule", over))]
        for piece in line:
            part = piece.part if piece.part in ("mark", "footnote") else ""
            segments.append(Segment(piece.drawn, self._style(f"tone-{tone}", part, over)))
        segments.append(Segment(" ", self._style(f"tone-{tone}", over)))
        return Strip(segments, self._grid.column_width)

    def _joined(self, strips: list[Strip]) -> Strip:
        """Put strips side by side and cut at the edge; what cannot be cut exactly is left out."""
        width = self._grid.width
        used = sum(strip.cell_length for strip in strips)
        if used > width:
            *strips, last = strips
            used -= last.cell_length
            if not self._ambiguous_wide or last.text.isascii():
                strips.append(last.crop(0, width - used))
                used = width
        blank = [Strip.blank(width - used, self._style())] if used < width else []
        return Strip.join([*strips, *blank]).simplify()

    def _style(self, *names: str) -> Style:
        """Combine the view's own style with components, once for each combination."""
        style = self._styles.get(names)
        if style is None:
            style = self.rich_style
            for name in filter(None, names):
                style += component_style(self, f"matrix-canvas--{name}")
            self._styles[names] = style
        return style
