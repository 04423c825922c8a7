"""The evidence behind the cells of a chart as numbered rows: excerpts, and searches in vain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workbench.matrix.chart import Chart, ChartedCell, ChartedExcerpt
from workbench.model.case import Document
from workbench.model.cell import SearchRecord
from workbench.study.chart_queries import documents_by_id
from workbench.study.study import Study


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One thing that one cell rests on."""

    ref: str
    """`E1`, `E2` …: row by row through the chart, within a cell by document and place."""
    row: int
    column: int
    case: str
    code: str
    kind: str
    """`excerpt` or `search`."""
    document: str
    """Short name in the register; for a search those that were looked through."""
    title: str
    language: str
    text_kind: str
    place: str
    quote: str
    """The words of the excerpt; for a search the terms that were looked for."""
    coders: tuple[str, ...]
    excerpt_id: str
    """Empty for a search."""


def evidence_of(study: Study, chart: Chart) -> tuple[EvidenceRow, ...]:
    """List what every cell of a chart rests on, in the order of the chart."""
    wanted = {i for cell in chart.cells.values() for search in cell.searches for i in search.documents}
    documents = documents_by_id(study, sorted(wanted))
    found: list[EvidenceRow] = []
    for row, case in enumerate(chart.cases):
        for column, code in enumerate(chart.codes):
            cell = chart.cells[case.id, code.id]
            for entry in _entries(cell, documents):
                ref = f"E{len(found) + 1}"
                found.append(EvidenceRow(ref, row, column, case.name, chart.framework.label(code), *entry))
    return tuple(found)


Entry = tuple[str, str, str, str, str, str, str, tuple[str, ...], str]


def _entries(cell: ChartedCell, documents: Mapping[str, Document]) -> Iterator[Entry]:
    for charted in cell.excerpts:
        yield _excerpt(charted)
    for search in cell.searches:
        yield _search(search, documents)


def _excerpt(charted: ChartedExcerpt) -> Entry:
    text, document, excerpt = charted.text, charted.document, charted.excerpt
    return (
        "excerpt",
        document.key,
        document.title,
        text.language,
        text.kind.value,
        charted.place,
        excerpt.quote,
        charted.coders,
        excerpt.id,
    )


def _search(search: SearchRecord, documents: Mapping[str, Document]) -> Entry:
    keys = [documents[i].key if i in documents else i for i in search.documents]
    note = f" — {search.note}" if search.note else ""
    words = f"Searched in vain on {search.at[:10]} for: {'; '.join(search.terms)}{note}"
    return ("search", "; ".join(keys), "", "", "", "", words, (search.coder,), "")
