"""The two streams: data on stdout, talk on stderr. Every foreign string is made visible here."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from workbench.errors import WrongUsage
from workbench.model.visible import marks, visible

Row = Mapping[str, Any]
"""One line of a listing: column -> text, whole number, truth, list or mapping."""

_LEAST_WIDTH = 8


def say(message: str) -> None:
    """Tell the user something on stderr."""
    print(visible(message, newlines=True), file=sys.stderr, flush=True)


def put(text: str) -> None:
    """Print one piece of data on stdout, made visible; its newlines stay."""
    print(visible(text, newlines=True))


def put_json(value: object) -> None:
    """Print JSON on stdout: the data as they are, with escapes for what a terminal would obey or hide."""
    written = json.dumps(value, ensure_ascii=False, indent=2)
    pieces, done = [], 0
    for start, end, _ in marks(written):
        if written[start:end] != "\n":
            pieces += [written[done:start], json.dumps(written[start:end])[1:-1]]
            done = end
    print("".join(pieces) + written[done:])


def put_rows(columns: Sequence[str], rows: Sequence[Row], format: str) -> None:
    """Print rows as a table, as CSV or as JSON."""
    if format == "json":
        put_json([{column: row.get(column) for column in columns} for row in rows])
    elif format == "csv":
        _put_csv(columns, rows)
    else:
        put_table(columns, [[row.get(column) for column in columns] for row in rows])


def words_given(content: str) -> str:
    """Give the words of an argument, or of stdin for `-`."""
    if content != "-":
        return content
    try:
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        raise WrongUsage("What came on stdin is not text in the encoding of this terminal.") from error


def _put_csv(columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Print CSV that no spreadsheet takes for formulas; JSON is the form that changes nothing."""
    from workbench.exchange.csv import spreadsheet_safe

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([spreadsheet_safe(column) for column in columns])
    writer.writerows([spreadsheet_safe(_plain(row.get(column))) for column in columns] for row in rows)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{key}={item}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(_plain(item) for item in value)
    return str(value)


def put_table(headings: Sequence[object], lines: Sequence[Sequence[object]]) -> None:
    """Print lines of cells under headings; whole numbers stand right, long cells give way on a terminal.

    Where the columns do not fit a terminal even so, every line becomes a block of its own.
    """
    if not lines:
        say("There are none.")
        return
    cells = [[_one_line(cell) for cell in line] for line in (headings, *lines)]
    numeric = [all(isinstance(cell, int) for cell in column) for column in zip(*lines, strict=True)]
    widths = _widths(cells)
    room = room_on_terminal()
    if room is not None and sum(widths) + 2 * (len(widths) - 1) > room:
        _put_blocks(cells[0], cells[1:], room)
        return
    for line in cells:
        drawn = [
            _fitted(cell, width, right=right)
            for cell, width, right in zip(line, widths, numeric, strict=True)
        ]
        print("  ".join(drawn).rstrip())


def room_on_terminal() -> int | None:
    """Give the width of the terminal that stdout is; None where it is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def cut_to(line: str, width: int) -> str:
    """Cut a line to a width in terminal cells, with a mark where something is cut away."""
    from rich.cells import cell_len, set_cell_size

    return set_cell_size(line, max(width - 1, 0)).rstrip() + "…" if cell_len(line) > width else line


def _put_blocks(headings: Sequence[str], lines: Sequence[Sequence[str]], room: int) -> None:
    """Print each line as a block, heading and cell side by side; empty cells are left out."""
    from rich.cells import cell_len, set_cell_size

    width = min(max(cell_len(heading) for heading in headings), max(room // 3, 1))
    for number, line in enumerate(lines):
        if number:
            print()
        for heading, cell in zip(headings, line, strict=True):
            if cell:
                print(cut_to(f"{set_cell_size(cut_to(heading, width), width)}  {cell}", room))


def _one_line(value: Any) -> str:
    return visible(" ".join(_plain(value).split("\n")))


def _widths(cells: Sequence[Sequence[str]]) -> list[int]:
    """Give the columns their widths in terminal cells; on a terminal, the widest give way until all fit.

    The first column never does: it holds the name that is typed next.
    """
    from rich.cells import cell_len

    whole = room_on_terminal()
    widths = [max(cell_len(cell) for cell in column) for column in zip(*cells, strict=True)]
    if whole is not None:
        room = whole - 2 * (len(widths) - 1)
        widths = [widths[0], *(min(width, room) for width in widths[1:])]
        while sum(widths) > room and max(widths[1:], default=0) > _LEAST_WIDTH:
            widths[widths.index(max(widths[1:]), 1)] -= 1
    return widths


def _fitted(cell: str, width: int, *, right: bool) -> str:
    from rich.cells import cell_len

    cell = cut_to(cell, width)
    length = cell_len(cell)
    return " " * (width - length) + cell if right else cell + " " * (width - length)
