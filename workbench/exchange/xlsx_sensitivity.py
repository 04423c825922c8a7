"""The sheet `Sensitivity`: how firmly the cases of a chart hold their ranks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from workbench.exchange.matrix_export import MatrixExport
from workbench.exchange.xlsx_sheet import Sheet, Styles
from workbench.matrix.ranks import Basis
from workbench.matrix.sensitivity import Dropping, RankHeld, sensitivity
from workbench.matrix.variants import Variant

WIDTHS = (50, 10, 14, 14, 30, 22, 22, 22)
_HEADS = (
    "Case",
    "Rank",
    "Score",
    "Exact",
    "Tied with",
    "Kept by other ways to count",
    "Kept without one measure",
    "Kept without two measures",
)
_LAST = len(_HEADS) - 1
_ROUNDS = ("one measure", "two measures")
MOST_FIGURES = 90_000
"""Cells of a chart times ways to count it; every one of them is an exact fraction."""
MOST_SETS = 2_500_000
"""Pairs of measures times cases; every one of them is a rank."""
_MOST_LISTED = 200
"""Measures or pairs that change a rank, listed by name."""


def write_sensitivity(sheet: Sheet, styles: Styles, export: MatrixExport) -> None:
    """Write ranks with ties, the other ways to count, and the measures a rank depends on, or why not."""
    sheet.put_over(0, f"Sensitivity: {export.chart}", styles.title)
    why_not = _left_out(export)
    if why_not:
        sheet.put_over(1, why_not, styles.faint)
        return
    base = Variant(f"{export.rule.label}; {Basis.TOTAL.value}", export.rule.id)
    found = sensitivity(export.made_from, base, drop=_drop(export))
    sheet.put_over(1, f"Ranked under: {base.label}; {export.rounding.name}", styles.faint)
    sheet.put_over(2, _drop_told(export), styles.faint)
    row = _table(sheet, styles, 4, _HEADS, [_rank(export, held) for held in found.ranks])
    orders = [
        (other.variant.label, other.cases.order(export.counted_cases))
        for other in (found.base, *found.others)
    ]
    row = _ways(sheet, styles, row + 1, orders)
    for drop, what in zip(found.droppings, _ROUNDS, strict=False):
        row = _turning(sheet, styles, row + 1, export, drop, what)


def _left_out(export: MatrixExport) -> str:
    """Say why there is nothing to compute, or too much; empty where neither holds."""
    chart = export.made_from
    if not chart.cases or not any(rule.id == export.rule.id for rule in chart.rules):
        return "There is nothing to rank: the chart has no case, or the study no counting rule."
    cells, ways = len(chart.cases) * len(chart.codes), len(chart.rules) * len(Basis)
    if cells * ways > MOST_FIGURES:
        return (
            f"Left out: {cells} cells counted in at least {ways} ways would take long. "
            "Export the chart of one theme, or ask for it: workbench rank STUDY --sensitivity."
        )
    return ""


def _pairs(export: MatrixExport) -> int:
    measures = sum(len(row.code_ids) for row in export.counts.rows)
    return measures * (measures - 1) // 2 * len(export.counted_cases)


def _drop(export: MatrixExport) -> int:
    return 2 if _pairs(export) <= MOST_SETS else 1


def _drop_told(export: MatrixExport) -> str:
    told = "A rank is kept where rank and ties stay the same."
    if _drop(export) == 2:
        return told
    return f"{told} Leaving out two measures is left out: {_pairs(export)} ranks would take long."


def _rank(export: MatrixExport, held: RankHeld) -> list[str]:
    names, place = export.counted_cases, held.place
    dropping = [_share(export, share) for share in held.dropping]
    return [
        names[place.name],
        place.printed,
        export.rounding.printed(place.score),
        "" if place.score is None else str(place.score),
        ", ".join(names[tied] for tied in place.tied),
        _share(export, held.variants),
        *dropping,
        *["left out"] * (len(_ROUNDS) - len(dropping)),
    ]


def _share(export: MatrixExport, share: Fraction | None) -> str:
    return "none tried" if share is None else export.rounding.percent(share)


def _table(
    sheet: Sheet, styles: Styles, row: int, heads: Sequence[str], lines: Sequence[Sequence[str]]
) -> int:
    sheet.put_row(row, heads, styles.head)
    for line in lines:
        row += 1
        sheet.put(row, 0, line[0], styles.row_head)
        sheet.put_row(row, line[1:], styles.figure, first=1)
    return row + 1


def _ways(sheet: Sheet, styles: Styles, row: int, orders: Sequence[tuple[str, str]]) -> int:
    """List every way to count with the order it gives; the first is the one that ranks."""
    sheet.put(row, 0, "Way to count", styles.head)
    sheet.spread(row, _LAST, "Order of the cases", styles.head, first=1)
    for label, order in orders:
        row += 1
        sheet.put(row, 0, label, styles.row_head)
        sheet.spread(row, _LAST, order, styles.cell, first=1)
    return row + 1


def _turning(sheet: Sheet, styles: Styles, row: int, export: MatrixExport, drop: Dropping, what: str) -> int:
    """Name the measures without which some case has another rank."""
    total = f"Without {what}: {len(drop.turning)} of {drop.tried} leave a case at another rank"
    sheet.spread(row, _LAST, total, styles.head)
    for name in _sets(export, drop):
        row += 1
        sheet.spread(row, _LAST, name, styles.cell)
    return row + 1


def _sets(export: MatrixExport, drop: Dropping) -> Iterator[str]:
    chart = export.made_from
    labels = {code.id: chart.framework.label(code) for code in chart.codes}
    for codes in drop.turning[:_MOST_LISTED]:
        yield " and ".join(labels[code] for code in codes)
    if len(drop.turning) > _MOST_LISTED:
        yield f"… and {len(drop.turning) - _MOST_LISTED} more"
