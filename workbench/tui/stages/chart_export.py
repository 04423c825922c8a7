"""The chart as a file, as the chart screen asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.model.framework import Theme
from workbench.model.identity import slug
from workbench.model.saved_chart import SavedChart
from workbench.tui.dialogs import AskText, Choice, ChooseFrom
from workbench.tui.saving import path_of, save_new

if TYPE_CHECKING:
    from workbench.tui.app import Workbench

_ALL = "\tall"
"""Stands for all themes; no theme id holds a tab."""


async def export_chart(app: Workbench, theme: Theme) -> None:
    """Ask which chart, format and file, and write it."""
    from workbench.exchange.charts import FORMATS, write_chart

    rows = [Choice(theme.id, f"the chart of {theme.name}"), Choice(_ALL, "all themes in one table")]
    which = await app.ask(ChooseFrom("Export which chart?", rows))
    if not which:
        return
    format = await app.ask(ChooseFrom("As which format?", [Choice(each, each) for each in FORMATS]))
    if not format:
        return
    name = "chart" if which == [_ALL] else slug(theme.name)
    typed = await app.ask(AskText("Write the chart to which file?", value=f"{name}.{format[0]}"))
    if typed is None:
        return
    path = path_of(typed, beside=app.path)
    prefix = app.study.framework.root_of(theme).framework
    view = SavedChart("", "", framework=prefix, theme_id=None if which == [_ALL] else theme.id)
    written = app.attempt(lambda: save_new(path, write_chart(app.study, format=format[0], view=view)))
    if written is not None:
        app.say(f"Wrote {written}.")
