"""Two panes kept level: what is linked stands at the same height, as far as both texts reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.model.link_map import Hand

if TYPE_CHECKING:
    from workbench.tui.reading.linked_pane import LinkedPane
    from workbench.tui.stages.linked_texts import LinkedTexts

_ROWS_BEFORE = 3
"""Rows that are shown of what renders the passage before one that is linked to nothing."""
Panes = tuple["LinkedPane", "LinkedPane"]


def lead(linked: LinkedTexts, panes: Panes, hand: Hand) -> int | None:
    """Bring what is linked to the cursor of a pane to the same height on the other, and give its place there.

    Where the cursor is out of view, what stands at a third of the height counts; where nothing is linked, the
    proportion between the links around it.
    """
    pane, other = panes[hand], panes[hand.other]
    view = pane.rows_in_view
    if not (pane.is_laid_out and other.is_laid_out) or not len(view):
        return None
    offset = pane.cursor
    if pane.rows.row_of(offset) not in view:
        offset = pane.rows.span(view[len(view) // 3])[0]
    row, there = pane.rows.row_of(offset), linked.beside(hand, offset)
    stretch = linked.stretch_at(hand, offset)
    if stretch is None:
        row += _ROWS_BEFORE
    elif pane.rows.row_of(stretch.start) in view:
        row, there = pane.rows.row_of(stretch.start), linked.beside(hand, stretch.start)
    other.lead_to(there, row - view.start)
    return there


def meet(linked: LinkedTexts, panes: Panes, hand: Hand) -> None:
    """Scroll a pane where the other is at its end and cannot come level; the cursor stays in view."""
    pane, other = panes[hand], panes[hand.other]
    stretch = linked.stretch_at(hand, pane.cursor)
    if stretch is None or not (pane.is_laid_out and other.is_laid_out):
        return
    height = other.rows.row_of(linked.beside(hand, stretch.start)) - other.rows_in_view.start
    top = pane.rows.row_of(stretch.start) - height
    stays_in_view = top <= pane.rows.row_of(pane.cursor) < top + len(pane.rows_in_view)
    if height in range(len(other.rows_in_view)) and stays_in_view:
        pane.lead_to(stretch.start, height)
