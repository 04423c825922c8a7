"""The text that is being read, with how far it is read and the memos on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from workbench.model.case import Document
from workbench.model.memo import Memo
from workbench.model.text import Passage, Text
from workbench.tui.display import content
from workbench.tui.reading.pane import ReadingPane
from workbench.tui.stages.memo_dialogs import memo_highlights, memos_of
from workbench.tui.stages.term_layer import TermLayer
from workbench.tui.stages.texts import label_of, next_text, same_place
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.memo_list import MemoList

if TYPE_CHECKING:
    from workbench.tui.app import Workbench


class Reader(Vertical):
    """Show one text for reading, and record where reading stopped."""

    DEFAULT_CSS = """
    Reader { width: 1fr; height: 1fr; }
    Reader > #text-title { height: 1; background: $panel; text-wrap: nowrap; text-overflow: ellipsis; }
    Reader > #text { height: 1fr; }
    Reader > #memos { height: auto; max-height: 8; border-top: solid $panel; display: none; }
    Reader > #memos.-held { display: block; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.reading: Text | None = None
        """The text that is being read."""
        self._furthest = 0
        self._terms: TermLayer | None = None
        self._told = ""
        """What was said last of a term under the cursor."""

    def compose(self) -> ComposeResult:
        """Lay out title, text and memos."""
        yield Static("", id="text-title", markup=False)
        yield ReadingPane(id="text", ambiguous_wide=self._workbench.preferences.ambiguous_wide)
        yield MemoList(id="memos")

    @property
    def _workbench(self) -> Workbench:
        return cast("Workbench", self.app)

    @property
    def pane(self) -> ReadingPane:
        """The pane with the text."""
        return self.query_one(ReadingPane)

    @property
    def memos(self) -> MemoList:
        """The list of memos."""
        return self.query_one(MemoList)

    @property
    def has_reader(self) -> bool:
        """Whether a text is open and the keys go to it."""
        return self.reading is not None and (self.pane.has_focus or self.memos.has_focus)

    @property
    def selection(self) -> Passage | None:
        """The selected passage while the text is in use."""
        return self.pane.selection if self.has_reader else None

    def open_text(self, text: Text, *, cursor: int | None = None) -> None:
        """Show a text where the coder last stopped, or at an offset."""
        from workbench.stages.familiarise import reading_of
        from workbench.stages.units import unit_finder

        self.leave()
        study = self._workbench.study
        before = reading_of(study, text.id)
        words = study.text_content(text.content_hash)
        self.reading, self._furthest = text, before.furthest
        place = before.stopped_at if cursor is None else cursor
        self.pane.unit_at = unit_finder(study, text)
        self.pane.show(words, places=study.places(text), cursor=place)
        self.refresh_study()
        self.pane.focus()

    def open_other_text(self) -> None:
        """Show the next text of the document at about the same paragraph."""
        study = self._workbench.study
        if self.reading is None:
            return
        other = next_text(study, self.reading)
        if other is None:
            self._workbench.say("The document has no other text.")
            return
        here, there = study.places(self.reading), study.places(other)
        self.open_text(other, cursor=same_place(self.pane.cursor, here, there))

    def refresh_study(self) -> None:
        """Show the memos and the state of the text as they are now; a text that is gone is closed."""
        study = self._workbench.study
        if self.reading is not None and study.find(Text, self.reading.id) is None:
            self.reading = None
            self.pane.show("")
        memos = memos_of(study, self.reading) if self.reading else []
        self.memos.show_memos(memos)
        self.memos.set_class(bool(memos), "-held")
        self.pane.set_highlights(memo_highlights(memos))
        self._mark_terms()
        self._show_title()

    @property
    def terms(self) -> TermLayer:
        """The key terms of the text."""
        if self._terms is None:
            self._terms = TermLayer(self.pane)
        return self._terms

    def _mark_terms(self) -> None:
        study, text = self._workbench.study, self.reading
        if self.terms.is_behind(study, text) and text is not None:
            words = study.text_content(text.content_hash)
            self.run_worker(self.terms.look(text, words, done=self._terms_marked), group="terms")

    def _terms_marked(self, failure: str) -> None:
        if failure:
            self._workbench.say(failure, alarm=True)
        else:
            self._tell_term()

    @on(ReadingPane.CursorMoved)
    def _tell_term(self) -> None:
        """Say what the words under the cursor are to a key term; take it back where the cursor has left."""
        mark = self.terms.at(self.pane.cursor) if self.reading is not None else None
        told = f"term {mark.told}" if mark is not None else ""
        if told != self._told:
            self._told = told
            self._workbench.say(told)

    def _show_title(self) -> None:
        title = "No text is open. Choose a document and press enter."
        if self.reading is not None:
            from workbench.stages.familiarise import reading_of

            study = self._workbench.study
            document = study.get(Document, self.reading.document_id)
            state = reading_of(study, self.reading.id).state
            percent = share_read(self._furthest, self.reading)
            title = f"{document.key} · {label_of(self.reading)} · {percent} · {state}"
        self.query_one("#text-title", Static).update(content(title))

    def leave(self) -> None:
        """Record where reading stopped."""
        from workbench.stages.familiarise import record_progress

        workbench, text = self._workbench, self.reading
        if text is None:
            return
        stopped_at = self.pane.cursor
        workbench.text_in_hand = (text.id, stopped_at)
        if workbench.study.read_only or workbench.study.find(Text, text.id) is None:
            return
        furthest = max(self._furthest, stopped_at)
        workbench.attempt(
            lambda: record_progress(workbench.study, text.id, stopped_at=stopped_at, furthest=furthest)
        )

    @on(LineList.Opened, "#memos")
    def _go_to_memo(self) -> None:
        placed = self.memos.placed
        if placed is not None and placed.passage is not None:
            self.pane.go_to(placed.passage.start, placed.passage)
            self.pane.focus()
        elif placed is not None:
            self._workbench.say(placed.memo.content)

    @on(ReadingPane.HighlightActivated)
    def _show_memo(self, message: ReadingPane.HighlightActivated) -> None:
        self._workbench.say(self._workbench.study.get(Memo, message.keys[-1]).content)

    @on(ReadingPane.FurthestRead)
    def _read_on(self, message: ReadingPane.FurthestRead) -> None:
        if message.offset > self._furthest:
            self._furthest = message.offset
            self._show_title()


def share_read(furthest: int, text: Text) -> str:
    """Say how much of a text has been on the screen."""
    return f"{100 * furthest // text.characters} %" if text.characters else "100 %"
