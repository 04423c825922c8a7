"""A text with a cursor and a selection in code points, moved by commands; it says what came of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.message import Message

from workbench.model.text import Passage, PlaceMap
from workbench.tui.reading.canvas import TextCanvas
from workbench.tui.reading.growing import Finder, Steps, next_ring
from workbench.tui.reading.jumps import Jumps
from workbench.tui.reading.lanes import Highlight
from workbench.tui.reading.marking import Marking
from workbench.tui.reading.places import place_offset
from workbench.tui.reading.words import line_at


class MarkableText(TextCanvas):
    """Move a cursor and a selection over a text, to places, codings, units and back."""

    @dataclass
    class CursorMoved(Message, namespace="reading_pane"):
        """The cursor came to rest elsewhere."""

        offset: int

    @dataclass
    class SelectionChanged(Message, namespace="reading_pane"):
        """Another passage is selected, or none."""

        passage: Passage | None

    @dataclass
    class FurthestRead(Message, namespace="reading_pane"):
        """The bottom of the pane came further down the text than before."""

        offset: int

        def can_replace(self, message: Message) -> bool:
            """Let only the latest of several waiting reports arrive."""
            return isinstance(message, MarkableText.FurthestRead)

    def __init__(
        self,
        *,
        ambiguous_wide: bool = False,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Make an empty pane; `ambiguous_wide` is for terminals that give quotes and dashes two columns."""
        super().__init__(ambiguous_wide=ambiguous_wide, name=name, id=id, classes=classes)
        self.unit_at: Finder | None = None
        """Gives the unit at an offset, or the one before; a word stands for it where it is not set."""
        self.sections_at: Callable[[int], Sequence[Passage]] | None = None
        """Gives the sections that hold an offset, the innermost first; there are none where it is not set."""
        self._goal: int | None = None
        self._furthest = 0
        self._jumps = Jumps()
        self._grown: list[tuple[Marking, Passage | None]] = []

    def show(
        self,
        content: str,
        *,
        highlights: Sequence[Highlight] = (),
        places: PlaceMap | None = None,
        cursor: int = 0,
    ) -> None:
        """Show a text with the cursor in view; one of over half a million characters is laid out aside.

        Bookmarks and the way back stay where the same text is shown again.
        """
        if content != self._content:
            self._jumps = Jumps()
        self._furthest, self._goal = 0, None
        self._grown.clear()
        super().show(content, highlights=highlights, places=places, cursor=cursor)

    @property
    def cursor(self) -> int:
        """Offset of the grapheme under the cursor."""
        return self._marking.cursor

    @property
    def selection(self) -> Passage | None:
        """The selected passage, in whole graphemes."""
        return self._marking.selection

    # Going somewhere

    def go_to(self, offset: int, select: Passage | None = None) -> None:
        """Put the cursor at an offset and bring it into view; `select` is widened to whole graphemes.

        A place that leaves the screen by it is one that `go_back` returns to.
        """
        offset = min(max(offset, 0), len(self._content))
        self._leave_for(offset)
        self._mark(Marking.at(offset) if select is None else Marking.of(select, cursor=offset))

    def go_to_place(self, typed: str) -> None:
        """Go to `p. 3`, `par. 12`, `@1234`, `50 %` or a citation; raises `WrongUsage` where there is none."""
        self.go_to(place_offset(typed, self._places, len(self._content)))

    def go_back(self) -> bool:
        """Return to the place left by the last jump; False where there is none."""
        return self._return_to(self._jumps.back(self.cursor))

    def go_forward(self) -> bool:
        """Undo `go_back`; False where there is nothing to undo."""
        return self._return_to(self._jumps.forward(self.cursor))

    def next_highlight(self) -> Highlight | None:
        """Go to the next coding that starts after the cursor and select it; None where there is none."""
        return self._visit(self._lanes.after(self.cursor))

    def previous_highlight(self) -> Highlight | None:
        """Go to the last coding that starts before the cursor and select it; None where there is none."""
        return self._visit(self._lanes.before(self.cursor))

    def toggle_bookmark(self) -> bool:
        """Set a bookmark at the cursor, or take it away; True where there is one now."""
        if self.cursor in self.bookmarks:
            self.bookmarks = tuple(offset for offset in self.bookmarks if offset != self.cursor)
            return False
        self.bookmarks = (*self.bookmarks, self.cursor)
        return True

    def next_bookmark(self) -> int | None:
        """Go to the next bookmark, from the end of the text to the first; None where there is none."""
        if not self.bookmarks:
            return None
        place = bisect_right(self.bookmarks, self.cursor) % len(self.bookmarks)
        self.go_to(self.bookmarks[place])
        return self.cursor

    def previous_bookmark(self) -> int | None:
        """Go to the bookmark before, from the start of the text to the last; None where there is none."""
        if not self.bookmarks:
            return None
        self.go_to(self.bookmarks[bisect_left(self.bookmarks, self.cursor) - 1])
        return self.cursor

    # Selecting

    def select_unit(self, passage: Passage | None = None) -> None:
        """Select a passage with the cursor at its start; the unit at the cursor where none is given."""
        if passage is not None or self.is_laid_out:
            self._mark(Marking.of(passage or self.unit_around(self.cursor)))

    def select_word(self) -> None:
        """Select the word at the cursor."""
        if self.is_laid_out:
            self.select_unit(self._rows.word_at(self.cursor))

    def select_paragraph(self) -> None:
        """Select the paragraph at the cursor: of the place map, or the line where there is none."""
        self.select_unit(self.paragraph_at(self.cursor))

    def select_section(self) -> bool:
        """Select the innermost section at the cursor; False where the text has none there."""
        sections = self.sections_at(self.cursor) if self.sections_at else ()
        if sections:
            self.select_unit(sections[0])
        return bool(sections)

    def clear_selection(self) -> None:
        """Select nothing; the cursor stays."""
        self._mark(Marking.at(self.cursor))

    def grow_selection(self) -> bool:
        """Select the word at the cursor, then unit, paragraph, section by section, text; False at the end."""
        if not self.is_laid_out:
            return False
        before, at = self._marking, self.cursor
        sections = self.sections_at(at) if self.sections_at else ()
        small = (self._rows.word_at(at), self.unit_around(at), self.paragraph_at(at))
        rings = [ring for ring in small if self._content[ring.start : ring.end].strip()]
        rings += [*sections, Passage(0, len(self._content))]
        ring = next_ring(self.selection or Passage(at, at), map(self._rows.snapped, rings))
        if ring is None:
            return False
        if not self._is_grown:
            self._grown.clear()
        self._mark(Marking.of(ring, cursor=at))
        self._grown.append((before, self.selection))
        return True

    def shrink_selection(self) -> bool:
        """Take back the last growing of the selection; False where it has not grown as it stands."""
        if not self._is_grown:
            return False
        before, _ = self._grown.pop()
        self._mark(before)
        return True

    @property
    def _is_grown(self) -> bool:
        return bool(self._grown) and self._grown[-1][1] == self.selection

    def unit_around(self, offset: int) -> Passage:
        """Find the unit at an offset, or the word where nothing tells what a unit is."""
        return (self.unit_at or self._rows.word_at)(offset)

    def paragraph_at(self, offset: int) -> Passage:
        """Find the paragraph at an offset, without the white space after it."""
        number = self._places.paragraph_of(offset)
        if not number:
            return line_at(self._content, offset)
        starts = self._places.paragraphs
        start = starts[number - 1]
        end = starts[number] if number < len(starts) else len(self._content)
        return Passage(start, start + len(self._content[start:end].rstrip()))

    def steps(self, kind: str) -> Steps:
        """Give the units or the paragraphs of the text as steps; `kind` is `unit` or `paragraph`."""
        return Steps(self._content, self.paragraph_at if kind == "paragraph" else self.unit_around)

    # What comes of it

    def rows_changed(self) -> None:
        """Report how far the reader has come."""
        last_row = min(self.scroll_offset.y + self._height, len(self._rows)) - 1
        offset = self._rows.span(last_row)[1]
        if offset > self._furthest:
            self._furthest = offset
            self.post_message(self.FurthestRead(offset))

    def _mark(self, marking: Marking, *, keep_goal: bool = False) -> None:
        """Take over another cursor and selection: redraw, bring into view, report."""
        before = self._marking
        self._marking = marking.snapped(self._rows) if self.is_laid_out else marking
        if not keep_goal:
            self._goal = None
        if self.is_laid_out:
            self.redraw_marking(before)
            self.reveal(self.cursor)
        else:
            self._reveals = True
        if before.cursor != self.cursor:
            self.post_message(self.CursorMoved(self.cursor))
        if before.selection != self.selection:
            self.post_message(self.SelectionChanged(self.selection))

    def _visit(self, highlight: Highlight | None) -> Highlight | None:
        if highlight is not None:
            self.go_to(highlight.start, Passage(highlight.start, highlight.end))
        return highlight

    def _leave_for(self, offset: int) -> None:
        """Remember the cursor's place where another one lies off the screen."""
        top = self.scroll_offset.y
        if not self.is_laid_out or not top <= self._rows.row_of(offset) < top + self._height:
            self._jumps.left(self.cursor)

    def _return_to(self, offset: int | None) -> bool:
        if offset is not None:
            self._mark(Marking.at(offset))
        return offset is not None
