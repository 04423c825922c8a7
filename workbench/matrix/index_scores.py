"""Scores of an index edition: exact means of its answers, under its rules or others.

An indicator that is answered has the value of its answer; one that is not, and has sub-indicators, the mean
of theirs. What is missing or not applicable does to the level above what the rules say. Where nothing of a
level counts and something is missing, the level is undefined and so is all above it; where nothing of it
applies, it leaves the mean above. Values are never computed from printed figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from workbench.model.index_edition import (
    Aggregation,
    AnswerState,
    IndexEdition,
    Indicator,
    MissingRule,
    NotApplicableRule,
)


@dataclass(frozen=True, slots=True)
class ScoringRules:
    """How answers become scores; every score carries them."""

    aggregation: Aggregation
    missing: MissingRule
    not_applicable: NotApplicableRule
    weighted: bool = True
    """Whether the weights of the edition hold; without them everything weighs 1."""
    without: tuple[str, ...] = ()
    """Areas that do not count."""

    @property
    def name(self) -> str:
        """Name the rules as tables print them."""
        parts = [self.aggregation.words, self.missing.words, self.not_applicable.words]
        parts.append("weights of the edition" if self.weighted else "without weights")
        if self.without:
            parts.append(f"without {', '.join(self.without)}")
        return "; ".join(parts)


def rules_of(edition: IndexEdition) -> ScoringRules:
    """Give the rules that an edition itself names."""
    return ScoringRules(edition.aggregation, edition.missing, edition.not_applicable)


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of one indicator for one case."""

    state: AnswerState
    value: Fraction | None = None
    """None unless it is answered."""
    told: str = ""
    """Where it comes from, where that is not an answer."""


NOTHING = Given(AnswerState.MISSING)


@dataclass(frozen=True, slots=True)
class Score:
    """A score with what it counts and what it leaves out."""

    value: Fraction | None
    """None where it is undefined, or where nothing of it applies."""
    counted: int
    """Indicators that are answered."""
    listed: int
    outside: int = 0
    """Indicators that are not applicable."""
    leaves: bool = False
    """Whether it leaves the mean above it, which is not the same as being undefined."""

    @property
    def missing(self) -> int:
        """Count the indicators without an answer."""
        return self.listed - self.counted - self.outside

    @property
    def k_of_n(self) -> str:
        """Say how many of the indicators are answered, and how many do not apply."""
        said = f"{self.counted} of {self.listed} indicators"
        return f"{said}, {self.outside} not applicable" if self.outside else said


@dataclass(frozen=True, slots=True)
class AreaScore:
    """The score of one area, with its dimensions where the rules know them."""

    area: str
    score: Score
    dimensions: tuple[tuple[str, Score], ...] = ()
    """Name and score; empty unless dimensions are averaged."""
    indicators: tuple[tuple[Indicator, Score], ...] = ()
    """Those that the area counts, without sub-indicators."""


@dataclass(frozen=True, slots=True)
class EditionScore:
    """All scores of one case."""

    rules: ScoringRules
    overall: Score
    areas: tuple[AreaScore, ...]


_Weighed = tuple[Fraction, Score]


def score_edition(
    edition: IndexEdition,
    indicators: Sequence[Indicator],
    given: Mapping[str, Given],
    rules: ScoringRules | None = None,
) -> EditionScore:
    """Score a case by what is given for its indicators (by id), under the edition's rules unless told others.

    Areas and dimensions come in the order of their first indicators.
    """
    return _Scoring(edition, indicators, given, rules or rules_of(edition)).result()


class _Scoring:
    """One edition, one case, one set of rules."""

    def __init__(
        self,
        edition: IndexEdition,
        indicators: Sequence[Indicator],
        given: Mapping[str, Given],
        rules: ScoringRules,
    ) -> None:
        self._edition = edition
        self._given = given
        self._rules = rules
        self._parts: dict[str, list[Indicator]] = {}
        self._areas: dict[str, list[Indicator]] = {}
        for indicator in sorted(indicators, key=lambda each: (each.position, each.id)):
            if indicator.part_of is not None:
                self._parts.setdefault(indicator.part_of, []).append(indicator)
            elif indicator.area not in rules.without:
                self._areas.setdefault(indicator.area, []).append(indicator)

    def result(self) -> EditionScore:
        areas = [self._area(area, listed) for area, listed in self._areas.items()]
        if self._rules.aggregation is Aggregation.INDICATORS:
            overall = self._combined([self._weighed(i, s) for area in areas for i, s in area.indicators])
        else:
            overall = self._combined([(self._area_weight(area.area), area.score) for area in areas])
        return EditionScore(self._rules, overall, tuple(areas))

    def _area(self, area: str, listed: Sequence[Indicator]) -> AreaScore:
        scored = tuple((indicator, self._indicator(indicator)) for indicator in listed)
        if self._rules.aggregation is not Aggregation.DIMENSIONS:
            return AreaScore(area, self._combined([self._weighed(*each) for each in scored]), (), scored)
        dimensions: dict[str, list[_Weighed]] = {}
        for indicator, score in scored:
            dimensions.setdefault(indicator.dimension, []).append(self._weighed(indicator, score))
        named = tuple((name, self._combined(weighed)) for name, weighed in dimensions.items())
        whole = self._combined([(Fraction(1), score) for _, score in named])
        return AreaScore(area, whole, named, scored)

    def _weighed(self, indicator: Indicator, score: Score) -> _Weighed:
        return (Fraction(indicator.weight) if self._rules.weighted else Fraction(1), score)

    def _area_weight(self, area: str) -> Fraction:
        return Fraction(self._edition.area_weights.get(area, "1")) if self._rules.weighted else Fraction(1)

    def _indicator(self, indicator: Indicator) -> Score:
        known = self._given.get(indicator.id)
        parts = self._parts.get(indicator.id, [])
        if known is None and parts:
            whole = self._mean([self._weighed(part, self._indicator(part)) for part in parts])
            if whole.value is not None:
                counted = int(whole.counted > 0)
                return Score(whole.value, counted, 1, int(not counted and whole.outside == whole.listed))
            known = Given(AnswerState.NOT_APPLICABLE) if whole.outside == whole.listed else NOTHING
        return self._single(known or NOTHING)

    def _single(self, known: Given) -> Score:
        if known.state is AnswerState.ANSWERED:
            return Score(known.value, 1, 1)
        if known.state is AnswerState.NOT_APPLICABLE:
            if self._rules.not_applicable is NotApplicableRule.LOWEST:
                return Score(self._edition.lowest, 0, 1, 1)
            return Score(None, 0, 1, 1, leaves=True)
        if self._rules.missing is MissingRule.LOWEST:
            return Score(self._edition.lowest, 0, 1)
        return Score(None, 0, 1, leaves=self._rules.missing is MissingRule.DROP)

    def _combined(self, weighed: Sequence[_Weighed]) -> Score:
        return self._mean(weighed, summed=self._rules.aggregation is Aggregation.SUM)

    @staticmethod
    def _mean(weighed: Sequence[_Weighed], *, summed: bool = False) -> Score:
        scores = [score for _, score in weighed]
        counted = sum(score.counted for score in scores)
        listed = sum(score.listed for score in scores)
        outside = sum(score.outside for score in scores)
        if any(weight and score.value is None and not score.leaves for weight, score in weighed):
            return Score(None, counted, listed, outside)
        held = [(weight, score.value) for weight, score in weighed if score.value is not None]
        if not held:
            return Score(None, counted, listed, outside, leaves=outside == listed and listed > 0)
        reached = sum((weight * value for weight, value in held), start=Fraction(0))
        whole = Fraction(1) if summed else sum((weight for weight, _ in held), start=Fraction(0))
        return Score(reached / whole if whole else None, counted, listed, outside)


def areas_of(indicators: Iterable[Indicator]) -> list[str]:
    """List the areas in the order of their first indicators."""
    return list(dict.fromkeys(each.area for each in sorted(indicators, key=lambda i: (i.position, i.id))))
