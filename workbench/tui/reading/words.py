"""Where words and lines begin and end; Japanese has no spaces, so a change of script is a word's edge."""

from __future__ import annotations

import re

from workbench.model.text import Passage

_REACH = 4_000
"""Longest word that is looked for, in code points, so that a hostile text costs no more than a real one."""

_WORD = re.compile(
    "[\u4e00-\u9fff\u3400-\u4dbf\u3005\u3006\uf900-\ufaff\U00020000-\U0003ffff][\u3005\u3006\u3400-\u9fff"
    "\uf900-\ufaff\ufe00-\ufe0f\U00020000-\U0003ffff\U000e0100-\U000e01ef]*"
    "|[\u3041-\u309f][\u3041-\u309f\u30fc]*"
    "|[\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9f][\u3099\u309a\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9f]*"
    "|[^\\W\u3005-\u3006\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
    "(?:[^\\W\u3005-\u3006\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
    "|[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u1cff"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff]|['’.·](?=[^\\W_]))*"
)
_BEGINNING = re.compile(
    "[\\w\u3005\u3006\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff66-\uff9f\U00020000-\U0003ffff]"
)
"""Any character with which a word may begin: found much faster than a word."""


def line_at(content: str, offset: int) -> Passage:
    """Find the line that holds an offset, without its newline."""
    start = content.rfind("\n", 0, offset) + 1
    end = content.find("\n", offset)
    return Passage(start, len(content) if end < 0 else end)


def word_at(content: str, offset: int) -> Passage:
    """Find the word that holds an offset; the one character there where no word does."""
    low = max(0, offset - _REACH)
    for match in _WORD.finditer(content, _line_start(content, low, offset), offset + _REACH):
        if match.start() > offset:
            break
        if offset < match.end():
            return Passage(*match.span())
    return Passage(offset, min(offset + 1, len(content)))


def next_word(content: str, offset: int) -> int:
    """Find where the next word begins, the end of the text where none does."""
    current = word_at(content, offset)
    match = _BEGINNING.search(content, max(current.end, offset + 1))
    return match.start() if match else len(content)


def previous_word(content: str, offset: int) -> int:
    """Find where the word before the offset begins, the start of the text where none does."""
    high = offset
    while high > 0:
        low = max(0, high - _REACH)
        if _BEGINNING.search(content, low, high):
            return [match.start() for match in _WORD.finditer(content, max(0, low - _REACH), high)][-1]
        high = low
    return 0


def _line_start(content: str, low: int, offset: int) -> int:
    return max(low, content.rfind("\n", low, offset) + 1)
