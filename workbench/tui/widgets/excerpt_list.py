"""A list of evidence: excerpts whole, under the cells or cases they stand for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.style import Style

from workbench.tui.display import content
from workbench.tui.reading.rows import Rows
from workbench.tui.widgets.line_list import LineList

LONGEST = 1500
"""Characters of an excerpt that are shown; the rest is read in its text."""


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One entry: an excerpt with its citation, or a heading over those that follow."""

    key: str
    """Key of the record that enter opens (`excerpt:`, `cell:`); empty for a heading that is only read."""
    head: str
    """The citation, or what the heading says."""
    words: str = ""
    """The quoted passage."""
    mark: str = ""
    """A sign before the head: linked, offered, supporting, contradicting."""

    @property
    def is_excerpt(self) -> bool:
        """Tell whether it leads to a passage."""
        return self.key.startswith("excerpt:")


class EvidenceList(LineList):
    """Show evidence with whole passages; the cursor goes from item to item."""

    # The bar is always there: passages are wrapped once for a width that does not change with their length.
    DEFAULT_CSS = "EvidenceList { overflow-y: scroll; }"

    def __init__(self, *, empty: str = "", id: str | None = None, classes: str | None = None) -> None:
        """Make an empty list; `empty` is what it says while there is no evidence."""
        super().__init__(empty=empty, id=id, classes=classes)
        self._items: list[EvidenceItem] = []
        self._laid_out_at = 0
        self._blocks: list[list[Content]] = []
        self._ends: list[int] = []

    @property
    def item(self) -> EvidenceItem | None:
        """Give the item under the cursor."""
        return None if self.cursor is None else self._items[self.cursor]

    @property
    def items(self) -> Sequence[EvidenceItem]:
        """List the items in order."""
        return tuple(self._items)

    def show_evidence(self, items: Sequence[EvidenceItem], *, cursor: int | None = None) -> None:
        """Show items with the cursor on one of them, by itself on the first excerpt."""
        self._items = list(items)
        self._laid_out_at = 0
        if cursor is None:
            cursor = next((place for place, item in enumerate(items) if item.is_excerpt), 0)
        self.show_items(len(self._items), lambda item, columns: self._blocks[item], cursor=cursor)
        self._lay_out()

    def keep_evidence(self, items: Sequence[EvidenceItem]) -> None:
        """Show items again with the cursor on the same one where it is still there."""
        here = self.item
        kept = next((place for place, item in enumerate(items) if here and item.key == here.key), None)
        self.show_evidence(items, cursor=kept)

    def _lay_out(self) -> None:
        columns = self.scrollable_content_region.width
        if columns < 8:
            return
        if columns != self._laid_out_at:
            self._laid_out_at = columns
            self._blocks = [block_of(item, columns) for item in self._items]
            self._ends = list(accumulate(map(len, self._blocks)))
            self.refresh()
        self.virtual_size = Size(0, self._ends[-1] if self._ends else 1)

    def on_resize(self) -> None:
        """Wrap the passages anew."""
        self._lay_out()
        self._reveal()

    def _top(self, item: int) -> int:
        return self._ends[item - 1] if item else 0

    def _reveal(self) -> None:
        self._lay_out()
        if self._cursor >= len(self._ends):
            return
        region = Region(0, self._top(self._cursor), 1, len(self._blocks[self._cursor]))
        self.scroll_to_region(region, animate=False, force=True, top=region.height > self.size.height)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        line = y + self.scroll_offset.y
        columns = self.scrollable_content_region.width
        if not self._ends or line >= self._ends[-1]:
            words = self._empty if not self._items and y == 0 else ""
            return self._strip(content(words), self.visual_style + Style(dim=True), columns)
        item = bisect_right(self._ends, line)
        return self._strip(self._blocks[item][line - self._top(item)], self._style_of(item), columns)

    def action_page(self, pages: int) -> None:
        """Move the cursor by about a page of lines."""
        if not self._ends:
            return
        line = self._top(self._cursor) + pages * max(1, self.size.height - 1)
        item = bisect_right(self._ends, min(max(line, 0), self._ends[-1] - 1))
        self.go_to(item if item != self._cursor else item + pages)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the item that was clicked; a click on the cursor opens it."""
        line = event.get_content_offset_capture(self).y + self.scroll_offset.y
        if not self._ends or not 0 <= line < self._ends[-1]:
            return
        event.stop()
        item = bisect_right(self._ends, line)
        if item == self._cursor:
            self.action_open()
        else:
            self.go_to(item)


def block_of(item: EvidenceItem, columns: int) -> list[Content]:
    """Lay an item out in lines of so many columns."""
    mark = f"{item.mark} " if item.mark else ""
    style = "bold" if item.is_excerpt else "bold underline"
    heads = [content(line, style) for line in wrapped(mark + item.head, columns)]
    return [*heads, *(content("  " + line) for line in wrapped(item.words, columns - 2))]


def wrapped(words: str, columns: int) -> list[str]:
    """Cut a foreign string into lines as they are drawn; a very long one ends in `…`."""
    if not words:
        return []
    shown = words if len(words) <= LONGEST else words[:LONGEST] + " …"
    return [line.rstrip("\n") for line in Rows(shown, max(columns, 2)).lines()]
