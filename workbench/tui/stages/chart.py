"""The charting screen: cases by codes, and one cell at a time with its evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from workbench.model.cell import Cell
from workbench.model.saved_chart import SavedChart
from workbench.tui.actions import bindings
from workbench.tui.dialogs import Choice, ChooseFrom
from workbench.tui.display import content
from workbench.tui.matrix.matrix_view import MatrixView
from workbench.tui.stages.cell_parts import cell_parts
from workbench.tui.stages.cell_sheet import cell_sheet
from workbench.tui.stages.cell_view import CellView
from workbench.tui.stages.cell_work import CellPlace
from workbench.tui.stages.chart_views import ChartViews
from workbench.tui.stages.going import key_of_item
from workbench.tui.widgets.line_list import LineList

_MATRIX_ONLY = frozenset(
    {"theme", "export", "arrange", "coverage", "only_column", "only_row", "count", "proposals"}
)
_CELL_ONLY = frozenset(
    {"link", "cite", "extracts", "quote", "remove_quote", "remove_cell", "next_cell", "previous_cell"}
)


class ChartScreen(ChartViews):
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

    @on(MatrixView.CellMoved)
    def _cell_moved(self) -> None:
        chart = self._chart
        if chart is None or self._chosen not in chart.crossing(*self._matrix.cursor).places:
            self._chosen = None
        self._show_cell(anew=True)

    def _show_cell(self, *, anew: bool) -> None:
        place = self.cell_place
        if place is None:
            self.parts = None
            words = self._chart.words_at(*self._matrix.cursor) if self._chart is not None else ""
            self._write_below(content(words, newlines=True))
            return
        is_open = self.is_cell_open
        if is_open and self.has_unsaved_words_of_another(place):
            self.parts = None
            return
        self.parts = cell_parts(self.study, place.case_id, place.code_id, with_evidence=is_open)
        if is_open:
            self.view.show_parts(self.parts, anew=anew)
        else:
            self._write_below(cell_sheet(self.parts, compact=True))

    def _write_below(self, words: Content) -> None:
        """Write what is at the cursor below the matrix; only another height lays the screen out anew."""
        below = self.query_one("#cell-at-cursor", Static)
        width, height = below.size
        below.update(words, layout=not width or words.get_height({}, width) != height)

    # opening and leaving a cell

    @on(MatrixView.CellOpened)
    def _open_at_cursor(self) -> None:
        """Open the cell at the cursor; of several ask which."""
        if self.cell_place is not None:
            self.open_view()
        else:
            self._open_one_of_several()

    @work
    async def _open_one_of_several(self) -> None:
        place = await self.choose_one("Open which cell?")
        if place is not None:
            self.hold(place)
            self.open_view()

    async def choose_one(self, question: str) -> CellPlace | None:
        """Give the cell at the cursor; of several ask which."""
        if self.cell_place is not None:
            return self.cell_place
        rows = self._members()
        chosen = await self.workbench.ask(ChooseFrom(question, rows)) if rows else None
        return CellPlace(*chosen[0].split("\t")) if chosen else None

    async def choose_some(self, question: str) -> list[CellPlace]:
        """Give the cell at the cursor; of several ask for which of them, all to begin with."""
        if self.cell_place is not None:
            return [self.cell_place]
        rows = [replace(row, chosen=True) for row in self._members()]
        chosen = await self.workbench.ask(ChooseFrom(question, rows, multiple=True)) if rows else None
        return [CellPlace(*each.split("\t")) for each in chosen or ()]

    def hold(self, place: CellPlace) -> None:
        """Let actions be about one of several cells at the cursor."""
        if self.cell_place is None:
            self._chosen = (place.case_id, place.code_id)

    def _members(self) -> list[Choice]:
        """List the cells at the cursor to choose from; say where there is none."""
        chart = self._chart
        if chart is None or chart.is_empty:
            return []
        crossing = chart.crossing(*self._matrix.cursor)
        members = chart.members(crossing)
        if not members:
            self.say("No cell stands here." if crossing.places else "An attribute: F2 edits it.")
        return [
            Choice("\t".join(place), chart.name(crossing, place), chart.described(place)) for place in members
        ]

    def open_cell(self, case_id: str, code_id: str) -> None:
        """Show one cell, in the chart of its top theme where it is not in the one shown."""
        chart = self._chart
        at = chart.place_of(case_id, code_id) if chart is not None else None
        if chart is None or at is None or chart.crossing(*at).single is None:
            theme = self.study.framework.root_of(self.study.framework.codes[code_id])
            self._show_chart(SavedChart("", "", framework=theme.framework, theme_id=theme.id))
        place = self._chart.place_of(case_id, code_id) if self._chart is not None else None
        if place is None:
            self.say("This cell is no longer in any chart.", alarm=True)
            return
        if not self.save_typed():
            return
        self._matrix.go_to(*place)
        self._sent_here = True
        self.open_view()

    def open_view(self) -> None:
        """Let the cell at the cursor fill the screen, with its first excerpt at hand."""
        if self.cell_place is None:
            return
        if not self.save_typed():
            return
        self.view.end_editing()
        self.add_class("-cell")
        self._show_cell(anew=True)
        self.view.evidence.focus()
        self.refresh_bindings()

    def action_back(self) -> None:
        """Go back from the cell to the matrix, or to where one came from."""
        if not self.is_cell_open:
            if self._before is not None:
                self._show_alone(None)
            else:
                self.workbench.go_back()
            return
        if not self.save_typed():
            return
        self._leave_cell()
        if self._sent_here:
            self._sent_here = False
            self.workbench.go_back()

    def _leave_cell(self) -> None:
        self.view.end_editing()
        self.remove_class("-cell")
        self._chosen = None
        self._show_cell(anew=True)
        self._matrix.focus()
        self.refresh_bindings()

    def leave_gone_cell(self) -> None:
        """Leave the open cell, which is not in the chart any more; what was typed stays in its field."""
        self.parts = None
        if self.view.is_editing and self.view.editor.is_changed:
            self.say("The cell is not in this chart any more. What was typed is still here.", alarm=True)
        else:
            self._leave_cell()
            self.say("The cell that was open is not in this chart any more.", alarm=True)

    def object_key(self) -> str:
        """Give the cell at the cursor, or the excerpt that is looked at beside it."""
        if self.query_one("#evidence").has_focus:
            return key_of_item(self.view.evidence.item)
        place = self.cell_place
        return f"cell:{Cell.key(place.case_id, place.code_id)}" if place is not None else ""

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

    def action_count(self) -> None:
        """Open the numbers of the matrix."""
        self.workbench.open_numbers()

    def action_index_scores(self) -> None:
        """Go to the scores of policy indices."""
        self.workbench.open_indicator()

    @work
    async def action_proposals(self) -> None:
        """Read an edited workbook and decide about what it proposes."""
        from workbench.tui.stages.proposals import read_proposals

        await read_proposals(self.workbench)

    # moving between cells

    def _step(self, by: int) -> None:
        chart = self._chart
        if chart is None or chart.is_empty:
            return
        rows, columns = chart.arrangement.size
        row, column = self._matrix.cursor
        here, all_places = row * columns + column, rows * columns
        members = chart.members(chart.crossing(row, column))
        if self._chosen in members and 0 <= members.index(self._chosen) + by < len(members):
            self._go((row, column), members[members.index(self._chosen) + by])
            return
        for step in range(1, all_places + 1):
            place = divmod((here + by * step) % all_places, columns)
            if members := chart.members(chart.crossing(*place)):
                self._go(place, members[0 if by > 0 else -1])
                return

    def _go(self, place: tuple[int, int], member: tuple[str, str]) -> None:
        """Go to one cell at a place, unless what was typed could not be saved."""
        self.say("")
        if not self.save_typed():
            return
        self._chosen = member if self.is_cell_open else None
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
        chart = self._chart
        found = chart.next_to_chart(*self._matrix.cursor) if chart and not chart.is_empty else None
        if found is None:
            self.say("Every cell of this chart is charted.")
        else:
            self._go(*found)
