"""Memos of one text, each with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from workbench.model.memo import Memo
from workbench.model.text import Passage
from workbench.tui.display import content, shortened
from workbench.tui.widgets.line_list import LineList


@dataclass(frozen=True, slots=True)
class PlacedMemo:
    """A memo and where it stands."""

    memo: Memo
    place: str
    """Its citation, or what it is on as a whole."""
    passage: Passage | None
    """None for a memo on a whole document or text."""


class MemoList(LineList):
    """Show memos, two lines each."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(lines_each=2, id=id, empty="No memos on this text yet.")
        self._memos: list[PlacedMemo] = []

    @property
    def placed(self) -> PlacedMemo | None:
        """The memo under the cursor."""
        return None if self.cursor is None else self._memos[self.cursor]

    def show_memos(self, memos: Sequence[PlacedMemo]) -> None:
        """Show other memos; the cursor stays on the memo it was on."""
        here = self.placed.memo.id if self.placed else ""
        self._memos = list(memos)
        cursor = next((place for place, each in enumerate(self._memos) if each.memo.id == here), 0)
        self.show_items(len(self._memos), self._draw_memo, cursor=cursor)

    def _draw_memo(self, item: int, columns: int) -> list[Content]:
        placed = self._memos[item]
        memo = placed.memo
        became = " · became a code" if memo.became else ""
        head = f"{memo.kind} · {placed.place} · {memo.coder} · {memo.at[:10]}{became}"
        words = " ".join(memo.content.split())
        return [
            content(shortened(head, columns), "dim"),
            content(f"  {shortened(words, max(columns - 2, 1))}"),
        ]
