"""`workbench count`: exact counts of statuses, with the rules that make them and what they leave out."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from workbench.cli.counting import add_counting, counting
from workbench.cli.options import lists
from workbench.cli.output import put, put_rows, put_table
from workbench.exchange.matrix_export import MatrixExport, export_matrix
from workbench.exchange.matrix_words import absent, completeness, count_heads, count_rows, printed_rows
from workbench.matrix.counts import Tally
from workbench.study.study import Study

_TOTAL, _MEAN, _AVERAGE = "total", "mean", "average of themes"
_PARTS = ("denominator", "listed", "outside", "unvalued", "not_assessed", "described", "stale", "draft")
_COLUMNS = ("theme", "case", "value", "printed", "share", *_PARTS, "rule", "rounding")


def declare(parser: ArgumentParser) -> None:
    """Declare `count`."""
    lists(parser, count)
    add_counting(parser)


def count(study: Study, arguments: Namespace) -> int:
    """Count the statuses by theme and case, exactly, under a named rule.

    CSV and JSON give one row for each theme and case, with what the count leaves out.
    """
    export = export_matrix(study, **counting(study, arguments))
    if arguments.format == "table":
        _put_table(export)
    else:
        put_rows(_COLUMNS, list(_rows(export)), arguments.format)
    return 0


def _rows(export: MatrixExport) -> Iterator[dict[str, Any]]:
    counts, rounding = export.counts, export.rounding
    names = export.counted_cases
    rules = {"rule": counts.rule.id, "rounding": rounding.name}

    def figure(theme: str, case: str, value: Fraction | None) -> dict[str, Any]:
        exact = None if value is None else str(value)
        return {"theme": theme, "case": case, "value": exact, "printed": rounding.printed(value), **rules}

    def tallied(theme: str, case: str, tally: Tally) -> dict[str, Any]:
        parts = {name: getattr(tally, name) for name in _PARTS}
        row = figure(theme, case, tally.figure) | {"share": rounding.percent(tally.share)} | parts
        return row if tally.figure is not None else row | {"printed": absent(tally), "share": absent(tally)}

    for row in counts.rows:
        for case_id in counts.case_ids:
            yield tallied(row.label, names[case_id], counts.tally(row.theme_id, case_id))
        yield figure(row.label, _MEAN, counts.mean(row.theme_id))
    for case_id in counts.case_ids:
        yield tallied(_TOTAL, names[case_id], counts.total(case_id))
    yield figure(_TOTAL, _MEAN, counts.mean_total)
    for case_id in counts.case_ids:
        parts = {name: getattr(counts.total(case_id), name) for name in _PARTS}
        yield figure(_AVERAGE, names[case_id], counts.average(case_id)) | parts
    yield figure(_AVERAGE, _MEAN, counts.mean_average)


def _put_table(export: MatrixExport) -> None:
    rounding = export.rounding
    lines = [
        [label, *(_both(value, told) for value, told in zip(values, printed, strict=True))]
        for (label, values), (_, printed) in zip(count_rows(export), printed_rows(export), strict=True)
    ]
    put_table(count_heads(export), lines)
    put(f"Rule: {export.rule.label} ({export.rule.id}). Printed figures are {rounding.name}.")
    put(completeness(export))


def _both(value: Fraction | None, printed: str) -> str:
    """Print a figure, with the exact fraction where it is not whole."""
    return printed if value is None or value.denominator == 1 else f"{printed} = {value}"
