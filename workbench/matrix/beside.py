"""Scores of an index beside means of counts: two orders of areas side by side, never on one axis.

An index scores a case from the outside, counts add up what was charted; their figures have no common scale.
What can be read side by side are the orders, and what keeps even those from comparing is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest

from workbench.errors import WrongUsage
from workbench.matrix.chart import Chart
from workbench.matrix.counts import Counts
from workbench.matrix.index_columns import LEVEL, Column, Sheet, column_of_answers
from workbench.matrix.lint import REFERENCE_DATE
from workbench.matrix.ranks import Place, places_of, rank_themes
from workbench.model.case import Case


@dataclass(frozen=True, slots=True)
class BesideRow:
    """One line: what stands at a place of either order."""

    area: Place | None
    """None where the index has fewer areas; its name is that of the area."""
    theme: Place | None
    """None where there are fewer themes; its name is the label of the theme."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Scores of one case beside the means of the counts of others."""

    column: Column
    counts: Counts
    averaged: tuple[Case, ...]
    rows: tuple[BesideRow, ...]
    warnings: tuple[str, ...]


def column_asked(sheet: Sheet, cases: dict[str, Case], case_id: str | None, as_of: str | None) -> Column:
    """Score the case that is named, or the only one that is answered, as of a date or the latest there is.

    Raises WrongUsage where nothing is answered so, or several cases are and none is named.
    """
    places = [place for place in sheet.answers if case_id in (None, place[0]) and as_of in (None, place[1])]
    if not places:
        wanted = " ".join(filter(None, (cases[case_id].name if case_id else "any case", as_of)))
        raise WrongUsage(f"{sheet.edition.label} is not answered for {wanted}.", do="Answer it first.")
    answered = {case for case, _ in places}
    if len(answered) > 1:
        names = ", ".join(case.name for case in cases.values() if case.id in answered)
        raise WrongUsage(f"{sheet.edition.label} is answered for {names}.", do="Name the case.")
    case, day = max(places, key=lambda place: place[1])
    return column_of_answers(sheet, cases[case], day)


def beside(column: Column, chart: Chart, counts: Counts) -> Beside:
    """Put the areas of an index and the themes of a chart side by side, each in its own order.

    Themes are ordered by the mean of their counts over the averaged cases.
    """
    areas = _ordered(places_of({each.area: each.score.value for each in column.result.areas}))
    labels = {row.theme_id: row.label for row in counts.rows}
    themes = rank_themes(counts).ordered
    named = [Place(labels[each.name], each.score, each.rank, each.last, each.tied) for each in themes]
    rows = tuple(BesideRow(area, theme) for area, theme in zip_longest(areas, named))
    averaged = tuple(case for case in chart.cases if case.id in counts.averaged)
    return Beside(column, counts, averaged, rows, tuple(_warnings(column, counts, averaged)))


def _ordered(places: tuple[Place, ...]) -> list[Place]:
    return sorted(places, key=lambda place: (place.score is None, -(place.score or Fraction(0))))


def _warnings(column: Column, counts: Counts, averaged: tuple[Case, ...]) -> list[str]:
    """Say in sentences what keeps scores and means from being compared."""
    edition = column.edition
    warnings = [
        f"Unlike scales. A score lies on {edition.scale_words}; a mean adds up what answers count under "
        f"“{counts.rule.label}”. Only the orders can be read side by side."
    ]
    mine, others = column.as_of or "no date", _values(averaged, REFERENCE_DATE, "no date")
    if others != [mine]:
        warnings.append(f"Unlike dates. The score holds for {mine}, the counts for {', '.join(others)}.")
    level = column.case.attributes.get(LEVEL, "").strip() or edition.level or "no level named"
    levels = _values(averaged, LEVEL, "no level named")
    if levels != [level]:
        warnings.append(
            f"Unlike levels. The score is of the level {level}, the counts of {', '.join(levels)}."
        )
    whole = sum(counts.total(case.id).missing for case in averaged)
    if whole:
        warnings.append(f"The counts are incomplete: {whole} cells are still to be assessed or settled.")
    return warnings


def _values(cases: tuple[Case, ...], attribute: str, without: str) -> list[str]:
    """List what an attribute says of some cases, each value once."""
    return list(dict.fromkeys(case.attributes.get(attribute, "").strip() or without for case in cases))
