"""A text laid out in rows of a width: offset to row and column, and back. Offsets never change.

Whatever is drawn otherwise than it is stored (tabs, control characters, tall stacks) keeps its offsets and
takes the columns of what is drawn.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from workbench.model.text import Passage
from workbench.tui.reading import words
from workbench.tui.reading.graphemes import Grapheme, graphemes
from workbench.tui.reading.wrapping import row_starts

_KEPT_ROWS = 512


class Rows:
    """The rows of one text at one width, in terminal columns.

    A row runs to the start of the next and so includes its newline. One space and the newline may lie
    beyond the width; everything else fits, but for a single mark wider than the rows.
    """

    __slots__ = ("_kept", "_starts", "ambiguous_wide", "content", "width")

    def __init__(self, content: str, width: int, *, ambiguous_wide: bool = False) -> None:
        """Lay out a text; `ambiguous_wide` gives quotes, dashes and circled numbers two columns."""
        if width < 2:
            raise ValueError(f"a row of {width} columns cannot hold a double-width character")
        self.content = content
        self.width = width
        self.ambiguous_wide = ambiguous_wide
        self._starts = row_starts(content, width, ambiguous_wide=ambiguous_wide)
        self._kept: dict[int, tuple[Grapheme, ...]] = {}

    def __len__(self) -> int:
        return len(self._starts)

    def row_of(self, offset: int) -> int:
        """Number the row that holds an offset, from 0; the end of the text is on the last row."""
        return bisect_right(self._starts, max(0, offset)) - 1

    def span(self, row: int) -> tuple[int, int]:
        """Give the offsets at which a row starts and the next begins."""
        end = self._starts[row + 1] if row + 1 < len(self._starts) else len(self.content)
        return self._starts[row], end

    def begins_line(self, row: int) -> bool:
        """Tell whether a row begins a line of the text rather than going on with one."""
        start = self._starts[row]
        return start == 0 or self.content[start - 1] == "\n"

    def graphemes(self, row: int) -> tuple[Grapheme, ...]:
        """Divide a row into graphemes, its newline included."""
        kept = self._kept.get(row)
        if kept is None:
            if len(self._kept) >= _KEPT_ROWS:
                self._kept.clear()
            kept = tuple(graphemes(self.content, *self.span(row), ambiguous_wide=self.ambiguous_wide))
            self._kept[row] = kept
        return kept

    def plain(self, row: int) -> str:
        """Write a row as it is drawn, without a newline or a hanging space."""
        shown = "".join(grapheme.shown for grapheme in self.graphemes(row))
        return shown.rstrip(" ") if self.columns(row) > self.width else shown

    def columns(self, row: int) -> int:
        """Measure a row in terminal columns, a hanging space included."""
        return sum(grapheme.width for grapheme in self.graphemes(row))

    def column_of(self, offset: int) -> int:
        """Give the column at which the grapheme holding an offset begins in its row."""
        column = 0
        for grapheme in self.graphemes(self.row_of(offset)):
            if offset < grapheme.end:
                break
            column += grapheme.width
        return column

    def offset_at(self, row: int, column: int) -> int:
        """Give the start of the grapheme drawn at a column; beyond the last, where the cursor can rest."""
        row = min(max(row, 0), len(self._starts) - 1)
        reached = 0
        for grapheme in self.graphemes(row):
            reached += grapheme.width
            if column < reached or grapheme.width == 0:
                return grapheme.start
        return self._last_rest(row)

    def row_end(self, row: int) -> int:
        """Give the last offset of a row at which the cursor can rest."""
        pieces = self.graphemes(row)
        if pieces and pieces[-1].width == 0:
            return pieces[-1].start
        return self._last_rest(row)

    def next_grapheme(self, offset: int) -> int:
        """Give the start of the next grapheme, the end of the text after the last."""
        for grapheme in self.graphemes(self.row_of(offset)):
            if offset < grapheme.end:
                return grapheme.end
        return len(self.content)

    def previous_grapheme(self, offset: int) -> int:
        """Give the start of the grapheme that ends at or before an offset, 0 before the first."""
        return self.snap(offset - 1) if offset > 0 else 0

    def snap(self, offset: int) -> int:
        """Move an offset back to the start of the grapheme that holds it."""
        offset = min(max(offset, 0), len(self.content))
        for grapheme in self.graphemes(self.row_of(offset)):
            if offset < grapheme.end:
                return grapheme.start
        return offset

    def snapped(self, passage: Passage) -> Passage:
        """Widen a passage so that it cuts no grapheme."""
        start, end = self.snap(passage.start), self.snap(passage.end)
        return Passage(start, end if end == min(passage.end, len(self.content)) else self.next_grapheme(end))

    def next_word(self, offset: int) -> int:
        """Give the start of the next word, the end of the text after the last."""
        return self.snap(words.next_word(self.content, offset))

    def previous_word(self, offset: int) -> int:
        """Give the start of this word, or of the one before where the offset is at a start."""
        return self.snap(words.previous_word(self.content, offset))

    def word_at(self, offset: int) -> Passage:
        """Give the word at an offset, the one grapheme there where no word is."""
        return self.snapped(words.word_at(self.content, self.snap(offset)))

    def lines(self) -> Iterator[str]:
        """Write every row as it is drawn."""
        return map(self.plain, range(len(self)))

    def _last_rest(self, row: int) -> int:
        """Rest after the last grapheme of the last row, on the last grapheme of any other."""
        start, end = self.span(row)
        if row == len(self._starts) - 1:
            return end
        return self.graphemes(row)[-1].start if end > start else start
