"""A chart ready to leave: every format is written from this one structure, so that none says more or less."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from workbench.errors import WrongUsage
from workbench.exchange.caveats import caveat_notes, with_caveat_marks
from workbench.exchange.cell_history import CellDecision, history_of_cells
from workbench.exchange.evidence import EvidenceRow, evidence_of
from workbench.exchange.export_cells import ExportCell, ExportColumn, ExportRow, cells_of, columns_of, rows_of
from workbench.exchange.garbage import without_collections
from workbench.exchange.glosses import terms_to_gloss
from workbench.matrix.arrangement import Arrangement, arrange
from workbench.matrix.chart import Chart, build_chart
from workbench.matrix.counts import Counts, count_theme, described_codes
from workbench.matrix.rounding import Rounding
from workbench.model.cell import Cell, CountingRule, Footnote, Status
from workbench.model.framework import CodeState, title_setting
from workbench.model.glossary import Term
from workbench.model.saved_chart import SavedChart
from workbench.study.log import Head
from workbench.study.origin import first_hash, told_head
from workbench.study.study import Study


@dataclass(frozen=True, slots=True)
class ExportNote:
    """A footnote with its number in this chart."""

    number: int
    on: str
    """What it stands on, in words."""
    content: str


@dataclass(frozen=True, slots=True)
class MatrixExport:
    """Everything that an exported chart carries."""

    study: str
    study_id: str
    """Hash of the first decision, which every copy of the study begins with; empty where there is none."""
    question: str
    framework: str
    framework_version: int
    """0 where none is released yet."""
    chart: str
    """Name of the charted theme."""
    rule: CountingRule
    rounding: Rounding
    head: Head
    """Count and hash of the log, so that the export can be held against the study later."""
    redacted: str
    """What is blacked out, in words; empty where nothing is."""
    date: str
    """Time of the last decision: the same study always gives the same export."""
    arrangement: str
    """How rows and columns are arranged, in words; empty where they are cases and codes."""
    is_plain: bool
    """Whether every cell is one cell of the study, so that rows are cases and columns are codes."""
    frozen: int
    """Columns that stay in sight beside the row heads."""
    all_shown: bool
    """Whether every case and every code that is counted is shown as well."""
    rows: tuple[ExportRow, ...]
    columns: tuple[ExportColumn, ...]
    cells: tuple[tuple[ExportCell, ...], ...]
    """Row by row."""
    notes: tuple[ExportNote, ...]
    table_notes: tuple[int, ...]
    """Numbers of the footnotes on the table as a whole."""
    evidence: tuple[EvidenceRow, ...]
    counts: Counts
    counted_cases: Mapping[str, str]
    """Names of the cases that are counted, by id."""
    given: Mapping[str, int]
    """Label of a status -> how often a measure has it."""
    unmeasured: tuple[str, ...]
    """Active codes that are kept open for what fits no measure."""
    described: tuple[str, ...]
    """Active codes whose cells are described and not answered."""
    history: Mapping[str, tuple[CellDecision, ...]]
    """Cell id -> what was decided about it, oldest first; empty where the export goes without."""
    kept: tuple[Term, ...]
    """Terms that quotes keep in their own language, to be glossed where they stand first."""
    made_from: Chart
    """The chart as it was gathered, for what can be computed from it besides the counts."""

    @property
    def statuses(self) -> tuple[Status, ...]:
        """List the statuses of the study in their order."""
        return self.made_from.statuses

    @property
    def version(self) -> str:
        """Name the framework version in words."""
        return f"version {self.framework_version}" if self.framework_version else "not released yet"

    def cell_of(self, evidence: EvidenceRow) -> ExportCell:
        """Find the cell that an evidence row belongs to."""
        return self.cells[evidence.row][evidence.column]

    def history_of(self, cell: ExportCell) -> list[CellDecision]:
        """Tell what was decided about the cells that are shown in one, oldest first."""
        held = [decision for place in cell.places for decision in self.history.get(Cell.key(*place), ())]
        return sorted(held, key=lambda decision: decision.seq)


Cells = tuple[tuple[ExportCell, ...], ...]
"""Row by row."""
_PLAIN = SavedChart("", "")
"""The first framework, cases by codes."""


@without_collections()
def export_matrix(
    study: Study,
    *,
    view: SavedChart | None = None,
    rule_id: str | None = None,
    rounding: Rounding | None = None,
    average_over: Collection[str] | None = None,
    with_history: bool = False,
    with_measures: bool = True,
) -> MatrixExport:
    """Gather a chart for export: by itself cases by codes of the first framework, counted by the first rule.

    `view` says otherwise. Raises WrongUsage for what is not there.
    """
    chart, arrangement = _charted(study, view or _PLAIN)
    evidence = evidence_of(study, chart, arrangement)
    cells, notes = _noted(chart, cells_of(study, chart, arrangement, evidence, with_measures=with_measures))
    counts, head = count_theme(chart, rule_of(chart, rule_id), average_over=average_over), told_head(study)
    return MatrixExport(
        study=study.setting("title"),
        study_id=first_hash(study),
        question=study.setting("question"),
        framework=study.setting(title_setting(chart.prefix)),
        framework_version=study.framework_version,
        chart=chart.label,
        rule=counts.rule,
        rounding=rounding or Rounding(),
        head=head,
        redacted="" if study.origin is None else study.origin.words,
        date=study.decision(head.count).at if head.count else "",
        arrangement=arrangement.words,
        is_plain=arrangement.is_plain,
        frozen=arrangement.frozen,
        all_shown=_shows_all(arrangement, counts),
        rows=rows_of(chart, arrangement),
        columns=columns_of(chart, arrangement),
        cells=cells,
        notes=notes,
        table_notes=_on_the_table(chart),
        evidence=evidence,
        counts=counts,
        counted_cases={case.id: case.name for case in chart.cases},
        given=_given(chart, counts.code_ids),
        unmeasured=_unmeasured(chart),
        described=tuple(map(chart.framework.label, described_codes(chart))),
        history=history_of_cells(study, chart) if with_history else {},
        kept=terms_to_gloss(study),
        made_from=chart,
    )


def _charted(study: Study, view: SavedChart) -> tuple[Chart, Arrangement]:
    chart = build_chart(study, theme_id=view.theme_id, prefix=view.framework or None)
    return chart, arrange(study, chart, view)


def _noted(chart: Chart, cells: Cells) -> tuple[Cells, tuple[ExportNote, ...]]:
    """Give the cells with the marks of all footnotes: those written, and those that their evidence makes."""
    written = _notes(chart)
    marked = caveat_notes(cells, after=len(written))
    made = tuple(ExportNote(mark.number, mark.on, mark.content) for mark in marked.values())
    return with_caveat_marks(cells, marked), (*written, *made)


def _notes(chart: Chart) -> tuple[ExportNote, ...]:
    return tuple(ExportNote(n.number, _on(chart, n.note), n.note.content) for n in chart.footnotes)


def _on_the_table(chart: Chart) -> tuple[int, ...]:
    return tuple(n.number for n in chart.footnotes if n.note.anchor.startswith(("theme:", "setting:")))


def _shows_all(arrangement: Arrangement, counts: Counts) -> bool:
    cases = {case_id for line in arrangement.lines for case_id in line.case_ids}
    codes = {code_id for column in arrangement.columns for code_id in column.code_ids}
    return cases >= {*counts.case_ids} and codes >= {code for row in counts.rows for code in row.code_ids}


def _given(chart: Chart, measures: Collection[str]) -> Mapping[str, int]:
    return Counter(
        cell.status.label
        for (_, code_id), cell in chart.cells.items()
        if cell.status is not None and code_id in measures
    )


def _unmeasured(chart: Chart) -> tuple[str, ...]:
    kept_open = (code for code in chart.codes if code.state is CodeState.ACTIVE and code.other)
    return tuple(map(chart.framework.label, kept_open))


def rule_of(chart: Chart, rule_id: str | None) -> CountingRule:
    """Find a counting rule of the study, the first where none is named; raises WrongUsage for an unknown."""
    for rule in chart.rules:
        if rule_id in (None, rule.id):
            return rule
    if rule_id is None:
        return CountingRule("none", "no counting rule is defined", 1)
    known = ", ".join(rule.id for rule in chart.rules)
    raise WrongUsage(f"There is no counting rule {rule_id}. Rules: {known or 'none'}.")


def _on(chart: Chart, note: Footnote) -> str:
    kind, _, identifier = note.anchor.partition(":")
    framework = chart.framework
    if kind == "setting":
        return chart.label
    if kind == "theme":
        return f"{framework.theme_number(identifier)} {framework.themes[identifier].name}"
    if kind == "code":
        return framework.label(framework.codes[identifier])
    names = {case.id: case.name for case in chart.cases}
    if kind == "case":
        return names[identifier]
    place = next(
        place for place, charted in chart.cells.items() if charted.cell and charted.cell.id == identifier
    )
    return f"{names[place[0]]} × {framework.label(framework.codes[place[1]])}"
