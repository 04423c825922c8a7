"""Indexing: codes applied to passages."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import BindingType

from workbench.tui.actions import bindings
from workbench.tui.dialogs import Report
from workbench.tui.reading.pane import ReadingPane
from workbench.tui.stages.coding_panel import full
from workbench.tui.stages.coding_work import CodingWork
from workbench.tui.stages.text_moves import TextMoves


class IndexScreen(CodingWork, TextMoves):
    """One text with all its codings, and the codings under the cursor in words."""

    STAGE = "index"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("index")]
    CSS_PATH = "index.tcss"
    AUTO_FOCUS = "#text"

    @on(ReadingPane.HighlightActivated)
    def _show_in_full(self, message: ReadingPane.HighlightActivated) -> None:
        codings = [each for each in self.placed if each.coding.id in message.keys]
        self.app.push_screen(Report("Coded here", [full(self.study, self._places, codings)]))

    def action_back(self) -> None:
        """Drop the selection, then go back to where one came from."""
        if not self.workbench.has_way_back and self.pane.selection is not None:
            self.pane.clear_selection()
        else:
            super().action_back()
