"""What is said of a printed figure that does not follow, the same on every face."""

from __future__ import annotations

from workbench.matrix.printed import Discrepancy

FIELDS = ("table", "row", "column", "line", "printed", "exact", "rounded", "finding", "would give")
"""Names of what is said of each figure."""


def found_fields(found: Discrepancy) -> dict[str, str | int]:
    """Say everything about a figure, by the names of `FIELDS`."""
    values = (
        found.table,
        found.row,
        found.column,
        found.line,
        found.printed,
        found.exact_words,
        found.rounded,
        found.what,
        "; ".join(found.would_give),
    )
    return dict(zip(FIELDS, values, strict=True))


def ways_words(found: Discrepancy) -> str:
    """Name the ways of computing that would give a printed figure; empty where none is known."""
    return f"would be given by: {'; '.join(found.would_give)}" if found.would_give else ""
