"""Summaries and what they rest on: sentences that cite evidence, and extracts to be distilled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workbench.errors import Refused
from workbench.language.summaries import SummaryMeasures, measure
from workbench.language.units import sentences
from workbench.matrix.chart import Chart
from workbench.model.cell import Cell, CellState
from workbench.model.citations import numbered, without_marks
from workbench.model.decision import Verb
from workbench.model.records import key_of
from workbench.stages.cell_rules import cited, opened, with_claims, written
from workbench.stages.chart import write_cell
from workbench.study.queries import excerpts_of_cell
from workbench.study.study import Study


def refs_of_cell(study: Study, case_id: str, code_id: str) -> dict[str, str]:
    """Number the excerpts that a cell rests on, by place: excerpt id -> ref such as `E1`."""
    return numbered(excerpt.id for excerpt in excerpts_of_cell(study, Cell.key(case_id, code_id)))


def measures_of_cell(study: Study, cell: Cell) -> SummaryMeasures:
    """Measure the summary of a cell against the excerpts it rests on."""
    evidence = [excerpt.quote for excerpt in excerpts_of_cell(study, cell.id)]
    return measure(cell.summary, cell.citations, evidence)


def measures_of_chart(chart: Chart) -> dict[tuple[str, str], SummaryMeasures]:
    """Measure every summary of a chart, by case id and code id in chart order."""
    return {
        place: measure(
            charted.cell.summary, charted.cell.citations, [each.excerpt.quote for each in charted.excerpts]
        )
        for place, charted in chart.cells.items()
        if charted.cell is not None and charted.cell.summary
    }


def write_marked(
    study: Study, case_id: str, code_id: str, *, summary: str | None = None, comment: str | None = None
) -> Cell:
    """Write a cell whose summary cites its evidence by marks such as `[E1]`; see `refs_of_cell`."""
    if summary is None:
        return write_cell(study, case_id, code_id, comment=comment)
    ids = {ref: identifier for identifier, ref in refs_of_cell(study, case_id, code_id).items()}
    words, citations = without_marks(summary, ids)
    return write_cell(study, case_id, code_id, summary=words, comment=comment, citations=citations)


def insert_extracts(
    study: Study, case_id: str, code_id: str, excerpt_ids: Sequence[str] | None = None
) -> Cell:
    """Put excerpts that a cell rests on into its summary word for word, each cited, to be distilled there.

    The cell is a draft then, whatever it was. None inserts all of them.
    """
    cell = opened(study, case_id, code_id)
    linked = excerpts_of_cell(study, cell.id)
    chosen = [excerpt for excerpt in linked if excerpt_ids is None or excerpt.id in excerpt_ids]
    missing = set(excerpt_ids or ()) - {excerpt.id for excerpt in linked}
    if missing or not chosen:
        raise Refused("The cell does not rest on that." if missing else "The cell rests on no excerpt yet.")
    words, citations = cell.summary, dict(cell.citations)
    for excerpt in chosen:
        before = len(words) + 1 if words else 0
        words = f"{words}\n{excerpt.quote}" if words else excerpt.quote
        citations |= {str(before + each.end): excerpt.id for each in sentences(excerpt.quote)}
    changed = replace(cited(study, cell, words, citations), state=CellState.DRAFT)
    changed = written(study, changed)
    put = with_claims(study, changed, "its words")
    study.decide(Verb.INSERT_EXTRACTS, key_of(cell), put=put)
    return changed
