"""`workbench glossary`: key terms, their renderings, and where a translation does otherwise."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from workbench.cli.files import add_output, bytes_of, deliver, file_named, format_of_file
from workbench.cli.options import Verbs
from workbench.cli.output import put, put_json, put_rows, say
from workbench.cli.progress import bar
from workbench.errors import WrongUsage
from workbench.exchange.glossary import FORMATS, read_glossary, write_glossary
from workbench.exchange.glossary_report import FORMATS as REPORT_FORMATS
from workbench.exchange.glossary_report import PlaceRow, write_report
from workbench.model.glossary import Term, TermRule
from workbench.stages import glossary
from workbench.study.study import Study

_RULES = [rule.value for rule in TermRule]
_TABLE = "table"
_COLUMNS = (
    "id",
    "term",
    "transliteration",
    "language",
    "target_language",
    "rule",
    "renderings",
    "forbidden",
    "gloss",
)
_LISTS = {"variant": "variants", "rendering": "renderings", "forbid": "forbidden", "source": "sources"}
"""Option that may come several times -> the field of a term."""
_WORDS = ("transliteration", "gloss", "definition")
_SHOWN = (
    "term",
    "found",
    "document",
    "source_place",
    "source_words",
    "target_place",
    "target_words",
    "rendering",
)


def declare(parser: ArgumentParser) -> None:
    """Declare `glossary` and its verbs."""
    verbs = Verbs(parser)
    verbs.lists("list", show_all)
    verb = verbs.writes("add", add)
    verb.add_argument("term", metavar="TERM", help="the term as it is written in its own language")
    verb.add_argument("--language", required=True, help="its language, such as ja")
    verb.add_argument(
        "--into", required=True, metavar="LANGUAGE", help="the language it is rendered in, such as en"
    )
    _add_fields(verb, default=TermRule.FIXED)
    verb = verbs.writes("edit", edit)
    _add_term(verb)
    verb.add_argument("--written", metavar="WORDS", help="write the term otherwise")
    _add_fields(verb, default=None)
    verb = verbs.writes("remove", remove)
    _add_term(verb)
    verb = verbs.reads("show", show)
    _add_term(verb)
    verb.add_argument("--format", choices=(_TABLE, "json"), default=_TABLE, help="format of the output")
    verb = verbs.reads("check", check)
    verb.add_argument("--term", action="append", default=[], help="only this term; may come several times")
    verb.add_argument("--all", action="store_true", help="list the passages that are as decided too")
    verb.add_argument("--format", choices=(_TABLE, *REPORT_FORMATS), help="format (default: table)")
    add_output(verb, or_table=True)
    verb = verbs.reads("export", export)
    verb.add_argument("--format", choices=FORMATS, help="format (default: that of FILE, or yaml)")
    add_output(verb)
    verb = verbs.writes("import", take)
    verb.add_argument("file", metavar="FILE", type=Path, help="YAML or CSV, as `glossary export` writes it")
    verb.add_argument(
        "--replace", action="store_true", help="let the file count where the glossary says otherwise"
    )


def _add_term(parser: ArgumentParser) -> None:
    parser.add_argument("term", metavar="TERM", help="the term in any of its writings, or its id")


def _add_fields(parser: ArgumentParser, *, default: TermRule | None) -> None:
    told = f" (default {default})" if default else ""
    parser.add_argument("--rule", choices=_RULES, default=default, help=f"how it is to be treated{told}")
    for option, words in (
        ("variant", "another way of writing it in its own language"),
        ("rendering", "what may stand for it; of a fixed term the first is the one to use"),
        ("forbid", "what must not stand for it"),
        ("source", "what the decision rests on"),
    ):
        parser.add_argument(
            f"--{option}",
            action="append",
            default=SUPPRESS,
            metavar="WORDS",
            help=f"{words}; may come several times, and together they replace what was there",
        )
    proposed = "; for kana it is made where this is left out" if default else ""
    parser.add_argument(
        "--transliteration", default=SUPPRESS, help=f"how it is read, such as kyōsei{proposed}"
    )
    parser.add_argument("--gloss", default=SUPPRESS, help="what is put behind it where it stands first")
    parser.add_argument("--definition", default=SUPPRESS, help="what it means in these documents")


def _fields_given(arguments: Namespace) -> dict[str, Any]:
    given = vars(arguments)
    said: dict[str, Any] = {name: given[name] for name in _WORDS if name in given}
    return said | {field: tuple(given[option]) for option, field in _LISTS.items() if option in given}


def show_all(study: Study, arguments: Namespace) -> int:
    """List the key terms with their renderings and rules."""
    put_rows(_COLUMNS, [_row(term) for term in glossary.terms_of(study)], arguments.format)
    return 0


def _row(term: Term) -> dict[str, Any]:
    return {name: getattr(term, name) for name in _COLUMNS} | {"rule": term.rule.value}


def add(study: Study, arguments: Namespace) -> int:
    """Add a key term with a reason; prints its id."""
    from workbench.language.romaji import proposed_reading

    said = _fields_given(arguments)
    if "transliteration" not in said:
        said["transliteration"] = proposed_reading(arguments.term, arguments.language)
    rule = TermRule(arguments.rule)
    term = Term("", arguments.language, arguments.into, arguments.term, rule, **said)
    made = glossary.add_term(study, term, reason=arguments.reason)
    put(made.id)
    say(f"Added {made.name}, {made.rule}.")
    return 0


def edit(study: Study, arguments: Namespace) -> int:
    """Change a key term with a reason; what is not named stays."""
    term = glossary.find_term(study, arguments.term)
    changes = _fields_given(arguments)
    if arguments.rule:
        changes["rule"] = TermRule(arguments.rule)
    if arguments.written:
        changes["term"] = arguments.written
    if not changes:
        raise WrongUsage(
            "Nothing to change is named.", do="See the fields with: workbench glossary edit --help"
        )
    changed = glossary.edit_term(study, term.id, reason=arguments.reason, **changes)
    say(f"Changed {changed.name}.")
    return 0


def remove(study: Study, arguments: Namespace) -> int:
    """Take a key term away with a reason; the log keeps it."""
    removed = glossary.remove_term(
        study, glossary.find_term(study, arguments.term).id, reason=arguments.reason
    )
    say(f"Removed {removed.name}.")
    return 0


def show(study: Study, arguments: Namespace) -> int:
    """Show a key term with who decided on it last, when and why."""
    term = glossary.find_term(study, arguments.term)
    told: dict[str, Any] = {"id": term.id} | {
        name: value for name, value in _fields_of(term).items() if value
    }
    decision = glossary.decided_on(study, term.id)
    if decision is not None:
        told |= {
            "decided by": decision.coder,
            "at": decision.at,
            "why": decision.reason,
            "decision": decision.seq,
        }
    if arguments.format == "json":
        put_json(told)
    else:
        for name, value in told.items():
            words = "; ".join(value) if isinstance(value, tuple) else value
            put(f"{name.replace('_', ' ')}: {words}")
    return 0


def _fields_of(term: Term) -> dict[str, Any]:
    from workbench.exchange.glossary import FIELDS

    return {name: getattr(term, name) for name in FIELDS} | {"rule": term.rule.value}


def check(study: Study, arguments: Namespace) -> int:
    """Report how the key terms are rendered in linked translations, with the places that are not as decided.

    Leaves with 1 where there are such places. What is linked to nothing cannot be looked at, and is told.
    """
    from workbench.stages.glossary_report import glossary_report
    from workbench.stages.glossary_words import printed

    format = arguments.format or _report_format(file_named(arguments.output))
    wanted = [glossary.find_term(study, each).id for each in arguments.term]
    with bar() as draw:

        def tell(done: int, of: int) -> bool:
            draw(done, of)
            return True

        report = glossary_report(study, wanted, progress=tell)
    told = printed(study, report, report.usages if arguments.all else report.findings)
    if arguments.output is None and format != "markdown":
        put_rows(
            _SHOWN if format == _TABLE else tuple(PlaceRow.__dataclass_fields__),
            list(map(_told, told.places)),
            format,
        )
        for row in told.counts:
            share = (
                f"{row.as_decided} of {row.looked} passages as decided ({row.share})"
                if row.looked
                else "no passage looked at"
            )
            say(f"{row.term}: {share}" + (f"; {row.findings}." if row.findings else "."))
        for sentence in told.unlooked:
            say(f"Not looked at: {sentence}")
    elif format == _TABLE:
        raise WrongUsage("A table is for the terminal.", do=f"Choose one of: {', '.join(REPORT_FORMATS)}.")
    else:
        data = write_report(study, told, format=format)
        deliver([data], output=arguments.output, force=arguments.force, text=True)
    return 1 if report.findings else 0


def _told(place: PlaceRow) -> dict[str, Any]:
    return {name: getattr(place, name) for name in PlaceRow.__dataclass_fields__}


def _report_format(file: Path | None) -> str:
    found = format_of_file(file, ("md", *REPORT_FORMATS))
    return "markdown" if found == "md" else found or _TABLE


def export(study: Study, arguments: Namespace) -> int:
    """Write the glossary as YAML or CSV; `glossary import` takes either in again."""
    format = arguments.format or format_of_file(file_named(arguments.output), ("yml", *FORMATS))
    data = write_glossary(glossary.terms_of(study), format="csv" if format == "csv" else "yaml")
    deliver([data], output=arguments.output, force=arguments.force, text=True)
    return 0


def take(study: Study, arguments: Namespace) -> int:
    """Take the terms of a file into the glossary with a reason; all of them or none.

    A term that is there already in other words is refused, unless the file shall count.
    """
    terms = read_glossary(arguments.file.name, bytes_of(arguments.file))
    taken = glossary.take_terms(study, terms, replaces=arguments.replace, reason=arguments.reason)
    say(f"Added {len(taken.added)}, changed {len(taken.changed)}; {len(taken.same)} were there already.")
    return 0
