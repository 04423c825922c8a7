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
    ("previous_unit", "alt+up", "Sentence back", "to the start of this sentence or the one before"),
    ("next_unit", "alt+down", "Sentence on", "to the next sentence"),
    ("previous_paragraph", "ctrl+up", "Paragraph back", "to the start of this paragraph or the one before"),
    ("next_paragraph", "ctrl+down", "Paragraph on", "to the next paragraph"),
    ("row_start", "home", "Row start", "to the start of the row"),
    ("row_end", "end", "Row end", "to the end of the row"),
    ("text_start", "ctrl+home", "Text start", "to the start of the text"),
    ("text_end", "ctrl+end", "Text end", "to the end of the text"),
    ("page_up", "pageup", "Page up", "one page up"),
    ("page_down", "pagedown", "Page down", "one page down"),
)


_OTHERS = (
    ("grow", "plus", "Grow", "Select the word, then the sentence, the paragraph, the section, the text"),
    ("shrink", "minus", "Shrink", "Take back the last growing of the selection"),
    ("jump_back", "alt+left", "Back", "Return to the place left by the last jump"),
    ("jump_forward", "alt+right", "Forward", "Go forward again after going back"),
    ("activate", "enter", "Open coding", "Open the codings under the cursor"),
    ("copy", "ctrl+c", "Copy", "Copy the selected passage exactly as it is stored"),
)


def _shifted(key: str) -> str:
    held, plus, last = key.rpartition("+")
    return f"{held}{plus}shift+{last}"


def move_bindings() -> list[Binding]:
    """Bind every move twice: alone it moves the cursor, with shift it extends the selection."""
    bound: list[Binding] = []
    for name, key, label, where in _MOVES:
        bound.append(_binding(f"cursor_{name}", key, f"move('{name}')", label, f"Move {where}"))
        extend = f"Extend the selection {where}"
        bound.append(
            _binding(f"extend_{name}", _shifted(key), f"extend('{name}')", f"Select: {label.lower()}", extend)
        )
    return bound


def other_bindings() -> list[Binding]:
    """Bind what else the pane does by itself."""
    return [_binding(name, key, name, label, tooltip) for name, key, label, tooltip in _OTHERS]


def _binding(name: str, key: str, action: str, label: str, tooltip: str) -> Binding:
    return Binding(key, action, label, show=False, id=f"reading.{name}", tooltip=tooltip)


PAGES = {"page_up": -1, "page_down": 1}
VERTICAL = frozenset({"up", "down", *PAGES})
FAR = frozenset({"text_start", "text_end"})
"""Moves after which one may want to return."""

STEPS = {
    "previous_unit": ("unit", False),
    "next_unit": ("unit", True),
    "previous_paragraph": ("paragraph", False),
    "next_paragraph": ("paragraph", True),
}
"""Kind and direction of the moves by unit and paragraph."""


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
