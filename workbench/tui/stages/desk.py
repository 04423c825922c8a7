"""The desk of indexing: one text with all its codings, and the codings under the cursor in words."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from workbench.model.case import Document
from workbench.model.framework import Code
from workbench.model.text import Passage, PlaceMap, Text
from workbench.tui.display import content
from workbench.tui.reading.pane import ReadingPane
from workbench.tui.screen import StageScreen
from workbench.tui.stages import coding_dialogs
from workbench.tui.stages.coding_filter import CodingFilter
from workbench.tui.stages.coding_panel import brief, full
from workbench.tui.stages.open_text import OpenText
from workbench.tui.stages.texts import label_of

if TYPE_CHECKING:
    from workbench.stages.reviewing import Shares
    from workbench.study.queries import PlacedCoding


class Desk(StageScreen):
    """Show a text, its codings and what is under the cursor; the keys are for those who build on it."""

    def __init__(self) -> None:
        super().__init__()
        self.here = OpenText(self.new_pane("text"))
        """The text that is worked on."""
        self.filter = CodingFilter()
        """Which codings are drawn."""
        self.recent: dict[int, Code] = {}
        """The nine codes used last, by the digit that applies them, which stays while they are among them."""
        self._wanted = ""

    def compose_body(self) -> ComposeResult:
        """Lay out the text and what is coded under the cursor."""
        with Vertical(id="reader"):
            yield Static("", id="text-title", markup=False)
            yield self.pane
        with VerticalScroll(id="codings", can_focus=False):
            yield Static("", id="under-cursor", markup=False)

    def new_pane(self, name: str) -> ReadingPane:
        """Make a pane for a text."""
        return ReadingPane(id=name, ambiguous_wide=self.workbench.preferences.ambiguous_wide)

    @property
    def pane(self) -> ReadingPane:
        """Give the pane that shows the text."""
        return self.here.pane

    @property
    def indexed(self) -> Text | None:
        """Give the text that is worked on."""
        return self.here.text

    @property
    def placed(self) -> Sequence[PlacedCoding]:
        """Give the codings that are drawn, by place."""
        return self.here.codings

    @property
    def shares(self) -> Shares | None:
        """Give how the text falls into indexed, reviewed and open, by all coders."""
        return self.here.shares(self.study)

    @property
    def _places(self) -> PlaceMap:
        return self.here.places

    # showing

    def refresh_study(self) -> None:
        """Show the codings of the text as they are now."""
        if self.indexed is not None and self.study.find(Text, self.indexed.id) is None:
            self.here.close()
        if self.here.has_other_cuts(self.study):
            self.find_units(self.here)
        self.show_codings()

    def on_mount(self) -> None:
        """Show what there is to go on with."""
        self.begin()

    def begin(self) -> None:
        """Go on where the coder coded last, or read last, unless something else is to be shown."""
        last = coding_dialogs.last_place(self.study)
        if last is not None:
            self.open_text(self.study.get(Text, last[0]), cursor=last[1])

    def arrive(self) -> None:
        """Show the text that was read in familiarisation, where it was left."""
        if (place := self.workbench.text_in_hand) is not None:
            self.workbench.text_in_hand = None
            text = self.study.find(Text, place[0])
            if text is not None and (self.indexed is None or self.indexed.id != text.id):
                self.open_text(text, cursor=place[1])

    def open_text(self, text: Text, *, cursor: int = 0) -> None:
        """Show a text."""
        self.say("")
        self.here.open(self.study, text, cursor=cursor)
        self.find_units(self.here)
        self.show_codings()
        self.pane.focus()

    def find_units(self, side: OpenText) -> None:
        """Let the pane know the units of its text; a thread looks for the first, since that may take long."""
        find = side.find_units(self.study)
        if find is not None:
            self.run_worker(asyncio.to_thread(find, side.pane.cursor), group="units", exclusive=True)

    def open_passage(self, text_id: str, passage: Passage) -> None:
        """Show a passage in its text, selected."""
        if self.indexed is None or self.indexed.id != text_id:
            self.open_text(self.study.get(Text, text_id), cursor=passage.start)
        self.pane.go_to(passage.start, passage)
        self.pane.focus()

    def place(self) -> Callable[[], None] | None:
        """Come back to the passage that is shown now."""
        if self.indexed is None:
            return None
        text_id, selected, cursor = self.indexed.id, self.pane.selection, self.pane.cursor
        return lambda: self.open_passage(text_id, selected or Passage(cursor, cursor))

    def object_key(self) -> str:
        """Give the coding at the cursor, the shortest passage of several, or else the document."""
        codings = self.under_cursor()
        if len(codings) == 1:
            return f"coding:{codings[0].coding.id}"
        if codings:
            shortest = min((each.excerpt for each in codings), key=lambda one: (one.end - one.start, one.id))
            return f"excerpt:{shortest.id}"
        return f"document:{self.indexed.document_id}" if self.indexed is not None else ""

    def text_place(self) -> tuple[str, Passage] | None:
        """Give the text and the selected passage, or the cursor."""
        if self.indexed is None:
            return None
        return self.indexed.id, self.pane.selection or Passage(self.pane.cursor, self.pane.cursor)

    def show_codings(self) -> None:
        """Draw the codings that the filter lets through."""
        self.pane.set_highlights(self.here.choose(self.filter.lets_through))
        self.show_recent()
        self.mark_terms()
        self.query_one("#text-title", Static).update(content(self.title_of(self.here)))
        self.show_under_cursor()

    def title_of(self, side: OpenText) -> str:
        """Name a text that lies open, with how many of its codings are drawn."""
        if side.text is None:
            return "No text is open. Press o to choose one."
        document = self.study.get(Document, side.text.document_id)
        drawn = self.filter.count(len(side.codings), len(side.all_codings()))
        parts = [document.key, label_of(side.text), drawn]
        return " · ".join([*parts, "excluded"] if document.excluded else parts)

    def show_recent(self) -> None:
        """Give the codes used last their digits."""
        self.recent = _with_digits(coding_dialogs.codes_by_recency(self.study)[:9], self.recent)

    @property
    def open_sides(self) -> Sequence[OpenText]:
        """Give every text that lies open."""
        return (self.here,)

    def mark_terms(self) -> None:
        """Mark the key terms of the texts that lie open; where they are others than before, look aside."""
        for side in self.open_sides:
            if side.terms.is_behind(self.study, side.text) and side.text is not None:
                words = self.study.text_content(side.text.content_hash)
                look = side.terms.look(side.text, words, done=self._terms_marked)
                self.run_worker(look, group="terms")

    def _terms_marked(self, failure: str) -> None:
        if failure:
            self.say(failure, alarm=True)
        self.show_under_cursor()

    def term_told(self) -> list[Content]:
        """Say what the words under the cursor are to a key term; nothing where they are nothing."""
        mark = self.here.terms.at(self.pane.cursor) if self.indexed is not None else None
        return [] if mark is None else [content(f"term {mark.told}", "italic")]

    def term_here(self) -> str:
        """Give the id of the key term that the cursor is on; empty where it is on none."""
        mark = self.here.terms.at(self.pane.cursor) if self.indexed is not None else None
        return mark.term_ids[0] if mark is not None else ""

    def action_terms(self) -> None:
        """Draw the key terms, or draw them no longer."""
        shown = not self.here.terms.is_drawn
        for side in self.open_sides:
            side.terms.draw(shown)
        self.say("Key terms are marked." if shown else "Key terms are not marked.")

    def _all_codings(self) -> list[PlacedCoding]:
        return self.here.all_codings()

    def under_cursor(self) -> list[PlacedCoding]:
        """List the codings under the cursor, or those of exactly the selected passage."""
        return self.made_here()

    def made_here(self) -> list[PlacedCoding]:
        """List those under the cursor, or of exactly the selected passage, that stand on this very text."""
        selected, cursor = self.pane.selection, self.pane.cursor
        exact = [each for each in self.placed if each.excerpt.passage == selected]
        return exact or [each for each in self.placed if each.excerpt.start <= cursor < each.excerpt.end]

    @on(ReadingPane.CursorMoved)
    @on(ReadingPane.SelectionChanged)
    def _marking_changed(self) -> None:
        self.follow_cursor()

    def follow_cursor(self) -> None:
        """Show what belongs to where the cursor or the selection is now."""
        self.show_under_cursor()

    def show_under_cursor(self) -> None:
        """Say what is coded under the cursor, or what could be applied there."""
        codings = self.under_cursor()
        narrow = self.has_class("-narrow")
        parts = [(brief if narrow else full)(self.study, self._places, codings)] if codings else []
        if not codings and self.indexed is not None:
            place = Passage(self.pane.cursor, self.pane.cursor)
            parts.append(content(f"{self._places.cite(place)}: nothing is coded here.", "dim"))
        parts += self.term_told()
        if self.recent and not (narrow and len(codings) > 1):
            digits = self._digits(short=narrow or bool(codings))
            parts = [digits, *parts] if codings and not narrow else [*parts, digits]
        self.query_one("#under-cursor", Static).update(Content("\n" if narrow else "\n\n").join(parts))

    def on_resize(self) -> None:
        """Say as much of the codings as there is room for now."""
        self.call_after_refresh(self.show_under_cursor)

    def _digits(self, *, short: bool) -> Content:
        """List the codes that the digits apply: on one line with their numbers, or one below the other."""
        framework = self.study.framework
        held = sorted(self.recent.items())
        if short:
            return content(" ".join(f"{digit}={framework.number(code)}" for digit, code in held), "dim")
        return Content("\n").join(content(f"{digit} {framework.label(code)}", "dim") for digit, code in held)


def _with_digits(recent: Sequence[Code], before: Mapping[int, Code]) -> dict[int, Code]:
    """Give each code a digit from 1 to 9; those that had one before keep it."""
    codes = {code.id: code for code in recent}
    kept = {digit: codes.pop(code.id) for digit, code in before.items() if code.id in codes}
    free = (digit for digit in range(1, 10) if digit not in kept)
    return kept | dict(zip(free, codes.values(), strict=False))
