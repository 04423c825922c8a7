"""Footnotes that the evidence of a chart makes by itself: translations, drafts and superseded versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.exchange.export_cells import ExportCell
from workbench.matrix.chart import Chart
from workbench.model.translation import Side
from workbench.study.translation_queries import DOUBTED, SUPERSEDED, UNAPPROVED

SAID = {
    Side.TRANSLATION_ONLY.value: (
        "Evidence from a translation only; no passage of the source is linked to it.",
        "resting on a translation only",
    ),
    UNAPPROVED: (
        "Evidence from a machine draft that nobody has approved.",
        "resting in part on a machine draft that nobody has approved",
    ),
    SUPERSEDED: (
        "Evidence on a version of the text that a newer one has replaced.",
        "resting in part on a superseded version",
    ),
    DOUBTED: (
        "Evidence in a passage whose translation was found doubtful or at fault.",
        "resting in part on a translation that was found doubtful or at fault",
    ),
}
"""What is to be minded -> the footnote on a cell, and what counts say of such cells."""


@dataclass(frozen=True, slots=True)
class CaveatNote:
    """One of these footnotes with its number."""

    number: int
    on: str
    content: str


def caveat_notes(cells: Iterable[Iterable[ExportCell]], *, after: int) -> Mapping[str, CaveatNote]:
    """Number the footnotes that some cells need, behind those that were written."""
    there = {caveat for row in cells for cell in row for caveat in cell.caveats}
    needed = [caveat for caveat in SAID if caveat in there]
    return {
        caveat: CaveatNote(after + place, "cells marked with it", SAID[caveat][0])
        for place, caveat in enumerate(needed, 1)
    }


def with_caveat_marks(
    cells: Sequence[Sequence[ExportCell]], notes: Mapping[str, CaveatNote]
) -> tuple[tuple[ExportCell, ...], ...]:
    """Give the cells with the numbers of these footnotes behind their own."""
    return tuple(
        tuple(
            replace(cell, notes=(*cell.notes, *(notes[caveat].number for caveat in cell.caveats)))
            if cell.caveats
            else cell
            for cell in row
        )
        for row in cells
    )


def counted_with_caveats(chart: Chart, counted: Iterable[tuple[str, str]]) -> list[tuple[int, str]]:
    """Count the answered cells, of those at some places (case, code), whose evidence is to be minded."""
    answered = [chart.cells[place] for place in counted if chart.cells[place].status is not None]
    caveats = [cell.caveats for cell in answered]
    return [(sum(caveat in each for each in caveats), SAID[caveat][1]) for caveat in SAID]
