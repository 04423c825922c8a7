"""What the actions on cells share: the cell as it shall be, and what a change of it leaves behind."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

from workbench.errors import Refused
from workbench.language.summaries import carried
from workbench.model.case import Case, CaseDocument, Document
from workbench.model.cell import Cell, CellExcerpt, CellState
from workbench.model.citations import settled
from workbench.model.framework import Code
from workbench.model.records import Record
from workbench.model.text import Text
from workbench.stages.staleness import stale_claims
from workbench.study.study import Study


def opened(study: Study, case_id: str, code_id: str) -> Cell:
    """Give the cell of a case and a code, to be written for the first time where there is none."""
    study.get(Case, case_id)
    study.get(Code, code_id)
    key = Cell.key(case_id, code_id)
    return study.find(Cell, key) or Cell(key, case_id, code_id, author=study.coder)


def written(study: Study, cell: Cell) -> Cell:
    """Stamp a cell whose content changed: author, framework version, and the state this leaves it in.

    An edit clears staleness, and takes back a review, since what was reviewed is no longer there.
    """
    states = {CellState.REVIEWED: CellState.CHARTED, CellState.STALE: CellState.DRAFT}
    return replace(
        cell,
        author=study.coder,
        framework_version=study.framework_version,
        state=states.get(cell.state, cell.state),
        stale_cause="",
    )


def with_claims(study: Study, cell: Cell, cause: str) -> list[Record]:
    """Give a changed cell with the claims on it, which become stale; `cause` names what changed."""
    label = study.framework.label(study.get(Code, cell.code_id))
    case = study.get(Case, cell.case_id).name
    claims = stale_claims(study, cells=[cell], cause=f"The cell {case} × {label} changed: {cause}.")
    return [cell, *claims]


def cited(study: Study, cell: Cell, summary: str | None, citations: Mapping[str, str] | None) -> Cell:
    """Give a cell with a summary and its citations; refused where it cites what the cell does not rest on."""
    if summary is None and citations is None:
        return cell
    words = cell.summary if summary is None else summary
    if citations is None:
        found: Mapping[int, Sequence[str]] = carried(cell.summary, cell.citations, words)
    else:
        found = {int(offset): ids.split() for offset, ids in citations.items()}
    words, settled_citations = settled(words, found)
    linked = {link.excerpt_id for link in study.all(CellExcerpt, cell_id=cell.id)}
    for identifier in {one for ids in settled_citations.values() for one in ids.split()} - linked:
        raise Refused(f"The cell does not rest on excerpt {identifier}.", do="Link it, then cite it.")
    return replace(cell, summary=words, citations=settled_citations)


def refuse_unsound_search(
    study: Study, case_id: str, documents: Sequence[str], terms: Sequence[str], note: str
) -> None:
    """Refuse a search in vain in documents of other cases, or for a term that occurs and no note explains."""
    case = study.get(Case, case_id)
    found = [study.get(Document, identifier) for identifier in documents]
    of_case = {member.document_id for member in study.all(CaseDocument, case_id=case_id)}
    if outside := [document.key for document in found if document.id not in of_case]:
        raise Refused(
            f"{', '.join(outside)}: no document of {case.name}.", do="Search those of the case, or assign it."
        )
    if note.strip():
        return
    wanted = {_folded(term): term.strip() for term in terms if term.strip()}
    for document in found:
        for text in study.all(Text, document_id=document.id):
            words = _folded(study.text_content(text.content_hash))
            if there := [term for folded, term in wanted.items() if folded in words]:
                raise Refused(
                    f"“{there[0]}” does stand in {document.key}.", do="Say in the note why it is no evidence."
                )


def _folded(words: str) -> str:
    return unicodedata.normalize("NFKC", words).casefold().strip()
