"""Which chart is meant, and the chart as a file, as the chart screen asks for them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.model.identity import slug
from workbench.model.saved_chart import SavedChart
from workbench.tui.dialogs import AskText, Choice, ChooseFrom
from workbench.tui.saving import path_of, save_new

if TYPE_CHECKING:
    from workbench.tui.app import Workbench

_ALL = "\tall"
"""Stands for all themes of a framework, whose letters follow it; no theme id holds a tab."""


async def choose_chart(app: Workbench, view: SavedChart | None) -> SavedChart | None:
    """Ask for the theme to chart, or for all of a framework; what is arranged otherwise is left."""
    framework = app.study.framework
    themes = [theme for theme, _ in framework.walk() if not theme.retired]
    rows = [Choice(t.id, f"{framework.theme_number(t.id)} {t.name}", t.definition) for t in themes]
    for prefix in framework.prefixes:
        title = app.study.setting(f"framework title {prefix}".rstrip())
        rows.append(Choice(f"{_ALL}{prefix}", f"All themes{f' of {prefix}' if prefix else ''}", title))
    now = view.theme_id or f"{_ALL}{view.framework}" if view is not None else ""
    at = next((place for place, row in enumerate(rows) if row.id == now), 0)
    chosen = await app.ask(ChooseFrom("The chart of which theme?", rows, begin_at=at))
    if not chosen:
        return None
    if chosen[0].startswith(_ALL):
        return SavedChart("", "", framework=chosen[0].removeprefix(_ALL))
    theme = framework.themes[chosen[0]]
    return SavedChart("", "", framework=framework.root_of(theme).framework, theme_id=theme.id)


async def choose_framework(app: Workbench, title: str) -> str | None:
    """Ask for a framework of the study; give its letters."""
    prefixes = app.study.framework.prefixes
    if len(prefixes) < 2:
        app.say("The study has one framework.")
        return None
    rows = [
        Choice(prefix, prefix or "the first", app.study.setting(f"framework title {prefix}".rstrip()))
        for prefix in prefixes
    ]
    chosen = await app.ask(ChooseFrom(title, rows))
    return chosen[0] if chosen else None


async def export_chart(app: Workbench, view: SavedChart) -> None:
    """Ask which chart, format and file, and write it as it is arranged."""
    from workbench.exchange.charts import FORMATS, write_chart

    theme = app.study.framework.themes.get(view.theme_id or "")
    name = slug(view.name or (theme.name if theme else "chart"))
    if theme is not None:
        rows = [Choice("", f"the chart of {theme.name}"), Choice(_ALL, "all themes in one table")]
        which = await app.ask(ChooseFrom("Export which chart?", rows))
        if not which:
            return
        if which == [_ALL]:
            view, name = replace(view, theme_id=None), "chart"
    format = await app.ask(ChooseFrom("As which format?", [Choice(each, each) for each in FORMATS]))
    if not format:
        return
    typed = await app.ask(AskText("Write the chart to which file?", value=f"{name}.{format[0]}"))
    if typed is None:
        return
    path = path_of(typed, beside=app.path)
    written = app.attempt(lambda: save_new(path, write_chart(app.study, format=format[0], view=view)))
    if written is not None:
        app.say(f"Wrote {written}.")
