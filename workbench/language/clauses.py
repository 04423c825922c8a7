"""Units taken apart at the ends of their clauses, and put together again after they were aligned.

What a law says in one sentence with semicolons its translation says in several, and a preamble is one
sentence of ten lines. Clause by clause such units find their counterparts one to one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

Bead = tuple[tuple[int, ...], tuple[int, ...]]
_LINES = re.compile(r"\s*\n\s*")
_GOES_ON = re.compile(r"[、，,;；:：]$")
"""What ends each line of a sentence that is set in lines; a wrapped one breaks anywhere."""
_SEMICOLON = re.compile(r"(?<=[;；])\s+")


@dataclass(frozen=True, slots=True)
class Parts:
    """The clauses of a text, and the unit that each is of."""

    clauses: list[str]
    owners: list[int]

    def of(self, units: Sequence[int]) -> list[int]:
        """List the clauses of some units."""
        wanted = set(units)
        return [place for place, owner in enumerate(self.owners) if owner in wanted]


def taken_apart(units: Sequence[str]) -> Parts:
    """Cut units into clauses; most are one."""
    parts = Parts([], [])
    for place, unit in enumerate(units):
        found = clauses(unit)
        parts.clauses.extend(found)
        parts.owners.extend([place] * len(found))
    return parts


def clauses(unit: str) -> list[str]:
    """Cut a unit at its semicolons, and at its lines where all of them end in a comma or the like."""
    lines = _LINES.split(unit.strip())
    if not all(_GOES_ON.search(line) for line in lines[:-1]):
        lines = [unit]
    return [part for line in lines for part in _SEMICOLON.split(line) if part.strip()] or [unit]


def put_together(beads: Sequence[Bead], parts: tuple[Parts, Parts]) -> list[Bead]:
    """Give the links of units that links of clauses stand for, `beads` in the order of the texts.

    Links that hold clauses of one unit become one, with the units that stand alone between them.
    """
    owned = [_owners(bead, parts) for bead in beads]
    known = tuple({unit for bead in owned for unit in bead[side]} for side in (0, 1))
    links = [bead for bead in owned if all(bead)]
    last: tuple[dict[int, int], dict[int, int]] = ({}, {})
    for at, bead in enumerate(links):
        for side in (0, 1):
            last[side].update(dict.fromkeys(bead[side], at))
    found: list[Bead] = []
    at = 0
    while at < len(links):
        end, stop = at, _reach(links[at], last)
        while end < stop:
            end += 1
            stop = max(stop, _reach(links[end], last))
        ours, theirs = (_from_to(links[at : end + 1], side, known[side]) for side in (0, 1))
        found.append((ours, theirs))
        at = end + 1
    return found


def _owners(bead: Bead, parts: tuple[Parts, Parts]) -> Bead:
    ours, theirs = (
        tuple(dict.fromkeys(side.owners[place] for place in places))
        for side, places in zip(parts, bead, strict=True)
    )
    return ours, theirs


def _reach(bead: Bead, last: tuple[dict[int, int], dict[int, int]]) -> int:
    """Give the last link that holds a unit of this one."""
    return max(last[side][unit] for side in (0, 1) for unit in bead[side])


def _from_to(beads: Sequence[Bead], side: int, known: set[int]) -> tuple[int, ...]:
    units = [unit for bead in beads for unit in bead[side]]
    return tuple(unit for unit in range(min(units), max(units) + 1) if unit in known)
