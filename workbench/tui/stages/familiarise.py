"""Familiarisation: the register, reading, notes and ideas."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from workbench.model.case import Document, Reading, ReadingState
from workbench.model.memo import MemoKind
from workbench.model.text import Passage, Text
from workbench.tui.actions import bindings
from workbench.tui.dialogs import Choice, ChooseFrom
from workbench.tui.display import content
from workbench.tui.screen import StageScreen
from workbench.tui.stages import import_files, memo_dialogs, register_dialogs
from workbench.tui.stages.coverage_lines import CoverageLines, summary_of
from workbench.tui.stages.reader import Reader, share_read
from workbench.tui.stages.texts import label_of, texts_of
from workbench.tui.widgets.document_list import DocumentList
from workbench.tui.widgets.entry import EntryLine
from workbench.tui.widgets.line_list import LineList


class FamiliariseScreen(StageScreen):
    """The register on one side, the text that is being read on the other."""

    STAGE = "familiarise"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("familiarise")]
    CSS_PATH = "familiarise.tcss"
    AUTO_FOCUS = "#documents"

    @property
    def _coverage(self) -> CoverageLines:
        return self.workbench.coverage

    def compose_body(self) -> ComposeResult:
        """Lay out the register and the reader."""
        with Vertical(id="register"):
            yield EntryLine(placeholder="find documents", id="filter")
            yield Static("", id="grid-header", markup=False)
            yield DocumentList(id="documents")
            yield Static("", id="summary", markup=False)
        yield Reader(id="reader")

    def on_mount(self) -> None:
        """Offer to go on reading where the coder last stopped."""
        last = self._last_read()
        if last is not None:
            text, reading = last
            key = self.study.get(Document, text.document_id).key
            self.say(f"You last read {key} ({share_read(reading.furthest, text)}). Press r to go on.")

    @property
    def _documents(self) -> DocumentList:
        return self.query_one(DocumentList)

    @property
    def reader(self) -> Reader:
        """The text that is being read."""
        return self.query_one(Reader)

    # showing

    def refresh_study(self) -> None:
        """Show the register, and the memos of the text that is being read."""
        lines = self._coverage.lines()
        self._documents.show_documents(lines, self._coverage.case_names)
        summary = summary_of(lines, self._coverage.case_names)
        self.query_one("#summary", Static).update(content(summary))
        self.reader.refresh_study()
        if self.reader.reading is None:
            self.remove_class("-reading")

    def open_document(self, document_id: str) -> None:
        """Put the cursor of the register on a document."""
        self.remove_class("-reading")
        self.query_one("#filter", EntryLine).value = ""
        self._documents.narrow("")
        self._documents.go_to_document(document_id)
        self._documents.focus()

    def open_text(self, text: Text) -> None:
        """Show a text where the coder last stopped."""
        self.remove_class("-grid")
        self.add_class("-reading")
        self.say("")
        self.reader.open_text(text)

    def leave(self) -> None:
        """Record where reading stopped."""
        self.reader.leave()

    # what the widgets report

    @on(LineList.Opened, "#documents")
    def _open_chosen(self) -> None:
        if (line := self._documents.line) is None:
            return
        texts = texts_of(self.study, line.id)
        if texts:
            self.open_text(texts[0])
        else:
            self.say(f"No text of {line.key} is held. Press I to import one, d for what is known of it.")

    def on_resize(self) -> None:
        """Name the cases of the grid that fit now."""
        self.call_after_refresh(self._show_grid_header)

    @on(LineList.Moved, "#documents")
    def _show_grid_header(self) -> None:
        columns = self._documents.scrollable_content_region.width
        self.query_one("#grid-header", Static).update(self._documents.grid_header(columns))

    @on(Input.Changed, "#filter")
    def _narrow(self, event: Input.Changed) -> None:
        self._documents.narrow(event.value)

    @on(Input.Submitted, "#filter")
    def _to_list(self) -> None:
        self._documents.focus()

    # what the keys do

    def _document(self) -> Document | None:
        """Give the document that is read, or the one under the cursor of the register."""
        if self.reader.has_reader and self.reader.reading is not None:
            return self.study.get(Document, self.reader.reading.document_id)
        line = self._documents.line
        return None if line is None else self.study.get(Document, line.id)

    def object_key(self) -> str:
        """Give the memo at the cursor of the list, or the document."""
        placed = self.reader.memos.placed if self.reader.has_reader else None
        if placed is not None and self.reader.memos.has_focus:
            return f"memo:{placed.memo.id}"
        document = self._document()
        return f"document:{document.id}" if document is not None else ""

    def text_place(self) -> tuple[str, Passage] | None:
        """Give the text that is being read with its cursor or selection, or that of the document."""
        if not self.reader.has_reader:
            return super().text_place()
        pane, text = self.reader.pane, self.reader.reading
        if text is not None:
            return text.id, pane.selection or Passage(pane.cursor, pane.cursor)
        return super().text_place()

    def action_back(self) -> None:
        """Leave the text for the register, then the filter, then the stage."""
        entry = self.query_one("#filter", EntryLine)
        if self.reader.has_reader:
            self.remove_class("-reading")
            self._documents.focus()
        elif self.has_class("-grid"):
            self.action_grid()
        elif entry.has_class("-shown"):
            entry.value = ""
            entry.remove_class("-shown")
            self._documents.focus()
        else:
            super().action_back()

    def action_find(self) -> None:
        """Type words that documents must hold."""
        self.remove_class("-reading")
        entry = self.query_one("#filter", EntryLine)
        entry.add_class("-shown")
        entry.focus()

    def action_sort(self) -> None:
        """Sort the register another way."""
        self.say(f"Sorted by {self._documents.sort_next()}.")

    def action_grid(self) -> None:
        """Show documents by cases, or the list again."""
        shown = not self._documents.grid
        self.set_class(shown, "-grid")
        self.remove_class("-reading")
        self._documents.show_grid(shown)
        self._documents.focus()
        self.call_after_refresh(self._show_grid_header)

    def action_other_text(self) -> None:
        """Show the next text of the document at about the same paragraph."""
        self.reader.open_other_text()

    def action_resume(self) -> None:
        """Go on where the coder last stopped."""
        last = self._last_read()
        if last is None:
            self.say("You have read nothing yet.")
            return
        self.open_text(last[0])
        self._documents.go_to_document(last[0].document_id)

    def _last_read(self) -> tuple[Text, Reading] | None:
        mine = self.study.decisions(action="record reading progress", coder=self.study.coder, latest=1)
        for decision in mine:
            reading = self.study.find(Reading, decision.subject.partition(":")[2])
            text = self.study.find(Text, reading.text_id) if reading else None
            if reading is not None and text is not None:
                return text, reading
        return None

    @work
    async def action_mark(self) -> None:
        """Ask how far the text is read, and record it."""
        from workbench.stages.familiarise import mark_reading

        document = self._document()
        if document is None or not self.workbench.may_decide():
            return
        texts = texts_of(self.study, document.id)
        text = self.reader.reading if self.reader.has_reader else next(iter(texts), None)
        if text is None:
            self.say(f"No text of {document.key} is held.")
            return
        rows = [Choice(state, state) for state in reversed(ReadingState)]
        answer = await self.workbench.ask(ChooseFrom(f"{document.key}, {label_of(text)} is …", rows))
        if answer:
            state = ReadingState(answer[0])
            self.workbench.attempt(
                lambda: mark_reading(self.study, text.id, state), done=f"{document.key} marked {state}."
            )

    @work
    async def action_note(self) -> None:
        """Write a note on the selected passage, or on the document."""
        await self._write(MemoKind.NOTE)

    @work
    async def action_idea(self) -> None:
        """Write down an idea, on the selected passage or on the document."""
        await self._write(MemoKind.IDEA)

    async def _write(self, kind: MemoKind) -> None:
        document = self._document()
        if document is None or not self.workbench.may_decide():
            return
        text, selected = self.reader.reading, self.reader.selection
        if text is not None and selected is not None:
            await memo_dialogs.write_on_passage(self.workbench, text, selected, kind=kind)
        else:
            await memo_dialogs.write_on_document(self.workbench, document, kind=kind)

    def term_here(self) -> str:
        """Give the id of the key term that the cursor of the text is on; empty where it is on none."""
        mark = self.reader.terms.at(self.reader.pane.cursor) if self.reader.has_reader else None
        return mark.term_ids[0] if mark is not None else ""

    def action_terms(self) -> None:
        """Draw the key terms in the text, or draw them no longer."""
        shown = not self.reader.terms.is_drawn
        self.reader.terms.draw(shown)
        self.say("Key terms are marked." if shown else "Key terms are not marked.")

    def action_memos(self) -> None:
        """Go to the memos, or back to the text."""
        if self.reader.memos.has_focus:
            self.reader.pane.focus()
        elif self.reader.memos.count:
            self.reader.memos.focus()
        else:
            self.say("There are no memos on this text yet.")

    @work
    async def action_edit_memo(self) -> None:
        """Change the memo under the cursor of the list."""
        placed = self.reader.memos.placed
        if placed is not None and self.workbench.may_decide():
            await memo_dialogs.edit(self.workbench, placed.memo)

    @work
    async def action_remove_memo(self) -> None:
        """Take away the memo under the cursor of the list."""
        placed = self.reader.memos.placed
        if placed is not None and self.workbench.may_decide():
            await memo_dialogs.remove(self.workbench, placed.memo)

    @work
    async def action_import_files(self) -> None:
        """Import files or a folder."""
        if self.workbench.may_decide():
            await import_files.import_files(self.workbench)

    @work
    async def action_details(self) -> None:
        """Show the register entry of the document."""
        if (document := self._document()) is not None:
            await register_dialogs.show_details(self.workbench, self._coverage[document.id])

    @work
    async def action_edit_details(self) -> None:
        """Change the register entry of the document."""
        if (document := self._document()) is not None and self.workbench.may_decide():
            await register_dialogs.edit_details(self.workbench, document)

    @work(group="attributes", exclusive=True)
    async def action_attributes(self) -> None:
        """Choose from what the texts offer to the register entry."""
        from workbench.tui.stages.attributes import choose_attributes

        if (document := self._document()) is not None and self.workbench.may_decide():
            await choose_attributes(self.workbench, document)

    @work
    async def action_cases(self) -> None:
        """Say which cases the document serves."""
        if (document := self._document()) is not None and self.workbench.may_decide():
            current = self._coverage[document.id].cases
            await register_dialogs.choose_cases(self.workbench, document, current)

    @work
    async def action_exclude(self) -> None:
        """Leave the document out with a reason, or take it back."""
        if (document := self._document()) is not None and self.workbench.may_decide():
            await register_dialogs.exclude_or_readmit(self.workbench, document)

    @work
    async def action_add_case(self) -> None:
        """Add a case."""
        if self.workbench.may_decide():
            await register_dialogs.add_case(self.workbench)

    @work
    async def action_edit_case(self) -> None:
        """Change a case."""
        if self.workbench.may_decide():
            await register_dialogs.edit_case(self.workbench)

    @work
    async def action_remove_case(self) -> None:
        """Take a case away."""
        if self.workbench.may_decide():
            await register_dialogs.remove_case(self.workbench)
