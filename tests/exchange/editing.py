"""Edit the sheet `Cells` of an exported workbook as its file, so that nothing else of it changes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape

SHEET = "xl/worksheets/sheet2.xml"
FIRST = 5
"""Row of the first cell."""


def parts_of(data: bytes) -> dict[str, bytes]:
    """Unpack a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {name: book.read(name) for name in book.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Pack a workbook."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return buffer.getvalue()


def with_sheet(data: bytes, change: Callable[[str], str]) -> bytes:
    """Change the XML of the sheet; fails where nothing changes."""
    parts = parts_of(data)
    before = parts[SHEET].decode()
    after = change(before)
    assert after != before
    return packed({**parts, SHEET: after.encode()})


def typed(words: str) -> str:
    """Write words as they stand in XML of a workbook."""
    escaped = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", words)
    return f'<is><t xml:space="preserve">{escape(escaped)}</t></is>'


def put_cell(sheet: str, place: str, content: str) -> str:
    """Put the XML of a cell in place of another, or where it belongs in its row."""
    number = int(re.sub(r"[A-Z]+", "", place))

    def column(cell: str) -> tuple[int, str]:
        letters = re.sub(r"\d", "", re.findall(r'r="([A-Z]+\d+)"', cell)[0])
        return len(letters), letters

    def changed(match: re.Match[str]) -> str:
        cells = re.findall(r"<c [^>]*/>|<c .*?</c>", match[2], re.DOTALL)
        kept = [cell for cell in cells if f'r="{place}"' not in cell]
        return match[1] + "".join(sorted([*kept, content], key=column)) + match[3]

    after, found = re.subn(rf'(<row r="{number}"[^>]*>)(.*?)(</row>)', changed, sheet, flags=re.DOTALL)
    assert found == 1, place
    return after


def edit(data: bytes, cells: Mapping[str, str]) -> bytes:
    """Type words into cells such as `E5`; empty words clear the cell."""

    def change(sheet: str) -> str:
        for place, words in cells.items():
            content = f'<c r="{place}" t="inlineStr">{typed(words)}</c>' if words else f'<c r="{place}"/>'
            sheet = put_cell(sheet, place, content)
        return sheet

    return with_sheet(data, change)


def put_raw(data: bytes, place: str, content: str) -> bytes:
    """Put a cell as XML in place of another."""
    return with_sheet(data, lambda sheet: put_cell(sheet, place, content))


def rows_of(sheet: str) -> list[str]:
    """Give the XML of the rows of the table, without heads."""
    return [
        row for row in re.findall(r"<row .*?</row>", sheet) if int(re.findall(r'r="(\d+)"', row)[0]) >= FIRST
    ]


def renumbered(row: str, number: int) -> str:
    """Give the XML of a row another number."""
    row = re.sub(r'<row r="\d+"', f'<row r="{number}"', row)
    return re.sub(r'<c r="([A-Z]+)\d+"', lambda match: f'<c r="{match[1]}{number}"', row)
