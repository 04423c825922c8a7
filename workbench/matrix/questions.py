"""Ranks that are asked for in words: who is ranked, by which way of counting, and how firmly it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from workbench.errors import WrongUsage
from workbench.matrix.chart import Chart, build_chart
from workbench.matrix.counts import Counts, count_theme
from workbench.matrix.ranks import Basis, Ranked
from workbench.matrix.sensitivity import Progress, Sensitivity, sensitivity
from workbench.matrix.variants import ONE, Outcome, Variant, Weights, counted_codes, folded_name, same_named
from workbench.model.cell import CountingRule
from workbench.model.framework import Code, Framework
from workbench.study.study import Study

EVERY_NAME = "all"
"""Stands for every name that several measures carry."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be ranked, and by which way of counting."""

    ranked: Ranked = Ranked.CASES
    theme_id: str | None = None
    """Only the codes under it; None for a whole framework."""
    prefix: str | None = None
    """Letters of the framework; None for the first, or that of the theme."""
    case_ids: tuple[str, ...] | None = None
    """The cases that are looked at; None for all."""
    rule_id: str = ""
    """Empty for the first rule of the study."""
    basis: Basis = Basis.TOTAL
    threshold: Fraction = Fraction(0)
    once: tuple[str, ...] = ()
    """Names whose measures count as one, or `all`."""
    left_out: tuple[str, ...] = ()
    """Ids of codes that do not count."""
    weights: Weights = field(default_factory=Weights)
    average_over: tuple[str, ...] | None = None
    """The cases that means are taken over; None for all that are looked at."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The answer, with the chart and the counts it rests on."""

    question: Question
    chart: Chart
    counts: Counts
    sensitivity: Sensitivity

    @property
    def names(self) -> dict[str, str]:
        """Name what is ranked, by id."""
        if self.question.ranked is Ranked.CASES:
            return {case.id: case.name for case in self.chart.cases}
        return {row.theme_id: row.label for row in self.counts.rows}

    def moved(self, other: Outcome) -> list[str]:
        """Name those that stand elsewhere under another way of counting."""
        names = self.names
        return [names[each] for each in self.sensitivity.moved(other)]

    def order(self, outcome: Outcome) -> str:
        """Print the order that a way of counting gives."""
        return outcome.ranking(self.question.ranked).order(self.names)


def rank(study: Study, question: Question, *, drop: int = 2, progress: Progress | None = None) -> Numbers:
    """Rank, and try every other way of counting; `drop` is how many measures are left out at most.

    Raises WrongUsage for a rule, name or code that is not there. `progress` may raise to stop.
    """
    if progress is not None:
        progress("reading the matrix", 0, 0)
    chart = chart_asked(study, question)
    return rank_chart(chart, question, drop=drop, progress=progress)


def chart_asked(study: Study, question: Question) -> Chart:
    """Read the chart that a question is about."""
    return build_chart(study, theme_id=question.theme_id, prefix=question.prefix, case_ids=question.case_ids)


def rank_chart(
    chart: Chart, question: Question, *, drop: int = 2, progress: Progress | None = None
) -> Numbers:
    """Rank what is in a chart; theme and cases of the question are those it was made for."""
    rule = rule_of(chart, question.rule_id)
    found = sensitivity(
        chart,
        variant_of(chart, rule, question),
        threshold=question.threshold,
        average_over=question.average_over,
        drop=drop,
        ranked=question.ranked,
        progress=progress,
    )
    counts = count_theme(chart, rule, average_over=question.average_over)
    return Numbers(question, chart, counts, found)


def asking_like(question: Question, chart: Chart, variant: Variant) -> Question:
    """Ask the same with another way of counting."""
    codes = chart.framework.codes
    return replace(
        question,
        rule_id=variant.rule_id,
        basis=variant.basis,
        once=tuple(codes[group[0]].name for group in variant.counted_once),
        left_out=tuple(code.id for code in chart.codes if code.id in variant.left_out),
        weights=variant.weights,
    )


def rule_of(chart: Chart, rule_id: str) -> CountingRule:
    """Give a counting rule of a chart, the first where none is named; raises WrongUsage where it has none."""
    for rule in chart.rules:
        if rule_id in ("", rule.id):
            return rule
    if not chart.rules:
        raise WrongUsage("This study has no counting rule.", do="Apply a codebook that names some.")
    known = ", ".join(rule.id for rule in chart.rules)
    raise WrongUsage(f"There is no counting rule {rule_id}. Rules: {known}.")


def variant_of(chart: Chart, rule: CountingRule, question: Question) -> Variant:
    """Turn a question into the way of counting it asks for, with a label that says all of it.

    Raises WrongUsage for a code, theme or name that is not there.
    """
    framework = chart.framework
    named = {*question.left_out, *question.weights.codes} - set(framework.codes)
    unknown = sorted(named | set(question.weights.themes) - set(framework.themes))
    if unknown:
        raise WrongUsage(f"{unknown[0]} is no code or theme of the framework.")
    groups = groups_named(counted_codes(chart), question.once)
    label = "; ".join(
        [
            rule.label,
            question.basis.value,
            *(f"“{group[0].name}” counted once" for group in groups),
            *(f"without {framework.label(framework.codes[c])}" for c in question.left_out),
            *weights_in_words(framework, question.weights),
        ]
    )
    return Variant(
        label,
        rule.id,
        question.basis,
        frozenset(question.left_out),
        tuple(tuple(code.id for code in group) for group in groups),
        question.weights,
    )


def groups_named(codes: Sequence[Code], names: Sequence[str]) -> list[tuple[Code, ...]]:
    """Find the measures that carry each of the names; raises WrongUsage for one that fewer than two carry."""
    groups = same_named(codes)
    if EVERY_NAME in names:
        return list(groups)
    found: dict[str, tuple[Code, ...]] = {}
    for name in names:
        group = next((each for each in groups if folded_name(each[0].name) == folded_name(name)), None)
        if group is None:
            known = ", ".join(f"“{each[0].name}”" for each in groups) or "none"
            raise WrongUsage(
                f"No two counted measures are named “{name}”. Names that several carry: {known}."
            )
        found[group[0].id] = group
    return list(found.values())


def weights_in_words(framework: Framework, weights: Weights) -> list[str]:
    """Say what weighs more or less than 1, themes first."""
    themes = [
        f"{framework.theme_number(identifier)} {framework.themes[identifier].name} weighs {weight}"
        for identifier, weight in weights.themes.items()
        if weight != ONE
    ]
    codes = [
        f"{framework.label(framework.codes[identifier])} weighs {weight}"
        for identifier, weight in weights.codes.items()
        if weight != ONE
    ]
    return [*themes, *codes]
