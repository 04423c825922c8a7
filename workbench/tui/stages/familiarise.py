"""Familiarisation: the register, reading, notes and ideas."""

from __future__ import annotations

from functools import cached_property
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
from workbench.tui.reading.pane import ReadingPane
from workbench.tui.screen import StageScreen
from workbench.tui.stages import import_files, memo_dialogs, register_dialogs
from workbench.tui.stages.coverage_lines import CoverageLines, summary_of
from workbench.tui.stages.texts import label_of, next_text, same_place, sentence_finder, texts_of
from workbench.tui.widgets.document_list import DocumentList
from workbench.tui.widgets.entry import EntryLine
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.memo_list import MemoList


class FamiliariseScreen(StageScreen):
    """The register on one side, the text that is being read on the other."""

    STAGE = "familiarise"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("familiarise")]
    CSS_PATH = "familiarise.tcss"
    AUTO_FOCUS = "#documents"

    def __init__(self) -> None:
        super().__init__()
        self.reading: Text | None = None
        """The text that is being read."""
        self._furthest = 0

    @cached_property
    def _coverage(self) -> CoverageLines:
        return CoverageLines(self.study)

    def compose_body(self) -> ComposeResult:
        """Lay out the register and the reader."""
        with Vertical(id="register"):
            yield EntryLine(placeholder="find documents", id="filter")
            yield Static("", id="grid-header", markup=False)
            yield DocumentList(id="documents")
            yield Static("", id="summary", markup=False)
        with Vertical(id="reader"):
            yield Static("", id="text-title", markup=False)
            yield ReadingPane(id="text")
            yield MemoList(id="memos")

    def on_mount(self) -> None:
        """Offer to go on reading where the coder last stopped."""
        last = self._last_read()
        if last is not None:
            text, reading = last
            key = self.study.get(Document, text.document_id).key
            self.say(f"You last read {key} ({_percent(reading.furthest, text)}). Press r to go on.")

    @property
    def _documents(self) -> DocumentList:
        return self.query_one(DocumentList)

    @property
    def _pane(self) -> ReadingPane:
        return self.query_one(ReadingPane)

    # showing

    def refresh_study(self) -> None:
        """Show the register, and the memos of the text that is being read."""
        lines = self._coverage.lines()
        self._documents.show_documents(lines, self._coverage.case_names)
        summary = summary_of(lines, self._coverage.case_names)
        self.query_one("#summary", Static).update(content(summary))
        if self.reading is not None and self.study.find(Text, self.reading.id) is None:
            self._close_text()
        self._show_memos()
        self._show_title()

    def _show_memos(self) -> None:
        memos = memo_dialogs.memos_of(self.study, self.reading) if self.reading else []
        self.query_one(MemoList).show_memos(memos)
        self.query_one(MemoList).set_class(bool(memos), "-held")
        self._pane.set_highlights(memo_dialogs.memo_highlights(memos))

    def _show_title(self) -> None:
        title = "No text is open. Choose a document and press enter."
        if self.reading is not None:
            from workbench.stages.familiarise import reading_of

            document = self.study.get(Document, self.reading.document_id)
            state = reading_of(self.study, self.reading.id).state
            percent = _percent(self._furthest, self.reading)
            title = f"{document.key} · {label_of(self.reading)} · {percent} · {state}"
        self.query_one("#text-title", Static).update(content(title))

    def open_text(self, text: Text, *, cursor: int | None = None) -> None:
        """Show a text where the coder last stopped, or at an offset."""
        from workbench.stages.familiarise import reading_of

        self.leave()
        before = reading_of(self.study, text.id)
        words = self.study.text_content(text.content_hash)
        self.reading, self._furthest = text, before.furthest
        place = before.stopped_at if cursor is None else cursor
        self._pane.unit_at = sentence_finder(words, text.language)
        self._pane.show(words, places=self.study.places(text), cursor=place)
        self._show_memos()
        self._show_title()
        self.remove_class("-grid")
        self.add_class("-reading")
        self._pane.focus()

    def _close_text(self) -> None:
        self.reading = None
        self._pane.show("")
        self.remove_class("-reading")
        self._documents.focus()

    def leave(self) -> None:
        """Record where reading stopped."""
        from workbench.stages.familiarise import record_progress

        if self.reading is not None:
            self.workbench.text_in_hand = (self.reading.id, self._pane.cursor)
        if self.reading is None or self.study.read_only or self.study.find(Text, self.reading.id) is None:
            return
        text_id, stopped_at = self.reading.id, self._pane.cursor
        furthest = max(self._furthest, stopped_at)
        self.workbench.attempt(
            lambda: record_progress(self.study, text_id, stopped_at=stopped_at, furthest=furthest)
        )

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

    @on(LineList.Moved, "#documents")
    def _show_grid_header(self) -> None:
        columns = self._documents.scrollable_content_region.width
        self.query_one("#grid-header", Static).update(self._documents.grid_header(columns))

    @on(LineList.Opened, "#memos")
    def _go_to_memo(self) -> None:
        placed = self.query_one(MemoList).placed
        if placed is not None and placed.passage is not None:
            self._pane.go_to(placed.passage.start, placed.passage)
            self._pane.focus()

    @on(ReadingPane.HighlightActivated)
    def _show_memo(self, message: ReadingPane.HighlightActivated) -> None:
        from workbench.model.memo import Memo

        self.say(self.study.get(Memo, message.keys[-1]).content)

    @on(ReadingPane.FurthestRead)
    def _read_on(self, message: ReadingPane.FurthestRead) -> None:
        if message.offset > self._furthest:
            self._furthest = message.offset
            self._show_title()

    @on(Input.Changed, "#filter")
    def _narrow(self, event: Input.Changed) -> None:
        self._documents.narrow(event.value)

    @on(Input.Submitted, "#filter")
    def _to_list(self) -> None:
        self._documents.focus()

    # what the keys do

    @property
    def _is_reading(self) -> bool:
        focused = self.focused
        return self.reading is not None and focused is not None and focused.id in ("text", "memos")

    def _document(self) -> Document | None:
        """Give the document that is read, or the one under the cursor of the register."""
        if self._is_reading and self.reading is not None:
            return self.study.get(Document, self.reading.document_id)
        line = self._documents.line
        return None if line is None else self.study.get(Document, line.id)

    def action_back(self) -> None:
        """Leave the text for the register, then the filter, then the stage."""
        entry = self.query_one("#filter", EntryLine)
        if self._is_reading:
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
        if self.reading is None:
            return
        other = next_text(self.study, self.reading)
        if other is None:
            self.say("The document has no other text.")
            return
        here, there = self.study.places(self.reading), self.study.places(other)
        self.open_text(other, cursor=same_place(self._pane.cursor, here, there))

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
        text = self.reading if self._is_reading else next(iter(texts), None)
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
        selected: Passage | None = self._pane.selection if self._is_reading else None
        if self.reading is not None and selected is not None:
            await memo_dialogs.write_on_passage(self.workbench, self.reading, selected, kind=kind)
        else:
            await memo_dialogs.write_on_document(self.workbench, document, kind=kind)

    def action_memos(self) -> None:
        """Go to the memos, or back to the text."""
        if self.query_one(MemoList).has_focus:
            self._pane.focus()
        elif self.query_one(MemoList).count:
            self.query_one(MemoList).focus()
        else:
            self.say("There are no memos on this text yet.")

    @work
    async def action_edit_memo(self) -> None:
        """Change the memo under the cursor of the list."""
        placed = self.query_one(MemoList).placed
        if placed is not None and self.workbench.may_decide():
            await memo_dialogs.edit(self.workbench, placed.memo)

    @work
    async def action_remove_memo(self) -> None:
        """Take away the memo under the cursor of the list."""
        placed = self.query_one(MemoList).placed
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


def _percent(furthest: int, text: Text) -> str:
    return f"{100 * furthest // text.characters} %" if text.characters else "100 %"
