"""Ask for words."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from workbench.tui.dialogs.frame import Dialog
from workbench.tui.drafts import Draft
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
        about: str = "",
    ) -> None:
        """Ask; `about` is the key of the record that the words are for, should they be kept for later."""
        super().__init__(
            title, keys="ctrl+s saves · esc cancels" if multiline else "enter accepts · esc cancels"
        )
        self._value = value
        self._multiline = multiline
        self._placeholder = placeholder
        self._required = required
        self._about = about

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

    @property
    def _typed(self) -> str:
        return self.query_one(EntryArea).text if self._multiline else self.query_one(EntryLine).value

    def draft(self) -> Draft | None:
        """Hand over what was typed, where that is not what stood there before."""
        changed = self.is_mounted and self._typed != self._value
        return Draft(self._title, self._typed, about=self._about) if changed else None

    @on(Input.Submitted)
    def _accept_line(self) -> None:
        self.action_accept()

    def action_accept(self) -> None:
        """Answer with what was typed; something must be typed where it is required."""
        typed = self._typed
        if self._required and not typed.strip():
            self.remark("Nothing is typed yet.")
            return
        self.dismiss(typed)
