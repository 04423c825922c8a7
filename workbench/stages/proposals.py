"""Proposals of an edited workbook: what it would change, and what becomes of that.

The file is the list: a number means the same edit as long as the file is the same. What was exported is read
from the log. An accepted proposal is one ordinary decision; one that is left as it is becomes a memo on the
cell, so that the next reading knows it. Both name the file, its SHA-256 and the row.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from workbench.errors import ReasonMissing, Refused
from workbench.model.cell import Cell, CellState
from workbench.model.memo import Memo
from workbench.stages import chart
from workbench.stages.familiarise import write_memo
from workbench.stages.reason import is_given
from workbench.study.log import Finding
from workbench.study.study import Study


class Part(StrEnum):
    """What one proposal is about; a status and its note go together."""

    SUMMARY = "summary"
    COMMENT = "comment"
    STATUS = "status"
    STATE = "state"


class Standing(StrEnum):
    """How far a proposal has come."""

    OPEN = "open"
    CONFLICT = "conflict"
    """Open, and the cell changed in the study since the export."""
    DONE = "done"
    """The study says so already."""
    LEFT = "left as it is"
    """Somebody looked at it and did not take it."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One edit of a workbook that can be accepted or left."""

    number: int
    part: Part
    row: int
    place: str
    """The cell of the workbook: `Cells!E7`."""
    case: str
    """Name of the case."""
    code: str
    """Number and name of the code."""
    exported: Cell
    edited: Cell
    """The cell as it would be, had nothing else changed since."""
    now: Cell
    words: tuple[str, str, str]
    """What the part said when it was exported, what it says in the workbook, and what the study says now."""
    standing: Standing
    file: str
    digest: str
    """SHA-256 of the file."""

    @property
    def label(self) -> str:
        """Name the cell by its case and code."""
        return f"{self.case} × {self.code}"

    @property
    def is_open(self) -> bool:
        """Tell whether somebody has to look at it still."""
        return self.standing in (Standing.OPEN, Standing.CONFLICT)


@dataclass(frozen=True, slots=True)
class Proposals:
    """What an edited workbook proposes, and what in it cannot be taken."""

    items: tuple[Proposal, ...]
    findings: tuple[Finding, ...]

    @property
    def open(self) -> tuple[Proposal, ...]:
        """List what somebody has to look at still."""
        return tuple(item for item in self.items if item.is_open)

    @property
    def without_conflict(self) -> tuple[Proposal, ...]:
        """List what can be accepted all at once: it changes nothing that changed since the export."""
        return tuple(item for item in self.items if item.standing is Standing.OPEN)


def accept(study: Study, proposal: Proposal, *, reason: str) -> None:
    """Let the study say what a proposal says, by the ordinary action with all its rules.

    Raises ReasonMissing without a reason, and Refused where the cell changed since the proposal was read.
    """
    _refuse_unfit(proposal, reason)
    case_id, code_id, edited = proposal.now.case_id, proposal.now.code_id, proposal.edited
    now = chart.cell_of(study, case_id, code_id) or unassessed(case_id, code_id)
    if proposal.part is not Part.STATE and value_of(now, proposal.part) != value_of(
        proposal.now, proposal.part
    ):
        raise Refused("The cell changed since the proposals were read.", do="Read the workbook again.")
    origin = f"Proposal from {proposal.file} (SHA-256 {proposal.digest}), row {proposal.row}"
    why = f"{origin}: {reason.strip()}"
    with _standing_reason(study, why):
        if proposal.part is Part.SUMMARY:
            chart.write_cell(study, case_id, code_id, summary=edited.summary, citations=edited.citations)
        elif proposal.part is Part.COMMENT:
            chart.write_cell(study, case_id, code_id, comment=edited.comment)
        elif proposal.part is Part.STATUS:
            chart.set_status(study, case_id, code_id, edited.status_id, note=edited.status_note)
        elif now.state is CellState.STALE and edited.state is CellState.REVIEWED:
            chart.clear_stale(study, case_id, code_id, reason=why)
        else:
            chart.mark_cell(study, case_id, code_id, edited.state)


def leave(study: Study, proposal: Proposal, *, reason: str) -> Memo:
    """Leave the study as it is, and say so in a memo on the cell, or on its code where nobody assessed it."""
    _refuse_unfit(proposal, reason)
    key = f"cell:{proposal.now.id}"
    anchor = key if study.by_key(key) is not None else f"code:{proposal.now.code_id}"
    said = proposal.words[1] or "nothing"
    mark = left_mark(proposal.digest, proposal.row, proposal.part)
    content = f"Proposal from {proposal.file} {mark}: {reason.strip()}\n"
    content += f"{proposal.label}: the workbook says: {said}"
    return write_memo(study, anchor, content)


def _refuse_unfit(proposal: Proposal, reason: str) -> None:
    if not proposal.is_open:
        raise Refused(f"Proposal {proposal.number} is {proposal.standing} already.")
    if not is_given(reason):
        raise ReasonMissing("What becomes of a proposal needs a reason.", do="Say why with --reason.")


def left_mark(digest: str, row: int, part: Part) -> str:
    """Give the words by which the memo of a proposal that was left is known when the file is read again."""
    return f"(SHA-256 {digest}), row {row}, {part}, left as it is"


@contextmanager
def _standing_reason(study: Study, reason: str) -> Iterator[None]:
    before, study.standing_reason = study.standing_reason, reason
    try:
        yield
    finally:
        study.standing_reason = before


def unassessed(case_id: str, code_id: str) -> Cell:
    """Give a cell that nobody has assessed."""
    return Cell(Cell.key(case_id, code_id), case_id, code_id, state=CellState.NOT_ASSESSED)


def value_of(cell: Cell, part: Part) -> Any:
    """Give what a part of a cell says, to be compared."""
    if part is Part.SUMMARY:
        return cell.summary, dict(cell.citations)
    if part is Part.COMMENT:
        return cell.comment
    return (cell.status_id, cell.status_note) if part is Part.STATUS else cell.state
