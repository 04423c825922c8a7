"""The history screen: every decision, what it changed and why, and the way back to what it was about."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from workbench.model.decision import Decision, Verb
from workbench.stages.naming import Names
from workbench.stages.targets import target_of
from workbench.tui.actions import bindings
from workbench.tui.display import content
from workbench.tui.screen import StageScreen
from workbench.tui.stages.decision_difference import difference
from workbench.tui.stages.decision_log import PAGE, DecisionLog, Wanted
from workbench.tui.stages.going import go_to
from workbench.tui.widgets.decision_list import DecisionLine, DecisionList
from workbench.tui.widgets.line_list import LineList
from workbench.tui.wording import several

if TYPE_CHECKING:
    from workbench.tui.dialogs import Choice


class HistoryScreen(StageScreen):
    """Walk through the log, latest first."""

    STAGE: ClassVar[str] = "history"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("history")]
    DEFAULT_CSS = """
    HistoryScreen #log { width: 3fr; height: 1fr; }
    HistoryScreen #wanted { height: auto; color: $text-muted; padding: 0 1; }
    HistoryScreen #difference { width: 2fr; height: 1fr; border-left: solid $panel; padding: 0 1; }
    HistoryScreen #difference:focus { border-left: solid $primary; }
    HistoryScreen.-narrow #body { layout: vertical; }
    HistoryScreen.-narrow #log { width: 100%; height: 1fr; }
    HistoryScreen.-narrow #difference {
        width: 100%; height: 45%; border-left: none; border-top: solid $panel;
    }
    HistoryScreen.-narrow #difference:focus { border-top: solid $primary; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._wanted = Wanted()
        self._log: DecisionLog | None = None
        self._names: Names | None = None

    def compose_body(self) -> ComposeResult:
        """Lay out the log and what one decision changed."""
        with Vertical(id="log"):
            yield Static("", id="wanted", markup=False)
            yield DecisionList(id="decisions")
        with VerticalScroll(id="difference"):
            yield Static("", id="changed", markup=False)

    def on_mount(self) -> None:
        """Begin on the latest decision."""
        self._list.focus()

    @property
    def _list(self) -> DecisionList:
        return self.query_one(DecisionList)

    @property
    def decision(self) -> Decision | None:
        """Give the decision under the cursor."""
        return None if self._log is None or self._list.cursor is None else self._log.at(self._list.cursor)

    # showing

    def refresh_study(self) -> None:
        """Show the log as it stands, from its end."""
        self._names = Names(self.study)
        self._start(self._wanted)

    def _start(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._log = DecisionLog(self.study, wanted)
        self._show(cursor=0)
        if not self._log.is_complete:
            self._search(PAGE)

    def _show(self, *, cursor: int) -> None:
        assert self._log is not None
        self._list.show_decisions(self._log.count, self._line, cursor=cursor)
        found = several(self._log.count, "decision") + ("" if self._log.is_complete else " so far")
        held = f" {self._wanted} · w shows the whole log" if not self._wanted.is_all else ", latest first"
        self.query_one("#wanted", Static).update(content(found + held))
        self._describe()

    @work(exclusive=True, group="search")
    async def _search(self, enough: int) -> None:
        log = self._log
        if log is not None:
            await log.find_more(enough)
            if log is self._log:
                self._show(cursor=self._list.cursor or 0)

    def _line(self, item: int) -> DecisionLine:
        assert self._log is not None
        assert self._names is not None
        decision = self._log.at(item)
        return DecisionLine(
            decision.seq,
            decision.at[:16].replace("T", " "),
            decision.coder,
            decision.action,
            self._names.of(decision.subject, self._kept(decision)),
            decision.reason,
            "↶" if self.study.undone_by(decision.seq) is not None else "",
        )

    @staticmethod
    def _kept(decision: Decision) -> dict[str, object] | None:
        kept: dict[str, object] | None = decision.after.get(decision.subject) or decision.before.get(
            decision.subject
        )
        return kept

    @on(LineList.Moved, "#decisions")
    def _moved(self) -> None:
        self._describe()
        log, cursor = self._log, self._list.cursor
        if log is not None and cursor is not None and not log.is_complete and cursor >= log.count - 20:
            self._search(log.count + PAGE)

    def _describe(self) -> None:
        decision = self.decision
        shown = content("")
        if decision is not None and self._names is not None:
            undone = self.study.undone_by(decision.seq)
            shown = Content("\n").join(difference(decision, self._names, undone_by=undone))
        self.query_one("#changed", Static).update(shown)
        self.query_one("#difference").scroll_home(animate=False)

    @on(LineList.Opened, "#decisions")
    def _read_difference(self) -> None:
        self.query_one("#difference").focus()

    def place(self) -> Callable[[], None]:
        """Give the way back to the decision at the cursor."""
        seq = self.decision.seq if self.decision is not None else 0

        def return_there() -> None:
            if self._wanted.is_all and seq:
                self._list.go_to(self.study.head.count - seq)
            self._list.focus()

        return return_there

    # actions

    def action_back(self) -> None:
        """Go back from the difference to the log, or to where one came from."""
        if self.query_one("#difference").has_focus:
            self._list.focus()
        else:
            self.workbench.go_back()

    def action_go_to_object(self) -> None:
        """Go to what the decision was about."""
        if self.decision is None:
            return
        target = target_of(self.study, self.decision)
        if target is None:
            self.say("What this decision was about is no longer there, or has no place of its own.")
            return
        go_to(self.workbench, target)

    def action_undo_this(self) -> None:
        """Undo the decision at the cursor."""
        from workbench.stages import history

        decision = self.decision
        if decision is not None:
            done = f"Undone: decision {decision.seq}, {decision.action}."
            self.workbench.attempt(lambda: history.undo(self.study, decision.seq), done=done)

    @work
    async def action_by_coder(self) -> None:
        """Show the decisions of one coder."""
        from workbench.tui.dialogs import Choice

        rows = [Choice(name, name) for name in self._coders()]
        await self._narrow(
            "Whose decisions?", rows, lambda name: Wanted(name, self._wanted.action, self._wanted.words)
        )

    def _coders(self) -> list[str]:
        """Name the coders among the latest decisions; the log may be too long to ask for all."""
        latest = self.study.decisions(latest=1000)
        return sorted({self.study.coder, *(decision.coder for decision in latest)} - {""})

    @work
    async def action_by_action(self) -> None:
        """Show decisions of one kind."""
        from workbench.tui.dialogs import Choice

        rows = [Choice(verb.label, verb.label, verb.stage) for verb in Verb]
        await self._narrow(
            "Which decisions?", rows, lambda label: Wanted(self._wanted.coder, label, self._wanted.words)
        )

    async def _narrow(self, title: str, rows: list[Choice], wanted: Callable[[str], Wanted]) -> None:
        from workbench.tui.dialogs import ChooseFrom

        chosen = await self.workbench.ask(ChooseFrom(title, rows))
        if chosen:
            self._start(wanted(chosen[0]))

    @work
    async def action_find(self) -> None:
        """Show decisions that hold some words."""
        from workbench.tui.dialogs import AskText

        words = await self.workbench.ask(AskText("Decisions with which words?", value=self._wanted.words))
        if words is not None:
            self._start(Wanted(self._wanted.coder, self._wanted.action, words.strip()))

    @work
    async def action_export(self) -> None:
        """Write an audit bundle, a report, the log or a checklist."""
        from workbench.tui.stages.audit_exports import export_for_audit

        await export_for_audit(self.workbench)

    @work
    async def action_redactions(self) -> None:
        """See and change what exports black out."""
        from workbench.tui.stages.audit_exports import edit_redactions

        await edit_redactions(self.workbench)

    def action_show_all(self) -> None:
        """Show the whole log."""
        self._start(Wanted())
