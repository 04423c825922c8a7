"""Every decision about one cell, written out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from workbench.tui.dialogs import Report
from workbench.tui.display import content
from workbench.tui.stages.cell_work import CellPlace
from workbench.tui.stages.decision_difference import difference_lines

if TYPE_CHECKING:
    from workbench.study.study import Study
    from workbench.tui.app import Workbench


async def show_history(app: Workbench, place: CellPlace) -> None:
    """Show every decision about the cell, its links, quotes, searches and footnotes, the latest first."""
    lines = list(history_lines(app.study, place))
    await app.ask(Report("What was decided about this cell", lines or [content("Nothing yet.")]))


def history_lines(study: Study, place: CellPlace) -> Iterator[Content]:
    """Write out who decided what, when and why; of what was decided about several cells only this one."""
    from workbench.stages.naming import Names
    from workbench.study.chart_queries import decisions_about_cell

    names = Names(study)
    for decision in reversed(decisions_about_cell(study, place.case_id, place.code_id)):
        undone = " ↶ undone" if study.undone_by(decision.seq) is not None else ""
        when = decision.at[:16].replace("T", " ")
        yield content(f"{decision.seq} {when} {decision.coder}: {decision.action}{undone}", "bold")
        if decision.reason:
            yield Content.assemble(content("Reason: ", "bold"), content(decision.reason, newlines=True))
        yield from difference_lines(decision, names)
