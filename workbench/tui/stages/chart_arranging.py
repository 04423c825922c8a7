"""What the chart screen asks before it arranges the matrix otherwise."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.model.saved_chart import Columns, Rows, SavedChart
from workbench.tui.dialogs import AskText, Choice, ChooseFrom
from workbench.tui.stages.chart_faces import ChartFaces

if TYPE_CHECKING:
    from workbench.tui.app import Workbench

_NONE = "\tnone"
"""Stands for nothing chosen; no attribute or column holds a tab at its beginning."""


@dataclass(frozen=True, slots=True)
class Arranging:
    """A chart as it is shown, with the place the cursor is at."""

    app: Workbench
    faces: ChartFaces
    row: int
    column: int

    @property
    def view(self) -> SavedChart:
        """Give the arrangement as it is."""
        return self.faces.view

    @property
    def line_and_head(self) -> tuple[str, str]:
        """Give the ids of the row and the column at the cursor, as they are before they change places."""
        arrangement, (row, column) = self.faces.arrangement, (self.row, self.column)
        if self.view.turned:
            row, column = column, row
        return arrangement.lines[row].id, arrangement.columns[column].id


Change = Callable[[Arranging], Awaitable[SavedChart | None]]


async def arrange(asking: Arranging) -> SavedChart | None:
    """Ask what shall be otherwise; give the new arrangement, or None where it stays."""
    offered = _offered(asking)
    rows = [Choice(name, label, detail) for name, (label, detail, _) in offered.items()]
    chosen = await asking.app.ask(ChooseFrom("Arrange the chart", rows))
    return await offered[chosen[0]][2](asking) if chosen else None


def _offered(asking: Arranging) -> dict[str, tuple[str, str, Change]]:
    view = asking.view
    hidden = len(view.hidden_rows) + len(view.hidden_columns)
    offered: dict[str, tuple[str, str, Change]] = {
        "rows": ("Rows", view.rows, _rows),
        "columns": ("Columns", view.columns.value, _columns),
        "attributes": ("Attributes beside the rows", ", ".join(view.attributes) or "none", _attributes),
        "where": ("Only rows where", "; ".join(view.where) or "all", _where),
        "sort": ("Sort rows by", _sorted_by(asking), _sort),
        "group": ("Put rows together by", view.group or "nothing", _group),
        "hide-row": ("Hide this row", "", _hide_row),
        "hide-column": ("Hide this column", "", _hide_column),
        "freeze": ("Freeze the columns up to here", f"{view.frozen} frozen", _freeze),
        "turn": ("Let rows and columns change places", "", _turn),
    }
    if hidden:
        offered["show"] = ("Show what is hidden", f"{hidden} hidden", _show)
    if _theme_attributes_of(asking):
        told = ", ".join(view.theme_attributes) or "none"
        offered["theme-attributes"] = ("Attributes of themes in the heads", told, _theme_attributes)
        told = "; ".join(view.columns_where) or "all"
        offered["columns-where"] = ("Only columns whose theme has", told, _columns_where)
    offered["plain"] = ("Back to cases by codes", "", _plain)
    offered["save"] = ("Save this arrangement under a name", view.name, _save)
    if asking.app.study.all(SavedChart):
        offered["open"] = ("Open a saved chart", "", _open)
        offered["forget"] = ("Forget a saved chart", "", _forget)
    return offered


async def _one_of(asking: Arranging, title: str, rows: Sequence[Choice], now: str) -> str | None:
    at = next((place for place, row in enumerate(rows) if row.id == now), 0)
    chosen = await asking.app.ask(ChooseFrom(title, rows, begin_at=at))
    return chosen[0] if chosen else None


def _attribute_choices(asking: Arranging) -> list[Choice]:
    return [Choice(name, name) for name in asking.faces.arrangement.names]


async def _rows(asking: Arranging) -> SavedChart | None:
    attributes = dict.fromkeys(name for case in asking.faces.chart.cases for name in case.attributes)
    rows = [Choice(axis.value, axis.value) for axis in Rows]
    rows += [Choice(f"attribute:{name}", f"groups of cases by {name}") for name in attributes]
    chosen = await _one_of(asking, "What are the rows?", rows, asking.view.rows)
    if chosen is None:
        return None
    # Conditions and orders speak of the attributes that the other rows have.
    return replace(asking.view, rows=chosen, attributes=(), where=(), sort="", group="", hidden_rows=())


async def _columns(asking: Arranging) -> SavedChart | None:
    rows = [Choice(each.value, each.value) for each in Columns]
    chosen = await _one_of(asking, "What are the columns?", rows, asking.view.columns.value)
    if chosen is None:
        return None
    return replace(asking.view, columns=Columns(chosen), hidden_columns=(), frozen=0, sort="")


async def _attributes(asking: Arranging) -> SavedChart | None:
    shown = asking.view.attributes
    rows = [replace(row, chosen=row.id in shown) for row in _attribute_choices(asking)]
    if not rows:
        asking.app.say("The rows have no attributes: F2 gives cases theirs.")
        return None
    chosen = await asking.app.ask(ChooseFrom("Which attributes beside the rows?", rows, multiple=True))
    return None if chosen is None else replace(asking.view, attributes=tuple(chosen))


def _theme_attributes_of(asking: Arranging) -> list[str]:
    themes = asking.faces.chart.framework.themes.values()
    return list(dict.fromkeys(name for theme in themes for name in theme.attributes))


async def _theme_attributes(asking: Arranging) -> SavedChart | None:
    shown = asking.view.theme_attributes
    rows = [Choice(name, name, chosen=name in shown) for name in _theme_attributes_of(asking)]
    chosen = await asking.app.ask(ChooseFrom("Which attributes in the heads?", rows, multiple=True))
    return None if chosen is None else replace(asking.view, theme_attributes=tuple(chosen))


async def _conditions(asking: Arranging, title: str, now: Sequence[str]) -> tuple[str, ...] | None:
    typed = await asking.app.ask(AskText(title, value="\n".join(now), multiline=True))
    return None if typed is None else tuple(line.strip() for line in typed.splitlines() if line.strip())


async def _where(asking: Arranging) -> SavedChart | None:
    names = ", ".join(asking.faces.arrangement.names) or "none"
    title = f"Only rows where (a line each: NAME=value, NAME!=value, CODE=status; attributes: {names})"
    given = await _conditions(asking, title, asking.view.where)
    return None if given is None else replace(asking.view, where=given)


async def _columns_where(asking: Arranging) -> SavedChart | None:
    names = ", ".join(_theme_attributes_of(asking))
    title = f"Only columns whose theme has (a line each: NAME=value; attributes: {names})"
    given = await _conditions(asking, title, asking.view.columns_where)
    return None if given is None else replace(asking.view, columns_where=given)


def _sorts(asking: Arranging) -> list[Choice]:
    columns = [Choice(c.id, c.label) for c in asking.faces.arrangement.columns if not c.attribute]
    return [
        Choice(_NONE, "study order"),
        Choice("name", "name"),
        *_attribute_choices(asking),
        *columns,
    ]


def _sorted_by(asking: Arranging) -> str:
    view = asking.view
    label = next((row.label for row in _sorts(asking) if row.id == (view.sort or _NONE)), view.sort)
    return f"{label}, descending" if view.descending else label


async def _sort(asking: Arranging) -> SavedChart | None:
    now = asking.view.sort or _NONE
    chosen = await _one_of(asking, "Sort the rows by what?", _sorts(asking), now)
    if chosen is None:
        return None
    ways = [Choice("", "ascending"), Choice("descending", "descending")]
    way = await _one_of(asking, "Which way?", ways, "descending" if asking.view.descending else "")
    if way is None:
        return None
    return replace(asking.view, sort="" if chosen == _NONE else chosen, descending=bool(way))


async def _group(asking: Arranging) -> SavedChart | None:
    rows = [Choice(_NONE, "nothing"), *_attribute_choices(asking)]
    chosen = await _one_of(asking, "Put rows together by what?", rows, asking.view.group or _NONE)
    if chosen is None:
        return None
    return replace(asking.view, group="" if chosen == _NONE else chosen)


async def _hide_row(asking: Arranging) -> SavedChart | None:
    line, head = asking.line_and_head
    return _hidden(asking, head, columns=True) if asking.view.turned else _hidden(asking, line, columns=False)


async def _hide_column(asking: Arranging) -> SavedChart | None:
    line, head = asking.line_and_head
    return _hidden(asking, line, columns=False) if asking.view.turned else _hidden(asking, head, columns=True)


def _hidden(asking: Arranging, identifier: str, *, columns: bool) -> SavedChart:
    """Hide a row or a column of the arrangement as it is before they change places."""
    view = asking.view
    if not columns:
        return replace(view, hidden_rows=(*view.hidden_rows, identifier))
    if identifier.startswith("attribute:") and view.columns is not Columns.ATTRIBUTES:
        kept = tuple(name for name in view.attributes if f"attribute:{name}" != identifier)
        return replace(view, attributes=kept)
    return replace(view, hidden_columns=(*view.hidden_columns, identifier))


async def _show(asking: Arranging) -> SavedChart | None:
    return replace(asking.view, hidden_rows=(), hidden_columns=())


async def _freeze(asking: Arranging) -> SavedChart | None:
    beside = 0 if asking.view.columns is Columns.ATTRIBUTES else len(asking.view.attributes)
    wanted = max(0, asking.column + 1 - beside)
    return replace(asking.view, frozen=0 if asking.view.frozen == wanted else wanted)


async def _turn(asking: Arranging) -> SavedChart | None:
    return replace(asking.view, turned=not asking.view.turned, frozen=0)


async def _plain(asking: Arranging) -> SavedChart | None:
    view = asking.view
    return SavedChart("", "", framework=view.framework, theme_id=view.theme_id)


async def _save(asking: Arranging) -> SavedChart | None:
    from workbench.stages.saved_charts import save_chart

    name = await asking.app.ask(AskText("Save this arrangement under which name?", value=asking.view.name))
    if name is None:
        return None
    study = asking.app.study
    return asking.app.attempt(lambda: save_chart(study, name, asking.view), done="The chart is saved.")


async def _saved(asking: Arranging, title: str) -> SavedChart | None:
    saved = {chart.id: chart for chart in asking.app.study.all(SavedChart, order="name")}
    rows = [Choice(chart.id, chart.name, f"{chart.rows} by {chart.columns}") for chart in saved.values()]
    chosen = await _one_of(asking, title, rows, asking.view.id)
    return saved[chosen] if chosen is not None else None


async def _open(asking: Arranging) -> SavedChart | None:
    return await _saved(asking, "Open which saved chart?")


async def _forget(asking: Arranging) -> SavedChart | None:
    from workbench.stages.saved_charts import remove_chart

    chart = await _saved(asking, "Forget which saved chart? Its cells stay.")
    if chart is not None:
        asking.app.attempt(
            lambda: remove_chart(asking.app.study, chart.id), done=f"The chart {chart.name} is forgotten."
        )
    return None


async def choose_standing_out(app: Workbench, view: SavedChart) -> tuple[str, str] | None:
    """List the summaries that are unlike the others; give case id and code id of the one chosen."""
    from workbench.language.summaries import standing_out
    from workbench.matrix.chart import build_chart
    from workbench.stages.summaries import measures_of_chart

    chart = build_chart(app.study, theme_id=view.theme_id, prefix=view.framework or None)
    notable = standing_out(measures_of_chart(chart))
    if not notable:
        app.say("No summary of this chart is long, copied or without citation.")
        return None
    names = {case.id: case.name for case in chart.cases}
    framework = chart.framework
    rows = [
        Choice(
            f"{case}\t{code}", f"{names[case]} × {framework.label(framework.codes[code])}", "; ".join(said)
        )
        for (case, code), said in notable.items()
    ]
    chosen = await app.ask(ChooseFrom("Summaries unlike the others: open which?", rows))
    if not chosen:
        return None
    case_id, _, code_id = chosen[0].partition("\t")
    return case_id, code_id
