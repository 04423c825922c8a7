"""The screen of numbers: counts, ranks and their sensitivity, printed tables, and fragile comparisons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from workbench.errors import WorkbenchError
from workbench.model.cell import Cell
from workbench.tui.actions import bindings
from workbench.tui.display import content, shortened
from workbench.tui.matrix.matrix_view import MatrixView
from workbench.tui.stages import evidence_items
from workbench.tui.stages.going import go_to_record, key_of_item
from workbench.tui.stages.numbers_asking import change_settings
from workbench.tui.stages.numbers_tables import ask_tables
from workbench.tui.stages.numbers_working import FACES, NumbersWorking
from workbench.tui.widgets.excerpt_list import EvidenceList
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.status_table import StatusTable
from workbench.tui.wording import several

if TYPE_CHECKING:
    from workbench.matrix.counts import Counts
    from workbench.model.coding import Excerpt
    from workbench.tui.stages.numbers_lines import Line
    from workbench.tui.stages.numbers_work import Matrix

_EMPTY = {
    "ranks": "There is nothing to rank.",
    "sensitivity": "There is no other way of counting.",
    "compare": "Every printed figure follows. 4 chooses other files.",
    "check": "The study is whole, and nothing makes a comparison fragile.",
}
_LISTED = 500
"""Cells behind a line that are listed at once."""


class NumbersScreen(NumbersWorking):
    """Count, rank, compare and check, each walked back to the cells."""

    STAGE: ClassVar[str] = "numbers"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("numbers")]
    DEFAULT_CSS = """
    NumbersScreen #faces { height: 1; padding: 0 1; background: $panel; }
    NumbersScreen #told { height: auto; max-height: 4; padding: 0 1; color: $text-muted; }
    NumbersScreen StatusTable { height: 1fr; }
    NumbersScreen #lines { height: 1fr; display: none; }
    NumbersScreen #more { height: auto; max-height: 6; padding: 0 1; border-top: solid $panel; }
    NumbersScreen #more { display: none; }
    NumbersScreen #evidence-side { height: 1fr; display: none; }
    NumbersScreen #evidence-head { height: auto; max-height: 4; padding: 0 1; }
    NumbersScreen.-lines #lines { display: block; }
    NumbersScreen.-lines #more { display: block; }
    NumbersScreen.-lines StatusTable { display: none; }
    NumbersScreen.-reading #evidence-side { display: block; }
    NumbersScreen.-reading #lines, NumbersScreen.-reading #more { display: none; }
    NumbersScreen.-reading StatusTable { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._face = FACES[0]
        self._cursors: dict[str, int] = {}
        self._excerpts: dict[str, Excerpt] = {}

    def compose_body(self) -> ComposeResult:
        """Lay out the faces: a table or a list, and the evidence that takes its place."""
        with Vertical():
            yield Static("", id="faces", markup=False)
            yield Static("", id="told", markup=False)
            yield StatusTable(id="table")
            yield LineList(lines_each=2, id="lines")
            with VerticalScroll(id="more", can_focus=False):
                yield Static("", id="more-words", markup=False)
            with Vertical(id="evidence-side"):
                yield Static("", id="evidence-head", markup=False)
                yield EvidenceList(id="evidence", empty="Nothing stands behind this.")

    def on_mount(self) -> None:
        """Begin with the counts."""
        self._show_face(self._face)

    def begin(self) -> None:
        """Show the face that was shown last."""
        self._stop_reading()

    @property
    def is_reading(self) -> bool:
        """Tell whether the cells behind a number are shown."""
        return self.has_class("-reading")

    @property
    def _list(self) -> LineList:
        return self.query_one("#lines", LineList)

    @property
    def _table(self) -> StatusTable:
        return self.query_one(StatusTable)

    @property
    def _evidence(self) -> EvidenceList:
        return self.query_one(EvidenceList)

    # showing a face

    def show_counts(self, matrix: Matrix, counts: Counts) -> None:
        """Show a table of counts."""
        from workbench.matrix.rounding import Rounding

        self._table.show_counts(matrix.chart, counts, Rounding())

    def show_again(self, *faces: str) -> None:
        """Show the face in sight again where it is one of some."""
        if self._face in faces:
            self.tell(self._face, self.said.get(self._face, ""))
            self._show_lines()

    def tell(self, face: str, words: str) -> None:
        """Say something above a face."""
        if face == self._face:
            self.query_one("#told", Static).update(content(words))

    def _show_face(self, face: str) -> None:
        self._face = face
        self.set_class(face != "counts", "-lines")
        tabs = [
            content(f"{'▸' if each == face else ' '}{number} {each.capitalize()}", "bold" * (each == face))
            for number, each in enumerate(FACES, 1)
        ]
        self.query_one("#faces", Static).update(Content("  ").join(tabs))
        self.show_again(face)
        self._stop_reading()

    def _show_lines(self) -> None:
        if self._face == "counts":
            return
        lines = self.lines.get(self._face)
        self._list.say_empty(_EMPTY[self._face] if lines is not None else "")
        self._list.show_items(len(lines or ()), self._draw, cursor=self._cursors.get(self._face, 0))
        self._show_more()

    def _draw(self, item: int, columns: int) -> list[Content]:
        line = self.lines[self._face][item]
        return [
            content(shortened(line.head, columns), "bold"),
            content(shortened(line.below, columns), "dim"),
        ]

    @property
    def _line(self) -> Line | None:
        lines, cursor = self.lines.get(self._face, ()), self._list.cursor
        return lines[cursor] if cursor is not None and cursor < len(lines) else None

    @on(LineList.Moved, "#lines")
    def _moved(self, message: LineList.Moved) -> None:
        self._cursors[self._face] = message.item
        self._show_more()

    def _show_more(self) -> None:
        line = self._line
        parts = [line.head.strip(), line.below.strip(), line.more] if line is not None else []
        words = Content("\n").join(content(part) for part in parts if part)
        self.query_one("#more-words", Static).update(words)

    def action_counts(self) -> None:
        """Show the counts."""
        self._show_face("counts")

    def action_ranks(self) -> None:
        """Show the ranks."""
        self._show_face("ranks")

    def action_sensitivity(self) -> None:
        """Show the other ways of counting."""
        self._show_face("sensitivity")

    def action_check(self) -> None:
        """Show what makes comparisons fragile."""
        self._show_face("check")
        if "check" not in self.lines:
            self.check()

    @work
    async def action_compare(self) -> None:
        """Show the printed tables that are compared; choose them where that is asked for again."""
        if self._face != "compare" and self.tables is not None:
            self._show_face("compare")
            return
        try:
            tables = await ask_tables(self.workbench, self.tables.typed if self.tables is not None else {})
        except WorkbenchError as error:
            self.say(str(error), alarm=True)
            return
        if tables is not None:
            self.lines.pop("compare", None)
            self._show_face("compare")
            self.compare(tables)

    def action_open_theme(self) -> None:
        """Open the theme at the cursor into its codes, or close it."""
        if self._face == "counts":
            self._table.toggle_theme()

    # walking back

    @on(MatrixView.CellOpened)
    def _open_count(self, message: MatrixView.CellOpened) -> None:
        self._read_behind(*self._table.behind(message.row, message.column))

    @on(LineList.Opened, "#lines")
    def _open_line(self) -> None:
        line = self._line
        if line is None:
            return
        if line.variant is not None:
            self._take_up(line)
        elif line.cells:
            self._read_behind(line.head.strip(), line.cells)
        elif line.key.startswith("setting:"):
            self.run_worker(change_settings(self))
        elif line.key:
            go_to_record(self.workbench, line.key)

    def _take_up(self, line: Line) -> None:
        """Count as another way does, from now on."""
        from workbench.matrix.questions import asking_like

        if self.matrix is not None and line.variant is not None:
            self._cursors["sensitivity"] = 0
            self.answer(asking_like(self.question, self.matrix.chart, line.variant))
            self.say("Counted this way now; z counts as listed.")

    def _read_behind(self, name: str, places: Sequence[tuple[str, str]]) -> None:
        matrix = self.compared if self._face == "compare" else self.matrix
        if matrix is None or self.counts is None:
            return
        rule = self.counts.rule
        items, self._excerpts = evidence_items.behind_count(matrix.chart, places[:_LISTED], rule)
        rest = f" · the first {_LISTED} are listed" if len(places) > _LISTED else ""
        count = several(len(places), "cell")
        remark = f"{count}, counted {rule.label} · enter opens the cell or passage{rest}"
        head = Content("\n").join([content(name, "bold"), content(remark)])
        self.query_one("#evidence-head", Static).update(head)
        self.add_class("-reading")
        self._evidence.show_evidence(items, cursor=0)
        self._evidence.focus()

    @on(LineList.Opened, "#evidence")
    def _open_item(self) -> None:
        evidence_items.open_item(self.workbench, self._evidence.item, self._excerpts)

    def _stop_reading(self) -> None:
        self.remove_class("-reading")
        self.set_focus(self._table if self._face == "counts" else self._list)

    def action_back(self) -> None:
        """Go back to the number, stop what is under way, or go to where one came from."""
        if self.is_reading:
            self._stop_reading()
        elif not self.stop_work():
            self.workbench.go_back()

    def object_key(self) -> str:
        """Give what the line at the cursor is about, or the one cell that it rests on."""
        if self.is_reading:
            return key_of_item(self._evidence.item)
        line = self._line
        if line is None or line.key or len(line.cells) != 1:
            return line.key if line is not None else ""
        return f"cell:{Cell.key(*line.cells[0])}"

    def place(self) -> Callable[[], None]:
        """Give the way back to the cell or the number one was at."""
        where = self._evidence if self.is_reading else self.focused
        return lambda: self.set_focus(where)
