"""The charting screen: cases by codes, and one cell at a time with its evidence."""

from __future__ import annotations

from asyncio import sleep
from collections.abc import Callable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from workbench.model.framework import Theme
from workbench.tui.actions import bindings
from workbench.tui.display import content
from workbench.tui.matrix.matrix_view import MatrixView
from workbench.tui.stages.cell_actions import CellActions
from workbench.tui.stages.cell_parts import cell_parts
from workbench.tui.stages.cell_sheet import cell_sheet
from workbench.tui.stages.cell_view import CellView
from workbench.tui.stages.cell_work import CellPlace
from workbench.tui.stages.chart_faces import ChartFaces
from workbench.tui.stages.interpret_counts import go_on
from workbench.tui.widgets.line_list import LineList

_BREATH = 0.002
"""Seconds in which other work is let through between two stretches of reading."""

_MATRIX_ONLY = frozenset({"theme", "export"})
_CELL_ONLY = frozenset({"link", "cite", "extracts", "quote", "remove_quote", "next_cell", "previous_cell"})


class ChartScreen(CellActions):
    """Chart a theme: every case under every code."""

    STAGE: ClassVar[str] = "chart"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("chart")]
    DEFAULT_CSS = """
    ChartScreen #matrix-side { width: 1fr; height: 1fr; }
    ChartScreen #heading { height: auto; color: $text-muted; padding: 0 1; }
    ChartScreen MatrixView { height: 1fr; }
    ChartScreen #cell-panel { height: 30%; border-top: solid $panel; padding: 0 1; }
    ChartScreen #cell-panel:focus { border-top: solid $primary; }
    ChartScreen CellView { display: none; }
    ChartScreen.-cell #matrix-side { display: none; }
    ChartScreen.-cell CellView { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._chart: ChartFaces | None = None
        self._theme_id = ""
        self._sent_here = False
        """Whether the cell was opened from another stage, to which going back leads."""

    def compose_body(self) -> ComposeResult:
        """Lay out the matrix with the cell at its cursor, and the view of one cell."""
        with Vertical(id="matrix-side"):
            yield Static("", id="heading", markup=False)
            yield MatrixView(id="matrix")
            with VerticalScroll(id="cell-panel"):
                yield Static("", id="cell-at-cursor", markup=False)
        yield CellView(id="cell")

    def on_mount(self) -> None:
        """Begin in the matrix."""
        self._matrix.focus()

    # what is shown

    @property
    def _matrix(self) -> MatrixView:
        return self.query_one(MatrixView)

    @property
    def cell_place(self) -> CellPlace | None:
        """Give the cell that actions are about: the one at the cursor of the matrix."""
        chart = self._chart
        if chart is None or not chart.cases or not chart.codes:
            return None
        row, column = self._matrix.cursor
        return CellPlace(chart.cases[row].id, chart.codes[column].id)

    def refresh_study(self) -> None:
        """Show the chart as it stands."""
        theme = self._theme()
        if theme is None:
            self._show_heading("The framework has no theme yet: F3 goes there.")
            return
        here = self.cell_place
        chart = self._chart
        if chart is None or chart.theme != theme or not chart.follow():
            chart = self._chart = ChartFaces(self.study, theme)
        if not go_on(chart.reading):
            self._read_on(chart)
        place = chart.place_of(here.case_id, here.code_id) if here is not None else None
        rows, columns = chart.row_labels, chart.column_labels
        self._matrix.show(rows, columns, chart.face, corner=chart.number, cursor=place or (0, 0))
        self._show_heading(chart.heading() if chart.cases else "The study has no case yet: F2 adds some.")
        self._show_cell(anew=False)

    @work(group="reading", exclusive=True)
    async def _read_on(self, chart: ChartFaces) -> None:
        """Read on how far the chart has come, while keys are answered."""
        while self._chart is chart and not go_on(chart.reading):
            await sleep(_BREATH)
        if self._chart is chart and chart.cases:
            self._show_heading(chart.heading())

    def _theme(self) -> Theme | None:
        framework = self.study.framework
        if self._theme_id not in framework.themes:
            with_codes = [theme for theme in framework.roots() if not theme.retired]
            self._theme_id = with_codes[0].id if with_codes else ""
        return framework.themes.get(self._theme_id)

    def _show_heading(self, words: str) -> None:
        self.query_one("#heading", Static).update(content(words))

    @on(MatrixView.CellMoved)
    def _cell_moved(self) -> None:
        self._show_cell(anew=True)

    def _show_cell(self, *, anew: bool) -> None:
        place = self.cell_place
        if place is None:
            self.parts = None
            return
        is_open = self.is_cell_open
        self.parts = cell_parts(self.study, place.case_id, place.code_id, with_evidence=is_open)
        if is_open:
            self.view.show_parts(self.parts, anew=anew)
        else:
            self.query_one("#cell-at-cursor", Static).update(cell_sheet(self.parts, compact=True))

    # opening and leaving a cell

    @on(MatrixView.CellOpened)
    def _open_at_cursor(self) -> None:
        self.open_view()

    def open_cell(self, case_id: str, code_id: str) -> None:
        """Show one cell, in the chart of its top theme where it is not in the one shown."""
        if self._chart is None or self._chart.place_of(case_id, code_id) is None:
            code = self.study.framework.codes[code_id]
            self._theme_id = self.study.framework.root_of(code).id
            self.refresh_study()
        place = self._chart.place_of(case_id, code_id) if self._chart is not None else None
        if place is None:
            self.say("This cell is no longer in any chart.", alarm=True)
            return
        self.save_typed()
        self._matrix.go_to(*place)
        self._sent_here = True
        self.open_view()

    def open_view(self) -> None:
        """Let the cell at the cursor fill the screen, with its first excerpt at hand."""
        if self.cell_place is None:
            return
        self.save_typed()
        self.view.end_editing()
        self.add_class("-cell")
        self._show_cell(anew=True)
        self.view.evidence.focus()
        self.refresh_bindings()

    def action_back(self) -> None:
        """Go back from the cell to the matrix, or to where one came from."""
        if not self.is_cell_open:
            self.workbench.go_back()
            return
        self.save_typed()
        self.view.end_editing()
        self.remove_class("-cell")
        self._show_cell(anew=True)
        self._matrix.focus()
        self.refresh_bindings()
        if self._sent_here:
            self._sent_here = False
            self.workbench.go_back()

    def place(self) -> Callable[[], None]:
        """Give the way back to the excerpt or the cell that one was at."""
        where = self.view.evidence if self.is_cell_open else self._matrix
        return lambda: self.set_focus(where)

    def leave(self) -> None:
        """Save what was typed before another stage is shown or the study is closed."""
        self.save_typed()

    @on(LineList.Opened, "#evidence")
    def _open_passage(self) -> None:
        item = self.view.evidence.item
        if item is None or self.parts is None:
            return
        for each in self.parts.evidence:
            if item.key == f"excerpt:{each.excerpt.id}":
                self.workbench.open_passage(each.excerpt.text_id, each.excerpt.passage)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what makes sense in the matrix or in one cell."""
        if action in _MATRIX_ONLY:
            return not self.is_cell_open
        if action in _CELL_ONLY:
            return self.is_cell_open
        return super().check_action(action, parameters)

    @work
    async def action_export(self) -> None:
        """Write the chart to a file."""
        from workbench.tui.stages.chart_export import export_chart

        if self._chart is not None:
            await export_chart(self.workbench, self._chart.theme)

    # moving between cells

    def _step(self, by: int) -> None:
        if self._chart is not None and self.cell_place is not None:
            columns = len(self._chart.codes)
            row, column = self._matrix.cursor
            at = (row * columns + column + by) % (len(self._chart.cases) * columns)
            self._go(divmod(at, columns))

    def _go(self, place: tuple[int, int]) -> None:
        self.save_typed()
        self._matrix.go_to(*place)
        self._show_cell(anew=True)
        if self.is_cell_open:
            self.view.end_editing()

    def action_next_cell(self) -> None:
        """Go to the next cell."""
        self._step(1)

    def action_previous_cell(self) -> None:
        """Go to the cell before."""
        self._step(-1)

    def action_next_to_chart(self) -> None:
        """Go to the next cell that is neither charted nor reviewed."""
        place = self._chart.next_to_chart(*self._matrix.cursor) if self._chart and self.cell_place else None
        if place is None:
            self.say("Every cell of this chart is charted.")
        else:
            self._go(place)

    @work
    async def action_theme(self) -> None:
        """Choose the theme whose chart is shown."""
        from workbench.tui.stages.framework_changes import choose_theme

        chosen = await choose_theme(self.workbench, "The chart of which theme?")
        if chosen is not None:
            self._theme_id = chosen
            self.refresh_study()
