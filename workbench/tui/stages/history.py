"""The history screen: every decision, what it changed and why, and the way back to what it was about."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static
from textual.worker import get_current_worker

from workbench.errors import WorkbenchError
from workbench.model.decision import Decision
from workbench.model.decision_filter import DecisionFilter
from workbench.stages.naming import Names
from workbench.stages.targets import target_of
from workbench.tui.actions import bindings
from workbench.tui.display import content
from workbench.tui.stages.decision_difference import difference
from workbench.tui.stages.decision_log import DecisionLog, DecisionSearch
from workbench.tui.stages.going import go_to
from workbench.tui.stages.history_filters import HistoryFilters, in_words
from workbench.tui.widgets.decision_list import DecisionLine, DecisionList
from workbench.tui.widgets.line_list import LineList
from workbench.tui.wording import several


class HistoryScreen(HistoryFilters):
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
        self._log: DecisionLog | None = None
        self._names: Names | None = None
        self._sought = 0
        """The decision that the cursor is to come to once it is found."""

    @cached_property
    def _search(self) -> DecisionSearch:
        return DecisionSearch(self.study)

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

    @property
    def names(self) -> Names:
        """Give the names of what decisions are about, as the study stands."""
        if self._names is None:
            self._names = Names(self.study)
        return self._names

    def refresh_study(self) -> None:
        """Show the log as it stands, from its end."""
        self._names = None
        self.start(self.wanted)

    def start(self, wanted: DecisionFilter) -> None:
        """Show the decisions that are wanted, from the end of the log."""
        self.begin_at(wanted, 0)

    def begin_at(self, wanted: DecisionFilter, seq: int) -> None:
        """Show the decisions that are wanted, with the cursor on one of them once it is found."""
        self._stop_search()
        self.wanted, self._sought = wanted, seq
        self._log = DecisionLog(self.study, wanted)
        self._show(cursor=0)
        if not self._log.is_complete:
            self._look_for(self._log)

    def _show(self, *, cursor: int) -> None:
        assert self._log is not None
        if (place := self._log.place_of(self._sought)) is not None:
            cursor, self._sought = place, 0
        self._list.say_empty("No decision fits." if self._log.is_complete else "Looking …")
        self._list.show_decisions(self._log.count, self._line, cursor=cursor)
        found = several(self._log.count, "decision") + ("" if self._log.is_complete else " so far …")
        held = f" {in_words(self.wanted, self.names)} · w shows the whole log"
        shown = found + (", latest first" if self.wanted.is_all else held)
        self.query_one("#wanted", Static).update(content(shown))
        self._describe()

    @work(thread=True, exclusive=True, group="search")
    def _look_for(self, log: DecisionLog) -> None:
        worker = get_current_worker()

        def deliver(seqs: list[int]) -> None:
            if not worker.is_cancelled:
                self.app.call_from_thread(self._add, log, seqs)

        try:
            ended = self._search.run(log.wanted, deliver=deliver, is_stopped=lambda: worker.is_cancelled)
        except WorkbenchError as error:
            self.app.call_from_thread(self.say, str(error), alarm=True)
            return
        if ended:
            self.app.call_from_thread(self._end, log)

    def _add(self, log: DecisionLog, seqs: list[int]) -> None:
        if log is self._log:
            log.add(seqs)
            self._show(cursor=self._list.cursor or 0)

    def _end(self, log: DecisionLog) -> None:
        if log is self._log:
            log.is_complete = True
            self._show(cursor=self._list.cursor or 0)

    def _stop_search(self) -> None:
        self.workers.cancel_group(self, "search")
        self._search.stop()

    def leave(self) -> None:
        """Stop what is under way."""
        self._stop_search()

    def on_unmount(self) -> None:
        """Give the connection of the search back."""
        self._stop_search()
        self._search.close()

    def _line(self, item: int) -> DecisionLine:
        assert self._log is not None
        decision = self._log.at(item)
        return DecisionLine(
            decision.seq,
            decision.at[:16].replace("T", " "),
            decision.coder,
            decision.action,
            self.names.of(decision.subject, self._kept(decision)),
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
        self._sought = 0
        self._describe()

    def _describe(self) -> None:
        decision = self.decision
        shown = content("")
        if decision is not None:
            undone = self.study.undone_by(decision.seq)
            shown = Content("\n").join(difference(decision, self.names, undone_by=undone))
        self.query_one("#changed", Static).update(shown)
        self.query_one("#difference").scroll_home(animate=False)

    @on(LineList.Opened, "#decisions")
    def _read_difference(self) -> None:
        self.query_one("#difference").focus()

    def place(self) -> Callable[[], None]:
        """Give the way back to the decision at the cursor, among those that are wanted now."""
        seq, wanted = self.decision.seq if self.decision is not None else 0, self.wanted

        def return_there() -> None:
            self.begin_at(wanted, seq)
            self._list.focus()

        return return_there

    def object_key(self) -> str:
        """Give what the decision at the cursor is about."""
        return self.decision.subject if self.decision is not None else ""

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

    def action_as_of(self) -> None:
        """Show the whole study as it stood after the decision at the cursor."""
        if self.decision is not None:
            self._go_to_past(self.decision.seq)

    def _go_to_past(self, seq: int) -> None:
        from workbench.tui.past import go_to_past

        self.workbench.run_worker(go_to_past(self.workbench, seq), group="stages")

    @work
    async def action_as_of_time(self) -> None:
        """Show the whole study as it stood at a time or after a decision that is typed."""
        from workbench.stages.history import decision_of
        from workbench.tui.dialogs import AskText

        title = "As of when? The number of a decision, or a time (UTC)."
        given = await self.workbench.ask(AskText(title, placeholder="2025-04-01T09:30"))
        if not (given or "").strip():
            return
        try:
            seq = decision_of(self.workbench.today, given or "")
        except WorkbenchError as error:
            self.say(str(error), alarm=True)
            return
        self._go_to_past(seq)

    @work
    async def action_backups(self) -> None:
        """Make, look at or restore backups."""
        from workbench.tui.stages.backups import manage_backups

        await manage_backups(self.workbench)

    @work
    async def action_encryption(self) -> None:
        """Encrypt the study, or change or give up its passphrase."""
        from workbench.tui.stages.encryption import manage_encryption

        await manage_encryption(self.workbench)

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
