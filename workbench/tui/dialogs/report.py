"""Show lines to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from workbench.tui.dialogs.frame import Dialog


class Report(Dialog[None]):
    """Show what there is to say, to be scrolled and closed."""

    DEFAULT_CSS = "Report #lines { height: auto; max-height: 18; } Report #lines > Static { height: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,q,f1", "cancel", "Close", show=False)]

    def __init__(self, title: str, lines: Sequence[Content]) -> None:
        super().__init__(title, keys="↑↓ scroll · esc closes")
        self._lines = list(lines)

    def compose_body(self) -> ComposeResult:
        """Lay out the lines."""
        with VerticalScroll(id="lines"):
            yield Static(Content("\n").join(self._lines), markup=False)
