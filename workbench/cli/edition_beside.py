"""`workbench edition beside`: the scores of an index beside the means of counts, each in its own order."""

from __future__ import annotations

from argparse import Namespace

from workbench.cli import lookup
from workbench.cli.counting import add_counting, counting
from workbench.cli.edition_answers import add_edition
from workbench.cli.options import Verbs
from workbench.cli.output import put, put_rows, put_table, say
from workbench.exchange.beside_words import COLUMNS, about, heads, line_of, row_of
from workbench.matrix.beside import beside, column_asked
from workbench.matrix.chart import build_chart
from workbench.matrix.counts import count_theme
from workbench.matrix.index_columns import read_sheet
from workbench.model.case import Case
from workbench.stages import editions
from workbench.study.study import Study


def declare(verbs: Verbs) -> None:
    """Declare `edition beside`."""
    verb = verbs.lists("beside", side_by_side)
    add_edition(verb)
    verb.add_argument("--case", metavar="CASE", help="whose scores (default: the only one answered)")
    verb.add_argument("--as-of", metavar="DATE", help="answers as of this date (default: the latest)")
    add_counting(verb)


def side_by_side(study: Study, arguments: Namespace) -> int:
    """Put the areas of an edition beside the themes that are counted, each in its own order.

    Means are taken over the cases that are not scored unless others are named. What keeps scores and counts
    from being compared is said below.
    """
    cases = {case.id: case for case in study.all(Case, order="position")}
    edition = editions.find_edition(study, arguments.edition)
    case_id = lookup.case(study, arguments.case).id if arguments.case else None
    column = column_asked(read_sheet(study, edition.id), cases, case_id, arguments.as_of)
    asked = counting(study, arguments)
    chart = build_chart(study, theme_id=asked["view"].theme_id, prefix=asked["view"].framework or None)
    over = asked["average_over"] or [each for each in cases if each != column.case.id]
    found = beside(column, chart, count_theme(chart, lookup.rule(study, asked["rule_id"]), average_over=over))
    table = arguments.format == "table"
    if table:
        put_table(heads(found), [line_of(row, asked["rounding"]) for row in found.rows])
        for words in about(found, asked["rounding"]):
            put(words)
    else:
        put_rows(COLUMNS, [row_of(row, asked["rounding"]) for row in found.rows], arguments.format)
    for words in found.warnings:
        (put if table else say)(f"Warning: {words}")
    return 0
