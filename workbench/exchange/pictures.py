"""Pictures of a chart for print: what they show, what is said under them, and the files they go into."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workbench.errors import Refused, WrongUsage
from workbench.exchange.extras import needed
from workbench.exchange.matrix_export import rule_of
from workbench.matrix.chart import Chart, build_chart
from workbench.matrix.counts import count_theme, described_codes, described_words
from workbench.matrix.pictures import Coverage, RankLines, StatusBars, coverage, rank_lines, status_bars
from workbench.matrix.rounding import Rounding
from workbench.model.cell import DESCRIBED, CountingRule
from workbench.model.saved_chart import SavedChart
from workbench.study.origin import told_head
from workbench.study.study import Study

FORMATS = ("svg", "png")
_MOST_BARS, _MOST_SIGNS, _MOST_RANKED = 500, 5_000, 100
Shown = StatusBars | Coverage | RankLines

_KINDS: dict[str, tuple[str, Callable[[Chart, CountingRule], Shown]]] = {
    "statuses": ("Statuses by theme and case", status_bars),
    "coverage": ("Excerpts behind every cell", lambda chart, _: coverage(chart)),
    "ranks": ("Rank of every case under every way of counting", rank_lines),
}
KINDS = tuple(_KINDS)
"""What there are pictures of."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture before it is drawn."""

    title: str
    shown: Shown
    caption: tuple[str, ...]
    """Lines that say by which rules and from which state of the study it was made."""
    rounding: Rounding
    date: str
    """Time of the last decision; the file bears it."""


def gather_picture(
    study: Study,
    kind: str,
    *,
    view: SavedChart | None = None,
    rule_id: str | None = None,
    rounding: Rounding | None = None,
) -> Picture:
    """Gather what a picture of a chart shows; raises WrongUsage for an unknown kind, theme or rule."""
    if kind not in _KINDS:
        raise WrongUsage(f"There is no picture {kind}. Pictures: {', '.join(KINDS)}.")
    view = view or SavedChart("", "")
    chart = build_chart(study, theme_id=view.theme_id, prefix=view.framework or None)
    rule = rule_of(chart, rule_id)
    title, show = _KINDS[kind]
    rounding = rounding or Rounding()
    described = described_words(len(described_codes(chart)))
    head = told_head(study)
    version = study.framework_version
    framework = f"framework version {version}" if version else "framework not released yet"
    caption = (
        f"{study.setting('title')}; {framework}. {_completeness(chart, rule)} {described}".strip(),
        f"Counting rule: {rule.label} ({rule.id}); {rounding.name}.",
        f"Log: {head.count} decisions, head {head.hash}",
        *([] if study.origin is None else [study.origin.words]),
    )
    date = study.decision(head.count).at if head.count else ""
    return Picture(f"{title}: {chart.label}", show(chart, rule), caption, rounding, date)


def _completeness(chart: Chart, rule: CountingRule) -> str:
    """Say how many cells of the measures are still to be assessed, answered or settled."""
    whole = count_theme(chart, rule).whole
    if not whole.listed:
        return "There is no cell to count."
    if not whole.missing:
        return f"All {whole.listed} cells are assessed."
    told = f"{whole.not_assessed} of {whole.listed} cells are not assessed, {whole.unvalued} not settled"
    return f"{told}, {whole.described} {DESCRIBED}." if whole.described else f"{told}."


def _refuse_too_much(shown: Shown) -> None:
    """Refuse what nobody could read, and what would take minutes and gigabytes to draw."""
    if isinstance(shown, StatusBars):
        number, most, what = len(shown.bars), _MOST_BARS, "bars"
    elif isinstance(shown, Coverage):
        number, most, what = len(shown.cases) * len(shown.codes), _MOST_SIGNS, "cells"
    else:
        number, most, what = len(shown.cases), _MOST_RANKED, "cases"
    if number > most:
        raise Refused(
            f"{number:,} {what} are more than a picture can show: at most {most:,}.",
            safe="",
            do="Draw one theme, or print it on the terminal, which shows all of it.",
        )


def draw_picture(picture: Picture, *, format: str) -> bytes:
    """Draw a picture; the same picture gives the same bytes with the same fonts.

    Raises WrongUsage for an unknown format, and Refused where there is too much to show, where the library
    for it is not installed or, in a format that keeps no text, where no font has all the signs.
    """
    if format not in FORMATS:
        raise WrongUsage(f"There is no picture format {format}. Formats: {', '.join(FORMATS)}.")
    _refuse_too_much(picture.shown)
    needed("matplotlib", extra="pictures", what="A picture")
    from workbench.exchange.pictures_drawing import drawn

    return drawn(picture, format)
