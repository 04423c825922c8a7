"""Outputs of mapping and interpretation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ClaimKind(StrEnum):
    """The six things an analyst may be doing at this stage (Ritchie & Spencer 1994)."""

    CONCEPT = "concept"
    RANGE = "range"
    TYPOLOGY = "typology"
    ASSOCIATION = "association"
    EXPLANATION = "explanation"
    STRATEGY = "strategy"


class Basis(StrEnum):
    """Where the reasons of a claim come from."""

    STATED = "stated in data"
    INFERRED = "inferred"
    LITERATURE = "from literature"


class ClaimState(StrEnum):
    """How a claim stands."""

    DRAFT = "draft"
    HELD = "held"
    STALE = "stale"


class Role(StrEnum):
    """How a piece of evidence bears on a claim."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True)
class Claim:
    """A concept, range, typology, association, explanation or strategy with its reasons."""

    id: str
    kind: ClaimKind
    title: str
    statement: str
    basis: Basis = Basis.INFERRED
    rival: str = ""
    """The rival reading that was considered."""
    negative_search: str = ""
    """How negative cases were looked for."""
    state: ClaimState = ClaimState.DRAFT
    stale_cause: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class ClaimCell:
    """A cell that bears on a claim; one that contradicts it is a negative case."""

    id: str
    claim_id: str
    cell_id: str
    role: Role

    @classmethod
    def of(cls, claim_id: str, cell_id: str, role: Role) -> ClaimCell:
        """Link a claim and a cell under the one id they can have together."""
        return cls(f"{claim_id}.{cell_id}", claim_id, cell_id, role)


@dataclass(frozen=True, slots=True)
class ClaimExcerpt:
    """An excerpt that bears on a claim."""

    id: str
    claim_id: str
    excerpt_id: str
    role: Role

    @classmethod
    def of(cls, claim_id: str, excerpt_id: str, role: Role) -> ClaimExcerpt:
        """Link a claim and an excerpt under the one id they can have together."""
        return cls(f"{claim_id}.{excerpt_id}", claim_id, excerpt_id, role)
