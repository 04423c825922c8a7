"""Tables (csv, tsv): one document for each row.

The first row that is not blank names the columns. The text is the column named `text`, `content`, `body`
or 本文; without one, the column with most characters. Rows are numbered as a spreadsheet numbers them.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO

from workbench.sources.encoding import clean_line_ends, decode
from workbench.sources.extraction import Extraction
from workbench.sources.limits import MAX_FILE_BYTES, MAX_TABLE_ROWS
from workbench.sources.refusals import reading, refuse_empty, refuse_hostile

_TEXT_NAMES = ("text", "content", "body", "本文", "テキスト", "内容", "full text", "full_text")
_TITLE_NAMES = ("title", "name", "題名", "タイトル", "件名", "名称", "表題")
_DELIMITERS = (",", ";", "\t")
_SAMPLE_CHARACTERS = 64 * 1024


@dataclass(frozen=True, slots=True)
class _Table:
    """A table with its columns chosen."""

    names: list[str]
    rows: list[tuple[int, list[str]]]
    """(number as in a spreadsheet, cells), blank rows left out."""
    text: int
    title: int | None


def read_csv(name: str, data: bytes, *, encoding: str | None = None) -> tuple[Extraction, ...]:
    """Read a table; commas, semicolons and tabs are told apart by which gives an even table."""
    decoded = decode(name, data, encoding=encoding)
    table, reported = _table(name, decoded.content)
    notes = (*decoded.notes, *reported)
    found = [_row(table, number, cells, decoded.encoding, notes) for number, cells in table.rows]
    extractions = tuple(extraction for extraction in found if extraction is not None)
    if not extractions:
        raise refuse_empty(name, f"no row has a text in its column “{table.names[table.text]}”")
    return extractions


def _row(
    table: _Table, number: int, cells: list[str], encoding: str, notes: tuple[str, ...]
) -> Extraction | None:
    content = clean_line_ends(cells[table.text]) if table.text < len(cells) else ""
    if not content.strip():
        return None
    title = cells[table.title].strip() if table.title is not None and table.title < len(cells) else ""
    return Extraction(
        content,
        None,
        "csv",
        encoding,
        title=title,
        part=f"row {number}",
        notes=notes,
        fields=_fields(table, cells),
    )


def _fields(table: _Table, cells: list[str]) -> tuple[tuple[str, str], ...]:
    taken = {table.text, table.title}
    names = [*table.names, *(f"column {number}" for number in range(len(table.names) + 1, len(cells) + 1))]
    return tuple((names[index], cell) for index, cell in enumerate(cells) if index not in taken)


def _table(name: str, content: str) -> tuple[_Table, tuple[str, ...]]:
    rows, notes = _rows(name, content)
    full = [(number, cells) for number, cells in enumerate(rows, 1) if any(cell.strip() for cell in cells)]
    if len(full) < 2:
        raise refuse_empty(name, "a table needs a first row with the names of its columns and rows below it")
    (first, header), *full = full
    names = _unique(header)
    text = _named(names, _TEXT_NAMES)
    if text is None:
        text = _longest(len(names), [cells for _, cells in full])
    title = _named(names, _TITLE_NAMES)
    table = _Table(names, full, text, None if title == text else title)
    return table, (*notes, *_report(table, len(rows) - first))


def _report(table: _Table, count: int) -> tuple[str, ...]:
    report = [f"One document for each row; its text is the column “{table.names[table.text]}”."]
    filled = sum(table.text < len(cells) and bool(cells[table.text].strip()) for _, cells in table.rows)
    if filled < count:
        report.append(f"Rows without a text, left out: {count - filled} of {count}.")
    uneven = sum(len(cells) != len(table.names) for _, cells in table.rows)
    if uneven:
        report.append(f"Rows with more or fewer cells than the table has columns: {uneven}.")
    return tuple(report)


def _rows(name: str, content: str) -> tuple[list[list[str]], tuple[str, ...]]:
    """Read all rows; a table with stray quotation marks is read leniently and reported."""
    delimiter = _delimiter(content)
    csv.field_size_limit(MAX_FILE_BYTES)
    try:
        return _parsed(name, content, delimiter, strict=True), ()
    except csv.Error as error:
        note = f"The quotation marks of this table are not in order ({error}); check its rows."
    with reading(name, "a table", csv.Error):
        return _parsed(name, content, delimiter, strict=False), (note,)


def _parsed(name: str, content: str, delimiter: str, *, strict: bool) -> list[list[str]]:
    rows: list[list[str]] = []
    for row in csv.reader(StringIO(content, newline=""), delimiter=delimiter, strict=strict):
        rows.append(row)
        if len(rows) > MAX_TABLE_ROWS:
            raise refuse_hostile(name, f"it has more than {MAX_TABLE_ROWS} rows")
    return rows


def _delimiter(content: str) -> str:
    """Choose the delimiter whose rows most often have the same number of cells, more than one."""
    sample = content[:_SAMPLE_CHARACTERS]
    return max(_DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: str, delimiter: str) -> tuple[float, int]:
    try:
        widths = Counter(
            len(row) for row in csv.reader(StringIO(sample, newline=""), delimiter=delimiter) if row
        )
    except csv.Error:
        return (0.0, 0)
    if not widths:
        return (0.0, 0)
    width, count = widths.most_common(1)[0]
    return (count / widths.total() if width > 1 else 0.0, width)


def _unique(names: Iterable[str]) -> list[str]:
    """Name every column, and no two alike."""
    seen: Counter[str] = Counter()
    unique = []
    for position, name in enumerate(names, 1):
        plain = name.strip() or f"column {position}"
        seen[plain] += 1
        unique.append(plain if seen[plain] == 1 else f"{plain} ({seen[plain]})")
    return unique


def _named(names: list[str], wanted: tuple[str, ...]) -> int | None:
    folded = [name.casefold() for name in names]
    return next((folded.index(name) for name in wanted if name in folded), None)


def _longest(columns: int, rows: list[list[str]]) -> int:
    lengths = [sum(len(cells[index]) for cells in rows if index < len(cells)) for index in range(columns)]
    return lengths.index(max(lengths))
