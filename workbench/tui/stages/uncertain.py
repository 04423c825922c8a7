"""The queue of excerpts that a new version left behind: both versions shown, one decision for each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from workbench.errors import WorkbenchError
from workbench.model.case import Document
from workbench.model.text import Passage, Text
from workbench.tui.actions import bindings
from workbench.tui.dialogs import GiveReason
from workbench.tui.display import content, shortened
from workbench.tui.screen import StageScreen
from workbench.tui.stages import version_dialogs as dialogs
from workbench.tui.stages.chart_writing import reading
from workbench.tui.stages.decision_difference import edited_words
from workbench.tui.stages.texts import same_place
from workbench.tui.stages.version_sheet import name_of
from workbench.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from workbench.stages.revising import Waiting

_AROUND, _AROUND_NARROW = 240, 60
"""Characters that are shown before and after a passage, where there is room and where there is little."""
_LONGEST = 600
"""Characters of a passage that are compared word by word, which is done on the screen's thread."""


class UncertainScreen(StageScreen):
    """Say of every excerpt on a replaced version where it stands now, or that it stays."""

    STAGE: ClassVar[str] = "uncertain"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("uncertain")]
    DEFAULT_CSS = """
    UncertainScreen #shown { width: 2fr; height: 1fr; }
    UncertainScreen #told { height: auto; padding: 0 1; color: $text-muted; }
    UncertainScreen #waiting { padding: 0 1; }
    UncertainScreen #behind { width: 3fr; height: 1fr; border-left: solid $panel; padding: 0 1; }
    UncertainScreen.-narrow #body { layout: vertical; }
    UncertainScreen.-narrow #shown { width: 100%; height: 35%; }
    UncertainScreen.-narrow #behind { width: 100%; height: 1fr; border-left: none; border-top: solid $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[Waiting] = []
        self._progress = (0, 0)
        self._with_kept = False
        self._text_id = ""
        """Id of the replaced text whose excerpts are shown; empty for those of all."""

    def compose_body(self) -> ComposeResult:
        """Lay out the queue, and both versions of the one at the cursor."""
        with Vertical(id="shown"):
            yield Static(content("looking for excerpts on replaced versions…"), id="told", markup=False)
            yield LineList(id="waiting", lines_each=2)
        with VerticalScroll(id="behind"):
            yield Static("", id="details", markup=False)

    def on_mount(self) -> None:
        """Begin in the queue."""
        self._list.focus()

    @property
    def _list(self) -> LineList:
        return self.query_one("#waiting", LineList)

    @property
    def waiting(self) -> Waiting | None:
        """Give the excerpt at the cursor."""
        return self._list.at_cursor(self._waiting)

    # showing

    def refresh_study(self) -> None:
        """Look for the excerpts that wait now, aside."""
        self.run_worker(self._read(), group="queue", exclusive=True)

    def show_of(self, text_id: str = "") -> None:
        """Show the excerpts of one replaced text, or of all."""
        self._text_id = text_id
        self.refresh_study()
        self._list.focus()

    async def _read(self) -> None:
        try:
            found, self._progress = await asyncio.to_thread(self._found)
        except WorkbenchError as error:
            self.say(str(error), alarm=True)
            return
        self._waiting = [
            each
            for each in found
            if (self._with_kept or not each.is_kept) and self._text_id in ("", each.text.id)
        ]
        kept = any(each.is_kept for each in found)
        more = "o shows what was kept." if kept else "Every excerpt stands on the latest version of its text."
        self._list.say_empty(f"Nothing waits. {more}")
        self._list.show_items(len(self._waiting), self._draw, cursor=self._list.cursor or 0)
        self._describe()

    def _found(self) -> tuple[list[Waiting], tuple[int, int]]:
        from workbench.stages.revising import waiting_excerpts
        from workbench.stages.revision_words import decided_of

        with reading(self.workbench) as study:
            found = waiting_excerpts(study)
            return found, decided_of(study, found)

    def _draw(self, item: int, columns: int) -> list[Content]:
        each = self._waiting[item]
        left = each.left
        sure = f", {(left.confidence + 5) // 10} %" if left is not None and left.confidence else ""
        head = f"{each.state}{sure}: {self._named(each.text)}"
        words = f"“{' '.join(each.excerpt.quote.split())}”"
        return [content(shortened(head, columns), "bold"), content("  " + shortened(words, columns - 2))]

    def _named(self, text: Text) -> str:
        return name_of(self.study.get(Document, text.document_id), text)

    @on(LineList.Resized, "#waiting")
    @on(LineList.Moved, "#waiting")
    def _describe(self) -> None:
        decided, whole = self._progress
        at = f"{(self._list.cursor or 0) + 1} of {len(self._waiting)} shown · " if self._waiting else ""
        self.query_one("#told", Static).update(content(f"{at}{decided} of {whole} decided"))
        each = self.waiting
        parts = list(self._sheet(each)) if each is not None else []
        self.query_one("#details", Static).update(Content("\n").join(parts))
        self.query_one("#behind").scroll_home(animate=False)

    def _sheet(self, each: Waiting) -> Iterator[Content]:
        yield content(f"Old version: {self._named(each.text)}", "bold underline")
        yield from self._around(each.text, each.excerpt.passage)
        yield content("")
        yield content(f"New version: {self._named(each.latest)}", "bold underline")
        left = each.left
        if left is not None and left.why:
            yield content(f"{left.state}: {left.why}", "dim")
        if left is None or not len(left.passage):
            yield content("No place is proposed (e chooses one, k keeps it where it is).")
            return
        yield from self._around(each.latest, left.passage)
        words = self._words(each.latest)[left.start : left.end]
        if words != each.excerpt.quote:
            yield content("")
            yield Content.assemble(
                content("Changed: ", "bold"), *edited_words(each.excerpt.quote[:_LONGEST], words[:_LONGEST])
            )

    def _around(self, text: Text, passage: Passage) -> Iterator[Content]:
        words, room = self._words(text), _AROUND_NARROW if self.has_class("-narrow") else _AROUND
        before = words[max(0, passage.start - room) : passage.start].lstrip()
        after = words[passage.end : passage.end + room].rstrip()
        yield content(self.study.places(text).cite(passage), "dim")
        yield Content.assemble(
            content(f"{'…' if passage.start > room else ''}{before}", "dim", newlines=True),
            content(words[passage.start : passage.end], "bold", newlines=True),
            content(f"{after}{'…' if passage.end + room < len(words) else ''}", "dim", newlines=True),
        )

    def _words(self, text: Text) -> str:
        return self.study.text_content(text.content_hash)

    # going

    def object_key(self) -> str:
        """Give the excerpt at the cursor."""
        return f"excerpt:{self.waiting.excerpt.id}" if self.waiting is not None else ""

    def place(self) -> Callable[[], None]:
        """Come back to the excerpt."""
        return lambda: self.set_focus(self._list)

    @on(LineList.Opened, "#waiting")
    def _open_passage(self) -> None:
        if self.waiting is not None:
            self.workbench.open_passage(self.waiting.text.id, self.waiting.excerpt.passage)

    def action_show_kept(self) -> None:
        """Show also what was decided to stay, or no longer."""
        self._with_kept = not self._with_kept
        self.refresh_study()

    @work
    async def action_compare(self) -> None:
        """Compare the two versions of the excerpt at the cursor."""
        if (each := self.waiting) is not None:
            await dialogs.show_difference(self.workbench, each.text.id, each.latest.id)

    # deciding

    def _to_decide(self) -> Waiting | None:
        return self.waiting if self.waiting is not None and self.workbench.may_decide() else None

    @work
    async def action_place(self) -> None:
        """Put the excerpt at the cursor to the place proposed."""
        if (each := self._to_decide()) is not None:
            await self._place_at(each, None)

    @work
    async def action_elsewhere(self) -> None:
        """Choose where the excerpt at the cursor stands in the new version."""
        each = self._to_decide()
        if each is None:
            return
        begin = each.left.passage if each.left is not None else Passage(0, 0)
        if not len(begin):
            here, there = self.study.places(each.text), self.study.places(each.latest)
            at = same_place(each.excerpt.start, here, there)
            begin = Passage(at, at)
        words = shortened(" ".join(each.excerpt.quote.split()), 160)
        title = f"Where does “{words}” stand in {self._named(each.latest)}?"
        passage = await dialogs.choose_passage(self.workbench, each.latest, title, begin=begin)
        if passage is not None:
            await self._place_at(each, passage)

    async def _place_at(self, each: Waiting, passage: Passage | None) -> None:
        from workbench.stages.revising import place_excerpt

        await self.workbench.attempt_with_reason(
            lambda reason: place_excerpt(self.study, each.excerpt.id, passage, reason=reason),
            done="The excerpt stands on the new version; what rests on other words is stale.",
        )

    @work
    async def action_keep(self) -> None:
        """Leave the excerpt at the cursor on the old version."""
        from workbench.stages.revising import keep_excerpt

        each = self._to_decide()
        reason = await self.workbench.ask(GiveReason("It stays on the old version.")) if each else None
        if each is not None and reason is not None:
            self.workbench.attempt(
                lambda: keep_excerpt(self.study, each.excerpt.id, reason=reason),
                done="The excerpt stays where it is, and stays marked.",
            )
