"""Mapping and interpretation: claims, what they rest on and what speaks against them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from workbench.errors import Refused
from workbench.model.cell import Cell, CellExcerpt, CellState
from workbench.model.claim import Basis, Claim, ClaimCell, ClaimExcerpt, ClaimKind, ClaimState, Role
from workbench.model.coding import Excerpt
from workbench.model.decision import Verb
from workbench.model.identity import record_id
from workbench.model.records import key_of
from workbench.study.study import Study


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that bears on a claim, by role."""

    cells: tuple[tuple[Cell, Role], ...]
    excerpts: tuple[tuple[Excerpt, Role], ...]

    @property
    def negative_cells(self) -> tuple[Cell, ...]:
        """List the cells that speak against the claim: its negative cases."""
        return tuple(cell for cell, role in self.cells if role is Role.CONTRADICTS)


def make_claim(study: Study, kind: ClaimKind, title: str, *, statement: str = "") -> Claim:
    """Begin a claim as a draft."""
    if not title.strip():
        raise Refused("A claim needs a title.")
    claim = Claim(record_id("l"), kind, title.strip(), statement.strip(), author=study.coder)
    study.decide(Verb.MAKE_CLAIM, key_of(claim), put=[claim])
    return claim


def edit_claim(
    study: Study,
    claim_id: str,
    *,
    title: str | None = None,
    statement: str | None = None,
    basis: Basis | None = None,
    rival: str | None = None,
    negative_search: str | None = None,
) -> Claim:
    """Change what a claim says; what is None stays. It is then a draft, to be held anew."""
    claim = study.get(Claim, claim_id)
    fields = {"title": title, "statement": statement, "rival": rival, "negative_search": negative_search}
    words = {name: value.strip() for name, value in fields.items() if value is not None}
    if words.get("title") == "":
        raise Refused("A claim needs a title.")
    given: dict[str, Any] = {**words, "basis": basis or claim.basis}
    changed = replace(_drafted(claim), **given, author=study.coder)
    study.decide(Verb.EDIT_CLAIM, key_of(claim), put=[changed])
    return changed


def _drafted(claim: Claim) -> Claim:
    return replace(claim, state=ClaimState.DRAFT, stale_cause="")


def hold_claim(study: Study, claim_id: str) -> Claim:
    """Say that a claim stands; refused while it lacks what its kind needs."""
    claim = study.get(Claim, claim_id)
    missing = gaps(study, claim)
    if missing:
        raise Refused(f"The claim is not complete: {'; '.join(missing)}.", do="Fill the gaps first.")
    changed = replace(claim, state=ClaimState.HELD, stale_cause="")
    study.decide(Verb.EDIT_CLAIM, key_of(claim), put=[changed])
    return changed


def link_cell(study: Study, claim_id: str, cell_id: str, role: Role = Role.SUPPORTS) -> None:
    """Let a cell bear on a claim; one that contradicts it is a negative case."""
    study.get(Claim, claim_id)
    study.get(Cell, cell_id)
    study.decide(Verb.LINK_EVIDENCE, f"claim:{claim_id}", put=[ClaimCell.of(claim_id, cell_id, role)])


def link_excerpt(study: Study, claim_id: str, excerpt_id: str, role: Role = Role.SUPPORTS) -> None:
    """Let an excerpt bear on a claim directly."""
    study.get(Claim, claim_id)
    study.get(Excerpt, excerpt_id)
    study.decide(Verb.LINK_EVIDENCE, f"claim:{claim_id}", put=[ClaimExcerpt.of(claim_id, excerpt_id, role)])


def unlink_cell(study: Study, claim_id: str, cell_id: str) -> None:
    """Take a cell from a claim, which is then a draft, to be held anew."""
    _unlink(study, claim_id, f"claim-cell:{claim_id}.{cell_id}")


def unlink_excerpt(study: Study, claim_id: str, excerpt_id: str) -> None:
    """Take an excerpt from a claim, which is then a draft, to be held anew."""
    _unlink(study, claim_id, f"claim-excerpt:{claim_id}.{excerpt_id}")


def _unlink(study: Study, claim_id: str, link: str) -> None:
    claim = _drafted(study.get(Claim, claim_id))
    study.decide(Verb.UNLINK_EVIDENCE, key_of(claim), put=[claim], remove=[link])


def remove_claim(study: Study, claim_id: str, *, reason: str) -> None:
    """Take a claim away with its links; the cells and excerpts stay."""
    claim = study.get(Claim, claim_id)
    links = [key_of(link) for link in study.all(ClaimCell, claim_id=claim_id)]
    links += [key_of(link) for link in study.all(ClaimExcerpt, claim_id=claim_id)]
    study.decide(Verb.REMOVE_CLAIM, key_of(claim), remove=[*links, key_of(claim)], reason=reason)


def evidence_of(study: Study, claim_id: str) -> Evidence:
    """Gather what bears on a claim."""
    cells = [(study.get(Cell, link.cell_id), link.role) for link in study.all(ClaimCell, claim_id=claim_id)]
    excerpts = [
        (study.get(Excerpt, link.excerpt_id), link.role)
        for link in study.all(ClaimExcerpt, claim_id=claim_id)
    ]
    return Evidence(tuple(cells), tuple(excerpts))


def gaps(study: Study, claim: Claim) -> list[str]:
    """List what a claim still lacks before it can be held (method: every claim resolves to excerpts)."""
    evidence = evidence_of(study, claim.id)
    missing = []
    if not claim.statement:
        missing.append("it says nothing yet")
    supporting = [cell for cell, role in evidence.cells if role is Role.SUPPORTS]
    resting = any(study.all(CellExcerpt, cell_id=cell.id) for cell in supporting)
    if not resting and not any(role is Role.SUPPORTS for _, role in evidence.excerpts):
        missing.append("no supporting cell or excerpt leads to a passage")
    if any(cell.state is CellState.STALE for cell, _ in evidence.cells):
        missing.append("it rests on a stale cell")
    if claim.kind in (ClaimKind.ASSOCIATION, ClaimKind.EXPLANATION) and not (
        evidence.negative_cells or claim.negative_search
    ):
        missing.append("negative cases were not looked for")
    if claim.kind is ClaimKind.EXPLANATION and not claim.rival:
        missing.append("no rival reading is recorded")
    return missing
