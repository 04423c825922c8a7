"""Compare the scores that an index prints with what follows from its answers.

Every printed score is computed anew under the rules of the edition. One that does not follow is listed with
the rules, roundings and groupings that would give it; what none gives is called unexplained. A grouping is a
conjecture: that the indicators stand in dimensions which the sheet does not name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import combinations

from workbench.matrix.index_columns import Column, Sheet, column_of_answers
from workbench.matrix.index_scores import EditionScore, Given, ScoringRules, rules_of, score_edition
from workbench.matrix.printed import Kind
from workbench.matrix.rounding import UNDEFINED, Rounding, RoundingRule
from workbench.model.case import Case
from workbench.model.index_edition import (
    Aggregation,
    AnswerState,
    Indicator,
    MissingRule,
    NotApplicableRule,
    PrintedScore,
)

OVERALL = "overall"
_MOST_GROUPED = 12
"""Indicators of an area up to which groupings are tried."""


@dataclass(frozen=True, slots=True)
class Departure:
    """A printed score, or an answer with sub-indicators, that does not follow."""

    case: str
    as_of: str
    figure: str
    """The area, `overall`, or the indicator."""
    printed: str
    exact: Fraction | None
    rounded: str
    kind: Kind
    would_give: tuple[str, ...] = ()
    """Ways to come to the printed score; empty where none is known."""


def departures(sheet: Sheet, printed: Sequence[PrintedScore], cases: Sequence[Case]) -> list[Departure]:
    """List the printed scores that do not follow from the answers, by case, date and order of the areas."""
    found: list[Departure] = []
    for case in cases:
        for as_of in _dates(sheet, printed, case):
            found += departures_in(sheet, printed, case, as_of)
    return found


def _dates(sheet: Sheet, printed: Sequence[PrintedScore], case: Case) -> list[str]:
    dates = {as_of for case_id, as_of in sheet.answers if case_id == case.id}
    return sorted(dates | {score.as_of for score in printed if score.case_id == case.id})


def departures_in(sheet: Sheet, printed: Sequence[PrintedScore], case: Case, as_of: str) -> list[Departure]:
    """List the printed scores of one case that do not follow from its answers as of a date."""
    held = [score for score in printed if (score.case_id, score.as_of) == (case.id, as_of)]
    return list(_of_column(sheet, column_of_answers(sheet, case, as_of), held))


def _of_column(sheet: Sheet, column: Column, printed: Sequence[PrintedScore]) -> Iterator[Departure]:
    decimals = max((len(score.value.partition(".")[2]) for score in printed), default=0)
    places = [area.area for area in column.result.areas]
    values = {score.area: Fraction(score.value) for score in printed}
    ordered = sorted(printed, key=lambda score: (not score.area, _place(places, score.area)))
    for score in ordered:
        exact = _value_of(column.result, score.area)
        rounded = Rounding(decimals=decimals).printed(exact)
        if exact is not None and Fraction(rounded) == values[score.area]:
            continue
        ways, kind = [], Kind.UNDEFINED
        if exact is not None:
            ways += [name for name, gives in _roundings(exact, decimals) if gives == values[score.area]]
            cut = Rounding(RoundingRule.TRUNCATED, decimals).printed(exact)
            kind = Kind.TRUNCATED if Fraction(cut) == values[score.area] else Kind.UNEXPLAINED
        ways += _other_ways(sheet, column, score.area, values, decimals)
        place = (column.case.name, column.as_of, score.area or OVERALL, score.value)
        yield Departure(*place, exact, rounded, kind, tuple(dict.fromkeys(ways)))
    yield from _of_parts(sheet, column)


def _place(places: Sequence[str], area: str) -> int:
    return places.index(area) if area in places else len(places)


def _value_of(result: EditionScore, area: str) -> Fraction | None:
    if not area:
        return result.overall.value
    return next((each.score.value for each in result.areas if each.area == area), None)


def _roundings(exact: Fraction, decimals: int) -> Iterator[tuple[str, Fraction]]:
    for fewer in range(decimals, -1, -1):
        for rule in RoundingRule:
            rounding = Rounding(rule, fewer)
            yield rounding.name, Fraction(rounding.printed(exact))


def _other_ways(
    sheet: Sheet, column: Column, area: str, values: Mapping[str, Fraction], decimals: int
) -> Iterator[str]:
    """Name the rules and groupings that give a printed score."""
    wanted = values[area]

    def gives(value: Fraction | None) -> bool:
        return value is not None and Fraction(Rounding(decimals=decimals).printed(value)) == wanted

    base = rules_of(sheet.edition)
    for name, rules in _rules_beside(base):
        if gives(_value_of(score_edition(sheet.edition, sheet.indicators, column.given, rules), area)):
            yield name
    parts = _without_owners(sheet, column.given)
    if parts != column.given:
        rescored = score_edition(sheet.edition, sheet.indicators, parts, base)
        if gives(_value_of(rescored, area)):
            yield "mean of the sub-indicators in place of the answers above them"
    areas = [each.area for each in column.result.areas]
    all_printed = not area and areas and set(areas) <= set(values)
    if all_printed and gives(sum((values[each] for each in areas), start=Fraction(0)) / len(areas)):
        yield "mean of the printed area scores"
    if area:
        yield from _groupings(column, area, wanted, decimals)


def _rules_beside(base: ScoringRules) -> Iterator[tuple[str, ScoringRules]]:
    """Give the rules that differ in one thing, with what that is."""
    for aggregation in Aggregation:
        yield aggregation.words, replace(base, aggregation=aggregation)
    for missing in MissingRule:
        yield missing.words, replace(base, missing=missing)
    for outside in NotApplicableRule:
        yield outside.words, replace(base, not_applicable=outside)
    yield "without weights", replace(base, weighted=False)


def _without_owners(sheet: Sheet, given: Mapping[str, Given]) -> dict[str, Given]:
    owners = {each.part_of for each in sheet.indicators if each.part_of and each.id in given}
    return {indicator_id: held for indicator_id, held in given.items() if indicator_id not in owners}


def _groupings(column: Column, area: str, wanted: Fraction, decimals: int) -> Iterator[str]:
    """Say which number of neighbouring groups, averaged one by one, gives a score; the least is named."""
    held = column.area(area)
    scores = [] if held is None else [score.value for _, score in held.indicators]
    values = tuple(value for value in scores if value is not None)
    if not 2 < len(values) <= _MOST_GROUPED:
        return
    rounding = Rounding(decimals=decimals)

    @cache
    def mean(start: int, end: int) -> Fraction:
        return sum(values[start:end], start=Fraction(0)) / (end - start)

    for groups in range(2, len(values)):
        fitting = []
        for cuts in combinations(range(1, len(values)), groups - 1):
            ends = list(zip((0, *cuts), (*cuts, len(values)), strict=True))
            whole = sum((mean(*end) for end in ends), start=Fraction(0)) / groups
            if Fraction(rounding.printed(whole)) == wanted:
                fitting.append(" + ".join(str(end - start) for start, end in ends))
        if fitting:
            others = f", or {len(fitting) - 1} other ways" if len(fitting) > 1 else ""
            yield f"conjecture: mean of {groups} groups of neighbours, {fitting[0]}{others}"
            return


def _of_parts(sheet: Sheet, column: Column) -> Iterator[Departure]:
    """List the answers that are not the mean of their sub-indicators."""
    parts: dict[str, list[Indicator]] = {}
    for indicator in sheet.indicators:
        if indicator.part_of is not None:
            parts.setdefault(indicator.part_of, []).append(indicator)
    answered = {
        indicator_id: held.value
        for indicator_id, held in column.given.items()
        if held.state is AnswerState.ANSWERED and held.value is not None
    }
    for indicator in sheet.indicators:
        values = [answered[part.id] for part in parts.get(indicator.id, []) if part.id in answered]
        if not values or indicator.id not in answered:
            continue
        mean = sum(values, start=Fraction(0)) / len(values)
        printed = sheet.answers[column.case.id, column.as_of][indicator.id].value
        decimals = len(printed.partition(".")[2])
        rounded = Rounding(decimals=decimals).printed(mean)
        if Fraction(rounded) != answered[indicator.id]:
            figure = f"{indicator.label}, from its sub-indicators"
            place = (column.case.name, column.as_of, figure, printed)
            yield Departure(*place, mean, rounded, Kind.UNEXPLAINED)


def exact_words(exact: Fraction | None) -> str:
    """Print an exact score with three decimals beside it: `350/7 = 50`, `17/3 = 5.667`."""
    if exact is None:
        return UNDEFINED
    decimal = Rounding(decimals=3).printed(exact)
    return decimal if exact.denominator == 1 else f"{exact} = {decimal}"
