"""Entry fields that show what was pasted into them: hidden characters as one sign each."""

from __future__ import annotations

from rich.text import Text
from textual.widgets import Input, TextArea

from workbench.model.visible import marks


def signs(words: str) -> str:
    """Put one visible sign in place of each character that could not be seen, so that no position shifts."""
    shown: list[str] = []
    done = 0
    for start, end, _ in marks(words):
        shown.append(words[done:start])
        shown += [_sign(character) for character in words[start:end]]
        done = end
    return "".join(shown) + words[done:] if done else words


def _sign(character: str) -> str:
    if character == "\t":
        return " "
    return chr(0x2400 + ord(character)) if character < " " else "\N{REPLACEMENT CHARACTER}"


class EntryLine(Input):
    """One line to type, with hidden characters shown."""

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(value, placeholder=placeholder, id=id, select_on_focus=False, compact=True)

    @property
    def _value(self) -> Text:
        return Text(signs(self.value), no_wrap=True, overflow="ignore", end="")


class EntryArea(TextArea):
    """Several lines to type, with hidden characters shown; tab leaves the field."""

    def __init__(self, value: str = "", *, id: str | None = None) -> None:
        super().__init__(value, id=id, soft_wrap=True, tab_behavior="focus", compact=True)

    @property
    def cursor_offset(self) -> int:
        """Give how many characters stand before the cursor."""
        row, column = self.cursor_location
        lines = self.text.split(self.document.newline)
        return sum(len(line) + len(self.document.newline) for line in lines[:row]) + column

    @cursor_offset.setter
    def cursor_offset(self, offset: int) -> None:
        before = self.text[:offset].split(self.document.newline)
        self.move_cursor((len(before) - 1, len(before[-1])))

    def get_line(self, line_index: int) -> Text:
        """Give a line as it is drawn."""
        return Text(signs(self.document.get_line(line_index)), end="")
