"""Frequent words, key words and collocations as rows and bars, for the terminal and its screens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from workbench.language.keyness import Frequent, Key, Together
from workbench.matrix.rounding import Rounding

FREQUENT = ("term", "count", "per_thousand", "documents", "in")
KEYS = ("term", "count", "per_thousand", "there", "there_per_thousand", "g2", "log_ratio", "documents", "in")
TOGETHER = ("first", "second", "count", "g2", "pmi", "documents", "in")
CAPTION = {
    "frequent": "Frequency is in thousandths of all words of the part, those of grammar among them.",
    "keyness": "G² after Dunning and Rayson: how sure a difference is; above 15.1, one word in 10,000 "
    "is so by chance. Log ratio: how often the frequency doubles; minus where it stands here less often.",
    "collocations": "Words at most three apart in a sentence. G² after Dunning: how firmly they go together; "
    "PMI: how much more often than by chance, as powers of two.",
}
_ROUNDING = Rounding()
_PARTS = " ▏▎▍▌▋▊▉█"


def measured(value: float) -> str:
    """Print a measure that is made of logarithms, to one decimal."""
    return f"{value:.1f}"


def frequent_row(each: Frequent) -> dict[str, Any]:
    """Give a frequent word as a row."""
    return {
        "term": each.term,
        "count": each.count,
        "per_thousand": _ROUNDING.printed(each.per_thousand),
        "documents": len(each.documents),
        "in": list(each.documents),
    }


def key_row(each: Key) -> dict[str, Any]:
    """Give a key word as a row."""
    return {
        **frequent_row(each.here),
        "there": each.there.count,
        "there_per_thousand": _ROUNDING.printed(each.there.per_thousand),
        "g2": measured(each.g2),
        "log_ratio": measured(each.log_ratio),
    }


def together_row(each: Together) -> dict[str, Any]:
    """Give a pair of words as a row."""
    return {
        "first": each.first,
        "second": each.second,
        "count": each.count,
        "g2": measured(each.g2),
        "pmi": measured(each.pmi),
        "documents": len(each.documents),
        "in": list(each.documents),
    }


def most_telling(found: Sequence[Key], top: int) -> list[Key]:
    """Take the words that differ most, either way; those that the part prefers come first."""
    kept = sorted(found, key=lambda key: (-abs(key.g2), key.here.term))[:top]
    return sorted(kept, key=lambda key: (-key.g2, key.here.term))


def largest(values: Iterable[float]) -> float:
    """Give the length that fills a bar; 1 where there is nothing to draw."""
    return max((abs(value) for value in values), default=0.0) or 1.0


def bar(value: float, most: float, columns: int) -> str:
    """Draw a bar to the right, in eighths of a column, filled up with spaces."""
    eighths = round(8 * columns * min(value / most, 1))
    whole, rest = divmod(max(eighths, 1 if value > 0 else 0), 8)
    return ("█" * whole + (_PARTS[rest] if rest else "")).ljust(columns)


def bar_both_ways(value: float, most: float, columns: int) -> str:
    """Draw a bar from the middle: to the right what is preferred here, to the left what is avoided."""
    side = max((columns - 1) // 2, 1)
    if value >= 0:
        return " " * side + "│" + bar(value, most, side)
    halves = max(round(2 * side * min(-value / most, 1)), 1)
    drawn = ("▐" if halves % 2 else "") + "█" * (halves // 2)
    return drawn.rjust(side) + "│" + " " * side
