"""Hold printed tables against the cells of a study."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workbench.errors import WrongUsage
from workbench.matrix.chart import Chart, build_chart
from workbench.matrix.counts import Counts, count_theme
from workbench.matrix.printed import Discrepancy, compare
from workbench.matrix.printed_reading import Layout, PrintedTable, read_printed
from workbench.matrix.questions import rule_of
from workbench.study.study import Study


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """A CSV file of printed figures."""

    name: str
    """What the table is called where tables are held against each other."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Heads:
    """What rows and columns of the files mean; each head must be in at least one of the files."""

    rows_in: tuple[str, ...] = ()
    """Heads of columns that name the rows; a file that has none of them is read by its first column."""
    averages: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Head of a column -> names of the cases it averages."""
    left_out: tuple[str, ...] = ()
    """Heads of columns that are not compared."""
    totals: tuple[str, ...] = Layout().totals
    means: tuple[str, ...] = Layout().means


@dataclass(frozen=True, slots=True)
class Comparison:
    """The figures that do not follow, with what they were held against."""

    chart: Chart
    counts: Counts
    tables: tuple[PrintedTable, ...]
    found: tuple[Discrepancy, ...]

    @property
    def figures(self) -> int:
        """Count the figures that were computed anew."""
        return sum(len(table.figures) for table in self.tables)

    def behind(self, found: Discrepancy) -> list[tuple[str, str]]:
        """List (case id, code id) of the cells that a listed figure is computed from."""
        table = next(table for table in self.tables if table.name == found.table)
        figure = next(
            each.figure
            for each in table.figures
            if (each.row, each.column, each.line) == (found.row, found.column, found.line)
        )
        return [
            (case.id, code_id)
            for case in self.chart.cases
            if case.id in figure.case_ids
            for row in self.counts.rows
            if figure.theme_id in ("", row.theme_id)
            for code_id in row.code_ids
        ]


def compare_printed(
    study: Study,
    files: Sequence[PrintedFile],
    heads: Heads | None = None,
    *,
    theme_id: str | None = None,
    prefix: str | None = None,
    rule_id: str = "",
) -> Comparison:
    """Compute every printed figure anew and list those that do not follow.

    Raises WrongUsage for a table that cannot be read as meant, naming every row and column that is unknown.
    """
    return compare_with(build_chart(study, theme_id=theme_id, prefix=prefix), files, heads, rule_id=rule_id)


def compare_with(
    chart: Chart, files: Sequence[PrintedFile], heads: Heads | None = None, *, rule_id: str = ""
) -> Comparison:
    """Hold printed tables against a chart; refuses what `compare_printed` refuses."""
    heads = heads or Heads()
    names = [file.name for file in files]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise WrongUsage(f"Two tables are called {twice}.", do="Give each a name of its own: NAME=FILE.")
    contents = {file.name: _content(file) for file in files}
    columns = {name: _head(content) for name, content in contents.items()}
    known = {column for head in columns.values() for column in head}
    for missing in (*heads.rows_in, *heads.averages, *heads.left_out):
        if missing not in known:
            raise WrongUsage(f"No column is headed “{missing}”.", do=f"Columns: {', '.join(sorted(known))}.")
    counts = count_theme(chart, rule_of(chart, rule_id))
    tables = tuple(
        read_printed(content, name, chart=chart, counts=counts, layout=_layout(heads, columns[name]))
        for name, content in contents.items()
    )
    return Comparison(chart, counts, tables, tuple(compare(counts, tables)))


def _content(file: PrintedFile) -> str:
    try:
        return file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongUsage(
            f"The printed table {file.name} is not UTF-8 (byte {error.start}).", do="Save it as CSV in UTF-8."
        ) from error


def _head(content: str) -> list[str]:
    """Read the heads of the columns; what is wrong with the file is said where its rows are read."""
    try:
        return [cell.strip() for cell in next(csv.reader(io.StringIO(content, newline="")), [])]
    except csv.Error:
        return []


def _layout(heads: Heads, columns: Sequence[str]) -> Layout:
    """Keep of the heads what one table has."""
    return Layout(
        rows_in=next((head for head in heads.rows_in if head in columns), ""),
        averages={head: cases for head, cases in heads.averages.items() if head in columns},
        left_out=tuple(head for head in heads.left_out if head in columns),
        totals=heads.totals,
        means=heads.means,
    )
