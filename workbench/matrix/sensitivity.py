"""How much a rank depends on the way of counting: other variants, and each measure or pair left out.

Leaving out goes through every single measure and every pair. Scores are whole numbers over one common
denominator, and every pair is two steps from the full table, so that 19,900 pairs of 200 measures need no
sampling. Where odd weights would make the common denominator too long, exact fractions do the same.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import TypeAlias

from workbench.errors import WrongUsage
from workbench.matrix.chart import Chart
from workbench.matrix.leaving_out import LeavingOut, Set, Vector
from workbench.matrix.leaving_out_themes import LeavingOutOfThemes
from workbench.matrix.ranks import Place, Ranked, Ranking
from workbench.matrix.variants import ZERO, Answers, Outcome, Variant, answers_of, outcome, usual_variants

Progress: TypeAlias = Callable[[str, int, int], None]
"""`progress(what, done, of)` is told how far trying has come; what it raises ends the trying."""

_SETS_A_STEP = 500
"""Sets of measures that are left out between two tellings."""


@dataclass(frozen=True, slots=True)
class Dropping:
    """What happens to the ranks when so many measures at a time are left out."""

    count: int
    """How many measures are left out at a time."""
    tried: int
    """How many sets of measures were left out, one after the other; all there are."""
    kept: Mapping[str, int]
    """Case or theme id -> sets without which it keeps its rank and shares it with as many."""
    turning: tuple[tuple[str, ...], ...]
    """Sets of code ids without which at least one of them does not."""

    def share(self, name: str) -> Fraction | None:
        """Give the share of the sets without which one keeps its rank; None where there are none."""
        return Fraction(self.kept[name], self.tried) if self.tried else None


@dataclass(frozen=True, slots=True)
class RankHeld:
    """A rank with its ties and with how firmly it is held."""

    place: Place
    variants: Fraction | None
    """Share of the other variants in which it stays; None where there are none."""
    dropping: tuple[Fraction | None, ...]
    """Share of the single measures, then of the pairs, without which it stays."""

    @property
    def depends(self) -> bool:
        """Tell whether any way of counting that was tried gives another rank."""
        return any(share is not None and share < 1 for share in (self.variants, *self.dropping))


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The ranks of one variant beside those of all others."""

    base: Outcome
    others: tuple[Outcome, ...]
    droppings: tuple[Dropping, ...]
    ranked: Ranked = Ranked.CASES

    @property
    def ranking(self) -> Ranking:
        """Give the ranking of the base."""
        return self.base.ranking(self.ranked)

    @property
    def ranks(self) -> tuple[RankHeld, ...]:
        """List the places of the base, highest score first, with the share of variants that keep each."""
        return tuple(self._held(place) for place in self.ranking.ordered)

    def moved(self, other: Outcome) -> tuple[str, ...]:
        """List the ids of those that stand elsewhere under another variant."""
        ranking = other.ranking(self.ranked)
        return tuple(place.name for place in self.ranking.ordered if not same_place(place, ranking))

    def _held(self, place: Place) -> RankHeld:
        kept = sum(same_place(place, other.ranking(self.ranked)) for other in self.others)
        variants = Fraction(kept, len(self.others)) if self.others else None
        return RankHeld(place, variants, tuple(drop.share(place.name) for drop in self.droppings))


def same_place(place: Place, ranking: Ranking) -> bool:
    """Tell whether a case or theme has the same rank elsewhere and shares it with as many."""
    other = ranking.place(place.name)
    return (place.rank, place.last) == (other.rank, other.last)


def sensitivity(
    chart: Chart,
    base: Variant,
    *,
    variants: Collection[Variant] | None = None,
    threshold: Fraction = ZERO,
    average_over: Collection[str] | None = None,
    drop: int = 2,
    ranked: Ranked = Ranked.CASES,
    progress: Progress | None = None,
) -> Sensitivity:
    """Rank the cases or themes of a chart under one variant and try all others against it.

    `variants` are those that are usual unless named; one that equals the base apart from its label is passed
    over. `drop` is how many measures are left out at most, 0 to 2. Raises WrongUsage for an unknown rule.
    """
    rules = {rule.id: rule for rule in chart.rules}
    tried = usual_variants(chart) if variants is None else variants
    unknown = sorted({variant.rule_id for variant in (base, *tried)} - set(rules))
    if unknown:
        raise WrongUsage(f"The study has no counting rule {unknown[0]}.")
    answers = {rule_id: answers_of(chart, rules[rule_id]) for rule_id in rules}

    def given(variant: Variant) -> Outcome:
        return outcome(answers[variant.rule_id], variant, threshold=threshold, average_over=average_over)

    unlike = [variant for variant in tried if _unlike(variant, base)]
    others = []
    for number, variant in enumerate(unlike):
        if progress is not None:
            progress("other ways of counting", number, len(unlike))
        others.append(given(variant))
    drops = tuple(
        drop_measures(
            answers[base.rule_id],
            base,
            number,
            threshold=threshold,
            ranked=ranked,
            average_over=average_over,
            progress=progress,
        )
        for number in range(1, drop + 1)
    )
    return Sensitivity(given(base), tuple(others), drops, ranked)


def drop_measures(
    answers: Answers,
    variant: Variant,
    count: int,
    *,
    threshold: Fraction = ZERO,
    ranked: Ranked = Ranked.CASES,
    average_over: Collection[str] | None = None,
    progress: Progress | None = None,
) -> Dropping:
    """Leave out every measure, or every pair, and see which cases or themes keep their rank.

    Measures that already weigh nothing are not tried; the weight of a theme plays no part where themes are
    ranked. Raises WrongUsage for a count other than 1 or 2.
    """
    if count not in (1, 2):
        raise WrongUsage("One or two measures can be left out at a time.")
    base = outcome(answers, variant, threshold=threshold, average_over=average_over).ranking(ranked)
    without: LeavingOut | LeavingOutOfThemes
    if ranked is Ranked.CASES:
        without = LeavingOut(answers, variant)
        sets = without.singles() if count == 1 else without.pairs()
    else:
        without = LeavingOutOfThemes(answers, variant, count, over=average_over)
        sets = without.sets()
    return _dropping(count, base, sets, _Watch(base, without), threshold, progress)


def _dropping(
    count: int,
    base: Ranking,
    sets: Iterator[Set],
    watch: _Watch,
    threshold: Fraction,
    progress: Progress | None,
) -> Dropping:
    names = [place.name for place in base.places]
    kept = dict.fromkeys(names, 0)
    whole, tried, turning = 0, 0, []
    for codes, scores, divisor in sets:
        if progress is not None and tried % _SETS_A_STEP == 0:
            progress("one measure left out" if count == 1 else "two measures left out", tried, 0)
        tried += 1
        flags = watch.kept(scores, threshold * divisor)
        if all(flags):
            whole += 1
            continue
        turning.append(codes)
        for name, holds in zip(names, flags, strict=True):
            kept[name] += holds
    kept = {name: number + whole for name, number in kept.items()}
    return Dropping(count, tried, kept, tuple(turning))


def _unlike(variant: Variant, base: Variant) -> bool:
    """Compare everything but the label."""
    parts = ("rule_id", "basis", "left_out", "counted_once", "weights")
    return any(getattr(variant, part) != getattr(base, part) for part in parts)


class _Watch:
    """Compares the ranks that scores give with those of a base, without building them."""

    def __init__(self, base: Ranking, without: LeavingOut | LeavingOutOfThemes) -> None:
        self._without = without
        self._places = [(place.rank, place.last) for place in base.places]
        known = [place for place in base.places if place.rank is not None]
        self._all_known = len(known) == len(base.places)
        size = len(base.places)
        self._fast = [
            (size - (rank - 1) + 1, size - last)
            for rank, last in self._places
            if rank is not None and last is not None
        ]

    def kept(self, scores: Vector, threshold: Fraction) -> list[bool]:
        """Tell one by one whether rank and ties stay; `threshold` is on the scale of the scores."""
        ascending = sorted(scores)
        lowest = self._without.lowest
        if not self._without.whole or not self._all_known or ascending[0] < lowest:
            return self._kept_slowly(scores, ascending, threshold)
        apart = max(1, ceil(threshold))
        far = 2 * (apart - lowest)
        padded = [-far, *ascending, far]
        # In `padded`, `high` is where those before a case in rank begin, `low` where those after it end.
        return [
            padded[high - 1] < score + apart <= padded[high]
            and padded[low] <= score - apart < padded[low + 1]
            for score, (high, low) in zip(scores, self._fast, strict=True)
        ]

    def _kept_slowly(self, scores: Vector, ascending: Vector, threshold: Fraction) -> list[bool]:
        lowest = self._without.lowest
        known = ascending[bisect_left(ascending, lowest) :]
        size, flags = len(known), []
        for score, place in zip(scores, self._places, strict=True):
            if score < lowest:
                flags.append(place == (None, None))
                continue
            if threshold:
                above = bisect_left(known, score + threshold)
                below = bisect_right(known, score - threshold)
            else:
                above, below = bisect_right(known, score), bisect_left(known, score)
            flags.append(place == (1 + size - above, size - below))
        return flags
