"""What stands behind a count or a claim, as items of a list of evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from workbench.model.cell import DESCRIBED, DESCRIBED_MARK, CellState, CountingRule
from workbench.model.claim import Role
from workbench.model.translation import Side
from workbench.tui.widgets.excerpt_list import EvidenceItem
from workbench.tui.wording import several

if TYPE_CHECKING:
    from workbench.matrix.chart import Chart, ChartedCell
    from workbench.model.coding import Excerpt
    from workbench.stages.interpret import Evidence
    from workbench.study.queries import PlacedExcerpt
    from workbench.study.translation_queries import Sides
    from workbench.tui.app import Workbench

ROLES = ((Role.SUPPORTS, "+", "Supports"), (Role.CONTRADICTS, "−", "Speaks against it: negative cases"))
"""Each role with its sign and its heading."""


def behind_count(
    chart: Chart, places: Iterable[tuple[str, str]], rule: CountingRule
) -> tuple[list[EvidenceItem], dict[str, Excerpt]]:
    """List the cells behind a count with their statuses and excerpts, and the excerpts by id."""
    items: list[EvidenceItem] = []
    excerpts: dict[str, Excerpt] = {}
    for place in places:
        charted = chart.cells[place]
        items += _of_cell(chart, charted, said_of(charted, rule))
        excerpts |= {each.excerpt.id: each.excerpt for each in charted.excerpts}
    return items, excerpts


def said_of(charted: ChartedCell, rule: CountingRule) -> str:
    """Say what status a cell has, and what it counts under a rule."""
    status = charted.status
    if status is None:
        return f"{DESCRIBED if charted.is_described else 'not assessed'}, not counted"
    if not status.in_denominator:
        return f"{status.label}, outside the denominator"
    value = status.value(rule.id)
    return f"{status.label}, {'not counted' if value is None else f'counts {value}'}"


def _of_cell(chart: Chart, charted: ChartedCell, said: str, mark: str = "") -> Iterator[EvidenceItem]:
    case = next(case.name for case in chart.cases if case.id == charted.case_id)
    label = chart.framework.label(chart.framework.codes[charted.code_id])
    without = DESCRIBED_MARK if charted.is_described else CellState.NOT_ASSESSED.mark
    sign = charted.status.mark if charted.status is not None else without
    marks = f"{mark} {sign} {charted.state.mark}".strip()
    words = charted.cell.summary if charted.cell is not None else ""
    key = f"cell:{charted.case_id}\t{charted.code_id}"
    yield EvidenceItem(key, f"{case} × {label}: {said}{minding(charted.caveats)}", words, marks)
    for each in charted.excerpts:
        language = f" ({each.text.language})" if each.text.language else ""
        minded = minding((*(() if each.side is Side.ORIGINAL else (each.side.value,)), *each.caveats))
        citation = f"{each.document.key}{language}, {each.place}{minded}"
        yield EvidenceItem(f"excerpt:{each.excerpt.id}", citation, each.excerpt.quote, "  “")
    for search in charted.searches:
        terms = ", ".join(search.terms)
        yield EvidenceItem("", f"  searched in vain for {terms} ({search.coder}, {search.at[:10]})")


def behind_claim(
    chart: Chart, evidence: Evidence, placed: Sequence[PlacedExcerpt], sides: Sides
) -> tuple[list[EvidenceItem], dict[str, Excerpt]]:
    """List what supports a claim and, apart from it, what speaks against it; and the excerpts by id."""
    items: list[EvidenceItem] = []
    excerpts = {excerpt.id: excerpt for excerpt, _ in evidence.excerpts}
    citations = {
        each.excerpt.id: f"{each.citation}{minding(sides.told(each.text, each.excerpt.passage))}"
        for each in placed
    }
    for role, sign, heading in ROLES:
        cells = [cell for cell, held in evidence.cells if held is role]
        direct = [excerpt for excerpt, held in evidence.excerpts if held is role]
        items.append(
            EvidenceItem("", f"{heading} ({several(len(cells), 'cell')}, {several(len(direct), 'excerpt')})")
        )
        for cell in cells:
            charted = chart.cells[cell.case_id, cell.code_id]
            said = charted.status.label if charted.status is not None else "no status"
            items += _of_cell(chart, charted, said, sign)
            excerpts |= {each.excerpt.id: each.excerpt for each in charted.excerpts}
        for excerpt in direct:
            key = f"excerpt:{excerpt.id}"
            items.append(EvidenceItem(key, citations.get(excerpt.id, ""), excerpt.quote, sign))
    return items, excerpts


def minding(told: Sequence[str]) -> str:
    """Say behind a citation on which side it stands and what else is to be minded; empty where nothing is."""
    return f" ‡ {'; '.join(told)}" if told else ""


def open_item(workbench: Workbench, item: EvidenceItem | None, excerpts: Mapping[str, Excerpt]) -> None:
    """Show the passage or the cell that an item stands for, where it stands for any."""
    if item is None:
        return
    if item.is_excerpt:
        excerpt = excerpts[item.key.partition(":")[2]]
        workbench.open_passage(excerpt.text_id, excerpt.passage)
    elif (cell := cell_of_item(item)) is not None:
        workbench.open_cell(*cell)


def cell_of_item(item: EvidenceItem) -> tuple[str, str] | None:
    """Give (case id, code id) of an item that is a cell."""
    if not item.key.startswith("cell:"):
        return None
    case_id, _, code_id = item.key.removeprefix("cell:").partition("\t")
    return case_id, code_id
