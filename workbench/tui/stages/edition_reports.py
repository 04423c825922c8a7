"""Reports of the screen of index scores: printed scores that do not follow, and editions side by side."""

from __future__ import annotations

from asyncio import sleep
from collections.abc import Collection
from typing import TYPE_CHECKING

from textual.content import Content

from workbench.model.case import Case
from workbench.model.index_edition import IndexEdition, PrintedScore
from workbench.tui.dialogs import Report
from workbench.tui.display import content

if TYPE_CHECKING:
    from workbench.matrix.beside import Beside
    from workbench.tui.app import Workbench
    from workbench.tui.stages.edition_lines import EditionView


async def report_departures(app: Workbench, view: EditionView) -> None:
    """Show the printed scores that do not follow from the answers, with the rules that would give them."""
    from workbench.matrix.index_printed import departures_in, exact_words

    printed = app.study.all(PrintedScore, edition_id=view.edition.id)
    cases = {case.id: case for case in app.study.all(Case)}
    found = []
    for case_id, as_of in _in_order(app, {*view.sheet.answers, *((p.case_id, p.as_of) for p in printed)}):
        found += departures_in(view.sheet, printed, cases[case_id], as_of)
        await sleep(0)
    lines: list[Content] = []
    for each in found:
        lines.append(content(f"{each.case} {each.as_of}: {each.figure}", "bold"))
        lines.append(content(f"  printed {each.printed}, follows {each.rounded} ({exact_words(each.exact)})"))
        lines += [content(f"  would give it: {way}", "dim") for way in each.would_give]
    said = f"{view.edition.label}: {len(printed)} printed scores"
    if not printed:
        said += "; a line of a sheet without an indicator holds one"
    await app.ask(Report(said, lines or [content("All follow from the answers.")]))


async def report_side_by_side(app: Workbench) -> None:
    """Show the scores of all editions, each scale in its own table, with what keeps them from comparing."""
    from workbench.exchange.index_scores import lines_of, printed_score
    from workbench.matrix.index_columns import column_of_answers, open_sheet, tables_of, warnings_of
    from workbench.matrix.rounding import Rounding

    cases = {case.id: case for case in app.study.all(Case)}
    columns, unanswered = [], []
    for edition in app.study.all(IndexEdition, order="name"):
        sheet = open_sheet(app.study, edition.id)
        unanswered += [] if sheet.answers else [edition.label]
        for case_id, as_of in _in_order(app, set(sheet.answers)):
            columns.append(column_of_answers(sheet, cases[case_id], as_of))
            await sleep(0)
    lines = [content(f"! {warning}", "bold") for warning in warnings_of(columns)]
    rounding = Rounding(decimals=2)
    for table in tables_of(columns):
        lines += [content(""), content(f"Scale {table[0].edition.scale_words}", "bold")]
        for line in lines_of(table):
            lines.append(content(line.label, "bold"))
            for column, score in zip(table, line.scores, strict=True):
                if score is not None:
                    told = f"  {column.head}: {printed_score(score, rounding)} ({score.k_of_n})"
                    lines.append(content(told))
        lines += [content(f"By {rules}.", "dim") for rules in dict.fromkeys(each.rules for each in table)]
    lines += [content(f"Left out: {label}, which has no answer to score.") for label in unanswered]
    await app.ask(Report("Index scores side by side", lines or [content("Nothing is answered yet.")]))


async def report_beside_counts(app: Workbench, view: EditionView, place: int) -> None:
    """Show the areas of the edition beside the themes counted over the other cases, each in its own order."""
    found = app.attempt(lambda: _beside(app, view, place))
    if found is None:
        return
    from workbench.exchange.beside_words import about, heads, line_of
    from workbench.matrix.rounding import Rounding

    rounding, named = Rounding(), heads(found)
    lines = [content(f"! {warning}", "bold") for warning in found.warnings]
    for at, side in ((0, "area"), (3, "theme")):
        lines += [content(""), content(named[at + 2], "bold")]
        for row in found.rows:
            if getattr(row, side) is not None:
                rank, name, figure = line_of(row, rounding)[at : at + 3]
                lines.append(content(f"{rank:<3} {figure:>9}  {name}"))
    lines += [content(""), *(content(words, "dim") for words in about(found, rounding))]
    await app.ask(Report(f"{view.edition.label} beside the counts", lines))


def _beside(app: Workbench, view: EditionView, place: int) -> Beside:
    from workbench.matrix.beside import beside, column_asked
    from workbench.matrix.chart import build_chart
    from workbench.matrix.counts import count_theme
    from workbench.matrix.questions import rule_of

    cases = {case.id: case for case in app.study.all(Case, order="position")}
    asked = [(case.id, as_of) for case, as_of in view.places[place : place + 1]]
    answered = next((each for each in asked if each in view.sheet.answers), (None, None))
    column = column_asked(view.sheet, cases, *answered)
    chart = build_chart(app.study)
    others = [each for each in cases if each != column.case.id]
    return beside(column, chart, count_theme(chart, rule_of(chart, ""), average_over=others))


def _in_order(app: Workbench, places: Collection[tuple[str, str]]) -> list[tuple[str, str]]:
    """Sort (case id, date) by the order of the cases, then by date."""
    position = {case.id: case.position for case in app.study.all(Case)}
    return sorted(places, key=lambda place: (position[place[0]], place[1]))
