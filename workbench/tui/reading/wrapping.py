"""Where the rows of a text begin at a width: by word, by Japanese rules, never inside a grapheme.

Breaks come after a space and on either side of a double-width character, unless the row would begin with
a mark that closes or end with one that opens (kinsoku). One space may hang over the right edge.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, compress
from operator import not_

from workbench.tui.reading.graphemes import character_widths, graphemes

NEVER_FIRST = frozenset(
    "、。，．・：；？！…‥ー～〜゛゜ヽヾゝゞ々〻‐゠–」』）］｝〉》】〕〗〙〟’”»›｣｡､･ﾞﾟｰ％‰℃"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ"
    ",.!?:;)]}"
)
"""Characters that no row begins with where the row before can take or give one."""

NEVER_LAST = frozenset("「『（［｛〈《【〔〖〘〝‘“«‹｢￥＄￡＃№([{")
"""Characters that no row ends with."""

_WIDEST = 10
"""No character is drawn wider: the longest mark is `<U+10FFFF>`."""

_SPACES = frozenset(" \t\u3000\u2002\u2003\u2009")
_NARROW = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u037a-\u0482\u048a-\u0527\u2010-\u2027\u20ac]*"
)


def row_starts(content: str, width: int, *, ambiguous_wide: bool = False) -> array[int]:
    """List the offset at which each row begins; the first is 0, also of an empty text."""
    starts = array("I", [0])
    line_start, length = 0, len(content)
    while True:
        newline = content.find("\n", line_start)
        line_end = length if newline < 0 else newline
        if (line_end - line_start) * _WIDEST > width:
            _wrap_line(content, line_start, line_end, width, ambiguous_wide, starts)
        if newline < 0:
            return starts
        line_start = newline + 1
        starts.append(line_start)


def _wrap_line(content: str, start: int, end: int, width: int, wide: bool, starts: array[int]) -> None:
    line = content[start:end]
    if _is_narrow(line, wide):
        if len(line) > width:
            _wrap_narrow(line, start, width, starts)
        return
    widths = list(map(character_widths(ambiguous_wide=wide).__getitem__, line))
    if 0 not in widths:
        _wrap_wide(line, None, widths, width, start, starts)
        return
    offsets, widths = _clustered(content, start, widths, wide)
    _wrap_wide(line, offsets, widths, width, start, starts)


def _clustered(content: str, start: int, widths: list[int], wide: bool) -> tuple[list[int], list[int]]:
    """Give offset (in the line) and width of each grapheme, analysing only where characters may join."""
    offsets: list[int] = []
    columns: list[int] = []
    done = 0
    for joined in compress(range(len(widths)), map(not_, widths)):
        if joined < done:
            continue
        first = max(joined - 1, done)
        offsets.extend(range(done, first))
        columns.extend(widths[done:first])
        done = _cluster_end(content, start, widths, joined)
        for piece in graphemes(content, start + first, start + done, ambiguous_wide=wide):
            offsets.append(piece.start - start)
            columns.append(piece.width)
    offsets.extend(range(done, len(widths)))
    columns.extend(widths[done:])
    return offsets, columns


def _cluster_end(content: str, start: int, widths: list[int], joined: int) -> int:
    """Find where characters stop joining; a zero width joiner takes the next one in."""
    end, count = joined, len(widths)
    while end < count and widths[end] == 0:
        end += 1 if content[start + end] != "\u200d" else 2
    return min(end, count)


def _is_narrow(line: str, ambiguous_wide: bool) -> bool:
    """Tell whether every character of a line is one grapheme of one column."""
    if line.isascii():
        return line.isprintable()
    return not ambiguous_wide and _NARROW.fullmatch(line) is not None


def _wrap_narrow(line: str, start: int, width: int, starts: array[int]) -> None:
    position, length, find_space = 0, len(line), line.rfind
    while length - position > width:
        space = find_space(" ", position, position + width + 1)
        position = space + 1 if space >= 0 else position + width
        if position >= length:
            return
        starts.append(start + position)


def _wrap_wide(
    line: str, offsets: Sequence[int] | None, widths: list[int], width: int, start: int, starts: array[int]
) -> None:
    """Wrap a line given as graphemes; without `offsets` every character is one."""
    reach = list(accumulate(widths))
    count, first, used = len(widths), 0, 0
    while reach[-1] - used > width:
        limit = max(bisect_right(reach, used + width, first), first + 1)
        if limit >= count:
            return
        first = _break_before(line, offsets, widths, first, limit)
        if first >= count:
            return
        used = reach[first - 1]
        starts.append(start + (first if offsets is None else offsets[first]))


def _break_before(line: str, offsets: Sequence[int] | None, widths: list[int], first: int, limit: int) -> int:
    """Choose the grapheme that begins the next row; `limit` is the first that no longer fits."""
    at = limit if offsets is None else offsets[limit]
    if line[at] == " ":
        return limit + 1
    for candidate in range(limit, first, -1):
        at = candidate if offsets is None else offsets[candidate]
        before, after = line[at - 1], line[at]
        if before in _SPACES:
            return candidate
        if after in _SPACES or after in NEVER_FIRST or before in NEVER_LAST:
            continue
        if widths[candidate] == 2 or widths[candidate - 1] == 2:
            return candidate
    return limit
