"""Staleness: what rests on a changed thing says so, with the cause, until someone looks again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from workbench.model.cell import Cell, CellExcerpt, CellState
from workbench.model.claim import Claim, ClaimState
from workbench.model.coding import Coding, Excerpt
from workbench.model.framework import Code
from workbench.model.records import key_of
from workbench.study.queries import cells_resting_on, claims_resting_on
from workbench.study.study import Study

_SHOWN = 40
"""Characters of a passage that a cause quotes."""
_BETWEEN = " Also: "
"""Stands between two causes of one thing."""
_MOST_CAUSES = 5
"""Causes that are spelled out; of further ones only that there are more."""
_MORE = "more."


def stale_from(
    study: Study, *, codes: Sequence[str] = (), excerpts: Sequence[str] = (), cause: str
) -> list[Cell | Claim]:
    """Give the cells and claims that become stale when codes or excerpts change, as they shall be.

    Drafts stay drafts: nobody has vouched for them yet.
    """
    cells = cells_resting_on(study, codes=codes, excerpts=excerpts)
    return [*stale_cells(study, cells, cause), *stale_claims(study, excerpts=excerpts, cause=cause)]


def stale_cells(study: Study, cells: Iterable[Cell], cause: str) -> list[Cell | Claim]:
    """Give those of the cells that someone has vouched for, and the claims on them, as stale."""
    going = [_stale(cell, cause) for cell in cells if vouched_for(cell)]
    return [*going, *stale_claims(study, cells=going, cause=cause)]


def stale_by_codings(study: Study, codings: Sequence[Coding], what: str) -> list[Cell | Claim]:
    """Give what becomes stale when codings leave the excerpts they stand on, as it shall be.

    Those are the cells of a coding's code that rest on its excerpt, unless another coding of that code stays
    there. `what` says in the past what happened: `was uncoded`.
    """
    going = {coding.id for coding in codings}
    cells: dict[str, Cell] = {}
    why: dict[str, str] = {}
    for coding in codings:
        there = study.all(Coding, excerpt_id=coding.excerpt_id, code_id=coding.code_id)
        if any(other.id not in going for other in there):
            continue
        excerpt, code = study.get(Excerpt, coding.excerpt_id), study.get(Code, coding.code_id)
        words = excerpt.quote if len(excerpt.quote) <= _SHOWN else f"{excerpt.quote[: _SHOWN - 1]}…"
        cause = f"“{words}” under {study.framework.label(code)} {what}."
        for link in study.all(CellExcerpt, excerpt_id=coding.excerpt_id):
            cell = study.get(Cell, link.cell_id)
            if cell.code_id == coding.code_id and vouched_for(cell):
                cells[cell.id] = _stale(cells.get(cell.id, cell), cause)
                why[cell.id] = all_causes(why.get(cell.id, ""), cause)
    stale: list[Cell | Claim] = [*cells.values()]
    for cell in cells.values():
        stale += stale_claims(study, cells=[cell], cause=f"A cell it rests on is stale: {why[cell.id]}")
    return with_all_causes(stale)


def _stale(cell: Cell, cause: str) -> Cell:
    before = cell.stale_cause if cell.state is CellState.STALE else ""
    return replace(cell, state=CellState.STALE, stale_cause=all_causes(before, cause))


def all_causes(*said: str) -> str:
    """Join the causes that something is stale for: each once, and of many only that there are more."""
    parts = list(dict.fromkeys(part for each in said if each for part in each.split(_BETWEEN)))
    causes = [part for part in parts if part != _MORE]
    more = [_MORE] if len(causes) < len(parts) or len(causes) > _MOST_CAUSES else []
    return _BETWEEN.join([*causes[:_MOST_CAUSES], *more])


def with_all_causes(records: Iterable[Cell | Claim]) -> list[Cell | Claim]:
    """Give each of some stale records once, with the causes of all of them."""
    found: dict[str, Cell | Claim] = {}
    for record in records:
        known = found.setdefault(key_of(record), record)
        found[key_of(record)] = replace(known, stale_cause=all_causes(known.stale_cause, record.stale_cause))
    return list(found.values())


def vouched_for(cell: Cell) -> bool:
    """Tell whether someone has said that the cell is charted or reviewed."""
    return cell.state in (CellState.CHARTED, CellState.REVIEWED, CellState.STALE)


def stale_claims(
    study: Study, *, cells: Iterable[Cell] = (), excerpts: Sequence[str] = (), cause: str
) -> list[Claim]:
    """Give the held claims on changed cells or excerpts, as stale."""
    ids = claims_resting_on(study, cells=[cell.id for cell in cells], excerpts=excerpts)
    claims = [study.get(Claim, identifier) for identifier in ids]
    return [
        replace(
            claim,
            state=ClaimState.STALE,
            stale_cause=all_causes(claim.stale_cause if claim.state is ClaimState.STALE else "", cause),
        )
        for claim in claims
        if claim.state is not ClaimState.DRAFT
    ]
