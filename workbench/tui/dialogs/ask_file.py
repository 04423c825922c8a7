"""Ask for the file or folder of an export, and say before what would be in it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from workbench.tui.dialogs.ask_text import AskText
from workbench.tui.display import content


class AskFile(AskText):
    """Ask where an export goes, under what it would contain."""

    DEFAULT_CSS = "AskFile #preview { height: auto; max-height: 8; color: $text-muted; }"

    def __init__(self, title: str, *, value: str, contains: str) -> None:
        super().__init__(title, value=value)
        self._contains = contains

    def compose_body(self) -> ComposeResult:
        """Lay out what would leave, and the field."""
        yield Static(content(self._contains), id="preview", markup=False)
        yield from super().compose_body()
