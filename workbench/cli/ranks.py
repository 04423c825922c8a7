"""`workbench rank`: the order of cases or themes, with its ties and with how firmly it holds."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workbench.cli import lookup
from workbench.cli.counting import add_counting, counting
from workbench.cli.files import bytes_of
from workbench.cli.options import comma_list, lists
from workbench.cli.output import put, put_json, put_rows, put_table
from workbench.cli.progress import telling
from workbench.errors import WrongUsage
from workbench.exchange import rank_words as words
from workbench.matrix.questions import EVERY_NAME, Numbers, Question
from workbench.matrix.questions import rank as rank_study
from workbench.matrix.ranks import Basis, Ranked
from workbench.matrix.rounding import Rounding
from workbench.matrix.variants import Weights
from workbench.matrix.weights_reading import exact_number, weights_of_file, weights_of_words
from workbench.study.study import Study

_RANKS = ("rank", "name", "score", "printed", "tied with", "other ways", "without one", "without two")
_SHARES = ("share of other ways", "share without one", "share without two")
_WAY = ("depends", "counted by", "rule", "basis", "threshold", "rounding")
_WAYS = ("part", "what", "order", "moved")


def declare(parser: ArgumentParser) -> None:
    """Declare `rank`."""
    lists(parser, rank)
    add_counting(parser)
    option = parser.add_argument
    option(
        "--of",
        choices=[each.value for each in Ranked],
        default=Ranked.CASES.value,
        help="what is ranked (default cases)",
    )
    option("--cases", type=comma_list, metavar="CASE[,CASE]", help="look at these cases only (default: all)")
    option(
        "--basis",
        choices=[basis.word for basis in Basis],
        default=Basis.TOTAL.word,
        help="what is scored: the sum, or a share with equal measures or equal themes (default total)",
    )
    option(
        "--threshold", default="0", metavar="X", help="less apart is no clear order, such as 1/2 (default 0)"
    )
    option(
        "--once",
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME",
        help=f"measures of this name count as one; {EVERY_NAME} for every name that several carry",
    )
    option("--leave-out", type=comma_list, default=[], metavar="CODE[,CODE]", help="these codes do not count")
    option(
        "--weights",
        default="",
        metavar="FILE.csv|CODE=W,...",
        help="what codes and themes weigh; what is not named weighs 1",
    )
    option("--sensitivity", action="store_true", help="also list every other way of counting that was tried")


def rank(study: Study, arguments: Namespace) -> int:
    """Rank cases or themes exactly, with ties and with the share of other ways that keep each rank.

    Every other counting rule and basis is tried, measures of one name counted once or left out, every
    measure left out and every two. `--sensitivity` lists all of it.
    """
    given = counting(study, arguments)
    question = _question(study, arguments)
    with telling() as progress:
        numbers = rank_study(study, question, progress=progress)
    rounding = given["rounding"]
    if arguments.format == "json" and arguments.sensitivity:
        put_json(_panel(numbers, rounding))
    elif arguments.format != "table":
        ways = _ways(numbers) if arguments.sensitivity else []
        columns = (*(_WAYS[:1] if ways else ()), *_RANKS, *_SHARES, *_WAY, *(_WAYS[1:] if ways else ()))
        put_rows(columns, [*_rows(numbers, rounding), *ways], arguments.format)
    else:
        _put_table(numbers, rounding, whole=arguments.sensitivity)
    return 0


def _question(study: Study, arguments: Namespace) -> Question:
    given = counting(study, arguments)
    cases, over = arguments.cases, given["average_over"]
    return Question(
        Ranked(arguments.of),
        given["view"].theme_id,
        given["view"].framework or None,
        None if cases is None else tuple(lookup.case(study, name).id for name in cases),
        given["rule_id"],
        next(basis for basis in Basis if basis.word == arguments.basis),
        exact_number(arguments.threshold, "The threshold"),
        tuple(arguments.once),
        tuple(lookup.code(study, code).id for code in arguments.leave_out),
        _weights(study, arguments.weights),
        None if over is None else tuple(over),
    )


def _weights(study: Study, given: str) -> Weights:
    file = Path(given)
    if given and (file.suffix.lower() == ".csv" or "=" not in given):
        if not file.suffix:
            raise WrongUsage(f"{given} is neither CODE=W nor a CSV file.", do="Give 1=2,2.3=1/2 or a file.")
        return weights_of_file(study.framework, file.name, bytes_of(file))
    return weights_of_words(study.framework, given)


def _rows(numbers: Numbers, rounding: Rounding) -> Iterator[dict[str, Any]]:
    base = numbers.sensitivity.base.variant
    for row in words.rank_rows(numbers, rounding):
        kept = (row.others, *row.without)
        yield {
            "part": "rank",
            "rank": row.rank,
            "name": row.name,
            "score": None if row.score is None else str(row.score),
            "printed": row.printed,
            "tied with": list(row.tied),
            **dict(zip(_RANKS[5:], map(str, kept), strict=True)),
            **{name: each.share or None for name, each in zip(_SHARES, kept, strict=True)},
            "depends": row.depends,
            "counted by": base.label,
            "rule": base.rule_id,
            "basis": base.basis.word,
            "threshold": str(numbers.question.threshold),
            "rounding": rounding.name,
        }


def _ways(numbers: Numbers) -> list[dict[str, Any]]:
    """List what was tried, in rows: every other way, and what turns a rank when it is left out."""
    rows = []
    for other in numbers.sensitivity.others:
        label, order, moved = words.other_way(numbers, other)
        rows.append({"part": "other way", "what": label, "order": order, "moved": moved})
    for drop in numbers.sensitivity.droppings:
        part = "turns without one" if drop.count == 1 else "turns without two"
        rows += [{"part": part, "what": words.turning_words(numbers, codes)} for codes in drop.turning]
    return rows


def _panel(numbers: Numbers, rounding: Rounding) -> dict[str, Any]:
    framework, found = numbers.chart.framework, numbers.sensitivity
    base = {place.name: place for place in found.ranking.places}
    return {
        **{name.casefold(): said for name, said in words.about_ranks(numbers, rounding)},
        "ranks": [{k: v for k, v in row.items() if k != "part"} for row in _rows(numbers, rounding)],
        "other ways": [
            {
                "counted by": other.variant.label,
                "order": numbers.order(other),
                "moved": numbers.moved(other),
                "scores": {
                    numbers.names[place.name]: None if place.score is None else str(place.score)
                    for place in other.ranking(numbers.question.ranked).places
                    if place.name in base
                },
            }
            for other in found.others
        ],
        "left out": [
            {
                "measures at a time": drop.count,
                "tried": drop.tried,
                "turning": [[framework.number(framework.codes[c]) for c in codes] for codes in drop.turning],
            }
            for drop in found.droppings
        ],
    }


def _put_table(numbers: Numbers, rounding: Rounding, *, whole: bool) -> None:
    rows = words.rank_rows(numbers, rounding)
    heads = [
        "Rank",
        words.head_of_names(numbers),
        "Score",
        "Tied with",
        "Other ways",
        "Without one",
        "Without two",
    ]
    lines = [
        [
            row.rank,
            row.name,
            _both(row, rounding),
            ", ".join(row.tied),
            str(row.others),
            *map(str, row.without),
        ]
        for row in rows
    ]
    put_table(heads, lines)
    put("")
    for name, said in words.about_ranks(numbers, rounding):
        put(f"{name}: {said}.")
    put(
        f"{words.verdict(rows)} Other ways, Without one, Without two: in how many the rank and its ties stay."
    )
    if whole:
        _put_sensitivity(numbers)


def _both(row: words.RankRow, rounding: Rounding) -> str:
    """Print a score, with the exact fraction where it is not whole."""
    exact = row.score is None or row.score.denominator == 1
    return row.printed if exact else f"{row.printed} = {row.score}"


def _put_sensitivity(numbers: Numbers) -> None:
    put("\nOther ways of counting:")
    lines = [list(words.other_way(numbers, other)) for other in numbers.sensitivity.others]
    put_table(["Counted by", "Order", "Stand elsewhere"], lines)
    for drop in numbers.sensitivity.droppings:
        put(f"\n{words.drop_heading(drop)}{':' if drop.turning else '.'}")
        for codes in drop.turning:
            put(f"  {words.turning_words(numbers, codes)}")
