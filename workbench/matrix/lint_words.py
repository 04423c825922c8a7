"""What the rules that look for fragile comparisons say alike: cells, rows and lists in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.matrix.chart import Chart, ChartedCell
from workbench.model.framework import Code


def in_order(chart: Chart) -> Iterator[ChartedCell]:
    """Go through the cells case by case, in the order of the codes."""
    return (chart.cells[case.id, code.id] for case in chart.cases for code in chart.codes)


def cell_words(chart: Chart, charted: ChartedCell) -> str:
    """Name a cell by its case and code."""
    case = next(case for case in chart.cases if case.id == charted.case_id)
    code = next(code for code in chart.codes if code.id == charted.code_id)
    return f"cell {case.name}, {chart.framework.label(code)}"


def span(chart: Chart, codes: Sequence[Code]) -> str:
    """Name rows by their numbers, or by the first and the last where they are many."""
    numbers = [chart.framework.number(code) for code in codes]
    return listed(numbers) if len(numbers) <= 5 else f"{numbers[0]} to {numbers[-1]}"


def listed(words: Sequence[str]) -> str:
    """Write words as a list with an “and”."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def short(words: str) -> str:
    """Cut words that are long."""
    return words if len(words) <= 40 else f"{words[:39]}…"
