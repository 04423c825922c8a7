"""What the screen of numbers lists, line by line, with what stands behind each line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.exchange import rank_words as words
from workbench.exchange.printed_words import ways_words
from workbench.matrix.ranks import Ranked
from workbench.matrix.rounding import Rounding

if TYPE_CHECKING:
    from workbench.matrix.comparing import Comparison
    from workbench.matrix.questions import Numbers
    from workbench.matrix.variants import Outcome, Variant
    from workbench.study.log import Finding

Places = tuple[tuple[str, str], ...]
"""Cells by case id and code id."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a list: two lines, more beside them, and what enter leads to."""

    head: str
    below: str = ""
    more: str = ""
    """What is said only of the line at the cursor."""
    cells: Places = ()
    """The cells that it rests on."""
    variant: Variant | None = None
    """A way of counting that can be taken up."""
    key: str = ""
    """Key of the record that it is about."""


def rank_lines(numbers: Numbers) -> list[Line]:
    """List the ranks; behind each stand the cells that are counted for it."""
    return [
        Line(
            f"{row.rank:>4}  {row.name}: {row.printed}{_exact(row)}{_tied(row)}",
            f"      stays in {_kept(row)}",
            "The rank depends on the way of counting." if row.depends else "It stays in all that was tried.",
            _cells_of(numbers, row.id),
        )
        for row in words.rank_rows(numbers, Rounding())
    ]


def _exact(row: words.RankRow) -> str:
    return "" if row.score is None or row.score.denominator == 1 else f" = {row.score}"


def _tied(row: words.RankRow) -> str:
    return f" (no clear order with {', '.join(row.tied)})" if row.tied else ""


def _kept(row: words.RankRow) -> str:
    one, two = row.without
    return f"{row.others} other ways · {one} without one measure · {two} without two"


def _cells_of(numbers: Numbers, name: str) -> Places:
    rows, counts = numbers.counts.rows, numbers.counts
    if numbers.question.ranked is Ranked.CASES:
        return tuple((name, code) for row in rows for code in row.code_ids)
    codes = next(row.code_ids for row in rows if row.theme_id == name)
    return tuple((case, code) for case in counts.averaged for code in codes)


def sensitivity_lines(numbers: Numbers) -> list[Line]:
    """List the other ways of counting, those that move somebody first, then what turns a rank."""
    found = numbers.sensitivity
    ways = [_way_line(numbers, other) for other in found.others]
    moving = [line for line, moved in ways if moved]
    head = f"{len(moving)} of {len(ways)} other ways of counting move a rank"
    lines = [Line(head, f"as asked: {numbers.order(found.base)}")]
    lines += moving + [line for line, moved in ways if not moved]
    for drop in found.droppings:
        lines.append(Line(words.drop_heading(drop)))
        lines += [_turning_line(numbers, codes) for codes in drop.turning]
    return lines


def _way_line(numbers: Numbers, other: Outcome) -> tuple[Line, str]:
    label, order, moved = words.other_way(numbers, other)
    more = f"Elsewhere: {moved}." if moved else "The ranks are as asked."
    # What is special about it stands last in the label, and would be cut off first.
    special = "; ".join(reversed(label.split("; ")))
    sign = "≠" if moved else "="
    line = Line(f"{sign} {order}", f"  {special}", f"{more} enter counts so.", (), other.variant)
    return line, moved


def _turning_line(numbers: Numbers, codes: Sequence[str]) -> Line:
    cells = tuple((case.id, code) for code in codes for case in numbers.chart.cases)
    return Line(f"≠ without {words.turning_words(numbers, codes)}", cells=cells)


def discrepancy_lines(compared: Comparison) -> list[Line]:
    """List the printed figures that do not follow; behind each stand its cells."""
    return [
        Line(
            f"{found.table} · {found.row} · {found.column}: printed {found.printed}, not {found.exact_words}"
            if found.printed != found.rounded
            else f"{found.table} · {found.row} · {found.column}: printed {found.printed}",
            f"  {found.what}",
            f"line {found.line}; rounded: {found.rounded}. {ways_words(found)}".strip(),
            tuple(compared.behind(found)),
        )
        for found in compared.found
    ]


def finding_lines(findings: Iterable[Finding]) -> Iterator[Line]:
    """List what the rules find; behind each stands the record it is about."""
    for found in findings:
        yield Line(f"{found.rule}: {found.place}", f"  {found.what}", found.do, key=found.key)
