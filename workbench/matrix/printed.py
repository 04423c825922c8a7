"""Compare a printed table with what its cells add up to.

Every printed figure is computed anew from the cells as an exact fraction. One that is not the exact figure
rounded half up, at the decimals of its table, is listed with the ways of rounding or computing that would
give it. What no way explains is called unexplained; nothing is guessed about rows and columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from workbench.matrix.counts import Counts, Tally
from workbench.matrix.printed_reading import Figure, PrintedFigure, PrintedTable, RowKind
from workbench.matrix.rounding import UNDEFINED, Rounding, RoundingRule


class Kind(StrEnum):
    """Why a printed figure is listed."""

    TRUNCATED = "truncated"
    """The digits that are not printed were cut off."""
    UNEXPLAINED = "wrong"
    """Neither rounding nor cutting off gives it at the decimals of its table."""
    DOES_NOT_ADD_UP = "does not add up"
    """It follows from the cells, but the printed figures it sums up give another."""
    UNDEFINED = "undefined"
    """There is nothing it could be computed from."""


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A printed figure that does not follow, or that contradicts its neighbours."""

    table: str
    row: str
    column: str
    line: int
    """Line of the file, from 1."""
    printed: str
    exact: Fraction | None
    rounded: str
    """The exact figure, rounded half up at the decimals of the table."""
    kind: Kind
    what: str
    """The kind as a sentence with its figures."""
    would_give: tuple[str, ...] = ()
    """Ways of computing that give the printed figure; empty where none is known."""
    repeats: str = ""
    """Name of the earlier table that prints the same figure the same way."""
    contradicts: str = ""
    """What another table prints for the same figure: `3.3 in table 2.6`."""

    @property
    def exact_words(self) -> str:
        """Print the fraction with three decimals beside it: `17/3 = 5.667`."""
        if self.exact is None:
            return UNDEFINED
        decimal = Rounding(decimals=3).printed(self.exact)
        if "." in decimal:
            decimal = decimal.rstrip("0").rstrip(".")
        return decimal if self.exact.denominator == 1 else f"{self.exact} = {decimal}"


def compare(counts: Counts, tables: Sequence[PrintedTable]) -> list[Discrepancy]:
    """Compute the figures of printed tables anew and list those that do not follow, in printed order.

    Tables that print one figure more than once are held against each other. The tables
    need names of their own.
    """
    every = [(table.name, printed) for table in tables for printed in table.figures]
    found: list[Discrepancy] = []
    for number, (table, printed) in enumerate((t, p) for t in tables for p in t.figures):
        one = _discrepancy(counts, table, printed)
        if one is not None:
            found.append(_beside(one, printed, every[:number], every))
    return found


def exact_figure(counts: Counts, figure: Figure) -> Fraction | None:
    """Compute a figure from the cells; None where there is nothing to divide by.

    A case to which nothing applies leaves an average, as it leaves those of the counts.
    """
    if figure.kind is RowKind.AVERAGE:
        values = [counts.average(case_id) for case_id in figure.case_ids]
    else:
        tallies = [_tally(counts, figure, case_id) for case_id in figure.case_ids]
        values = [tally.figure for tally in tallies if tally.outside < tally.listed]
    known = [value for value in values if value is not None]
    if not known or len(known) < len(values):
        return None
    return sum(known, start=Fraction(0)) / len(known)


def _tally(counts: Counts, figure: Figure, case_id: str) -> Tally:
    return counts.total(case_id) if figure.kind is RowKind.TOTAL else counts.tally(figure.theme_id, case_id)


def _discrepancy(counts: Counts, table: PrintedTable, printed: PrintedFigure) -> Discrepancy | None:
    exact = exact_figure(counts, printed.figure)
    half_up = Rounding(decimals=table.decimals)
    place = (table.name, printed.row, printed.column, printed.line, printed.text, exact)
    if exact is None:
        return Discrepancy(*place, UNDEFINED, Kind.UNDEFINED, "there is nothing to compute it from")
    rounded = half_up.printed(exact)
    if printed.value == Fraction(rounded):
        summed = _sum_of_printed(table, printed)
        if summed is None:
            return None
        what = (
            f"figure itself right, but the {summed[1]} printed figures above it add to {_decimal(summed[0])}"
        )
        return Discrepancy(*place, rounded, Kind.DOES_NOT_ADD_UP, what)
    cut = Rounding(RoundingRule.TRUNCATED, table.decimals).printed(exact)
    ways = tuple(name for name, gives in _ways(table, printed, exact) if gives == printed.value)
    if printed.value == Fraction(cut):
        return Discrepancy(*place, rounded, Kind.TRUNCATED, "truncated", ways)
    at = f"wrong at {_number(table.decimals)} decimal{'' if table.decimals == 1 else 's'}; "
    else_ = "neither rounded nor truncated" if cut == rounded else f"truncation would give {cut}"
    return Discrepancy(*place, rounded, Kind.UNEXPLAINED, at + else_, ways)


def _ways(table: PrintedTable, printed: PrintedFigure, exact: Fraction) -> list[tuple[str, Fraction | None]]:
    """List ways to come to a figure other than rounding it half up, with what each gives."""
    ways: list[tuple[str, Fraction | None]] = []
    for decimals in range(table.decimals, -1, -1):
        scale = 10**decimals
        places = f"to {decimals} decimal{'' if decimals == 1 else 's'}"
        if decimals < table.decimals:
            ways.append((f"rounded half up {places}", Fraction(_half_up(exact * scale), scale)))
        ways.append((f"truncated {places}", Fraction(int(exact * scale), scale)))
        if (exact * scale).denominator == 2:
            ways.append((f"a half rounded to even {places}", Fraction(round(exact * scale), scale)))
        ways.append((f"rounded up {places}", Fraction(-(-exact * scale // 1), scale)))
    for name, again in _from_printed(table, printed):
        scale = 10**table.decimals
        ways.append((f"{name}, rounded half up", Fraction(_half_up(again * scale), scale)))
        ways.append((f"{name}, truncated", Fraction(int(again * scale), scale)))
    return ways


def _from_printed(table: PrintedTable, printed: PrintedFigure) -> list[tuple[str, Fraction]]:
    """Compute a figure from the printed ones it sums up instead of from the cells."""
    found = []
    above = _themes_above(table, printed)
    if above:
        total = sum(above, start=Fraction(0))
        if printed.figure.kind is RowKind.AVERAGE:
            found.append(("average of the printed figures of its column", total / len(above)))
        if printed.figure.kind is RowKind.TOTAL:
            found.append(("sum of the printed figures of its column", total))
    beside = _cases_beside(table, printed)
    if len(printed.figure.case_ids) > 1 and len(beside) == len(printed.figure.case_ids):
        mean = sum(beside, start=Fraction(0)) / len(beside)
        found.append(("average of the printed figures of its row", mean))
    return found


def _themes_above(table: PrintedTable, printed: PrintedFigure) -> list[Fraction]:
    """List what is printed for every theme in the column of a sum; nothing where a theme is not printed."""
    if printed.figure.kind is RowKind.THEME:
        return []
    column = [f for f in table.figures if f.column == printed.column and f.figure.kind is RowKind.THEME]
    complete = {f.figure.theme_id for f in column} == set(table.theme_ids)
    return [figure.value for figure in column] if complete else []


def _cases_beside(table: PrintedTable, printed: PrintedFigure) -> list[Fraction]:
    wanted = {(case_id,) for case_id in printed.figure.case_ids}
    return [f.value for f in table.figures if f.row == printed.row and f.figure.case_ids in wanted]


def _sum_of_printed(table: PrintedTable, printed: PrintedFigure) -> tuple[Fraction, str] | None:
    """Add up the column of a printed total where it gives another figure than the total."""
    above = _themes_above(table, printed)
    total = sum(above, start=Fraction(0))
    if printed.figure.kind is not RowKind.TOTAL or not above or total == printed.value:
        return None
    return total, _number(len(above))


def _beside(
    found: Discrepancy,
    printed: PrintedFigure,
    earlier: Sequence[tuple[str, PrintedFigure]],
    every: Sequence[tuple[str, PrintedFigure]],
) -> Discrepancy:
    """Hold a figure against the same figure in other tables."""
    if found.kind not in (Kind.TRUNCATED, Kind.UNEXPLAINED):
        return found
    for table, other in earlier:
        if other.figure == printed.figure and table != found.table and other.value == printed.value:
            return replace(found, repeats=table, what=f"{found.what} (repeats table {table})")
    for table, other in every:
        if other.figure == printed.figure and table != found.table and other.value != printed.value:
            said = f"{other.text} in table {table}"
            what = f"{found.what.partition(';')[0]} and contradicts the {said}"
            return replace(found, contradicts=said, what=what)
    return found


_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _half_up(value: Fraction) -> int:
    return int(abs(value) + Fraction(1, 2)) * (-1 if value < 0 else 1)


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def _decimal(value: Fraction) -> str:
    """Print a sum of decimals as it is."""
    for decimals in range(20):
        if (value * 10**decimals).denominator == 1:
            return Rounding(decimals=decimals).printed(value)
    return str(value)
