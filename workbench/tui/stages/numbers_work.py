"""The work behind the screen of numbers: in a thread, with a connection of its own, and can be stopped."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.tui.stages.interpret_counts import sparing_garbage
from workbench.tui.stages.numbers_lines import (
    Line,
    discrepancy_lines,
    finding_lines,
    rank_lines,
    sensitivity_lines,
)

if TYPE_CHECKING:
    from workbench.matrix.chart import Chart
    from workbench.matrix.comparing import Heads
    from workbench.matrix.counts import Counts
    from workbench.matrix.questions import Question
    from workbench.study.study import Study

_TELL_SECONDS = 0.1


class Stopped(Exception):
    """Nobody waits for the work any more."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """A chart that was read, for whom it was read and from which state of the study."""

    chart: Chart
    asked: tuple[str | None, str | None, tuple[str, ...] | None]
    """Theme, framework and cases."""
    decisions: int

    def fits(self, question: Question, decisions: int) -> bool:
        """Tell whether the chart is the one a question is about."""
        return self.asked == _asked(question) and self.decisions == decisions


@dataclass(slots=True)
class Work:
    """One piece of work: where it reads, whom it tells how far it has come, and whether to go on."""

    shown: Study
    tell: Callable[[str], None]
    is_stopped: Callable[[], bool]
    _told: float = field(default=0.0)

    def progress(self, what: str, done: int, of: int) -> None:
        """Tell how far it has come, not too often; raises Stopped where nobody waits."""
        if self.is_stopped():
            raise Stopped
        if time.monotonic() - self._told > _TELL_SECONDS:
            self._told = time.monotonic()
            self.tell(f"{what}{f': {done}' if done else ''}{f' of {of}' if of else ''} … escape stops")

    def matrix(self, question: Question, kept: Matrix | None, decisions: int) -> Matrix:
        """Give the chart that a question is about: the one that is kept where it fits."""
        from workbench.matrix.questions import chart_asked

        if kept is not None and kept.fits(question, decisions):
            return kept
        self.progress("reading the matrix", 0, 0)
        with self._study() as study, sparing_garbage():
            seen = study.head.count
            chart = chart_asked(study, question)
        return Matrix(chart, _asked(question), seen)

    def counts(self, matrix: Matrix, question: Question) -> Counts:
        """Count under the rule of a question; raises WrongUsage where there is no rule."""
        from workbench.matrix.counts import count_theme
        from workbench.matrix.questions import rule_of

        self.progress("counting", 0, 0)
        rule = rule_of(matrix.chart, question.rule_id)
        return count_theme(matrix.chart, rule, average_over=question.average_over)

    def ranks(self, matrix: Matrix, question: Question) -> tuple[str, list[Line], list[Line]]:
        """Rank; gives what is said of the way of counting, the ranks, and their sensitivity."""
        from workbench.exchange.rank_words import threshold_words, warnings
        from workbench.matrix.questions import rank_chart

        with sparing_garbage():
            numbers = rank_chart(matrix.chart, question, progress=self.progress)
            threshold = threshold_words(question.threshold, question.basis)
            said = f"{numbers.sensitivity.base.variant.label} · threshold {threshold}"
            said += "".join(f" · ! {name.casefold()}" for name, _ in warnings(numbers))
            return said, rank_lines(numbers), sensitivity_lines(numbers)

    def compare(
        self, matrix: Matrix, files: Sequence[tuple[str, Path]], heads: Heads, rule_id: str
    ) -> tuple[str, list[Line]]:
        """Hold printed tables against the chart; gives what is said of them and the lines."""
        from workbench.matrix.comparing import PrintedFile, compare_with
        from workbench.tui.saving import read_chosen

        self.progress("comparing", 0, 0)
        tables = [PrintedFile(name, read_chosen(path)) for name, path in files]
        compared = compare_with(matrix.chart, tables, heads, rule_id=rule_id)
        lines = discrepancy_lines(compared)
        empty = sum(len(table.empty) for table in compared.tables)
        passed = f" · {empty} places without a figure passed over" if empty else ""
        said = f"{len(lines)} of {compared.figures} printed figures do not follow{passed}"
        return f"{said} · {compared.counts.rule.label}", lines

    def check(self) -> tuple[str, list[Line]]:
        """List what the same rules find that `workbench check` goes by; gives what is said of it first."""
        from workbench.stages.checking import WHOLE, check
        from workbench.tui.wording import several

        def looking(what: str, done: int, of: int) -> None:
            self.progress(f"looking: {what}", done, of)

        with self._study() as study, sparing_garbage():
            found = check(study, progress=looking)
        broken = any(finding.rule == WHOLE for finding in found)
        what = "the study is not whole, nothing else was looked at" if broken else "questions, not errors"
        return f"{several(len(found), 'finding')}: {what}", list(finding_lines(found))

    @contextmanager
    def _study(self) -> Iterator[Study]:
        from workbench.study.faults import told_plainly
        from workbench.study.file import once_more

        with (
            told_plainly(self.shown.path, safe="Nothing was changed."),
            once_more(self.shown) as study,
        ):
            yield study


def _asked(question: Question) -> tuple[str | None, str | None, tuple[str, ...] | None]:
    return question.theme_id, question.prefix, question.case_ids
