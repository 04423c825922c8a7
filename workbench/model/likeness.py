"""Names that a reader would take for one another, and characters in names that no reader sees."""

from __future__ import annotations

import unicodedata
from functools import cache

from workbench.model.visible import marks


def hidden_in(name: str) -> str:
    """Show the first character of a name that could not be seen, such as `<U+202E>`; empty where all can."""
    return next((mark.strip() or "<U+0009>" for _, _, mark in marks(name)), "")


def without_hidden(words: str) -> str:
    """Give words without what could not be seen in them, for a name made from a text."""
    words = " ".join(words.split())
    while hidden := list(marks(words)):  # what is taken out can bring together what hides something again
        ends = [0, *(end for _, end, _ in hidden)]
        starts = [*(start for start, _, _ in hidden), len(words)]
        words = " ".join("".join(words[end:start] for end, start in zip(ends, starts, strict=True)).split())
    return words


def look_alike(one: str, other: str) -> bool:
    """Tell whether two names differ and would still be taken for one another.

    Capitals, spaces, full and half width, and letters of other scripts that are drawn the same do not tell
    names apart. Names that differ in nothing at all do not look alike: they are the same.
    """
    return one != other and bool(_forms(one) & _forms(other))


@cache
def _forms(name: str) -> frozenset[str]:
    """Give what is left of a name without what does not tell it apart: folded, and as it is drawn."""
    plain = " ".join(unicodedata.normalize("NFKC", name).split())
    drawn = "".join(_drawn().get(letter, letter) for letter in plain)
    return frozenset({plain.casefold(), unicodedata.normalize("NFKC", drawn).casefold()})


@cache
def _drawn() -> dict[str, str]:
    """Give for every letter that is drawn like others the one that stands for them (UTS 39)."""
    from confusable_homoglyphs.confusables import confusables_data

    groups: dict[str, set[str]] = {}
    for letter, others in confusables_data.items():
        alike = {letter, *(other["c"].strip("\u200e") for other in others)}
        joined = set().union(alike, *(groups.get(each, ()) for each in alike))
        groups.update(dict.fromkeys(joined, joined))
    return {
        letter: min(alike, key=lambda each: (len(each), each))
        for letter, alike in groups.items()
        if len(letter) == 1
    }
