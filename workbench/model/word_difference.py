"""What an edit did to words: word by word for people, character by character to take it over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbench.model.visible import marks

_TOKEN = re.compile(
    r"\n|[^\S\n]+|[\u2e80-\u9fff\uf900-\ufaff\uac00-\ud7af\uff00-\uffef]|[^\W_]+|.", re.DOTALL
)
"""A word, a run of blanks, a line break, or one character of a script that is written without blanks."""
_MOST_EDITS = 1_000
"""Pieces that went or came, looked for at most; beyond that what lies between equal ends is rewritten."""


class Kept(StrEnum):
    """What became of a stretch of words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that an edit left, took away or added."""

    words: str
    kept: Kept


def word_difference(old: str, new: str) -> tuple[Stretch, ...]:
    """Tell word by word what became of old words; what is not new gives the old words back, and so on."""
    was, now = _TOKEN.findall(old), _TOKEN.findall(new)
    found: list[Stretch] = []
    for start, end, first, last, same in _blocks(was, now):
        pieces = (
            [(was[start:end], Kept.SAME)]
            if same
            else [(was[start:end], Kept.GONE), (now[first:last], Kept.NEW)]
        )
        found += [Stretch("".join(words), kept) for words, kept in pieces if words]
    return tuple(found)


def taken_over(original: str, edited: str) -> str:
    """Give words that were edited as they are shown back the characters that stood there as marks.

    A mark such as `<U+202E>` or the blanks of a tab that the edit left whole become again what they stand
    for; a mark that was typed or taken apart stays as it is typed.
    """
    pieces = list(marks(original))
    if not pieces:
        return edited
    shown, places, done = "", [], 0
    for start, end, mark in pieces:
        if original[start:end] == "\n":
            continue
        shown += original[done:start]
        places.append((len(shown), len(shown) + len(mark), original[start:end]))
        shown, done = shown + mark, end
    shown += original[done:]
    return "".join(_put_back(shown, edited, places))


def _put_back(shown: str, edited: str, places: Sequence[tuple[int, int, str]]) -> Iterator[str]:
    for start, end, first, last, same in _blocks(shown, edited, [place[:2] for place in places]):
        done = first
        for mark_start, mark_end, stood_for in places if same else ():
            if start <= mark_start and mark_end <= end:
                yield edited[done : first + mark_start - start]
                yield stood_for
                done = first + mark_end - start
        yield edited[done:last]


def _blocks(
    old: Sequence[str], new: Sequence[str], whole: Sequence[tuple[int, int]] = ()
) -> Iterator[tuple[int, int, int, int, bool]]:
    """Give (start, end) in the old, (first, last) in the new and whether they are equal, in order.

    The equal ends of both never end within what shall stay whole.
    """
    head = next(
        (n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )
    head = next((start for start, end in whole if start < head < end), head)
    room = min(len(old), len(new)) - head
    tail = next((n for n in range(room) if old[-1 - n] != new[-1 - n]), room)
    tail = next((len(old) - end for start, end in whole if start < len(old) - tail < end), tail)
    if head:
        yield 0, head, 0, head, True
    start, first = head, head
    for place, other, length in _equal_runs(old[head : len(old) - tail], new[head : len(new) - tail]):
        at, here = head + place, head + other
        if (start, first) != (at, here):
            yield start, at, first, here, False
        start, first = at + length, here + length
        yield at, start, here, first, True
    if (start, first) != (len(old) - tail, len(new) - tail):
        yield start, len(old) - tail, first, len(new) - tail, False
    if tail:
        yield len(old) - tail, len(old), len(new) - tail, len(new), True


def _equal_runs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """Find what the fewest edits leave (Myers 1986): start in the old, start in the new, length.

    `difflib` takes seconds over a page of words that repeat; this gives up after so many edits.
    """
    ends = {1: 0}
    trail: list[dict[int, int]] = []
    for edits in range(_MOST_EDITS):
        trail.append(ends.copy())
        for diagonal in range(-edits, edits + 1, 2):
            at = _next_end(ends, edits, diagonal)
            while at < len(old) and at - diagonal < len(new) and old[at] == new[at - diagonal]:
                at += 1
            ends[diagonal] = at
            if at >= len(old) and at - diagonal >= len(new):
                return _walked_back(trail, at, diagonal)
    return []


def _next_end(ends: Mapping[int, int], edits: int, diagonal: int) -> int:
    """Take one step from the neighbouring diagonal that reaches further."""
    if _is_new(ends, edits, diagonal):
        return ends[diagonal + 1]
    return ends[diagonal - 1] + 1


def _is_new(ends: Mapping[int, int], edits: int, diagonal: int) -> bool:
    if edits in (diagonal, -diagonal):
        return diagonal == -edits
    return ends[diagonal - 1] < ends[diagonal + 1]


def _walked_back(trail: Sequence[Mapping[int, int]], at: int, diagonal: int) -> list[tuple[int, int, int]]:
    runs = []
    for edits in range(len(trail) - 1, -1, -1):
        start = _next_end(trail[edits], edits, diagonal)
        if at > start:
            runs.append((start, start - diagonal, at - start))
        if not edits:
            break
        came = 1 if _is_new(trail[edits], edits, diagonal) else -1
        at, diagonal = trail[edits][diagonal + came], diagonal + came
    return runs[::-1]
