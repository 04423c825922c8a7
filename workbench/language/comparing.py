"""How like two passages are, letter by letter, and where the edge of one went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

LONGEST = 4_000
"""Characters of a passage that is compared character by character."""


def moved(changes: Sequence[tuple[str, int, int, int, int]], edge: int, end: int) -> int:
    """Give where the edge of a passage stands after changes; `end` is 1 for an edge that ends it."""
    for kind, i1, i2, j1, j2 in changes:
        if i1 <= edge - end < i2:
            kept = edge - i1 if kind == "equal" else round((edge - i1) * (j2 - j1) / (i2 - i1))
            return j1 + kept
    return changes[-1][4] if changes and end else 0


def places_of(words: str, wanted: str) -> Iterator[int]:
    """Give every place where words stand, those that overlap as well."""
    at = words.find(wanted)
    while at >= 0:
        yield at
        at = words.find(wanted, at + 1)


def count_of(words: str, wanted: str) -> int:
    """Count places, as far as several are told from one."""
    first = words.find(wanted)
    return 0 if first < 0 else 1 if words.find(wanted, first + 1) < 0 else 2


def pairs_of(words: str) -> Counter[str]:
    """Count the pairs of letters in words, white space and case aside."""
    squeezed = "".join(words.casefold().split())
    return Counter(squeezed[place : place + 2] for place in range(max(1, len(squeezed) - 1)))


def overlap(one: Counter[str], other: Counter[str]) -> float:
    """Give the share of pairs that two counts have in common."""
    whole = one.total() + other.total()
    return 2 * (one & other).total() / whole if whole else 0.0


def likeness_of(one: str, other: str) -> int:
    """Compare two passages character by character, white space aside, per mille."""
    was, now = ("".join(words.split())[:LONGEST] for words in (one, other))
    return round(SequenceMatcher(None, was, now, autojunk=False).ratio() * 1000)
