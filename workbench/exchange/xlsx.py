"""Charts as a workbook: every text a typed string, never a formula; matrix and evidence linked both ways."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from workbench.exchange import matrix_words as words
from workbench.exchange import xlsx_cells, xlsx_log, xlsx_sensitivity
from workbench.exchange.cells_sheet import SHEET, shown
from workbench.exchange.export_cells import ExportCell
from workbench.exchange.garbage import without_collections
from workbench.exchange.matrix_export import MatrixExport
from workbench.exchange.xlsx_sheet import FONT, Sheet, Styles, is_tall

_FEW = 5
"""Codes that fit the width of one page."""
_MOST_LINKS = 65_000
"""Excel drops all links of a sheet that has more than 65,530."""
_EVIDENCE_WIDTHS = (6, 14, 26, 9, 20, 26, 9, 16, 16, 60, 16, 13, 18, 40)


Progress = Callable[[int, int], None]
"""Told how many steps are done of how many; what it raises stops the writing."""


@without_collections()
def write(export: MatrixExport, *, progress: Progress | None = None) -> bytes:
    """Write a chart; the file bears the date of the last decision, so that it can be made again."""
    import xlsxwriter

    buffer = io.BytesIO()
    settings = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        # A copy: the library writes into it, and the second workbook of a process would differ.
        "default_format_properties": dict(FONT),
    }
    book = xlsxwriter.Workbook(buffer, settings)
    made = datetime.fromisoformat(export.date).replace(tzinfo=None) if export.date else datetime(1980, 1, 1)
    book.set_properties({"title": shown(f"{export.study}: {export.chart}")[:250], "created": made})
    _Book(book, export, progress or (lambda done, steps: None)).write()
    book.close()
    return buffer.getvalue()


class _Book:
    """One workbook being written."""

    def __init__(self, book: Any, export: MatrixExport, progress: Progress) -> None:
        styles = Styles(book)
        self._styles = styles
        self._export = export
        self._progress = progress
        self._done = 0
        self._cut: list[tuple[str, str]] = []
        widths = {
            "Matrix": (18, *([_code_width(export)] * len(export.columns))),
            SHEET: xlsx_cells.WIDTHS,
            "Evidence": _EVIDENCE_WIDTHS,
            "Counts": (34, *([20] * max(3, len(export.counted_cases) + 1))),
            "Sensitivity": xlsx_sensitivity.WIDTHS,
            "Log": xlsx_log.WIDTHS,
            "About": (30, 90, 34),
        }
        self._sheets = {
            name: Sheet(book.add_worksheet(name), name, columns, self._cut)
            for name, columns in widths.items()
        }
        self._matrix, self._evidence = self._sheets["Matrix"], self._sheets["Evidence"]
        self._counts, self._about = self._sheets["Counts"], self._sheets["About"]
        self._themes = list(dict.fromkeys(column.theme for column in export.columns))
        self._first = 4 if len(self._themes) > 1 else 3
        """Row of the first case on the sheet Matrix."""

    def write(self) -> None:
        self._write_matrix()
        self._write_cells()
        self._write_evidence()
        self._write_counts()
        self._write_sensitivity()
        self._write_log()
        self._write_about()

    def _step(self) -> None:
        """Tell that one row more of the matrix, of the cells or of the evidence is written."""
        self._done += 1
        self._progress(self._done, 2 * len(self._export.rows) + len(self._export.evidence))

    def _footer(self) -> str:
        export = self._export
        return f"{export.study} · {export.version} · log {export.head.count}, {export.head.hash[:16]}"

    def _write_matrix(self) -> None:
        export, sheet, styles = self._export, self._matrix, self._styles
        notes = words.note_marks(export.table_notes)
        sheet.put_over(0, " ".join(part for part in (export.chart, notes) if part), styles.title)
        sheet.put_over(1, f"{export.study} · framework {export.version} · {export.rule.label}", styles.faint)
        if len(self._themes) > 1:
            self._write_themes()
        heads = ["Case", *map(words.head_of_column, export.columns)]
        sheet.put_row(self._first - 1, heads, styles.head)
        for place, (head, cells) in enumerate(zip(export.rows, export.cells, strict=True)):
            self._step()
            above, below = styles.case
            sheet.put(self._first + 2 * place, 0, words.head_of_row(head), above)
            sheet.put(self._first + 2 * place + 1, 0, "", below)
            for cell in cells:
                self._write_cell(cell)
        self._write_notes(self._first + 2 * len(export.rows) + 1)
        few = len(export.columns) <= _FEW
        sheet.page(
            self._footer(), heads=(self._first - 1 - (len(self._themes) > 1), self._first - 1), fit=few
        )
        sheet.freeze(self._first, 1 + export.frozen)

    def _write_themes(self) -> None:
        """Name the theme over every code, since any column may be the first of a printed page."""
        themes = ["", *(column.theme for column in self._export.columns)]
        self._matrix.put_row(self._first - 2, themes, self._styles.band)

    def _write_cell(self, cell: ExportCell) -> None:
        """Write a cell, and below it the link to its evidence: some programs flatten the words of a link."""
        export = self._export
        row, column = self._place(cell)
        above, below = self._styles.of_state(cell.state)
        where = f"{export.rows[cell.row].name} × {export.columns[cell.column].label}"
        lines = words.words_of_cell(cell)
        if state := words.state_line(cell):
            lines.append(f"State: {state}")
        self._matrix.put(row, column, "\n".join(lines), above, where)
        if cell.evidence and cell.row * len(export.columns) + cell.column < _MOST_LINKS:
            target = int(cell.evidence[0].removeprefix("E"))
            link = f"internal:'Evidence'!A{target + 1}"
            self._matrix.link(row + 1, column, link, words.evidence_line(cell), below, where)
        else:
            self._matrix.put(row + 1, column, words.evidence_line(cell), below)

    def _place(self, cell: ExportCell) -> tuple[int, int]:
        return self._first + 2 * cell.row, cell.column + 1

    def _write_notes(self, row: int) -> None:
        span = min(len(self._export.columns), 3)
        for place, note in enumerate(self._export.notes):
            words_of_note = f"[{note.number}] {note.content} ({note.on})"
            self._matrix.spread(row + place, span, words_of_note, self._styles.note)

    def _write_cells(self) -> None:
        sheet = self._sheets[SHEET]
        xlsx_cells.write_cells(sheet, self._styles, self._export, self._step)
        sheet.page(self._footer(), heads=(3, 3), fit=True)

    def _write_sensitivity(self) -> None:
        sheet = self._sheets["Sensitivity"]
        xlsx_sensitivity.write_sensitivity(sheet, self._styles, self._export)
        sheet.page(self._footer(), heads=None, fit=True)

    def _write_log(self) -> None:
        sheet = self._sheets["Log"]
        xlsx_log.write_log(sheet, self._styles, self._export)
        sheet.page(self._footer(), heads=(4, 4), fit=True)

    def _write_evidence(self) -> None:
        sheet, styles = self._evidence, self._styles
        sheet.put_row(0, words.EVIDENCE_HEADS, styles.head)
        for row, fields in enumerate(words.evidence_fields(self._export), 1):
            self._step()
            if row < _MOST_LINKS:
                place = _a1(*self._place(self._export.cell_of(self._export.evidence[row - 1])))
                sheet.link(row, 0, f"internal:'Matrix'!{place}", fields[0], styles.link, fields[0])
            else:
                sheet.put(row, 0, fields[0], styles.cell)
            where = f"evidence {fields[0]}"
            for column, field in enumerate(fields[1:], 1):
                sheet.put(row, column, field, styles.cell, where)
        sheet.page(self._footer(), heads=(0, 0), fit=True)
        sheet.filter(len(self._export.evidence), len(words.EVIDENCE_HEADS) - 1)
        sheet.freeze(1, 1)

    def _write_counts(self) -> None:
        export, sheet, styles = self._export, self._counts, self._styles
        sheet.put_over(0, f"Counts: {export.chart}", styles.title)
        sheet.put_over(1, f"{export.rule.label}; {export.rounding.name}", styles.faint)
        sheet.put_over(2, words.completeness(export), styles.faint)
        heads = words.count_heads(export)
        row = self._write_figures(4, heads)
        sheet.put_over(row + 1, "Exact counts", styles.title)
        row = self._write_strings(row + 2, heads, words.exact_rows(export))
        sheet.put_over(row + 1, "Share of the denominator", styles.title)
        self._write_strings(row + 2, heads[:-1], words.share_rows(export))
        sheet.page(self._footer(), heads=(4, 4), fit=True)
        sheet.freeze(5, 1)

    def _write_figures(self, row: int, heads: Sequence[str]) -> int:
        """Write whole numbers as numbers, and printed figures as words: nobody shall compute from those."""
        sheet, styles, export = self._counts, self._styles, self._export
        sheet.put_row(row, heads, styles.head)
        rows = zip(words.count_rows(export), words.printed_rows(export), strict=True)
        for (label, values), (_, printed) in rows:
            row += 1
            sheet.put(row, 0, label, styles.row_head)
            for column, value in enumerate(values, 1):
                if value is not None and value.denominator == 1:
                    sheet.number(row, column, value.numerator, styles.figure)
                else:
                    sheet.put(row, column, printed[column - 1], styles.figure)
        return row + 1

    def _write_strings(
        self, row: int, heads: Sequence[str], lines: Iterable[tuple[str, Sequence[str]]]
    ) -> int:
        self._counts.put_row(row, heads, self._styles.head)
        for label, values in lines:
            row += 1
            self._counts.put(row, 0, label, self._styles.row_head)
            self._counts.put_row(row, values, self._styles.figure, first=1)
        return row + 1

    def _write_about(self) -> None:
        export, sheet = self._export, self._about
        tables: list[tuple[Sequence[str], Sequence[Sequence[str]]]] = [
            (("About", ""), words.about(export)),
            (("Status", "Definition", "Counts"), words.legend(export)),
            (("Footnote", "Says", "Stands on"), [(f"[{n.number}]", n.content, n.on) for n in export.notes]),
            (("Measure", "Wording by case"), words.wordings(export)),
        ]
        row = 0
        for heads, lines in tables:
            row = self._write_table(row, heads, lines)
        self._write_table(row, ("Whole texts", "that are cut on the other sheets"), list(self._cut))
        sheet.page(self._footer(), heads=None, fit=True)

    def _write_table(self, row: int, heads: Sequence[str], lines: Sequence[Sequence[str]]) -> int:
        if not lines:
            return row
        self._about.put_row(row, heads, self._styles.head)
        for line in lines:
            row += 1
            self._about.put_row(row, line, self._styles.cell)
        return row + 2


def _code_width(export: MatrixExport) -> int:
    """Choose the narrowest columns in which no cell is higher than a row can be, where there are any."""
    for width in (36, 44, 60, 80):
        if not any(is_tall("\n".join(words.cell_lines(cell)), width) for row in export.cells for cell in row):
            return width
    return 100


def _a1(row: int, column: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column))
