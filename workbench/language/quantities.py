"""What a text counts and dates: numbers, ordinals, amounts, shares, dates, references, with their places.

Both languages give the same values, so that a translation can be compared with its source: 令和3年 and 2021,
1億2,000万円 and 120 million yen, 第5条第2項第1号 and Article 5(2)(i). Width and normal form do not matter;
the places are those of the text as it is stored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from workbench.language.folding import Fold, FoldedText, folding
from workbench.model.text import Passage


class Kind(StrEnum):
    """What a quantity is."""

    NUMBER = "number"
    ORDINAL = "ordinal"
    AMOUNT = "amount"
    SHARE = "share"
    """A percentage or a fraction; its value is the part of one."""
    DATE = "date"
    REFERENCE = "reference"


class PartialDate(NamedTuple):
    """A date, as much of it as the text gives."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


class Reference(NamedTuple):
    """A place in a law: (level, number) from the outside in, such as (("article", "5"), ("item", "1")).

    A number is decimal, with its branches: 第22条の4 and Article 22-4 are "22-4".
    """

    levels: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity of a text."""

    kind: Kind
    start: int
    end: int
    value: Fraction | PartialDate | Reference
    unit: str = ""
    """Currency of an amount as an ISO code; empty for the rest."""

    @property
    def numbers(self) -> frozenset[Fraction]:
        """Give the bare numbers it is made of, by which it is found again whatever its kind."""
        if isinstance(self.value, Fraction):
            return frozenset({self.value * 100 if self.kind is Kind.SHARE and self.unit else self.value})
        if isinstance(self.value, PartialDate):
            return frozenset(Fraction(part) for part in self.value if part is not None)
        parts = (part for _, number in self.value.levels for part in number.split("-"))
        return frozenset(Fraction(part) for part in parts if part.isdigit())


class Found(NamedTuple):
    """A quantity in the folded text, before its place in the stored one is known."""

    kind: Kind
    start: int
    end: int
    value: Fraction | PartialDate | Reference
    unit: str = ""


_JAPANESE = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")


def quantities(content: str, language: str = "") -> tuple[Quantity, ...]:
    """List the quantities of a text in order; none overlaps another.

    Without `language`, a text with kana or kanji is read by the Japanese rules.
    """
    from workbench.language import quantities_en, quantities_ja

    folded = FoldedText(folding(Fold.CASED), content)
    japanese = language.startswith("ja") or (not language and bool(_JAPANESE.search(folded.content)))
    found = (quantities_ja if japanese else quantities_en).found(folded.content)
    return tuple(_placed(folded, one) for one in found)


def _placed(folded: FoldedText, one: Found) -> Quantity:
    passage: Passage = folded.passage(one.start, one.end)
    return Quantity(one.kind, passage.start, passage.end, one.value, one.unit)


def real_date(year: int | None, month: int | None = None, day: int | None = None) -> PartialDate | None:
    """Make a date; None where the calendar has no such month or day."""
    longest = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    if month is not None and not 1 <= month <= 12:
        return None
    if day is not None and not (month is not None and 1 <= day <= longest[month - 1]):
        return None
    return PartialDate(year, month, day)


ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
"""The year before the first of each era."""
