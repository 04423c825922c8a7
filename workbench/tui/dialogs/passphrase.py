"""Ask for a passphrase, which nobody sees and nothing keeps."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from workbench.tui.dialogs.frame import Dialog


class AskPassphrase(Dialog[str | None]):
    """Ask for the passphrase of a study; each character shows as a dot."""

    def __init__(self, told: str, *, keys: str = "enter opens · esc leaves it closed") -> None:
        super().__init__(f"{told}\nPassphrase:", keys=keys)

    def compose_body(self) -> ComposeResult:
        """Lay out the field."""
        yield Input(password=True, select_on_focus=False, compact=True, id="entry")

    @on(Input.Submitted)
    def _accept(self, event: Input.Submitted) -> None:
        if event.value:
            self.dismiss(event.value)
        else:
            self.remark("Nothing is typed yet.")
