"""Numbers as they are written: in kanji, mixed as in 3億5,000万, in English words, in Roman letters."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

KANJI_DIGITS = {
    **{sign: value for value, sign in enumerate("〇一二三四五六七八九")},
    "零": 0,
    "壱": 1,
    "弐": 2,
    "参": 3,
}
_TENS = {"十": 10, "拾": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "億": 10**8, "兆": 10**12, "京": 10**16}
KANJI_NUMERALS = "".join((*KANJI_DIGITS, *_TENS, *_MYRIADS))
"""Every character that a number in kanji may hold."""

_SECTION = re.compile(r"([\d,.]+)?([十拾百千]?)")
_BY_MYRIADS = re.compile(r"([^万億兆京]*)([万億兆京]|\Z)")
_DIGITS = str.maketrans({sign: str(value) for sign, value in KANJI_DIGITS.items()})

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_TENTHS = "twenty thirty forty fifty sixty seventy eighty ninety"
WORDS = {
    **{word: value for value, word in enumerate(_UNITS.split())},
    **{word: 10 * value for value, word in enumerate(_TENTHS.split(), 2)},
}
"""English number words below a hundred."""
ORDINAL_WORDS = {
    **{word: value for value, word in enumerate(_ORDINALS.split())},
    **{word[:-1] + "ieth": 10 * value for value, word in enumerate(_TENTHS.split(), 2)},
    "hundredth": 100,
}
SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "mn": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ROMAN_FORM = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")


def japanese_number(written: str) -> Fraction | None:
    """Read a number in digits, kanji or both (`二〇一六`, `三十億`, `1万5千`); None for anything else.

    `written` is in compatibility form (no full-width digits).
    """
    if not written:
        return None
    total = Fraction(0)
    last = max(_MYRIADS.values()) * 10
    for match in _BY_MYRIADS.finditer(written):
        words, scale = match.groups()
        if not words and not scale:
            continue
        section = _below_a_myriad(words) if words else None
        size = _MYRIADS.get(scale, 1)
        if section is None or size >= last or (scale and section >= 10**4):
            return None
        if size == 1 and last <= 10**16 and section >= 10**4:
            return None
        total, last = total + section * size, size
    return total


def _below_a_myriad(words: str) -> Fraction | None:
    """Read what stands before 万 or at the end; only digits may go beyond 9,999."""
    plain = words.translate(_DIGITS)
    if _is_decimal(plain):
        return Fraction(plain.replace(",", ""))
    total = Fraction(0)
    last = 10**4
    at = 0
    while at < len(plain):
        match = _SECTION.match(plain, at)
        if match is None or match.end() == at:
            return None
        digits, scale = match.groups()
        if digits and not _is_decimal(digits):
            return None
        value = Fraction(digits.replace(",", "")) if digits else Fraction(1)
        size = _TENS.get(scale, 1)
        if size >= last or (at and value >= 10) or (scale and value >= 10):
            return None
        total, last, at = total + value * size, size, match.end()
    return total


def _is_decimal(digits: str) -> bool:
    return re.fullmatch(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?", digits) is not None


def english_number(words: str) -> Fraction | None:
    """Read a number in words or mixed (`two hundred and fifty`, `3.5 million`, `one-third`) or give None."""
    parts = [part for part in re.split(r"[\s-]+", words.casefold()) if part != "and"]
    if len(parts) == 2 and (share := _share(*parts)) is not None:
        return share
    total, section = Fraction(0), Fraction(0)
    seen = False
    for part in parts:
        if part in SCALES:
            scale = SCALES[part]
            section = (section if seen else Fraction(1)) * scale
            if scale > 100:
                total, section = total + section, Fraction(0)
        elif (value := _simple(part)) is not None:
            section += value
        elif part in ("a", "an") and not seen:
            continue
        else:
            return None
        seen = True
    return total + section if seen else None


def _simple(word: str) -> Fraction | None:
    if word in WORDS:
        return Fraction(WORDS[word])
    return Fraction(word.replace(",", "")) if _is_decimal(word) else None


def _share(count: str, part: str) -> Fraction | None:
    """Read `two thirds`; halves and quarters too."""
    below = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4}.get(part)
    word = part.removesuffix("s")
    if below is None and word in ORDINAL_WORDS and ORDINAL_WORDS[word] > 2:
        below = ORDINAL_WORDS[word]
    above = WORDS.get(count, 1 if count in ("a", "an") else 0)
    return Fraction(above, below) if below and above and (word != part or above == 1) else None


def ordinal_number(words: str) -> int | None:
    """Read `first`, `twenty-first` or `23rd`; None for anything else."""
    word = words.casefold()
    if match := re.fullmatch(r"([0-9]+)(?:st|nd|rd|th)", word):
        return int(match[1])
    tens, _, last = word.rpartition("-")
    if last not in ORDINAL_WORDS or (tens and WORDS.get(tens, 0) < 20):
        return None
    return WORDS.get(tens, 0) + ORDINAL_WORDS[last]


def roman_number(letters: str) -> int | None:
    """Read a Roman numeral in either case; None for anything else."""
    low = letters.casefold()
    if not low or not _ROMAN_FORM.fullmatch(low):
        return None
    values = [_ROMAN[letter] for letter in low]
    return sum(-one if one < after else one for one, after in pairwise([*values, 0]))
