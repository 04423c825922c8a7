"""Finding one's way in a text: words, headings, pages, bookmarks, codings and what is still open."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from textual import work

from workbench.model.text import Passage, Text, trimmed
from workbench.tui.dialogs import AskText, Choice, ChooseFrom
from workbench.tui.reading.places import place_offset
from workbench.tui.stages import coding_filter
from workbench.tui.stages.desk import Desk
from workbench.tui.stages.outline import headings_of
from workbench.tui.stages.texts import label_of, next_text, same_place
from workbench.tui.wording import several


class TextMoves(Desk):
    """The keys that lead to other places and change nothing in the study but bookmarks."""

    @work
    async def action_open_text(self) -> None:
        """Choose a text among all that are held."""
        rows = [
            Choice(
                text.id,
                f"{each.document.key} · {label_of(text)}",
                " · ".join(part for part in (", ".join(each.cases), each.document.title) if part),
            )
            for each in self.workbench.coverage.documents()
            for text in each.texts
        ]
        if not rows:
            self.say("No text is held yet. Press F2 and I to import files.", alarm=True)
            return
        answer = await self.workbench.ask(ChooseFrom("Open which text?", rows))
        if answer:
            self.open_text(self.study.get(Text, answer[0]))

    def action_other_text(self) -> None:
        """Show the next text of the document at about the same paragraph."""
        if self.indexed is None:
            return
        other = next_text(self.study, self.indexed)
        if other is None:
            self.say("The document has no other text.")
            return
        self.open_text(other, cursor=same_place(self.pane.cursor, self._places, self.study.places(other)))

    # codings

    def action_next_coding(self) -> None:
        """Go to the next coding."""
        found = self.pane.next_highlight()
        self.say(found.label if found else "There is no coding after the cursor.")

    def action_previous_coding(self) -> None:
        """Go to the coding before."""
        found = self.pane.previous_highlight()
        self.say(found.label if found else "There is no coding before the cursor.")

    @work
    async def action_filter(self) -> None:
        """Ask which codings to draw."""
        if self.indexed is None:
            return
        rows = coding_filter.choices(self.study.framework, self._all_codings())
        answer = await self.workbench.ask(ChooseFrom("Draw which codings?", rows))
        if answer:
            row = next(row for row in rows if row.id == answer[0])
            self.filter = coding_filter.chosen(self.study.framework, row)
            self.show_codings()

    # what is open

    def action_next_open(self) -> None:
        """Go to the next paragraph, or part of one, that is neither indexed nor reviewed."""
        after = self._open_after(self.pane.cursor)
        self._show_open(self._open_after(-1) if after is None else after)

    def action_previous_open(self) -> None:
        """Go to the open paragraph, or part of one, before the cursor."""
        before = self._open_before(self.pane.cursor)
        self._show_open(self._open_before(self._length) if before is None else before)

    @property
    def _length(self) -> int:
        return self.indexed.characters if self.indexed is not None else 0

    @property
    def _open_passages(self) -> Sequence[Passage]:
        return self.shares.open_passages if self.shares is not None else ()

    def _open_after(self, cursor: int) -> int | None:
        """Find where the next open piece starts; paragraphs cut what is open into pieces."""
        starts = self._places.paragraphs
        for passage in self._open_passages:
            if passage.start > cursor:
                return passage.start
            place = bisect_right(starts, cursor)
            if passage.end > cursor and place < len(starts) and starts[place] < passage.end:
                return starts[place]
        return None

    def _open_before(self, cursor: int) -> int | None:
        """Find where the last open piece before the cursor starts."""
        starts = self._places.paragraphs
        for passage in reversed(self._open_passages):
            if passage.start < cursor:
                place = bisect_left(starts, min(cursor, passage.end)) - 1
                return max(passage.start, starts[place] if place >= 0 else 0)
        return None

    def _show_open(self, start: int | None) -> None:
        if self.indexed is None or self.shares is None:
            return
        if start is None:
            self.say("Nothing is open: all of this text is indexed or reviewed.")
            return
        starts = self._places.paragraphs
        place = bisect_right(starts, start)
        ends = [passage.end for passage in self._open_passages if passage.start <= start < passage.end]
        end = min(*ends, starts[place] if place < len(starts) else self.indexed.characters)
        passage = trimmed(self.study.text_content(self.indexed.content_hash), start, end)
        self.pane.go_to(passage.start, passage)
        done = 100 * (self.shares.total - self.shares.open) // max(1, self.shares.total)
        self.say(f"{self._places.cite(passage)} is open. {done} % of the text is indexed or reviewed.")

    # headings, pages, bookmarks

    @work
    async def action_go_to_place(self) -> None:
        """Ask for a heading, a page, a paragraph or an offset, and go there."""
        if self.indexed is None:
            return
        content = self.study.text_content(self.indexed.content_hash)
        found = headings_of(content, self.indexed.language)
        rows = [
            Choice(
                f"@{heading.offset}",
                "  " * (heading.level - 1) + heading.label,
                self._places.cite(Passage(heading.offset, heading.offset)),
            )
            for heading in found
        ]
        here = bisect_right(found, self.pane.cursor, key=lambda heading: heading.offset) - 1
        title = f"Go where? {several(len(rows), 'heading')}; or type Art. 5(2), p. 3, par. 12, 50 %, @1234"
        places, length = self._places, self.indexed.characters
        answer = await self.workbench.ask(
            ChooseFrom(
                title, rows, free=lambda typed: place_offset(typed, places, length), begin_at=max(0, here)
            )
        )
        if answer:
            self.pane.go_to_place(answer[0])

    def action_bookmark(self) -> None:
        """Set a bookmark at the cursor, or take it away."""
        from workbench.stages.familiarise import set_bookmarks

        text = self.indexed
        if text is None or not self.workbench.may_decide():
            return
        is_set = self.pane.toggle_bookmark()
        offsets = self.pane.bookmarks
        self.workbench.attempt(
            lambda: set_bookmarks(self.study, text.id, offsets),
            done="Bookmark set. B goes to the next." if is_set else "Bookmark taken away.",
        )

    def action_next_bookmark(self) -> None:
        """Go to the next bookmark, from the last to the first."""
        if self.pane.next_bookmark() is None:
            self.say("This text has no bookmark. b sets one.")

    # words

    @work
    async def action_find(self) -> None:
        """Ask for words and go to where they stand next."""
        typed = await self.workbench.ask(AskText("Find in this text", value=self._wanted))
        if typed is not None:
            self._wanted = typed
            self.action_find_next()

    def action_find_next(self) -> None:
        """Go to the next place where the words stand, from the top again at the end."""
        if self.indexed is None or not self._wanted:
            self.say("Press / and type what to find.")
            return
        words = self.study.text_content(self.indexed.content_hash)
        pattern = re.compile(re.escape(self._wanted), re.IGNORECASE)
        found = pattern.search(words, self.pane.cursor + 1) or pattern.search(words)
        if found is None:
            self.say(f"“{self._wanted}” does not stand in this text.")
            return
        self.pane.go_to(found.start(), Passage(*found.span()))
        self.say(f"{self._places.cite(Passage(*found.span()))}. n goes to the next.")
