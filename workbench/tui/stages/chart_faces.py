"""What the matrix shows: the cases and codes of a theme's chart, and the face of each cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.model.case import Case
from workbench.model.cell import Cell, CellExcerpt, CellState, CountingRule, Footnote, Status
from workbench.model.framework import Code, CodeState, Theme
from workbench.model.records import split_key
from workbench.tui.matrix.cells import CellFace, Tone
from workbench.tui.widgets.tones import tone_of

if TYPE_CHECKING:
    from workbench.study.study import Study

_LOOKED_THROUGH = 100
"""Decisions that are looked through for changed cells; after more the chart is read anew."""

_BESIDE = frozenset(
    {
        *("cell-excerpt", "cell-quote", "search", "claim", "claim-cell", "claim-excerpt"),
        *("memo", "excerpt", "coding", "reviewed", "reading"),
    }
)
"""Kinds of records whose change leaves the rows, columns and states of a chart as they are."""


class ChartFaces:
    """One theme's chart as it stands; cells are read when they come into view."""

    def __init__(self, study: Study, theme: Theme) -> None:
        from workbench.study.chart_queries import cells_of_codes

        self._study = study
        self.theme = theme
        framework = study.framework
        self.number = framework.theme_number(theme.id)
        self.cases = study.all(Case, order="position")
        offered = framework.codes_under(theme.id)
        self._offered = {code.id for code in offered}
        doubtful = [code.id for code in offered if code.state is not CodeState.ACTIVE]
        used = {cell.code_id for cell in cells_of_codes(study, doubtful)}
        self.codes = [code for code in offered if code.state is CodeState.ACTIVE or code.id in used]
        """The active codes, and others that something is charted under."""
        self._labels = [self._column_label(code) for code in self.codes]
        self._statuses = {status.id: status for status in study.all(Status)}
        self._rules = [rule.id for rule in study.all(CountingRule, order="position")]
        self._states: dict[tuple[str, str], CellState] = {}
        """By case id and code id; cells that nobody has touched are not in it."""
        self._followed = study.head.count
        """The decision up to which the chart is known."""
        self._is_read = False
        self.reading = self._read_states()
        """What is left to be read of the states of all cells, code by code."""

    def _read_states(self) -> Iterator[None]:
        from workbench.study.chart_queries import cells_of_codes

        for code in self.codes:
            for cell in cells_of_codes(self._study, [code.id]):
                self._states[cell.case_id, cell.code_id] = cell.state
            yield
        self._is_read = True

    def follow(self) -> bool:
        """Take up what was decided since; tell whether that could be done without reading all anew."""
        last = self._study.head.count
        if last - self._followed > _LOOKED_THROUGH:
            return False
        for decision in self._study.decisions(first=self._followed + 1):
            if not all(self._takes_up(*split_key(key)) for key in decision.keys):
                return False
        self._followed = last
        return True

    def _takes_up(self, kind: str, identifier: str) -> bool:
        if kind != "cell":
            return kind in _BESIDE
        cell = self._study.find(Cell, identifier)
        if cell is None:
            return False
        self._states[cell.case_id, cell.code_id] = cell.state
        return cell.code_id not in self._offered or any(code.id == cell.code_id for code in self.codes)

    @property
    def row_labels(self) -> list[str]:
        """Name the cases, those with a footnote marked."""
        noted = {note.anchor for note in self._study.all(Footnote)}
        return [case.name + (" *" if f"case:{case.id}" in noted else "") for case in self.cases]

    @property
    def column_labels(self) -> list[str]:
        """Name the codes with their numbers."""
        return self._labels

    def _column_label(self, code: Code) -> str:
        sign = {CodeState.CANDIDATE: "? ", CodeState.RETIRED: "✕ "}.get(code.state, "")
        wordings = " ≠" if code.wordings else ""
        noted = " *" if self._study.all(Footnote, anchor=f"code:{code.id}") else ""
        return f"{sign}{self._study.framework.label(code)}{wordings}{noted}"

    def place_of(self, case_id: str, code_id: str) -> tuple[int, int] | None:
        """Give row and column of a cell; None where it is not in this chart."""
        rows = [row for row, case in enumerate(self.cases) if case.id == case_id]
        columns = [column for column, code in enumerate(self.codes) if code.id == code_id]
        return (rows[0], columns[0]) if rows and columns else None

    def face(self, row: int, column: int) -> CellFace:
        """Read one cell as the matrix shows it."""
        study, key = self._study, Cell.key(self.cases[row].id, self.codes[column].id)
        cell = study.find(Cell, key)
        if cell is None:
            return CellFace(mark=CellState.NOT_ASSESSED.mark, tone=Tone.MUTED)
        status = self._statuses.get(cell.status_id or "")
        excerpts = len(study.all(CellExcerpt, cell_id=key))
        noted = " *" if study.all(Footnote, anchor=f"cell:{key}") else ""
        words = cell.summary or cell.status_note
        return CellFace(
            text=words,
            mark=f"{status.mark} {cell.state.mark}" if status is not None else cell.state.mark,
            tone=Tone.ATTENTION if cell.state is CellState.STALE else tone_of(status, self._rules),
            footnote=f"{cell.state.value} · {excerpts} exc.{noted}",
        )

    def heading(self) -> str:
        """Say what chart this is, under which framework, and how far it has come."""
        version = self._study.framework_version
        framework = f"framework version {version}" if version else "framework not yet released"
        shown = {code.id for code in self.codes}
        states = Counter(state for (_, code_id), state in self._states.items() if code_id in shown)
        done = states[CellState.CHARTED] + states[CellState.REVIEWED]
        all_cells = len(self.cases) * len(self.codes)
        come = f"{done} of {all_cells} charted" if self._is_read else "counting…"
        stale = f" · ! {states[CellState.STALE]} stale" if states[CellState.STALE] else ""
        noted = " *" if self._study.all(Footnote, anchor=f"theme:{self.theme.id}") else ""
        return f"{self.number} {self.theme.name}{noted} · {framework} · {come}{stale}"

    def next_to_chart(self, row: int, column: int) -> tuple[int, int] | None:
        """Find the next cell, row by row, that is neither charted nor reviewed."""
        columns = len(self.codes)
        for _ in self.reading:
            continue
        settled = (CellState.CHARTED, CellState.REVIEWED)
        done = {place for place, state in self._states.items() if state in settled}
        here, all_cells = row * columns + column, len(self.cases) * columns
        for step in range(1, all_cells + 1):
            at = divmod((here + step) % all_cells, columns)
            if (self.cases[at[0]].id, self.codes[at[1]].id) not in done:
                return at
        return None
