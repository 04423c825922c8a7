"""Counts of a chart under a named rule, as exact fractions.

A status counts what the rule says. One that leaves the denominator, one that the rule gives no value and a
cell without a status are not counted; the last two make the count incomplete. Only active codes count, so
that a merged code is not counted twice, none that is kept open for what fits no measure, and none whose cells
are described and not answered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import product
from math import lcm
from operator import add

from workbench.matrix.chart import Chart, ChartedCell
from workbench.model.cell import DESCRIBED, CellState, CountingRule
from workbench.model.framework import Code, CodeState
from workbench.study.chart_queries import sums_by_theme
from workbench.study.study import Study

Sums = tuple[int, ...]
"""Value on a common scale, counted, unvalued, answered, stale, draft, cells."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What some cells add up to."""

    value: Fraction = Fraction(0)
    """Sum of the values of their statuses."""
    listed: int = 0
    """All the cells, assessed or not."""
    denominator: int = 0
    """Cells that the rule counts, with 0 or more."""
    outside: int = 0
    """Cells whose status leaves the denominator, such as `not applicable`."""
    unvalued: int = 0
    """Cells whose status has no value under the rule, such as `conflicting`."""
    not_assessed: int = 0
    """Cells that nobody has written."""
    stale: int = 0
    """Counted cells that are stale."""
    draft: int = 0
    """Counted cells that are drafts."""
    described: int = 0
    """Cells that are written and have no status: described but not answered."""

    @property
    def share(self) -> Fraction | None:
        """Give the value as a share of the denominator; None where it is zero."""
        return self.value / self.denominator if self.denominator else None

    @property
    def figure(self) -> Fraction | None:
        """Give the value; None where no cell is counted, which is not the same as 0."""
        return self.value if self.denominator else None

    @property
    def missing(self) -> int:
        """Count the cells that are still to be assessed, answered or settled."""
        return self.unvalued + self.not_assessed + self.described

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.value + other.value,
            self.listed + other.listed,
            self.denominator + other.denominator,
            self.outside + other.outside,
            self.unvalued + other.unvalued,
            self.not_assessed + other.not_assessed,
            self.stale + other.stale,
            self.draft + other.draft,
            self.described + other.described,
        )


@dataclass(frozen=True, slots=True)
class CountRow:
    """One row of a table of counts: a theme with everything below it, or a theme's own codes."""

    theme_id: str
    label: str
    code_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """A table of counts: themes by cases, under one rule."""

    rule: CountingRule
    rows: tuple[CountRow, ...]
    case_ids: tuple[str, ...]
    averaged: tuple[str, ...]
    """The cases that means are taken over."""
    tallies: Mapping[tuple[str, str], Tally]
    """By theme id of the row and case id."""

    @property
    def code_ids(self) -> frozenset[str]:
        """Name the codes that are counted."""
        return frozenset(code_id for row in self.rows for code_id in row.code_ids)

    def tally(self, theme_id: str, case_id: str) -> Tally:
        """Give one cell of the table."""
        return self.tallies[theme_id, case_id]

    def total(self, case_id: str) -> Tally:
        """Add up all rows of a case."""
        return _sum(self.tallies[row.theme_id, case_id] for row in self.rows)

    @property
    def whole(self) -> Tally:
        """Add up the whole table."""
        return _sum(self.tallies.values())

    @property
    def complete(self) -> bool:
        """Tell whether every cell is assessed and counted or left out for a reason."""
        return self.whole.missing == 0

    def mean(self, theme_id: str) -> Fraction | None:
        """Average a row over the cases; None without cases, or where one of them is still to be assessed."""
        return _mean_of(self.tallies[theme_id, case_id] for case_id in self.averaged)

    @property
    def mean_total(self) -> Fraction | None:
        """Average the totals over the cases."""
        return _mean_of(self.total(case_id) for case_id in self.averaged)

    def average(self, case_id: str) -> Fraction | None:
        """Average a case over the rows; None where one of them is still to be assessed."""
        return _mean_of(self.tallies[row.theme_id, case_id] for row in self.rows)

    @property
    def mean_average(self) -> Fraction | None:
        """Average the averages of the cases; computed from the exact ones."""
        averages = [self.average(case_id) for case_id in self.averaged]
        return None if None in averages else _mean(value for value in averages if value is not None)


def count_theme(chart: Chart, rule: CountingRule, *, average_over: Collection[str] | None = None) -> Counts:
    """Count a chart by theme and case; `average_over` names the cases that means are taken over."""
    cases = tuple(case.id for case in chart.cases)
    rows = rows_counted(chart)
    tallies = {
        (row.theme_id, case_id): _sum(_counted(chart.cells[case_id, code], rule) for code in row.code_ids)
        for row in rows
        for case_id in cases
    }
    averaged = tuple(case for case in cases if average_over is None or case in average_over)
    return Counts(rule, rows, cases, averaged, tallies)


def count_study(
    study: Study, chart: Chart, rule: CountingRule, *, average_over: Collection[str] | None = None
) -> Counts:
    """Count as `count_theme` does, straight from the study; the chart needs no cells.

    The study adds up whole numbers over the common denominator of the values, so that no cell is read.
    """
    cases = tuple(case.id for case in chart.cases)
    rows = rows_counted(chart)
    row_of = {code.theme_id: chart.theme_of_row(code).id for code in chart.codes}
    inside = {s.id: s.value(rule.id) for s in chart.statuses if s.in_denominator}
    known = {status_id: value for status_id, value in inside.items() if value is not None}
    scale = lcm(*(value.denominator for value in known.values()))
    found: dict[tuple[str, str], Sums] = {}
    for theme_id, case_id, sums in sums_by_theme(
        study,
        values={status_id: int(value * scale) for status_id, value in known.items()},
        unvalued=[status_id for status_id, value in inside.items() if value is None],
    ):
        if theme_id in row_of:
            place = (row_of[theme_id], case_id)
            found[place] = tuple(map(add, found[place], sums)) if place in found else sums
    nothing = (0,) * 7
    tally = cache(lambda listed, sums: _tally_of(listed, sums, scale))
    sizes = {row.theme_id: len(row.code_ids) for row in rows}
    tallies = {place: tally(sizes[place[0]], found.get(place, nothing)) for place in product(sizes, cases)}
    averaged = tuple(case for case in cases if average_over is None or case in average_over)
    return Counts(rule, rows, cases, averaged, tallies)


def _tally_of(listed: int, sums: Sums, scale: int) -> Tally:
    value, counted, unvalued, answered, stale, draft, cells = sums
    outside, exact = answered - counted - unvalued, Fraction(value, scale)
    return Tally(exact, listed, counted, outside, unvalued, listed - cells, stale, draft, cells - answered)


def rows_counted(chart: Chart) -> tuple[CountRow, ...]:
    """Divide the active measures among the themes one step below the charted one, and its own codes."""
    rows: dict[str, list[Code]] = {}
    for code in chart.codes:
        if code.is_measure:
            rows.setdefault(chart.theme_of_row(code).id, []).append(code)
    framework = chart.framework
    return tuple(
        CountRow(
            theme_id,
            f"{framework.theme_number(theme_id)} {framework.themes[theme_id].name}",
            tuple(code.id for code in codes),
        )
        for theme_id, codes in rows.items()
    )


def open_words(whole: Tally) -> str:
    """Say how many cells keep a table from being complete; empty where none does."""
    if not whole.missing:
        return ""
    described = f", {whole.described} of them {DESCRIBED}" if whole.described else ""
    return f"… incomplete: {whole.missing} of {whole.listed} cells open{described}"


def described_codes(chart: Chart) -> list[Code]:
    """List the active codes of a chart whose cells are described and not answered."""
    active = (code for code in chart.codes if code.state is CodeState.ACTIVE)
    return [code for code in active if code.described and not code.other]


def described_words(number: int) -> str:
    """Say how many codes of a chart no count holds, since they take no status; empty where there is none."""
    are = "code is" if number == 1 else "codes are"
    return f"{number} {are} described, not answered, and not counted." if number else ""


def _counted(cell: ChartedCell, rule: CountingRule) -> Tally:
    if cell.status is None:
        return Tally(listed=1, described=1) if cell.is_described else Tally(listed=1, not_assessed=1)
    if not cell.status.in_denominator:
        return Tally(listed=1, outside=1)
    value = cell.status.value(rule.id)
    if value is None:
        return Tally(listed=1, unvalued=1)
    stale, draft = cell.state is CellState.STALE, cell.state is CellState.DRAFT
    return Tally(value, 1, 1, stale=int(stale), draft=int(draft))


def _sum(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, start=Tally())


def _mean_of(tallies: Iterable[Tally]) -> Fraction | None:
    """Average figures; what lies outside the denominator leaves the mean, what is missing undoes it."""
    inside = [tally for tally in tallies if tally.outside < tally.listed or not tally.listed]
    figures = [tally.figure for tally in inside]
    return None if None in figures else _mean(figure for figure in figures if figure is not None)


def _mean(values: Iterable[Fraction]) -> Fraction | None:
    held = list(values)
    return sum(held, start=Fraction(0)) / len(held) if held else None
