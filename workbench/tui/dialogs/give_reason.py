"""Ask why."""

from __future__ import annotations

from workbench.tui.dialogs.ask_text import AskText


class GiveReason(AskText):
    """Ask for the reason of a decision that cannot be made without one; it goes into the log."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}\nWhy? The reason goes into the log.", placeholder="reason")
