"""The options that charts and counts share: which codes, which counting rule, which rounding."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TypedDict

from workbench.cli import lookup
from workbench.cli.arranging import add_chart, chart_of
from workbench.cli.options import comma_list
from workbench.matrix.rounding import Rounding, RoundingRule
from workbench.model.saved_chart import SavedChart
from workbench.study.study import Study


class Figures(TypedDict):
    """What the figures of a chart are made by."""

    view: SavedChart
    rule_id: str
    rounding: Rounding


class Counting(Figures):
    """What a chart and its figures are made by, means among them."""

    average_over: list[str] | None


def add_counting(parser: ArgumentParser) -> None:
    """Take the theme or framework, the counting rule, the rounding, and what means are taken over."""
    add_figures(parser)
    parser.add_argument(
        "--average-over",
        type=comma_list,
        metavar="CASE[,CASE]",
        help="the cases that means are taken over (default: all)",
    )


def add_figures(parser: ArgumentParser) -> None:
    """Take the theme or framework, the counting rule and the rounding."""
    add_chart(parser)
    parser.add_argument("--rule", help="id of the counting rule (default: the first of the study)")
    parser.add_argument(
        "--rounding",
        choices=[rule.value for rule in RoundingRule],
        default=RoundingRule.HALF_UP.value,
        help="how figures are printed (default half-up)",
    )
    parser.add_argument(
        "--decimals", type=int, choices=range(7), default=1, metavar="N", help="decimals printed (default 1)"
    )


def counting(study: Study, arguments: Namespace) -> Counting:
    """Read those options against a study; raises WrongUsage for a theme, rule or case that is not there."""
    over = arguments.average_over
    cases = None if over is None else [lookup.case(study, name).id for name in over]
    return Counting(**figures(study, arguments), average_over=cases)


def figures(study: Study, arguments: Namespace) -> Figures:
    """Read the options of `add_figures`; raises WrongUsage for a theme or rule that is not there."""
    return Figures(
        view=chart_of(study, arguments),
        rule_id=lookup.rule(study, arguments.rule).id,
        rounding=Rounding(RoundingRule(arguments.rounding), arguments.decimals),
    )
