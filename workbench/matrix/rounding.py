"""From exact fractions to printed figures. Nothing is ever computed from what this prints."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

UNDEFINED = "undefined"
"""Printed where there is nothing to divide by."""


class RoundingRule(StrEnum):
    """What happens to the digits that are not printed."""

    HALF_UP = "half-up"
    """To the nearest; a half goes away from zero."""
    TRUNCATED = "truncated"
    """Cut off, towards zero."""


@dataclass(frozen=True, slots=True)
class Rounding:
    """A rounding rule with its number of decimals; every table names it."""

    rule: RoundingRule = RoundingRule.HALF_UP
    decimals: int = 1

    @property
    def name(self) -> str:
        """Name the rule as tables print it."""
        how = "rounded half up" if self.rule is RoundingRule.HALF_UP else "truncated"
        return f"{how} to {self.decimals} decimal{'' if self.decimals == 1 else 's'}"

    def printed(self, value: Fraction | None) -> str:
        """Print a figure; whole numbers carry no decimals, so that `9.0` means nearly nine."""
        if value is None:
            return UNDEFINED
        if value.denominator == 1:
            return str(value.numerator)
        scale = 10**self.decimals
        half = Fraction(1, 2) if self.rule is RoundingRule.HALF_UP else 0
        digits = int(abs(value) * scale + half)
        sign = "-" if value < 0 and digits else ""
        whole, rest = divmod(digits, scale)
        return f"{sign}{whole}.{rest:0{self.decimals}}" if self.decimals else f"{sign}{whole}"

    def percent(self, share: Fraction | None) -> str:
        """Print a share as a percentage."""
        return UNDEFINED if share is None else f"{self.printed(share * 100)} %"
