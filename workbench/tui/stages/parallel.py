"""A text and its translation side by side: read, linked and coded as one."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.binding import BindingType

from workbench.model.text import Passage
from workbench.tui.actions import bindings
from workbench.tui.dialogs import Report
from workbench.tui.reading.pane import ReadingPane
from workbench.tui.stages.coding_panel import full
from workbench.tui.stages.link_work import LinkWork
from workbench.tui.stages.pair_choice import choose_pair


class ParallelScreen(LinkWork):
    """Two texts level with each other, their links, and the codings of both on both."""

    STAGE = "parallel"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("parallel")]
    CSS_PATH = "parallel.tcss"
    AUTO_FOCUS = "#text"

    def action_other_side(self) -> None:
        """Work on the other side at what lies beside the cursor; a selection in view there stays."""
        if self.linked is None:
            return
        there = self.linked.beside(self.hand, self.pane.cursor)
        self.turn_to(self.hand.other)
        pane = self.pane_of(self.hand)
        selected = pane.selection
        if selected is None or pane.rows.row_of(selected.start) not in pane.rows_in_view:
            pane.go_to(there)
        self.show_under_cursor()

    @work
    async def action_choose_pair(self) -> None:
        """Choose which text lies beside the one that is worked on."""
        if self.indexed is None:
            self.say("No text is open. Press o to choose one.", alarm=True)
            return
        text, cursor = self.indexed, self.pane.cursor
        pair = await choose_pair(self.workbench, text.id, always=True)
        if pair is not None:
            self.open_pair(pair, text.id, Passage(cursor, cursor))

    @on(ReadingPane.HighlightActivated)
    def _show_in_full(self, message: ReadingPane.HighlightActivated) -> None:
        made = [each for each in self.placed if each.coding.id in message.keys]
        through = [each for each in self.over_there.codings if each.coding.id in message.keys]
        parts = [full(self.study, self._places, made)] if made else []
        if through:
            parts.append(full(self.study, self.over_there.places, through))
        self.app.push_screen(Report("Coded here, or on the other side of a link", parts))

    def action_back(self) -> None:
        """Drop selections, then go back to where one came from."""
        if self.pane.selection is not None or self.over_there.pane.selection is not None:
            for side in self.sides:
                side.pane.clear_selection()
        elif self._stays:
            self._stays = False
            self.keep_level()
        else:
            super().action_back()
