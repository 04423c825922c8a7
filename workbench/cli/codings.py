"""`workbench codings`, `code`, `uncode` and `recode`: codes applied to passages."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from workbench.cli import lookup
from workbench.cli.excerpts import add_filters, codings_chosen, excerpts_chosen
from workbench.cli.options import comma_list, lists, passage, writes
from workbench.cli.output import put, put_rows, say
from workbench.cli.quoting import quoted_passage
from workbench.errors import WrongUsage
from workbench.model.coding import Coding
from workbench.stages.index import code_passage, recode_all
from workbench.stages.index import uncode as uncode_codings
from workbench.study.queries import placed
from workbench.study.study import Study
from workbench.study.translation_queries import Sides


def declare_list(parser: ArgumentParser) -> None:
    """Declare `codings`."""
    lists(parser, show)
    add_filters(parser)
    parser.add_argument("--doubtful", action="store_true", help="only those flagged for a second look")


def declare_code(parser: ArgumentParser) -> None:
    """Declare `code`."""
    writes(parser, code)
    parser.add_argument("--text", required=True, help="id of the text, or key of a document with one text")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument(
        "--range", type=passage, metavar="START:END", help="the passage, in code points from 0"
    )
    where.add_argument("--quote", metavar="WORDS", help="the words of the passage, which stand only once")
    parser.add_argument(
        "--code",
        required=True,
        type=comma_list,
        metavar="CODE[,CODE]",
        help="numbers, names or ids of the codes",
    )
    parser.add_argument("--memo", default="", help="a note on the coding")


def declare_uncode(parser: ArgumentParser) -> None:
    """Declare `uncode`."""
    writes(parser, uncode)
    parser.add_argument("codings", metavar="CODING", nargs="+", help="ids of the codings")


def declare_recode(parser: ArgumentParser) -> None:
    """Declare `recode`."""
    writes(parser, recode)
    parser.add_argument("codings", metavar="CODING", nargs="+", help="ids of the codings")
    parser.add_argument("--code", required=True, help="number, name or id of the other code")


def show(study: Study, arguments: Namespace) -> int:
    """List the codings by document and place, with citation and words."""
    framework, sides = study.framework, Sides(study)
    by_excerpt: dict[str, list[Coding]] = {}
    chosen = codings_chosen(study, arguments)
    for coding in [each for each in chosen if each.doubtful or not arguments.doubtful]:
        by_excerpt.setdefault(coding.excerpt_id, []).append(coding)
    excerpts = [excerpt for excerpt in excerpts_chosen(study, arguments) if excerpt.id in by_excerpt]
    rows = [
        {
            "id": coding.id,
            "code": framework.label(framework.codes[coding.code_id]),
            "coder": coding.coder,
            "text": place.text.id,
            "start": place.excerpt.start,
            "end": place.excerpt.end,
            "citation": place.citation,
            "words": place.excerpt.quote,
            "doubtful": coding.doubtful,
            "side": sides.of(place.text, place.excerpt.passage).value,
        }
        for place in placed(study, excerpts)
        for coding in by_excerpt[place.excerpt.id]
    ]
    columns = ["id", "code", "coder", "text", "start", "end", "citation", "words", "doubtful", "side"]
    put_rows(columns, rows, arguments.format)
    return 0


def code(study: Study, arguments: Namespace) -> int:
    """Apply codes to a passage, as one decision; prints the ids of the codings."""
    if not arguments.code:
        raise WrongUsage("No code is named.", do="Give one with --code.")
    text = lookup.text(study, arguments.text)
    codes = [lookup.code(study, wanted) for wanted in arguments.code]
    named = arguments.range
    where = quoted_passage(study, text, arguments.quote) if named is None else named
    codings = code_passage(study, text.id, where, [chosen.id for chosen in codes], memo=arguments.memo)
    for coding in codings:
        put(coding.id)
    labels = ", ".join(study.framework.label(study.framework.codes[coding.code_id]) for coding in codings)
    say(f"Coded {where.start}:{where.end} of {text.id} with {labels}.")
    return 0


def uncode(study: Study, arguments: Namespace) -> int:
    """Take codings away, as one decision; another coder's needs a reason."""
    framework, codings = study.framework, _named(study, arguments.codings)
    uncode_codings(study, *(coding.id for coding in codings), reason=arguments.reason)
    for coding in codings:
        say(f"Took {framework.label(framework.codes[coding.code_id])} from the excerpt {coding.excerpt_id}.")
    return 0


def recode(study: Study, arguments: Namespace) -> int:
    """Put another code in place of those that codings have, as one decision; another coder's needs a reason.

    Codings that have the code already are passed over.
    """
    codings, chosen = _named(study, arguments.codings), lookup.code(study, arguments.code)
    for coding in recode_all(study, [each.id for each in codings], chosen.id, reason=arguments.reason):
        say(f"The coding {coding.id} now has {study.framework.label(chosen)}.")
    return 0


def _named(study: Study, wanted: Sequence[str]) -> list[Coding]:
    codings = [lookup.record(study, Coding, each) for each in wanted]
    return list({coding.id: coding for coding in codings}.values())
