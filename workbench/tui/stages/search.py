"""The screen of searches: words in texts and codes in codings, hits in context, coded in one go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from workbench.model.case import Case
from workbench.model.text import Passage
from workbench.study.queries import excerpt_at
from workbench.tui.actions import bindings
from workbench.tui.dialogs import Choice, ChooseCode, ChooseFrom
from workbench.tui.display import content, shortened
from workbench.tui.screen import StageScreen
from workbench.tui.stages import coding_dialogs
from workbench.tui.stages.searching import MODES, Asked, Outcome, search
from workbench.tui.stages.texts import label_of
from workbench.tui.widgets.entry import EntryLine
from workbench.tui.widgets.hit_list import Found, HitList
from workbench.tui.widgets.line_list import LineList
from workbench.tui.wording import several

if TYPE_CHECKING:
    from workbench.stages.search_scope import Citations

_EVERYWHERE = "the whole corpus"
_SPREADS = ("the words", "the sentences", "the paragraphs")


class SearchScreen(StageScreen):
    """Find passages in all texts, go there and back, and code them."""

    STAGE: ClassVar[str] = "search"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("search")]
    DEFAULT_CSS = """
    SearchScreen #asked { height: 1; padding: 0 1; background: $panel; }
    SearchScreen #mode { width: auto; color: $text-muted; }
    SearchScreen #query { width: 1fr; }
    SearchScreen #told { height: 1; padding: 0 1; color: $text-muted; text-wrap: nowrap; }
    SearchScreen #hits { height: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._asked = Asked("")
        self._where = _EVERYWHERE
        self._under_way = False
        self._spread = 0
        self._citations: Citations | None = None

    def compose_body(self) -> ComposeResult:
        """Lay out the line to type in, what came of it, and the hits."""
        with Vertical():
            with Horizontal(id="asked"):
                yield Static("", id="mode", markup=False)
                yield EntryLine(placeholder="type what to search for", id="query")
            yield Static("", id="told", markup=False)
            yield HitList(self._cite, empty="Press / and type what to search for.", id="hits")

    def on_mount(self) -> None:
        """Begin with the line to type in."""
        self._show_mode()
        self.query_one(EntryLine).focus()

    @property
    def _list(self) -> HitList:
        return self.query_one(HitList)

    def _cite(self, hit: Found) -> str:
        from workbench.stages.search_scope import Citations

        self._citations = self._citations or Citations(self.study)
        return self._citations.of(hit.text, hit.passage)

    def _show_mode(self) -> None:
        self.query_one("#mode", Static).update(content(f"{self._asked.mode} in {self._where}: "))

    def _tell(self, words: str) -> None:
        self.query_one("#told", Static).update(content(words))

    # asking

    def action_ask(self) -> None:
        """Type what to search for, in place of what was searched for."""
        line = self.query_one(EntryLine)
        line.focus()
        line.action_select_all()

    @work
    async def action_mode(self) -> None:
        """Choose how the words are read."""
        rows = [Choice(mode, mode, means) for mode, means in MODES.items()]
        answer = await self.workbench.ask(ChooseFrom("Read what is typed as what?", rows))
        if answer:
            self._ask_again(replace(self._asked, mode=answer[0]))

    @work
    async def action_scope(self) -> None:
        """Choose where to search."""
        rows = [Choice("", _EVERYWHERE)]
        rows += [Choice(case.id, case.name, "case") for case in self.study.all(Case, order="position")]
        for each in self.workbench.coverage.documents():
            rows.append(Choice(each.document.id, each.document.key, f"document · {each.document.title}"))
            rows += [
                Choice(text.id, f"{each.document.key} · {label_of(text)}", "text") for text in each.texts
            ]
        from workbench.stages.search_scope import condition_of

        title = "Search where? Or type an attribute: case.kind=city, document.type=ordinance"
        answer = await self.workbench.ask(ChooseFrom(title, rows, free=condition_of))
        if not answer:
            return
        row = next((row for row in rows if row.id == answer[0]), None)
        self._where = row.label if row else answer[0]
        within, condition = (frozenset(answer) - {""}, "") if row else (frozenset[str](), answer[0])
        self._ask_again(replace(self._asked, within=within, condition=condition))

    def search_for(self, words: str, mode: str, within: frozenset[str], where: str) -> None:
        """Search for words that another screen asks about."""
        self._where = where if within else _EVERYWHERE
        self._asked = Asked(words, mode, within)
        with self.prevent(Input.Changed):
            self.query_one(EntryLine).value = words
        self._ask_again(self._asked)

    def _ask_again(self, asked: Asked) -> None:
        line = self.query_one(EntryLine)
        if self._under_way:
            self._stop()
        self._asked = replace(asked, words=line.value)
        self._show_mode()
        if line.value.strip():
            self._begin()
        else:
            line.focus()

    @on(Input.Submitted, "#query")
    def _asked_for(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self._asked = replace(self._asked, words=event.value)
            self._begin()
        else:
            self.say("There is nothing to search for. Type at least one letter.", alarm=True)

    @on(Input.Changed, "#query")
    def _typed_on(self, event: Input.Changed) -> None:
        if self._asked.words and event.value != self._asked.words and not self._under_way:
            held = several(self._list.count, "hit")
            self._tell(f"{held} of “{shortened(self._asked.words, 30)}” · enter searches what is typed")

    # searching

    def _begin(self) -> None:
        self._under_way = True
        self._list.begin("Searching …")
        self._tell("searching … escape stops")
        self._list.focus()
        self._search(self._asked)

    @work(thread=True, exclusive=True, group="search")
    def _search(self, asked: Asked) -> None:
        worker = get_current_worker()

        def deliver(hits: list[Found]) -> None:
            if not worker.is_cancelled:
                self.app.call_from_thread(self._add, asked, hits)

        outcome = search(self.study, asked, deliver=deliver, stopped=lambda: worker.is_cancelled)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._end, asked, outcome)

    def _add(self, asked: Asked, hits: list[Found]) -> None:
        if asked is self._asked:
            self._list.add(hits)
            self._tell(f"{several(self._list.count, 'hit')} so far … escape stops")

    def _end(self, asked: Asked, outcome: Outcome) -> None:
        if asked is not self._asked:
            return
        self._under_way = False
        self._list.say_empty("Nothing was found." if not outcome.failure else "The search did not end.")
        of = f"{self._list.texts} of {several(outcome.texts, 'text')} searched"
        parts = [f"{several(self._list.count, 'hit')} in {of}"]
        if outcome.failure:
            parts.insert(0, "not all was searched" if outcome.texts else "not searched")
        if outcome.is_full:
            parts.append("there are more: narrow the search")
        parts += outcome.remarks
        self._tell(
            " · ".join([*parts, "enter goes there, a codes those ticked"] if self._list.count else parts)
        )
        if outcome.failure:
            self.say(outcome.failure, alarm=True)

    def _stop(self) -> None:
        self.workers.cancel_group(self, "search")
        self._under_way = False
        self._list.say_empty("The search was stopped.")
        self._tell(f"stopped after {several(self._list.count, 'hit')}")

    def leave(self) -> None:
        """Stop what is under way."""
        if self._under_way:
            self._stop()

    def action_back(self) -> None:
        """Stop the search, leave the line, or go back to where one came from."""
        if self._under_way:
            self._stop()
        elif self.query_one(EntryLine).has_focus and self._list.count:
            self._list.focus()
        else:
            super().action_back()

    # going and coding

    @on(LineList.Opened, "#hits")
    def _go_there(self) -> None:
        if (hit := self._list.hit) is not None:
            self.workbench.open_passage(hit.text.id, hit.passage)

    def object_key(self) -> str:
        """Give the coding, the passage or else the document of the hit at the cursor."""
        hit = self._list.hit
        if hit is None:
            return ""
        if hit.coding_id:
            return f"coding:{hit.coding_id}"
        passage = excerpt_at(self.study, hit.text.id, hit.passage.start, hit.passage.end)
        return f"excerpt:{passage.id}" if passage is not None else f"document:{hit.text.document_id}"

    def text_place(self) -> tuple[str, Passage] | None:
        """Give the passage of the hit at the cursor."""
        hit = self._list.hit
        return (hit.text.id, hit.passage) if hit is not None else None

    def place(self) -> Callable[[], None]:
        """Come back to the hit."""
        return lambda: self.set_focus(self._list)

    def action_tick(self) -> None:
        """Tick the hit under the cursor, or untick it."""
        self._list.tick()

    def action_tick_all(self) -> None:
        """Tick all hits, or none."""
        self._list.tick_all()

    def action_spread(self) -> None:
        """Change what is coded of each hit: its words, its sentence or its paragraph."""
        self._spread = (self._spread + 1) % len(_SPREADS)
        self.say(f"a codes {self._spread_name} of the ticked hits.")

    @property
    def _spread_name(self) -> str:
        return _SPREADS[self._spread]

    def _spread_over(self, hit: Found) -> tuple[str, Passage]:
        """Give what is coded of a hit: the passage itself, or the sentences or paragraphs it stands in."""
        from workbench.language.units import paragraph_at
        from workbench.stages.units import unit_finder

        if self._spread == 0:
            return hit.key
        content = self.study.text_content(hit.text.content_hash)
        first, last = hit.passage.start, max(hit.passage.start, hit.passage.end - 1)
        if self._spread == 1:
            find = unit_finder(self.study, hit.text)
            ends = find(first), find(last)
        else:
            ends = paragraph_at(content, first), paragraph_at(content, last)
        return hit.text.id, Passage(min(first, ends[0].start), max(hit.passage.end, ends[1].end))

    @work
    async def action_code(self) -> None:
        """Apply codes to all that is ticked."""
        from workbench.stages.coding_changes import code_hits

        hits = self._list.ticked
        if not self.workbench.may_decide():
            return
        if self._under_way or not hits:
            self.say(
                "Nothing is ticked." if not self._under_way else "The search is not done yet.", alarm=True
            )
            return
        framework = self.study.framework
        recent = [code.id for code in coding_dialogs.codes_by_recency(self.study)]
        what = f"{self._spread_name} of {several(len(hits), 'hit')} of “{self._asked.words}”"
        title = f"Codes for {self._spread_name} of {several(len(hits), 'ticked hit')}"
        codes = await self.workbench.ask(ChooseCode(framework, recent, title=title))
        if not codes:
            return
        names = " + ".join(framework.label(framework.codes[code]) for code in codes)
        places = list(dict.fromkeys(self._spread_over(hit) for hit in hits))
        made = await self.workbench.attempt_with_reason(
            lambda reason: code_hits(self.study, places, codes, reason=reason),
            what=f"Apply {names} to {what}",
        )
        if made is not None:
            self.say(f"{several(len(made), 'coding')} of {names} made. u takes all of them back.")
