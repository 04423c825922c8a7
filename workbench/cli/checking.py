"""`workbench check`: is the study whole, and are its comparisons fair."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from workbench.cli.options import lists
from workbench.cli.output import put, put_rows, say
from workbench.cli.progress import telling
from workbench.stages.checking import RULES
from workbench.stages.checking import check as check_by_rules
from workbench.study.study import Study


def declare(parser: ArgumentParser) -> None:
    """Declare `check`."""
    lists(parser, check)
    parser.add_argument(
        "--rule",
        action="append",
        choices=RULES,
        metavar="RULE",
        help=f"only this rule, may be given several times; one of: {', '.join(RULES)}",
    )


def check(study: Study, arguments: Namespace) -> int:
    """Check that the study is whole and its comparisons fair; leaves with 1 where it finds anything.

    Where file, log, tables, contents or quotes are not whole, nothing else is looked at. What the other rules
    find is a question to the analyst: same-named measures, differing denominators, mixed dates, access after
    the cut-off, one address under two keys, a status without its evidence, a search in vain that leaves
    documents out or that codings belie, wordings that differ by case, quotes that are not in their source.
    """
    with telling() as tell:
        findings = check_by_rules(study, arguments.rule or RULES, progress=tell)
    if findings or arguments.format != "table":
        rows = [
            {"rule": finding.rule, "place": finding.place, "finding": finding.what, "advice": finding.do}
            for finding in findings
        ]
        put_rows(["rule", "place", "finding", "advice"], rows, arguments.format)
    else:
        put(str(study.head))
    told = "1 finding." if len(findings) == 1 else f"{len(findings)} findings."
    say(told if findings else "Everything holds.")
    return 1 if findings else 0
