"""Numbers that words may stand for: `both`, `a decade`, 毎月. They answer for a number and raise none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from importlib.resources import files

from workbench.language.checked_pair import Half
from workbench.language.numerals import (
    KANJI_NUMERALS,
    ORDINAL_WORDS,
    WORDS,
    english_number,
    japanese_number,
    roman_number,
)
from workbench.model.text import Passage

_PARTS = re.compile(
    rf"\b(?:an?|{'|'.join(WORDS)})[\s-](?:half|halves|quarters?|(?:{'|'.join(ORDINAL_WORDS)})s?)\b",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"\b[IVX]{1,5}\b")
_PLAIN_SIGN = re.compile("[〇一二三四五六七八九十百千万億兆]")
"""Signs that count by themselves; the formal ones are parts of other words, as in 参加."""
_KANJI_RUN = re.compile(f"[{KANJI_NUMERALS}]+")
_BARE_DIGITS = re.compile(r"(?<![0-9,.])[0-9]{1,9}(?![0-9,.]*[0-9])")


@cache
def number_words(japanese: bool) -> tuple[tuple[re.Pattern[str], frozenset[Fraction]], ...]:
    """Read the words of a language that may stand for numbers, each row with its numbers."""
    content = files("workbench.language").joinpath("data/number_words.txt").read_text(encoding="utf-8")
    found = []
    for line in content.splitlines():
        head, _, words = line.partition(" : ")
        language, *values = head.split()
        if language == ("ja" if japanese else "en"):
            written = "|".join(words.replace("_", r"\s+").split())
            form = re.compile(written if japanese else rf"\b(?:{written})\b", re.IGNORECASE)
            found.append((form, frozenset(map(Fraction, values))))
    return tuple(found)


def soft_numbers(half: Half, aside: Sequence[Passage] = ()) -> frozenset[Fraction]:
    """Give the numbers that words of one side may stand for: they answer for a number and raise none.

    Some places can be left aside.
    """
    if aside:
        signs = list(half.words)
        for place in aside:
            signs[place.start : place.end] = " " * len(place)
        half = Half("".join(signs), half.language)
    words = half.folded
    found = {Fraction(value) for match in _ROMAN.finditer(words) if (value := roman_number(match.group()))}
    found.update(map(Fraction, _BARE_DIGITS.findall(words)))
    found |= _kanji_numbers(words) if half.is_japanese else _parts_of_one(words)
    for pattern, values in number_words(half.is_japanese):
        if pattern.search(words):
            found |= values
    return frozenset(found)


def _kanji_numbers(words: str) -> set[Fraction]:
    """Read every run of kanji numerals and each of its signs, whatever word they are part of."""
    runs = [match.group() for match in _KANJI_RUN.finditer(words)]
    written = [
        part for run in runs for part in ((run,) if len(run) > 1 else ()) + tuple(_PLAIN_SIGN.findall(run))
    ]
    return {value for part in written if (value := japanese_number(part)) is not None}


def _parts_of_one(words: str) -> set[Fraction]:
    """Read `two-thirds` and the like, also as per cent."""
    values = (english_number(match.group()) for match in _PARTS.finditer(words))
    return {each for value in values if value is not None for each in (value, value * 100)}
