"""The screen of numbers: counts, ranks and their sensitivity, printed tables, and fragile comparisons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static
from textual.worker import Worker, get_current_worker

from workbench.errors import WorkbenchError
from workbench.matrix.questions import Question
from workbench.tui.actions import bindings
from workbench.tui.display import content, shortened
from workbench.tui.matrix.matrix_view import MatrixView
from workbench.tui.stages import evidence_items
from workbench.tui.stages.going import go_to_record
from workbench.tui.stages.numbers_asking import NumbersAsking, change_settings
from workbench.tui.stages.numbers_tables import Tables, ask_tables
from workbench.tui.stages.numbers_work import Matrix, Stopped, Work
from workbench.tui.widgets.excerpt_list import EvidenceList
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.status_table import StatusTable
from workbench.tui.wording import several

if TYPE_CHECKING:
    from workbench.matrix.counts import Counts
    from workbench.matrix.questions import Numbers
    from workbench.model.coding import Excerpt
    from workbench.tui.stages.numbers_lines import Line

_FACES = ("counts", "ranks", "sensitivity", "compare", "check")
_EMPTY = {
    "ranks": "Nothing is ranked yet.",
    "sensitivity": "No other way was tried yet.",
    "compare": "Every printed figure follows. 4 chooses other files.",
    "check": "Nothing makes a comparison fragile.",
}
_LISTED = 500
"""Cells behind a line that are listed at once."""


class NumbersScreen(NumbersAsking):
    """Count, rank, compare and check, each walked back to the cells."""

    STAGE: ClassVar[str] = "numbers"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("numbers")]
    DEFAULT_CSS = """
    NumbersScreen #faces { height: 1; padding: 0 1; background: $panel; }
    NumbersScreen #told { height: auto; max-height: 4; padding: 0 1; color: $text-muted; }
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
        self._face = _FACES[0]
        self._matrix: Matrix | None = None
        self._counts: Counts | None = None
        self._numbers: Numbers | None = None
        self._tables: Tables | None = None
        self._lines: dict[str, Sequence[Line]] = {}
        """By face; one that is not worked out yet is not in it."""
        self._said: dict[str, str] = {}
        """What is said above each face."""
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
        """Show what was shown last, from the beginning."""
        self._stop_reading()
        self._focus()

    @property
    def is_reading(self) -> bool:
        """Tell whether the cells behind a number are shown."""
        return self.has_class("-reading")

    @property
    def _list(self) -> LineList:
        return self.query_one("#lines", LineList)

    @property
    def _evidence(self) -> EvidenceList:
        return self.query_one(EvidenceList)

    # working out

    def refresh_study(self) -> None:
        """Work everything out anew that is shown or was asked for."""
        self.answer(self.question)
        self._lines.pop("check", None)
        if self._face == "check":
            self._check()

    def answer(self, question: Question) -> None:
        """Count and rank as a question asks; what was worked out before stays in sight until then."""
        self.question = question
        for face in ("counts", "ranks", "sensitivity"):
            self._said[face] = "counting … escape stops"
        self._say_face()
        self._rank(question, self.study.head.count)

    def _begin_work(self) -> Work:
        worker = get_current_worker()
        return Work(
            self.workbench.path,
            lambda words: self._deliver(worker, self._tell, words),
            lambda: worker.is_cancelled,
        )

    def _deliver(self, worker: Worker[Any], method: Callable[..., None], *given: object) -> None:
        """Hand something over to the screen, unless it is not waited for any more."""
        if not worker.is_cancelled:
            self.app.call_from_thread(method, *given)

    @work(thread=True, exclusive=True, group="ranking")
    def _rank(self, question: Question, decisions: int) -> None:
        worker, doing = get_current_worker(), self._begin_work()
        try:
            matrix = doing.matrix(question, self._matrix, decisions)
            self._deliver(worker, self._counted, matrix, doing.counts(matrix, question))
            numbers, ranks, panel = doing.ranks(matrix, question)
        except Stopped:
            return
        except WorkbenchError as error:
            self._deliver(worker, self._failed, ("counts", "ranks", "sensitivity"), str(error))
            return
        self._deliver(worker, self._ranked, numbers, ranks, panel)

    @work(thread=True, exclusive=True, group="comparing")
    def _compare(self, tables: Tables, question: Question, decisions: int) -> None:
        worker, doing = get_current_worker(), self._begin_work()
        try:
            matrix = doing.matrix(question, self._matrix, decisions)
            said, lines = doing.compare(matrix, tables.files, tables.heads, question.rule_id)
        except Stopped:
            return
        except WorkbenchError as error:
            self._deliver(worker, self._failed, ("compare",), str(error))
            return
        self._deliver(worker, self._take, "compare", said, lines)

    @work(thread=True, exclusive=True, group="checking")
    def _look_through(self) -> None:
        worker, doing = get_current_worker(), self._begin_work()
        try:
            lines = doing.check()
        except Stopped:
            return
        except WorkbenchError as error:
            self._deliver(worker, self._failed, ("check",), str(error))
            return
        self._deliver(
            worker, self._take, "check", f"{several(len(lines), 'finding')}: questions, not errors", lines
        )

    # taking over what was worked out

    def _tell(self, words: str) -> None:
        self.query_one("#told", Static).update(content(words))

    def _counted(self, matrix: Matrix, counts: Counts) -> None:
        from workbench.matrix.rounding import Rounding

        self._matrix, self._counts = matrix, counts
        self.query_one(StatusTable).show_counts(matrix.chart, counts, Rounding())
        whole = counts.whole
        wanting = f" · … incomplete: {whole.missing} of {whole.listed} cells open" if whole.missing else ""
        self._said["counts"] = f"{matrix.chart.label} · {counts.rule.label} · {Rounding().name}{wanting}"
        self._say_face()

    def _ranked(self, numbers: Numbers, ranks: Sequence[Line], panel: Sequence[Line]) -> None:
        from workbench.exchange.rank_words import threshold_words

        self._numbers = numbers
        label = numbers.sensitivity.base.variant.label
        threshold = threshold_words(numbers.question.threshold, numbers.question.basis)
        self._take("ranks", f"{label} · threshold {threshold}", ranks)
        self._take("sensitivity", f"as asked: {label}", panel)
        if self._tables is not None:
            self._compare(self._tables, self.question, self.study.head.count)

    def _take(self, face: str, said: str, lines: Sequence[Line]) -> None:
        self._lines[face], self._said[face] = lines, said
        if self._face == face:
            self._show_lines()
            self._say_face()

    def _failed(self, faces: Sequence[str], why: str) -> None:
        for face in faces:
            self._lines.pop(face, None)
            self._said[face] = "not worked out"
        if self._face in faces:
            self._show_lines()
            self._say_face()
        self.say(why, alarm=True)

    # showing a face

    def _show_face(self, face: str) -> None:
        self._stop_reading()
        self._face = face
        self.set_class(face != "counts", "-lines")
        tabs = [
            content(
                f"{'▸' if each == face else ' '}{number} {each.capitalize()}", "bold" if each == face else ""
            )
            for number, each in enumerate(_FACES, 1)
        ]
        self.query_one("#faces", Static).update(Content("  ").join(tabs))
        self._show_lines()
        self._say_face()
        self._focus()

    def _focus(self) -> None:
        self.set_focus(self.query_one(StatusTable) if self._face == "counts" else self._list)

    def _say_face(self) -> None:
        self._tell(self._said.get(self._face, ""))

    def _show_lines(self) -> None:
        if self._face == "counts":
            return
        lines = self._lines.get(self._face)
        self._list.say_empty(_EMPTY[self._face] if lines is not None else "")
        self._list.show_items(len(lines or ()), self._draw, cursor=self._cursors.get(self._face, 0))
        self._show_more()

    def _draw(self, item: int, columns: int) -> list[Content]:
        line = self._lines[self._face][item]
        return [
            content(shortened(line.head, columns), "bold"),
            content(shortened(line.below, columns), "dim"),
        ]

    @property
    def _line(self) -> Line | None:
        lines, cursor = self._lines.get(self._face, ()), self._list.cursor
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
        if "check" not in self._lines:
            self._check()

    def _check(self) -> None:
        self._said["check"] = "looking … escape stops"
        self._say_face()
        self._look_through()

    @work
    async def action_compare(self) -> None:
        """Show the printed tables that are compared; choose them where that is asked for again."""
        if self._face != "compare" and self._tables is not None:
            self._show_face("compare")
            return
        try:
            tables = await ask_tables(self.workbench, self._tables.typed if self._tables is not None else {})
        except WorkbenchError as error:
            self.say(str(error), alarm=True)
            return
        if tables is not None:
            self._tables = tables
            self._said["compare"] = "comparing … escape stops"
            self._show_face("compare")
            self._compare(tables, self.question, self.study.head.count)

    def action_open_theme(self) -> None:
        """Open the theme at the cursor into its codes, or close it."""
        if self._face == "counts" and self._counts is not None:
            self.query_one(StatusTable).toggle_theme()

    # walking back

    @on(MatrixView.CellOpened)
    def _open_count(self, message: MatrixView.CellOpened) -> None:
        self._read_behind(*self.query_one(StatusTable).behind(message.row, message.column))

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

        if self._matrix is not None and line.variant is not None:
            self._cursors["sensitivity"] = 0
            self.answer(asking_like(self.question, self._matrix.chart, line.variant))
            self.say("Counted this way now; z counts as listed.")

    def _read_behind(self, name: str, places: Sequence[tuple[str, str]]) -> None:
        if self._matrix is None or self._counts is None:
            return
        chart, rule = self._matrix.chart, self._counts.rule
        there = [place for place in places if place in chart.cells]
        items, self._excerpts = evidence_items.behind_count(chart, there[:_LISTED], rule)
        rest = f" · the first {_LISTED} are listed" if len(there) > _LISTED else ""
        remark = (
            f"{several(len(there), 'cell')}, counted {rule.label} · enter opens the cell or passage{rest}"
        )
        self.query_one("#evidence-head", Static).update(
            Content("\n").join([content(name, "bold"), content(remark)])
        )
        self.add_class("-reading")
        self._evidence.show_evidence(items, cursor=0)
        self._evidence.focus()

    @on(LineList.Opened, "#evidence")
    def _open_item(self) -> None:
        evidence_items.open_item(self.workbench, self._evidence.item, self._excerpts)

    def _stop_reading(self) -> None:
        self.remove_class("-reading")

    def action_back(self) -> None:
        """Stop what is under way, go back to the number, or to where one came from."""
        if self.is_reading:
            self._stop_reading()
            self._focus()
        elif not self._stop_work():
            self.workbench.go_back()

    def _stop_work(self) -> bool:
        """Stop what is being worked out; tell whether anything was."""
        groups = {
            w.group for w in self.workers if w.is_running and w.group in ("ranking", "comparing", "checking")
        }
        for group in groups:
            self.workers.cancel_group(self, group)
        for face in _FACES:
            if "escape stops" in self._said.get(face, ""):
                again = {"compare": "4", "check": "5"}.get(face, "z")
                self._said[face] = f"stopped: what is shown was worked out before · {again} goes on"
        self._say_face()
        return bool(groups)

    def place(self) -> Callable[[], None]:
        """Give the way back to the cell or the number one was at."""
        where = self._evidence if self.is_reading else self.focused
        return lambda: self.set_focus(where)
