"""The evidence behind the cells of a chart as numbered rows: excerpts, and searches in vain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from workbench.exchange.quoted_sides import QuotedSide, QuotedSides
from workbench.matrix.arrangement import Arrangement
from workbench.matrix.chart import Chart, ChartedExcerpt
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
    """The words of the excerpt; for a search a sentence that tells of it."""
    coders: tuple[str, ...]
    excerpt_id: str = ""
    """Empty for a search."""
    searched: SearchRecord | None = None
    """The record of a search as it is."""
    side: str = ""
    """On which side of a translation the words stand, and what else is to be minded; empty for a search."""
    translated: bool = False
    """Whether its text is a translation."""
    sides: tuple[QuotedSide, ...] = ()
    """The sides to be printed, the translation first; empty where only the words themselves are."""

    @property
    def other(self) -> str:
        """Give the words of the other side with their place, where they are printed."""
        return "; ".join(f"{side.words} ({side.source})" for side in self.sides if not side.coded)


@dataclass(frozen=True, slots=True)
class EvidencePair:
    """What one document gives one cell: its words in the original beside those in translation.

    One side may be empty. Which sentence translates which is not said.
    """

    originals: tuple[EvidenceRow, ...]
    translations: tuple[EvidenceRow, ...]

    @property
    def first(self) -> EvidenceRow:
        """Give the first row of evidence, which names the cell and the document."""
        return (self.originals or self.translations)[0]


def side_by_side(evidence: Sequence[EvidenceRow]) -> Iterator[EvidencePair]:
    """Put originals beside translations, cell by cell and document by document; each search stands alone."""
    groups: dict[tuple[int, int, str, str, str], list[EvidenceRow]] = {}
    for row in evidence:
        alone = row.ref if row.kind == "search" else f"in {row.document}"
        groups.setdefault((row.row, row.column, row.case, row.code, alone), []).append(row)
    for rows in groups.values():
        translated = tuple(row for row in rows if row.translated)
        yield EvidencePair(tuple(row for row in rows if row not in translated), translated)


def evidence_of(study: Study, chart: Chart, arrangement: Arrangement) -> tuple[EvidenceRow, ...]:
    """List what every cell of a chart rests on, in the order it is arranged in."""
    wanted = {i for cell in chart.cells.values() for search in cell.searches for i in search.documents}
    documents = documents_by_id(study, sorted(wanted))
    found: list[EvidenceRow] = []
    quoted = QuotedSides(study)
    cases = {case.id: case.name for case in chart.cases}
    codes = {code.id: chart.framework.label(code) for code in chart.codes}
    rows, columns = arrangement.size
    for row, column in product(range(rows), range(columns)):
        crossing = arrangement.crossing(row, column)
        for cell in crossing.members(chart):
            place = (row, column, cases[cell.case_id], codes[cell.code_id])
            for charted in cell.excerpts:
                found.append(_excerpt((f"E{len(found) + 1}", *place), charted, quoted))
            for search in cell.searches if crossing.document_ids is None else ():
                found.append(_search((f"E{len(found) + 1}", *place), search, documents))
        for search in crossing.searches(chart) if crossing.document_ids is not None else ():
            place = (row, column, cases[search.case_id], codes[search.code_id])
            found.append(_search((f"E{len(found) + 1}", *place), search, documents))
    return tuple(found)


Place = tuple[str, int, int, str, str]
"""Ref, row, column, case and code of an evidence row."""


def _excerpt(place: Place, charted: ChartedExcerpt, quoted: QuotedSides) -> EvidenceRow:
    text, document, excerpt = charted.text, charted.document, charted.excerpt
    return EvidenceRow(
        *place,
        kind="excerpt",
        document=document.key,
        title=document.title,
        language=text.language,
        text_kind=text.kind.value,
        place=charted.place,
        quote=excerpt.quote,
        coders=charted.coders,
        excerpt_id=excerpt.id,
        side="; ".join((charted.side.value, *charted.caveats)),
        translated=text.is_translation,
        sides=quoted.of(text, document, excerpt.passage, excerpt.quote),
    )


def _search(place: Place, search: SearchRecord, documents: Mapping[str, Document]) -> EvidenceRow:
    keys = [documents[i].key if i in documents else i for i in search.documents]
    note = f" — {search.note}" if search.note else ""
    return EvidenceRow(
        *place,
        kind="search",
        document="; ".join(keys),
        title="",
        language="",
        text_kind="",
        place="",
        quote=f"Searched in vain on {search.at[:10]} for: {'; '.join(search.terms)}{note}",
        coders=(search.coder,),
        searched=search,
    )
