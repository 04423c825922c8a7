"""`workbench chart`: the framework matrix, on the terminal or in a file."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace

from workbench.cli.counting import add_counting, counting
from workbench.cli.files import add_output, deliver, file_named, format_of_file
from workbench.cli.options import reads
from workbench.cli.output import put, put_json, put_table
from workbench.errors import WrongUsage
from workbench.exchange.charts import FORMATS, TEXT_FORMATS, write_chart
from workbench.exchange.matrix_export import ExportCell, MatrixExport, export_matrix
from workbench.exchange.matrix_words import (
    completeness,
    head_of_column,
    head_of_row,
    legend,
    note_marks,
    status_line,
)
from workbench.study.study import Study

_TABLE = "table"


def declare(parser: ArgumentParser) -> None:
    """Declare `chart`."""
    reads(parser, chart)
    add_counting(parser)
    parser.add_argument(
        "--format", choices=(_TABLE, *FORMATS), help="format (default: that of FILE, or table without one)"
    )
    add_output(parser)


def chart(study: Study, arguments: Namespace) -> int:
    """Print or write the chart of a theme: cases by codes, with all that stands behind each cell.

    The table for the terminal shows statuses and summaries; every other format carries quotes, evidence,
    footnotes, counts and the head of the log as well.
    """
    options = counting(study, arguments)
    output = file_named(arguments.output)
    format = arguments.format or format_of_file(output, FORMATS) or _TABLE
    if format == _TABLE:
        if output is not None:
            raise WrongUsage("A table is for the terminal.", do=f"Choose one of: {', '.join(FORMATS)}.")
        _put(export_matrix(study, **options))
        return 0
    data = write_chart(study, format=format, **options)
    if format == "json" and output is None:
        put_json(json.loads(data))
    else:
        deliver([data], output=output, force=arguments.force, text=format in TEXT_FORMATS)
    return 0


def _put(export: MatrixExport) -> None:
    headings = [export.chart, *(head_of_column(column) for column in export.columns)]
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
    parts = (status_line(cell), state, f"– {cell.summary}" if cell.summary else "", note_marks(cell.notes))
    return " ".join(part for part in parts if part)
