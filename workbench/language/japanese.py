"""Where Japanese sentences end: after 。！？ outside brackets, closing brackets included."""

from __future__ import annotations

import re
from collections import Counter

_SIGN = re.compile(r"[「『（(【〈《［\[]|[」』）)】〉》］\]]|[。！？!?．]+")
_PAIRS = dict(zip("「『（(【〈《［[", "」』）)】〉》］]", strict=True))
_LIKE = {"(": "（", ")": "）", "[": "［", "]": "］"}
_CLOSE = frozenset(_PAIRS.values())
_QUOTES = "「『"
_BEGINS = "これ|それ|この|その|ここ|そこ|こう|そう|また|しかし|さらに|なお|そして|ただし"
_GOES_ON = re.compile(rf"[\s　]*(?:(?!{_BEGINS})[ぁ-ん]|[、。，．,：・）)」』]|$)")


def boundaries(block: str) -> list[int]:
    """List the offsets in a block where a new sentence begins, the first left out.

    A full stop inside brackets ends nothing, unless a quotation is all of the sentence; a bracket that is
    never closed, or never opened, is taken for no bracket.
    """
    closing = _matched(block)
    closed = {end: start for start, end in closing.items()}
    found: list[int] = []
    depth = start = 0
    for match in _SIGN.finditer(block):
        sign, at = match.group(), match.start()
        if sign in _PAIRS:
            depth += at in closing
        elif sign in _CLOSE:
            depth -= at in closed
            if depth or at not in closed or not _is_all(block, start, closed[at], at):
                continue
            found.append(start := match.end())
        elif not depth and _ends(block, match):
            found.append(start := match.end())
    last = len(block.rstrip())
    return [offset for offset in found if offset < last]


def _matched(block: str) -> dict[int, int]:
    """Map each opening bracket that is closed to its closing one."""
    pairs: dict[int, int] = {}
    still: list[tuple[str, int]] = []
    open_ones: Counter[str] = Counter()
    for match in _SIGN.finditer(block):
        sign = match.group()
        if sign in _PAIRS:
            still.append((_alike(_PAIRS[sign]), match.start()))
            open_ones[still[-1][0]] += 1
        elif sign in _CLOSE:
            while open_ones[_alike(sign)]:
                kind, start = still.pop()
                open_ones[kind] -= 1
                if kind == _alike(sign):
                    pairs[start] = match.start()
                    break
    return pairs


def _alike(sign: str) -> str:
    return _LIKE.get(sign, sign)


def _is_all(block: str, start: int, opening: int, closing: int) -> bool:
    """Tell whether a quotation is all of a sentence: it begins it, ends with a stop, and nothing goes on."""
    if block[opening] not in _QUOTES or block[start:opening].strip():
        return False
    return block[closing - 1] in "。！？!?" and not _GOES_ON.match(block, closing + 1)


def _ends(block: str, match: re.Match[str]) -> bool:
    """Tell whether a stop really ends a sentence: not inside a number, nor a Latin mark inside a word."""
    sign = match.group()[-1]
    after = block[match.end() : match.end() + 1]
    if sign == "．":
        return not (after.isdigit() or block[max(0, match.start() - 1) : match.start()].isdigit())
    return sign not in "!?" or not after or after.isspace() or not after.isascii()
