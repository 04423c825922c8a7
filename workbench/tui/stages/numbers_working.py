"""Working out the numbers in threads, and what has come of it so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual import work
from textual.worker import Worker, get_current_worker

from workbench.errors import WorkbenchError
from workbench.matrix.questions import Question
from workbench.tui.stages.numbers_asking import NumbersAsking
from workbench.tui.stages.numbers_work import Matrix, Stopped, Work

if TYPE_CHECKING:
    from workbench.matrix.counts import Counts
    from workbench.tui.stages.numbers_lines import Line
    from workbench.tui.stages.numbers_tables import Tables

FACES = ("counts", "ranks", "sensitivity", "compare", "check")
_OF_RANKS = FACES[:3]
_GROUPS = {"ranking": _OF_RANKS, "comparing": ("compare",), "checking": ("check",)}
"""Group of workers -> the faces that they work out."""
_AGAIN = {"compare": "4", "check": "5"}
"""Face -> the key that goes on after its work was stopped; `z` for all others."""


class NumbersWorking(NumbersAsking):
    """A screen that works out its faces aside, so that keys are answered meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.matrix: Matrix | None = None
        self.compared: Matrix | None = None
        """The matrix that printed tables were held against, with all cases."""
        self.counts: Counts | None = None
        self.tables: Tables | None = None
        self.lines: dict[str, Sequence[Line]] = {}
        """By face; one that is not worked out is not in it."""
        self.said: dict[str, str] = {}
        """What is said above each face."""
        self.under_way: set[str] = set()
        """Faces that are being worked out."""

    # what a screen fills in

    def show_counts(self, matrix: Matrix, counts: Counts) -> None:
        """Show a table of counts."""
        raise NotImplementedError

    def show_again(self, *faces: str) -> None:
        """Show faces that have changed, where one of them is in sight."""
        raise NotImplementedError

    def tell(self, face: str, words: str) -> None:
        """Show how far the work for a face has come, where that is in sight."""
        raise NotImplementedError

    # beginning and ending

    def refresh_study(self) -> None:
        """Work out anew what was asked for."""
        self.answer(self.question)
        if self.lines.pop("check", None) is not None:
            self.check()

    def answer(self, question: Question) -> None:
        """Count and rank as a question asks; what was worked out before stays in sight until then."""
        self.question = question
        self._begin(_OF_RANKS)
        self._rank(question, self.study.head.count)
        if self.tables is not None:
            self.compare(self.tables)

    def compare(self, tables: Tables) -> None:
        """Hold printed tables against the cells."""
        self.tables = tables
        self._begin(("compare",))
        self._compare(tables, self.question, self.study.head.count)

    def check(self) -> None:
        """Look for what makes comparisons fragile."""
        self._begin(("check",))
        self._look_through()

    def _begin(self, faces: Sequence[str]) -> None:
        for face in faces:
            self.said[face] = "working it out … escape stops"
        self.under_way.update(faces)
        self.show_again(*faces)

    def stop_work(self) -> bool:
        """Stop what is being worked out; tell whether anything was."""
        groups = {worker.group for worker in self.workers if worker.is_running and worker.group in _GROUPS}
        for group in groups:
            self.workers.cancel_group(self, group)
            faces = self.under_way.intersection(_GROUPS[group])
            for face in faces:
                again = _AGAIN.get(face, "z")
                self.said[face] = f"stopped: what is shown was worked out before · {again} goes on"
            self.under_way -= faces
            self.show_again(*faces)
        return bool(groups)

    # in threads

    @work(thread=True, exclusive=True, group="ranking")
    def _rank(self, question: Question, decisions: int) -> None:
        worker, doing = get_current_worker(), self._work(_OF_RANKS)
        try:
            matrix = doing.matrix(question, self.matrix, decisions)
            self._deliver(worker, self._counted, matrix, doing.counts(matrix, question))
            label, ranks, panel = doing.ranks(matrix, question)
        except Stopped:
            return
        except WorkbenchError as error:
            self._deliver(worker, self._failed, _OF_RANKS, str(error))
            return
        self._deliver(worker, self._take, "ranks", label, ranks)
        self._deliver(worker, self._take, "sensitivity", f"as asked: {label}", panel)

    @work(thread=True, exclusive=True, group="comparing")
    def _compare(self, tables: Tables, question: Question, decisions: int) -> None:
        # Printed tables name cases and averages themselves.
        whole = replace(question, case_ids=None)
        worker, doing = get_current_worker(), self._work(("compare",))
        try:
            matrix = doing.matrix(whole, self.matrix, decisions)
            said, lines = doing.compare(matrix, tables.files, tables.heads, question.rule_id)
        except Stopped:
            return
        except WorkbenchError as error:
            self._deliver(worker, self._failed, ("compare",), str(error))
            return
        self._deliver(worker, self._compared, matrix, said, lines)

    @work(thread=True, exclusive=True, group="checking")
    def _look_through(self) -> None:
        worker, doing = get_current_worker(), self._work(("check",))
        try:
            said, lines = doing.check()
        except Stopped:
            return
        except WorkbenchError as error:
            self._deliver(worker, self._failed, ("check",), str(error))
            return
        self._deliver(worker, self._take, "check", said, lines)

    def _work(self, faces: Sequence[str]) -> Work:
        worker = get_current_worker()

        def tell(words: str) -> None:
            for face in faces:
                self._deliver(worker, self._told, face, words)

        return Work(self.study, tell, lambda: worker.is_cancelled)

    def _deliver(self, worker: Worker[Any], method: Callable[..., None], *given: object) -> None:
        """Hand something over to the screen, unless it is not waited for any more."""
        if not worker.is_cancelled:
            self.app.call_from_thread(method, *given)

    # taking over what was worked out

    def _told(self, face: str, words: str) -> None:
        if face in self.under_way:
            self.said[face] = words
            self.tell(face, words)

    def _counted(self, matrix: Matrix, counts: Counts) -> None:
        from workbench.matrix.counts import described_codes, described_words, open_words
        from workbench.matrix.rounding import Rounding

        self.matrix, self.counts = matrix, counts
        self.show_counts(matrix, counts)
        parts = [matrix.chart.label, counts.rule.label, Rounding().name, open_words(counts.whole)]
        parts.append(described_words(len(described_codes(matrix.chart))))
        self.said["counts"] = " · ".join(filter(None, parts))
        self.under_way.discard("counts")
        self.show_again("counts")

    def _compared(self, matrix: Matrix, said: str, lines: Sequence[Line]) -> None:
        self.compared = matrix
        self._take("compare", said, lines)

    def _take(self, face: str, said: str, lines: Sequence[Line]) -> None:
        self.lines[face], self.said[face] = lines, said
        self.under_way.discard(face)
        self.show_again(face)

    def _failed(self, faces: Sequence[str], why: str) -> None:
        for face in faces:
            self.lines.pop(face, None)
            self.said[face] = "not worked out"
            self.under_way.discard(face)
        self.show_again(*faces)
        self.say(why, alarm=True)
