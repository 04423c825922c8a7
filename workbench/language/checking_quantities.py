"""Numbers, dates, amounts and references that stand on one side of a pair only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from workbench.language.checked_pair import Half, Pair, Seen, asked
from workbench.language.number_words import soft_numbers
from workbench.language.numerals import KANJI_NUMERALS, japanese_number
from workbench.language.quantities import Kind, PartialDate, Quantity, Reference, quantities
from workbench.model.text import Passage
from workbench.model.translation_check import CheckKind

_FAMILY = {
    Kind.NUMBER: CheckKind.NUMBERS,
    Kind.ORDINAL: CheckKind.NUMBERS,
    Kind.AMOUNT: CheckKind.AMOUNTS,
    Kind.SHARE: CheckKind.AMOUNTS,
    Kind.DATE: CheckKind.DATES,
    Kind.REFERENCE: CheckKind.REFERENCES,
}
_NONE = {
    CheckKind.NUMBERS: "no such number",
    CheckKind.DATES: "no such date",
    CheckKind.AMOUNTS: "no such amount",
    CheckKind.REFERENCES: "no such reference",
}
_MONTH_NAMES = "JanFebMarAprMayJunJulAugSepOctNovDec"
_MONTH_NAME = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:[a-z]*)\b")
_ORDINAL_RATHER = re.compile(r"an?\s", re.IGNORECASE)
"""`A third state` is none of three parts."""
_BOTH = re.compile(r"両(?=[市院国者県社府町村校])|双方")
_SHORT_SCALE = re.compile(r"\s?(?P<scale>m|k|tn|trn|K|M|B|b)\b(?!\s?/)")
_SHORT = {"m": 10**6, "M": 10**6, "k": 1000, "K": 1000, "tn": 10**12, "trn": 10**12, "b": 10**9, "B": 10**9}
_CLOCK_JA = re.compile(r"\s?[時:]")
_CLOCK_EN = re.compile(r"(?:\s?[:.][0-5][0-9])?\s?(?:[ap]\.?m\b|o['’]?clock)|:[0-5][0-9]", re.IGNORECASE)
_ERA_YEAR = re.compile(rf"(?:明治|大正|昭和|平成|令和|[MTSHR])\s?([0-9{KANJI_NUMERALS}]+)")
_NAMED = re.compile(r"[A-Za-z]-?$")
_DIGIT = re.compile(r"[0-9]")
_SPACED_SCALE = re.compile(r"\s(?P<scale>[千万億兆])")
_SPACED = {"千": 1000, "万": 10**4, "億": 10**8, "兆": 10**12}
_IDIOM = re.compile(r"50音|24時間|365日")
_SURE_WORD = 11
"""From here a number in words is hardly a figure of speech."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity of one side, with the values it may stand for."""

    quantity: Quantity
    numbers: frozenset[Fraction]
    readings: frozenset[Fraction]
    """Values that count as the same: 4 p.m. is 16 o'clock."""
    is_sure: bool
    """Whether it is asked about though the other side has nothing in its place."""

    @property
    def place(self) -> Passage:
        """Give its place."""
        return Passage(self.quantity.start, self.quantity.end)

    @property
    def family(self) -> CheckKind:
        """Give the kind of question it leads to."""
        return _FAMILY[self.quantity.kind]

    @property
    def shape(self) -> object:
        """Tell which parts it has, of a date or a reference."""
        value = self.quantity.value
        if isinstance(value, PartialDate):
            return tuple(part is not None for part in value)
        if isinstance(value, Reference):
            return tuple(level for level, _ in value.levels)
        return None

    def equals(self, other: Figure) -> bool:
        """Tell whether both say the same."""
        ours, theirs = self.quantity, other.quantity
        if isinstance(ours.value, Fraction) and isinstance(theirs.value, Fraction):
            money = Kind.AMOUNT in (ours.kind, theirs.kind) and ours.unit and theirs.unit
            return bool(self.readings & other.readings) and (not money or ours.unit == theirs.unit)
        if isinstance(ours.value, Reference) and isinstance(theirs.value, Reference):
            return [number for _, number in ours.value.levels] == [n for _, n in theirs.value.levels]
        return ours.value == theirs.value


def quantity_questions(pair: Pair) -> Iterator[Seen]:
    """Ask about quantities that the other side has not: first those with something else in their place."""
    ours, theirs = figures(pair.source), figures(pair.target)
    covers = _cover(pair.target, theirs), _cover(pair.source, ours)
    left = [one for one in ours if not _is_among(one, theirs, covers[0])]
    right = [one for one in theirs if not _is_among(one, ours, covers[1])]
    pairs = [*_in_other_money(left, right), *_conflicting(left, right)]
    taken = {id(each) for both in pairs for each in both}
    left = [one for one in left if id(one) not in taken and not _is_covered(one, covers[0])]
    right = [one for one in right if id(one) not in taken and not _is_covered(one, covers[1])]
    for family in dict.fromkeys(one.family for one in (*left, *right)):
        here = [one for one in left if one.family is family]
        there = [one for one in right if one.family is family]
        pairs += zip(here, there, strict=False)
    taken = {id(each) for both in pairs for each in both}
    alone = [[one for one in side if id(one) not in taken] for side in (left, right)]
    pairs += _mixed(*alone)
    pairs += _spent(pair, ours, theirs, alone)
    taken = {id(each) for both in pairs for each in both}
    for one, other in pairs:
        yield _asked(pair, one.family, [one], [other])
    for one in alone[0]:
        if one.is_sure and id(one) not in taken:
            yield _asked(pair, one.family, [one], [])
    for one in alone[1]:
        if one.is_sure and id(one) not in taken:
            yield _asked(pair, one.family, [], [one])


def _in_other_money(left: Sequence[Figure], right: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Set amounts of the same value in different currencies against each other."""
    return [
        (one, other)
        for one in left
        for other in right
        if one.quantity.unit
        and other.quantity.unit
        and one.quantity.kind is other.quantity.kind is Kind.AMOUNT
        and one.readings & other.readings
    ]


def _spent(
    pair: Pair, ours: Sequence[Figure], theirs: Sequence[Figure], alone: Sequence[Sequence[Figure]]
) -> list[tuple[Figure, Figure]]:
    """Set a number that stands alone against one of the other side whose equal stands for another already.

    Two years and two times on one side, three years and two times on the other.
    """
    for near, (here, there) in enumerate(((ours, theirs), (theirs, ours))):
        if len(alone[near]) != 1 or alone[1 - near] or alone[near][0].family is not CheckKind.NUMBERS:
            continue
        spare = _without_equals(there, here)
        soft = soft_numbers((pair.source, pair.target)[near], aside=[one.place for one in here])
        free = [one for one in spare if one.family is CheckKind.NUMBERS and not one.readings & soft]
        if len(free) == 1:
            both = (alone[near][0], free[0])
            return [both if near == 0 else (both[1], both[0])]
    return []


def _without_equals(some: Sequence[Figure], others: Sequence[Figure]) -> list[Figure]:
    """List the figures that are left when each of the others has taken one equal to it."""
    left = list(others)
    spare = []
    for one in some:
        equal = next((other for other in left if one.equals(other)), None)
        if equal is None:
            spare.append(one)
        else:
            left.remove(equal)
    return spare


def _conflicting(left: Sequence[Figure], right: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Set dates and references with the same parts against each other, in their order."""
    found: list[tuple[Figure, Figure]] = []
    for shape in dict.fromkeys(one.shape for one in left if one.shape is not None):
        here = [one for one in left if one.shape == shape]
        there = [one for one in right if one.shape == shape]
        if len(here) == len(there):
            found += zip(here, there, strict=True)
    return found


def _mixed(left: Sequence[Figure], right: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Set what is left on both sides against each other where both have one."""
    if len(left) == len(right) == 1 and (left[0].is_sure or right[0].is_sure):
        return [(left[0], right[0])]
    return []


def _asked(pair: Pair, family: CheckKind, ours: Sequence[Figure], theirs: Sequence[Figure]) -> Seen:
    source, target = [one.place for one in ours], [one.place for one in theirs]
    words = asked(pair, source, target, _NONE[family])
    return Seen(family, tuple(source), tuple(target), words, 1 if source and target else 2)


@dataclass(frozen=True, slots=True)
class Cover:
    """What one side has to answer for quantities of the other: bare numbers, and months by themselves."""

    numbers: frozenset[Fraction]
    months: frozenset[Fraction]


def _cover(half: Half, found: Sequence[Figure]) -> Cover:
    soft = soft_numbers(half)
    numbers = soft.union(number for one in found for number in (*one.numbers, *one.readings))
    values = [one.quantity.value for one in found]
    months = {Fraction(value.month) for value in values if isinstance(value, PartialDate) and value.month}
    if half.is_japanese:
        return Cover(numbers, frozenset(months | (numbers if "月" in half.words else set())))
    named = (_MONTH_NAMES.index(match.group()[:3]) // 3 + 1 for match in _MONTH_NAME.finditer(half.words))
    return Cover(numbers, frozenset(months.union(map(Fraction, named))))


def _is_among(one: Figure, others: Sequence[Figure], cover: Cover) -> bool:
    """Tell whether the other side says the same, of a day perhaps with its year named elsewhere."""
    return any(one.equals(other) or _is_same_day(one, other, cover) for other in others)


def _is_same_day(one: Figure, other: Figure, cover: Cover) -> bool:
    ours, theirs = one.quantity.value, other.quantity.value
    if not isinstance(ours, PartialDate) or not isinstance(theirs, PartialDate) or ours.day is None:
        return False
    years = {Fraction(ours.year), *(one.readings - one.numbers)} if ours.year is not None else set()
    return (
        (ours.month, ours.day) == (theirs.month, theirs.day)
        and None in (ours.year, theirs.year)
        and (ours.year is None or bool(years & cover.numbers))
    )


def _is_covered(one: Figure, cover: Cover) -> bool:
    value = one.quantity.value
    if isinstance(value, Fraction):
        return bool(one.readings & cover.numbers)
    if isinstance(value, PartialDate):
        years = {Fraction(value.year), *(one.readings - one.numbers)} if value.year is not None else set()
        return (
            (value.year is None or bool(years & cover.numbers))
            and (value.month is None or value.month in cover.months)
            and (value.day is None or value.day in cover.numbers)
        )
    return one.numbers <= cover.numbers


def figures(half: Half) -> list[Figure]:
    """List the quantities of one side."""
    found = []
    for quantity in quantities(half.words, half.language):
        place = Passage(quantity.start, quantity.end)
        written = half.written(place)
        before = half.words[max(0, quantity.start - 3) : quantity.start]
        after = half.words[quantity.end : quantity.end + 12]
        readings = set(quantity.numbers)
        if quantity.kind is Kind.SHARE and isinstance(quantity.value, Fraction):
            readings |= {quantity.value, quantity.value * 100}
        if era := _ERA_YEAR.match(written):
            readings |= {value for value in (japanese_number(era[1]),) if value is not None}
        for pattern, sizes in ((_SHORT_SCALE, _SHORT), (_SPACED_SCALE, _SPACED)):
            if scale := pattern.match(after):
                readings |= {number * sizes[scale["scale"]] for number in readings}
        if (_CLOCK_JA if half.is_japanese else _CLOCK_EN).match(after):
            readings |= {number + shift for number in quantity.numbers for shift in (12, -12)}
        named = _NAMED.search(before) is not None or _IDIOM.match(written + after) is not None
        is_sure = not named and _is_sure(quantity, written)
        found.append(Figure(quantity, quantity.numbers, frozenset(readings), is_sure))
    if half.is_japanese:
        two = frozenset({Fraction(2)})
        for match in _BOTH.finditer(half.folded):
            place = half.place(*match.span())
            quantity = Quantity(Kind.NUMBER, place.start, place.end, Fraction(2))
            found.append(Figure(quantity, two, two, False))
    return found


def _is_sure(quantity: Quantity, written: str) -> bool:
    if quantity.kind is Kind.DATE:
        assert isinstance(quantity.value, PartialDate)
        return quantity.value.year is not None or quantity.value.day is not None
    if isinstance(quantity.value, Reference) or quantity.kind in (Kind.AMOUNT, Kind.SHARE):
        return not _ORDINAL_RATHER.match(written)
    largest = max(quantity.numbers)
    return (bool(_DIGIT.search(written)) and largest > 1) or largest >= _SURE_WORD
