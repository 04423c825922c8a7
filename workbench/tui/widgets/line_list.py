"""A list of any length: only the lines on the screen are drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

T = TypeVar("T")
Draw = Callable[[int, int], Sequence[Content]]
"""`draw(item, columns)` gives the lines of an item, made with `display.content`."""


class LineList(ScrollView, can_focus=True):
    """Show items that are drawn on demand, each as the same number of lines, with a cursor."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"line-list--cursor", "line-list--resting"}
    DEFAULT_CSS = """
    LineList { background: $surface; color: $foreground; overflow-x: hidden; overflow-y: auto; height: 1fr; }
    LineList > .line-list--cursor { background: $primary 40%; text-style: bold; }
    LineList > .line-list--resting { background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "to_end(0)", "First", show=False),
        Binding("end", "to_end(1)", "Last", show=False),
        Binding("enter", "open", "Open", show=False),
    ]

    @dataclass
    class Moved(Message):
        """The cursor came to rest on another item."""

        list: LineList
        item: int

        @property
        def control(self) -> LineList:
            """Give the list for selectors of `on`."""
            return self.list

    @dataclass
    class Opened(Message):
        """An item was chosen with enter or a click."""

        list: LineList
        item: int

        @property
        def control(self) -> LineList:
            """Give the list for selectors of `on`."""
            return self.list

    @dataclass
    class Resized(Message):
        """The list has another size: what is laid out by its columns must follow."""

        list: LineList

        @property
        def control(self) -> LineList:
            """Give the list for selectors of `on`."""
            return self.list

    def __init__(
        self, *, lines_each: int = 1, empty: str = "", id: str | None = None, classes: str | None = None
    ) -> None:
        """Make an empty list; `empty` is what it says while it has no item."""
        super().__init__(id=id, classes=classes)
        self._lines_each = lines_each
        self._empty = empty
        self._count = 0
        self._draw: Draw = lambda item, columns: ()
        self._cursor = 0

    @property
    def cursor(self) -> int | None:
        """Number of the item under the cursor; None while there is none."""
        return self._cursor if self._count else None

    def at_cursor(self, listed: Sequence[T]) -> T | None:
        """Give what is listed under the cursor; None where nothing is."""
        return listed[self._cursor] if self._cursor < min(self._count, len(listed)) else None

    @property
    def count(self) -> int:
        """Number of items."""
        return self._count

    def show_items(self, count: int, draw: Draw, *, cursor: int = 0) -> None:
        """Show so many items with the cursor on one of them."""
        self._count, self._draw = count, draw
        self._cursor = min(max(cursor, 0), max(count - 1, 0))
        self.virtual_size = Size(0, max(count, 1) * self._lines_each)
        self.refresh()
        self.call_after_refresh(self._reveal)

    def say_empty(self, words: str) -> None:
        """Say something else where there is no item."""
        self._empty = words
        self.refresh()

    def go_to(self, item: int) -> None:
        """Put the cursor on an item and bring it into view."""
        item = min(max(item, 0), max(self._count - 1, 0))
        if item != self._cursor:
            self._cursor = item
            self.refresh()
            self.post_message(self.Moved(self, item))
        self._reveal()

    def _reveal(self) -> None:
        region = Region(0, self._cursor * self._lines_each, 1, self._lines_each)
        self.scroll_to_region(region, animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        columns = self.scrollable_content_region.width
        item, line = divmod(y + self.scroll_offset.y, self._lines_each)
        if item >= self._count:
            words = self._empty if not self._count and y == 0 else ""
            return self._strip(Content(words), self.visual_style + Style(dim=True), columns)
        lines = self._draw(item, columns)
        drawn = lines[line] if line < len(lines) else Content("")
        return self._strip(drawn, self._style_of(item), columns)

    def _style_of(self, item: int) -> Style:
        if item != self._cursor:
            return self.visual_style
        return self.get_visual_style("line-list--cursor" if self.has_focus else "line-list--resting")

    def _strip(self, drawn: Content, style: Style, columns: int) -> Strip:
        parse = self.app.stylesheet.parse_style
        pieces = drawn.render(style, end="", parse_style=parse)
        segments = [Segment(words, piece.rich_style) for words, piece in pieces]
        return Strip(segments).adjust_cell_length(columns, style.rich_style)

    # keys and mouse

    def action_move(self, by: int) -> None:
        """Move the cursor by so many items."""
        self.go_to(self._cursor + by)

    def action_page(self, pages: int) -> None:
        """Move the cursor by a page."""
        self.go_to(self._cursor + pages * max(1, self.size.height // self._lines_each))

    def action_to_end(self, last: int) -> None:
        """Move the cursor to the first or the last item."""
        self.go_to(self._count - 1 if last else 0)

    def action_open(self) -> None:
        """Open the item under the cursor."""
        if self._count:
            self.post_message(self.Opened(self, self._cursor))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the item that was clicked; a click on the cursor opens it."""
        item = (event.get_content_offset_capture(self).y + self.scroll_offset.y) // self._lines_each
        if not 0 <= item < self._count:
            return
        event.stop()
        if item == self._cursor:
            self.action_open()
        else:
            self.go_to(item)

    def on_resize(self) -> None:
        """Tell whoever is laid out by the columns of the list."""
        self.post_message(self.Resized(self))

    def on_focus(self) -> None:
        """Draw the cursor as one that keys move."""
        self.refresh()

    def on_blur(self) -> None:
        """Draw the cursor as one that rests."""
        self.refresh()
