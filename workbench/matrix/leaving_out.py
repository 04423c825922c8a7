"""Scores of all cases with every measure, or every pair of measures, left out.

Scores are kept on one scale, so that they compare but are not yet divided: whole numbers over the common
denominator of all the shares that can occur. What a pair takes away is put together from what its two
measures take away, and only the themes that hold both are worked out anew. Measures that count once are
left out together, as the one measure they stand for. Where themes can leave the mean of a case, every score
travels with the weight of the themes it is made of, and is divided by it at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import TypeAlias

from workbench.matrix.ranks import Basis
from workbench.matrix.variants import (
    Answers,
    Variant,
    cell_weights,
    check_variant,
    code_weight,
    standing,
    still_open,
)

Number: TypeAlias = int | Fraction
Vector: TypeAlias = list[Number]
"""One number for each case, in the order of the answers."""
Set: TypeAlias = tuple[tuple[str, ...], Vector, Number]
"""Ids of the codes left out; the scores; how many on their scale make one."""

_LONGEST = 2048
"""Bits of the longest common denominator that is quicker than fractions."""
_HEAVIEST = 64
"""Weight of all themes up to which means of unlike sets of themes are brought to one denominator."""
_SHARES_PER_CASE = 64
"""Unlike weights in one theme beyond which no common denominator is sought."""


@dataclass(slots=True)
class _Block:
    """A sum, or a share, that scores are made of: one theme, or all of them together."""

    weight: int
    reached: list[int]
    counted: list[int]
    open: list[int]
    """Measures still to be assessed."""
    units: int = 0
    """How many measures are in it."""


@dataclass(slots=True)
class _Unit:
    """A measure: one code, or several that count once."""

    codes: tuple[str, ...]
    reached: dict[int, list[int]] = field(default_factory=dict)
    """By number of the block, what each case loses with the measure."""
    counted: dict[int, list[int]] = field(default_factory=dict)
    open: dict[int, list[int]] = field(default_factory=dict)


class LeavingOut:
    """The scores of a variant, and what they become without a measure or two."""

    def __init__(self, answers: Answers, variant: Variant) -> None:
        check_variant(answers, variant)
        self._answers = answers
        self._variant = variant
        self._total = variant.basis is Basis.TOTAL
        self._fill()
        self._common = 1 if self._total else self._common_denominator()
        self._varies = variant.basis is Basis.EQUAL_THEMES and bool(answers.outside)
        heaviest = sum(block.weight for block in self._blocks) if self._varies else 1
        self._divisor = lcm(*range(1, heaviest + 1)) if heaviest <= _HEAVIEST else None
        self.whole = self._common is not None and self._divisor is not None
        """Whether the scores are whole numbers."""
        self._inverse: dict[int, int] = {}
        self._lowest = -self._bound() - 1
        self.lowest = self._lowest * (self._divisor or 1)
        """Every defined score is above it."""
        self._undefined = 2 * self._lowest
        """What an undefined share adds; no other can bring the sum back above the lowest."""
        self._rows = [
            self._row(number, block.reached, block.counted, block.open)
            for number, block in enumerate(self._blocks)
        ]
        self._length = len(answers.case_ids) * (2 if self._varies else 1)
        self._base = _added(self._rows, self._length)

    def singles(self) -> Iterator[Set]:
        """Go through every measure: the scores without it."""
        for unit in self._units:
            gone = self._emptied((unit,))
            yield (
                unit.codes,
                self._settled(_plus(self._base, self._changes[unit.codes]), gone),
                self._one(gone),
            )

    def pairs(self) -> Iterator[Set]:
        """Go through every pair of measures: the scores without both."""
        alone = len(self._blocks) == 1
        for position, first in enumerate(self._units):
            without = _plus(self._base, self._changes[first.codes])
            for second in self._units[position + 1 :]:
                shared = first.reached.keys() & second.reached.keys()
                if alone:
                    scores = self._row_without(0, (first, second))
                else:
                    scores = _plus(without, self._changes[second.codes])
                    for number in shared:
                        scores = _plus(scores, self._together(number, first, second))
                gone = self._emptied((first, second))
                yield (*first.codes, *second.codes), self._settled(scores, gone), self._one(gone)

    def _fill(self) -> None:
        """Put weighted answers into blocks and measures, as whole numbers of one size."""
        answers, variant = self._answers, self._variant
        themes = standing(answers, variant)
        by_theme = variant.basis is Basis.EQUAL_THEMES
        weights = cell_weights(answers, variant)
        theme_of = {code: row.theme_id for row in answers.rows for code in row.code_ids}
        counted = {
            cell: weight if by_theme else weight * themes[theme_of[cell[1]]]
            for cell, weight in weights.items()
            if weight and theme_of[cell[1]] in themes
        }
        reached = {cell: weight * answers.values[cell] for cell, weight in counted.items()}
        self._size = lcm(*(value.denominator for value in (*counted.values(), *reached.values())))
        shares = lcm(*(weight.denominator for weight in themes.values()))
        cases = range(len(answers.case_ids))
        block_of = {theme: number if by_theme else 0 for number, theme in enumerate(themes)}
        self._blocks = [
            _Block(
                int(weight * shares) if by_theme else 1,
                [0 for _ in cases],
                [0 for _ in cases],
                [0 for _ in cases],
            )
            for weight in (themes.values() if by_theme else list(themes.values())[:1])
        ]
        unsettled = dict.fromkeys(still_open(answers, variant), Fraction(1, self._size))
        codes = [c for c in answers.code_ids if code_weight(variant, c) and theme_of[c] in themes]
        self._units = []
        for ids in measures_of(codes, variant.counted_once):
            unit = _Unit(ids)
            for code_id in ids:
                number = block_of[theme_of[code_id]]
                self._put(unit, number, *(self._scaled(v, code_id) for v in (reached, counted, unsettled)))
            for number in unit.reached:
                self._blocks[number].units += 1
            self._units.append(unit)

    def _scaled(self, values: dict[tuple[str, str], Fraction], code_id: str) -> list[int]:
        return [int(values.get((case, code_id), 0) * self._size) for case in self._answers.case_ids]

    def _put(
        self, unit: _Unit, number: int, reached: list[int], counted: list[int], opened: list[int]
    ) -> None:
        block = self._blocks[number]
        none = [0] * len(reached)
        for sums, amounts in ((unit.reached, reached), (unit.counted, counted), (unit.open, opened)):
            sums[number] = [x + y for x, y in zip(sums.get(number, none), amounts, strict=True)]
        for sums_of_block, amounts in (
            (block.reached, reached),
            (block.counted, counted),
            (block.open, opened),
        ):
            sums_of_block[:] = [x + y for x, y in zip(sums_of_block, amounts, strict=True)]

    def _common_denominator(self) -> int | None:
        """Find what all shares can be written over; None where it would be too long."""
        seen: set[int] = set()
        for number, block in enumerate(self._blocks):
            for case, whole in enumerate(block.counted):
                steps = {unit.counted[number][case] for unit in self._units if number in unit.counted} | {0}
                if len(steps) > _SHARES_PER_CASE:
                    return None
                seen |= {whole - one - other for one in steps for other in steps if whole > one + other}
        common = 1
        for value in seen:
            common = lcm(common, value)
            if common.bit_length() > _LONGEST:
                return None
        return common

    def _bound(self) -> int:
        """Find what no sum of defined scores can exceed on either side of zero."""
        values = [abs(value) for value in self._answers.values.values()]
        largest = int(max(values, default=Fraction(0))) + 1
        if self._total:
            return largest * sum(max(block.counted) for block in self._blocks) + 1
        return largest * (self._common or 1) * sum(block.weight for block in self._blocks) + 1

    def _row(
        self, number: int, reached: Sequence[int], counted: Sequence[int], opened: Sequence[int]
    ) -> Vector:
        """Turn sums into what a block adds to the scores, and to the weights behind them."""
        shares = self._shares(number, reached, counted)
        if not self._varies:
            return shares
        weight = self._blocks[number].weight
        stays = [bool(size or unsettled) for size, unsettled in zip(counted, opened, strict=True)]
        row: Vector = [share if held else 0 for share, held in zip(shares, stays, strict=True)]
        row += [weight if held else 0 for held in stays]
        return row

    def _shares(self, number: int, reached: Sequence[int], counted: Sequence[int]) -> Vector:
        undefined, weight = self._undefined, self._blocks[number].weight
        pairs = zip(reached, counted, strict=True)
        if self._total:
            return [value if size else undefined for value, size in pairs]
        common = self._common
        if common is None:
            return [Fraction(weight * value, size) if size else undefined for value, size in pairs]
        inverse = self._inverse
        row: Vector = []
        for value, size in pairs:
            if size not in inverse:
                inverse[size] = common // size if size else 0
            row.append(weight * value * inverse[size] if size else undefined)
        return row

    def _row_without(self, number: int, units: Sequence[_Unit]) -> Vector:
        block = self._blocks[number]
        if len(units) == block.units:
            return [0] * self._length
        reached, counted, opened = block.reached, block.counted, block.open
        for unit in units:
            reached = [x - y for x, y in zip(reached, unit.reached[number], strict=True)]
            counted = [x - y for x, y in zip(counted, unit.counted[number], strict=True)]
            if self._varies:
                opened = [x - y for x, y in zip(opened, unit.open[number], strict=True)]
        return self._row(number, reached, counted, opened)

    @cached_property
    def _changes_by_block(self) -> dict[tuple[tuple[str, ...], int], Vector]:
        return {
            (unit.codes, number): _minus(self._row_without(number, (unit,)), self._rows[number])
            for unit in self._units
            for number in unit.reached
        }

    @cached_property
    def _changes(self) -> dict[tuple[str, ...], Vector]:
        """What each measure takes from the scores when it goes alone."""
        return {
            unit.codes: _added([self._changes_by_block[unit.codes, n] for n in unit.reached], self._length)
            for unit in self._units
        }

    def _together(self, number: int, first: _Unit, second: _Unit) -> Vector:
        """Work out what a block that holds both adds to what each takes alone."""
        both = _minus(self._row_without(number, (first, second)), self._rows[number])
        once = _plus(
            self._changes_by_block[first.codes, number], self._changes_by_block[second.codes, number]
        )
        return _minus(both, once)

    def _emptied(self, units: Sequence[_Unit]) -> set[int]:
        """Number the blocks that have no measure left."""
        return {
            number
            for unit in units
            for number in unit.reached
            if self._blocks[number].units == sum(number in other.reached for other in units)
        }

    def _settled(self, sums: Vector, emptied: set[int]) -> Vector:
        """Bring the sums of blocks to one scale, undefined where nothing is left to score by."""
        if len(emptied) == len(self._blocks):
            return [2 * self.lowest for _ in self._answers.case_ids]
        if not self._varies:
            return sums
        half, divisor = len(self._answers.case_ids), self._divisor
        scores: Vector = []
        for score, weight in zip(sums[:half], sums[half:], strict=True):
            if not weight or score < self._lowest:
                scores.append(2 * self.lowest)
            elif divisor is None:
                scores.append(Fraction(score) / weight)
            else:
                scores.append(score * (divisor // int(weight)))
        return scores

    def _one(self, emptied: set[int]) -> Number:
        """Give the size of one on the scale of the scores."""
        if self._total:
            return self._size
        if self._varies:
            return (self._common or 1) * (self._divisor or 1)
        weight = sum(block.weight for number, block in enumerate(self._blocks) if number not in emptied)
        return (self._common or 1) * weight


def measures_of(codes: Sequence[str], groups: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Put codes that count once together, where the first of them stands."""
    group_of = {code: tuple(c for c in codes if c in group) for group in groups for code in group}
    return list(dict.fromkeys(group_of.get(code, (code,)) for code in codes))


def _added(vectors: Iterable[Vector], size: int) -> Vector:
    total: Vector = [0] * size
    for vector in vectors:
        total = _plus(total, vector)
    return total


def _plus(one: Vector, other: Vector) -> Vector:
    return [x + y for x, y in zip(one, other, strict=True)]


def _minus(one: Vector, other: Vector) -> Vector:
    return [x - y for x, y in zip(one, other, strict=True)]
