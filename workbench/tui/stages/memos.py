"""The screen of memos: all of them in one place, found, filtered, changed and written to a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from workbench.model.case import Case
from workbench.model.memo import MemoKind
from workbench.tui.actions import bindings
from workbench.tui.dialogs import AskText, Choice, ChooseFrom
from workbench.tui.display import content, shortened
from workbench.tui.exporting import ask_file, write_export
from workbench.tui.screen import StageScreen
from workbench.tui.stages import memo_dialogs
from workbench.tui.stages.going import go_to_record
from workbench.tui.widgets.line_list import LineList
from workbench.tui.wording import several

if TYPE_CHECKING:
    from workbench.stages.memos import AnchoredMemo
    from workbench.study.study import Study

_ANCHORS = ("study", "case", "document", "text", "passage", "theme", "code", "coding", "cell", "claim")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which memos to show; what is empty lets everything through."""

    kinds: tuple[MemoKind, ...] = ()
    on: tuple[str, ...] = ()
    coder: str = ""
    case: Case | None = None
    words: str = ""

    def __str__(self) -> str:
        parts = [
            " or ".join(self.kinds),
            self.on and "on " + " or ".join(self.on),
            self.coder and f"by {self.coder}",
            self.case and f"in {self.case.name}",
            self.words and f"with “{self.words}”",
        ]
        return ", ".join(part for part in parts if part)


class MemosScreen(StageScreen):
    """Every memo of the study, and the way to what it is on."""

    STAGE: ClassVar[str] = "memos"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("memos")]
    DEFAULT_CSS = """
    MemosScreen #found { width: 3fr; height: 1fr; }
    MemosScreen #wanted { height: auto; color: $text-muted; padding: 0 1; }
    MemosScreen #whole { width: 2fr; height: 1fr; border-left: solid $panel; padding: 0 1; }
    MemosScreen.-narrow #body { layout: vertical; }
    MemosScreen.-narrow #found { width: 100%; height: 1fr; }
    MemosScreen.-narrow #whole { width: 100%; height: 35%; border-left: none; border-top: solid $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._wanted = Wanted()
        self._memos: list[AnchoredMemo] = []

    def compose_body(self) -> ComposeResult:
        """Lay out the list and the memo under its cursor."""
        with Vertical(id="found"):
            yield Static("", id="wanted", markup=False)
            yield LineList(id="memos", lines_each=2, empty="There is no such memo.")
        with VerticalScroll(id="whole", can_focus=False):
            yield Static("", id="memo", markup=False)

    def on_mount(self) -> None:
        """Begin on the latest memo."""
        self._list.focus()

    @property
    def _list(self) -> LineList:
        return self.query_one("#memos", LineList)

    @property
    def anchored(self) -> AnchoredMemo | None:
        """Give the memo under the cursor."""
        return self._list.at_cursor(self._memos)

    # showing

    def refresh_study(self) -> None:
        """Show the memos as they are, the latest first; the cursor stays on its memo."""
        from workbench.stages.memos import anchored_memos

        wanted, here = self._wanted, self.anchored
        self._memos = anchored_memos(
            self.study,
            kinds=wanted.kinds,
            on=wanted.on,
            coder=wanted.coder,
            case_id=wanted.case.id if wanted.case else "",
            words=wanted.words,
        )[::-1]
        ids = [each.memo.id for each in self._memos]
        cursor = ids.index(here.memo.id) if here is not None and here.memo.id in ids else 0
        self._list.show_items(len(self._memos), self._draw, cursor=cursor)
        held = f": {wanted} · w shows all" if str(wanted) else ", latest first"
        self.query_one("#wanted", Static).update(content(several(len(self._memos), "memo") + held))
        self._describe()

    def _draw(self, item: int, columns: int) -> list[Content]:
        each = self._memos[item]
        became = " · became a code" if each.memo.became else ""
        head = f"{each.memo.kind} on {each.on} {each.name} · {each.memo.coder} · {each.memo.at[:10]}{became}"
        words = " ".join(each.memo.content.split())
        return [
            content(shortened(head, columns), "dim"),
            content(f"  {shortened(words, max(columns - 2, 1))}"),
        ]

    @on(LineList.Moved, "#memos")
    def _describe(self) -> None:
        each = self.anchored
        parts: list[Content] = []
        if each is not None:
            parts.append(content(f"{each.memo.kind} on {each.on}", "bold"))
            parts.append(content(each.name))
            parts.append(content(f"{each.memo.coder} · {each.memo.at[:16].replace('T', ' ')}", "dim"))
            parts.append(content(each.memo.content, newlines=True))
            for label, words in memo_dialogs.told_of_translation(each.memo):
                parts.append(Content.assemble(content(f"{label}: ", "bold"), content(words, newlines=True)))
            if each.quote:
                parts.append(content(f"“{each.quote}”", "italic", newlines=True))
        self.query_one("#memo", Static).update(Content("\n").join(parts))

    def object_key(self) -> str:
        """Give the memo at the cursor."""
        return f"memo:{self.anchored.memo.id}" if self.anchored is not None else ""

    def place(self) -> Callable[[], None]:
        """Give the way back to the list."""
        return lambda: self.set_focus(self._list)

    # going

    @on(LineList.Opened, "#memos")
    def _go_there(self) -> None:
        if self.anchored is not None and not go_to_record(self.workbench, self.anchored.memo.anchor):
            self.say("This memo is on something that has no place of its own on a screen.")

    # deciding

    @work
    async def action_add(self) -> None:
        """Write a memo on the study, on a case, a theme or a code."""
        if not self.workbench.may_decide():
            return
        rows = [Choice("setting:title", "the study"), *_anchors(self.study)]
        chosen = await self.workbench.ask(ChooseFrom("A memo on what?", rows))
        kind = await self._ask_kind(MemoKind.REFLECTION) if chosen else None
        if chosen and kind is not None:
            named = next(row.label for row in rows if row.id == chosen[0])
            await memo_dialogs.write_on_record(self.workbench, chosen[0], named, kind=kind)
            self._list.go_to(0)

    @work
    async def action_edit(self) -> None:
        """Change the memo under the cursor."""
        if self.anchored is not None and self.workbench.may_decide():
            await memo_dialogs.edit(self.workbench, self.anchored.memo)

    @work
    async def action_change_kind(self) -> None:
        """Change what the memo under the cursor is for."""
        from workbench.stages.familiarise import edit_memo

        each = self.anchored
        if each is None or not self.workbench.may_decide():
            return
        kind = await self._ask_kind(each.memo.kind)
        if kind is not None and kind is not each.memo.kind:
            self.workbench.attempt(
                lambda: edit_memo(self.study, each.memo.id, each.memo.content, kind=kind),
                done=f"The memo is now a {kind}.",
            )

    async def _ask_kind(self, first: MemoKind) -> MemoKind | None:
        kinds = [first, *(kind for kind in MemoKind if kind is not first)]
        chosen = await self.workbench.ask(ChooseFrom("What is the memo for?", [Choice(k, k) for k in kinds]))
        return MemoKind(chosen[0]) if chosen else None

    @work
    async def action_remove(self) -> None:
        """Take the memo under the cursor away."""
        if self.anchored is not None and self.workbench.may_decide():
            await memo_dialogs.remove(self.workbench, self.anchored.memo)

    # filtering

    def _show(self, **changes: Any) -> None:
        self._wanted = replace(self._wanted, **changes)
        self.refresh_study()

    @work
    async def action_find(self) -> None:
        """Show the memos that hold some words, in the memo, in the passage or in what it is on."""
        words = await self.workbench.ask(
            AskText("Memos with which words?", value=self._wanted.words, required=False)
        )
        if words is not None:
            self._show(words=words.strip())

    @work
    async def action_by_kind(self) -> None:
        """Show memos of some kinds."""
        rows = [Choice(kind, kind, chosen=kind in self._wanted.kinds) for kind in MemoKind]
        chosen = await self.workbench.ask(ChooseFrom("Memos of which kinds?", rows, multiple=True))
        if chosen is not None:
            self._show(kinds=tuple(map(MemoKind, chosen)))

    @work
    async def action_by_anchor(self) -> None:
        """Show memos on some kinds of record."""
        rows = [Choice(kind, kind, chosen=kind in self._wanted.on) for kind in _ANCHORS]
        chosen = await self.workbench.ask(ChooseFrom("Memos on what?", rows, multiple=True))
        if chosen is not None:
            self._show(on=tuple(chosen))

    @work
    async def action_by_case(self) -> None:
        """Show the memos of one case."""
        cases = self.study.all(Case, order="position")
        chosen = await self.workbench.ask(
            ChooseFrom("Memos of which case?", [Choice(case.id, case.name) for case in cases])
        )
        if chosen:
            self._show(case=next(case for case in cases if case.id == chosen[0]))

    @work
    async def action_by_coder(self) -> None:
        """Show the memos of one coder."""
        from workbench.model.memo import Memo

        coders = sorted({memo.coder for memo in self.study.all(Memo)})
        chosen = await self.workbench.ask(
            ChooseFrom("Whose memos?", [Choice(coder, coder) for coder in coders])
        )
        if chosen:
            self._show(coder=chosen[0])

    def action_show_all(self) -> None:
        """Show all memos."""
        self._wanted = Wanted()
        self.refresh_study()

    # writing to a file

    @work
    async def action_export(self) -> None:
        """Ask for format and file, and write the memos shown."""
        from workbench.exchange.memo_list import FORMATS
        from workbench.stages.memos import write_chosen

        shown = self._memos[::-1]
        title = f"Write {several(len(shown), 'memo')} as which format?"
        format = await self.workbench.ask(ChooseFrom(title, [Choice(each, each) for each in FORMATS]))
        if not format:
            return
        name = f"memos.{format[0]}"
        export = await ask_file(self.workbench, "Write the memos to which file?", value=name, kind="memos")
        if export is not None:
            ids = [each.memo.id for each in shown]
            await write_export(
                self.workbench, export, lambda study, _: write_chosen(study, ids, format=format[0])
            )


def _anchors(study: Study) -> list[Choice]:
    """Offer the cases, themes and codes; passages, codings and cells have memos on their own screens."""
    framework = study.framework
    rows = [Choice(f"case:{case.id}", case.name, "case") for case in study.all(Case, order="position")]
    for theme, _ in framework.walk():
        number = framework.theme_number(theme.id)
        rows.append(Choice(f"theme:{theme.id}", f"{number} {theme.name}", "theme"))
        rows += [
            Choice(f"code:{code.id}", framework.label(code), "code") for code in framework.codes_of(theme.id)
        ]
    return rows
