"""What an index beside counts says in words, the same on every face."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workbench.matrix.beside import Beside, BesideRow
from workbench.matrix.ranks import Place
from workbench.matrix.rounding import Rounding

COLUMNS = (
    "area_rank",
    "area",
    "score",
    "score_printed",
    "theme_rank",
    "theme",
    "mean",
    "mean_printed",
    "rounding",
)


def heads(found: Beside) -> list[str]:
    """Name the columns of the table."""
    mean = f"Mean of {', '.join(case.name for case in found.averaged) or 'no case'}"
    return ["Rank", "Area", found.column.head, "Rank", "Theme", mean]


def line_of(row: BesideRow, rounding: Rounding) -> list[str]:
    """Print one line of the table."""
    return [*_printed(row.area, rounding), *_printed(row.theme, rounding)]


def row_of(row: BesideRow, rounding: Rounding) -> dict[str, Any]:
    """Give one line under `COLUMNS`, exact and printed."""
    line = line_of(row, rounding)
    area, theme = (
        None if place is None or place.score is None else str(place.score) for place in (row.area, row.theme)
    )
    values = (line[0], line[1], area, line[2], line[3], line[4], theme, line[5], rounding.name)
    return dict(zip(COLUMNS, values, strict=True))


def about(found: Beside, rounding: Rounding) -> Iterator[str]:
    """Say by which rules both sides were made."""
    yield f"Scores: {found.column.rules}."
    yield f"Means: {found.counts.rule.label} ({found.counts.rule.id}). Printed figures are {rounding.name}."


def _printed(place: Place | None, rounding: Rounding) -> list[str]:
    return ["", "", ""] if place is None else [place.printed, place.name, rounding.printed(place.score)]
