"""The field in which the words of a cell are written, beside the evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from workbench.model.citations import LostMark, place_carried, with_found, without_lost
from workbench.tui.display import content
from workbench.tui.widgets.entry import EntryArea


class SummaryEditor(Vertical):
    """Hold the words of a cell while they are written; nothing typed goes unless the writer says so."""

    DEFAULT_CSS = """
    SummaryEditor { height: 1fr; }
    SummaryEditor > .title { height: auto; text-style: bold; padding: 0 1; }
    SummaryEditor > .keys { height: auto; color: $text-muted; padding: 0 1; }
    SummaryEditor > EntryArea { height: 1fr; border: none; padding: 0 1; background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", show=False),
        Binding("escape", "leave", "Back", show=False),
        # The field has other uses for these two keys; the stages come first everywhere.
        Binding("f6", "screen.interpret", "Interpret", show=False, priority=True),
        Binding("f7", "screen.history", "History", show=False, priority=True),
    ]

    @dataclass
    class Saving(Message):
        """The words shall be saved."""

    @dataclass
    class Leaving(Message):
        """The writer wants to leave the field."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._saved = ""
        self._refs: Mapping[str, str] | None = None
        """Excerpt id -> ref, as the words in the field cite them; None where they cite nothing."""
        self._lost: list[LostMark] = []
        """Citations that went with their excerpts since the writing began."""

    def compose(self) -> ComposeResult:
        """Lay out what is written, the field and its keys."""
        yield Static("", classes="title", markup=False)
        yield EntryArea(id="words")
        yield Static(
            content("ctrl+s saves · tab: excerpts, a there cites · esc goes back"),
            classes="keys",
            markup=False,
        )

    @property
    def words(self) -> str:
        """Give what stands in the field."""
        return self.query_one(EntryArea).text

    @property
    def cites(self) -> bool:
        """Tell whether the words in the field can cite evidence."""
        return self._refs is not None

    @property
    def refs(self) -> Mapping[str, str]:
        """Give the refs by which the words in the field cite evidence."""
        return self._refs or {}

    @property
    def is_changed(self) -> bool:
        """Tell whether something was typed that is not saved."""
        return self.words.strip() != self._saved.strip()

    def begin(self, title: str, words: str, refs: Mapping[str, str] | None) -> None:
        """Put words into the field, to go on from their end; `refs` are those by which they cite evidence."""
        self._saved = words
        self._refs = refs
        self._lost = []
        self.query_one(".title", Static).update(content(title))
        area = self.query_one(EntryArea)
        area.load_text(words)
        area.move_cursor(area.document.end)
        area.focus()

    def follow(self, words: str, refs: Mapping[str, str] | None) -> None:
        """Take up what the cell says now, and the refs its evidence has; what was typed stays.

        A citation goes with its excerpt, and comes back with it.
        """
        area, untouched = self.query_one(EntryArea), not self.is_changed
        text = words if untouched else area.text
        if refs is not None and self._refs is not None and refs != self._refs:
            typed, lost = without_lost(area.text, self._refs, refs)
            self._lost += lost
            found = [mark for mark in self._lost if mark.excerpt_id in refs]
            self._lost = [mark for mark in self._lost if mark not in found]
            text = words if untouched else with_found(typed, found, refs)
        self._saved, self._refs = words, refs
        if text != area.text:
            at = place_carried(area.text, text, area.cursor_offset)
            area.load_text(text)
            area.cursor_offset = len(text) if at is None else at

    def cite(self, excerpt_id: str) -> None:
        """Write the mark of an excerpt where the cursor is, and go on writing."""
        if self._refs is not None:
            area = self.query_one(EntryArea)
            area.insert(f" [{self._refs[excerpt_id]}]")
            area.focus()

    def saved(self) -> None:
        """Take what stands in the field as saved."""
        self._saved = self.words

    def action_save(self) -> None:
        """Ask to save."""
        self.post_message(self.Saving())

    def action_leave(self) -> None:
        """Ask to leave."""
        self.post_message(self.Leaving())
