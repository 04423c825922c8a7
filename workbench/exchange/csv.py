"""Charts as CSV for spreadsheets: no cell can become a formula there.

The file is a series of tables under one another: matrix, counts, shares, footnotes, evidence, statuses and
facts about the export. All rows have the same number of cells. JSON is the form that changes nothing.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from workbench.exchange import matrix_words as words
from workbench.exchange.matrix_export import MatrixExport
from workbench.model.visible import visible

_FORMULA = re.compile(r"[\s']*[=+\-@＝＋－＠]")
BYTE_ORDER_MARK = "\ufeff"
"""Without it spreadsheets read UTF-8 as something else."""


def spreadsheet_safe(text: str) -> str:
    """Show a string so that a spreadsheet takes it as words: an apostrophe before what could be a formula.

    Done twice it changes nothing more, so that round trips add no marks.
    """
    shown = visible(text, newlines=True)
    begins = begins_formula(text) or begins_formula(shown)
    return f"'{shown}" if begins and not shown.startswith("'") else shown


def begins_formula(text: str) -> bool:
    """Tell whether a spreadsheet could take a string for a formula, also once an apostrophe is gone."""
    return _FORMULA.match(text) is not None or text[:1] in ("\t", "\r", "\0")


def csv_table(rows: Iterable[Sequence[str]]) -> bytes:
    """Write rows for a spreadsheet: UTF-8 with byte order mark, every row as long as the longest."""
    held = [[spreadsheet_safe(cell) for cell in row] for row in rows]
    width = max(map(len, held), default=0)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerows([*row, *[""] * (width - len(row))] for row in held)
    return (BYTE_ORDER_MARK + buffer.getvalue()).encode()


def write(export: MatrixExport) -> bytes:
    """Write a chart."""
    return csv_table(_rows(export))


def _rows(export: MatrixExport) -> Iterable[Sequence[str]]:
    title = " ".join(part for part in (export.chart, words.note_marks(export.table_notes)) if part)
    yield [title, *map(words.head_of_column, export.columns)]
    for head, cells in zip(export.rows, export.cells, strict=True):
        yield [words.head_of_row(head), *("\n".join(words.cell_lines(cell)) for cell in cells)]
    yield []
    yield ["Counts", words.completeness(export), export.rule.label, export.rounding.name]
    yield words.count_heads(export)
    yield from ([label, *values] for label, values in words.printed_rows(export))
    yield []
    yield ["Exact counts"]
    yield words.count_heads(export)
    yield from ([label, *values] for label, values in words.exact_rows(export))
    yield []
    yield ["Share of the denominator"]
    yield words.count_heads(export)[:-1]
    yield from ([label, *shares] for label, shares in words.share_rows(export))
    yield []
    yield ["Footnotes"]
    yield from ([f"[{note.number}]", note.content, note.on] for note in export.notes)
    yield []
    yield ["Evidence"]
    yield words.EVIDENCE_HEADS
    yield from words.evidence_fields(export)
    yield []
    yield ["Statuses", "Definition", "Counts"]
    yield from words.legend(export)
    yield []
    yield ["Wordings by case"]
    yield from words.wordings(export)
    yield []
    yield ["About"]
    yield from words.about(export)
