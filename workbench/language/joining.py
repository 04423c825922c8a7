"""Links looked at once more, with joined units read as one text.

The way through two texts weighs joined units by the mean of their vectors. Here the few that are joined, or
could be, are read as one: a unit that leads its link away from the other side goes out, a lonely neighbour
that brings it nearer comes in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.language.absorbing import FAR, NEAR, is_item, lonely_beside, misfit, widened
from workbench.language.meaning import Meaning

if TYPE_CHECKING:
    from workbench.language.matching import Bead, Pair

_ROUNDS = 6
_GAIN = 0.008
"""By how much likeness must grow for a lonely unit to come in."""
_LOSS = 0.03
"""What likeness may lose where the lengths fit at last: a list of ten says less as one text."""


@dataclass(frozen=True, slots=True)
class _Change:
    """A bead that would be another, and the beads that stand where it stood."""

    first: int
    last: int
    old: Bead
    new: Bead
    instead: tuple[Bead, ...]


def settle(pair: Pair, meaning: Meaning, beads: Sequence[Bead]) -> list[Bead]:
    """Put units out of links and take lonely ones in, while links come nearer by it."""
    found = list(beads)
    for _ in range(_ROUNDS):
        changes = [*_goings(found), *_comings(pair, found)]
        for side in (0, 1):
            meaning.read(side, [bead[side] for change in changes for bead in (change.old, change.new)])
        better = [(gain, each) for each in changes if (gain := _gain(pair, meaning, each)) is not None]
        if not better:
            break
        found = _changed(found, [each for _, each in sorted(better, key=lambda one: (-one[0], one[1].first))])
    return found


def _goings(beads: Sequence[Bead]) -> Iterator[_Change]:
    """List the beads of several units without their first or their last."""
    for at, bead in enumerate(beads):
        for side in (0, 1):
            run = bead[side]
            if len(run) < 2 or not bead[1 - side]:
                continue
            for out, kept in ((run[:1], run[1:]), (run[-1:], run[:-1])):
                alone, smaller = _with(((), ()), side, out), _with(bead, side, kept)
                instead = (alone, smaller) if out[0] < kept[0] else (smaller, alone)
                yield _Change(at, at, bead, smaller, instead)


def _comings(pair: Pair, beads: Sequence[Bead]) -> Iterator[_Change]:
    """List the beads with the lonely unit beside them, or with all that stand there."""
    for at, bead in enumerate(beads):
        if not all(bead):
            continue
        for side in (0, 1):
            for step in (-1, 1):
                run = lonely_beside(beads, at, side, step)
                for many in {1, len(run)} if run else ():
                    longer = widened(beads, at, run[:many], side)
                    if longer is not None and misfit(pair, longer) <= max(misfit(pair, bead), NEAR):
                        yield _Change(min(at, run[many - 1]), max(at, run[many - 1]), bead, longer, (longer,))


def _gain(pair: Pair, meaning: Meaning, change: _Change) -> float | None:
    """Tell how much better a change is; None where it is none."""
    gain = meaning.likeness(*change.new) - meaning.likeness(*change.old)
    if sum(map(len, change.new)) < sum(map(len, change.old)):
        return gain if gain > 0 else None
    if misfit(pair, change.old) > FAR and misfit(pair, change.new) < NEAR and gain > -_LOSS:
        return max(gain, 0.0)
    both = ((pair.source, change.new[0]), (pair.target, change.new[1]))
    entries = any(is_item(units[place]) for units, places in both for place in places)
    return gain if gain > _GAIN and not entries else None


def _changed(beads: Sequence[Bead], changes: Sequence[_Change]) -> list[Bead]:
    """Make the changes that do not touch one another, the best first."""
    taken: set[int] = set()
    chosen: dict[int, _Change] = {}
    for change in changes:
        places = set(range(change.first, change.last + 1))
        if not places & taken:
            taken |= places
            chosen[change.first] = change
    found: list[Bead] = []
    for at, bead in enumerate(beads):
        if at in chosen:
            found += chosen[at].instead
        elif at not in taken:
            found.append(bead)
    return found


def _with(bead: Bead, side: int, run: tuple[int, ...]) -> Bead:
    return (run, bead[1]) if side == 0 else (bead[0], run)
