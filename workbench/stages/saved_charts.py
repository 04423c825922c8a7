"""Saved charts: ways to look at the same cells, kept under names."""

from __future__ import annotations

from dataclasses import replace

from workbench.errors import NothingChanged, Refused, WrongUsage
from workbench.model.decision import Verb
from workbench.model.framework import Theme
from workbench.model.identity import slug
from workbench.model.records import key_of
from workbench.model.saved_chart import SavedChart
from workbench.study.study import Study


def find_chart(study: Study, wanted: str) -> SavedChart:
    """Find a saved chart by id or name; raises WrongUsage and names those there are."""
    saved = study.all(SavedChart, order="name")
    for chart in saved:
        if wanted == chart.id or wanted.casefold() == chart.name.casefold():
            return chart
    known = ", ".join(chart.name for chart in saved)
    raise WrongUsage(f"There is no saved chart {wanted}. Saved charts: {known or 'none yet'}.")


def save_chart(study: Study, name: str, arrangement: SavedChart) -> SavedChart:
    """Keep an arrangement under a name; one that is kept under it already is replaced."""
    if not name.strip():
        raise Refused("A saved chart needs a name.")
    if arrangement.theme_id is not None:
        study.get(Theme, arrangement.theme_id)
    saved = {chart.name.casefold(): chart for chart in study.all(SavedChart)}
    there = saved.get(name.strip().casefold())
    identifier = there.id if there else slug(name, {chart.id for chart in saved.values()})
    chart = replace(arrangement, id=identifier, name=name.strip())
    if chart == there:
        raise NothingChanged
    study.decide(Verb.SAVE_CHART, key_of(chart), put=[chart])
    return chart


def remove_chart(study: Study, chart_id: str) -> None:
    """Forget a saved chart; its cells stay, since it holds none."""
    chart = study.get(SavedChart, chart_id)
    study.decide(Verb.REMOVE_CHART, key_of(chart), remove=[key_of(chart)])
