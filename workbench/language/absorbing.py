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
_FAR, _NEAR = 1.8, 1.5
_NO_FARTHER, _CLEARLY_NEARER = 1.05, 0.97


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
    run: list[int] = []
    at = place + step
    while 0 <= at < len(beads) and len(run) < _MOST_ABSORBED and beads[at][side] and not beads[at][1 - side]:
        run.append(at)
        at += step
    if not run:
        return beads, place
    both = [*run, place] if step > 0 else [place, *run]
    merged = sorted({unit for each in both for unit in beads[each][side]})
    if merged[-1] - merged[0] + 1 != len(merged):
        return beads, place
    bead = (tuple(merged), beads[place][1]) if side == 0 else (beads[place][0], tuple(merged))
    if not _better(pair, beads[place], bead):
        return beads, place
    first, last = min(both), max(both)
    return [*beads[:first], bead, *beads[last + 1 :]], first


def _better(pair: Pair, bead: Bead, longer: Bead) -> bool:
    """Tell whether a bead is better with its neighbours: it fits at last, or comes nearer in every way."""
    before, after = misfit(pair, bead), misfit(pair, longer)
    if pair.vectors is None:
        return before > _FAR and after < _NEAR
    nearer = distance(pair, longer) / max(distance(pair, bead), 1e-6)
    if before > _FAR and after < _NEAR and nearer <= _NO_FARTHER:
        return True
    entries = any(is_item(units[place]) for units, places in _sides(pair, longer) for place in places)
    return after < before and nearer < _CLEARLY_NEARER and not entries


def _sides(pair: Pair, bead: Bead) -> tuple[tuple[Sequence[str], tuple[int, ...]], ...]:
    return (pair.source, bead[0]), (pair.target, bead[1])


def is_item(unit: str) -> bool:
    """Tell whether a unit is short and ends no sentence: a heading or an entry of a list."""
    wide = sum(2 if character > "\u2fff" else 1 for character in unit[: _ITEM + 1])
    return wide <= _ITEM and not _ENDED.search(unit)


def misfit(pair: Pair, bead: Bead) -> float:
    """Give how many times too long or too short the target of a bead is."""
    ours = sum(len(pair.source[place]) for place in bead[0]) * pair.ratio
    theirs = sum(len(pair.target[place]) for place in bead[1])
    return max(ours, theirs) / max(1.0, min(ours, theirs))


def distance(pair: Pair, bead: Bead) -> float:
    """Give the distance in meaning between the two sides of a bead; 0 where there are no vectors."""
    import numpy as np

    if pair.vectors is None:
        return 0.0
    sums = []
    for vectors, units, places in zip(pair.vectors, (pair.source, pair.target), bead, strict=True):
        weights = np.array([max(1, len(units[place])) for place in places], np.float32)
        total = weights @ vectors[list(places)]
        sums.append(total / max(float(np.linalg.norm(total)), 1e-9))
    return 1.0 - float(sums[0] @ sums[1])
