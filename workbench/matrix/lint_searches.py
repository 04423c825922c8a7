"""Rules on searches in vain: what they left out, and codings that speak against them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from workbench.matrix.chart import Chart, ChartedCell
from workbench.matrix.lint_words import cell_words, in_order, listed
from workbench.model.case import Document
from workbench.model.cell import Cell, Need
from workbench.study.log import Finding


def unfinished_searches(chart: Chart, documents: Mapping[str, Collection[Document]]) -> Iterator[Finding]:
    """Find searches in vain that leave documents of the case out, where nothing else stands behind the cell.

    `documents` gives those in the corpus, by case id; several searches for one cell count together.
    """
    for charted in in_order(chart):
        if not charted.searches or charted.excerpts:
            continue
        searched = {identifier for search in charted.searches for identifier in search.documents}
        left = [each.key for each in documents.get(charted.case_id, ()) if each.id not in searched]
        if left:
            are = "is a document" if len(left) == 1 else "are documents"
            yield _finding(
                chart,
                charted,
                f"The search in vain leaves out {listed(left)}, which {are} of the case.",
                "Search there too and record it.",
            )


def searches_belied(
    chart: Chart, coded: Mapping[str, Collection[str]], documents: Mapping[str, Collection[Document]]
) -> Iterator[Finding]:
    """Find answers that rest on a search in vain although passages of the case have the code.

    `coded` gives the ids of the documents that a code is applied in, by code id.
    """
    for charted in in_order(chart):
        if charted.status is None or Need.SEARCH not in charted.status.needs:
            continue
        there = coded.get(charted.code_id, ())
        keys = [each.key for each in documents.get(charted.case_id, ()) if each.id in there]
        if keys:
            yield _finding(
                chart,
                charted,
                f"“{charted.status.label}” stands there, and the code is applied in {listed(keys)}.",
                "Chart those passages, or take the code from them.",
            )


def _finding(chart: Chart, charted: ChartedCell, what: str, do: str) -> Finding:
    key = f"cell:{Cell.key(charted.case_id, charted.code_id)}"
    return Finding(cell_words(chart, charted), what, do, key)
