"""Cells of the framework matrix and the statuses on top of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

DESCRIBED = "described but not answered"
"""What is said of a cell that is written and has no status."""
DESCRIBED_MARK = "–"
"""The sign that stands for it where colour cannot."""


class CellState(StrEnum):
    """How far the charting of a cell has come; no cell is without one."""

    NOT_ASSESSED = "not assessed"
    DRAFT = "draft"
    CHARTED = "charted"
    REVIEWED = "reviewed"
    STALE = "stale"

    @property
    def mark(self) -> str:
        """Give the sign that stands for the state where colour cannot."""
        return {"not assessed": "·", "draft": "○", "charted": "●", "reviewed": "✓", "stale": "!"}[self.value]


@dataclass(frozen=True, slots=True)
class Cell:
    """What is charted for one case and one code; it exists once and shows in every chart."""

    id: str
    case_id: str
    code_id: str
    summary: str = ""
    comment: str = ""
    """The analyst's comment, kept apart from the summary."""
    status_id: str | None = None
    status_note: str = ""
    """The restriction, the part met or the reason that some statuses need in words."""
    state: CellState = CellState.DRAFT
    stale_cause: str = ""
    author: str = ""
    """Who last changed what the cell says."""
    framework_version: int = 0
    """Version of the framework it was last written under."""
    citations: Mapping[str, str] = field(default_factory=dict)
    """Offset in the summary, in digits -> ids of the excerpts cited there, apart by spaces."""

    @staticmethod
    def key(case_id: str, code_id: str) -> str:
        """Name the one cell of a case and a code."""
        return f"{case_id}.{code_id}"


@dataclass(frozen=True, slots=True)
class CellExcerpt:
    """An excerpt that a cell rests on."""

    id: str
    cell_id: str
    excerpt_id: str

    @classmethod
    def of(cls, cell_id: str, excerpt_id: str) -> CellExcerpt:
        """Link a cell and an excerpt under the one id they can have together."""
        return cls(f"{cell_id}.{excerpt_id}", cell_id, excerpt_id)


@dataclass(frozen=True, slots=True)
class CellQuote:
    """Words quoted in a cell, equal to the source character by character."""

    id: str
    cell_id: str
    excerpt_id: str
    content: str
    position: int


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """A search in vain: what was looked through for what; `not found` needs one."""

    id: str
    case_id: str
    code_id: str
    documents: tuple[str, ...]
    terms: tuple[str, ...]
    coder: str
    at: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note on a cell, a column or row head, or a table, that every export carries."""

    id: str
    anchor: str
    """Key of what it stands on: `cell:`, `code:`, `case:` or `theme:` and an id; for the table of a whole
    framework that of the setting which holds its title."""
    content: str
    position: int


@dataclass(frozen=True, slots=True)
class CountingRule:
    """A named way to count statuses."""

    id: str
    label: str
    position: int


class Need(StrEnum):
    """What must be there before a status may be given."""

    EXCERPT = "excerpt"
    TWO_EXCERPTS = "two excerpts"
    SEARCH = "search"
    EXCERPT_OR_SEARCH = "excerpt or search"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Status:
    """One answer of the study's vocabulary."""

    id: str
    label: str
    mark: str
    """One or two characters that stand for it where colour cannot."""
    position: int
    definition: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    """Counting rule id -> value as an exact fraction (`1`, `1/2`); a rule left out does not count it."""
    needs: tuple[Need, ...] = ()
    in_denominator: bool = True

    def value(self, rule_id: str) -> Fraction | None:
        """Give what the status counts under a rule; None where the rule leaves it out."""
        value = self.values.get(rule_id)
        return None if value is None else Fraction(value)
