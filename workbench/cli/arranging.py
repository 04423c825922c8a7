"""The options that say which chart is meant and how it is arranged."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, BooleanOptionalAction, Namespace
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from workbench.cli import lookup
from workbench.cli.options import comma_list
from workbench.errors import WrongUsage
from workbench.matrix.arrangement import arrange
from workbench.matrix.chart import empty_chart
from workbench.matrix.row_lines import BY_ATTRIBUTE
from workbench.model.case import Case, Document
from workbench.model.saved_chart import Columns, SavedChart
from workbench.stages.saved_charts import find_chart
from workbench.study.study import Study


def add_chart(parser: ArgumentParser) -> None:
    """Take the theme or the framework that is charted."""
    parser.add_argument("--theme", help="only the codes under this theme (default: the whole framework)")
    parser.add_argument(
        "--framework", metavar="LETTERS", help="the framework with these letters (default: the first)"
    )


def chart_of(study: Study, arguments: Namespace) -> SavedChart:
    """Read those options; raises WrongUsage for a theme that is not there."""
    theme = lookup.theme(study, arguments.theme).id if arguments.theme else None
    return SavedChart("", "", framework=arguments.framework or "", theme_id=theme)


def add_arrangement(parser: ArgumentParser) -> None:
    """Take what the rows and columns are, and which, in which order."""
    parser.add_argument("--saved", metavar="NAME", help="begin with a saved chart; other options change it")
    parser.add_argument(
        "--rows", metavar="AXIS", help="cases, documents, issuers, years or attribute:NAME (default: cases)"
    )
    parser.add_argument("--columns", choices=[each.value for each in Columns], help="default: codes")
    parser.add_argument(
        "--attributes", type=comma_list, metavar="NAME[,NAME]", help="attributes beside the row heads"
    )
    parser.add_argument(
        "--theme-attributes", type=comma_list, metavar="NAME[,NAME]", help="attributes in the column heads"
    )
    parser.add_argument(
        "--where",
        action="append",
        metavar="CONDITION",
        help="only rows with NAME=value, NAME!=value or CODE=status; may be given several times",
    )
    parser.add_argument(
        "--columns-where",
        action="append",
        metavar="CONDITION",
        help="only columns whose theme has NAME=value or NAME!=value; may be given several times",
    )
    parser.add_argument("--sort", metavar="BY", help="name, an attribute, or a code or theme")
    parser.add_argument("--descending", action=BooleanOptionalAction, help="the largest first")
    parser.add_argument("--group", metavar="NAME", help="put rows of one value of an attribute together")
    parser.add_argument("--hide-rows", type=comma_list, metavar="ROW[,ROW]", help="rows to leave out")
    parser.add_argument(
        "--hide-columns",
        type=comma_list,
        metavar="CODE[,CODE]",
        help="codes, themes or attributes to leave out",
    )
    parser.add_argument(
        "--freeze", type=_number, metavar="N", help="how many columns of a workbook stay in sight"
    )
    parser.add_argument("--turn", action=BooleanOptionalAction, help="let rows and columns change places")


def arrangement_of(study: Study, arguments: Namespace) -> SavedChart:
    """Read all of those options; raises WrongUsage for a theme, saved chart, row or column not there."""
    view = find_chart(study, arguments.saved) if arguments.saved else SavedChart("", "")
    meant = chart_of(study, arguments)
    if arguments.theme or arguments.framework:
        view = replace(view, theme_id=meant.theme_id, framework=meant.framework)
    given: dict[str, Any] = {
        "rows": arguments.rows,
        "columns": Columns(arguments.columns) if arguments.columns else None,
        "attributes": arguments.attributes,
        "theme_attributes": arguments.theme_attributes,
        "where": arguments.where,
        "columns_where": arguments.columns_where,
        "sort": _column(study, arguments.sort) if arguments.sort else None,
        "group": arguments.group,
        "frozen": arguments.freeze,
        "descending": arguments.descending,
        "turned": arguments.turn,
    }
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in given.items()
        if value not in (None, "", [])
    }
    return _without_hidden(study, replace(view, **fields), arguments)


def _without_hidden(study: Study, view: SavedChart, arguments: Namespace) -> SavedChart:
    """Leave out the rows and columns that are named; raises WrongUsage for those that are not there."""
    rows, columns = arguments.hide_rows or (), arguments.hide_columns or ()
    if not rows and not columns:
        return view
    bare = replace(view, where=(), columns_where=(), sort="", group="", hidden_rows=(), hidden_columns=())
    chart = empty_chart(study, theme_id=view.theme_id, prefix=view.framework or None)
    whole = arrange(study, chart, bare)
    there = {line.id for line in whole.lines}, {column.id for column in whole.columns}
    hidden_rows = {name: _row(study, name) for name in rows}
    hidden_columns = {name: _hidden_column(study, name, there[1]) for name in columns}
    unknown = [f"row {name}" for name, found in hidden_rows.items() if found not in there[0]]
    unknown += [f"column {name}" for name, found in hidden_columns.items() if found not in there[1]]
    if unknown:
        raise WrongUsage(
            f"There is nothing to hide of this name: {', '.join(unknown)}.",
            do="Name rows and columns that the chart has.",
        )
    return replace(
        view,
        hidden_rows=tuple(hidden_rows.values()) or view.hidden_rows,
        hidden_columns=tuple(hidden_columns.values()) or view.hidden_columns,
    )


def _hidden_column(study: Study, wanted: str, there: Collection[str]) -> str:
    """Give the id of the code, theme or attribute that is meant, whichever is a column."""
    found = _column(study, wanted)
    return found if found in there else f"{BY_ATTRIBUTE}{wanted.removeprefix(BY_ATTRIBUTE)}"


def _number(value: str) -> int:
    if not (value.isascii() and value.isdecimal()):
        raise ArgumentTypeError(f"{value} is no number of columns: give 0 or more")
    return int(value)


def _column(study: Study, wanted: str) -> str:
    """Give the id of the code or theme that is meant; other words stay as they are."""
    framework = study.framework
    found = framework.find(wanted) or framework.find_theme(wanted)
    return found.id if found is not None else wanted


def _row(study: Study, wanted: str) -> str:
    """Give the id of the case or document that is meant; values of an axis stay as they are."""
    named: list[Case | Document] = [*study.all(Case, name=wanted), *study.all(Document, key=wanted)]
    return named[0].id if named else wanted
