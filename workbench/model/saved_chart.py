"""Saved charts: named ways to look at the same cells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Rows(StrEnum):
    """What the rows of a chart are; attributes of cases are named `attribute:NAME`."""

    CASES = "cases"
    DOCUMENTS = "documents"
    ISSUERS = "issuers"
    YEARS = "years"


class Columns(StrEnum):
    """What the columns of a chart are."""

    CODES = "codes"
    THEMES = "themes"
    ATTRIBUTES = "attributes"


@dataclass(frozen=True, slots=True)
class SavedChart:
    """A named arrangement of cells; it holds none itself."""

    id: str
    name: str
    framework: str = ""
    """Letters of the framework charted."""
    theme_id: str | None = None
    """None for all themes of the framework."""
    rows: str = Rows.CASES
    """One of `Rows`, or `attribute:NAME` for groups of cases."""
    columns: Columns = Columns.CODES
    attributes: tuple[str, ...] = ()
    """Attributes of rows shown beside their heads, in this order."""
    theme_attributes: tuple[str, ...] = ()
    """Attributes of themes shown in the heads of columns."""
    where: tuple[str, ...] = ()
    """Conditions that a row meets: `NAME=value`, `NAME!=value`, or `CODE=status`."""
    columns_where: tuple[str, ...] = ()
    """Conditions on attributes of themes that a column meets."""
    sort: str = ""
    """What rows are sorted by: empty for study order, `name`, an attribute, or the id of a code."""
    descending: bool = False
    group: str = ""
    """Attribute by which rows stand together."""
    hidden_rows: tuple[str, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    frozen: int = 0
    """Columns that stay in sight beside the row heads."""
    turned: bool = False
    """Whether rows and columns change places."""
