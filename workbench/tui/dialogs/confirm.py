"""Ask yes or no."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from workbench.tui.dialogs.frame import Dialog


class Confirm(Dialog[bool]):
    """Ask a question that is answered with y or n."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "answer(True)", "Yes", show=False),
        Binding("n", "answer(False)", "No", show=False),
    ]

    def __init__(self, question: str) -> None:
        super().__init__(question, keys="y or enter: yes · n or esc: no")

    def action_answer(self, yes: bool) -> None:
        """Answer."""
        self.dismiss(yes)

    def action_cancel(self) -> None:
        """Answer no."""
        self.dismiss(False)
