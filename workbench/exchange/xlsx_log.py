"""The sheet `Log`: the head of the log and the latest decisions about the cells of a chart."""

from __future__ import annotations

from heapq import nlargest

from workbench.exchange.cell_history import CellDecision
from workbench.exchange.export_cells import ExportCell
from workbench.exchange.matrix_export import MatrixExport
from workbench.exchange.xlsx_sheet import Sheet, Styles

WIDTHS = (10, 22, 16, 18, 40, 70, 50)
_HEADS = ("Decision", "When (UTC)", "Who", "What", "Cell", "Change", "Why")
_HEAD = 4
MOST = 1_000
"""Decisions that are listed; the study itself holds all."""


def write_log(sheet: Sheet, styles: Styles, export: MatrixExport) -> None:
    """Write who decided what about which cell, when and why, the latest first."""
    held = [
        (decision, cell) for cells in export.cells for cell in cells for decision in export.history_of(cell)
    ]
    latest = nlargest(MOST, held, key=lambda line: (line[0].seq, -line[1].row, -line[1].column))
    sheet.put_over(0, f"Log: {export.chart}", styles.title)
    sheet.put_over(1, f"{export.head.count} decisions in the study, head {export.head.hash}", styles.faint)
    sheet.put_over(2, _told(len(latest), len(held)), styles.faint)
    sheet.put_row(_HEAD, _HEADS, styles.head)
    for row, (decision, cell) in enumerate(latest, _HEAD + 1):
        sheet.number(row, 0, decision.seq, styles.figure)
        sheet.put_row(row, _words(export, decision, cell), styles.cell, first=1)
    sheet.filter(_HEAD + len(latest), len(_HEADS) - 1, first_row=_HEAD)
    sheet.freeze(_HEAD + 1, 1)


def _told(listed: int, held: int) -> str:
    if listed == held:
        return f"All {held} decisions about cells of this chart, the latest first."
    return f"The latest {listed} of {held} decisions about cells of this chart; workbench log show lists all."


def _words(export: MatrixExport, decision: CellDecision, cell: ExportCell) -> tuple[str, ...]:
    place = f"{export.rows[cell.row].name} × {export.columns[cell.column].label}"
    undone = [f"undone by decision {decision.undone_by}"] if decision.undone_by is not None else []
    change = "\n".join((*decision.changes, *undone))
    return (decision.at, decision.coder, decision.action, place, change, decision.reason)
