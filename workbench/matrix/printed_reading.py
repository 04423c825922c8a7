"""Read a table of printed figures: CSV with a head, themes in rows, cases and averages in columns.

A row is named by the name of a theme, its full number and name, `Total` or `Average`; a column by the name
of a case, or by a name that the layout gives to the average of some cases. Everything that cannot be placed
is named with its line, all of it at once, and the table is refused.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from workbench.errors import WrongUsage
from workbench.matrix.chart import Chart
from workbench.matrix.counts import Counts

_FIGURE = re.compile(r"-?[0-9]{1,15}(?:\.([0-9]{1,15}))?")
_SHOWN = 20
"""Problems that one refusal names."""


class RowKind(StrEnum):
    """What a row of a printed table holds."""

    THEME = "theme"
    TOTAL = "total"
    """The sum over the themes."""
    AVERAGE = "average"
    """The mean over the themes."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What a printed figure says it is."""

    kind: RowKind
    theme_id: str
    """Empty for a total or an average."""
    case_ids: tuple[str, ...]
    """One case, or those that it is the average of, sorted."""


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """A figure as it is printed, with its place."""

    figure: Figure
    row: str
    column: str
    line: int
    """Line of the file on which its row ends, from 1."""
    text: str
    value: Fraction


@dataclass(frozen=True, slots=True)
class Layout:
    """How the columns of a printed table are to be read."""

    rows_in: str = ""
    """Head of the column that names the rows; empty for the first."""
    averages: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Head of a column -> names of the cases it averages."""
    left_out: tuple[str, ...] = ()
    """Heads of columns that are not compared."""
    totals: tuple[str, ...] = ("Total",)
    """Names of rows that sum up the themes."""
    means: tuple[str, ...] = ("Average",)
    """Names of rows that average the themes."""


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A printed table whose rows and columns are known."""

    name: str
    figures: tuple[PrintedFigure, ...]
    """Row by row."""
    decimals: int
    """The most decimals that any figure has; whole figures carry none."""
    theme_ids: tuple[str, ...]
    """The themes of the study that it could print."""
    empty: tuple[str, ...]
    """Places without a figure: `line 3, Osaka`."""


def read_printed(
    content: str, name: str, *, chart: Chart, counts: Counts, layout: Layout | None = None
) -> PrintedTable:
    """Read the text of a CSV file; raises WrongUsage with every line that cannot be read as meant."""
    reading = _Reading(chart, counts, layout or Layout())
    figures = tuple(reading.figures(content))
    if not figures and not reading.problems:
        reading.problems.append("There is no figure in it.")
    if reading.problems:
        shown = " ".join(reading.problems[:_SHOWN])
        more = len(reading.problems) - _SHOWN
        raise WrongUsage(
            f"The printed table {name} cannot be compared. {shown}{f' And {more} more.' if more > 0 else ''}",
            do="Correct the file; say what an average is of (--average), or leave columns out (--skip).",
        )
    decimals = max(len(figure.text.partition(".")[2]) for figure in figures)
    themes = tuple(row.theme_id for row in counts.rows)
    return PrintedTable(name, figures, decimals, themes, tuple(reading.empty))


class _Reading:
    """One pass through a file, keeping what cannot be read."""

    def __init__(self, chart: Chart, counts: Counts, layout: Layout) -> None:
        self.problems: list[str] = []
        self.empty: list[str] = []
        self._layout = layout
        self._cases: dict[str, list[str]] = {}
        for case in chart.cases:
            self._cases.setdefault(case.name, []).append(case.id)
        self._rows: dict[str, list[tuple[RowKind, str]]] = {}
        for row in counts.rows:
            for label in {row.label, chart.framework.themes[row.theme_id].name}:
                self._rows.setdefault(label, []).append((RowKind.THEME, row.theme_id))
        for label in layout.totals:
            self._rows.setdefault(label, []).append((RowKind.TOTAL, ""))
        for label in layout.means:
            self._rows.setdefault(label, []).append((RowKind.AVERAGE, ""))

    def figures(self, content: str) -> Iterator[PrintedFigure]:
        """Go through the file; after it `problems` is complete."""
        reader = csv.reader(io.StringIO(content.removeprefix("\ufeff"), newline=""), strict=True)
        try:
            head = [cell.strip() for cell in next(reader, [])]
            columns = self._columns(head)
            at = self._row_column(head)
            if at is None:
                return
            seen: set[str] = set()
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield from self._row(cells, reader.line_num, head, columns, at, seen)
        except csv.Error as error:
            self._problem(reader.line_num, f"it is not CSV ({error})")

    def _row_column(self, head: Sequence[str]) -> int | None:
        wanted = self._layout.rows_in or (head[0] if head else "")
        if wanted not in head:
            self._problem(1, f"no column is headed “{wanted}”")
            return None
        return head.index(wanted)

    def _columns(self, head: Sequence[str]) -> dict[int, tuple[str, ...]]:
        """Find the cases of every column that is compared."""
        layout, columns = self._layout, {}
        rows_in = layout.rows_in or (head[0] if head else "")
        for missing in [name for name in (*layout.averages, *layout.left_out) if name not in head]:
            self._problem(1, f"no column is headed “{missing}”")
        for position, name in enumerate(head):
            if name in head[:position]:
                self._problem(1, f"two columns are headed “{name}”")
            elif name == rows_in or name in layout.left_out:
                continue
            elif name in layout.averages:
                cases = [self._case(averaged) for averaged in layout.averages[name]]
                if not cases:
                    self._problem(1, f"the average “{name}” is of no case")
                columns[position] = tuple(sorted({case for case in cases if case}))
            else:
                columns[position] = (self._case(name),)
        return columns

    def _case(self, name: str) -> str:
        found = self._cases.get(name, [])
        if len(found) == 1:
            return found[0]
        self._problem(1, f"“{name}” is {'the name of several cases' if found else 'no case of this study'}")
        return ""

    def _row(
        self,
        cells: Sequence[str],
        line: int,
        head: Sequence[str],
        columns: Mapping[int, tuple[str, ...]],
        at: int,
        seen: set[str],
    ) -> Iterator[PrintedFigure]:
        if len(cells) != len(head):
            self._problem(line, f"it has {len(cells)} cells where the head has {len(head)}")
            return
        label = cells[at].strip()
        found = self._rows.get(label, [])
        if label in seen:
            self._problem(line, f"the row “{label}” is there twice")
            return
        seen.add(label)
        if len(found) != 1:
            said = "could be several rows" if found else "is no theme, total or average"
            self._problem(line, f"“{label}” {said}")
            return
        for position, case_ids in columns.items():
            text = cells[position].strip()
            if not text:
                self.empty.append(f"line {line}, {head[position]}")
            elif _FIGURE.fullmatch(text):
                figure = Figure(*found[0], case_ids)
                yield PrintedFigure(figure, label, head[position], line, text, Fraction(text))
            else:
                self._problem(line, f"“{text}” under {head[position]} is no figure")

    def _problem(self, line: int, what: str) -> None:
        self.problems.append(f"Line {line}: {what}.")
