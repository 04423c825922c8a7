"""The screen of words: frequent ones, those that tell a part from the rest, those that go together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static
from textual.worker import get_current_worker

from workbench.errors import WorkbenchError
from workbench.model.case import Case
from workbench.tui.actions import bindings
from workbench.tui.dialogs import Choice, ChooseFrom
from workbench.tui.display import content
from workbench.tui.language_work import told_to
from workbench.tui.screen import StageScreen
from workbench.tui.stages.words_counting import FACES, Counted, Wanted, count, hits_of
from workbench.tui.widgets.line_list import LineList
from workbench.tui.wording import several

if TYPE_CHECKING:
    from workbench.tui.stages.words_counting import Line

_EMPTY = {
    "frequent": "There are no words.",
    "keyness": "No word stands out.",
    "together": "No words go together often enough.",
}
_ALL = "the whole corpus"


class WordsScreen(StageScreen):
    """Count the words of a part of the corpus, each walked back to its passages."""

    STAGE: ClassVar[str] = "words"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("words")]
    DEFAULT_CSS = """
    WordsScreen #faces { height: 1; padding: 0 1; background: $panel; }
    WordsScreen #told { height: auto; max-height: 3; padding: 0 1; color: $text-muted; }
    WordsScreen #head { height: 1; padding: 0 0; text-style: bold; }
    WordsScreen #lines { height: 1fr; }
    WordsScreen #more { height: 3; padding: 0 1; border-top: solid $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._wanted = Wanted()
        self._counted: Counted | None = None
        self._under_way = False

    def compose_body(self) -> ComposeResult:
        """Lay out the faces, the words, and the documents of the one at the cursor."""
        with Vertical():
            yield Static("", id="faces", markup=False)
            yield Static("", id="told", markup=False)
            yield Static("", id="head", markup=False)
            yield LineList(id="lines")
            yield Static("", id="more", markup=False)

    def on_mount(self) -> None:
        """Begin with the frequent words of all texts."""
        self._list.focus()

    @property
    def _list(self) -> LineList:
        return self.query_one(LineList)

    @property
    def _line(self) -> Line | None:
        lines, cursor = self._counted.lines if self._counted else (), self._list.cursor
        return lines[cursor] if cursor is not None and cursor < len(lines) else None

    # counting

    def refresh_study(self) -> None:
        """Count again what was asked for, since the study has changed."""
        self._begin(self._wanted)

    def _begin(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._under_way = True
        tabs = [
            content(f"{'▸' if face == wanted.face else ' '}{number} {name}", "bold" * (face == wanted.face))
            for number, (face, name) in enumerate(FACES.items(), 1)
        ]
        self.query_one("#faces", Static).update(Content("  ").join(tabs))
        self._tell("counting … escape stops")
        self._count(wanted)

    @work(thread=True, exclusive=True, group="words")
    def _count(self, wanted: Wanted) -> None:
        worker = get_current_worker()
        try:
            counted = count(self.study, wanted, told_to(self.workbench, self._progress))
        except WorkbenchError as error:
            if not worker.is_cancelled:
                self.app.call_from_thread(self._failed, str(error))
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show, counted)

    def _progress(self, done: int, of: int) -> None:
        if self._under_way:
            self._tell(f"counting … {done} of {several(of, 'text')} · escape stops")

    def _failed(self, why: str) -> None:
        self._counted = None
        self._show_lines("Nothing was counted.")
        self._tell("not counted · i chooses what to count")
        self.say(why, alarm=True)
        self._under_way = False

    def _show(self, counted: Counted) -> None:
        self._under_way = False
        self._counted = counted
        self._show_lines(_EMPTY[counted.wanted.face])
        self._tell(f"{counted.told} · enter searches")

    def _show_lines(self, empty: str) -> None:
        self._list.say_empty(empty)
        lines = self._counted.lines if self._counted else ()
        self._list.show_items(len(lines), self._draw)
        self._show_head()
        self._show_more()

    def _tell(self, words: str) -> None:
        self.query_one("#told", Static).update(content(words))

    def _draw(self, item: int, columns: int) -> list[Content]:
        if self._counted is None:
            return []
        return [content(self._counted.drawn(item, columns))]

    @on(LineList.Resized, "#lines")
    def _show_head(self) -> None:
        columns = self._list.scrollable_content_region.width
        self.query_one("#head", Static).update(content(self._counted.head(columns) if self._counted else ""))

    @on(LineList.Moved, "#lines")
    def _show_more(self) -> None:
        line = self._line
        self.query_one("#more", Static).update(content(line.more if line is not None else ""))

    # choosing

    def _face(self, face: str) -> None:
        self._list.focus()
        if face == "keyness" and not self._wanted.is_part:
            self._next_case(1, face=face)
        else:
            self._begin(replace(self._wanted, face=face))

    def action_frequent(self) -> None:
        """Show the frequent words."""
        self._face("frequent")

    def action_keyness(self) -> None:
        """Show the words that tell a part from the rest; of the first case where no part is chosen."""
        self._face("keyness")

    def action_together(self) -> None:
        """Show the words that go together."""
        self._face("together")

    @work
    async def action_scope(self) -> None:
        """Choose what is counted."""
        rows = [Choice("", _ALL)]
        rows += [Choice(f"case:{case.id}", case.name, "case") for case in self._cases()]
        framework = self.study.framework
        rows += [
            Choice(f"code:{code.id}", framework.label(code), "code") for code in framework.codes.values()
        ]
        for each in self.workbench.coverage.documents():
            about = f"document · {each.document.title}"
            rows.append(Choice(f"document:{each.document.id}", each.document.key, about))
        answer = await self.workbench.ask(ChooseFrom("Count the words of what?", rows))
        if answer:
            self._begin(self._wanted.of(answer[0]))

    def action_next_case(self) -> None:
        """Count the next case."""
        self._next_case(1)

    def action_previous_case(self) -> None:
        """Count the case before."""
        self._next_case(-1)

    def _next_case(self, by: int, *, face: str = "") -> None:
        ids = [case.id for case in self._cases()]
        if not ids:
            self.say("There are no cases yet.")
            return
        now = self._wanted.asked.case_id
        place = (ids.index(now) + by) % len(ids) if now in ids else (0 if by > 0 else -1)
        wanted = self._wanted.of(f"case:{ids[place]}")
        self._begin(replace(wanted, face=face or wanted.face))

    def _cases(self) -> list[Case]:
        return self.study.all(Case, order="position")

    @work
    async def action_against(self) -> None:
        """Choose what key words are held against."""
        rows = [Choice("", "all outside the part")]
        rows += [Choice(case.id, case.name, "case") for case in self._cases()]
        answer = await self.workbench.ask(ChooseFrom("Hold key words against what?", rows))
        if answer:
            self._begin(replace(self._wanted, face="keyness", against=answer[0]))

    def action_language(self) -> None:
        """Count the next language of the part."""
        if self._counted is None or not self._counted.others:
            self.say("There is no other language here.")
            return
        languages = sorted({self._counted.language, *self._counted.others})
        place = (languages.index(self._counted.language) + 1) % len(languages)
        self._begin(self._wanted.in_language(languages[place]))

    def action_grammar(self) -> None:
        """Count the words of grammar too, or leave them out."""
        self._begin(replace(self._wanted, all_words=not self._wanted.all_words))

    # going and leaving

    @on(LineList.Opened, "#lines")
    def _search(self) -> None:
        line, counted = self._line, self._counted
        if line is not None and counted is not None:
            words, mode = hits_of(line, counted.language)
            within = frozenset[str]() if line.elsewhere else counted.wanted.within
            self.workbench.search_for(words, mode, within, counted.name)

    def place(self) -> Callable[[], None]:
        """Come back to the word."""
        return lambda: self.set_focus(self._list)

    def leave(self) -> None:
        """Stop what is under way."""
        self._stop()

    def _stop(self) -> bool:
        if not self._under_way:
            return False
        self.workers.cancel_group(self, "words")
        self._under_way = False
        self._tell("stopped: what is shown was counted before · 1, 2 or 3 counts again")
        return True

    def action_back(self) -> None:
        """Stop counting, or go back to where one came from."""
        if not self._stop():
            super().action_back()
