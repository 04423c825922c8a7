"""Show how far something has come, with a way to stop it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import ProgressBar, Static

from workbench.tui.dialogs.frame import Dialog
from workbench.tui.display import content


class Progress(Dialog[None]):
    """Show a bar until it is taken away; escape asks to stop."""

    DEFAULT_CSS = "Progress ProgressBar { width: 100%; } Progress Bar { width: 1fr; }"

    def __init__(self, title: str, total: int) -> None:
        super().__init__(title, keys="esc stops; nothing is written then")
        self._total = total
        self.stopped = False
        """Whether the user asked to stop."""

    def compose_body(self) -> ComposeResult:
        """Lay out the bar and what is being done."""
        yield ProgressBar(total=self._total, show_eta=False)
        yield Static("", id="doing", markup=False)

    def advance(self, doing: str) -> None:
        """Show that one more is done, and what comes next."""
        if self.is_mounted:
            self.query_one(ProgressBar).advance(1)
            self.query_one("#doing", Static).update(content(doing))

    def come_to(self, done: int, total: int) -> None:
        """Show that so many of so many are done."""
        if self.is_mounted:
            self.query_one(ProgressBar).update(total=total, progress=done)

    def action_cancel(self) -> None:
        """Ask to stop; the work stops between two steps."""
        self.stopped = True
        self.remark("Stopping …")
