"""What an audit says of answers: what they rest on, and which are stale or lack their support."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from workbench.exchange.report import Table
from workbench.matrix.chart import Chart, ChartedCell, build_chart
from workbench.model.cell import Cell, CellState, SearchRecord, Status
from workbench.model.claim import Claim
from workbench.model.coding import Coding
from workbench.stages.interpret import gaps
from workbench.stages.naming import Names
from workbench.stages.needs import unmet_needs
from workbench.study.study import Study


class _Answer(NamedTuple):
    """A cell with its chart."""

    chart: Chart
    charted: ChartedCell


def _answers(study: Study) -> Iterator[_Answer]:
    for prefix in study.framework.prefixes:
        chart = build_chart(study, prefix=prefix)
        for charted in chart.cells.values():
            yield _Answer(chart, charted)


def evidence_parts(study: Study) -> Iterator[str | Table]:
    """Tell how many cells have which status, and what stands behind them."""
    cells = [answer.charted for answer in _answers(study)]
    searched = {Cell.key(one.case_id, one.code_id) for one in study.all(SearchRecord)}
    rows: list[list[str | int]] = []
    for status in study.all(Status, order="position"):
        having = [one for one in cells if one.status is not None and one.status.id == status.id]
        rows.append([status.label, *_behind(having, searched)])
    rows.append(["not assessed", *_behind([one for one in cells if one.status is None], searched)])
    heads = ("Status", "Cells", "With excerpts", "With a search in vain", "With neither", "Translation only")
    yield Table("Cells by status, and what they rest on", heads, rows)
    states = [[state.value, sum(one.state is state for one in cells)] for state in CellState]
    yield Table("Cells by state", ("State", "Cells"), [row for row in states if row[1]])


def _behind(cells: list[ChartedCell], searched: set[str]) -> list[int]:
    excerpts = [bool(one.excerpts) for one in cells]
    sought = [Cell.key(one.case_id, one.code_id) in searched for one in cells]
    neither = sum(not (held or looked) for held, looked in zip(excerpts, sought, strict=True))
    return [len(cells), sum(excerpts), sum(sought), neither, sum(one.translation_only for one in cells)]


def unsupported_parts(study: Study) -> Iterator[str | Table]:
    """List what is stale, what lacks the evidence it needs, and what is in doubt."""
    names = Names(study)
    stale, unmet = [], []
    for _, charted in _answers(study):
        cell = charted.cell
        if cell is None:
            continue
        if cell.state is CellState.STALE:
            stale.append([names.of(f"cell:{cell.id}"), cell.author, cell.stale_cause])
        if charted.status is not None and (lacking := unmet_needs(study, cell, charted.status)):
            unmet.append([names.of(f"cell:{cell.id}"), charted.status.label, "; ".join(lacking)])
    yield Table("Stale cells", ("Cell", "Author", "Since"), stale)
    yield Table("Answers without what they need", ("Cell", "Status", "Lacks"), unmet)
    claims = study.all(Claim)
    lacking_claims = [
        [one.title, one.state.value, "; ".join(gaps(study, one))] for one in claims if gaps(study, one)
    ]
    yield Table("Claims that lack something", ("Claim", "State", "Lacks"), lacking_claims)
    stale_claims = [[one.title, one.author, one.stale_cause] for one in claims if one.stale_cause]
    yield Table("Stale claims", ("Claim", "Author", "Since"), stale_claims)
    doubtful = [[names.of(f"coding:{one.id}"), one.coder] for one in study.all(Coding) if one.doubtful]
    yield Table("Codings in doubt", ("Coding", "Coder"), doubtful)
