"""What a status needs before a cell may have it."""

from __future__ import annotations

from collections.abc import Collection

from workbench.model.cell import Cell, Need, SearchRecord, Status
from workbench.study.study import Study
from workbench.study.translation_queries import evidence_of_cell

_IN_WORDS = {
    Need.EXCERPT: "at least one linked excerpt",
    Need.TWO_EXCERPTS: "at least two linked excerpts",
    Need.SEARCH: "a search record (documents, terms)",
    Need.EXCERPT_OR_SEARCH: "a linked excerpt or a search record",
    Need.NOTE: "a note in words",
}


def unmet_needs(study: Study, cell: Cell, status: Status, *, without: Collection[str] = ()) -> list[str]:
    """List in words what a status needs and a cell lacks; `without` leaves excerpts out of account.

    Excerpts of machine drafts that nobody has approved are no evidence.
    """
    counting, drafts = evidence_of_cell(study, cell.id)
    excerpts = len(counting - set(without))
    searched = bool(study.all(SearchRecord, case_id=cell.case_id, code_id=cell.code_id))
    met = {
        Need.EXCERPT: excerpts >= 1,
        Need.TWO_EXCERPTS: excerpts >= 2,
        Need.SEARCH: searched,
        Need.EXCERPT_OR_SEARCH: excerpts >= 1 or searched,
        Need.NOTE: bool(cell.status_note.strip()),
    }
    unmet = [need for need in status.needs if not met[need]]
    on_draft = " (those of a machine draft that nobody has approved do not count)"
    return [
        _IN_WORDS[need] + (on_draft if drafts - set(without) and need in _OF_EXCERPTS else "")
        for need in unmet
    ]


_OF_EXCERPTS = (Need.EXCERPT, Need.TWO_EXCERPTS, Need.EXCERPT_OR_SEARCH)
