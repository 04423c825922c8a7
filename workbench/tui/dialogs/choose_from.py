"""Ask for one or several of a list, narrowed by typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from workbench.errors import WrongUsage
from workbench.tui.dialogs.frame import Dialog
from workbench.tui.display import content, shortened
from workbench.tui.widgets.entry import EntryLine
from workbench.tui.widgets.line_list import LineList


@dataclass(frozen=True, slots=True)
class Choice:
    """One row to choose."""

    id: str
    label: str
    detail: str = ""
    """What is said beside the label, dimmed; typing finds it too."""
    chosen: bool = False
    """Whether it is chosen to begin with, where several can be."""


class ChooseFrom(Dialog[list[str] | None]):
    """Ask for one row, or with `multiple` for any number of them."""

    DEFAULT_CSS = "ChooseFrom LineList { height: auto; max-height: 16; min-height: 3; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False, priority=True),
        Binding("down", "move(1)", "Down", show=False, priority=True),
        Binding("pageup", "move(-10)", "Page up", show=False, priority=True),
        Binding("pagedown", "move(10)", "Page down", show=False, priority=True),
        Binding("tab", "tick", "Choose", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        rows: Sequence[Choice],
        *,
        multiple: bool = False,
        needed: bool = False,
        free: Callable[[str], object] | None = None,
        begin_at: int = 0,
    ) -> None:
        """Offer the rows; with `needed`, enter takes the row under the cursor where none is ticked.

        With `free`, words that fit no row are the answer themselves; it raises WrongUsage for words that
        cannot be one, which is said and leaves the dialog open.
        """
        keys = "type to narrow · " + ("tab chooses · " if multiple else "") + "enter accepts · esc cancels"
        super().__init__(title, keys=keys)
        self._rows = list(rows)
        self._folded = [f"{row.label} {row.detail}".casefold() for row in rows]
        self._shown = list(rows)
        self._multiple = multiple
        self._needed = needed
        self._free = free
        self._begin_at = begin_at
        self._chosen = {row.id for row in rows if row.chosen}

    def compose_body(self) -> ComposeResult:
        """Lay out the field and the list."""
        yield EntryLine(placeholder="type to narrow", id="narrow")
        chosen = LineList(id="choices", empty="Nothing matches.")
        chosen.can_focus = False
        yield chosen

    def on_mount(self) -> None:
        """Show every row."""
        self._show(self._begin_at)

    def _show(self, cursor: int = 0) -> None:
        self.query_one(LineList).show_items(len(self._shown), self._draw, cursor=cursor)

    def _draw(self, item: int, columns: int) -> list[Content]:
        row = self._shown[item]
        mark = ("[x] " if row.id in self._chosen else "[ ] ") if self._multiple else ""
        label = shortened(row.label, max(columns - len(mark), 1))
        rest = columns - len(mark) - Content(label).cell_length - 2
        detail = shortened(row.detail, rest) if rest > 3 else ""
        return [Content.assemble(Content(mark), Content(label), "  ", content(detail, "dim"))]

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        words = event.value.casefold().split()
        self._shown = [
            row
            for row, folded in zip(self._rows, self._folded, strict=True)
            if all(word in folded for word in words)
        ]
        self._shown.sort(key=lambda row: not all(word in row.label.casefold() for word in words))
        self._show()

    @on(Input.Submitted)
    def _accept(self) -> None:
        typed = self.query_one(EntryLine).value.strip()
        cursor = self.query_one(LineList).cursor
        if self._multiple and (self._chosen or not (self._needed or typed)):
            self.dismiss([row.id for row in self._rows if row.id in self._chosen])
        elif cursor is not None:
            self.dismiss([self._shown[cursor].id])
        elif self._free is not None and typed:
            self._accept_words(typed)

    def _accept_words(self, typed: str) -> None:
        assert self._free is not None
        try:
            self._free(typed)
        except WrongUsage as error:
            self.remark(str(error))
        else:
            self.dismiss([typed])

    @on(LineList.Opened)
    def _accept_clicked(self) -> None:
        if self._multiple:
            self.action_tick()
        else:
            self._accept()

    def action_move(self, by: int) -> None:
        """Move the cursor of the list while typing goes on."""
        self.query_one(LineList).action_move(by)

    def action_tick(self) -> None:
        """Choose the row under the cursor, or choose it no longer."""
        cursor = self.query_one(LineList).cursor
        if self._multiple and cursor is not None:
            self._chosen ^= {self._shown[cursor].id}
            self._show(cursor)
