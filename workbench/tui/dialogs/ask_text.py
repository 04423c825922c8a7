"""Ask for words."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from workbench.tui.dialogs.frame import Dialog
from workbench.tui.widgets.entry import EntryArea, EntryLine


class AskText(Dialog[str | None]):
    """Ask for one line, or for several ended with ctrl+s."""

    DEFAULT_CSS = "AskText EntryArea { height: 8; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "accept", "Save", show=False, priority=True)]

    def __init__(
        self,
        title: str,
        *,
        value: str = "",
        multiline: bool = False,
        placeholder: str = "",
        required: bool = True,
    ) -> None:
        super().__init__(
            title, keys="ctrl+s saves · esc cancels" if multiline else "enter accepts · esc cancels"
        )
        self._value = value
        self._multiline = multiline
        self._placeholder = placeholder
        self._required = required

    def compose_body(self) -> ComposeResult:
        """Lay out the field."""
        if self._multiline:
            yield EntryArea(self._value, id="entry")
        else:
            yield EntryLine(self._value, placeholder=self._placeholder, id="entry")

    def on_mount(self) -> None:
        """Put the cursor behind what is there already."""
        if self._multiline:
            area = self.query_one(EntryArea)
            area.move_cursor(area.document.end)

    @on(Input.Submitted)
    def _accept_line(self) -> None:
        self.action_accept()

    def action_accept(self) -> None:
        """Answer with what was typed; something must be typed where it is required."""
        typed = self.query_one(EntryArea).text if self._multiline else self.query_one(EntryLine).value
        if self._required and not typed.strip():
            self.remark("Nothing is typed yet.")
            return
        self.dismiss(typed)
