"""What the keys of indexing do to codings: apply, take away, move, cut, join, doubt, and mark as reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from workbench.model.text import Passage, Text
from workbench.tui.stages import coding_dialogs, second_looks
from workbench.tui.stages.desk import Desk

if TYPE_CHECKING:
    from workbench.study.queries import PlacedCoding


class CodingWork(Desk):
    """The keys that decide something about the passage or the codings under the cursor."""

    def _passage(self) -> tuple[Text, Passage] | None:
        """Give the selected passage; the sentence under the cursor is selected where there is none."""
        if (text := self._text_to_change()) is None:
            return None
        if self.pane.selection is None:
            self.action_select_sentence()
        return None if self.pane.selection is None else (text, self.pane.selection)

    def _text_to_change(self) -> Text | None:
        """Give the text that is open where something can be decided about it; where not, say why."""
        if self.indexed is None:
            self.say("No text is open. Press o to choose one.", alarm=True)
        return self.indexed if self.indexed is not None and self.workbench.may_decide() else None

    def _codings_to_change(self) -> list[PlacedCoding]:
        codings = self.under_cursor()
        if not codings:
            self.say("Nothing is coded under the cursor.")
        return codings if codings and self.workbench.may_decide() else []

    # selecting

    def action_select_sentence(self) -> None:
        """Select the sentence under the cursor."""
        self.pane.select_unit()

    def action_select_paragraph(self) -> None:
        """Select the paragraph under the cursor."""
        self.pane.select_paragraph()

    # the units

    def action_join_units(self) -> None:
        """Make one unit of those of the selection, or of the one under the cursor and the next."""
        from workbench.stages.units import join_units, join_with_next

        selected, cursor = self.pane.selection, self.pane.cursor
        if (text := self._text_to_change()) is None:
            return
        made = self.workbench.attempt(
            lambda: (
                join_with_next(self.study, text.id, cursor)
                if selected is None
                else join_units(self.study, text.id, selected)
            ),
            done="One unit now. C splits it again; no coding has moved.",
        )
        if made is not None:
            self.pane.select_unit(made)

    def action_split_unit(self) -> None:
        """Cut the unit under the cursor in two at the cursor."""
        from workbench.stages.units import split_unit

        cursor = self.pane.cursor
        if (text := self._text_to_change()) is None:
            return
        made = self.workbench.attempt(
            lambda: split_unit(self.study, text.id, cursor),
            done="Two units now, the second is selected. No coding has moved.",
        )
        if made is not None:
            self.pane.select_unit(made[1])

    # applying

    @work
    async def action_apply_codes(self) -> None:
        """Ask for codes and apply them to the selected passage."""
        if (here := self._passage()) is not None:
            await coding_dialogs.ask_and_apply(self.workbench, *here)

    def action_recent_code(self, digit: str) -> None:
        """Apply one of the nine codes used last."""
        code = self.recent.get(int(digit))
        if code is None:
            self.say("No code has that digit yet. a asks which one.", alarm=True)
        elif (here := self._chosen_passage()) is not None:
            coding_dialogs.apply(self.workbench, *here, [code.id])

    def _chosen_passage(self) -> tuple[Text, Passage] | None:
        """Give the selected passage; where there is none, select the sentence and wait for the key again."""
        if self.indexed is not None and self.pane.selection is None:
            self.action_select_sentence()
            self.say("The sentence is selected. Press the key again to code it.")
            return None
        return self._passage()

    def action_repeat_codes(self) -> None:
        """Apply the codes applied last to the selected passage."""
        recent = coding_dialogs.recent_codes(self.study)
        if not recent:
            self.say("You have not applied any code yet.", alarm=True)
        elif (here := self._chosen_passage()) is not None:
            coding_dialogs.apply(self.workbench, *here, recent[0])

    @work
    async def action_in_vivo(self) -> None:
        """Make a code in the words of the passage and apply it."""
        if (here := self._passage()) is not None:
            await second_looks.code_in_vivo(self.workbench, *here)

    @work
    async def action_other_code(self) -> None:
        """Apply the code of a theme for what does not fit."""
        if (here := self._passage()) is not None:
            await second_looks.code_other(self.workbench, *here)

    # changing

    @work
    async def action_uncode(self) -> None:
        """Take codings under the cursor away."""
        if codings := self._codings_to_change():
            await coding_dialogs.uncode(self.workbench, codings)

    @work
    async def action_recode(self) -> None:
        """Put another code in place of one under the cursor."""
        if codings := self._codings_to_change():
            await coding_dialogs.recode(self.workbench, codings)

    @work
    async def action_resize(self) -> None:
        """Let a coding that the selection overlaps stand on the selection."""
        selection = self.pane.selection
        if selection is None:
            self.say("Select the passage that the coding shall stand on, overlapping where it stands.")
            return
        near = [each for each in self.placed if each.excerpt.passage.overlaps(selection)]
        near = [each for each in near if each.excerpt.passage != selection]
        if not near:
            self.say("No other coding overlaps the selection.")
        elif self.workbench.may_decide():
            await second_looks.resize(self.workbench, near, selection)

    @work
    async def action_cut(self) -> None:
        """Cut a coding in two at the cursor."""
        cursor = self.pane.cursor
        codings = [each for each in self.made_here() if each.excerpt.start < cursor < each.excerpt.end]
        if not codings:
            self.say("Put the cursor inside a coding, where its second part shall begin.")
        elif self.workbench.may_decide():
            await second_looks.cut(self.workbench, codings, cursor)

    @work
    async def action_join(self) -> None:
        """Join the codings of one code that the selection or the cursor is in, and those they touch."""
        if self.indexed is not None and self.workbench.may_decide():
            near = self.pane.selection or Passage(self.pane.cursor, self.pane.cursor + 1)
            content = self.study.text_content(self.indexed.content_hash)
            await second_looks.join(self.workbench, self.placed, near, content)

    @work
    async def action_doubt(self) -> None:
        """Flag a coding as doubtful, with a note, or take the flag away."""
        if codings := self._codings_to_change():
            await second_looks.doubt(self.workbench, codings)

    @work
    async def action_memo(self) -> None:
        """Write a memo on a coding or on the selected passage."""
        if self.indexed is not None and self.workbench.may_decide():
            selected = self.pane.selection
            await coding_dialogs.write_memo(self.workbench, self.indexed, self.under_cursor(), selected)

    @work
    async def action_review_code(self) -> None:
        """Read everything under the code of a coding under the cursor."""
        codings = self.under_cursor()
        if not codings:
            self.say("Nothing is coded under the cursor. F10 reviews any code.")
        for each in await coding_dialogs.choose_codings(self.workbench, codings, "Review which code?"):
            self.workbench.review_code(each.coding.code_id)

    @work
    async def action_coding_history(self) -> None:
        """Show what was decided about a coding under the cursor."""
        codings = self.under_cursor()
        if not codings:
            self.say("Nothing is coded under the cursor.")
        await coding_dialogs.show_history(self.workbench, codings)

    # reviewing

    def action_reviewed(self) -> None:
        """Say that the selection, or the paragraph under the cursor, was read and holds nothing."""
        from workbench.stages.reviewing import mark_reviewed

        text = self.indexed
        if text is None or not self.workbench.may_decide():
            return
        passage = self.pane.selection or self.pane.paragraph_at(self.pane.cursor)
        head = self.study.head.count
        done = f"{self._places.cite(passage)} reviewed, nothing here. }} goes to what is open next."
        self.workbench.attempt(lambda: mark_reviewed(self.study, text.id, passage), done=done)
        if self.study.head.count > head:
            self.pane.go_to(passage.end)

    def action_unmark_reviewed(self) -> None:
        """Take back that the selection, or the paragraph under the cursor, was reviewed."""
        from workbench.stages.reviewing import unmark_reviewed

        text = self.indexed
        if text is not None and self.workbench.may_decide():
            passage = self.pane.selection or self.pane.paragraph_at(self.pane.cursor)
            self.workbench.attempt(
                lambda: unmark_reviewed(self.study, text.id, passage),
                done=f"{self._places.cite(passage)} is no longer marked as reviewed.",
            )
