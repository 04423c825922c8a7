"""The screen of reviews: everything under one code across cases, and what waits for a second look."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from workbench.model.coding import Coding
from workbench.model.framework import Code
from workbench.tui.actions import bindings
from workbench.tui.dialogs import ChooseCode, GiveReason
from workbench.tui.dialogs.choose_code import definition_of
from workbench.tui.display import content
from workbench.tui.screen import StageScreen
from workbench.tui.stages import coding_dialogs, memo_dialogs
from workbench.tui.widgets.hit_list import Found, HitList
from workbench.tui.widgets.line_list import LineList
from workbench.tui.wording import several

if TYPE_CHECKING:
    from workbench.stages.reviewed_codings import ReviewedCoding


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which codings to review."""

    what: str = ""
    """`code`, `waiting` or `doubt`; empty before anything is chosen."""
    code_id: str = ""


class ReviewScreen(StageScreen):
    """Read codings with their context side by side, and sort them anew."""

    STAGE: ClassVar[str] = "review"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("review")]
    DEFAULT_CSS = """
    ReviewScreen #shown { width: 3fr; height: 1fr; }
    ReviewScreen #told { height: auto; padding: 0 1; color: $text-muted; }
    ReviewScreen #aside { width: 2fr; height: 1fr; border-left: solid $panel; padding: 0 1; }
    ReviewScreen.-narrow #body { layout: vertical; }
    ReviewScreen.-narrow #shown { width: 100%; height: 1fr; }
    ReviewScreen.-narrow #aside { width: 100%; height: 30%; border-left: none; border-top: solid $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._wanted = Wanted()
        self._why: dict[str, str] = {}
        self._places: dict[str, str] = {}

    def compose_body(self) -> ComposeResult:
        """Lay out the codings, and the definition beside them."""
        with Vertical(id="shown"):
            yield Static("", id="told", markup=False)
            yield HitList(lambda hit: self._places[hit.coding_id], id="reviewed")
        with VerticalScroll(id="aside", can_focus=False):
            yield Static("", id="meaning", markup=False)

    def on_mount(self) -> None:
        """Begin with what waits, where anything does."""
        self._list.focus()
        if not self._wanted.what:
            self._show(Wanted("waiting"))

    @property
    def _list(self) -> HitList:
        return self.query_one(HitList)

    # showing

    def review_code(self, code_id: str) -> None:
        """Show the codings under a code."""
        self._show(Wanted("code", code_id))
        self._list.focus()

    def _show(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self.refresh_study()

    def refresh_study(self) -> None:
        """Show the codings as they are now."""
        if not self._wanted.what:
            return
        from workbench.stages import reviewed_codings as reviewed

        match self._wanted.what:
            case "code":
                found = reviewed.under_code(self.study, self._wanted.code_id)
            case "waiting":
                found = reviewed.waiting(self.study)
            case _:
                found = reviewed.in_doubt(self.study)
        self._why = {each.coding.id: each.why for each in found}
        self._places = {each.coding.id: each.place for each in found}
        self._list.show_hits([self._hit(each) for each in found], ticked=False)
        self._list.say_empty(_EMPTY[self._wanted.what])
        self.query_one("#told", Static).update(content(self._title(len(found))))
        self._describe()

    def _title(self, count: int) -> str:
        match self._wanted.what:
            case "code":
                code = self.study.framework.codes[self._wanted.code_id]
                return f"{self.study.framework.label(code)}: {several(count, 'coding')} across all cases"
            case "waiting":
                return f"{several(count, 'coding')} to look at again since the framework changed"
            case _:
                return f"{several(count, 'coding')} in doubt"

    def _hit(self, each: ReviewedCoding) -> Found:
        label = "" if self._wanted.what == "code" else self._label(each.coding)
        doubt = "in doubt" if each.coding.doubtful else ""
        return Found(
            each.text,
            each.document,
            each.cases,
            each.excerpt.passage,
            each.before,
            each.excerpt.quote,
            each.after,
            each.coding.id,
            " · ".join(part for part in (label, each.coding.coder, doubt, *each.minded) if part),
        )

    def _label(self, coding: Coding) -> str:
        return self.study.framework.label(self.study.framework.codes[coding.code_id])

    @on(LineList.Moved, "#reviewed")
    def _describe(self) -> None:
        parts: list[Content] = []
        code = self._code()
        if code is not None:
            parts.append(definition_of(self.study.framework, code))
        if (hit := self._list.hit) is not None:
            if why := self._why.get(hit.coding_id):
                parts.append(Content.assemble(content("look again: ", "bold"), content(why)))
            words = Content.assemble(
                content(hit.before, "dim"),
                content(hit.words, "bold", newlines=True),
                content(hit.after, "dim"),
            )
            parts.append(words)
        self.query_one("#meaning", Static).update(Content("\n\n").join(parts))

    def _code(self) -> Code | None:
        """Give the code that is reviewed, or that of the coding under the cursor."""
        codes = self.study.framework.codes
        if self._wanted.code_id:
            return codes.get(self._wanted.code_id)
        hit = self._list.hit
        coding = self.study.find(Coding, hit.coding_id) if hit is not None else None
        return codes.get(coding.code_id) if coding is not None else None

    def place(self) -> Callable[[], None]:
        """Come back to the coding."""
        return lambda: self.set_focus(self._list)

    @on(LineList.Opened, "#reviewed")
    def _go_there(self) -> None:
        if (hit := self._list.hit) is not None:
            self.workbench.open_passage(hit.text.id, hit.passage)

    # choosing

    @work
    async def action_choose(self) -> None:
        """Choose the code to review."""
        framework = self.study.framework
        recent = [code.id for code in coding_dialogs.codes_by_recency(self.study)]
        answer = await self.workbench.ask(
            ChooseCode(framework, recent, single=True, title="Review which code?")
        )
        if answer:
            self.review_code(answer[0])

    def action_waiting(self) -> None:
        """Show what waits for a second look."""
        self._show(Wanted("waiting"))

    def action_in_doubt(self) -> None:
        """Show what is flagged as doubtful."""
        self._show(Wanted("doubt"))

    def action_tick(self) -> None:
        """Tick the coding under the cursor, or untick it."""
        self._list.tick()

    def action_tick_all(self) -> None:
        """Tick all codings, or none."""
        self._list.tick_all()

    def object_key(self) -> str:
        """Give the coding at the cursor."""
        return f"coding:{self._list.hit.coding_id}" if self._list.hit is not None else ""

    # deciding

    def _meant(self) -> list[str]:
        """Give the codings that are ticked, or the one under the cursor where none is."""
        hits: Iterable[Found] = self._list.ticked or ([self._list.hit] if self._list.hit else [])
        ids = [hit.coding_id for hit in hits]
        return ids if ids and self.workbench.may_decide() else []

    async def _reason(self, ids: list[str], doing: str, *, needed: bool = False) -> str | None:
        """Ask for a reason where one is needed or a coding is another coder's."""
        others = {self.study.get(Coding, each).coder for each in ids} - {self.study.coder}
        if not others and not needed:
            return ""
        of = f" of {', '.join(sorted(others))}" if others else ""
        return await self.workbench.ask(GiveReason(f"{doing} {several(len(ids), 'coding')}{of}."))

    @work
    async def action_confirm(self) -> None:
        """Say that codings hold under the framework as it is."""
        from workbench.stages.coding_changes import confirm_codings

        ids = self._meant()
        reason = await self._reason(ids, "Keep", needed=True) if ids else None
        if reason is not None:
            self.workbench.attempt(
                lambda: confirm_codings(self.study, ids, reason=reason),
                done=f"{several(len(ids), 'coding')} looked at again and kept.",
            )

    @work
    async def action_recode(self) -> None:
        """Give codings another code, as one decision."""
        from workbench.stages.index import recode_all

        ids = self._meant()
        if not ids:
            return
        framework = self.study.framework
        recent = [code.id for code in coding_dialogs.codes_by_recency(self.study)]
        title = f"Which code for {several(len(ids), 'coding')}?"
        answer = await self.workbench.ask(ChooseCode(framework, recent, single=True, title=title))
        reason = await self._reason(ids, "Recode", needed=len(ids) > 1) if answer else None
        if answer and reason is not None:
            label = framework.label(framework.codes[answer[0]])
            self.workbench.attempt(
                lambda: recode_all(self.study, ids, answer[0], reason=reason),
                done=f"{several(len(ids), 'coding')} now {label}.",
            )

    @work
    async def action_uncode(self) -> None:
        """Take codings away, as one decision."""
        from workbench.stages.index import uncode

        ids = self._meant()
        reason = await self._reason(ids, "Take away", needed=len(ids) > 1) if ids else None
        if reason is not None:
            await self.workbench.attempt_with_reason(
                lambda why: uncode(self.study, *ids, reason=why or reason),
                done=f"{several(len(ids), 'coding')} taken away. u brings them back.",
            )

    @work
    async def action_memo(self) -> None:
        """Write a memo on the coding under the cursor."""
        hit = self._list.hit
        if hit is not None and self.workbench.may_decide():
            coding = self.study.get(Coding, hit.coding_id)
            named = f"{self._label(coding)}, {coding.coder}"
            await memo_dialogs.write_on_record(self.workbench, f"coding:{coding.id}", named)


_EMPTY = {
    "code": "Nothing is coded with it yet.",
    "waiting": "Nothing waits. c reads everything under a code.",
    "doubt": "No coding is in doubt.",
}
