"""How sure a link is, on what it rests, and how far a whole alignment is to be believed.

The chances come from a logistic rule that was fitted on part of the measured texts, with texts that do not
belong together among them; `docs/language.md` says on which, and how often a link of each chance was right.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.language.absorbing import misfit
from workbench.language.citations import named
from workbench.language.evidence import Evidence
from workbench.language.matching import Bead, Fixed, Pair, alike

_NEIGHBOURS = 3
"""Units before and after a bead that might have been meant instead."""

_CLEAR = 1.0
"""Weight of anchors from which a link rests on them."""
_NEAR = 0.25
"""Likeness from which two units are near in meaning."""
_MOST_REASONS = 3
_DIFFERENT = 1.8

PLAIN_RULE = (-1.53, 0.8, 0.46, 0.14)
MEANING_RULE = (-4.58, 0.8, 0.22, 13.24)
"""A constant, then the weights of: the same number, common anchors, and their margin or the nearness."""

TRUSTED = 650
"""Per mille of trust below which a text is likely not the translation of the other."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of one link."""

    chance: float
    """How likely it is right, from 0 to 1."""
    rests_on: str
    reasons: tuple[str, ...]


class Judge:
    """Judges the links of one pair of texts."""

    def __init__(self, pair: Pair) -> None:
        self._pair = pair
        self._evidence = Evidence(pair.anchors)

    def verdict(self, bead: Bead) -> Verdict:
        """Judge one link."""
        measures = self.measures(bead)
        rule = PLAIN_RULE if self._pair.meaning is None else MEANING_RULE
        score = rule[0] + sum(weight * value for weight, value in zip(rule[1:], measures, strict=True))
        return Verdict(1 / (1 + math.exp(-score)), *self._words(bead, measures))

    def measures(self, bead: Bead) -> tuple[float, ...]:
        """Give what the chance of a link is reckoned from."""
        common, margin = self._common(bead)
        agreed = float(self._same_number(bead))
        if self._pair.meaning is None:
            return agreed, common, margin
        return agreed, common, self._pair.meaning.likeness(*bead)

    def trust(self, judged: Sequence[tuple[Bead, float]], fixed: Fixed) -> int:
        """Tell per mille how much of the shorter text is linked, weighted by the chances of the links."""
        lengths = [[len(unit) for unit in units] for units in (self._pair.source, self._pair.target)]
        known = [*judged, *((each, 1.0) for each in fixed if all(each))]
        shares = []
        for side, each in enumerate(lengths):
            held = sum(chance * sum(each[place] for place in bead[side]) for bead, chance in known)
            shares.append(held / max(1, sum(each)))
        return round(max(shares) * 1000)

    def _same_number(self, bead: Bead) -> bool:
        ours, theirs = self._pair.paths[0][bead[0][0]], self._pair.paths[1][bead[1][0]]
        return ours is not None and theirs is not None and alike(ours, theirs)

    def _around(self, places: Sequence[int]) -> range:
        return range(
            max(0, min(places) - _NEIGHBOURS), min(len(self._pair.target), max(places) + _NEIGHBOURS + 1)
        )

    def _common(self, bead: Bead) -> tuple[float, float]:
        """Give the weight of common anchors, and by how much it is more than with a neighbour instead."""
        around = list(self._around(bead[1]))
        common, _ = self._evidence.stretch(bead[0], around)
        background = self._evidence.target_background[around]
        columns = common.sum(axis=0) - background * len(bead[0])
        own = sum(float(columns[place - around[0]]) for place in bead[1])
        others = [float(columns[place - around[0]]) for place in around if place not in bead[1]]
        return max(-2.0, min(own, 8.0)), max(-4.0, min(own - max(others, default=0.0), 8.0))

    def _words(self, bead: Bead, measures: Sequence[float]) -> tuple[str, tuple[str, ...]]:
        """Name what a link rests on most, and say why in a few words each."""
        reasons: list[str] = []
        if measures[0]:
            path = self._pair.paths[0][bead[0][0]]
            reasons.append(f"both begin {named(path or ())}")
        if self._pair.meaning is not None:
            reasons.append(f"likeness in meaning {measures[2]:.2f}")
        shared = self._pair.anchors.shared(*bead)[:_MOST_REASONS]
        if shared:
            reasons.append("both have " + ", ".join(_pairing(*each) for each in shared))
        times = misfit(self._pair, bead)
        reasons.append("lengths agree" if times < _DIFFERENT else f"lengths differ {times:.1f} times")
        if measures[0]:
            return "structure", tuple(reasons)
        if self._pair.meaning is not None and measures[2] > _NEAR:
            return "meaning", tuple(reasons)
        return ("anchors" if measures[1] >= _CLEAR else "length"), tuple(reasons)


def _pairing(ours: str, theirs: str) -> str:
    one, other = ours[ours.find(":") + 1 :].lstrip("#"), theirs[theirs.find(":") + 1 :].lstrip("#")
    if ours.startswith("g:"):
        return "a term of the glossary"
    return one if one == other else f"{one} = {other}"
