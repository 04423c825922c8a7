"""What a reader sees as one character: where it starts and ends, how wide it is, what is drawn for it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from rich.cells import get_character_cell_size, split_graphemes

from workbench.model.visible import TAB, code_point, is_never_drawn, marks

_FLAG_LETTERS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))


class Grapheme(NamedTuple):
    """One character as a reader counts them."""

    start: int
    """Offset of its first code point."""
    end: int
    """Offset after its last code point."""
    width: int
    """Terminal columns it takes; 0 for a newline."""
    shown: str
    """What is drawn: the characters themselves, or the mark that stands for a hidden one."""
    marked: bool
    """True where a mark is drawn instead of the characters."""


class CharacterWidths(dict[str, int]):
    """Columns of characters that stand alone, filled as they are met; 0 asks for grapheme analysis."""

    def __init__(self, *, ambiguous_wide: bool = False) -> None:
        super().__init__({"\t": len(TAB), "\n": 0})
        self._ambiguous_wide = ambiguous_wide

    def __missing__(self, character: str) -> int:
        width = self._measure(character)
        self[character] = width
        return width

    def _measure(self, character: str) -> int:
        if is_never_drawn(character):
            return len(code_point(character))
        if character in _FLAG_LETTERS:
            return 0
        width = get_character_cell_size(character)
        if width == 1 and self._ambiguous_wide and unicodedata.east_asian_width(character) == "A":
            return 2
        return width


_WIDTHS = {choice: CharacterWidths(ambiguous_wide=choice) for choice in (False, True)}


def character_widths(*, ambiguous_wide: bool = False) -> CharacterWidths:
    """Share the table of widths; `ambiguous_wide` gives quotes, dashes and circled numbers two columns."""
    return _WIDTHS[ambiguous_wide]


def graphemes(
    content: str, start: int = 0, end: int | None = None, *, ambiguous_wide: bool = False
) -> Iterator[Grapheme]:
    """Divide a stretch that starts and ends between two graphemes into its graphemes.

    What is drawn, joined, is `visible(content)`.
    """
    end = len(content) if end is None else end
    widths = _WIDTHS[ambiguous_wide]
    position = start
    for mark_start, mark_end, shown in marks(content, start, end):
        yield from _plain(content, position, mark_start, widths)
        if shown == "<U+000A>":
            yield Grapheme(mark_start, mark_end, 0, "", False)
        else:
            yield Grapheme(mark_start, mark_end, len(shown), shown, True)
        position = mark_end
    yield from _plain(content, position, end, widths)


def _plain(content: str, start: int, end: int, widths: CharacterWidths) -> Iterator[Grapheme]:
    """Divide a stretch without marks; two flag letters make one flag."""
    piece = content[start:end]
    if piece.isascii():
        for offset, character in enumerate(piece, start):
            yield Grapheme(offset, offset + 1, 1, character, False)
        return
    columns_of = list(map(widths.__getitem__, piece))
    if 0 not in columns_of:
        for offset, character, columns in zip(count(start), piece, columns_of, strict=False):
            yield Grapheme(offset, offset + 1, columns, character, False)
        return
    flag = -1
    for first, last, columns in split_graphemes(piece)[0]:
        if flag >= 0 and piece[first] in _FLAG_LETTERS:
            yield Grapheme(start + flag, start + last, 2, piece[flag:last], False)
            flag = -1
            continue
        if flag >= 0:
            yield Grapheme(start + flag, start + first, 1, piece[flag:first], False)
            flag = -1
        if piece[first] in _FLAG_LETTERS:
            flag = first
            continue
        yield _cluster(piece, start, first, last, columns, widths)
    if flag >= 0:
        yield Grapheme(start + flag, end, 1, piece[flag:], False)


def _cluster(
    piece: str, start: int, first: int, last: int, columns: int, widths: CharacterWidths
) -> Grapheme:
    shown = piece[first:last]
    if columns == 0:
        named = "".join(map(code_point, shown))
        return Grapheme(start + first, start + last, len(named), named, True)
    if columns == 1:
        columns = widths[shown[0]] or columns
    return Grapheme(start + first, start + last, columns, shown, False)
