"""`workbench edition score` and `workbench edition compare`: what follows from the answers of an index."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbench.cli import lookup
from workbench.cli.options import Verbs
from workbench.cli.output import put, put_rows, put_table, say
from workbench.errors import WrongUsage
from workbench.exchange.index_scores import SCORE_COLUMNS, lines_of, printed_score, score_rows
from workbench.matrix.index_columns import (
    Column,
    Sheet,
    column_of_answers,
    column_of_cells,
    read_sheet,
    tables_of,
    warnings_of,
)
from workbench.matrix.index_printed import departures, exact_words
from workbench.matrix.index_scores import Score, ScoringRules, areas_of, rules_of
from workbench.matrix.rounding import Rounding, RoundingRule
from workbench.model.case import Case
from workbench.model.index_edition import (
    Aggregation,
    IndexEdition,
    MissingRule,
    NotApplicableRule,
    PrintedScore,
)
from workbench.stages import editions
from workbench.study.study import Study

_DEPTHS = {"area": 1, "dimension": 2, "indicator": 3}


def declare(verbs: Verbs) -> None:
    """Declare the verbs of `edition` that compute."""
    verb = verbs.lists("score", score)
    verb.add_argument("editions", metavar="EDITION", nargs="*", help="editions (default: all)")
    verb.add_argument("--case", dest="cases", action="append", metavar="CASE", help="only this case")
    verb.add_argument("--as-of", action="append", metavar="DATE", help="only answers as of this date")
    verb.add_argument("--from-cells", metavar="RULE", help="score the cells of mapped codes by this rule")
    _add_rules(verb)
    verb.add_argument("--by", choices=list(_DEPTHS), default="area", help="how far down (default area)")
    verb.add_argument(
        "--rounding",
        choices=[rule.value for rule in RoundingRule],
        default=RoundingRule.HALF_UP.value,
        help="how scores are printed (default half-up)",
    )
    verb.add_argument(
        "--decimals", type=int, choices=range(7), default=2, metavar="N", help="decimals printed (default 2)"
    )
    verb = verbs.lists("compare", compare)
    verb.add_argument("edition", metavar="EDITION", help="name and edition of the index, or its id")


def _add_rules(verb: ArgumentParser) -> None:
    verb.add_argument(
        "--aggregation",
        choices=[each.value for each in Aggregation],
        action="append",
        help="another rule than the edition's; given several times, the scores stand side by side",
    )
    verb.add_argument("--missing", choices=[each.value for each in MissingRule], help="another rule")
    verb.add_argument(
        "--not-applicable", choices=[each.value for each in NotApplicableRule], help="another rule"
    )
    verb.add_argument("--without", action="append", default=[], metavar="AREA", help="leave this area out")
    verb.add_argument("--unweighted", action="store_true", help="without the weights of the edition")


def score(study: Study, arguments: Namespace) -> int:
    """Score cases exactly by the rules of an edition, saying how many indicators count.

    Cases on different scales stand in different tables, and what keeps them from comparing is said below.
    """
    named = arguments.editions
    found = [editions.find_edition(study, each) for each in named] if named else study.all(IndexEdition)
    scored = [(edition, list(_columns(study, edition, arguments))) for edition in found]
    columns = [column for _, held in scored for column in held]
    if not columns:
        raise WrongUsage(
            "There is nothing to score.", do="Import an edition, answer it, or take --from-cells."
        )
    for edition, held in scored:
        if not held:
            say(f"Left out: {edition.label}, which has no answer to score.")
    rounding = Rounding(RoundingRule(arguments.rounding), arguments.decimals)
    depth, warnings = _DEPTHS[arguments.by], warnings_of(columns)
    if arguments.format != "table":
        rows = [row for column in columns for row in score_rows(column, rounding, depth=depth)]
        put_rows(SCORE_COLUMNS, rows, arguments.format)
        for warning in warnings:
            say(f"Warning: {warning}")
        return 0
    for table in tables_of(columns):
        _put_table(table, rounding, depth)
    for warning in warnings:
        put(f"Warning: {warning}")
    return 0


def _columns(study: Study, edition: IndexEdition, arguments: Namespace) -> Iterator[Column]:
    sheet = read_sheet(study, edition.id)
    wanted = [lookup.case(study, each).id for each in arguments.cases or []]
    cases = [case for case in study.all(Case, order="position") if not wanted or case.id in wanted]
    for rules in _rules(sheet, arguments):
        if arguments.from_cells:
            counting = lookup.rule(study, arguments.from_cells)
            for case in cases:
                yield column_of_cells(study, sheet, case, counting, rules)
            continue
        for case in cases:
            for as_of in sorted(as_of for case_id, as_of in sheet.answers if case_id == case.id):
                if not arguments.as_of or as_of in arguments.as_of:
                    yield column_of_answers(sheet, case, as_of, rules)


def _rules(sheet: Sheet, arguments: Namespace) -> Iterator[ScoringRules]:
    own = rules_of(sheet.edition)
    unknown = sorted(set(arguments.without) - set(areas_of(sheet.indicators)))
    if unknown:
        raise WrongUsage(f"{sheet.edition.label} has no area {unknown[0]}.")
    base = replace(
        own,
        missing=MissingRule(arguments.missing) if arguments.missing else own.missing,
        not_applicable=NotApplicableRule(arguments.not_applicable)
        if arguments.not_applicable
        else own.not_applicable,
        weighted=not arguments.unweighted,
        without=tuple(dict.fromkeys(arguments.without)),
    )
    for aggregation in dict.fromkeys(arguments.aggregation or [own.aggregation.value]):
        yield replace(base, aggregation=Aggregation(aggregation))


def _put_table(columns: Sequence[Column], rounding: Rounding, depth: int) -> None:
    several = len({column.result.rules for column in columns}) > 1
    heads = [
        f"{column.head} · {column.result.rules.aggregation.value}" if several else column.head
        for column in columns
    ]
    lines = [
        ["  " * (line.depth - 1) + line.heading, *(_told(held, rounding) for held in line.scores)]
        for line in lines_of(columns, depth=depth)
    ]
    put_table(["", *heads], lines)
    for rules in dict.fromkeys(column.rules for column in columns):
        put(f"{rules}. Printed figures are {rounding.name}.")
    put("")


def _told(held: Score | None, rounding: Rounding) -> str:
    if held is None:
        return "–"
    return (
        f"{printed_score(held, rounding)} ({held.k_of_n})"
        if held.listed != 1
        else printed_score(held, rounding)
    )


def compare(study: Study, arguments: Namespace) -> int:
    """List the printed scores that do not follow from the answers, with the rules that would give them.

    Leaves with 1 where there are any.
    """
    edition = editions.find_edition(study, arguments.edition)
    printed = study.all(PrintedScore, edition_id=edition.id)
    found = departures(read_sheet(study, edition.id), printed, study.all(Case, order="position"))
    columns = ["case", "as_of", "figure", "printed", "follows", "exact", "kind", "would_give"]
    rows = [
        {
            "case": each.case,
            "as_of": each.as_of,
            "figure": each.figure,
            "printed": each.printed,
            "follows": each.rounded,
            "exact": exact_words(each.exact),
            "kind": each.kind.value,
            "would_give": list(each.would_give),
        }
        for each in found
    ]
    put_rows(columns, rows, arguments.format)
    departing = sum("from its sub-indicators" not in each.figure for each in found)
    say(f"{len(printed) - departing} of {len(printed)} printed scores follow from the answers.")
    return 1 if found else 0
