"""The cheapest way through two lists of units, in beads of up to three units a side.

Dynamic programming over diagonals, so that numpy does a whole diagonal at once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]
    Row = NDArray[np.float64]

BEADS = ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1))
"""How many units of either side one bead holds."""

_PRIOR = {(1, 1): 0.89, (1, 2): 0.045, (2, 1): 0.045, (2, 2): 0.011, (1, 3): 0.01, (3, 1): 0.01}
_VARIANCE = 6.8
_LONGEST_COST = 8.0


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of evidence counts."""

    length: float
    prior: float
    anchors: float
    skip: float
    """Cost of a unit that stays alone."""
    numbers: float
    """Cost of a number in digits that stands on one side only."""
    merged: float = 1.0
    """How much dearer by meaning a bead of several units is than one of two units."""
    meaning: float = 1.0
    needless: float = 0.0
    """Cost of a bead that would be nearer in meaning without one of the units at its edges."""
    items: float = 0.0
    """Cost of joining a heading or an entry of a list to its neighbour."""
    structure: float = 1.0
    """How much agreeing and other numbers of articles count."""
    most: float = 8.0
    """Most that anchors count in one bead."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is known of every pair of units in a stretch of two texts."""

    lengths: tuple[Row, Row]
    common: Matrix
    """Weight of what two units have in common, over what any two have."""
    sure: Matrix
    sure_counts: tuple[Row, Row]
    starts: Matrix
    """Cost of a bead that begins with these two units, by their numbers; negative where they agree."""
    breaks: tuple[Row, Row]
    """Cost of each unit where it is not the first of its bead."""
    items: tuple[Row, Row]
    """1 for each unit that is a heading or an entry of a list, or follows one."""
    ratio: float
    """Characters of the target for one of the source."""
    vectors: tuple[Matrix, Matrix] | None = None


def cheapest(stretch: Stretch, weights: Weights) -> list[tuple[int, int, int, int]]:
    """Find the cheapest beads as (source start, source end, target start, target end), in order."""
    import numpy as np

    rows, columns = stretch.common.shape
    costs = all_costs(stretch, weights)
    total = np.full((rows + 1, columns + 1), np.inf)
    back = np.zeros((rows + 1, columns + 1), np.int8)
    total[0, 0] = 0
    for diagonal in range(1, rows + columns + 1):
        first = max(0, diagonal - columns)
        i = np.arange(first, min(rows, diagonal) + 1)
        j = diagonal - i
        best = np.full(len(i), np.inf)
        which = np.zeros(len(i), np.int8)
        for number, (n, m) in enumerate(BEADS):
            inside = slice(max(0, n - first), max(0, diagonal - m - first + 1))
            ii, jj = i[inside] - n, j[inside] - m
            if not len(ii):
                continue
            cost = total[ii, jj] + (costs[n, m][ii, jj] if n and m else weights.skip)
            better = cost < best[inside]
            best[inside][better] = cost[better]
            which[inside][better] = number
        total[i, j] = best
        back[i, j] = which
    return _way_back(back, rows, columns)


def _way_back(back: NDArray[np.int8], rows: int, columns: int) -> list[tuple[int, int, int, int]]:
    found = []
    while rows or columns:
        n, m = BEADS[back[rows, columns]]
        found.append((rows - n, rows, columns - m, columns))
        rows, columns = rows - n, columns - m
    return found[::-1]


def all_costs(stretch: Stretch, weights: Weights) -> dict[tuple[int, int], Matrix]:
    """Give the cost of every bead of every form, by the units it begins with."""
    import numpy as np

    forms = [bead for bead in BEADS if all(bead)]
    if stretch.vectors is None:
        return {bead: bead_costs(stretch, weights, bead) for bead in forms}
    apart = {(n, m): meaning_costs(stretch, n, m) for n, m in forms}
    costs = {}
    for n, m in sorted(forms, key=sum):
        cost = bead_costs(stretch, weights, (n, m))
        distance = apart[n, m]
        rows, columns = distance.shape
        if distance.size:
            cost += weights.meaning * distance * ((n + m) / 2 + weights.merged * (n * m - (n + m) / 2))
            for smaller in ((n - 1, m), (n, m - 1)):
                if smaller in apart and apart[smaller].size:
                    down, right = n - smaller[0], m - smaller[1]
                    nearest = np.minimum(
                        apart[smaller][:rows, :columns],
                        apart[smaller][down : rows + down, right : columns + right],
                    )
                    cost += weights.needless * np.maximum(distance - nearest, 0)
        costs[n, m] = cost
    return costs


def bead_costs(stretch: Stretch, weights: Weights, form: tuple[int, int]) -> Matrix:
    """Give the cost of every bead of n by m units without its meaning."""
    import numpy as np

    n, m = form
    rows, columns = stretch.common.shape
    if rows < n or columns < m:
        return np.zeros((0, 0), np.float32)
    prior = math.log(_PRIOR.get((n, m), 0.004))
    common = np.clip(_boxes(stretch.common, n, m), -weights.most, weights.most)
    cost = weights.length * length_costs(stretch, n, m) - weights.prior * prior - weights.anchors * common
    ours, theirs = (_runs(each, k) for each, k in zip(stretch.sure_counts, (n, m), strict=True))
    lonely = ours[:, None] + theirs[None, :] - 2 * _boxes(stretch.sure, n, m)
    cost += weights.numbers * np.clip(lonely, 0, 3)
    cost += weights.structure * stretch.starts[: rows - n + 1, : columns - m + 1]
    joins = [
        breaks + weights.items * items for breaks, items in zip(stretch.breaks, stretch.items, strict=True)
    ]
    inner = [_runs(each, k) - each[: len(each) - k + 1] for each, k in zip(joins, (n, m), strict=True)]
    cost += inner[0][:, None] + inner[1][None, :]
    return cost.astype(np.float32)


def length_costs(stretch: Stretch, n: int, m: int) -> Row:
    """Give how badly the lengths of each bead of n by m units fit, from 0 to 8."""
    import numpy as np

    ours, theirs = (_runs(each, k) for each, k in zip(stretch.lengths, (n, m), strict=True))
    expected = ours[:, None] * stretch.ratio
    spread = np.sqrt(_VARIANCE * (expected + theirs[None, :]) / 2)
    cost: Row = np.minimum(((theirs[None, :] - expected) / spread) ** 2 / 2, _LONGEST_COST)
    return cost


def meaning_costs(stretch: Stretch, n: int, m: int) -> Matrix:
    """Give the distance in meaning of each bead of n by m units; 1 is usual."""
    import numpy as np

    if stretch.vectors is None:
        raise ValueError("this stretch has no vectors")
    if len(stretch.vectors[0]) < n or len(stretch.vectors[1]) < m:
        return stretch.common[:0, :0]
    merged = []
    for vectors, lengths, k in zip(stretch.vectors, stretch.lengths, (n, m), strict=True):
        sums = _runs(vectors * lengths[:, None], k)
        merged.append(
            (sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)).astype(np.float32)
        )
    apart: Matrix = (1 - merged[0] @ merged[1].T).astype(np.float32)
    return apart


def _runs(values: NDArray[np.float64], k: int) -> NDArray[np.float64]:
    """Sum every run of k rows."""
    total = values[: len(values) - k + 1].copy()
    for step in range(1, k):
        total += values[step : len(values) - k + 1 + step]
    return total


def _boxes(values: Matrix, n: int, m: int) -> Matrix:
    rows, columns = values.shape
    total = values[: rows - n + 1, : columns - m + 1].copy()
    for step in range(n):
        for side in range(m):
            if step or side:
                total += values[step : rows - n + 1 + step, side : columns - m + 1 + side]
    return total
