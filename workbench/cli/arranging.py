"""The options that say which chart is meant and how it is arranged."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from typing import Any

from workbench.cli import lookup
from workbench.cli.options import comma_list
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
    parser.add_argument("--descending", action="store_true", help="the largest first")
    parser.add_argument("--group", metavar="NAME", help="put rows of one value of an attribute together")
    parser.add_argument("--hide-rows", type=comma_list, metavar="ROW[,ROW]", help="rows to leave out")
    parser.add_argument(
        "--hide-columns", type=comma_list, metavar="CODE[,CODE]", help="codes or themes to leave out"
    )
    parser.add_argument("--turn", action="store_true", help="let rows and columns change places")


def arrangement_of(study: Study, arguments: Namespace) -> SavedChart:
    """Read all of those options; raises WrongUsage for a theme or saved chart that is not there."""
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
        "hidden_rows": [_row(study, name) for name in arguments.hide_rows or ()],
        "hidden_columns": [_column(study, name) for name in arguments.hide_columns or ()],
        "descending": arguments.descending,
        "turned": arguments.turn,
    }
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in given.items() if value
    }
    return replace(view, **fields)


def _column(study: Study, wanted: str) -> str:
    """Give the id of the code or theme that is meant; other words stay as they are."""
    framework = study.framework
    found = framework.find(wanted) or framework.find_theme(wanted)
    return found.id if found is not None else wanted


def _row(study: Study, wanted: str) -> str:
    """Give the id of the case or document that is meant; values of an axis stay as they are."""
    named: list[Case | Document] = [*study.all(Case, name=wanted), *study.all(Document, key=wanted)]
    return named[0].id if named else wanted
