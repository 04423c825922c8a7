"""An edited workbook against what was exported and what the study says now, edit by edit.

What was exported is read from the log, as it stood at the decision that the workbook names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from workbench.errors import Refused, WorkbenchError, WrongUsage
from workbench.exchange.cells_sheet import id_shown, is_cut, shown
from workbench.exchange.edited_workbook import EditedRow, EditedWorkbook
from workbench.model.case import Case
from workbench.model.cell import Cell, CellState, Status
from workbench.model.citations import with_marks, without_marks
from workbench.model.framework import Code
from workbench.model.memo import Memo
from workbench.model.records import from_json
from workbench.model.redaction import MARK
from workbench.model.word_difference import taken_over
from workbench.stages import chart
from workbench.stages.proposals import (
    Part,
    Proposal,
    Proposals,
    Standing,
    left_mark,
    unassessed,
    value_of,
)
from workbench.study.chart_queries import cells_touched_since
from workbench.study.log import Finding
from workbench.study.study import Study

_HEADS = {
    Part.SUMMARY: ("Summary",),
    Part.COMMENT: ("Comment",),
    Part.STATUS: ("Status", "Note"),
    Part.STATE: ("State",),
}
_FOLLOWS = {
    CellState.REVIEWED: CellState.CHARTED,
    CellState.STALE: CellState.DRAFT,
    CellState.NOT_ASSESSED: CellState.DRAFT,
}
"""The state that an edit leaves a cell in."""


def proposals_of(study: Study, workbook: EditedWorkbook) -> Proposals:
    """Compare an edited workbook with what was exported and with the study as it is.

    Raises Refused where the workbook was exported from another study, or from a log that this one does not
    hold.
    """
    _refuse_foreign(study, workbook)
    comparing = _Comparing(study, workbook)
    items = tuple(comparing.items())
    return Proposals(items, (*workbook.findings, *comparing.findings))


def _refuse_foreign(study: Study, workbook: EditedWorkbook) -> None:
    origin, head = workbook.origin, study.head
    if not head.count or study.decision(1).hash != origin.study_id:
        raise Refused(
            f"“{workbook.name}” was exported from another study.", do="Name the study it came from."
        )
    if head.count < origin.count or study.decision(origin.count).hash != origin.hash:
        raise Refused(
            f"“{workbook.name}” was exported after decision {origin.count} with the hash {origin.hash[:16]}, "
            "which is not in this log: it comes from a later state or another copy of the study.",
            do="Name the copy it came from, or export the chart again.",
        )


class _Comparing:
    """Compares one workbook with one study."""

    def __init__(self, study: Study, workbook: EditedWorkbook) -> None:
        self._study = study
        self._workbook = workbook
        self._touched = cells_touched_since(study, workbook.origin.count)
        self._cases = {id_shown(case.id): case for case in study.all(Case)}
        self._codes = {id_shown(code.id): code for code in study.all(Code)}
        self._statuses = {status.id: status for status in study.all(Status)}
        self._memos = [memo.content for memo in study.all(Memo) if workbook.digest in memo.content]
        self.findings: list[Finding] = []

    def items(self) -> Iterator[Proposal]:
        """Give every edit with its number, row by row."""
        number = 0
        for row in self._workbook.rows:
            if any(MARK in words for words in row.changed.values()):
                what = f"Words of {row.label} are blacked out in the workbook; the row is not read."
                self.findings.append(Finding(next(iter(row.places.values())), what))
                continue
            case, code = self._cases.get(row.case_id), self._codes.get(row.code_id)
            if case is None or code is None:
                gone = "case" if case is None else "code"
                what = f"The {gone} of {row.label} is no longer in the study; the row is not read."
                self.findings.append(Finding(next(iter(row.places.values())), what))
                continue
            if any(MARK in words for words in row.changed.values()):
                what = f"Words of {row.label} are blacked out in the workbook; the row is not read."
                self.findings.append(Finding(next(iter(row.places.values())), what))
                continue
            exported, now = self._cells(case, code)
            names = case.name, self._study.framework.label(code)
            edited = self._edited(row, exported)
            changed = any(
                value_of(now, part)
                not in (value_of(exported, part), value_of(edited.get(part, exported), part))
                for part in (Part.SUMMARY, Part.COMMENT, Part.STATUS)
            )
            for part, cell in edited.items():
                number += 1
                yield self._proposal(number, part, row, names, (exported, cell, now), changed=changed)

    def _cells(self, case: Case, code: Code) -> tuple[Cell, Cell]:
        """Give a cell as it was exported and as it is now."""
        empty = unassessed(case.id, code.id)
        now = self._study.find(Cell, empty.id)
        if empty.id not in self._touched:
            return now or empty, now or empty
        key = f"cell:{empty.id}"
        before = self._study.decisions(key=key, last=self._workbook.origin.count, latest=1)
        data = before[0].after.get(key) if before else None
        return empty if data is None else from_json("cell", data), now or empty

    def _edited(self, row: EditedRow, exported: Cell) -> dict[Part, Cell]:
        """Give the cell as each of its edited parts would have it; find what cannot be read."""
        read: dict[Part, Callable[[EditedRow, Cell], Cell]] = {
            Part.SUMMARY: self._summary,
            Part.COMMENT: self._comment,
            Part.STATUS: self._status,
            Part.STATE: self._state,
        }
        edited = {}
        for part, reader in read.items():
            heads = [head for head in _HEADS[part] if head in row.changed]
            if not heads:
                continue
            try:
                cell = reader(row, exported)
            except WorkbenchError as error:
                self.findings.append(Finding(row.places[heads[0]], error.what, error.do))
                continue
            if value_of(cell, part) != value_of(exported, part):
                edited[part] = cell
        return edited

    def _summary(self, row: EditedRow, cell: Cell) -> Cell:
        ids = {identifier: ref for ref, identifier in row.refs.items()}
        before = with_marks(cell.summary, cell.citations, ids)
        summary, citations = without_marks(_words(row, "Summary", before), row.refs)
        return replace(cell, summary=summary, citations=citations)

    def _comment(self, row: EditedRow, cell: Cell) -> Cell:
        return replace(cell, comment=_words(row, "Comment", cell.comment))

    def _status(self, row: EditedRow, cell: Cell) -> Cell:
        if "Note" in row.changed:
            cell = replace(cell, status_note=_words(row, "Note", cell.status_note))
        if "Status" not in row.changed:
            return cell
        wanted = row.changed["Status"].strip()
        return replace(cell, status_id=self._find_status(wanted).id if wanted else None)

    def _find_status(self, wanted: str) -> Status:
        for status in self._statuses.values():
            if wanted == shown(status.label).strip():
                return status
        return chart.find_status(self._study, wanted)

    def _state(self, row: EditedRow, cell: Cell) -> Cell:
        wanted = row.changed["State"].strip().casefold()
        marks = [state for state in CellState if state not in (CellState.NOT_ASSESSED, CellState.STALE)]
        if wanted not in marks:
            known = ", ".join(marks)
            raise WrongUsage(f"A cell cannot be marked “{wanted}”.", do=f"States: {known}.")
        return replace(cell, state=CellState(wanted))

    def _proposal(
        self,
        number: int,
        part: Part,
        row: EditedRow,
        names: tuple[str, str],
        cells: tuple[Cell, Cell, Cell],
        *,
        changed: bool,
    ) -> Proposal:
        exported, edited, now = cells
        place = next(row.places[head] for head in _HEADS[part] if head in row.places)
        book = self._workbook
        ids = {identifier: ref for ref, identifier in row.refs.items()}
        said = (self._said(exported, part, ids), self._said(edited, part, ids), self._said(now, part, ids))
        proposal = Proposal(
            number,
            part,
            row.row,
            place,
            *names,
            exported,
            edited,
            now,
            said,
            Standing.OPEN,
            book.name,
            book.digest,
        )
        return replace(proposal, standing=self._standing(proposal, changed=changed))

    def _standing(self, proposal: Proposal, *, changed: bool) -> Standing:
        part, now = proposal.part, proposal.now
        if value_of(now, part) == value_of(proposal.edited, part):
            return Standing.DONE
        mark = left_mark(proposal.digest, proposal.row, part)
        if any(mark in content for content in self._memos):
            return Standing.LEFT
        state = proposal.exported.state
        moved = part is Part.STATE and now.state not in (state, _FOLLOWS.get(state, state))
        return Standing.CONFLICT if changed or moved else Standing.OPEN

    def _said(self, cell: Cell, part: Part, refs: Mapping[str, str]) -> str:
        """Say a part of a cell as a workbook does."""
        if part is Part.SUMMARY:
            return with_marks(cell.summary, cell.citations, refs)
        if part is Part.COMMENT:
            return cell.comment
        if part is Part.STATE:
            return cell.state.value
        status = self._statuses.get(cell.status_id or "")
        words = "no status" if status is None else status.label
        return f"{words}: {cell.status_note}" if cell.status_note else words


def _words(row: EditedRow, head: str, before: str) -> str:
    """Give edited words with what a workbook cannot hold put back; raises Refused for those that were cut."""
    if is_cut(before):
        raise Refused(
            f"The {head.casefold()} is longer than a cell of a workbook; its end was cut off in the export.",
            do="Edit it in the study.",
        )
    return taken_over(before, row.changed[head]).strip()
