"""Leaving out every pair of 200 measures over 50 cases, by each basis."""

from __future__ import annotations

import random
import time
from fractions import Fraction

from workbench.matrix.counts import CountRow
from workbench.matrix.ranks import Basis
from workbench.matrix.sensitivity import drop_measures
from workbench.matrix.variants import Answers, Variant
from workbench.model.cell import CountingRule

MEASURES, CASES, THEMES = 200, 50, 10
SEED, BLANK = 7, 0.05


def table(rng: random.Random) -> Answers:
    """Fill a table with answers that count 0, 1/2 or 1 and some cells that nobody assessed."""
    size = MEASURES // THEMES
    rows = tuple(
        CountRow(f"t{t}", f"{t} Theme", tuple(f"m{t * size + n}" for n in range(size))) for t in range(THEMES)
    )
    cases = tuple(f"c{number}" for number in range(CASES))
    offered = [Fraction(0), Fraction(1, 2), Fraction(1)]
    values = {
        (case, code): rng.choice(offered)
        for case in cases
        for row in rows
        for code in row.code_ids
        if rng.random() > BLANK
    }
    return Answers(CountingRule("half", "Half", 1), rows, cases, values)


def main() -> None:
    answers = table(random.Random(SEED))
    for basis in Basis:
        began = time.perf_counter()
        dropping = drop_measures(answers, Variant("as listed", "half", basis), 2)
        spent = time.perf_counter() - began
        print(f"{dropping.tried} pairs x {CASES} cases, {basis.value}: {spent:.2f} s")


if __name__ == "__main__":
    main()
