"""Ranks with their ties: standard competition ranks of exact scores.

Two scores differ when they are unlike and at least a threshold apart. With a threshold above zero `no clear
order` does not carry over from one pair to the next: the first may be tied with the second and the second
with the third while the first is clearly before the third. A rank is therefore given to each by itself: one
more than the number that are clearly before it. A score that is undefined has no rank.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from workbench.errors import WrongUsage
from workbench.matrix.counts import Counts, Tally


class Basis(StrEnum):
    """What a case is scored by."""

    TOTAL = "sum of what the answers count"
    EQUAL_MEASURES = "share of the counted measures"
    """Every measure weighs the same, so that a theme weighs as much as it has measures."""
    EQUAL_THEMES = "mean of the themes' shares"
    """Every theme weighs the same, however many measures it has."""

    @property
    def word(self) -> str:
        """Name it in one word, as commands take it: `total`, `equal-measures` or `equal-themes`."""
        return self.name.lower().replace("_", "-")


class Ranked(StrEnum):
    """What is ranked."""

    CASES = "cases"
    THEMES = "themes"


@dataclass(frozen=True, slots=True)
class Place:
    """Where one score stands among the others."""

    name: str
    """Id of the case or theme."""
    score: Fraction | None
    """None where there is nothing to divide by or nothing was counted."""
    rank: int | None
    """One more than the number clearly before it; None for an undefined score."""
    last: int | None
    """The rank it would have if all that are tied with it stood before it."""
    tied: tuple[str, ...] = ()
    """Those that it is not clearly before or after, in the order they were given in."""

    @property
    def printed(self) -> str:
        """Print the rank, with a sign where it is shared."""
        if self.rank is None:
            return "undefined"
        return f"{self.rank}=" if self.tied else str(self.rank)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Places under one counting rule and one basis."""

    rule: str
    """Label of the counting rule."""
    basis: str
    threshold: Fraction
    places: tuple[Place, ...]
    """In the order they were given in."""

    def place(self, name: str) -> Place:
        """Find the place of one case or theme."""
        return next(place for place in self.places if place.name == name)

    @property
    def ordered(self) -> tuple[Place, ...]:
        """Sort by score, highest first; what is undefined comes last, equals in the order given."""
        return tuple(sorted(self.places, key=lambda place: (place.score is None, -(place.score or 0))))

    def order(self, names: Mapping[str, str] | None = None) -> str:
        """Print the order as `A > B = C`; neighbours that are not clearly apart have `=` between them."""
        said = ""
        before: Place | None = None
        for place in self.ordered:
            if place.score is None:
                break
            if before is not None:
                said += " = " if place.name in before.tied else " > "
            said += (names or {}).get(place.name, place.name)
            before = place
        return said


def places_of(
    scores: Mapping[str, Fraction | None], *, threshold: Fraction = Fraction(0)
) -> tuple[Place, ...]:
    """Rank scores, the highest first; raises WrongUsage for a threshold below zero.

    A difference smaller than the threshold counts as none; one that equals it counts.
    """
    if threshold < 0:
        raise WrongUsage("A threshold cannot be below zero.", do="Give 0 or more, such as 1/2.")
    ascending = sorted(score for score in scores.values() if score is not None)
    return tuple(_place(name, scores, ascending, threshold) for name in scores)


def clearly_apart(one: Fraction, other: Fraction, threshold: Fraction) -> bool:
    """Tell whether two scores are unlike and at least a threshold apart."""
    return one != other and abs(one - other) >= threshold


def rank_cases(counts: Counts, *, basis: Basis = Basis.TOTAL, threshold: Fraction = Fraction(0)) -> Ranking:
    """Rank the cases of a table of counts; a case without a counted cell has no rank."""
    scores = {case_id: _score(counts, case_id, basis) for case_id in counts.case_ids}
    return Ranking(counts.rule.label, basis.value, threshold, places_of(scores, threshold=threshold))


def rank_themes(counts: Counts, *, basis: Basis = Basis.TOTAL, threshold: Fraction = Fraction(0)) -> Ranking:
    """Rank the rows of a table of counts by their means over the averaged cases.

    By the total it is the mean count; by either share it is the mean of the shares, which does not grow with
    the number of measures. A case to which no measure of the row applies leaves the mean; a row is undefined
    where another case has nothing counted in it.
    """
    scores: dict[str, Fraction | None] = {}
    for row in counts.rows:
        tallies = [counts.tally(row.theme_id, case_id) for case_id in counts.averaged]
        scores[row.theme_id] = _mean(tallies, basis)
    return Ranking(counts.rule.label, basis.value, threshold, places_of(scores, threshold=threshold))


def _score(counts: Counts, case_id: str, basis: Basis) -> Fraction | None:
    if basis is not Basis.EQUAL_THEMES:
        return _figure(counts.total(case_id), basis)
    return _mean([counts.tally(row.theme_id, case_id) for row in counts.rows], basis)


def _figure(tally: Tally, basis: Basis) -> Fraction | None:
    return tally.figure if basis is Basis.TOTAL else tally.share


def _mean(tallies: Sequence[Tally], basis: Basis) -> Fraction | None:
    """Average; what does not apply leaves the mean, what is still to be assessed undoes it."""
    values = [_figure(tally, basis) for tally in tallies if tally.outside < tally.listed or not tally.listed]
    known = [value for value in values if value is not None]
    if not known or len(known) < len(values):
        return None
    return sum(known, start=Fraction(0)) / len(known)


def _place(
    name: str, scores: Mapping[str, Fraction | None], ascending: list[Fraction], threshold: Fraction
) -> Place:
    score = scores[name]
    if score is None:
        return Place(name, None, None, None)
    above, below = bisect_right(ascending, score), bisect_left(ascending, score)
    if threshold:
        above = bisect_left(ascending, score + threshold)
        below = bisect_right(ascending, score - threshold)
    rank, last = 1 + len(ascending) - above, len(ascending) - below
    if rank == last:
        return Place(name, score, rank, last)
    tied = tuple(
        other
        for other, held in scores.items()
        if other != name and held is not None and not clearly_apart(score, held, threshold)
    )
    return Place(name, score, rank, last, tied)
