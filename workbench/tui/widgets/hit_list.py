"""Hits in context, two lines each: where it is, and the words around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from workbench.model.text import Passage, Text
from workbench.model.visible import visible
from workbench.tui.display import content, shortened
from workbench.tui.widgets.line_list import LineList


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that was found, with the words around it."""

    text: Text
    document: str
    """Key of the document."""
    cases: str
    """Names of the cases."""
    passage: Passage
    before: str
    words: str
    after: str
    coding_id: str = ""
    """Id of the coding that the passage is under, where it stands for one."""
    note: str = ""
    """What else is to be said of it, such as its code and coder."""

    @property
    def key(self) -> tuple[str, Passage]:
        """Name the passage."""
        return self.text.id, self.passage


class HitList(LineList):
    """Show hits as they come; each can be ticked."""

    def __init__(self, cite: Callable[[Found], str], *, empty: str = "", id: str | None = None) -> None:
        """Make an empty list; `cite` gives the place of a hit in its text."""
        super().__init__(lines_each=2, id=id, empty=empty)
        self._cite = cite
        self._hits: list[Found] = []
        self._unticked: set[int] = set()

    @property
    def hit(self) -> Found | None:
        """The hit under the cursor."""
        return None if self.cursor is None else self._hits[self.cursor]

    @property
    def texts(self) -> int:
        """Number of texts that the hits are in."""
        return len({hit.text.id for hit in self._hits})

    @property
    def ticked(self) -> list[Found]:
        """The hits that are ticked, in order."""
        return [hit for place, hit in enumerate(self._hits) if place not in self._unticked]

    def begin(self, empty: str) -> None:
        """Show no hits; `empty` is said until some come."""
        self._hits, self._unticked, self._empty = [], set(), empty
        self.show_items(0, self._draw_hit)

    def show_hits(self, hits: list[Found], *, ticked: bool) -> None:
        """Show other hits, all of them ticked or none; the cursor stays on its passage where it is there."""
        here = self.hit
        self._hits = hits
        self._unticked = set() if ticked else set(range(len(hits)))
        same = (place for place, hit in enumerate(hits) if here and hit.coding_id == here.coding_id)
        self.show_items(len(hits), self._draw_hit, cursor=next(same, min(self._cursor, len(hits))))

    def add(self, hits: list[Found]) -> None:
        """Show more hits after those there are; all are ticked at first."""
        self._hits += hits
        self.show_items(len(self._hits), self._draw_hit, cursor=self._cursor)

    def tick(self) -> None:
        """Tick the hit under the cursor or untick it, and go to the next."""
        if self.cursor is not None:
            self._unticked ^= {self.cursor}
            self.refresh()
            self.action_move(1)

    def tick_all(self) -> None:
        """Tick all, or none where all are ticked."""
        self._unticked = set() if self._unticked else set(range(len(self._hits)))
        self.refresh()

    def _draw_hit(self, item: int, columns: int) -> list[Content]:
        hit = self._hits[item]
        mark = "[ ] " if item in self._unticked else "[x] "
        new = item == 0 or self._hits[item - 1].text.id != hit.text.id
        language = f" ({hit.text.language})" if hit.text.language else ""
        of = f"{hit.cases or 'no case'} · {hit.document}{language}, " if new else ""
        note = f" · {hit.note}" if hit.note else ""
        head = shortened(f"{of}{self._cite(hit)}{note}", max(columns - len(mark), 1))
        return [Content(mark) + content(head, "dim" if not new else "bold"), _in_context(hit, columns)]


def _in_context(hit: Found, columns: int) -> Content:
    """Put the words that were found in the line, with as much around them as there is room for."""
    room = max(columns - 4, 1)
    whole = " ".join(hit.words.split())
    words = shortened(whole, room)
    if words != visible(whole):
        return Content("    ") + content(words, "bold underline")
    before = " ".join(f"{hit.before}|".split())[:-1]
    after = " ".join(f"|{hit.after}".split())[1:]
    left = (room - cell_len(words)) // 2
    while before and cell_len(before) > left:
        before = before[max(1, (cell_len(before) - left) // 2) :]
    rest = max(room - cell_len(before) - cell_len(words), 0)
    line = Content("    ") + content(before) + content(words, "bold underline")
    return line + content(shortened(after, rest)) if rest else line
