"""Arrangements: the same cells under other rows and columns.

A row stands for some cases, and where it is made of documents only for the evidence in those. A column stands
for some codes, or for an attribute. Where they cross, the cells of those cases and codes are shown together;
no arrangement holds or changes a cell.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from workbench.matrix.chart import Chart, ChartedCell
from workbench.matrix.row_conditions import condition_of, theme_condition_of
from workbench.matrix.row_lines import BY_ATTRIBUTE, NOT_GIVEN, Line, RowLines, known_name
from workbench.matrix.row_order import StatusOf, sorted_lines
from workbench.model.cell import SearchRecord
from workbench.model.framework import Code, CodeState
from workbench.model.saved_chart import Columns, Rows, SavedChart
from workbench.study.chart_queries import cells_of_codes
from workbench.study.study import Study


@dataclass(frozen=True, slots=True)
class Column:
    """A column: some codes, or an attribute of the rows."""

    id: str
    label: str
    code_ids: tuple[str, ...] = ()
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class Crossing:
    """What stands where a row and a column cross: words of an attribute, or cells."""

    places: tuple[tuple[str, str], ...]
    """Case id and code id of its cells, in chart order."""
    document_ids: frozenset[str] | None
    words: str = ""

    @property
    def single(self) -> tuple[str, str] | None:
        """Give the one cell that it is; None where it is an attribute, several cells, or part of one."""
        return self.places[0] if len(self.places) == 1 and self.document_ids is None else None

    def members(self, chart: Chart) -> tuple[ChartedCell, ...]:
        """Give its cells with the evidence that counts here; through documents only those that rest on it."""
        cells = [chart.cells[place] for place in self.places]
        if self.document_ids is None:
            return tuple(cells)
        seen = (_through(cell, self.document_ids) for cell in cells)
        return tuple(cell for cell in seen if cell.excerpts)

    def searches(self, chart: Chart) -> tuple[SearchRecord, ...]:
        """Give the searches in vain of its cells; through documents only those that looked into one."""
        held = [search for place in self.places for search in chart.cells[place].searches]
        if self.document_ids is None:
            return tuple(held)
        return tuple(search for search in held if not self.document_ids.isdisjoint(search.documents))


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Rows and columns over a chart."""

    view: SavedChart
    lines: tuple[Line, ...]
    columns: tuple[Column, ...]
    frozen: int
    """Columns that stay in sight; those of attributes beside the row heads among them."""
    names: tuple[str, ...]
    """Attributes that the rows have."""
    remarks: tuple[str, ...] = ()
    """What the reader should know of how it was made."""
    hidden: tuple[int, int] = (0, 0)
    """How many rows and columns the view leaves out by their names."""
    sorted_by: str = ""
    """What the rows are sorted by, as it is named in the heads."""

    @property
    def words(self) -> str:
        """Say how it differs from cases by codes in study order; empty where it does not."""
        view = self.view
        usual = view.rows == Rows.CASES and view.columns is Columns.CODES
        said = [] if usual else [_axes(view)]
        said += [f"beside them {', '.join(view.attributes)}"] if usual and view.attributes else []
        said += [f"where {words}" for words in (*view.where, *view.columns_where)]
        said += [f"grouped by {view.group}"] if view.group else []
        descending = ", descending" if view.descending else ""
        said += [f"sorted by {self.sorted_by}{descending}"] if view.sort else []
        for number, what in zip(self.hidden, ("row", "column"), strict=True):
            said += [f"{number} {what if number == 1 else f'{what}s'} hidden"] if number else []
        said += ["rows and columns changed places"] if view.turned else []
        return "; ".join([*said, *self.remarks])

    @property
    def is_plain(self) -> bool:
        """Tell whether every crossing is one whole cell, with rows of cases and columns of codes."""
        view = self.view
        return (
            view.rows == Rows.CASES
            and view.columns is Columns.CODES
            and not view.attributes
            and not view.turned
        )

    @property
    def size(self) -> tuple[int, int]:
        """Count rows and columns as they are shown."""
        size = len(self.lines), len(self.columns)
        return size[::-1] if self.view.turned else size

    @property
    def heads(self) -> tuple[list[str], list[str]]:
        """Give the labels of rows and of columns as they are shown."""
        rows = [f"{line.group}: {line.label}" if line.group else line.label for line in self.lines]
        columns = [column.label for column in self.columns]
        return (columns, rows) if self.view.turned else (rows, columns)

    def crossing(self, row: int, column: int) -> Crossing:
        """Give what stands at a row and a column as they are shown, from 0."""
        if self.view.turned:
            row, column = column, row
        line, head = self.lines[row], self.columns[column]
        if head.attribute:
            return Crossing((), None, (line.values or {}).get(head.attribute, ""))
        places = tuple((case_id, code_id) for case_id in line.case_ids for code_id in head.code_ids)
        return Crossing(places, line.document_ids)

    def place_of(self, case_id: str, code_id: str) -> tuple[int, int] | None:
        """Give row and column, as they are shown, of the first crossing that holds a cell."""
        for row, line in enumerate(self.lines):
            if case_id in line.case_ids:
                for column, head in enumerate(self.columns):
                    if code_id in head.code_ids:
                        return (column, row) if self.view.turned else (row, column)
        return None


def arrange(study: Study, chart: Chart, view: SavedChart) -> Arrangement:
    """Lay out the rows and columns of a view; the cells of the chart need not be read yet.

    Raises WrongUsage for an axis, attribute, code or condition that is not there.
    """
    axis, status_of = RowLines(study, chart), _statuses_of(study)
    lines = axis.of(view.rows)
    gone_rows = _gone(view.hidden_rows, [line.id for line in lines])
    for condition in view.where:
        meets = condition_of(condition, axis.names, chart, status_of)
        lines = [line for line in lines if meets(line.values or {}, line.case_ids)]
    columns = _columns(chart, view, axis.names)
    codes_of = {column.id: column.code_ids for column in columns if column.code_ids}
    lines, remarks = sorted_lines(chart, view, lines, codes_of, axis.names, status_of)
    gone_columns = _gone(view.hidden_columns, _column_ids(chart, axis.names))
    remarks += [_told_gone("row", gone_rows)] if gone_rows else []
    named = [_name_of_order(chart, name) for name in gone_columns]
    remarks += [_told_gone("column", named)] if named else []
    if view.group:
        known_name(view.group, axis.names, "attribute")
        lines = [replace(line, group=(line.values or {}).get(view.group) or NOT_GIVEN) for line in lines]
        order = list(dict.fromkeys(line.group for line in lines))
        lines.sort(key=lambda line: order.index(line.group))
    beside = [name for name in view.attributes if view.columns is not Columns.ATTRIBUTES]
    for name in beside:
        known_name(name, axis.names, "attribute")
    heads = [*(Column(f"{BY_ATTRIBUTE}{name}", name, attribute=name) for name in beside), *columns]
    shown = [column for column in heads if column.id not in view.hidden_columns]
    kept = [line for line in lines if line.id not in view.hidden_rows]
    first = sum(column in shown for column in heads[: len(beside)])
    return Arrangement(
        view,
        tuple(kept),
        tuple(shown),
        0 if view.turned else min(len(shown), first + view.frozen),
        tuple(axis.names),
        tuple(remarks),
        (len(lines) - len(kept), len(heads) - len(shown)),
        _name_of_order(chart, view.sort),
    )


def _gone(hidden: Sequence[str], there: Collection[str]) -> list[str]:
    """List what a view hides by its name and what is not there any more."""
    return [name for name in hidden if name not in there]


def _told_gone(what: str, names: Sequence[str]) -> str:
    """Say that a view hides rows or columns that are not there, which changes nothing."""
    said = f"a hidden {what} is" if len(names) == 1 else f"{len(names)} hidden {what}s are"
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"{said} not in this chart: {', '.join(names[:3])}{more}"


def _column_ids(chart: Chart, names: Sequence[str]) -> set[str]:
    """Name every column that a chart can have, whatever a view makes columns of."""
    ids = {code.id for code in chart.codes} | {code.theme_id for code in chart.codes}
    ids |= {chart.theme_of_row(code).id for code in chart.codes}
    return ids | {f"{BY_ATTRIBUTE}{name}" for name in names}


def _axes(view: SavedChart) -> str:
    """Name what rows and columns are."""
    if not view.rows.startswith(BY_ATTRIBUTE):
        return f"{view.rows} by {view.columns}"
    groups = f"groups by {view.rows.removeprefix(BY_ATTRIBUTE)}"
    return groups if view.columns is Columns.CODES else f"{groups}, columns are {view.columns}"


def _name_of_order(chart: Chart, sort: str) -> str:
    framework = chart.framework
    if sort in framework.codes:
        return framework.label(framework.codes[sort])
    if sort in framework.themes:
        return f"{framework.theme_number(sort)} {framework.themes[sort].name}"
    return sort.removeprefix(BY_ATTRIBUTE)


def _columns(chart: Chart, view: SavedChart, names: Sequence[str]) -> list[Column]:
    framework = chart.framework
    if view.columns is Columns.ATTRIBUTES:
        chosen = view.attributes or tuple(names)
        for name in chosen:
            known_name(name, names, "attribute")
        return [Column(f"{BY_ATTRIBUTE}{name}", name, attribute=name) for name in chosen]
    heads = _Heads(chart, view)
    codes = [code for code in chart.codes if heads.meets(code.theme_id)]
    if view.columns is Columns.CODES:
        return [
            Column(code.id, head_of_code(chart, code) + heads.of(code.theme_id), (code.id,)) for code in codes
        ]
    themes: dict[str, list[str]] = {}
    for code in codes:
        if code.state is CodeState.ACTIVE:
            themes.setdefault(chart.theme_of_row(code).id, []).append(code.id)
    return [
        Column(
            theme,
            f"{framework.theme_number(theme)} {framework.themes[theme].name}{heads.of(theme)}",
            tuple(ids),
        )
        for theme, ids in themes.items()
    ]


class _Heads:
    """What the attributes of themes put into heads, and which columns they let through."""

    def __init__(self, chart: Chart, view: SavedChart) -> None:
        self._themes = chart.framework.themes
        self._shown = view.theme_attributes
        names = list(dict.fromkeys(n for theme in self._themes.values() for n in theme.attributes))
        for name in view.theme_attributes:
            known_name(name, names, "attribute of themes")
        self._conditions = [theme_condition_of(words, names) for words in view.columns_where]

    def _values(self, theme_id: str) -> dict[str, str]:
        """Give the attributes of a theme; it has those of the themes above it that it does not say anew."""
        theme = self._themes[theme_id]
        above = self._values(theme.parent_id) if theme.parent_id is not None else {}
        return above | dict(theme.attributes)

    def of(self, theme_id: str) -> str:
        values = self._values(theme_id)
        said = [f"{name}: {values[name]}" for name in self._shown if name in values]
        return f" [{'; '.join(said)}]" if said else ""

    def meets(self, theme_id: str) -> bool:
        values = self._values(theme_id)
        return all(condition(values) for condition in self._conditions)


def head_of_code(chart: Chart, code: Code) -> str:
    """Name a code at the head of its column, with signs for its state, its wordings and its footnotes."""
    sign = {CodeState.CANDIDATE: "? ", CodeState.RETIRED: "✕ "}.get(code.state, "")
    wordings = " ≠" if code.wordings else ""
    noted = " *" if chart.numbers.get(f"code:{code.id}") else ""
    return f"{sign}{chart.framework.label(code)}{wordings}{noted}"


def _through(cell: ChartedCell, document_ids: frozenset[str]) -> ChartedCell:
    excerpts = tuple(each for each in cell.excerpts if each.document.id in document_ids)
    held = {each.excerpt.id for each in excerpts}
    return replace(cell, excerpts=excerpts, quotes=tuple(q for q in cell.quotes if q.excerpt_id in held))


def _statuses_of(study: Study) -> StatusOf:
    """Give a way to look up status ids, which reads the cells of a code when they are first asked for."""
    read: dict[str, dict[str, str | None]] = {}

    def status(case_id: str, code_id: str) -> str | None:
        if code_id not in read:
            read[code_id] = {cell.case_id: cell.status_id or "" for cell in cells_of_codes(study, [code_id])}
        return read[code_id].get(case_id)

    return status
