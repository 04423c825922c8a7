"""The chart that is shown: which, how it is arranged, and what its cells show."""

from __future__ import annotations

from asyncio import sleep

from textual import work
from textual.widgets import Static

from workbench.model.saved_chart import SavedChart
from workbench.tui.display import content
from workbench.tui.matrix.cells import CellFace
from workbench.tui.matrix.matrix_view import MatrixView
from workbench.tui.stages.cell_actions import CellActions
from workbench.tui.stages.cell_work import CellPlace
from workbench.tui.stages.chart_arranging import Arranging, arrange
from workbench.tui.stages.chart_faces import ChartFaces, Look
from workbench.tui.stages.interpret_counts import go_on

_BREATH = 0.002
"""Seconds in which other work is let through between two stretches of reading."""


class ChartViews(CellActions):
    """A screen with a matrix that is arranged as its reader wants it."""

    def __init__(self) -> None:
        super().__init__()
        self._chart: ChartFaces | None = None
        self._view: SavedChart | None = None
        self._look = Look.WORDS
        self._before: SavedChart | None = None
        """The arrangement that showing one row or column alone came from."""
        self._chosen: tuple[str, str] | None = None
        """Case id and code id of the cell chosen among several at the cursor."""

    @property
    def _matrix(self) -> MatrixView:
        return self.query_one(MatrixView)

    @property
    def cell_place(self) -> CellPlace | None:
        """Give the cell that actions are about: the one at the cursor, or the one chosen among several."""
        chart = self._chart
        if chart is None or chart.is_empty:
            return None
        single = chart.crossing(*self._matrix.cursor).single or self._chosen
        return CellPlace(*single) if single is not None else None

    def refresh_study(self) -> None:
        """Show the chart as it stands."""
        view = self._view_that_is_there()
        if view is None:
            self._show_nothing()
            return
        self._show_chart(view)

    def _show_nothing(self) -> None:
        """Show that there is nothing to chart, whatever was there before."""
        self._chart = self._view = self._before = self._chosen = self.parts = None
        self.remove_class("-cell")
        self._matrix.show((), (), lambda row, column: CellFace())
        self._show_heading("The framework has no theme yet: F3 goes there.")
        self._show_cell(anew=True)

    def _show_chart(self, view: SavedChart) -> None:
        here = self.cell_place
        chart = self._chart
        if chart is None or chart.view != view or not chart.follow():
            made = self.workbench.attempt(lambda: self._arranged(view))
            if made is None:
                if chart is None or view == chart.view:
                    self._view = None
                    self._show_chart(self._first_view())
                return
            chart = self._chart = made
        chart.look = self._look
        same, self._view = self._view == view, view
        cursor = self._matrix.cursor if same else (0, 0)
        if not go_on(chart.reading):
            self._read_on(chart)
        place = chart.place_of(here.case_id, here.code_id) if here is not None else None
        if place is not None and chart.crossing(*place).single is not None:
            cursor = place
        rows, columns = chart.row_labels, chart.column_labels
        self._matrix.show(
            rows,
            columns,
            chart.face,
            corner=chart.corner,
            cursor=cursor,
            frozen=chart.arrangement.frozen,
        )
        self._show_heading(
            self._heading_of(chart) if chart.chart.cases else "The study has no case yet: F2 adds some."
        )
        if same and here is not None and place is None and self.is_cell_open:
            self.leave_gone_cell()
        else:
            self._show_cell(anew=False)

    def leave_gone_cell(self) -> None:
        """Leave the open cell, which is not in the chart any more; what was typed stays."""
        raise NotImplementedError

    def _arranged(self, view: SavedChart) -> ChartFaces:
        chart = self._chart
        if chart is not None and chart.is_about(view) and chart.follow():
            return chart.arranged(view)
        return ChartFaces(self.study, view)

    @work(group="reading", exclusive=True)
    async def _read_on(self, chart: ChartFaces) -> None:
        """Read on how far the chart has come, while keys are answered."""
        while self._chart is chart and not go_on(chart.reading):
            await sleep(_BREATH)
        if self._chart is chart and chart.chart.cases:
            self._show_heading(self._heading_of(chart))

    def _heading_of(self, chart: ChartFaces) -> str:
        if self._before is None:
            return chart.heading()
        heads = chart.arrangement.heads
        return f"{chart.chart.label} · only {heads[1][0] if heads[1] else ''} · esc shows all again"

    def _view_that_is_there(self) -> SavedChart | None:
        """Give the arrangement shown, or the first theme's chart where that is gone; None without a theme."""
        themes = self.study.framework.themes
        if self._view is None or (self._view.theme_id or next(iter(themes), "")) not in themes:
            in_use = [theme for theme in self.study.framework.roots() if not theme.retired]
            return self._first_view() if in_use else None
        return self._view

    def _first_view(self) -> SavedChart:
        first = next(theme for theme in self.study.framework.roots() if not theme.retired)
        return SavedChart("", "", framework=first.framework, theme_id=first.id)

    def _show_heading(self, words: str) -> None:
        self.query_one("#heading", Static).update(content(words))

    def _show_cell(self, *, anew: bool) -> None:
        """Show the cell at the cursor."""
        raise NotImplementedError

    # arranging

    @work
    async def action_arrange(self) -> None:
        """Change rows, columns, order and conditions, or open and save arrangements."""
        if self._chart is None or self._chart.is_empty:
            if self._chart is not None:
                self._before, view = None, self._chart.view
                self._show_chart(SavedChart("", "", framework=view.framework, theme_id=view.theme_id))
            return
        asking = Arranging(self.workbench, self._chart, *self._matrix.cursor)
        changed = await arrange(asking)
        if changed is not None:
            self._before = None
            self._show_chart(changed)

    def action_coverage(self) -> None:
        """Show excerpts per cell and states as marks, or the words again."""
        self._look = Look.WORDS if self._look is Look.COVERAGE else Look.COVERAGE
        self._matrix.resize_cells(*((1, 12) if self._look is Look.COVERAGE else (5, 28)))
        self.refresh_study()

    def action_only_column(self) -> None:
        """Show the column at the cursor alone and wide, or all again."""
        self._alone(rows=False)

    def action_only_row(self) -> None:
        """Show the row at the cursor alone, its columns one below the other, or all again."""
        self._alone(rows=True)

    def _alone(self, *, rows: bool) -> None:
        chart = self._chart
        if self._before is not None or chart is None or chart.is_empty:
            self._show_alone(None)
            return
        self._show_alone(chart.alone(*self._matrix.cursor, rows=rows))

    def _show_alone(self, view: SavedChart | None) -> None:
        """Show an arrangement of one row or column; None goes back to the one before."""
        if view is None:
            view, self._before = self._before, None
            self._matrix.resize_cells(5, 28)
        else:
            self._before = self._view
            self._matrix.resize_cells(8, self._matrix.grid.body_width)
        if view is not None:
            self._show_chart(view)

    @work
    async def action_export(self) -> None:
        """Write the chart to a file."""
        from workbench.tui.stages.chart_export import export_chart

        if self._chart is not None:
            await export_chart(self.workbench, self._chart.view)

    @work
    async def action_measures(self) -> None:
        """Show which summaries stand out, and open one of them."""
        from workbench.tui.stages.chart_arranging import choose_standing_out

        if self._chart is not None:
            place = await choose_standing_out(self.workbench, self._chart.view)
            if place is not None:
                self.open_cell(*place)

    @work
    async def action_theme(self) -> None:
        """Choose the theme whose chart is shown, or all themes of a framework."""
        from workbench.tui.stages.chart_export import choose_chart

        chosen = await choose_chart(self.workbench, self._view)
        if chosen is not None:
            self._before = None
            self._show_chart(chosen)
