"""`workbench words`: frequent words, words characteristic of a part, and words that go together."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from typing import Any

from workbench.cli import lookup
from workbench.cli.options import at_least_one, lists
from workbench.cli.output import put_rows, say
from workbench.cli.progress import telling
from workbench.errors import WrongUsage
from workbench.model.case import Case
from workbench.study.study import Study

_TOP = 30
_BAR = 20
_BOTH = 31
Rows = list[dict[str, Any]]
Tell = Callable[[int, int], bool]


def declare(parser: ArgumentParser) -> None:
    """Declare `words`."""
    lists(parser, show)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--case", help="only texts of documents of this case")
    where.add_argument("--document", help="only texts of this document")
    parser.add_argument("--code", help="only passages that this code is applied to")
    parser.add_argument("--language", default="", help="language to count; that of most words if left out")
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--keyness",
        action="store_true",
        help="words that tell the part from the rest; every case from the others where no part is named",
    )
    what.add_argument("--collocations", action="store_true", help="words that go together")
    parser.add_argument("--against", metavar="CASE", help="for --keyness: this case instead of the rest")
    parser.add_argument(
        "--least", type=at_least_one, metavar="N", help="only what stands there N times (1; for measures 3)"
    )
    parser.add_argument(
        "--top", type=at_least_one, default=_TOP, metavar="N", help=f"the first N (default {_TOP})"
    )
    parser.add_argument("--all-words", action="store_true", help="words of grammar too")


def show(study: Study, arguments: Namespace) -> int:
    """List the words of a part of the corpus with the documents they stand in; it helps to read."""
    from workbench.exchange import word_rows

    if arguments.against and not arguments.keyness:
        raise WrongUsage("--against is for --keyness.", safe="")
    with telling() as draw:

        def tell(done: int, of: int) -> bool:
            draw("Texts counted", done, of)
            return True

        if arguments.keyness:
            columns, rows = _keys(study, arguments, tell)
        else:
            columns, rows = _counts(study, arguments, tell)
    if arguments.format == "table":
        columns = (*columns[: columns.index("documents") + 1], "bar")
    put_rows(columns, rows, arguments.format)
    what = "keyness" if arguments.keyness else "collocations" if arguments.collocations else "frequent"
    say(word_rows.CAPTION[what])
    return 0


def _part(study: Study, arguments: Namespace, case: Case | None = None) -> tuple[Any, Any]:
    """Gather what is asked for, and say what it is."""
    from workbench.language.terms import counted_as
    from workbench.stages.words import Asked, part_of

    asked = Asked(
        case.id if case else "",
        lookup.document(study, arguments.document).id if arguments.document else "",
        lookup.code(study, arguments.code).id if arguments.code else "",
        arguments.language,
    )
    part = part_of(study, asked)
    also = f" It has words in {', '.join(part.others)} too: --language." if part.others else ""
    say(f"{part.name}, in {part.language}. {counted_as(part.language)}{also}")
    return asked, part


def _counts(study: Study, arguments: Namespace, tell: Tell) -> tuple[tuple[str, ...], Rows]:
    from workbench.exchange import word_rows
    from workbench.stages import words

    case = lookup.case(study, arguments.case) if arguments.case else None
    _, part = _part(study, arguments, case)
    if arguments.collocations:
        least = arguments.least or words.LEAST
        pairs = words.words_together(part, all_words=arguments.all_words, least=least, progress=tell)
        pairs = pairs[: arguments.top]
        rows = [word_rows.together_row(each) for each in pairs]
        return word_rows.TOGETHER, _with_bars(rows, [each.g2 for each in pairs])
    found = words.frequent_words(part, all_words=arguments.all_words, progress=tell)
    found = [each for each in found if each.count >= (arguments.least or 1)][: arguments.top]
    return word_rows.FREQUENT, _with_bars(
        [word_rows.frequent_row(each) for each in found], [each.count for each in found]
    )


def _with_bars(rows: Rows, values: Sequence[float]) -> Rows:
    from workbench.exchange.word_rows import bar, largest

    most = largest(values)
    return [{**row, "bar": bar(value, most, _BAR)} for row, value in zip(rows, values, strict=True)]


def _keys(study: Study, arguments: Namespace, tell: Tell) -> tuple[tuple[str, ...], Rows]:
    """Hold the part against the rest, or every case against the others where no part is named."""
    from workbench.exchange.word_rows import KEYS

    if arguments.case or arguments.document or arguments.code:
        case = lookup.case(study, arguments.case) if arguments.case else None
        return KEYS, _keys_of(study, arguments, case, tell)
    if arguments.against:
        raise WrongUsage("There is no part to hold against a case.", safe="", do="Name one with --case.")
    from workbench.errors import Refused
    from workbench.stages.words import Asked, part_of

    rows: Rows = []
    arguments.language = part_of(study, Asked(language=arguments.language)).language
    for case in study.all(Case, order="position"):
        try:
            found = _keys_of(study, arguments, case, tell)
        except Refused as error:
            say(str(error))
            continue
        rows += [{"case": case.name, **row} for row in found]
    return ("case", *KEYS), rows


def _keys_of(study: Study, arguments: Namespace, case: Case | None, tell: Tell) -> Rows:
    from workbench.exchange import word_rows
    from workbench.stages import words

    asked, part = _part(study, arguments, case)
    against = lookup.case(study, arguments.against).id if arguments.against else ""
    rest = words.rest_of(study, asked, part.language, against=against)
    least = arguments.least or words.LEAST
    keys = words.key_words(part, rest, all_words=arguments.all_words, least=least, progress=tell)
    keys = word_rows.most_telling(keys, arguments.top)
    most = word_rows.largest(key.g2 for key in keys)
    return [{**word_rows.key_row(key), "bar": word_rows.bar_both_ways(key.g2, most, _BOTH)} for key in keys]
