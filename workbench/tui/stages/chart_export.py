"""Which chart is meant, and the chart or a picture of it as a file, as the chart screen asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.model.framework import title_setting
from workbench.model.identity import slug
from workbench.model.saved_chart import SavedChart
from workbench.tui.dialogs import Choice, ChooseFrom
from workbench.tui.exporting import ask_file, write_export

if TYPE_CHECKING:
    from workbench.exchange.xlsx import Progress as Tell
    from workbench.study.study import Study
    from workbench.tui.app import Workbench

_ALL = "\tall"
"""Stands for all themes of a framework, whose letters follow it; no theme id holds a tab."""
_FORMATS = {
    "xlsx": "xlsx: a workbook for spreadsheet programs",
    "docx": "docx: a document for word processors, ready to print",
    "html": "html: a page that sorts, filters and shows what stands behind a cell",
    "md": "md: Markdown",
    "csv": "csv: one table under the other, for spreadsheet programs",
    "json": "json: everything as it is, for programs",
    "parquet": "parquet: a row for each cell, for R, Python and databases",
}
_PICTURES = {
    "statuses": "statuses by theme and case",
    "coverage": "excerpts behind every cell",
    "ranks": "ranks under every way of counting",
}


async def choose_chart(app: Workbench, view: SavedChart | None) -> SavedChart | None:
    """Ask for the theme to chart, or for all of a framework; what is arranged otherwise is left."""
    framework = app.study.framework
    themes = [theme for theme, _ in framework.walk() if not theme.retired]
    rows = [Choice(t.id, f"{framework.theme_number(t.id)} {t.name}", t.definition) for t in themes]
    for prefix in framework.prefixes:
        title = app.study.setting(title_setting(prefix))
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
        Choice(prefix, prefix or "the first", app.study.setting(title_setting(prefix))) for prefix in prefixes
    ]
    chosen = await app.ask(ChooseFrom(title, rows))
    return chosen[0] if chosen else None


async def export_chart(app: Workbench, view: SavedChart) -> None:
    """Ask which chart, format and file, and write it as it is arranged; pictures show cases and codes."""
    theme = app.study.framework.themes.get(view.theme_id or "")
    name = slug(view.name or (theme.name if theme else "chart"))
    if theme is not None:
        rows = [Choice("", f"the chart of {theme.name}"), Choice(_ALL, "all themes in one table")]
        which = await app.ask(ChooseFrom("Export which chart?", rows))
        if not which:
            return
        if which == [_ALL]:
            view, name = replace(view, theme_id=None), "chart"
    chosen = await app.ask(ChooseFrom("As which format?", list(_forms())))
    if not chosen:
        return
    kind, _, format = chosen[0].rpartition(".")
    file = f"{'-'.join(part for part in (name, kind) if part)}.{format}"
    what = "picture" if kind else "chart"
    export = await ask_file(app, f"Write the {what} to which file?", value=file, kind=what, view=view)
    if export is not None:
        await write_export(app, export, lambda study, tell: _written(study, kind, format, view, tell))


def _forms() -> Iterator[Choice]:
    """Offer every format of charts, then every picture in every format of pictures."""
    from workbench.exchange.charts import FORMATS
    from workbench.exchange.pictures import FORMATS as PICTURE_FORMATS
    from workbench.exchange.pictures import KINDS

    for format in FORMATS:
        yield Choice(format, _FORMATS[format])
    for kind in KINDS:
        for format in PICTURE_FORMATS:
            yield Choice(f"{kind}.{format}", f"{format}: a picture of {_PICTURES[kind]}")


def _written(study: Study, kind: str, format: str, view: SavedChart, tell: Tell) -> bytes:
    from workbench.exchange.charts import write_chart
    from workbench.exchange.derived import view_in
    from workbench.exchange.pictures import draw_picture, gather_picture

    view = view_in(study, view)
    if not kind:
        return write_chart(study, format=format, view=view, progress=tell)
    return draw_picture(gather_picture(study, kind, view=view), format=format)
