"""The one door for foreign text to the screen: what it lets through is visible and is never markup."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.style import Style

from workbench.model.visible import visible

__all__ = ["content", "shortened", "visible"]


def content(text: str, style: Style | str = "", *, newlines: bool = False) -> Content:
    """Make what a widget shows from a foreign string: hidden characters marked, brackets left alone.

    `style` is ours, never foreign. Newlines are marked too unless they are asked to stay.
    """
    return Content.styled(visible(text, newlines=newlines), style)


def shortened(text: str, columns: int) -> str:
    """Show the beginning of a foreign string on one line of so many terminal columns, `…` where it is cut."""
    shown = visible(text[: 4 * columns + 4])
    if cell_len(shown) <= columns:
        return shown
    return set_cell_size(shown, columns - 1).rstrip() + "…" if columns > 1 else "…"[:columns]
