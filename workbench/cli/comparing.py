"""`workbench compare`: printed tables held against the cells they sum up."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

from workbench.cli import lookup
from workbench.cli.arranging import add_chart, chart_of
from workbench.cli.files import bytes_of
from workbench.cli.options import comma_list, lists
from workbench.cli.output import put_rows, say
from workbench.exchange.printed_words import FIELDS, found_fields
from workbench.matrix.comparing import Heads, PrintedFile, compare_printed
from workbench.study.study import Study


def declare(parser: ArgumentParser) -> None:
    """Declare `compare`."""
    lists(parser, compare)
    option = parser.add_argument
    option("tables", nargs="+", metavar="[NAME=]PRINTED.csv", help="printed tables, in UTF-8 CSV with a head")
    add_chart(parser)
    option("--rule", help="id of the counting rule (default: the first of the study)")
    option(
        "--rows-in",
        action="append",
        default=[],
        metavar="HEAD",
        help="column that names the rows (default: the first); once for each table that needs it",
    )
    option(
        "--average",
        action="append",
        type=average,
        default=[],
        metavar="HEAD=CASE[,CASE]",
        help="column that averages some cases",
    )
    option("--skip", action="append", default=[], metavar="HEAD", help="column that is not compared")
    option("--total-row", action="append", metavar="NAME", help="row that sums up the themes (default Total)")
    option("--mean-row", action="append", metavar="NAME", help="row that averages them (default Average)")


def average(given: str) -> tuple[str, list[str]]:
    """Read `HEAD=CASE,CASE`; raises ArgumentTypeError where it is not of that form."""
    head, equals, cases = given.rpartition("=")
    if not (equals and head.strip() and comma_list(cases)):
        raise ArgumentTypeError(f"{given!r} is not HEAD=CASE,CASE")
    return head.strip(), comma_list(cases)


def compare(study: Study, arguments: Namespace) -> int:
    """Compute printed figures anew and list those that do not follow; leaves with 1 where there are any.

    Each comes with the exact fraction and with the ways of rounding or computing that would give it. Several
    tables are held against each other as well. A row or column that is unknown is named, and nothing is
    compared.
    """
    default = Heads()
    heads = Heads(
        tuple(arguments.rows_in),
        dict(arguments.average),
        tuple(arguments.skip),
        tuple(arguments.total_row or default.totals),
        tuple(arguments.mean_row or default.means),
    )
    view = chart_of(study, arguments)
    compared = compare_printed(
        study,
        [_file(given) for given in arguments.tables],
        heads,
        theme_id=view.theme_id,
        prefix=view.framework or None,
        rule_id=lookup.rule(study, arguments.rule).id,
    )
    rows = [found_fields(found) for found in compared.found]
    if rows or arguments.format != "table":
        put_rows(FIELDS, rows, arguments.format)
    for table in compared.tables:
        for place in table.empty:
            say(f"Table {table.name}: no figure on {place}; it was passed over.")
    counted = compared.counts.rule.label
    say(f"{len(rows)} of {compared.figures} printed figures do not follow. Counted by: {counted}.")
    return 1 if rows else 0


def _file(given: str) -> PrintedFile:
    """Read a table; what stands before `=` is its name, unless a file is called so as a whole."""
    path = Path(given)
    name, equals, rest = given.partition("=")
    if equals and not path.exists():
        path = Path(rest)
        return PrintedFile(name.strip(), bytes_of(path))
    return PrintedFile(path.stem, bytes_of(path))
