"""Where each cursor key leads, and the keys themselves."""

from __future__ import annotations

from textual.binding import Binding

from workbench.tui.reading.rows import Rows

_MOVES = (
    ("up", "up", "Up", "one row up"),
    ("down", "down", "Down", "one row down"),
    ("left", "left", "Left", "one character back"),
    ("right", "right", "Right", "one character on"),
    ("previous_word", "ctrl+left", "Word back", "to the start of this word or the one before"),
    ("next_word", "ctrl+right", "Word on", "to the start of the next word"),
    ("row_start", "home", "Row start", "to the start of the row"),
    ("row_end", "end", "Row end", "to the end of the row"),
    ("text_start", "ctrl+home", "Text start", "to the start of the text"),
    ("text_end", "ctrl+end", "Text end", "to the end of the text"),
    ("page_up", "pageup", "Page up", "one page up"),
    ("page_down", "pagedown", "Page down", "one page down"),
)


def _shifted(key: str) -> str:
    return f"ctrl+shift+{key.removeprefix('ctrl+')}" if key.startswith("ctrl+") else f"shift+{key}"


def move_bindings() -> list[Binding]:
    """Bind every move twice: alone it moves the cursor, with shift it extends the selection."""
    bound: list[Binding] = []
    for name, key, label, tooltip in _MOVES:
        bound.append(
            Binding(
                key,
                f"move('{name}')",
                label,
                show=False,
                id=f"reading.cursor_{name}",
                tooltip=f"Move {tooltip}",
            )
        )
        bound.append(
            Binding(
                _shifted(key),
                f"extend('{name}')",
                f"Select: {label.lower()}",
                show=False,
                id=f"reading.extend_{name}",
                tooltip=f"Extend the selection {tooltip}",
            )
        )
    return bound


PAGES = {"page_up": -1, "page_down": 1}
VERTICAL = frozenset({"up", "down", *PAGES})


def destination(rows: Rows, name: str, offset: int, *, column: int, page: int) -> int:
    """Tell where a move leads from an offset; vertical moves aim at `column`, pages are `page` rows."""
    row = rows.row_of(offset)
    match name:
        case "left":
            return rows.previous_grapheme(offset)
        case "right":
            return rows.next_grapheme(offset)
        case "previous_word":
            return rows.previous_word(offset)
        case "next_word":
            return rows.next_word(offset)
        case "row_start":
            return rows.span(row)[0]
        case "row_end":
            return rows.row_end(row)
        case "text_start":
            return 0
        case "text_end":
            return len(rows.content)
        case _:
            return _vertical(rows, row, {"up": -1, "down": 1}.get(name) or page * PAGES[name], column)


def _vertical(rows: Rows, row: int, by: int, column: int) -> int:
    aim = row + by
    if aim < 0:
        return 0
    if aim >= len(rows):
        return len(rows.content)
    return rows.offset_at(aim, column)
