"""Scores of all themes with every measure, or every pair of measures, left out.

A theme is scored by its own measures alone, so that each set of them is worked out once: without every
measure, and without every two that share a theme. What is left out of several themes is put together from
that. Measures that count once are left out together, as the one measure they stand for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction
from math import lcm

from workbench.matrix.leaving_out import Number, Set, Vector, measures_of
from workbench.matrix.ranks import Basis
from workbench.matrix.variants import Answers, Variant, cell_weights, check_variant, code_weight, still_open

_LONGEST = 2048
"""Bits of the longest common denominator that is quicker than fractions."""
_NONE: tuple[str, ...] = ()


class LeavingOutOfThemes:
    """The scores of the themes under a variant, without a measure or without two."""

    def __init__(
        self, answers: Answers, variant: Variant, count: int, *, over: Collection[str] | None = None
    ) -> None:
        """Work out every score there is; `over` names the cases that means are taken over."""
        check_variant(answers, variant)
        self._answers = answers
        self._total = variant.basis is Basis.TOTAL
        self._count = count
        self._cases = [case for case in answers.case_ids if over is None or case in over]
        self._fill(variant)
        scores = {(row.theme_id, _NONE): self._score(row.theme_id, _NONE) for row in answers.rows}
        for gone in self._gone():
            for theme, codes in self._by_theme(gone).items():
                if (theme, codes) not in scores:
                    scores[theme, codes] = self._score(theme, codes)
        self._scale(scores)

    def _fill(self, variant: Variant) -> None:
        """Put weighted answers into whole numbers of one size, by code and case."""
        answers = self._answers
        weights = cell_weights(answers, variant)
        reached = {cell: weight * answers.values[cell] for cell, weight in weights.items()}
        self._size = lcm(*(value.denominator for value in (*weights.values(), *reached.values())))
        unsettled = still_open(answers, variant)
        self._theme_of = {code: row.theme_id for row in answers.rows for code in row.code_ids}
        zero = Fraction(0)
        self._of_code = {
            code: [
                (
                    int(reached.get((case, code), zero) * self._size),
                    int(weights.get((case, code), zero) * self._size),
                    int((case, code) in unsettled),
                )
                for case in self._cases
            ]
            for code in answers.code_ids
        }
        self._of_theme = {
            row.theme_id: [
                _sums([self._of_code[code][case] for code in row.code_ids]) for case in self._places
            ]
            for row in answers.rows
        }
        weighing = [code for code in answers.code_ids if code_weight(variant, code)]
        self._units = measures_of(weighing, variant.counted_once)

    @property
    def _places(self) -> range:
        return range(len(self._cases))

    def _gone(self) -> Iterator[tuple[str, ...]]:
        """Go through the sets of codes that are left out."""
        for place, first in enumerate(self._units):
            if self._count == 1:
                yield first
            else:
                yield from ((*first, *second) for second in self._units[place + 1 :])

    def _by_theme(self, gone: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for code in gone:
            theme = self._theme_of[code]
            found[theme] = (*found.get(theme, ()), code)
        return found

    def _score(self, theme: str, gone: tuple[str, ...]) -> Fraction | None:
        """Average a theme over the cases, those left out to which nothing of it applies."""
        by_weight: dict[int, int] = {}
        held = 0
        for case in self._places:
            reached, counted, unsettled = self._of_theme[theme][case]
            for code in gone:
                less = self._of_code[code][case]
                reached, counted, unsettled = reached - less[0], counted - less[1], unsettled - less[2]
            if counted:
                held += 1
                by_weight[counted] = by_weight.get(counted, 0) + reached
            elif unsettled:
                return None
        if not held:
            return None
        if self._total:
            return Fraction(sum(by_weight.values()), self._size * held)
        return sum((Fraction(value, weight) for weight, value in by_weight.items()), start=Fraction(0)) / held

    def _scale(self, scores: dict[tuple[str, tuple[str, ...]], Fraction | None]) -> None:
        """Bring the scores to whole numbers where their common denominator is not too long."""
        known = [score for score in scores.values() if score is not None]
        common = 1
        for score in known:
            common = lcm(common, score.denominator)
            if common.bit_length() > _LONGEST:
                break
        self.whole = common.bit_length() <= _LONGEST
        """Whether the scores are whole numbers."""
        self._one = common if self.whole else 1
        self.lowest = -int(max(map(abs, known), default=Fraction(0)) * self._one) - 2
        """No score is as far from zero, and every defined one is above it."""
        self._scores = {place: self._scaled(score) for place, score in scores.items()}

    def _scaled(self, score: Fraction | None) -> Number:
        if score is None:
            return 2 * self.lowest
        return int(score * self._one) if self.whole else score

    def sets(self) -> Iterator[Set]:
        """Go through every measure or pair: the scores of the themes without it, in the order of the rows."""
        themes = [row.theme_id for row in self._answers.rows]
        base: Vector = [self._scores[theme, _NONE] for theme in themes]
        place_of = {theme: place for place, theme in enumerate(themes)}
        for gone in self._gone():
            scores = base.copy()
            for theme, codes in self._by_theme(gone).items():
                scores[place_of[theme]] = self._scores[theme, codes]
            yield gone, scores, self._one


def _sums(parts: list[tuple[int, int, int]]) -> tuple[int, int, int]:
    reached, counted, unsettled = zip(*parts, strict=True) if parts else ((0,), (0,), (0,))
    return sum(reached), sum(counted), sum(unsettled)
