"""Heads and cells of a chart as they leave, whatever its rows and columns are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from workbench.exchange.evidence import EvidenceRow
from workbench.exchange.quoted_sides import ExportQuote, QuotedSide, QuotedSides
from workbench.language.summaries import SummaryMeasures, measure
from workbench.matrix.arrangement import Arrangement, Column, Crossing
from workbench.matrix.chart import Chart, ChartedCell, ChartedExcerpt
from workbench.matrix.row_lines import Line
from workbench.model.cell import DESCRIBED, DESCRIBED_MARK, CellQuote
from workbench.model.citations import with_marks
from workbench.model.framework import CodeState
from workbench.model.text import Passage
from workbench.study.study import Study

NOT_ASSESSED_MARK = "·"
NOT_ASSESSED_STATE = "not assessed"


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A row head: a case, unless the chart is arranged otherwise."""

    id: str
    name: str
    attributes: Mapping[str, str]
    notes: tuple[int, ...]
    """Numbers of the footnotes on it."""


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column head: a code, unless the chart is arranged otherwise."""

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
    attributes: Mapping[str, str] = field(default_factory=dict)
    """Attributes of its theme, or of the case where rows and columns have changed places."""

    @property
    def label(self) -> str:
        """Give number, name and, for a code that is not active, its state."""
        state = "" if self.state is CodeState.ACTIVE else f" ({self.state})"
        return f"{self.number} {self.name}{state}".strip()


@dataclass(frozen=True, slots=True)
class ExportCell:
    """One cell as it leaves; one that nobody assessed says so."""

    row: int
    column: int
    state: str
    status: str
    """Label of the status; empty where there is none."""
    mark: str
    """Empty where no answer is expected and none is given."""
    note: str
    """The restriction, the part met or the reason that goes with the status."""
    summary: str
    cited: str
    """The summary with the refs of the evidence it cites after each sentence: `It hires. [E3]`."""
    measures: SummaryMeasures
    comment: str
    quotes: tuple[ExportQuote, ...]
    evidence: tuple[str, ...]
    """Refs of its evidence rows, in their order."""
    notes: tuple[int, ...]
    translation_only: bool
    caveats: tuple[str, ...]
    """What is to be minded about its evidence; each has a footnote."""
    stale_cause: str
    author: str
    framework_version: int
    searched: bool
    """Whether a search in vain is recorded for it; through documents one that looked into them."""
    places: tuple[tuple[str, str], ...]
    """Case id and code id of the cells it shows; one unless the chart is arranged otherwise."""


def rows_of(chart: Chart, arrangement: Arrangement) -> tuple[ExportRow, ...]:
    """Give the row heads as they are shown."""
    if arrangement.view.turned:
        return tuple(
            ExportRow(head.id, head.label, head.attributes, head.notes)
            for head in map(_Heads(chart).of_column, arrangement.columns)
        )
    return tuple(map(_Heads(chart).row, arrangement.lines))


def columns_of(chart: Chart, arrangement: Arrangement) -> tuple[ExportColumn, ...]:
    """Give the column heads as they are shown."""
    heads = _Heads(chart)
    if arrangement.view.turned:
        return tuple(heads.turned(line) for line in arrangement.lines)
    return tuple(heads.of_column(column) for column in arrangement.columns)


class _Heads:
    """Heads of the rows and columns of one chart."""

    def __init__(self, chart: Chart) -> None:
        self._chart = chart

    def row(self, line: Line) -> ExportRow:
        label = f"{line.group}: {line.label}" if line.group else line.label
        notes = dict.fromkeys(note for case in line.case_ids for note in self._notes(f"case:{case}"))
        return ExportRow(line.id, label, line.values or {}, tuple(notes))

    def turned(self, line: Line) -> ExportColumn:
        row = self.row(line)
        return ExportColumn(row.id, "", row.name, "", "", CodeState.ACTIVE, {}, row.notes, row.attributes)

    def of_column(self, column: Column) -> ExportColumn:
        framework = self._chart.framework
        code = framework.codes.get(column.id)
        if code is not None:
            theme = framework.themes[code.theme_id]
            return ExportColumn(
                code.id,
                framework.number(code),
                code.name,
                f"{framework.theme_number(theme.id)} {theme.name}",
                code.definition,
                code.state,
                code.wordings,
                self._notes(f"code:{code.id}"),
                theme.attributes,
            )
        if column.attribute:
            return ExportColumn(column.id, "", column.label, "", "", CodeState.ACTIVE, {}, ())
        theme = framework.themes[column.id]
        above = framework.themes.get(theme.parent_id or "")
        over = f"{framework.theme_number(above.id)} {above.name}" if above is not None else ""
        return ExportColumn(
            theme.id,
            framework.theme_number(theme.id),
            theme.name,
            over,
            theme.definition,
            CodeState.RETIRED if theme.retired else CodeState.ACTIVE,
            {},
            self._notes(f"theme:{theme.id}"),
            theme.attributes,
        )

    def _notes(self, anchor: str) -> tuple[int, ...]:
        return self._chart.numbers.get(anchor, ())


def cells_of(
    study: Study,
    chart: Chart,
    arrangement: Arrangement,
    evidence: Iterable[EvidenceRow],
    *,
    with_measures: bool = True,
) -> tuple[tuple[ExportCell, ...], ...]:
    """Give the cells row by row; `evidence` holds the rows of evidence of the same arrangement.

    Without measures every summary counts as empty; they take longer than all else together.
    """
    behind: dict[tuple[int, int], list[EvidenceRow]] = {}
    for row in evidence:
        behind.setdefault((row.row, row.column), []).append(row)
    rows, columns = arrangement.size
    writing = _Cells(chart, QuotedSides(study), with_measures=with_measures)
    return tuple(
        tuple(
            writing.cell(row, column, arrangement.crossing(row, column), behind.get((row, column), []))
            for column in range(columns)
        )
        for row in range(rows)
    )


_UNMEASURED = measure("", {}, ())


class _Cells:
    """The cells of one chart as they leave."""

    def __init__(self, chart: Chart, quoted: QuotedSides, *, with_measures: bool) -> None:
        self._chart = chart
        self._quoted = quoted
        self._with_measures = with_measures
        self._cases = {case.id: case.name for case in chart.cases}
        self._codes = {code.id: chart.framework.number(code) for code in chart.codes}

    def cell(self, row: int, column: int, crossing: Crossing, evidence: list[EvidenceRow]) -> ExportCell:
        members = crossing.members(self._chart)
        if crossing.single is not None:
            return self._one(row, column, members[0], evidence)
        return self._several(row, column, crossing, members, evidence)

    def _one(self, row: int, column: int, charted: ChartedCell, evidence: list[EvidenceRow]) -> ExportCell:
        cell, status = charted.cell, charted.status
        return ExportCell(
            row=row,
            column=column,
            state=charted.state.value,
            status="" if status is None else status.label,
            mark="" if status is None and charted.cell is None and self._is_open(charted) else _mark(charted),
            note=cell.status_note if cell else "",
            summary=cell.summary if cell else "",
            cited=_cited(charted, evidence),
            measures=_measured(charted) if self._with_measures else _UNMEASURED,
            comment=cell.comment if cell else "",
            quotes=self._quotes(charted, evidence),
            evidence=tuple(line.ref for line in evidence),
            notes=charted.footnotes,
            translation_only=charted.translation_only,
            caveats=charted.caveats,
            stale_cause=cell.stale_cause if cell else "",
            author=cell.author if cell else "",
            framework_version=cell.framework_version if cell else 0,
            searched=bool(charted.searches),
            places=((charted.case_id, charted.code_id),),
        )

    def _is_open(self, charted: ChartedCell) -> bool:
        """Tell whether a cell is of a code kept open, which expects no answer."""
        return self._chart.framework.codes[charted.code_id].other

    def _several(
        self,
        row: int,
        column: int,
        crossing: Crossing,
        members: Sequence[ChartedCell],
        evidence: list[EvidenceRow],
    ) -> ExportCell:
        """Show several cells together: how often each answer is given, and every summary under its name."""
        answers = Counter(map(_answer, members))
        many = len(members) > 1
        said = [(self._name(crossing, member), member.cell, member) for member in members if member.cell]
        return ExportCell(
            row=row,
            column=column,
            state=", ".join(dict.fromkeys(member.state.value for member in members)),
            status="; ".join(f"{label} {number}" if many else label for label, number in answers.items()),
            mark="" if crossing.words or members else NOT_ASSESSED_MARK,
            note=_lines((name, cell.status_note) for name, cell, _ in said),
            summary=crossing.words or _lines((name, cell.summary) for name, cell, _ in said),
            cited=crossing.words or _lines((name, _cited(member, evidence)) for name, _, member in said),
            measures=_UNMEASURED,
            comment=_lines((name, cell.comment) for name, cell, _ in said),
            quotes=tuple(quote for member in members for quote in self._quotes(member, evidence)),
            evidence=tuple(line.ref for line in evidence),
            notes=tuple(dict.fromkeys(note for member in members for note in member.footnotes)),
            translation_only=any(member.translation_only for member in members),
            caveats=tuple(dict.fromkeys(caveat for member in members for caveat in member.caveats)),
            stale_cause=_lines((name, cell.stale_cause) for name, cell, _ in said),
            author=", ".join(dict.fromkeys(cell.author for _, cell, _ in said)),
            framework_version=max((cell.framework_version for _, cell, _ in said), default=0),
            searched=bool(crossing.searches(self._chart)),
            places=crossing.places,
        )

    def _quotes(self, charted: ChartedCell, evidence: Iterable[EvidenceRow]) -> tuple[ExportQuote, ...]:
        refs = {excerpt_id: (line.ref, line.language) for excerpt_id, line in _refs(evidence).items()}
        held = {each.excerpt.id: each for each in charted.excerpts}
        return tuple(
            ExportQuote(
                quote.content,
                *refs.get(quote.excerpt_id, ("", "")),
                self._sides(quote, held[quote.excerpt_id]) if quote.excerpt_id in held else (),
            )
            for quote in charted.quotes
        )

    def _sides(self, quote: CellQuote, charted: ChartedExcerpt) -> tuple[QuotedSide, ...]:
        """Give the sides of quoted words, at their place inside the excerpt."""
        excerpt = charted.excerpt
        at = max(excerpt.quote.find(quote.content), 0)
        end = excerpt.start + at + len(quote.content)
        passage = Passage(excerpt.start + at, min(end, excerpt.end))
        return self._quoted.of(charted.text, charted.document, passage, quote.content)

    def _name(self, crossing: Crossing, member: ChartedCell) -> str:
        """Name a cell among several by what tells it from the others."""
        cases = len({case_id for case_id, _ in crossing.places}) > 1
        codes = len({code_id for _, code_id in crossing.places}) > 1
        parts = [self._cases[member.case_id]] if cases or not codes else []
        return " ".join([*parts, *([self._codes[member.code_id]] if codes else [])])


def _mark(charted: ChartedCell) -> str:
    if charted.status is not None:
        return charted.status.mark
    return DESCRIBED_MARK if charted.is_described else NOT_ASSESSED_MARK


def _answer(charted: ChartedCell) -> str:
    if charted.status is not None:
        return charted.status.label
    return DESCRIBED if charted.is_described else NOT_ASSESSED_STATE


def _lines(parts: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{name}: {words}" for name, words in parts if words)


def _refs(evidence: Iterable[EvidenceRow]) -> Mapping[str, EvidenceRow]:
    return {line.excerpt_id: line for line in evidence if line.excerpt_id}


def _cited(charted: ChartedCell, evidence: Iterable[EvidenceRow]) -> str:
    if charted.cell is None:
        return ""
    refs = {excerpt_id: line.ref for excerpt_id, line in _refs(evidence).items()}
    return with_marks(charted.cell.summary, charted.cell.citations, refs)


def _measured(charted: ChartedCell) -> SummaryMeasures:
    cell = charted.cell
    if cell is None:
        return _UNMEASURED
    return measure(cell.summary, cell.citations, [each.excerpt.quote for each in charted.excerpts])
