"""Two versions of a text side by side: what stayed is folded, what changed is shown word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from workbench.model.word_difference import Kept, Stretch
from workbench.tui.display import content
from workbench.tui.reading.rows import Rows
from workbench.tui.widgets.line_list import LineList

_NARROW = 70
"""Columns below which the old words stand above the new ones."""
_FOLDED = 120
"""Characters that stayed from which on they are folded, and end a change."""
_SHOWN = 40
"""Characters that are shown at each end of what is folded."""
_LOOKS = {Kept.SAME: "", Kept.GONE: "strike", Kept.NEW: "bold underline"}
_BRACKETS = {Kept.SAME: ("", ""), Kept.GONE: ("[-", "-]"), Kept.NEW: ("{+", "+}")}


@dataclass(frozen=True, slots=True)
class Change:
    """One place where two versions differ, or what stayed between two such places."""

    stretches: tuple[Stretch, ...]

    @property
    def is_kept(self) -> bool:
        """Tell whether nothing changed here."""
        return all(each.kept is Kept.SAME for each in self.stretches)


def changes_of(stretches: Sequence[Stretch]) -> Iterator[Change]:
    """Cut a difference into changes and what stayed between them, at the ends of lines where there are some.

    Put together they give both versions back.
    """
    begun: list[Stretch] = []
    for stretch in stretches:
        if stretch.kept is not Kept.SAME or ("\n" not in stretch.words and len(stretch.words) < _FOLDED):
            begun.append(stretch)
            continue
        head, middle, tail = _cut(stretch.words)
        if begun and not Change(tuple(begun)).is_kept:
            yield Change((*begun, Stretch(head, Kept.SAME)))
        else:
            middle = "".join(each.words for each in begun) + head + middle
        if middle:
            yield Change((Stretch(middle, Kept.SAME),))
        begun = [Stretch(tail, Kept.SAME)] if tail else []
    if begun:
        yield Change(tuple(begun))


def _cut(words: str) -> tuple[str, str, str]:
    """Cut what stayed into the rest of a line, what lies between, and the beginning of another line."""
    first, last = words.find("\n") + 1, words.rfind("\n") + 1
    if not 0 < first <= _FOLDED:
        first = min(_SHOWN, len(words))
    if not 0 <= len(words) - last < _FOLDED:
        last = len(words) - _SHOWN
    last = max(first, last)
    return words[:first], words[first:last], words[last:]


class DifferenceList(LineList):
    """Show a difference in lines: two columns where there is room, else one above the other."""

    DEFAULT_CSS = "DifferenceList { overflow-y: scroll; }"

    def __init__(self, stretches: Sequence[Stretch], *, id: str | None = None) -> None:
        """Show what became of the words of an old version."""
        super().__init__(id=id)
        self._changes = list(changes_of(stretches))
        self._starts: list[int] = []
        """Lines at which a change begins."""
        self._laid_out_at = 0

    @property
    def changes(self) -> int:
        """Count the places where the versions differ."""
        return sum(not change.is_kept for change in self._changes)

    def on_resize(self) -> None:
        """Lay the words out anew."""
        columns = self.scrollable_content_region.width
        if columns < 8 or columns == self._laid_out_at:
            return
        self._laid_out_at = columns
        lines: list[Content] = []
        self._starts = []
        for change in self._changes:
            if not change.is_kept:
                self._starts.append(len(lines))
            lines += _drawn(change, columns)
        self.show_items(len(lines), lambda item, _: [lines[item]], cursor=self._cursor)

    def next_change(self, by: int) -> None:
        """Go to the next change, or with -1 to the one before."""
        beyond = [at for at in self._starts if (at > self._cursor if by > 0 else at < self._cursor)]
        if beyond:
            self.go_to(beyond[0] if by > 0 else beyond[-1])


def _drawn(change: Change, columns: int) -> Iterator[Content]:
    if change.is_kept:
        kept = "".join(each.words for each in change.stretches)
        if len(kept) > _FOLDED or columns < _NARROW:
            yield content(f"  … {len(kept)} characters unchanged …", "dim")
            return
        if not kept.strip():
            return
    old = [each for each in change.stretches if each.kept is not Kept.NEW]
    new = [each for each in change.stretches if each.kept is not Kept.GONE]
    if columns < _NARROW:
        yield from (Content.assemble("− ", line) for line in _wrapped(old, columns - 2))
        yield from (Content.assemble("+ ", line) for line in _wrapped(new, columns - 2))
        return
    half = (columns - 3) // 2
    left, right = list(_wrapped(old, half)), list(_wrapped(new, half))
    for at in range(max(len(left), len(right))):
        first = left[at] if at < len(left) else Content("")
        second = right[at] if at < len(right) else Content("")
        pad = " " * max(half - first.cell_length, 0)
        yield Content.assemble(first, pad, " │ ", second)


def _wrapped(stretches: Sequence[Stretch], columns: int) -> Iterator[Content]:
    """Cut the words into lines of so many columns, each stretch in its look and between its brackets."""
    words, ends = "", []
    for each in stretches:
        before, after = _BRACKETS[each.kept]
        words += f"{before}{each.words}{after}"
        ends.append((len(words), _LOOKS[each.kept]))
    rows = Rows(words.removesuffix("\n"), max(columns, 2))
    for row in range(len(rows)):
        start, stop = rows.span(row)
        ends_with = "\n " if rows.columns(row) > rows.width else "\n"
        stop = start + len(words[start:stop].rstrip(ends_with))
        line, at = [], start
        for end, look in ends:
            if at < min(end, stop):
                line.append(content(words[at : min(end, stop)], look))
                at = min(end, stop)
        yield Content.assemble(*line)
