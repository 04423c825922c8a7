"""The key terms of a text that lies open: marked in its pane, and told where the cursor is on one."""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.model.glossary import Term
from workbench.model.text import Text
from workbench.tui.reading.canvas import TextCanvas
from workbench.tui.reading.runs import Tone

if TYPE_CHECKING:
    from workbench.language.glossary import Mark
    from workbench.stages.term_marks import TermMark
    from workbench.study.study import Study

_SETTLED = 0.5
"""Seconds before the process for language is begun for it, so that the first screen is drawn before."""


class TermLayer:
    """Holds what of one text is something to a key term; drawn or not, it can be asked."""

    def __init__(self, pane: TextCanvas) -> None:
        self._pane = pane
        self.is_drawn = True
        self._of: tuple[str, tuple[Term, ...]] = ("", ())
        """Content that was looked through last, and for what."""
        self._marks: Sequence[TermMark] = ()

    def is_behind(self, study: Study, text: Text | None) -> bool:
        """Tell whether the text or the terms are others than those that were looked for."""
        from workbench.stages.glossary import terms_of

        wanted = ("", ()) if text is None else (text.content_hash + text.language, tuple(terms_of(study)))
        if wanted == self._of:
            return False
        self._of = wanted
        return True

    async def look(self, text: Text, words: str, *, done: Callable[[str], None]) -> None:
        """Look for the terms in the process for language, and mark them where the text is still open.

        `done` hears what went wrong, in a sentence; nothing where all is well.
        """
        from workbench.language import working
        from workbench.stages.term_marks import marks_in

        wanted = self._of
        self._take(())
        if not wanted[1]:
            return
        if not working.is_running():
            await asyncio.sleep(_SETTLED)
        try:
            marks = await asyncio.to_thread(marks_in, wanted[1], text, words, find=found_aside)
        except WorkbenchError as error:
            self._of = ("", ())
            done(str(error))
            return
        if wanted == self._of:
            self._take(marks)
            done("")

    def _take(self, marks: Sequence[TermMark]) -> None:
        self._marks = marks
        self.draw(self.is_drawn)

    def draw(self, drawn: bool) -> None:
        """Draw the marks, or draw them no longer."""
        self.is_drawn = drawn
        stretches = [Tone(mark.start, mark.end, mark.look.value) for mark in self._marks] if drawn else []
        self._pane.set_terms(stretches)

    def at(self, offset: int) -> TermMark | None:
        """Find what stands at an offset."""
        place = bisect_right(self._marks, offset, key=lambda mark: mark.start) - 1
        mark = self._marks[place] if place >= 0 else None
        return mark if mark is not None and offset < mark.end else None


def found_aside(terms: tuple[Term, ...], language: str, words: str) -> list[Mark]:
    """Look for terms in the process for language; only in a thread."""
    from workbench.language import working
    from workbench.language.glossary import candidates_in

    return working.run(candidates_in, terms, language, words)
