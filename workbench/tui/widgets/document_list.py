"""The document register as a list, or as a grid of documents by cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from workbench.model.case import ReadingState
from workbench.tui.display import content, shortened
from workbench.tui.widgets.line_list import LineList

READING_MARKS = {ReadingState.UNREAD: "·", ReadingState.SKIMMED: "◐", ReadingState.READ: "●"}
"""Signs for how far a document is read."""

EXCLUDED_MARK = "✗"
SORTS = ("key", "reading", "codings", "title", "case")
_COLUMN = 4
"""Terminal columns of one case in the grid."""


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """What the list shows of one document."""

    id: str
    key: str
    title: str
    cases: tuple[str, ...]
    languages: tuple[str, ...]
    """One per text held."""
    state: ReadingState
    codings: int
    excluded: bool
    folded: str = field(repr=False)
    """Everything that typing finds, in folded case."""

    @property
    def mark(self) -> str:
        """Give the sign of its state."""
        return EXCLUDED_MARK if self.excluded else READING_MARKS[self.state]


class DocumentList(LineList):
    """Show the documents that fit the filter, two lines each; in the grid one line each."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "shift(-1)", "Cases left", show=False),
        Binding("right", "shift(1)", "Cases right", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(lines_each=2, id=id, empty="No document. Press I to import files.")
        self._all: list[DocumentLine] = []
        self._lines: list[DocumentLine] = []
        self._filter = ""
        self._sort = SORTS[0]
        self._case_names: tuple[str, ...] = ()
        self._grid = False
        self._first_case = 0

    @property
    def line(self) -> DocumentLine | None:
        """The document under the cursor."""
        return None if self.cursor is None else self._lines[self.cursor]

    @property
    def lines(self) -> Sequence[DocumentLine]:
        """The documents shown, in order."""
        return self._lines

    @property
    def sort(self) -> str:
        """What the list is sorted by."""
        return self._sort

    @property
    def grid(self) -> bool:
        """Whether the grid is shown."""
        return self._grid

    def show_documents(self, lines: Sequence[DocumentLine], case_names: Sequence[str]) -> None:
        """Show other documents; the cursor stays on the document it was on."""
        self._all, self._case_names = list(lines), tuple(case_names)
        self._arrange()

    def narrow(self, typed: str) -> None:
        """Show only the documents that hold every word typed."""
        self._filter = typed.casefold()
        self._arrange()

    def sort_next(self) -> str:
        """Sort by the next of the ways there are, and name it."""
        self._sort = SORTS[(SORTS.index(self._sort) + 1) % len(SORTS)]
        self._arrange()
        return self._sort

    def show_grid(self, shown: bool) -> None:
        """Show documents by cases, or the list again."""
        self._grid = shown
        self._lines_each = 1 if shown else 2
        self._arrange()

    def go_to_document(self, document_id: str) -> None:
        """Put the cursor on a document, where it is shown."""
        for place, line in enumerate(self._lines):
            if line.id == document_id:
                self.go_to(place)

    def _arrange(self) -> None:
        here = self.line.id if self.line else ""
        words = self._filter.split()
        kept = [line for line in self._all if all(word in line.folded for word in words)]
        self._lines = sorted(kept, key=self._order)
        cursor = next((place for place, line in enumerate(self._lines) if line.id == here), 0)
        self.show_items(len(self._lines), self._draw_document, cursor=cursor)

    def _order(self, line: DocumentLine) -> tuple[object, ...]:
        match self._sort:
            case "reading":
                return (list(READING_MARKS).index(line.state), line.key)
            case "codings":
                return (-line.codings, line.key)
            case "title":
                return (line.title, line.key)
            case "case":
                places = [self._case_names.index(name) for name in line.cases if name in self._case_names]
                return (min(places, default=len(self._case_names)), line.key)
            case _:
                return (line.key,)

    def _draw_document(self, item: int, columns: int) -> list[Content]:
        line = self._lines[item]
        return [self._grid_line(line, columns)] if self._grid else _two_lines(line, columns)

    # the grid

    def grid_cases(self, columns: int) -> list[str]:
        """List the cases whose columns fit, from the one scrolled to."""
        fit = max(1, (columns - _key_columns(columns) - 2) // _COLUMN)
        return list(self._case_names[self._first_case : self._first_case + fit])

    def grid_header(self, columns: int) -> Content:
        """Give the line above the grid: the beginning of each case's name."""
        names = [shortened(name, _COLUMN - 1) for name in self.grid_cases(columns)]
        cells = [name + " " * (_COLUMN - Content(name).cell_length) for name in names]
        return Content(" " * (_key_columns(columns) + 2) + "".join(cells))

    def _grid_line(self, line: DocumentLine, columns: int) -> Content:
        key = _filled(line.key, _key_columns(columns))
        cells = [line.mark if name in line.cases else " " for name in self.grid_cases(columns)]
        drawn = f"{line.mark} {key}" + "".join(cell.ljust(_COLUMN) for cell in cells)
        return Content(drawn).stylize("dim") if line.excluded else Content(drawn)

    def action_shift(self, by: int) -> None:
        """Scroll the cases of the grid sideways."""
        if self._grid:
            self._first_case = min(max(self._first_case + by, 0), max(len(self._case_names) - 1, 0))
            self.refresh()
            self.post_message(self.Moved(self, self.cursor or 0))


def _key_columns(columns: int) -> int:
    return min(36, max(12, columns // 3))


def _filled(words: str, columns: int) -> str:
    shown = shortened(words, columns)
    return shown + " " * (columns - Content(shown).cell_length)


def _two_lines(line: DocumentLine, columns: int) -> list[Content]:
    held = " ".join(line.languages) or "no text"
    beside = f" {shortened(held, columns // 3)} {line.codings:>4}"
    key = _filled(line.key, max(columns - 2 - Content(beside).cell_length, 4))
    below = " · ".join(part for part in (", ".join(line.cases) or "no case", line.title) if part)
    second = content(f"  {shortened(below, columns - 2)}", "dim")
    if line.excluded:
        return [Content(f"{line.mark} {key}{beside}").stylize("dim"), second]
    return [Content.assemble(f"{line.mark} ", Content(key).stylize("bold"), beside), second]
