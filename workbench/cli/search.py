"""`workbench search`: words, patterns and lemmas in texts; codes that stand together in codings."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from itertools import islice
from typing import Any

from workbench.cli import lookup
from workbench.cli.options import lists
from workbench.cli.output import cut_to, put, put_rows, room_on_terminal, say
from workbench.errors import WrongUsage
from workbench.model.case import Case, Document
from workbench.model.coding import Excerpt
from workbench.model.text import Passage, TextKind
from workbench.model.visible import visible
from workbench.stages.search_scope import Citations, Condition, Place, Scope, condition_of
from workbench.study.study import Study

_MODES = ("phrase", "regex", "lemma")
_PLACE = ["case", "document", "text", "language", "start", "end", "citation"]


def declare(parser: ArgumentParser) -> None:
    """Declare `search`."""
    lists(parser, search)
    parser.add_argument("query", metavar="QUERY", nargs="?", help="what to search for in the texts")
    modes = parser.add_mutually_exclusive_group()
    modes.add_argument("--phrase", action="store_true", help="whole words in order, across line breaks")
    modes.add_argument("--regex", action="store_true", help="QUERY is a regular expression")
    modes.add_argument("--lemma", action="store_true", help="the words of QUERY in any of their forms")
    modes.add_argument(
        "--codings",
        metavar="EXPRESSION",
        help="search codings instead: '1.2 AND 2.1', '1.2 NEAR/sentence 2.1', '1.2 NEAR/200 2.1 NOT 3'",
    )
    parser.add_argument("--case-sensitive", action="store_true", help="tell upper from lower case")
    parser.add_argument(
        "--in",
        dest="within",
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME",
        help="only in these cases, documents, texts",
    )
    parser.add_argument("--language", help="only in texts of this language, such as ja")
    parser.add_argument(
        "--kind", choices=[kind.value for kind in TextKind], help="only in texts of this kind"
    )
    parser.add_argument(
        "--where",
        type=_condition,
        action="append",
        default=[],
        metavar="case.NAME=VALUE",
        help="only where a case attribute, or a register field as document.NAME=VALUE, has this value",
    )
    parser.add_argument("--coder", default="", help="with --codings: only codings of this coder")
    parser.add_argument(
        "--context", type=_count, default=40, metavar="N", help="characters around a hit (default 40)"
    )
    parser.add_argument("--limit", type=_count, metavar="N", help="stop after so many hits")
    parser.add_argument(
        "--time-limit", type=_seconds, metavar="SECONDS", help="longest time for a regular expression"
    )


def search(study: Study, arguments: Namespace) -> int:
    """Search texts for words, or codings for codes that stand together. No hits are no mistake."""
    if (arguments.query is None) == (arguments.codings is None):
        raise WrongUsage("Give either QUERY or --codings EXPRESSION.", safe="")
    scope = _scope(study, arguments)
    if arguments.codings is not None:
        _search_codings(study, arguments, scope)
    else:
        _search_texts(study, arguments, scope)
    return 0


def _search_texts(study: Study, arguments: Namespace, scope: Scope) -> None:
    from workbench.language.patterns import TIME_LIMIT
    from workbench.stages.search import Mode, Query, Search

    mode = next((Mode(name) for name in _MODES if getattr(arguments, name)), Mode.PLAIN)
    limit = arguments.time_limit or TIME_LIMIT
    query = Query(arguments.query, mode, cased=arguments.case_sensitive, time_limit=limit)
    found = Search(study, query, scope, context=arguments.context)
    citations = Citations(study)
    rows = (
        {
            **_place(hit.place, hit.passage, citations),
            "before": hit.before,
            "words": hit.words,
            "after": hit.after,
            "shown": f"{hit.before}>>{hit.words}<<{hit.after}",
        }
        for hit in found.hits()
    )
    _put(rows, [*_PLACE, "before", "words", "after"], arguments)
    for missing, count in found.left_out.items():
        say(f"{count} {'text was' if count == 1 else 'texts were'} left out. {missing}")


def _search_codings(study: Study, arguments: Namespace, scope: Scope) -> None:
    from workbench.stages.coding_search import search_codings

    citations, framework = Citations(study), study.framework
    rows = (
        {
            **_place(found.place, found.excerpt.passage, citations),
            "excerpt": found.excerpt.id,
            "codes": [framework.label(code) for code in found.codes],
            "words": found.excerpt.quote,
            "beside": [f"{other.start}-{other.end}" for other in found.beside],
            "shown": _with_codes(found.excerpt, [framework.number(code) for code in found.codes]),
        }
        for found in search_codings(study, arguments.codings, scope, coder=arguments.coder)
    )
    _put(rows, [*_PLACE, "excerpt", "codes", "words", "beside"], arguments)


def _put(rows: Iterator[dict[str, Any]], columns: list[str], arguments: Namespace) -> None:
    """Print what is found: as it comes and grouped in a table, in one piece otherwise."""
    chosen = islice(rows, arguments.limit) if arguments.limit is not None else rows
    if arguments.format == "table":
        count = _put_grouped(chosen)
    else:
        listed = list(chosen)
        put_rows(columns, listed, arguments.format)
        count = len(listed)
    if arguments.limit is not None and count == arguments.limit:
        say(f"Stopped after {count}; there may be more.")
    elif count:
        say("1 passage." if count == 1 else f"{count} passages.")
    else:
        say("Nothing was found.")


def _put_grouped(rows: Iterator[dict[str, Any]]) -> int:
    count, case, text = 0, None, None
    for row in rows:
        count += 1
        if row["case"] != case:
            put(", ".join(row["case"]) or "(no case)")
        if (row["case"], row["text"]) != (case, text):
            language = f" ({row['language']})" if row["language"] else ""
            put(f"  {row['document']}{language}  text {row['text']}")
        case, text = row["case"], row["text"]
        place = f"    {row['citation']}  [{row['start']}:{row['end']}]  "
        put(place + _shown(row, place))
    return count


def _shown(row: dict[str, Any], place: str) -> str:
    """Show what was found on one line; on a terminal, what stands around it gives way."""
    whole = room_on_terminal()
    if whole is None:
        return " ".join(row["shown"].split())
    from rich.cells import cell_len

    room = whole - cell_len(visible(place))
    if "before" not in row:
        return cut_to(_line(row["shown"]), room)
    words, before, after = f">>{_line(row['words'])}<<", _line(row["before"]), _line(row["after"])
    side = max((room - cell_len(words)) // 2, 1)
    while cell_len(before) > side:
        before = f"…{before.removeprefix('…')[1:]}" if len(before) > 1 else ""
    return cut_to(f"{before}{words}{after}", room)


def _line(text: str) -> str:
    """Put words on one line as a terminal shows them; a space at an end stays."""
    return visible(text.replace("\n", " "))


def _place(place: Place, passage: Passage, citations: Citations) -> dict[str, Any]:
    return {
        "case": [case.name for case in place.cases],
        "document": place.document.key,
        "text": place.text.id,
        "language": place.text.language,
        "start": passage.start,
        "end": passage.end,
        "citation": citations.of(place.text, passage),
    }


def _with_codes(excerpt: Excerpt, numbers: list[str]) -> str:
    return f"{', '.join(numbers)}  >>{excerpt.quote}<<"


def _scope(study: Study, arguments: Namespace) -> Scope:
    return Scope(
        within=frozenset(_named(study, name) for name in arguments.within),
        languages=frozenset([arguments.language] if arguments.language else []),
        kinds=frozenset([TextKind(arguments.kind)] if arguments.kind else []),
        conditions=tuple(arguments.where),
    )


def _named(study: Study, name: str) -> str:
    """Give the id of the case, document or text of a name, looked for in this order."""
    if cases := study.all(Case, name=name):
        return cases[0].id
    if documents := study.all(Document, key=name):
        return documents[0].id
    for find in (lookup.case, lookup.document, lookup.text):
        try:
            return find(study, name).id
        except WrongUsage:
            continue
    raise WrongUsage(f"There is no case, document or text {name} in this study.", safe="")


def _condition(value: str) -> Condition:
    try:
        return condition_of(value)
    except WrongUsage as error:
        raise ArgumentTypeError(error.what) from error


def _count(value: str) -> int:
    if not value.isdecimal():
        raise ArgumentTypeError(f"{value!r} is not a whole number")
    return int(value)


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 3600:
        raise ArgumentTypeError(f"{value!r} is not a number of seconds up to 3600")
    return seconds
