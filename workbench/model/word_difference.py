"""What an edit did to words: word by word for people, character by character to take it over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from workbench.model.visible import marks

_TOKEN = re.compile(
    r"\n|[^\S\n]+|[\u2e80-\u9fff\uf900-\ufaff\uac00-\ud7af\uff00-\uffef]|[^\W_]+|.", re.DOTALL
)
"""A word, a run of blanks, a line break, or one character of a script that is written without blanks."""
_MOST_STEPS = 4_000_000
"""Pairs of pieces compared at most; beyond that what lies between equal ends counts as rewritten."""


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
    room = min(len(old), len(new)) - head
    tail = next((n for n in range(room) if old[-1 - n] != new[-1 - n]), room)
    head = next((start for start, end in whole if start < head < end), head)
    tail = next((len(old) - end for start, end in whole if start < len(old) - tail < end), tail)
    if head:
        yield 0, head, 0, head, True
    middle, other = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(middle) * len(other) > _MOST_STEPS:
        yield head, len(old) - tail, head, len(new) - tail, False
    else:
        for tag, start, end, first, last in SequenceMatcher(
            None, middle, other, autojunk=False
        ).get_opcodes():
            yield head + start, head + end, head + first, head + last, tag == "equal"
    if tail:
        yield len(old) - tail, len(old), len(new) - tail, len(new), True
