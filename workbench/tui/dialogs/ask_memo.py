"""Ask for a memo on a passage, which may turn out to be a translator's."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from workbench.tui.dialogs.ask_text import AskText


class AskMemo(AskText):
    """Ask for the words of a memo; ctrl+t goes on to what a translator has to say beside them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+t", "of_translation", "Of translation", show=False, priority=True)
    ]

    def __init__(self, title: str) -> None:
        super().__init__(title, multiline=True)
        self._keys = "ctrl+s saves · ctrl+t on the translation: options, choice, loss · esc cancels"
        self.is_of_translation = False
        """Whether options, choice, loss and effect are to be asked for."""

    def action_of_translation(self) -> None:
        """Answer with what is typed so far, as the words of a translator's memo."""
        self.is_of_translation = True
        self.dismiss(self._typed)
