"""What a status needs before a cell may have it."""

from __future__ import annotations

from workbench.model.cell import Cell, CellExcerpt, Need, SearchRecord, Status
from workbench.study.study import Study

_IN_WORDS = {
    Need.EXCERPT: "at least one linked excerpt",
    Need.TWO_EXCERPTS: "at least two linked excerpts",
    Need.SEARCH: "a search record (documents, terms)",
    Need.EXCERPT_OR_SEARCH: "a linked excerpt or a search record",
    Need.NOTE: "a note in words",
}


def unmet_needs(study: Study, cell: Cell, status: Status, *, fewer: int = 0) -> list[str]:
    """List in words what a status needs and a cell lacks; `fewer` leaves so many excerpts out of account."""
    excerpts = len(study.all(CellExcerpt, cell_id=cell.id)) - fewer
    searched = bool(study.all(SearchRecord, case_id=cell.case_id, code_id=cell.code_id))
    met = {
        Need.EXCERPT: excerpts >= 1,
        Need.TWO_EXCERPTS: excerpts >= 2,
        Need.SEARCH: searched,
        Need.EXCERPT_OR_SEARCH: excerpts >= 1 or searched,
        Need.NOTE: bool(cell.status_note.strip()),
    }
    return [_IN_WORDS[need] for need in status.needs if not met[need]]
