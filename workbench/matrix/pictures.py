"""What pictures of a chart show, as rows of numbers: statuses, coverage, and how firmly ranks are held."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from workbench.matrix.chart import Chart, ChartedCell
from workbench.matrix.counts import Tally, count_theme
from workbench.matrix.ranks import Basis, Place
from workbench.matrix.sensitivity import sensitivity
from workbench.matrix.variants import Variant
from workbench.model.cell import DESCRIBED, DESCRIBED_MARK, CellState, CountingRule

NOT_ASSESSED = (CellState.NOT_ASSESSED.mark, "Not assessed")
"""Mark and label of cells that nobody has written."""
_WITHOUT = {"described": (DESCRIBED_MARK, DESCRIBED.capitalize()), "": NOT_ASSESSED}
"""What a cell without a status is -> its mark and label."""


AS_LISTED = "measures as listed"
"""What is said of a way of counting that changes nothing about the measures."""


@dataclass(frozen=True, slots=True)
class StatusBar:
    """How often each status is given in one theme for one case."""

    theme: str
    case: str
    numbers: tuple[int, ...]
    """In the order of the statuses of the picture."""
    tally: Tally
    """What they add up to under the rule."""


@dataclass(frozen=True, slots=True)
class StatusBars:
    """Bars of statuses, theme by theme and in each case by case."""

    statuses: tuple[tuple[str, str], ...]
    """Mark and label of those that occur, in the order of the vocabulary; cells without one come last."""
    bars: tuple[StatusBar, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many excerpts every cell rests on, and how far it is charted."""

    cases: tuple[str, ...]
    codes: tuple[tuple[str, str], ...]
    """Number and name."""
    excerpts: tuple[tuple[int, ...], ...]
    """Case by case."""
    states: tuple[tuple[str, ...], ...]
    """Marks of the states, case by case; empty where a code is kept open and nothing is charted."""

    @property
    def most(self) -> int:
        """Give the largest number of excerpts in one cell."""
        return max((number for row in self.excerpts for number in row), default=0)


@dataclass(frozen=True, slots=True)
class RankLine:
    """The ranks of the cases under one way of counting."""

    label: str
    places: tuple[Place, ...]
    """In the order of the cases."""
    change: str = AS_LISTED
    """What it changes about the measures, whatever its rule and basis."""


@dataclass(frozen=True, slots=True)
class RankGroup:
    """Ways of counting that give every case the same rank, shared by as many."""

    ways: int
    changes: tuple[tuple[str, int, int], ...]
    """What ways of the group change about the measures, how many of it do, and how many of all."""
    places: tuple[Place, ...]
    """In the order of the cases, as the first of them gives them."""


@dataclass(frozen=True, slots=True)
class RankLines:
    """The rank of every case under every way of counting; the others are held to the first."""

    cases: tuple[str, ...]
    lines: tuple[RankLine, ...]
    kept: tuple[Fraction | None, ...]
    """Share of the other ways in which each case keeps its rank and shares it with as many."""

    @property
    def groups(self) -> tuple[RankGroup, ...]:
        """Put the ways of one outcome together: those like the first way, then the others, most first."""
        found: dict[tuple[tuple[int | None, int | None], ...], list[RankLine]] = {}
        for line in self.lines:
            found.setdefault(tuple((place.rank, place.last) for place in line.places), []).append(line)
        groups = list(found.values())
        tried = Counter(line.change for line in self.lines)
        return tuple(
            RankGroup(
                len(held),
                tuple((change, n, tried[change]) for change, n in Counter(x.change for x in held).items()),
                held[0].places,
            )
            for held in (*groups[:1], *sorted(groups[1:], key=len, reverse=True))
        )


def status_bars(chart: Chart, rule: CountingRule) -> StatusBars:
    """Count the statuses of the measures by theme and case; codes kept open are no measures."""
    counts = count_theme(chart, rule)
    given = {
        (row.theme_id, case.id): Counter(_answer(chart.cells[case.id, code_id]) for code_id in row.code_ids)
        for row in counts.rows
        for case in chart.cases
    }
    found = {status for counted in given.values() for status in counted}
    labels = {(True, status.id): (status.mark, status.label) for status in chart.statuses}
    labels |= {(False, what): told for what, told in _WITHOUT.items()}
    order = [answer for answer in labels if answer in found]
    bars = tuple(
        StatusBar(
            row.label,
            case.name,
            tuple(given[row.theme_id, case.id][answer] for answer in order),
            counts.tally(row.theme_id, case.id),
        )
        for row in counts.rows
        for case in chart.cases
    )
    return StatusBars(tuple(labels[answer] for answer in order), bars)


def _answer(cell: ChartedCell) -> tuple[bool, str]:
    """Tell whether a cell has a status, and which; or what it is without one."""
    if cell.status is not None:
        return True, cell.status.id
    return False, "described" if cell.is_described else ""


def coverage(chart: Chart) -> Coverage:
    """Count the excerpts behind every cell of a chart."""
    cells = [[chart.cells[case.id, code.id] for code in chart.codes] for case in chart.cases]
    return Coverage(
        tuple(case.name for case in chart.cases),
        tuple((chart.framework.number(code), code.name) for code in chart.codes),
        tuple(tuple(len(cell.excerpts) for cell in row) for row in cells),
        tuple(
            tuple(
                "" if code.other and cell.cell is None else cell.state.mark
                for code, cell in zip(chart.codes, row, strict=True)
            )
            for row in cells
        ),
    )


def rank_lines(chart: Chart, rule: CountingRule) -> RankLines:
    """Rank the cases by what their answers count under a rule, and under every other usual way of counting.

    A study without counting rules has no ranks.
    """
    if not chart.rules:
        return RankLines((), (), ())
    base = Variant(f"{rule.label}; {Basis.TOTAL.value}", rule.id)
    found = sensitivity(chart, base, drop=0)
    lines = [
        RankLine(
            outcome.variant.label,
            tuple(outcome.cases.place(case.id) for case in chart.cases),
            _change(chart, outcome.variant),
        )
        for outcome in (found.base, *found.others)
    ]
    kept = {held.place.name: held.variants for held in found.ranks}
    names = tuple(case.name for case in chart.cases)
    return RankLines(names, tuple(lines), tuple(kept[case.id] for case in chart.cases))


def _change(chart: Chart, variant: Variant) -> str:
    """Say what a usual way of counting changes about the measures, without its rule and basis."""
    rule = next(rule.label for rule in chart.rules if rule.id == variant.rule_id)
    return variant.label.removeprefix(f"{rule}; {variant.basis.value}").removeprefix("; ") or AS_LISTED
