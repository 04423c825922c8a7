"""A worksheet that takes nothing but strings and whole numbers, and what its cells look like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from workbench.model.visible import visible

_LONGEST = 32_767
"""UTF-16 units that a cell holds."""
_CUT = "\n… [cut here: the whole text is on the sheet About under Whole texts]"
_A4 = 9


def shown(text: str) -> str:
    """Make a foreign string fit for a workbook: what XML or a reader cannot show becomes a mark."""
    return visible(text, newlines=True)


def pieces(text: str, longest: int) -> Iterator[str]:
    """Cut a string into pieces of so many UTF-16 units at most."""
    start, used = 0, 0
    for place, character in enumerate(text):
        units = 2 if character > "\uffff" else 1
        if used + units > longest:
            yield text[start:place]
            start, used = place, 0
        used += units
    yield text[start:]


class Styles:
    """The looks of one workbook."""

    def __init__(self, book: Any) -> None:
        wrapped = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#B0B0B0"}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.faint = book.add_format({"font_color": "#404040"})
        self.head = book.add_format({**wrapped, "bold": True, "bg_color": "#DCE6F1"})
        self.band = book.add_format({"bold": True, "bg_color": "#EEF3F9"})
        self.row_head = book.add_format({**wrapped, "bold": True})
        self.cell = book.add_format(wrapped)
        self.link = book.add_format({**wrapped, "font_color": "#0B4F9E", "underline": 1})
        self.figure = book.add_format({**wrapped, "align": "right"})
        self.note = book.add_format({"text_wrap": True, "valign": "top"})
        self._states = {
            "not assessed": book.add_format({**wrapped, "font_color": "#595959", "bg_color": "#F2F2F2"}),
            "stale": book.add_format({**wrapped, "bg_color": "#FCE9D4"}),
            "draft": book.add_format({**wrapped, "bg_color": "#FFFBE6"}),
        }

    def of_state(self, state: str) -> Any:
        """Give the look of a cell in a state; the state is in its words as well."""
        return self._states.get(state, self.cell)


class Sheet:
    """One worksheet."""

    def __init__(self, sheet: Any, name: str, styles: Styles, cut: list[tuple[str, str]]) -> None:
        self._sheet = sheet
        self._name = name
        self._styles = styles
        self._cut = cut

    def put(self, row: int, column: int, text: str, style: Any, where: str = "") -> None:
        """Write words."""
        self._sheet.write_string(row, column, self._fitted(text, where), style)

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

    def spread(self, row: int, first: int, last: int, text: str, style: Any) -> None:
        """Write words over several cells of a row, as high as they need about."""
        if last > first:
            self._sheet.merge_range(row, first, row, last, "", style)
        self.put(row, first, text, style, self._name)
        lines = sum(1 + len(line) // 110 for line in text.split("\n"))
        self._sheet.set_row(row, min(15 * lines, 400))

    def widths(self, widths: Sequence[int]) -> None:
        """Set the widths of the columns, in characters."""
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)

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

    def filter(self, last_row: int, last_column: int) -> None:
        """Let a reader filter a table that begins in the first cell."""
        self._sheet.autofilter(0, 0, last_row, last_column)

    def _fitted(self, text: str, where: str) -> str:
        whole = shown(text)
        parts = [whole] if len(whole) * 2 <= _LONGEST else list(pieces(whole, _LONGEST))
        if len(parts) == 1:
            return whole
        self._cut += [(where or self._name, part) for part in parts]
        return next(pieces(whole, _LONGEST - len(_CUT))) + _CUT
