"""Where Japanese sentences end: after 。！？ outside brackets, closing brackets included."""

from __future__ import annotations

import re

_SIGN = re.compile(r"[「『（(【〈《［\[]|[」』）)】〉》］\]]|[。！？!?．]+")
_OPEN = frozenset("「『（(【〈《［[")
_CLOSE = frozenset("」』）)】〉》］]")


def boundaries(block: str) -> list[int]:
    """List the offsets in a block where a new sentence begins, the first left out.

    A full stop inside brackets ends nothing; a bracket that is never closed is taken for no bracket.
    """
    depth_at_end = _depth(block)
    found: list[int] = []
    depth = 0
    for match in _SIGN.finditer(block):
        sign = match.group()
        if sign in _OPEN:
            depth += 1
        elif sign in _CLOSE:
            depth = max(0, depth - 1)
        elif depth <= depth_at_end and _ends(block, match):
            found.append(match.end())
    last = len(block.rstrip())
    return [offset for offset in found if offset < last]


def _depth(block: str) -> int:
    """Count the brackets that are still open at the end."""
    depth = 0
    for match in _SIGN.finditer(block):
        sign = match.group()
        if sign in _OPEN:
            depth += 1
        elif sign in _CLOSE:
            depth = max(0, depth - 1)
    return depth


def _ends(block: str, match: re.Match[str]) -> bool:
    """Tell whether a stop really ends a sentence: not inside a number, nor a Latin mark inside a word."""
    sign = match.group()[-1]
    after = block[match.end() : match.end() + 1]
    if sign == "．":
        return not (after.isdigit() or block[max(0, match.start() - 1) : match.start()].isdigit())
    return sign not in "!?" or not after or after.isspace() or not after.isascii()
