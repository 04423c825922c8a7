"""The sheet `Cells`: one row for each case and code, the one to edit and to read back as proposals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workbench.exchange import cells_sheet as layout
from workbench.exchange.export_cells import ExportCell
from workbench.exchange.matrix_export import MatrixExport
from workbench.exchange.xlsx_sheet import Sheet, Styles
from workbench.model.cell import CellState

WIDTHS = (18, 30, 18, 30, 60, 40, 13, 40, 30, 12, 30)
_HEAD = 3
"""Row of the heads of columns."""
_INSTRUCTION = (
    "This is the sheet to edit: status, note, summary, comment and state. Read it back with "
    "workbench proposals STUDY FILE.xlsx; nothing changes until a proposal is accepted."
)
_LONG = 1_000
"""Characters of words that may have to be cut and are then named."""
_NOT_PLAIN = "This chart is not arranged as cases by codes. Export it so arranged to edit its cells."
_STATES = tuple(state.value for state in CellState if state not in (CellState.NOT_ASSESSED, CellState.STALE))


def write_cells(sheet: Sheet, styles: Styles, export: MatrixExport, step: Callable[[], None]) -> None:
    """Write a row for every cell, with what tells later whether it was changed."""
    if not export.is_plain:
        sheet.put_over(0, _NOT_PLAIN, styles.title)
        return
    sheet.put_over(0, _INSTRUCTION, styles.title)
    sheet.put_over(1, f"{export.study} · {export.chart} · framework {export.version}", styles.faint)
    sheet.put_over(2, layout.origin_line(export), styles.faint)
    sheet.put_row(_HEAD, layout.HEADS, styles.head)
    sheet.lines_for_grid()
    for column, head in enumerate(layout.TEXT_HEADS):
        sheet.look_of_column(column, _style(styles, head))
    row, refs = _HEAD, layout.refs_of(export)
    for cells in export.cells:
        step()
        for cell in cells:
            row += 1
            _write_row(sheet, styles, export, cell, refs.get((cell.row, cell.column), {}), row)
    statuses = [status.label for status in export.statuses]
    if row > _HEAD:
        sheet.offer((_HEAD + 1, row), 2, statuses, told="A status of the study; the sheet About lists them.")
        sheet.offer((_HEAD + 1, row), 6, _STATES, told=", ".join(_STATES))
    sheet.filter(row, len(layout.HEADS) - 1, first_row=_HEAD)
    sheet.hide_columns(len(layout.TEXT_HEADS), len(layout.HEADS) - 1)
    sheet.freeze(_HEAD + 1, 2)


def _write_row(
    sheet: Sheet, styles: Styles, export: MatrixExport, cell: ExportCell, refs: Mapping[str, str], row: int
) -> None:
    texts = layout.texts_of(export, cell)
    written = []
    for column, (head, text) in enumerate(zip(layout.TEXT_HEADS, texts, strict=True)):
        where = f"{texts[0]} × {texts[1]}: {head.casefold()}" if len(text) > _LONG else ""
        written.append(text and sheet.put(row, column, text, _style(styles, head), where))
    sheet.put_aside(row, len(written), layout.key_of(cell, refs, written), styles.out_of_sight)


def _style(styles: Styles, head: str) -> Any:
    return styles.edited if head in layout.EDITED else styles.following
