"""A chart ready to leave: every format is written from this one structure, so that none says more or less."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from workbench.errors import WrongUsage
from workbench.exchange.evidence import EvidenceRow, evidence_of
from workbench.matrix.chart import Chart, ChartedCell, build_chart
from workbench.matrix.counts import Counts, count_theme
from workbench.matrix.rounding import Rounding
from workbench.model.cell import CountingRule, Footnote, Status
from workbench.model.framework import CodeState
from workbench.study.log import Head
from workbench.study.study import Study

NOT_ASSESSED_MARK = "·"


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A case as a row head."""

    id: str
    name: str
    attributes: Mapping[str, str]
    notes: tuple[int, ...]
    """Numbers of the footnotes on it."""


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A code as a column head."""

    id: str
    number: str
    name: str
    theme: str
    """Number and name of the theme it stands under."""
    definition: str
    state: CodeState
    wordings: Mapping[str, str]
    """Case name -> wording, where the measure means something else for that case."""
    notes: tuple[int, ...]

    @property
    def label(self) -> str:
        """Give number, name and, for a code that is not active, its state."""
        state = "" if self.state is CodeState.ACTIVE else f" ({self.state})"
        return f"{self.number} {self.name}{state}"


@dataclass(frozen=True, slots=True)
class ExportQuote:
    """Words quoted in a cell, with the evidence row they come from."""

    content: str
    ref: str
    language: str


@dataclass(frozen=True, slots=True)
class ExportCell:
    """One cell as it leaves; one that nobody assessed says so."""

    row: int
    column: int
    state: str
    status: str
    """Label of the status; empty where there is none."""
    mark: str
    note: str
    """The restriction, the part met or the reason that goes with the status."""
    summary: str
    comment: str
    quotes: tuple[ExportQuote, ...]
    evidence: tuple[str, ...]
    """Refs of its evidence rows, in their order."""
    notes: tuple[int, ...]
    translation_only: bool
    stale_cause: str
    author: str
    framework_version: int


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
    date: str
    """Time of the last decision: the same study always gives the same export."""
    rows: tuple[ExportRow, ...]
    columns: tuple[ExportColumn, ...]
    cells: tuple[tuple[ExportCell, ...], ...]
    """Row by row."""
    notes: tuple[ExportNote, ...]
    table_notes: tuple[int, ...]
    """Numbers of the footnotes on the table as a whole."""
    evidence: tuple[EvidenceRow, ...]
    counts: Counts
    statuses: tuple[Status, ...]

    @property
    def version(self) -> str:
        """Name the framework version in words."""
        return f"version {self.framework_version}" if self.framework_version else "not released yet"

    def cell_of(self, evidence: EvidenceRow) -> ExportCell:
        """Find the cell that an evidence row belongs to."""
        return self.cells[evidence.row][evidence.column]


def export_matrix(
    study: Study,
    *,
    theme_id: str | None = None,
    rule_id: str | None = None,
    rounding: Rounding | None = None,
    average_over: Collection[str] | None = None,
) -> MatrixExport:
    """Gather a chart for export; the first rule counts where none is named.

    Raises WrongUsage for an unknown theme or rule.
    """
    chart = build_chart(study, theme_id=theme_id)
    rule = _rule(chart, rule_id)
    evidence = evidence_of(study, chart)
    refs: dict[tuple[int, int], list[EvidenceRow]] = {}
    for row in evidence:
        refs.setdefault((row.row, row.column), []).append(row)
    head = study.head
    return MatrixExport(
        study=study.setting("title"),
        question=study.setting("question"),
        framework=study.setting("framework title"),
        framework_version=study.framework_version,
        chart=chart.label,
        rule=rule,
        rounding=rounding or Rounding(),
        head=head,
        date=study.decision(head.count).at if head.count else "",
        rows=tuple(
            ExportRow(case.id, case.name, case.attributes, chart.numbers.get(f"case:{case.id}", ()))
            for case in chart.cases
        ),
        columns=_columns(chart),
        cells=tuple(
            tuple(
                _cell(chart.cells[case.id, code.id], row, column, refs.get((row, column), []))
                for column, code in enumerate(chart.codes)
            )
            for row, case in enumerate(chart.cases)
        ),
        notes=tuple(ExportNote(n.number, _on(chart, n.note), n.note.content) for n in chart.footnotes),
        table_notes=tuple(n.number for n in chart.footnotes if n.note.anchor.startswith("theme:")),
        evidence=evidence,
        counts=count_theme(chart, rule, average_over=average_over),
        statuses=chart.statuses,
    )


def _rule(chart: Chart, rule_id: str | None) -> CountingRule:
    for rule in chart.rules:
        if rule_id in (None, rule.id):
            return rule
    if rule_id is None:
        return CountingRule("none", "no counting rule is defined", 1)
    known = ", ".join(rule.id for rule in chart.rules)
    raise WrongUsage(f"There is no counting rule {rule_id}. Rules: {known or 'none'}.")


def _columns(chart: Chart) -> tuple[ExportColumn, ...]:
    framework = chart.framework
    return tuple(
        ExportColumn(
            code.id,
            framework.number(code),
            code.name,
            f"{framework.theme_number(code.theme_id)} {framework.themes[code.theme_id].name}",
            code.definition,
            code.state,
            code.wordings,
            chart.numbers.get(f"code:{code.id}", ()),
        )
        for code in chart.codes
    )


def _cell(charted: ChartedCell, row: int, column: int, evidence: list[EvidenceRow]) -> ExportCell:
    cell, status = charted.cell, charted.status
    source = {line.excerpt_id: (line.ref, line.language) for line in evidence if line.excerpt_id}
    return ExportCell(
        row=row,
        column=column,
        state=charted.state.value,
        status="" if status is None else status.label,
        mark=NOT_ASSESSED_MARK if status is None else status.mark,
        note=cell.status_note if cell else "",
        summary=cell.summary if cell else "",
        comment=cell.comment if cell else "",
        quotes=tuple(ExportQuote(q.content, *source.get(q.excerpt_id, ("", ""))) for q in charted.quotes),
        evidence=tuple(line.ref for line in evidence),
        notes=charted.footnotes,
        translation_only=charted.translation_only,
        stale_cause=cell.stale_cause if cell else "",
        author=cell.author if cell else "",
        framework_version=cell.framework_version if cell else 0,
    )


def _on(chart: Chart, note: Footnote) -> str:
    kind, _, identifier = note.anchor.partition(":")
    framework = chart.framework
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
