"""The line at the bottom: what just happened, and what is saved."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from workbench.tui.display import content


class MessageLine(Horizontal):
    """Show the last message whole, and beside it how far the log is."""

    DEFAULT_CSS = """
    MessageLine { height: auto; max-height: 6; background: $panel; color: $foreground; }
    MessageLine > #message { width: 1fr; padding: 0 1; }
    MessageLine > #message.-alarm { color: $text-error; text-style: bold; }
    MessageLine > #status { width: auto; max-width: 50%; padding: 0 1; color: $text-muted; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.message = ""
        """The sentence shown, as it was said."""
        self.status = ""

    def compose(self) -> ComposeResult:
        """Lay out the message and the status."""
        yield Static("", id="message", markup=False)
        yield Static("", id="status", markup=False)

    def say(self, sentence: str, *, alarm: bool = False) -> None:
        """Show a sentence; an alarm carries a sign as well as its colour."""
        self.message = sentence
        shown = self.query_one("#message", Static)
        shown.update(content(f"! {sentence}" if alarm else sentence))
        shown.set_class(alarm, "-alarm")

    def show_status(self, status: str) -> None:
        """Show what is saved and by whom."""
        self.status = status
        self.query_one("#status", Static).update(content(status))
