"""Staleness: what rests on a changed thing says so, with the cause, until someone looks again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from workbench.model.cell import Cell, CellState
from workbench.model.claim import Claim, ClaimState
from workbench.model.records import Record
from workbench.study.queries import cells_resting_on, claims_resting_on
from workbench.study.study import Study


def stale_from(
    study: Study, *, codes: Sequence[str] = (), excerpts: Sequence[str] = (), cause: str
) -> list[Record]:
    """Give the cells and claims that become stale when codes or excerpts change, as they shall be.

    Drafts stay drafts: nobody has vouched for them yet.
    """
    cells = [cell for cell in cells_resting_on(study, codes=codes, excerpts=excerpts) if vouched_for(cell)]
    return [
        *(replace(cell, state=CellState.STALE, stale_cause=cause) for cell in cells),
        *stale_claims(study, cells=cells, excerpts=excerpts, cause=cause),
    ]


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
        replace(claim, state=ClaimState.STALE, stale_cause=cause)
        for claim in claims
        if claim.state is not ClaimState.DRAFT
    ]
