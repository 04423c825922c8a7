"""Beads of one unit and many: the lonely neighbours that a bead far too short takes in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.language.matching import Bead, Pair

_ITEM = 50
"""Columns up to which a unit without a stop is a heading or an entry."""
_ENDED = re.compile(r"[.!?:;,。！？：；、，][\"'”’)）」』\]]*\s*$")

_MOST_ABSORBED = 12
FAR, NEAR = 1.8, 1.5
"""How many times too short a bead is that wants its neighbours, and how many times one that fits."""


def absorb(pair: Pair, beads: Sequence[Bead]) -> list[Bead]:
    """Let a bead that is far too short take in the lonely units beside it, where that makes it fit.

    So one long sentence can stand for a list of ten.
    """
    found = list(beads)
    place = 0
    while place < len(found):
        if all(found[place]):
            for side in (0, 1):
                for step in (-1, 1):
                    found, place = _absorbed(pair, found, place, side, step)
        place += 1
    return found


def _absorbed(pair: Pair, beads: list[Bead], place: int, side: int, step: int) -> tuple[list[Bead], int]:
    """Take in the lonely units of one side before or after a bead, where both lengths then agree."""
    run = lonely_beside(beads, place, side, step)
    longer = widened(beads, place, run, side)
    if longer is None or misfit(pair, beads[place]) <= FAR or misfit(pair, longer) >= NEAR:
        return beads, place
    first, last = min(place, run[-1]), max(place, run[-1])
    return [*beads[:first], longer, *beads[last + 1 :]], first


def lonely_beside(beads: Sequence[Bead], place: int, side: int, step: int) -> list[int]:
    """List the beads before or after another that hold units of one side only, the nearest first."""
    run: list[int] = []
    at = place + step
    while 0 <= at < len(beads) and len(run) < _MOST_ABSORBED and beads[at][side] and not beads[at][1 - side]:
        run.append(at)
        at += step
    return run


def widened(beads: Sequence[Bead], place: int, run: Sequence[int], side: int) -> Bead | None:
    """Give a bead with the units of its neighbours; None where there are none, or others stand between."""
    merged = sorted({unit for each in (*run, place) for unit in beads[each][side]})
    if not run or merged[-1] - merged[0] + 1 != len(merged):
        return None
    return (tuple(merged), beads[place][1]) if side == 0 else (beads[place][0], tuple(merged))


def is_item(unit: str) -> bool:
    """Tell whether a unit is short and ends no sentence: a heading or an entry of a list."""
    wide = sum(2 if character > "\u2fff" else 1 for character in unit[: _ITEM + 1])
    return wide <= _ITEM and not _ENDED.search(unit)


def misfit(pair: Pair, bead: Bead) -> float:
    """Give how many times too long or too short the target of a bead is."""
    ours = sum(len(pair.source[place]) for place in bead[0]) * pair.ratio
    theirs = sum(len(pair.target[place]) for place in bead[1])
    return max(ours, theirs) / max(1.0, min(ours, theirs))
