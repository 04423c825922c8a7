"""`workbench count`: exact counts of statuses, with the rules that make them and what they leave out."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from workbench.cli import lookup
from workbench.cli.options import comma_list, lists
from workbench.cli.output import put, put_rows, put_table
from workbench.matrix.chart import build_chart
from workbench.matrix.counts import Counts, Tally, count_theme
from workbench.matrix.rounding import Rounding, RoundingRule
from workbench.model.case import Case
from workbench.study.study import Study

_TOTAL, _MEAN = "total", "mean"
_PARTS = ("denominator", "listed", "outside", "unvalued", "not_assessed", "stale", "draft")
_COLUMNS = ("theme", "case", "value", "printed", "share", *_PARTS, "rule", "rounding")


def declare(parser: ArgumentParser) -> None:
    """Declare `count`."""
    lists(parser, count)
    parser.add_argument("--theme", help="only the codes under this theme")
    parser.add_argument("--rule", help="id of the counting rule (default: the first of the study)")
    parser.add_argument(
        "--average-over",
        type=comma_list,
        metavar="CASE[,CASE]",
        help="the cases that means are taken over (default: all)",
    )
    parser.add_argument(
        "--rounding",
        choices=[rule.value for rule in RoundingRule],
        default=RoundingRule.HALF_UP.value,
        help="how figures are printed (default half-up)",
    )
    parser.add_argument(
        "--decimals", type=int, choices=range(7), default=1, metavar="N", help="decimals printed (default 1)"
    )


def count(study: Study, arguments: Namespace) -> int:
    """Count the statuses by theme and case, exactly, under a named rule.

    CSV and JSON give one row for each theme and case, with what the count leaves out.
    """
    theme = lookup.theme(study, arguments.theme).id if arguments.theme else None
    over = arguments.average_over
    averaged = None if over is None else [lookup.case(study, name).id for name in over]
    rule = lookup.rule(study, arguments.rule)
    counts = count_theme(build_chart(study, theme_id=theme), rule, average_over=averaged)
    rounding = Rounding(RoundingRule(arguments.rounding), arguments.decimals)
    names = {case.id: case.name for case in study.all(Case)}
    if arguments.format == "table":
        _put_table(counts, rounding, names)
    else:
        put_rows(_COLUMNS, list(_rows(counts, rounding, names)), arguments.format)
    return 0


def _rows(counts: Counts, rounding: Rounding, names: dict[str, str]) -> Iterator[dict[str, Any]]:
    rules = {"rule": counts.rule.id, "rounding": rounding.name}

    def figure(theme: str, case: str, value: Fraction | None) -> dict[str, Any]:
        exact = None if value is None else str(value)
        return {"theme": theme, "case": case, "value": exact, "printed": rounding.printed(value), **rules}

    def tallied(theme: str, case: str, tally: Tally) -> dict[str, Any]:
        parts = {name: getattr(tally, name) for name in _PARTS}
        return figure(theme, case, tally.value) | {"share": rounding.percent(tally.share)} | parts

    for row in counts.rows:
        for case_id in counts.case_ids:
            yield tallied(row.label, names[case_id], counts.tally(row.theme_id, case_id))
        yield figure(row.label, _MEAN, counts.mean(row.theme_id))
    for case_id in counts.case_ids:
        yield tallied(_TOTAL, names[case_id], counts.total(case_id))
    yield figure(_TOTAL, _MEAN, counts.mean_total)


def _put_table(counts: Counts, rounding: Rounding, names: dict[str, str]) -> None:
    cases = counts.case_ids
    lines = [
        (row.label, [counts.tally(row.theme_id, case).value for case in cases], counts.mean(row.theme_id))
        for row in counts.rows
    ]
    lines.append((_TOTAL, [counts.total(case).value for case in cases], counts.mean_total))
    put_table(
        ["theme", *(names[case] for case in cases), _MEAN],
        [[label, *(_both(value, rounding) for value in [*values, mean])] for label, values, mean in lines],
    )
    put(f"Rule: {counts.rule.label} ({counts.rule.id}). Printed figures are {rounding.name}.")
    over = ", ".join(names[case_id] for case_id in counts.averaged)
    put(f"Means are taken over {over or 'no case'}.")
    for sentence in _left_out(counts.whole):
        put(sentence)


def _both(value: Fraction | None, rounding: Rounding) -> str:
    """Print a figure, with the exact fraction where it is not whole."""
    printed = rounding.printed(value)
    return printed if value is None or value.denominator == 1 else f"{printed} = {value}"


def _left_out(whole: Tally) -> Iterator[str]:
    """Say what the counts leave out and what they rest on that is not settled."""
    if whole.missing:
        yield (
            f"Not complete: of {whole.listed} cells, {whole.not_assessed} have no status "
            f"and {whole.unvalued} have one without a value under this rule."
        )
    if whole.outside:
        yield f"{whole.outside} cells are outside the denominator."
    if whole.stale or whole.draft:
        yield f"Of the counted cells, {whole.stale} are stale and {whole.draft} are drafts."
