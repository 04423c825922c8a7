"""Ask which words of an excerpt to quote."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from workbench.tui.dialogs.frame import Dialog
from workbench.tui.reading.pane import ReadingPane


class QuoteWords(Dialog[str | None]):
    """Ask for words of an excerpt; answers with exactly what is selected, or else with the whole excerpt."""

    DEFAULT_CSS = "QuoteWords ReadingPane { height: 10; border: round $panel; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s", "accept", "Quote", show=False, priority=True)
    ]

    def __init__(self, citation: str, words: str) -> None:
        super().__init__(
            f"Quote which words of {citation}?",
            keys="shift+arrows select · enter quotes the selection, or the whole excerpt · esc cancels",
        )
        self._words = words

    def compose_body(self) -> ComposeResult:
        """Lay out the excerpt."""
        yield ReadingPane(id="excerpt")

    def on_mount(self) -> None:
        """Show the words of the excerpt."""
        pane = self.query_one(ReadingPane)
        pane.show(self._words)
        pane.focus()

    def action_accept(self) -> None:
        """Answer with the words."""
        chosen = self.query_one(ReadingPane).selection
        self.dismiss(self._words if chosen is None else self._words[chosen.start : chosen.end])
