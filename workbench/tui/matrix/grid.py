"""Where the cells of a matrix are on screen: frozen header and case column, fixed sizes, no terminal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

LOWEST_ROW, HIGHEST_ROW = 1, 20
NARROWEST_COLUMN, WIDEST_COLUMN = 12, 160
COLUMN_STEP = 4


class Box(NamedTuple):
    """A rectangle in terminal columns and lines."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Sizes of a matrix and of the window it is seen through; everything in terminal columns and lines.

    The window scrolls by whole matrix columns across and by lines down. The header lines and the case
    column are part of the window and never scroll.
    """

    rows: int
    columns: int
    width: int = 80
    """Width of the window."""
    height: int = 24
    """Height of the window."""
    row_height: int = 5
    """Lines of a row, the rule below it included."""
    column_width: int = 28
    """Width of a matrix column, the line to its left included."""
    case_width: int = 20
    header_height: int = 2
    """Lines of the column headers, the rule below them included."""
    frozen: int = 0
    """Columns that are to stay beside the case column; those that do not fit scroll with the others."""

    @property
    def text_lines(self) -> int:
        """Lines of a row that hold text; a row of one or two lines has no rule."""
        return self.row_height - 1 if self.row_height > 2 else self.row_height

    @property
    def held(self) -> int:
        """Count the columns that do stay, so that at least one other fits beside them."""
        return max(
            0, min(self.frozen, self.columns - 1, (self.width - self.case_width) // self.column_width - 1)
        )

    @property
    def head_width(self) -> int:
        """Width of what never scrolls across."""
        return self.case_width + self.held * self.column_width

    @property
    def body_width(self) -> int:
        """Width that is left for the columns that scroll."""
        return max(1, self.width - self.head_width)

    @property
    def body_height(self) -> int:
        """Height that is left under the header."""
        return max(1, self.height - self.header_height)

    @property
    def whole_columns(self) -> int:
        """Count the scrolling columns that fit whole; at least one."""
        return max(1, self.body_width // self.column_width)

    @property
    def whole_rows(self) -> int:
        """Count the rows that fit whole; at least one."""
        return max(1, self.body_height // self.row_height)

    @property
    def virtual_size(self) -> tuple[int, int]:
        """Give width and height to scroll over, with room to bring the last column to a whole place."""
        hidden = max(0, self.columns - self.held - self.whole_columns)
        across = hidden * self.column_width + self.body_width
        return self.head_width + across, self.header_height + self.rows * self.row_height

    def first_column(self, scroll_x: int) -> int:
        """Tell which matrix column stands first among those that scroll."""
        return max(0, min(self.held - (-scroll_x // self.column_width), self.columns - 1))

    def visible_columns(self, scroll_x: int) -> list[int]:
        """List the matrix columns in view, those that stay first, the last perhaps in part."""
        first = self.first_column(scroll_x)
        last = min(self.columns, first + -(-self.body_width // self.column_width))
        return [*range(self.held), *range(first, last)]

    def scroll_of_column(self, column: int) -> int:
        """Give how far to scroll across so that a column is the first among those that scroll."""
        return max(0, column - self.held) * self.column_width

    def visible_rows(self, scroll_y: int) -> range:
        """List the rows in view, the first and last perhaps in part."""
        last = (scroll_y + self.body_height - 1) // self.row_height
        return range(scroll_y // self.row_height, min(self.rows, last + 1))

    def line(self, scroll_y: int, y: int) -> tuple[int, int]:
        """Tell row and line in the row drawn at line `y` of the window, below the header."""
        return divmod(scroll_y + y - self.header_height, self.row_height)

    def row_box(self, row: int, scroll_y: int) -> Box:
        """Give the lines of a row, in the window; they may lie above or below it."""
        return Box(0, self.header_height + row * self.row_height - scroll_y, self.width, self.row_height)

    def place_at(self, x: int, y: int, scroll_x: int, scroll_y: int) -> tuple[int | None, int | None] | None:
        """Tell (row, column) at a point of the window; None for the row in the header, for the column in the
        case column; nothing at all beside the matrix.
        """
        row = None if y < self.header_height else self.line(scroll_y, y)[0]
        across = (x - self.case_width) // self.column_width
        if across >= self.held:
            across += self.first_column(scroll_x) - self.held
        column = None if x < self.case_width else across
        if (row is not None and row >= self.rows) or (column is not None and column >= self.columns):
            return None
        return row, column

    def scroll_to_show(self, row: int, column: int, scroll_x: int, scroll_y: int) -> tuple[int, int]:
        """Scroll as little as needed to see a cell whole, or its first line where it is too high."""
        first = self.first_column(scroll_x)
        if column >= self.held:
            first = max(min(first, column), column - self.whole_columns + 1)
        top, bottom = row * self.row_height, (row + 1) * self.row_height
        scroll_y = min(max(scroll_y, bottom - self.body_height), top)
        return self.scroll_of_column(first), scroll_y

    def sized(self, width: int, height: int) -> Grid:
        """Look through a window of another size; the case column takes a quarter of it at most."""
        return replace(self, width=width, height=height, case_width=max(8, min(24, width // 4)))

    def with_row_height(self, lines: int) -> Grid:
        """Make the rows so many lines high, within limits."""
        return replace(self, row_height=max(LOWEST_ROW, min(HIGHEST_ROW, lines)))

    def with_column_width(self, columns: int) -> Grid:
        """Make the matrix columns so wide, within limits."""
        return replace(self, column_width=max(NARROWEST_COLUMN, min(WIDEST_COLUMN, columns)))

    def with_header(self, lines: int) -> Grid:
        """Give the headers so many lines of text, a third of the window at most, and a rule."""
        return replace(self, header_height=max(1, min(lines, self.height // 3)) + 1)
