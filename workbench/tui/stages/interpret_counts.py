"""Counts of the whole matrix, made in steps so short that keys are answered in between."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbench.matrix.chart import Chart
    from workbench.matrix.counts import Counts
    from workbench.model.framework import Code

_CELLS_A_STEP = 1_000
_LONGEST = 0.015
"""Seconds after which other work is let through."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A matrix with its counts, as far as they have come."""

    chart: Chart
    counts: Counts | None
    """Of the themes that are counted; None before the first, and where there is no counting rule."""
    codes: int = 0
    """Codes that are read."""


def counted_in_steps(charts: Iterable[Chart], rule_id: str) -> Iterator[Counted]:
    """Count growing charts theme by theme under a rule, or the first rule there is; the last is whole."""
    so_far, done = None, 0
    for chart in charts:
        so_far = replace(so_far or Counted(chart, None), chart=chart, codes=len(chart.codes))
        if len(chart.codes) > done + 1 and _root(chart, -1) != _root(chart, done):
            for counted in _with_more(so_far, chart.codes[done:-1], rule_id):
                so_far = counted
                yield so_far
            done = len(chart.codes) - 1
        yield so_far
    if so_far is not None:
        yield from _with_more(so_far, so_far.chart.codes[done:], rule_id)


def _root(chart: Chart, place: int) -> str:
    return chart.framework.root_of(chart.codes[place]).id


def _with_more(before: Counted, codes: tuple[Code, ...], rule_id: str) -> Iterator[Counted]:
    """Count some more codes; the last step has them."""
    from workbench.matrix.counts import Counts, count_theme

    chart = before.chart
    rule = next((each for each in chart.rules if each.id == rule_id), next(iter(chart.rules), None))
    if rule is None:
        yield before
        return
    cases = tuple(case.id for case in chart.cases)
    counts = before.counts or Counts(rule, (), cases, cases, {})
    part, tallies = None, dict(counts.tallies)
    at_once = max(1, _CELLS_A_STEP // max(1, len(codes)))
    for first in range(0, max(1, len(cases)), at_once):
        some = chart.cases[first : first + at_once]
        part = count_theme(replace(chart, codes=codes, cases=some), rule)
        tallies |= part.tallies
        yield before
    rows = part.rows if part is not None else ()
    yield replace(before, counts=replace(counts, rows=(*counts.rows, *rows), tallies=tallies))


@contextmanager
def sparing_garbage() -> Iterator[None]:
    """Let the collector of garbage rest, and have it leave alone afterwards what is in memory by then.

    A matrix is some hundred thousand objects; looking through all of them stops every key for a while.
    """
    gc.collect(1)
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def go_on(steps: Iterator[Any]) -> bool:
    """Take steps for a little while; tell whether they have come to their end."""
    until = monotonic() + _LONGEST
    return all(monotonic() < until for _ in steps)
