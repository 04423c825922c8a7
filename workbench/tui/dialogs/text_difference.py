"""Two versions of a text, compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from workbench.model.word_difference import Stretch
from workbench.tui.dialogs.frame import Dialog
from workbench.tui.display import content
from workbench.tui.widgets.difference_list import DifferenceList
from workbench.tui.wording import several


class TextDifference(Dialog[None]):
    """Show what became of the words of one version in another."""

    DEFAULT_CSS = """
    TextDifference > #frame { max-width: 100%; height: 95%; }
    TextDifference #changes-told { height: auto; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "next(1)", "Next", show=False),
        Binding("N", "next(-1)", "Before", show=False),
        Binding("enter,q,f1", "cancel", "Close", show=False),
    ]

    def __init__(self, title: str, stretches: Sequence[Stretch]) -> None:
        super().__init__(title, keys="n next change · N the one before · ↑↓ scroll · esc closes")
        self._stretches = stretches

    def compose_body(self) -> ComposeResult:
        """Lay out the count and the words."""
        shown = DifferenceList(self._stretches, id="difference")
        marks = " · gone in [- -], new in {+ +}" if shown.changes else ""
        yield Static(content(f"{several(shown.changes, 'change')}{marks}"), id="changes-told", markup=False)
        yield shown

    def action_next(self, by: int) -> None:
        """Go to the next change, or to the one before."""
        self.query_one(DifferenceList).next_change(by)
