"""Ask for the file or folder of an export, and say before what would be in it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from workbench.tui.dialogs.ask_text import AskText
from workbench.tui.display import content


class AskFile(AskText):
    """Ask where an export goes, under what it would contain, and whether coders are named in it."""

    DEFAULT_CSS = "AskFile #preview { height: auto; max-height: 8; color: $text-muted; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "rename", "Coders by name or number", show=False, priority=True)
    ]

    def __init__(self, title: str, *, value: str, contains: str, renamed: str) -> None:
        """Ask; `renamed` is what it would contain with coders named by number."""
        super().__init__(title, value=value)
        self._contains = {False: contains, True: renamed}
        self.pseudonyms = False
        """Whether coders are to be named by number."""
        self._say_keys()

    def compose_body(self) -> ComposeResult:
        """Lay out what would leave, and the field."""
        yield Static(content(self._contains[self.pseudonyms]), id="preview", markup=False)
        yield from super().compose_body()

    def action_rename(self) -> None:
        """Name coders by number, or by their names again."""
        self.pseudonyms = not self.pseudonyms
        self._say_keys()
        self.query_one("#preview", Static).update(content(self._contains[self.pseudonyms]))
        self.remark("")

    def _say_keys(self) -> None:
        other = "by name" if self.pseudonyms else "by number"
        self._keys = f"enter accepts · ctrl+n coders {other} · esc cancels"
