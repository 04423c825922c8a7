"""A report as a Word document."""

from __future__ import annotations

from workbench.exchange.docx_parts import Writer, box, lines, packed
from workbench.exchange.docx_style import HEAD_FILL, WIDTH, new_document
from workbench.exchange.report import Facts, Report, Table

_NARROW, _LEAST = 24, 6
"""Characters: a column of words is as wide as its longest cell, within these."""


def write_docx(report: Report, *, date: str) -> bytes:
    """Write a report; the file bears the date, so that it can be made again."""
    title = f"{report.title}: {report.study}"
    document = new_document(title=title, date=date, footer=(title, report.about))
    writer = Writer()
    writer.put(lines("Heading 1", title))
    writer.put(lines("Chart note", report.about))
    for section in report.sections:
        writer.put(lines("Heading 2", section.title))
        for part in section.parts:
            if isinstance(part, Table):
                _put_table(writer, part)
            elif isinstance(part, Facts):
                for name, said in part.pairs:
                    if said:
                        writer.put(lines("Chart note", f"{name}: {said}"))
            else:
                writer.put(lines("Chart note", part))
    return packed(document, writer)


def _put_table(writer: Writer, table: Table) -> None:
    if table.caption:
        writer.put(lines("Chart note", table.caption if table.rows else f"{table.caption}: none."))
    if table.rows:
        heads = [box("Chart head", head, fill=HEAD_FILL) for head in table.heads]
        rows = [[box("Chart words", str(cell)) for cell in row] for row in table.rows]
        writer.table(_widths(table), heads, rows)


def _widths(table: Table) -> list[float]:
    """Share the page by the longest words of each column, none of them taking all."""
    held = [table.heads, *([str(cell) for cell in row] for row in table.rows)]
    longest = [max(len(cell) for cell in column) for column in zip(*held, strict=True)]
    weights = [min(max(one, _LEAST), _NARROW if one <= _NARROW else 3 * _NARROW) for one in longest]
    return [WIDTH * weight / sum(weights) for weight in weights]
