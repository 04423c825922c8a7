"""Indexing: codes applied to passages."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from workbench.model.case import Document
from workbench.model.text import Passage, PlaceMap, Text
from workbench.tui.actions import bindings
from workbench.tui.dialogs import AskText, Choice, ChooseFrom, Report
from workbench.tui.display import content
from workbench.tui.reading.pane import ReadingPane
from workbench.tui.screen import StageScreen
from workbench.tui.stages import coding_dialogs
from workbench.tui.stages.coding_panel import brief, coding_highlights, full
from workbench.tui.stages.texts import label_of, next_text, same_place, sentence_finder

if TYPE_CHECKING:
    from workbench.study.queries import PlacedCoding


class IndexScreen(StageScreen):
    """One text with all its codings, and the codings under the cursor in words."""

    STAGE = "index"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("index")]
    CSS_PATH = "index.tcss"
    AUTO_FOCUS = "#text"

    def __init__(self) -> None:
        super().__init__()
        self.indexed: Text | None = None
        """The text on the screen."""
        self._places = PlaceMap(())
        self._codings: list[PlacedCoding] = []
        self._wanted = ""

    def compose_body(self) -> ComposeResult:
        """Lay out the text and what is coded under the cursor."""
        with Vertical(id="reader"):
            yield Static("", id="text-title", markup=False)
            yield ReadingPane(id="text")
        with VerticalScroll(id="codings", can_focus=False):
            yield Static("", id="under-cursor", markup=False)

    @property
    def _pane(self) -> ReadingPane:
        return self.query_one(ReadingPane)

    # showing

    def refresh_study(self) -> None:
        """Show the codings of the text as they are now."""
        if self.indexed is not None and self.study.find(Text, self.indexed.id) is None:
            self.indexed = None
            self._pane.show("")
        self._show_codings()

    def on_mount(self) -> None:
        """Go on where the coder coded last, unless something else is to be shown."""
        last = coding_dialogs.last_coded(self.study)
        if last is not None:
            self.open_text(self.study.get(Text, last.text_id), cursor=last.start)

    def arrive(self) -> None:
        """Show the text that was read in familiarisation, where it was left."""
        if (place := self.workbench.text_in_hand) is not None:
            self.workbench.text_in_hand = None
            text = self.study.find(Text, place[0])
            if text is not None and (self.indexed is None or self.indexed.id != text.id):
                self.open_text(text, cursor=place[1])

    def open_text(self, text: Text, *, cursor: int = 0) -> None:
        """Show a text."""
        words = self.study.text_content(text.content_hash)
        self.indexed, self._places = text, self.study.places(text)
        self._pane.unit_at = sentence_finder(words, text.language)
        self._pane.show(words, places=self._places, cursor=cursor)
        self._show_codings()
        self._pane.focus()

    def open_passage(self, text_id: str, passage: Passage) -> None:
        """Show a passage in its text, selected."""
        if self.indexed is None or self.indexed.id != text_id:
            self.open_text(self.study.get(Text, text_id), cursor=passage.start)
        self._pane.go_to(passage.start, passage)
        self._pane.focus()

    def place(self) -> Callable[[], None] | None:
        """Come back to the passage that is shown now."""
        if self.indexed is None:
            return None
        text_id, selected, cursor = self.indexed.id, self._pane.selection, self._pane.cursor
        return lambda: self.open_passage(text_id, selected or Passage(cursor, cursor))

    def _show_codings(self) -> None:
        from workbench.study.queries import codings_of_text

        self._codings = codings_of_text(self.study, self.indexed.id) if self.indexed else []
        self._pane.set_highlights(coding_highlights(self.study.framework, self._codings))
        title = "No text is open. Press o to choose one."
        if self.indexed is not None:
            document = self.study.get(Document, self.indexed.document_id)
            counted = "1 coding" if len(self._codings) == 1 else f"{len(self._codings)} codings"
            excluded = " · excluded" if document.excluded else ""
            title = f"{document.key} · {label_of(self.indexed)} · {counted}{excluded}"
        self.query_one("#text-title", Static).update(content(title))
        self._show_under_cursor()

    def _under_cursor(self) -> list[PlacedCoding]:
        """List the codings under the cursor, or those of exactly the selected passage."""
        selected, cursor = self._pane.selection, self._pane.cursor
        exact = [each for each in self._codings if each.excerpt.passage == selected]
        return exact or [each for each in self._codings if each.excerpt.start <= cursor < each.excerpt.end]

    @on(ReadingPane.CursorMoved)
    @on(ReadingPane.SelectionChanged)
    def _show_under_cursor(self) -> None:
        codings = self._under_cursor()
        say = brief if self.has_class("-narrow") else full
        shown = say(self.study, self._places, codings) if codings else content(self._nothing_here(), "dim")
        self.query_one("#under-cursor", Static).update(shown)

    def on_resize(self) -> None:
        """Say as much of the codings as there is room for now."""
        self.call_after_refresh(self._show_under_cursor)

    def _nothing_here(self) -> str:
        cursor = self._pane.cursor
        where = self._places.cite(Passage(cursor, cursor)) if self.indexed else ""
        return f"{where}: nothing is coded here." if where else ""

    @on(ReadingPane.HighlightActivated)
    def _show_in_full(self, message: ReadingPane.HighlightActivated) -> None:
        codings = [each for each in self._codings if each.coding.id in message.keys]
        self.app.push_screen(Report("Coded here", [full(self.study, self._places, codings)]))

    # what the keys do

    def action_back(self) -> None:
        """Drop the selection, then go back to where one came from."""
        if not self.workbench.has_way_back and self._pane.selection is not None:
            self._pane.clear_selection()
        else:
            super().action_back()

    @work
    async def action_open_text(self) -> None:
        """Choose a text among all that are held."""
        rows = [
            Choice(
                text.id,
                f"{each.document.key} · {label_of(text)}",
                " · ".join(part for part in (", ".join(each.cases), each.document.title) if part),
            )
            for each in self.workbench.coverage.documents()
            for text in each.texts
        ]
        if not rows:
            self.say("No text is held yet. Press F2 and I to import files.", alarm=True)
            return
        answer = await self.workbench.ask(ChooseFrom("Open which text?", rows))
        if answer:
            self.open_text(self.study.get(Text, answer[0]))

    def _passage(self) -> Passage | None:
        """Give the selected passage; the sentence under the cursor is selected where there is none."""
        if self.indexed is None:
            self.say("No text is open. Press o to choose one.", alarm=True)
            return None
        if not self.workbench.may_decide():
            return None
        if self._pane.selection is None:
            self.action_select_sentence()
        return self._pane.selection

    @work
    async def action_apply_codes(self) -> None:
        """Ask for codes and apply them to the selected passage."""
        if (passage := self._passage()) is not None and self.indexed is not None:
            await coding_dialogs.ask_and_apply(self.workbench, self.indexed, passage)

    @work
    async def action_quick_number(self, digit: str) -> None:
        """Ask for codes with a digit typed already."""
        if (passage := self._passage()) is not None and self.indexed is not None:
            await coding_dialogs.ask_and_apply(self.workbench, self.indexed, passage, typed=digit)

    def action_repeat_codes(self) -> None:
        """Apply the codes applied last to the selected passage."""
        recent = coding_dialogs.recent_codes(self.study)
        if not recent:
            self.say("You have not applied any code yet.", alarm=True)
        elif (passage := self._passage()) is not None and self.indexed is not None:
            coding_dialogs.apply(self.workbench, self.indexed, passage, recent[0])

    def action_select_sentence(self) -> None:
        """Select the sentence under the cursor."""
        if self._pane.unit_at is None:
            self._pane.select_paragraph()
        else:
            self._pane.select_unit(self._pane.unit_at(self._pane.cursor))

    def action_select_paragraph(self) -> None:
        """Select the paragraph under the cursor."""
        self._pane.select_paragraph()

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

    def _codings_to_change(self) -> list[PlacedCoding]:
        codings = self._under_cursor()
        if not codings:
            self.say("Nothing is coded under the cursor.")
        return codings if codings and self.workbench.may_decide() else []

    @work
    async def action_memo(self) -> None:
        """Write a memo on a coding or on the selected passage."""
        if self.indexed is not None and self.workbench.may_decide():
            selected = self._pane.selection
            await coding_dialogs.write_memo(self.workbench, self.indexed, self._under_cursor(), selected)

    @work
    async def action_coding_history(self) -> None:
        """Show what was decided about a coding under the cursor."""
        codings = self._under_cursor()
        if not codings:
            self.say("Nothing is coded under the cursor.")
        await coding_dialogs.show_history(self.workbench, codings)

    def action_next_coding(self) -> None:
        """Go to the next coding."""
        found = self._pane.next_highlight()
        self.say(found.label if found else "There is no coding after the cursor.")

    def action_previous_coding(self) -> None:
        """Go to the coding before."""
        found = self._pane.previous_highlight()
        self.say(found.label if found else "There is no coding before the cursor.")

    def action_other_text(self) -> None:
        """Show the next text of the document at about the same paragraph."""
        if self.indexed is None:
            return
        other = next_text(self.study, self.indexed)
        if other is None:
            self.say("The document has no other text.")
            return
        self.open_text(other, cursor=same_place(self._pane.cursor, self._places, self.study.places(other)))

    @work
    async def action_find(self) -> None:
        """Ask for words and go to where they stand next."""
        typed = await self.workbench.ask(AskText("Find in this text", value=self._wanted))
        if typed is not None:
            self._wanted = typed
            self.action_find_next()

    def action_find_next(self) -> None:
        """Go to the next place where the words stand, from the top again at the end."""
        if self.indexed is None or not self._wanted:
            self.say("Press / and type what to find.")
            return
        words = self.study.text_content(self.indexed.content_hash)
        pattern = re.compile(re.escape(self._wanted), re.IGNORECASE)
        found = pattern.search(words, self._pane.cursor + 1) or pattern.search(words)
        if found is None:
            self.say(f"“{self._wanted}” does not stand in this text.")
            return
        self._pane.go_to(found.start(), Passage(*found.span()))
        self.say(f"{self._places.cite(Passage(*found.span()))}. n goes to the next.")
