"""Charts into files: one function for every format."""

from __future__ import annotations

from collections.abc import Collection
from importlib import import_module
from typing import TYPE_CHECKING

from workbench.errors import WrongUsage
from workbench.exchange.matrix_export import export_matrix
from workbench.matrix.rounding import Rounding
from workbench.model.saved_chart import SavedChart
from workbench.study.study import Study

if TYPE_CHECKING:
    from workbench.exchange.xlsx import Progress

FORMATS = {
    "xlsx": "xlsx",
    "docx": "docx",
    "html": "html",
    "md": "markdown",
    "csv": "csv",
    "json": "json",
    "parquet": "parquet",
}
"""Name of a format -> the module that writes it."""
TEXT_FORMATS = frozenset({"html", "md", "csv", "json"})
"""Formats that can be printed."""
_WITH_HISTORY = frozenset({"html", "json", "xlsx"})
"""Formats that tell what was decided about every cell."""
_WITHOUT_MEASURES = frozenset({"xlsx"})
"""Formats that do not say how long or how verbatim summaries are."""
_TELLS_PROGRESS = frozenset({"xlsx"})


def write_chart(
    study: Study,
    *,
    format: str,
    view: SavedChart | None = None,
    rule_id: str | None = None,
    rounding: Rounding | None = None,
    average_over: Collection[str] | None = None,
    progress: Progress | None = None,
) -> bytes:
    """Write a chart in a format; `view` says which and how it is arranged, by itself all themes.

    The same study gives the same bytes. `progress` is told how far a long writing has come, and stops it by
    raising; formats that are written at once tell nothing. Raises WrongUsage for an unknown format, theme or
    rule.
    """
    if format not in FORMATS:
        raise WrongUsage(f"There is no format {format}. Formats: {', '.join(FORMATS)}.")
    export = export_matrix(
        study,
        view=view,
        rule_id=rule_id,
        rounding=rounding,
        average_over=average_over,
        with_history=format in _WITH_HISTORY,
        with_measures=format not in _WITHOUT_MEASURES,
    )
    module = import_module(f"workbench.exchange.{FORMATS[format]}")
    tells = {"progress": progress} if format in _TELLS_PROGRESS else {}
    written: bytes = module.write(export, **tells)
    return written
