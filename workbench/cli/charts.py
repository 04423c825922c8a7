"""`workbench chart`: the framework matrix, on the terminal or in a file."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from typing import Any

from workbench.cli.arranging import add_arrangement, add_chart, arrangement_of
from workbench.cli.counting import add_counting, counting
from workbench.cli.files import add_output, deliver, file_named, format_of_file
from workbench.cli.options import lists, reads, writes
from workbench.cli.output import put, put_json, put_rows, put_table, say
from workbench.cli.progress import bar
from workbench.errors import WorkbenchError, WrongUsage
from workbench.exchange.charts import FORMATS, TEXT_FORMATS, write_chart
from workbench.exchange.export_cells import ExportCell
from workbench.exchange.matrix_export import MatrixExport, export_matrix
from workbench.exchange.matrix_words import (
    completeness,
    head_of_column,
    head_of_row,
    legend,
    note_marks,
    status_line,
)
from workbench.matrix.arrangement import arrange
from workbench.matrix.chart import empty_chart
from workbench.model.saved_chart import SavedChart
from workbench.stages.saved_charts import find_chart, remove_chart, save_chart
from workbench.study.study import Study

_TABLE = "table"


def declare(parser: ArgumentParser) -> None:
    """Declare `chart`."""
    reads(parser, chart)
    add_counting(parser)
    add_arrangement(parser)
    parser.add_argument(
        "--format", choices=(_TABLE, *FORMATS), help="format (default: that of FILE, or table without one)"
    )
    add_output(parser, or_table=True)


def chart(study: Study, arguments: Namespace) -> int:
    """Print or write the chart of a theme: cases by codes, with all that stands behind each cell.

    Rows can be documents, issuers, years or groups of cases, columns themes or attributes: where several
    cells cross they are shown together. The table for the terminal shows statuses and summaries; every other
    format carries quotes, evidence, footnotes, counts and the head of the log as well.
    """
    options = counting(study, arguments)
    options["view"] = arrangement_of(study, arguments)
    output = file_named(arguments.output)
    format = arguments.format or format_of_file(output, FORMATS) or _TABLE
    if format == _TABLE:
        if output is not None:
            raise WrongUsage("A table is for the terminal.", do=f"Choose one of: {', '.join(FORMATS)}.")
        _put(export_matrix(study, **options))
        return 0
    with bar() as draw:
        data = write_chart(study, format=format, progress=draw, **options)
    if format == "json" and output is None:
        put_json(json.loads(data))
    else:
        deliver([data], output=output, force=arguments.force, text=format in TEXT_FORMATS)
    return 0


def declare_list(parser: ArgumentParser) -> None:
    """Declare `charts`."""
    lists(parser, listing)


def declare_save(parser: ArgumentParser) -> None:
    """Declare `save-chart`."""
    writes(parser, save)
    parser.add_argument("name", metavar="NAME", help="name of the saved chart")
    add_chart(parser)
    add_arrangement(parser)


def declare_remove(parser: ArgumentParser) -> None:
    """Declare `remove-chart`."""
    writes(parser, remove)
    parser.add_argument("name", metavar="NAME", help="name or id of the saved chart")


def listing(study: Study, arguments: Namespace) -> int:
    """List the saved charts: ways to look at the same cells."""
    columns = ["name", "framework", "theme", "rows", "columns", "arrangement", "id"]
    rows = []
    for saved in study.all(SavedChart, order="name"):
        theme = study.framework.themes.get(saved.theme_id or "")
        row: dict[str, Any] = {"name": saved.name, "framework": saved.framework, "rows": saved.rows}
        row |= {"theme": theme.name if theme else "", "columns": saved.columns.value, "id": saved.id}
        rows.append(row | {"arrangement": _arranged(study, saved)})
    put_rows(columns, rows, arguments.format)
    return 0


def _arranged(study: Study, saved: SavedChart) -> str:
    """Say how a saved chart is arranged, or why it cannot be: what it names may be gone by now."""
    try:
        chart = empty_chart(study, theme_id=saved.theme_id, prefix=saved.framework or None)
        return arrange(study, chart, saved).words
    except WorkbenchError as error:
        return f"cannot be shown: {error.what}"


def save(study: Study, arguments: Namespace) -> int:
    """Keep a way to look at the cells under a name; the same name replaces what was kept under it."""
    view = arrangement_of(study, arguments)
    arrange(study, empty_chart(study, theme_id=view.theme_id, prefix=view.framework or None), view)
    say(f"Saved the chart {save_chart(study, arguments.name, view).name}.")
    return 0


def remove(study: Study, arguments: Namespace) -> int:
    """Forget a saved chart; its cells stay."""
    saved = find_chart(study, arguments.name)
    remove_chart(study, saved.id)
    say(f"Forgot the chart {saved.name}.")
    return 0


def _put(export: MatrixExport) -> None:
    headings = [export.chart, *(head_of_column(column) for column in export.columns)]
    if export.arrangement:
        put(f"Arranged: {export.arrangement}")
    lines = [
        [head_of_row(row), *(_brief(cell) for cell in cells)]
        for row, cells in zip(export.rows, export.cells, strict=True)
    ]
    put_table(headings, lines)
    put("")
    put("Statuses: " + " · ".join(mark for mark, _, _ in legend(export)))
    for note in export.notes:
        put(f"[{note.number}] {note.on}: {note.content}")
    put(completeness(export))


def _brief(cell: ExportCell) -> str:
    """Say a cell on one line: answer, state where it is not plain, summary and footnotes."""
    state = f"({cell.state})" if cell.state in ("draft", "stale") else ""
    answer = " ".join(part for part in (status_line(cell), state) if part)
    said = " – ".join(part for part in (answer, cell.cited) if part)
    return " ".join(part for part in (said, note_marks(cell.notes)) if part)
