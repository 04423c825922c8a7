"""Charting: summaries, evidence, quotes and statuses of cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from workbench.errors import NothingChanged, Refused, WrongUsage
from workbench.model.case import Case
from workbench.model.cell import (
    Cell,
    CellExcerpt,
    CellQuote,
    CellState,
    Footnote,
    SearchRecord,
    Status,
)
from workbench.model.citations import without_excerpt
from workbench.model.coding import Excerpt
from workbench.model.decision import Verb
from workbench.model.framework import Code, title_setting
from workbench.model.identity import record_id
from workbench.model.records import Record, key_of, to_json
from workbench.stages.cell_rules import cited, opened, refuse_unsound_search, with_claims, written
from workbench.stages.naming import Names
from workbench.stages.needs import unmet_needs
from workbench.stages.reason import refuse_without
from workbench.study.backup import keep_before
from workbench.study.backup_names import Why
from workbench.study.study import Study


def cell_of(study: Study, case_id: str, code_id: str) -> Cell | None:
    """Give the cell of a case and a code; None where nobody has assessed it."""
    return study.find(Cell, Cell.key(case_id, code_id))


def write_cell(
    study: Study,
    case_id: str,
    code_id: str,
    *,
    summary: str | None = None,
    comment: str | None = None,
    citations: Mapping[str, str] | None = None,
) -> Cell:
    """Write the summary or the analyst's comment of a cell; what is None stays as it is.

    `citations` maps offsets in the summary to the excerpts cited there, as `without_marks` gives them. A
    summary written without them keeps those of the sentences that it keeps. An empty summary is refused where
    the cell is charted: absence is a status, not a blank.
    """
    cell = opened(study, case_id, code_id)
    changed = cited(study, cell, summary, citations)
    changed = replace(changed, comment=cell.comment if comment is None else comment.strip())
    if changed == cell:
        raise NothingChanged
    if not changed.summary and cell.summary and cell.state is not CellState.DRAFT:
        raise Refused(
            "A charted cell cannot lose its summary.",
            do="Say in a status that nothing was found, or mark it draft.",
        )
    changed = written(study, changed)
    study.decide(Verb.WRITE_CELL, key_of(changed), put=with_claims(study, changed, "its words"))
    return changed


def link_excerpts(study: Study, case_id: str, code_id: str, excerpt_ids: Sequence[str]) -> Cell:
    """Let a cell rest on excerpts, beside any it rests on already."""
    cell = opened(study, case_id, code_id)
    for identifier in excerpt_ids:
        study.get(Excerpt, identifier)
    linked = {link.excerpt_id for link in study.all(CellExcerpt, cell_id=cell.id)}
    links = [CellExcerpt.of(cell.id, identifier) for identifier in excerpt_ids if identifier not in linked]
    if not links:
        raise Refused("The cell already rests on that.")
    changed = written(study, cell)
    put = [*with_claims(study, changed, "its evidence"), *links]
    study.decide(Verb.LINK_EXCERPTS, key_of(cell), put=put)
    return changed


def unlink_excerpt(study: Study, case_id: str, code_id: str, excerpt_id: str) -> Cell:
    """Take an excerpt from a cell with the quotes from it.

    Refused where the status of the cell would be left without the evidence it needs.
    """
    cell = opened(study, case_id, code_id)
    quotes = study.all(CellQuote, cell_id=cell.id, excerpt_id=excerpt_id)
    gone = [key_of(CellExcerpt.of(cell.id, excerpt_id)), *(key_of(quote) for quote in quotes)]
    _refuse_unmet(study, cell, without=[excerpt_id])
    cell = replace(cell, citations=without_excerpt(cell.citations, excerpt_id))
    changed = written(study, cell)
    put = with_claims(study, changed, "its evidence")
    study.decide(Verb.UNLINK_EXCERPT, key_of(cell), put=put, remove=gone)
    return changed


def insert_quote(study: Study, case_id: str, code_id: str, excerpt_id: str, content: str) -> CellQuote:
    """Quote words of an excerpt in a cell and link it; refused unless they stand there exactly."""
    cell = opened(study, case_id, code_id)
    excerpt = study.get(Excerpt, excerpt_id)
    if not content.strip():
        raise Refused("An empty quote says nothing.", do="Select the words to quote.")
    if content not in excerpt.quote:
        raise Refused(
            f"The quote differs from the source: {_first_difference(content, excerpt.quote)}.",
            do="Copy the words exactly, or write them in the summary as your own.",
        )
    position = max((q.position for q in study.all(CellQuote, cell_id=cell.id)), default=0) + 1
    quote = CellQuote(record_id("q"), cell.id, excerpt.id, content, position)
    changed = written(study, cell)
    link = CellExcerpt.of(cell.id, excerpt.id)
    put = [*with_claims(study, changed, "a quote"), link, quote]
    study.decide(Verb.INSERT_QUOTE, key_of(cell), put=put)
    return quote


def _first_difference(quote: str, source: str) -> str:
    """Say where a quote leaves the source, at the longest beginning of it that the source holds."""
    length = next((n for n in range(len(quote), 0, -1) if quote[:n] in source), 0)
    if length == 0:
        return f"“{quote[:20]}” does not stand there"
    return f"after “{quote[:length][-20:]}” it has “{quote[length : length + 10]}”"


def remove_quote(study: Study, quote_id: str) -> Cell:
    """Take a quote out of its cell; the excerpt stays linked."""
    quote = study.get(CellQuote, quote_id)
    cell = study.get(Cell, quote.cell_id)
    changed = written(study, cell)
    put = with_claims(study, changed, "a quote")
    study.decide(Verb.REMOVE_QUOTE, key_of(cell), put=put, remove=[key_of(quote)])
    return changed


def find_status(study: Study, wanted: str) -> Status:
    """Find a status by id, label or mark; raises WrongUsage and names those there are."""
    statuses = study.all(Status, order="position")
    for status in statuses:
        if wanted.casefold() in (status.id.casefold(), status.label.casefold(), status.mark.casefold()):
            return status
    known = ", ".join(status.id for status in statuses)
    raise WrongUsage(f"There is no status {wanted}. Statuses: {known}.")


def set_status(
    study: Study, case_id: str, code_id: str, status_id: str | None, *, note: str = "", reason: str = ""
) -> Cell:
    """Give a cell its status, or take it with None.

    Raises ReasonMissing where another status is replaced without a reason, and Refused where what the status
    needs (excerpts, a search record, a note) is not there, or where the code is described and not answered.
    """
    cell = opened(study, case_id, code_id)
    _refuse_described(study, code_id, status_id)
    wanted = replace(cell, status_id=status_id, status_note=note.strip())
    if wanted == cell:
        raise NothingChanged
    _refuse_unmet(study, wanted)
    verb = Verb.SET_STATUS if cell.status_id is None else Verb.CHANGE_STATUS
    changed = written(study, wanted)
    study.decide(verb, key_of(cell), put=with_claims(study, changed, "its status"), reason=reason)
    return changed


def _refuse_described(study: Study, code_id: str, status_id: str | None) -> None:
    code = study.get(Code, code_id)
    if status_id is not None and code.described:
        raise Refused(
            f"Cells of {study.framework.label(code)} are described, not answered: they take no status.",
            do="Write it in the summary, or change the code.",
        )


def _refuse_unmet(study: Study, cell: Cell, *, without: Sequence[str] = (), where: str = "") -> None:
    if cell.status_id is None:
        return
    status = study.get(Status, cell.status_id)
    unmet = unmet_needs(study, cell, status, without=without)
    if unmet:
        what = f"{where}: “{status.label}” needs {' and '.join(unmet)}."
        raise Refused(what.removeprefix(": "), do="Add it, then set the status.")


def set_statuses(
    study: Study,
    places: Sequence[tuple[str, str]],
    status_id: str | None,
    *,
    note: str = "",
    reason: str,
) -> list[Cell]:
    """Give the cells of several places (case id, code id) one status, or take it, as one decision.

    Cells that have it already stay as they are. Refused for all, with the name of the cell, where one of them
    lacks what the status needs, or where one of the codes is described and not answered.
    """
    names = Names(study)
    changed: list[Cell] = []
    put: list[Record] = []
    for case_id, code_id in dict.fromkeys(places):
        cell = opened(study, case_id, code_id)
        wanted = replace(cell, status_id=status_id, status_note=note.strip())
        if cell.status_id != status_id or (note.strip() and wanted != cell):
            _refuse_described(study, code_id, status_id)
            _refuse_unmet(study, wanted, where=names.of(key_of(wanted), to_json(wanted)))
            changed.append(written(study, wanted))
            put += with_claims(study, changed[-1], "its status")
    if not changed:
        raise NothingChanged
    keep_before(study, Why.BULK)
    study.decide(Verb.SET_STATUSES, key_of(changed[0]), put=put, reason=reason)
    return changed


def mark_cell(study: Study, case_id: str, code_id: str, state: CellState, *, reason: str = "") -> Cell:
    """Say of a cell that it is a draft, charted or reviewed.

    Charted needs a summary or a status; reviewed needs it to be charted. A stale cell is edited or cleared.
    Raises ReasonMissing where a review is taken back without a reason.
    """
    cell = opened(study, case_id, code_id)
    if state in (CellState.NOT_ASSESSED, CellState.STALE):
        raise WrongUsage(f"Nobody can mark a cell {state}.")
    if cell.state is CellState.STALE:
        raise Refused(f"The cell is stale: {cell.stale_cause}", do="Edit it, or clear it with a reason.")
    if state is not CellState.DRAFT and not (cell.summary or cell.status_id):
        raise Refused("The cell has neither a summary nor a status.", do="Write one first.")
    if state is CellState.REVIEWED and cell.state is CellState.DRAFT:
        raise Refused("A draft cannot be reviewed.", do="Mark it charted first.")
    if cell.state is CellState.REVIEWED and state is not CellState.REVIEWED:
        refuse_without(study, "take back a review", reason)
    changed = replace(cell, state=state, stale_cause="")
    study.decide(Verb.MARK_CELL, key_of(cell), put=[changed], reason=reason)
    return changed


def clear_stale(study: Study, case_id: str, code_id: str, *, reason: str) -> Cell:
    """Say that a stale cell was looked at again and stands as it is; it is then reviewed."""
    cell = opened(study, case_id, code_id)
    if cell.state is not CellState.STALE:
        raise Refused("The cell is not stale.")
    changed = replace(
        cell, state=CellState.REVIEWED, stale_cause="", framework_version=study.framework_version
    )
    study.decide(Verb.CLEAR_STALE, key_of(cell), put=[changed], reason=reason)
    return changed


def record_search(
    study: Study,
    case_id: str,
    code_id: str,
    *,
    documents: Sequence[str],
    terms: Sequence[str],
    note: str = "",
) -> SearchRecord:
    """Record a search in vain: which documents (ids) of the case were looked through for which terms.

    Refused for a document of other cases only, and for a term that does occur, unless a note says why that is
    no evidence.
    """
    study.get(Case, case_id)
    study.get(Code, code_id)
    if not documents or not any(term.strip() for term in terms):
        raise Refused("A search record names the documents and the terms.")
    refuse_unsound_search(study, case_id, documents, terms, note)
    search = SearchRecord(
        record_id("s"),
        case_id,
        code_id,
        tuple(documents),
        tuple(term.strip() for term in terms if term.strip()),
        study.coder,
        study.now(),
        note.strip(),
    )
    study.decide(Verb.RECORD_SEARCH, key_of(search), put=[search])
    return search


def add_footnote(study: Study, anchor: str, content: str) -> Footnote:
    """Put a footnote on a cell, a code, a case or a theme, or on the table of a whole framework, by its key.

    The key of a whole framework is that of the setting with its title; one without a title takes none.
    """
    kind, _, identifier = anchor.partition(":")
    whole = {title_setting(prefix) for prefix in study.framework.prefixes} if kind == "setting" else set()
    if kind not in ("cell", "code", "case", "theme") and identifier not in whole:
        raise WrongUsage("A footnote stands on a cell, a code, a case, a theme or a whole framework.")
    if study.by_key(anchor) is None and identifier in whole:
        raise Refused(f"There is no {identifier} to put a footnote under.", do="Set the title first.")
    if study.by_key(anchor) is None:
        raise Refused(f"There is no {anchor.replace(':', ' ', 1)} to put a footnote on.")
    if not content.strip():
        raise Refused("An empty footnote says nothing.")
    position = max((note.position for note in study.all(Footnote)), default=0) + 1
    note = Footnote(record_id("n"), anchor, content.strip(), position)
    study.decide(Verb.ADD_FOOTNOTE, anchor, put=[note])
    return note


def remove_footnote(study: Study, footnote_id: str) -> None:
    """Take a footnote away."""
    note = study.get(Footnote, footnote_id)
    study.decide(Verb.REMOVE_FOOTNOTE, note.anchor, remove=[key_of(note)])
