"""What ranks and their sensitivity say in words, the same on every face."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from workbench.matrix.lint import REFERENCE_DATE, day_of
from workbench.matrix.questions import Numbers
from workbench.matrix.ranks import Basis, Ranked
from workbench.matrix.rounding import Rounding
from workbench.matrix.sensitivity import Dropping, RankHeld
from workbench.matrix.variants import Outcome
from workbench.model.cell import DESCRIBED

NO_MEASURE = "there is none"
_NAMED = 8
"""Ranks that are named one by one in a verdict."""


@dataclass(frozen=True, slots=True)
class Kept:
    """In how many of the ways that were tried a rank stays."""

    stays: int
    tried: int

    def __str__(self) -> str:
        return f"{self.stays} of {self.tried}" if self.tried else NO_MEASURE

    @property
    def share(self) -> str:
        """Print the share as a fraction; empty where nothing was tried."""
        return str(Fraction(self.stays, self.tried)) if self.tried else ""


@dataclass(frozen=True, slots=True)
class RankRow:
    """One rank with all that it never travels without."""

    id: str
    name: str
    rank: str
    """With a sign where it is shared."""
    score: Fraction | None
    printed: str
    tied: tuple[str, ...]
    """Names of those that it is not clearly before or after."""
    others: Kept
    """Among the other ways of counting."""
    without: tuple[Kept, ...]
    """Among the single measures left out, then among the pairs."""
    depends: bool


def rank_rows(numbers: Numbers, rounding: Rounding) -> list[RankRow]:
    """List the ranks, highest first; what is undefined comes last."""
    return [_row(numbers, held, rounding) for held in numbers.sensitivity.ranks]


def _row(numbers: Numbers, held: RankHeld, rounding: Rounding) -> RankRow:
    names, found, place = numbers.names, numbers.sensitivity, held.place
    return RankRow(
        place.name,
        names[place.name],
        place.printed,
        place.score,
        score_words(place.score, found.base.variant.basis, rounding),
        tuple(names[other] for other in place.tied),
        Kept(int((held.variants or 0) * len(found.others)), len(found.others)),
        tuple(Kept(drop.kept[place.name], drop.tried) for drop in found.droppings),
        held.depends,
    )


def score_words(score: Fraction | None, basis: Basis, rounding: Rounding) -> str:
    """Print a score: a sum as it is, a share as a percentage."""
    return rounding.printed(score) if basis is Basis.TOTAL else rounding.percent(score)


def head_of_names(numbers: Numbers) -> str:
    """Name what is ranked."""
    return "Case" if numbers.question.ranked is Ranked.CASES else "Theme"


def about_ranks(numbers: Numbers, rounding: Rounding) -> Iterator[tuple[str, str]]:
    """List what a reader of ranks needs to know, as pairs of name and words."""
    question, base = numbers.question, numbers.sensitivity.base
    yield "Order", numbers.order(base) or "none: nothing is counted"
    yield "Counted by", base.variant.label
    yield "Chart", f"{numbers.chart.label}; {', '.join(case.name for case in numbers.chart.cases)}"
    if question.ranked is Ranked.THEMES:
        names = {case.id: case.name for case in numbers.chart.cases}
        yield "Mean of", ", ".join(names[case] for case in numbers.counts.averaged) or "no case"
    yield "Threshold", threshold_words(question.threshold, question.basis)
    yield "Rounding", rounding.name
    undefined = [row.name for row in rank_rows(numbers, rounding) if row.score is None]
    if undefined:
        yield "Undefined", f"{', '.join(undefined)}: there is nothing to divide by or something is open"
    whole = numbers.counts.whole
    if whole.missing:
        told = f"{whole.missing} of {whole.listed} cells are still to be assessed or settled"
        described = f", {whole.described} of them {DESCRIBED}" if whole.described else ""
        yield "Incomplete", told + described
    yield from warnings(numbers)


def warnings(numbers: Numbers) -> Iterator[tuple[str, str]]:
    """Say where unlike things are put into one order: answers of several dates, unlike denominators."""
    cases = numbers.chart.cases
    if numbers.question.ranked is Ranked.THEMES:
        cases = tuple(case for case in cases if case.id in numbers.counts.averaged)
    given = {case.name: case.attributes.get(REFERENCE_DATE, "").strip() for case in cases}
    days = {name: day for name, words in given.items() if (day := day_of(words))}
    if len(set(days.values())) > 1:
        yield "Dates differ", _by_value(days, "{1} on {0}")
    unread = {name: words for name, words in given.items() if words and name not in days}
    if unread:
        yield "No date", _by_value(unread, f"“{{0}}” is no {REFERENCE_DATE} of {{1}}")
    counts, basis = numbers.counts, numbers.sensitivity.base.variant.basis
    denominators = {case.name: counts.total(case.id).denominator for case in cases}
    if basis is Basis.TOTAL and len(set(denominators.values())) > 1:
        said = _by_value(denominators, "{0} answers count for {1}")
        yield "Denominators differ", f"{said}; compare shares"


def _by_value(values: Mapping[str, object], words: str) -> str:
    """Put the names that have one value together."""
    names: dict[object, list[str]] = {}
    for name, value in values.items():
        names.setdefault(value, []).append(name)
    return "; ".join(words.format(value, ", ".join(held)) for value, held in names.items())


def threshold_words(threshold: Fraction, basis: Basis) -> str:
    """Say what difference makes a clear order."""
    if not threshold:
        return "none: any difference makes an order"
    size = str(threshold) if basis is Basis.TOTAL else f"{Rounding().percent(threshold)}"
    return f"{size}; less apart is no clear order (=)"


def verdict(rows: Sequence[RankRow]) -> str:
    """Say whether the order depends on the way of counting; there may be no order at all."""
    if all(row.score is None for row in rows):
        return "No rank is defined."
    depending = [row.name for row in rows if row.depends]
    if not depending:
        return "Every rank holds in all that was tried."
    if len(depending) > _NAMED:
        return f"{len(depending)} of {len(rows)} ranks depend on the way of counting."
    return f"Depends on the way of counting: {', '.join(depending)}."


def other_way(numbers: Numbers, other: Outcome) -> tuple[str, str, str]:
    """Say another way of counting: its label, the order it gives, and who stands elsewhere."""
    return other.variant.label, numbers.order(other), ", ".join(numbers.moved(other))


def drop_heading(drop: Dropping) -> str:
    """Say how many measures, or pairs of them, turn the order."""
    what = "measures" if drop.count == 1 else "pairs of measures"
    return f"{len(drop.turning)} of {drop.tried} {what} turn a rank when they are left out"


def turning_words(numbers: Numbers, codes: Sequence[str]) -> str:
    """Name measures that are left out together."""
    framework = numbers.chart.framework
    return " + ".join(framework.label(framework.codes[code]) for code in codes)
