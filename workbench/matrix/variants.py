"""Other ways to count the same answers: rule, basis, weights, measures left out or counted once.

A variant scores every case exactly. Leaving a measure out and giving it the weight 0 are the same. Measures
that are counted once share the weight of one: for each case it is divided among those that have an answer
that counts. A theme whose measures all weigh nothing leaves the mean of the themes, and one of which nothing
applies to a case leaves the mean of that case; where something is still to be assessed in a theme and nothing
is counted, the mean is undefined.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

from workbench.errors import WrongUsage
from workbench.matrix.chart import Chart
from workbench.matrix.counts import CountRow, rows_counted
from workbench.matrix.ranks import Basis, Ranked, Ranking, places_of
from workbench.model.cell import CountingRule
from workbench.model.framework import Code

ONE = Fraction(1)
ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Answers:
    """What the cells of a chart count under one rule, one by one."""

    rule: CountingRule
    rows: tuple[CountRow, ...]
    """The themes with the codes that count in each."""
    case_ids: tuple[str, ...]
    values: Mapping[tuple[str, str], Fraction]
    """By case id and code id; a cell that is not counted is not here."""
    outside: frozenset[tuple[str, str]] = frozenset()
    """Case id and code id of the cells that leave the denominator, such as `not applicable`."""

    @property
    def code_ids(self) -> tuple[str, ...]:
        """List the codes in reading order."""
        return tuple(code_id for row in self.rows for code_id in row.code_ids)


@dataclass(frozen=True, slots=True)
class Weights:
    """What themes and codes weigh; one that is not named weighs 1."""

    themes: Mapping[str, Fraction] = field(default_factory=dict)
    codes: Mapping[str, Fraction] = field(default_factory=dict)

    def scaled(self, factor: Fraction, answers: Answers) -> Weights:
        """Multiply the weight of every code."""
        weighed = {code_id: self.codes.get(code_id, ONE) * factor for code_id in answers.code_ids}
        return Weights(self.themes, weighed)


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to count."""

    label: str
    rule_id: str
    basis: Basis = Basis.TOTAL
    left_out: frozenset[str] = frozenset()
    """Ids of codes that do not count."""
    counted_once: tuple[tuple[str, ...], ...] = ()
    """Groups of codes that count as one."""
    weights: Weights = Weights()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a variant gives."""

    variant: Variant
    cases: Ranking
    themes: Ranking

    def ranking(self, ranked: Ranked) -> Ranking:
        """Give the ranking of cases or of themes."""
        return self.cases if ranked is Ranked.CASES else self.themes


@dataclass(frozen=True, slots=True)
class Share:
    """What one case reaches in one theme, before any division."""

    reached: Fraction
    weight: Fraction
    """0 where none of its answers counts."""
    open: bool
    """Whether a measure of some weight is still to be assessed or settled."""

    @property
    def leaves(self) -> bool:
        """Tell whether nothing of the theme applies, so that a mean is taken without it."""
        return not self.weight and not self.open


def answers_of(chart: Chart, rule: CountingRule) -> Answers:
    """Read what every cell of a chart counts under a rule; only active codes count."""
    rows = rows_counted(chart)
    values: dict[tuple[str, str], Fraction] = {}
    outside = set()
    for row in rows:
        for code_id in row.code_ids:
            for case in chart.cases:
                status = chart.cells[case.id, code_id].status
                if status is None:
                    continue
                value = status.value(rule.id)
                if not status.in_denominator:
                    outside.add((case.id, code_id))
                elif value is not None:
                    values[case.id, code_id] = value
    return Answers(rule, rows, tuple(case.id for case in chart.cases), values, frozenset(outside))


def counted_codes(chart: Chart) -> list[Code]:
    """List the codes of a chart that count."""
    counted = {code_id for row in rows_counted(chart) for code_id in row.code_ids}
    return [code for code in chart.codes if code.id in counted]


def same_named(codes: Iterable[Code]) -> tuple[tuple[Code, ...], ...]:
    """Group codes that carry one name; width, case and white space make no difference."""
    groups: dict[str, list[Code]] = {}
    for code in codes:
        groups.setdefault(folded_name(code.name), []).append(code)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def folded_name(name: str) -> str:
    """Fold what makes no other name: width, case and white space."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def check_variant(answers: Answers, variant: Variant) -> None:
    """Raise WrongUsage where a variant names what is not counted, or weighs below zero."""
    named = [code_id for group in variant.counted_once for code_id in group]
    twice = [code_id for code_id, times in Counter(named).items() if times > 1]
    if twice:
        raise WrongUsage(f"Code {twice[0]} is in more than one group that counts once.")
    known = set(answers.code_ids)
    unknown = sorted({*variant.left_out, *named, *variant.weights.codes} - known)
    unknown += sorted(set(variant.weights.themes) - {row.theme_id for row in answers.rows})
    if unknown:
        raise WrongUsage(f"{unknown[0]} is no code or theme that is counted here.")
    weighed = {**variant.weights.codes, **variant.weights.themes}
    below = [name for name, weight in weighed.items() if weight < 0]
    if below:
        raise WrongUsage(f"{below[0]} weighs less than nothing.", do="Give 0 to leave it out.")


def code_weight(variant: Variant, code_id: str) -> Fraction:
    """Give the weight of a code within its theme."""
    return ZERO if code_id in variant.left_out else variant.weights.codes.get(code_id, ONE)


def cell_weights(answers: Answers, variant: Variant) -> dict[tuple[str, str], Fraction]:
    """Weigh every counted cell within its theme, by case id and code id."""
    group_of = {code_id: group for group in variant.counted_once for code_id in group}
    weighed = {}
    for case_id, code_id in answers.values:
        weight = code_weight(variant, code_id)
        if weight and code_id in group_of:
            together = sum(
                1
                for other in group_of[code_id]
                if (case_id, other) in answers.values and code_weight(variant, other)
            )
            weight /= together
        weighed[case_id, code_id] = weight
    return weighed


def still_open(answers: Answers, variant: Variant) -> frozenset[tuple[str, str]]:
    """List the cells of some weight that neither count nor lie outside, by case id and code id."""
    return frozenset(
        (case_id, code_id)
        for code_id in answers.code_ids
        if code_weight(variant, code_id)
        for case_id in answers.case_ids
        if (case_id, code_id) not in answers.values and (case_id, code_id) not in answers.outside
    )


def standing(answers: Answers, variant: Variant) -> dict[str, Fraction]:
    """Give the weights of the themes that have a measure of some weight."""
    weights = {row.theme_id: variant.weights.themes.get(row.theme_id, ONE) for row in answers.rows}
    return {
        row.theme_id: weights[row.theme_id]
        for row in answers.rows
        if weights[row.theme_id] and any(code_weight(variant, code_id) for code_id in row.code_ids)
    }


def score_cases(answers: Answers, variant: Variant) -> dict[str, Fraction | None]:
    """Score every case under a variant; None where there is nothing to divide by."""
    check_variant(answers, variant)
    return _case_scores(answers, variant, _shares(answers, variant))


def _case_scores(
    answers: Answers, variant: Variant, shares: Mapping[tuple[str, str], Share]
) -> dict[str, Fraction | None]:
    themes = standing(answers, variant)
    return {
        case_id: _score({t: shares[t, case_id] for t in themes}, themes, variant.basis)
        for case_id in answers.case_ids
    }


def score_themes(
    answers: Answers, variant: Variant, *, over: Collection[str] | None = None
) -> dict[str, Fraction | None]:
    """Score every theme by its mean over the cases: of sums, or of shares where the basis is a share.

    A case to which nothing of a theme applies leaves its mean. A theme is undefined where another case has
    nothing counted in it, or where all its measures weigh nothing. The weight of a theme plays no part.
    """
    check_variant(answers, variant)
    return _theme_scores(answers, variant, _shares(answers, variant), over)


def _theme_scores(
    answers: Answers,
    variant: Variant,
    shares: Mapping[tuple[str, str], Share],
    over: Collection[str] | None,
) -> dict[str, Fraction | None]:
    cases = [case_id for case_id in answers.case_ids if over is None or case_id in over]
    return {
        row.theme_id: _theme_score([shares[row.theme_id, c] for c in cases], variant) for row in answers.rows
    }


def outcome(
    answers: Answers,
    variant: Variant,
    *,
    threshold: Fraction = ZERO,
    average_over: Collection[str] | None = None,
) -> Outcome:
    """Rank the cases, and the themes over some of them, under a variant."""
    check_variant(answers, variant)
    basis, rule = variant.basis.value, answers.rule.label
    shares = _shares(answers, variant)
    cases = places_of(_case_scores(answers, variant, shares), threshold=threshold)
    themes = places_of(_theme_scores(answers, variant, shares, average_over), threshold=threshold)
    return Outcome(variant, Ranking(rule, basis, threshold, cases), Ranking(rule, basis, threshold, themes))


def usual_variants(chart: Chart) -> tuple[Variant, ...]:
    """List every rule by every basis, as listed and with measures of one name left out or counted once."""
    groups = [(group[0].name, tuple(code.id for code in group)) for group in same_named(counted_codes(chart))]
    ways: list[tuple[str, frozenset[str], tuple[tuple[str, ...], ...]]] = [("", frozenset(), ())]
    for name, ids in groups:
        ways.append((f"; “{name}” counted once", frozenset(), (ids,)))
        ways.append((f"; “{name}” left out", frozenset(ids), ()))
    if len(groups) > 1:
        ways.append(("; every name counted once", frozenset(), tuple(ids for _, ids in groups)))
    return tuple(
        Variant(f"{rule.label}; {basis.value}{words}", rule.id, basis, left_out, once)
        for rule in chart.rules
        for basis in Basis
        for words, left_out, once in ways
    )


def _shares(answers: Answers, variant: Variant) -> dict[tuple[str, str], Share]:
    """Add up in whole numbers over one denominator, which is some ten times as quick as in fractions."""
    weights = cell_weights(answers, variant)
    unsettled = still_open(answers, variant)
    size = lcm(*{each.denominator for each in (*weights.values(), *answers.values.values())})
    shares = {}
    for row in answers.rows:
        for case_id in answers.case_ids:
            reached = weight = 0
            for cell in [(case_id, code_id) for code_id in row.code_ids if (case_id, code_id) in weights]:
                whole = _whole(weights[cell], size)
                weight += whole
                reached += whole * _whole(answers.values[cell], size)
            is_open = any((case_id, code_id) in unsettled for code_id in row.code_ids)
            share = Share(Fraction(reached, size * size), Fraction(weight, size), is_open)
            shares[row.theme_id, case_id] = share
    return shares


def _whole(value: Fraction, size: int) -> int:
    """Write a fraction over a denominator that is a multiple of its own."""
    return value.numerator * (size // value.denominator)


def _score(shares: Mapping[str, Share], themes: Mapping[str, Fraction], basis: Basis) -> Fraction | None:
    if basis is Basis.EQUAL_THEMES:
        held = {theme: share for theme, share in shares.items() if not share.leaves}
        if not held or any(not share.weight for share in held.values()):
            return None
        means = sum((themes[t] * s.reached / s.weight for t, s in held.items()), start=ZERO)
        return means / sum((themes[theme] for theme in held), start=ZERO)
    reached = sum((themes[t] * s.reached for t, s in shares.items()), start=ZERO)
    weight = sum((themes[t] * s.weight for t, s in shares.items()), start=ZERO)
    if not weight:
        return None
    return reached if basis is Basis.TOTAL else reached / weight


def _theme_score(shares: Sequence[Share], variant: Variant) -> Fraction | None:
    held = [share for share in shares if not share.leaves]
    if not held or any(not share.weight for share in held):
        return None
    total = variant.basis is Basis.TOTAL
    reached = [share.reached if total else share.reached / share.weight for share in held]
    return sum(reached, start=ZERO) / len(held)
