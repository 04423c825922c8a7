"""A worksheet that takes nothing but strings and whole numbers, and what its cells look like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from workbench.exchange.cells_sheet import LONGEST, fitted, pieces, shown

_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\U0001f300-\U0003fffd]"
)
"""Characters as wide as two others; it need not be exact, since a program lays out lines its own way."""
_SHORT = LONGEST // 2
_A4 = 9
_LONGEST_LIST = 255
"""Characters of all words together that a cell can offer."""
_LINE = 13
"""Points from one line to the next in the font of the workbook."""
_HIGHEST = 409
"""Points of the highest row there can be."""
MOST_LINES = (_HIGHEST - 3) // _LINE
FONT = {"font_name": "Arial", "font_size": 10}


def lines_of(text: str, width: int) -> int:
    """Guess how many lines a text takes in a column so many characters wide."""
    lines = text.split("\n")
    if not text.isascii():
        lines = [_WIDE.sub("  ", line) for line in lines]
    return sum(1 + (len(line) - 1) // width if line else 1 for line in lines)


def is_tall(text: str, width: int) -> bool:
    """Tell whether a text may be higher, in a column so many characters wide, than a row can be."""
    most = text.count("\n") + 1 + 2 * len(text) // width
    return most > MOST_LINES and lines_of(text, width) > MOST_LINES


class Styles:
    """The looks of one workbook."""

    def __init__(self, book: Any) -> None:
        grid = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#B0B0B0"}
        above, below = {**grid, "bottom": 0}, {**grid, "top": 0, "font_color": "#0B4F9E"}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.faint = book.add_format({"font_color": "#404040"})
        self.head = book.add_format({**grid, "bold": True, "bg_color": "#DCE6F1"})
        self.band = book.add_format({"bold": True, "bg_color": "#EEF3F9"})
        self.row_head = book.add_format({**grid, "bold": True})
        self.cell = book.add_format(grid)
        self.link = book.add_format({**grid, "font_color": "#0B4F9E", "underline": 1})
        self.figure = book.add_format({**grid, "align": "right"})
        self.note = book.add_format({"text_wrap": True, "valign": "top"})
        bare = {"text_wrap": True, "valign": "top"}
        self.edited = book.add_format({**bare, "num_format": "@"})
        self.following = book.add_format({**bare, "bg_color": "#F2F2F2"})
        self.out_of_sight = book.add_format({"font_color": "#404040"})
        self.case = book.add_format({**above, "bold": True}), book.add_format(below)
        looks = {
            "not assessed": {"bg_color": "#F2F2F2"},
            "stale": {"bg_color": "#FCE9D4"},
            "draft": {"bg_color": "#FFFBE6"},
        }
        self._above = {state: book.add_format({**above, **look}) for state, look in looks.items()}
        self._below = {state: book.add_format({**below, **look}) for state, look in looks.items()}
        self._settled = book.add_format(above), book.add_format(below)

    def of_state(self, state: str) -> tuple[Any, Any]:
        """Give the looks of a cell in a state: of its words, and of the line below that leads to evidence."""
        words, line = self._settled
        return self._above.get(state, words), self._below.get(state, line)


class Sheet:
    """One worksheet. Rows become as high as their fullest cell needs, which some programs do not do alone."""

    def __init__(self, sheet: Any, name: str, widths: Sequence[int], cut: list[tuple[str, str]]) -> None:
        self._sheet = sheet
        # Cells are named by numbers, so that the library need not look at every call for a name like `A1`.
        self._write = partial(type(sheet).write_string.__wrapped__, sheet)
        self._name = name
        self._widths = widths
        self._heights: dict[int, int] = {}
        self._cut = cut
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)

    def put(self, row: int, column: int, text: str, style: Any, where: str = "") -> str:
        """Write words; gives them as they stand there."""
        if not text:
            self._sheet.write_blank(row, column, None, style)
            return text
        width = self._widths[column]
        if len(text) < _SHORT and text.isascii() and text.isprintable():
            self._write(row, column, text, style)
            if len(text) > width:
                self._grow(row, lines_of(text, width))
            return text
        fitted = self._fitted(text, where)
        self._write(row, column, fitted, style)
        if len(fitted) * 2 > width or "\n" in fitted:
            self._grow(row, lines_of(fitted, width))
        return fitted

    def put_aside(self, row: int, column: int, text: str, style: Any) -> None:
        """Write words that nobody looks at and that fit a cell; the row stays as high as it is."""
        self._write(row, column, text, style)

    def put_over(self, row: int, text: str, style: Any) -> None:
        """Write words that may run on over the empty cells to the right."""
        self._sheet.write_string(row, 0, self._fitted(text, self._name), style)

    def put_row(self, row: int, texts: Sequence[str], style: Any, *, first: int = 0) -> None:
        """Write words side by side."""
        for column, text in enumerate(texts, first):
            self.put(row, column, text, style)

    def number(self, row: int, column: int, value: int, style: Any) -> None:
        """Write a whole number."""
        self._sheet.write_number(row, column, value, style)

    def link(self, row: int, column: int, target: str, text: str, style: Any, where: str) -> None:
        """Write words that lead to another cell of the workbook."""
        self._sheet.write_url(row, column, target, style, self._fitted(text, where))

    def spread(self, row: int, last: int, text: str, style: Any, *, first: int = 0) -> None:
        """Write words over several cells of a row."""
        if last > first:
            self._sheet.merge_range(row, first, row, last, "", style)
        fitted = self._fitted(text, self._name)
        self._sheet.write_string(row, first, fitted, style)
        self._grow(row, lines_of(fitted, sum(self._widths[first : last + 1])))

    def _grow(self, row: int, lines: int) -> None:
        if lines > self._heights.get(row, 1):
            self._heights[row] = lines
            self._sheet.set_row(row, min(_LINE * lines + 3, _HIGHEST))

    def page(self, footer: str, *, heads: tuple[int, int] | None, fit: bool) -> None:
        """Set up printing: landscape, heads on every page, the width of one page where it fits."""
        sheet = self._sheet
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        if heads is not None:
            sheet.repeat_rows(*heads)
        if fit:
            sheet.fit_to_pages(1, 0)
        else:
            sheet.repeat_columns(0)
            sheet.set_print_scale(70)
            sheet.print_across()
        words = shown(footer).replace("\n", " ").replace("&", "&&")[:180]
        sheet.set_footer(f"&L&8{words}&R&8{self._name} &P / &N")

    def freeze(self, row: int, column: int) -> None:
        """Keep the rows above and the columns before in sight."""
        self._sheet.freeze_panes(row, column)

    def filter(self, last_row: int, last_column: int, *, first_row: int = 0) -> None:
        """Let a reader filter a table that begins in the first column."""
        self._sheet.autofilter(first_row, 0, last_row, last_column)

    def lines_for_grid(self) -> None:
        """Print the lines between cells, for a sheet whose cells have no borders of their own."""
        self._sheet.hide_gridlines(0)

    def look_of_column(self, column: int, style: Any) -> None:
        """Give the cells of a column that hold nothing a look, without writing each of them."""
        self._sheet.set_column(column, column, self._widths[column], style)

    def hide_columns(self, first: int, last: int) -> None:
        """Keep columns out of sight."""
        self._sheet.set_column(first, last, None, None, {"hidden": True})

    def offer(self, rows: tuple[int, int], column: int, choices: Sequence[str], *, told: str) -> None:
        """Let a reader choose from a few words in a column; other words stay possible."""
        listed = [shown(choice) for choice in choices]
        asked: dict[str, Any] = {
            "input_title": "One of",
            "input_message": told[:255],
            "error_type": "warning",
        }
        if len(",".join(listed)) > _LONGEST_LIST or any(set(choice) & set(',"') for choice in listed):
            asked |= {"validate": "any"}
        else:
            asked |= {"validate": "list", "source": listed}
        self._sheet.data_validation(rows[0], column, rows[1], column, asked)

    def _fitted(self, text: str, where: str) -> str:
        cell = fitted(text)
        if len(cell) * 2 > LONGEST:
            parts = pieces(shown(text), LONGEST)
            self._cut += [(where or self._name, part) for part in parts if len(parts) > 1]
        return cell
