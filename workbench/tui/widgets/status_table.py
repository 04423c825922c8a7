"""Counts of statuses, cases by themes, under a named rule; a theme opens into its codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.model.cell import DESCRIBED, DESCRIBED_MARK, CellState
from workbench.tui.matrix.cells import CellFace, Tone
from workbench.tui.matrix.matrix_view import MatrixView
from workbench.tui.widgets.tones import tone_of

if TYPE_CHECKING:
    from workbench.matrix.chart import Chart
    from workbench.matrix.counts import Counts, Tally
    from workbench.matrix.rounding import Rounding

_TOTAL = "Total"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the total, a theme, or a single code of an open theme."""

    name: str
    theme_id: str = ""
    """Empty for the total."""
    code_ids: tuple[str, ...] = ()
    """The codes it counts; one for a single code."""
    is_code: bool = False
    sign: str = ""
    """Whether a theme is open (`▾`) or closed (`▸`)."""


class StatusTable(MatrixView):
    """Show counts with their denominators, and what keeps them from being complete."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._grid = self._grid.with_row_height(3).with_column_width(18)
        self._columns_shown: list[Column] = []
        self._opened_themes: set[str] = set()
        self._counted: tuple[Chart, Counts, Rounding] | None = None

    def show_counts(self, chart: Chart, counts: Counts, rounding: Rounding) -> None:
        """Show a table of counts; the cursor stays where it was."""
        self._counted = (chart, counts, rounding)
        self._lay_out_columns(self.column)

    def toggle_theme(self) -> None:
        """Open the theme at the cursor into its codes, or close it."""
        column = self.column
        if column is not None and column.theme_id:
            self._opened_themes ^= {column.theme_id}
            self._lay_out_columns(column)

    @property
    def column(self) -> Column | None:
        """Give the column at the cursor."""
        columns = self._columns_shown
        return columns[min(self.cursor[1], len(columns) - 1)] if columns else None

    def behind(self, row: int, column: int) -> tuple[str, list[tuple[str, str]]]:
        """Name a count, and list the (case id, code id) of the cells behind it."""
        assert self._counted is not None
        chart, counts, _ = self._counted
        shown = self._columns_shown[column]
        averaged = row >= len(chart.cases)
        cases = [case for case in chart.cases if not averaged or case.id in counts.averaged]
        cases = cases if averaged else [chart.cases[row]]
        who = f"Mean of {len(cases)} cases" if averaged else cases[0].name
        return f"{who} × {shown.name}", [(case.id, code) for case in cases for code in shown.code_ids]

    def _lay_out_columns(self, keep: Column | None) -> None:
        assert self._counted is not None
        chart, counts, _ = self._counted
        every = tuple(code for row in counts.rows for code in row.code_ids)
        columns = [Column(_TOTAL, code_ids=every)]
        for row in counts.rows:
            is_open = row.theme_id in self._opened_themes
            sign = "▾" if is_open else "▸"
            columns.append(Column(row.label, row.theme_id, row.code_ids, sign=sign))
            if is_open:
                columns += [
                    Column(chart.framework.label(chart.framework.codes[code]), row.theme_id, (code,), True)
                    for code in row.code_ids
                ]
        self._columns_shown = columns
        rows = [case.name for case in chart.cases]
        if len(counts.averaged) > 1:
            rows.append(f"Mean of {len(counts.averaged)}")
        self.show(
            rows,
            [f"{each.sign} {each.name}".strip() for each in columns],
            self._face_of,
            cursor=(self.cursor[0], _place(columns, keep)),
        )

    def _face_of(self, row: int, place: int) -> CellFace:
        assert self._counted is not None
        chart, counts, rounding = self._counted
        column = self._columns_shown[place]
        if row >= len(chart.cases):
            return self._mean_face(column)
        case_id = chart.cases[row].id
        if column.is_code:
            return self._code_face(case_id, column.code_ids[0])
        tally = counts.tally(column.theme_id, case_id) if column.theme_id else counts.total(case_id)
        return count_face(tally, rounding)

    def _mean_face(self, column: Column) -> CellFace:
        assert self._counted is not None
        _, counts, rounding = self._counted
        if column.is_code:
            return CellFace()
        mean = counts.mean(column.theme_id) if column.theme_id else counts.mean_total
        printed = rounding.printed(mean)
        exact = f" ({mean})" if mean is not None and mean.denominator != 1 else ""
        return CellFace(printed + exact, tone=Tone.PLAIN)

    def _code_face(self, case_id: str, code_id: str) -> CellFace:
        assert self._counted is not None
        chart = self._counted[0]
        charted = chart.cells[case_id, code_id]
        if charted.status is None:
            if not charted.is_described:
                return CellFace("not assessed", CellState.NOT_ASSESSED.mark, Tone.MUTED)
            mark = f"{DESCRIBED_MARK} {charted.state.mark}"
            return CellFace(DESCRIBED, mark, Tone.MUTED, f"{len(charted.excerpts)} exc.")
        tone = tone_of(charted.status, [rule.id for rule in chart.rules])
        stale = charted.state is CellState.STALE
        return CellFace(
            charted.status.label,
            f"{charted.status.mark} {charted.state.mark}",
            Tone.ATTENTION if stale else tone,
            f"{len(charted.excerpts)} exc.",
        )


def _place(columns: Sequence[Column], keep: Column | None) -> int:
    if keep is None:
        return 0
    wanted = (keep.theme_id, keep.code_ids)
    theme = (place for place, each in enumerate(columns) if each.theme_id == keep.theme_id)
    exact = (place for place, each in enumerate(columns) if (each.theme_id, each.code_ids) == wanted)
    return next(exact, next(theme, 0))


def _without(tally: Tally) -> str:
    """Say why there is no figure."""
    if not tally.missing:
        return "n/a"
    return DESCRIBED if tally.described == tally.missing else "not assessed"


def count_face(tally: Tally, rounding: Rounding) -> CellFace:
    """Show a count as value of denominator, with what is missing, left out, stale or a draft below."""
    printed = rounding.printed(tally.value)
    exact = f" ({tally.value})" if tally.value.denominator != 1 else ""
    open_cells = tally.missing - tally.described
    remarks = [
        f"…{open_cells} open" if open_cells else "",
        f"{DESCRIBED_MARK}{tally.described} no answer" if tally.described else "",
        f"!{tally.stale} stale" if tally.stale else "",
        f"○{tally.draft} draft" if tally.draft else "",
        f"{tally.outside} n/a" if tally.outside else "",
    ]
    tone = Tone.ATTENTION if tally.missing or tally.stale else Tone.PLAIN
    words = f"{printed}{exact} of {tally.denominator}" if tally.figure is not None else _without(tally)
    return CellFace(words, tone=tone, footnote=" ".join(remark for remark in remarks if remark))
