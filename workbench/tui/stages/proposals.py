"""An edited workbook as the chart screen reads it: a list of proposals, each with what it changes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from workbench.errors import WorkbenchError
from workbench.tui.dialogs import AskText
from workbench.tui.dialogs.frame import Dialog
from workbench.tui.dialogs.give_reason import GiveReason
from workbench.tui.display import content, shortened
from workbench.tui.saving import path_of, read_chosen
from workbench.tui.stages.decision_difference import edited_words
from workbench.tui.widgets.line_list import LineList
from workbench.tui.wording import several

if TYPE_CHECKING:
    from workbench.exchange.edited_workbook import EditedWorkbook
    from workbench.stages.proposals import Proposal, Proposals
    from workbench.study.log import Finding
    from workbench.tui.app import Workbench

_SIGNS = {"open": "○", "conflict": "!", "done": "✓", "left as it is": "–"}
_KEYS = "a accept · r leave · A all without conflict · u undo · tab scrolls · enter opens · esc closes"


async def read_proposals(app: Workbench) -> None:
    """Ask for an edited workbook and show what it proposes; the cell that is chosen there is opened."""
    typed = await app.ask(AskText("Read which edited workbook? Path of the file."))
    if typed is None:
        return
    try:
        workbook = await asyncio.to_thread(_read, app, typed)
        found = _proposals(app, workbook)
    except WorkbenchError as error:
        app.say(str(error), alarm=True)
        return
    if not found.items and not found.findings:
        app.say("The workbook says what was exported: it proposes nothing.")
        return
    place = await app.ask(ProposalList(app, workbook, found))
    left = _proposals(app, workbook)
    app.attempt(lambda: None, done=f"{several(len(left.open), 'proposal')} of {workbook.name} still open.")
    if place is not None:
        app.open_cell(*place)


def _read(app: Workbench, typed: str) -> EditedWorkbook:
    from workbench.exchange.edited_workbook import read_edited
    from workbench.exchange.files import name_in_utf8

    path = path_of(typed, beside=app.path)
    return read_edited(name_in_utf8(path.parent / path.name).rpartition("/")[2], read_chosen(path))


def _proposals(app: Workbench, workbook: EditedWorkbook) -> Proposals:
    from workbench.stages.proposal_reading import proposals_of

    return proposals_of(app.study, workbook)


class ProposalList(Dialog[tuple[str, str] | None]):
    """Show the proposals of a workbook; the answer is the case and code of a cell to open."""

    DEFAULT_CSS = """
    ProposalList #proposals { height: auto; min-height: 3; max-height: 8; }
    ProposalList #difference { height: auto; min-height: 4; max-height: 10; border-top: solid $panel; }
    ProposalList #difference > Static { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "accept", "Accept", show=False),
        Binding("r", "leave", "Leave", show=False),
        Binding("A", "accept_all", "Accept all", show=False),
        Binding("u", "undo", "Undo", show=False),
    ]

    def __init__(self, app: Workbench, workbook: EditedWorkbook, found: Proposals) -> None:
        super().__init__(f"Proposals of {workbook.name}", keys=_KEYS)
        self._workbench = app
        self._workbook = workbook
        self._found = found
        self._reason = ""
        """Why; asked once and given to every decision made here."""
        self._made: list[int] = []
        """Numbers of the decisions that were made here, the latest last."""

    def compose_body(self) -> ComposeResult:
        """Lay out the list and the difference of the one at the cursor."""
        yield LineList(id="proposals")
        with VerticalScroll(id="difference"):
            yield Static("", id="words", markup=False)

    def on_mount(self) -> None:
        """Begin at the first that is open."""
        opened = [place for place, item in enumerate(self._found.items) if item.is_open]
        self._show(opened[0] if opened else 0)
        self._list.focus()

    @property
    def _list(self) -> LineList:
        return self.query_one(LineList)

    @property
    def _chosen(self) -> Proposal | None:
        """Give the proposal at the cursor; None where the cursor is at what cannot be taken."""
        cursor = self._list.cursor
        items = self._found.items
        return items[cursor] if cursor is not None and cursor < len(items) else None

    def _show(self, cursor: int) -> None:
        count = len(self._found.items) + len(self._found.findings)
        self._list.show_items(count, self._draw, cursor=cursor)
        self._show_difference()

    def _draw(self, item: int, columns: int) -> list[Content]:
        if item >= len(self._found.items):
            finding = self._found.findings[item - len(self._found.items)]
            return [content(shortened(f"× {finding.place}: {finding.what}", columns))]
        proposal = self._found.items[item]
        head = f"{_SIGNS[proposal.standing]} {proposal.number} {proposal.part}: "
        words = Content.assemble(
            content(head, "" if proposal.is_open else "dim"),
            content(shortened(proposal.label, max(columns - len(head), 1))),
        )
        return [words]

    @on(LineList.Moved)
    def _show_difference(self) -> None:
        cursor = self._list.cursor
        if cursor is None:
            return
        chosen = self._chosen
        unread = self._found.findings
        lines = list(_told(unread[cursor - len(self._found.items)]) if chosen is None else _lines(chosen))
        self.query_one("#words", Static).update(Content("\n").join(lines))
        self.query_one("#difference").scroll_home(animate=False)

    # deciding

    @work
    async def action_accept(self) -> None:
        """Let the study say what the proposal says."""
        from workbench.stages.proposals import accept

        chosen = self._chosen
        if chosen is not None and await self._has_reason():
            self._follow(self._refusal(lambda: accept(self._workbench.study, chosen, reason=self._reason)))

    @work
    async def action_leave(self) -> None:
        """Leave the study as it is, with a memo that says so."""
        from workbench.stages.proposals import leave

        chosen = self._chosen
        if chosen is not None and await self._has_reason():
            self._follow(self._refusal(lambda: leave(self._workbench.study, chosen, reason=self._reason)))

    @work
    async def action_accept_all(self) -> None:
        """Accept every proposal without conflict, one decision each; escape stops between two."""
        from workbench.study.backup import keep_before
        from workbench.study.backup_names import Why

        waiting = self._found.without_conflict
        if not waiting:
            self.remark("No proposal is open without conflict.")
        elif await self._has_reason():
            try:
                keep_before(self._workbench.study, Why.BULK)
            except WorkbenchError as error:
                self.remark(str(error))
                return
            self._workbench.busy = True
            try:
                refused = [told async for told in self._accepted(waiting)]
            finally:
                self._workbench.busy = False
            if self.is_attached:
                self._follow(f"{several(len(refused), 'proposal')} refused. {refused[0]}" if refused else "")

    async def _accepted(self, waiting: Sequence[Proposal]) -> AsyncIterator[str]:
        """Accept one after the other, and give what is said against those that are refused."""
        from workbench.stages.proposals import accept

        for number, proposal in enumerate(waiting, 1):
            if not self.is_attached:
                return
            refusal = self._refusal(partial(accept, self._workbench.study, proposal, reason=self._reason))
            if refusal:
                yield f"{proposal.number}: {refusal}"
            self.remark(f"{number} of {len(waiting)} …")
            await asyncio.sleep(0)

    def action_undo(self) -> None:
        """Undo the latest decision that was made here."""
        from workbench.stages import history

        if not self._made:
            self.remark("Nothing was decided here yet.")
            return
        seq = self._made[-1]
        try:
            history.undo(self._workbench.study, seq)
        except WorkbenchError as error:
            self.remark(str(error))
        else:
            self._made.pop()
            self._follow("", stay=True)

    def _refusal(self, action: Callable[[], object]) -> str:
        """Do one thing, and tell why it is refused; empty where it is done."""
        try:
            action()
        except WorkbenchError as error:
            return str(error)
        self._made.append(self._workbench.study.head.count)
        return ""

    async def _has_reason(self) -> bool:
        """Ask why, the first time."""
        if not self._workbench.may_decide():
            self.remark("The study is open for reading only.")
            return False
        if not self._reason:
            given = await self._workbench.ask(GiveReason("What becomes of these proposals is decided here."))
            self._reason = given or ""
        return bool(self._reason)

    def _follow(self, sentence: str, *, stay: bool = False) -> None:
        """Compare anew, and go to the next that is open."""
        cursor = self._list.cursor or 0
        self._found = _proposals(self._workbench, self._workbook)
        chosen = self._chosen
        items = self._found.items
        if chosen is not None and not chosen.is_open and not stay:
            cursor = next((place for place in range(cursor, len(items)) if items[place].is_open), cursor)
        self._show(cursor)
        self.remark(sentence)

    @on(LineList.Opened)
    def _open(self) -> None:
        chosen = self._chosen
        if chosen is not None:
            self.dismiss((chosen.now.case_id, chosen.now.code_id))


def _told(finding: Finding) -> Iterator[Content]:
    yield content(f"Not taken: {finding.place}", "bold")
    yield content(f"{finding.what} {finding.do}".rstrip(), newlines=True)


def _lines(proposal: Proposal) -> Iterator[Content]:
    """Show a difference word by word; for a conflict also the three texts."""
    exported, edited, now = proposal.words
    yield content(f"{proposal.label}: {proposal.part}, {proposal.place} ({proposal.standing})", "bold")
    yield Content.assemble(*edited_words(exported, edited))
    if proposal.standing == "conflict":
        yield content("The cell changed in the study since the export.", "bold")
        for head, words in (("exported", exported), ("edited", edited), ("now", now)):
            yield Content.assemble(content(f"{head}: ", "dim"), content(words, newlines=True))
