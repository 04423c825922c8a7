"""`workbench editions` and `workbench edition`: policy indices with their indicators, answers and scores."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from workbench.cli import edition_answers, edition_beside, edition_scores, lookup
from workbench.cli.edition_answers import add_edition
from workbench.cli.files import add_output, bytes_of, deliver
from workbench.cli.options import Verbs, attribute, comma_list, lists
from workbench.cli.output import put, put_rows, say
from workbench.exchange.index_sheet import NO_CODE
from workbench.exchange.index_sheet_reading import SheetReading, read_index_sheet
from workbench.matrix.index_columns import read_sheet
from workbench.model.index_edition import (
    Aggregation,
    IndexEdition,
    MissingRule,
    NotApplicableRule,
)
from workbench.stages import editions
from workbench.stages.edition_export import export_sheet
from workbench.stages.edition_sheets import import_sheet
from workbench.study.study import Study

_DESCRIBED = ("level", "source", "aggregation", "missing", "not_applicable")


def declare_list(parser: ArgumentParser) -> None:
    """Declare `editions`."""
    lists(parser, show_all)


def declare(parser: ArgumentParser) -> None:
    """Declare `edition` and its verbs."""
    verbs = Verbs(parser)
    _declare_sheets(verbs)
    verb = verbs.lists("show", show)
    add_edition(verb)
    verb.add_argument("--case", help="only answers for this case")
    edition_answers.declare(verbs)
    verb = verbs.writes("rules", edit_rules)
    add_edition(verb)
    _add_description(verb)
    verb.add_argument(
        "--area-weight", type=attribute, action="append", metavar="AREA=WEIGHT", help="what an area weighs"
    )
    verb = verbs.writes("remove", remove)
    add_edition(verb)
    edition_scores.declare(verbs)
    edition_beside.declare(verbs)


def _declare_sheets(verbs: Verbs) -> None:
    verb = verbs.writes("import", take_in)
    verb.add_argument("file", metavar="FILE", type=Path, help="codebook and answers in one CSV table")
    verb.add_argument("--index", help="name of the index, where the sheet does not say it")
    verb.add_argument("--edition", help="name of the edition, where the sheet does not say it")
    _add_description(verb)
    verb.add_argument("--scale", help="values of an answer: “0; 50; 100”, or “0 to 100” for any between")
    verb.add_argument(
        "--area-lines",
        type=comma_list,
        default=[],
        metavar="NUMBER[,NUMBER]",
        help="indicator numbers under which the sheet prints scores of areas",
    )
    verb.add_argument(
        "--case",
        dest="cases",
        type=attribute,
        action="append",
        default=[],
        metavar="THERE=HERE",
        help="what a case of the sheet is called in the study; may be given several times",
    )
    verb = verbs.writes("from-framework", from_framework)
    verb.add_argument("name", metavar="NAME", help="name of the index")
    verb.add_argument("--edition", default="", help="name of the edition")
    verb.add_argument("--date", default="", help="date that it is as of")
    verb.add_argument("--theme", help="only the codes under this theme (default: the whole framework)")
    verb.add_argument(
        "--framework",
        default="",
        metavar="LETTERS",
        help="the framework with these letters (default: the first)",
    )
    verb = verbs.reads("export", export)
    add_edition(verb)
    verb.add_argument(
        "--fill",
        action="append",
        default=[],
        metavar="CASE[@DATE]",
        help="with an empty line for every indicator that is not answered for this case",
    )
    add_output(verb)


def _add_description(parser: ArgumentParser) -> None:
    parser.add_argument("--date", help="date that the edition is as of")
    parser.add_argument("--level", help="level of government it asks about, such as national")
    parser.add_argument("--source", help="where it is published")
    for name, kind, what in (
        ("aggregation", Aggregation, "how answers become scores"),
        ("missing", MissingRule, "what a missing answer does to the score"),
        ("not-applicable", NotApplicableRule, "what an indicator that does not apply does to the score"),
    ):
        parser.add_argument(f"--{name}", choices=[each.value for each in kind], help=what)


def show_all(study: Study, arguments: Namespace) -> int:
    """List the editions of indices with their rules."""
    columns = ["index", "edition", "reference_date", "level", "aggregation", "missing", "not_applicable"]
    columns += ["scale", "indicators", "answers", "source", "id"]
    rows = []
    for edition in study.all(IndexEdition, order="name"):
        sheet = read_sheet(study, edition.id)
        row: dict[str, Any] = {name: getattr(edition, name) for name in columns if hasattr(edition, name)}
        row |= {"index": edition.name, "scale": edition.scale_words, "indicators": len(sheet.indicators)}
        rows.append(row | {"answers": sum(map(len, sheet.answers.values()))})
    put_rows(columns, rows, arguments.format)
    return 0


def show(study: Study, arguments: Namespace) -> int:
    """List the indicators of an edition with their codes, and what is answered for each case."""
    edition = editions.find_edition(study, arguments.edition)
    sheet = read_sheet(study, edition.id)
    wanted = lookup.case(study, arguments.case).id if arguments.case else None
    names = {column: lookup.case(study, column[0]).name for column in sheet.answers}
    numbers = {indicator.id: indicator.number for indicator in sheet.indicators}
    codes = study.framework.codes
    columns = ["area", "dimension", "indicator", "part_of", "title", "weight", "competence", "codes"]
    columns += ["answers"]
    rows = []
    for indicator in sheet.indicators:
        mapped = [study.framework.number(codes[code_id]) for code_id in sheet.mapped.get(indicator.id, ())]
        given = {
            " ".join(part for part in (names[column], column[1]) if part): held[indicator.id].words
            for column, held in sorted(sheet.answers.items())
            if indicator.id in held and wanted in (None, column[0])
        }
        row: dict[str, Any] = {name: getattr(indicator, name, "") for name in columns}
        row |= {"indicator": indicator.number, "part_of": numbers.get(indicator.part_of or "", "")}
        row["competence"] = indicator.competence.value
        row["codes"] = mapped or ([NO_CODE] if indicator.id in sheet.mapped else [])
        rows.append(row | {"answers": given})
    put_rows(columns, rows, arguments.format)
    return 0


def take_in(study: Study, arguments: Namespace) -> int:
    """Import an edition from CSV, or more of one that is there, as one decision; prints its id."""
    told = {name: getattr(arguments, name) or "" for name in ("index", "edition", "scale", *_DESCRIBED)}
    told["reference_date"] = arguments.date or ""
    reading = SheetReading(told, frozenset(arguments.area_lines), dict(arguments.cases))
    name = arguments.file.name
    sheet = read_index_sheet(name, bytes_of(arguments.file), reading)
    imported = import_sheet(study, sheet, name, reason=arguments.reason)
    put(imported.edition.id)
    say(imported.summary)
    if sheet.ignored:
        say(f"Columns that mean nothing here: {', '.join(sheet.ignored)}.")
    return 0


def from_framework(study: Study, arguments: Namespace) -> int:
    """Make an edition of the study's own: themes are areas, codes are indicators; prints its id."""
    theme_id = lookup.theme(study, arguments.theme).id if arguments.theme else None
    made = editions.edition_from_framework(
        study,
        arguments.name,
        edition=arguments.edition,
        reference_date=arguments.date,
        theme_id=theme_id,
        prefix=arguments.framework,
    )
    put(made.id)
    say(f"Made {made.label} of the framework.")
    return 0


def export(study: Study, arguments: Namespace) -> int:
    """Write an edition with its answers as a sheet that can be filled on and imported again."""
    edition = editions.find_edition(study, arguments.edition)
    places = [place.rpartition("@") if "@" in place else (place, "", None) for place in arguments.fill]
    to_fill = [
        (lookup.case(study, case).id, edition.reference_date if date is None else date)
        for case, _, date in places
    ]
    data = export_sheet(study, edition.id, to_fill=to_fill)
    deliver([data], output=arguments.output, force=arguments.force, text=True)
    return 0


def edit_rules(study: Study, arguments: Namespace) -> int:
    """Change date, level, rules or weights of an edition, with a reason."""
    edition = editions.find_edition(study, arguments.edition)
    outside = arguments.not_applicable
    changed = editions.edit_edition(
        study,
        edition.id,
        reference_date=arguments.date,
        level=arguments.level,
        source=arguments.source,
        aggregation=Aggregation(arguments.aggregation) if arguments.aggregation else None,
        missing=MissingRule(arguments.missing) if arguments.missing else None,
        not_applicable=NotApplicableRule(outside) if outside else None,
        area_weights=dict(arguments.area_weight or []),
        reason=arguments.reason,
    )
    say(f"Changed {changed.label}.")
    return 0


def remove(study: Study, arguments: Namespace) -> int:
    """Take an edition away with all its answers, with a reason; undo brings it back."""
    edition = editions.find_edition(study, arguments.edition)
    editions.remove_edition(study, edition.id, reason=arguments.reason)
    say(f"Removed {edition.label}.")
    return 0
