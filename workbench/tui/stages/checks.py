"""The screen of questions about translations: both sides shown, what is in question lit, one answer each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static
from textual.worker import get_current_worker

from workbench.errors import WorkbenchError
from workbench.model.case import Document
from workbench.model.text import Passage, Text
from workbench.model.translation_check import CheckKind, Reply
from workbench.tui.actions import bindings
from workbench.tui.dialogs import Choice, ChooseFrom, GiveReason
from workbench.tui.display import content, shortened
from workbench.tui.language_work import told_to
from workbench.tui.screen import StageScreen
from workbench.tui.stages.chart_writing import reading
from workbench.tui.stages.version_sheet import name_of
from workbench.tui.widgets.line_list import LineList
from workbench.tui.wording import several

if TYPE_CHECKING:
    from workbench.stages.translation_checks import Question

_AROUND, _AROUND_NARROW = 120, 30
"""Characters that are shown before and after a passage, where there is room and where there is little."""
_MEANS = {
    Reply.ACCEPTED: "The translation is at fault there",
    Reply.NOTED: "Both differ, and readers are to know",
    Reply.DISMISSED: "There is nothing",
}


class ChecksScreen(StageScreen):
    """Answer one question after the other."""

    STAGE: ClassVar[str] = "checks"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("checks")]
    DEFAULT_CSS = """
    ChecksScreen #shown { width: 2fr; height: 1fr; }
    ChecksScreen #told { height: auto; padding: 0 1; color: $text-muted; }
    ChecksScreen #questions { padding: 0 1; }
    ChecksScreen #both { width: 3fr; height: 1fr; border-left: solid $panel; padding: 0 1; }
    ChecksScreen.-narrow #body { layout: vertical; }
    ChecksScreen.-narrow #shown { width: 100%; height: 35%; }
    ChecksScreen.-narrow #both { width: 100%; height: 1fr; border-left: none; border-top: solid $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._found: list[Question] = []
        self._shown: list[Question] = []
        self._asked_at = -1
        """Number of decisions when the questions were asked; below 0 before that, or when it was stopped."""
        self._under_way = False
        self._kinds: frozenset[str] = frozenset()
        self._documents: frozenset[str] = frozenset()
        """Kinds and ids of documents that are shown; empty for all."""
        self._with_answered = False
        self._negation = False

    def compose_body(self) -> ComposeResult:
        """Lay out the questions, and both sides of the one at the cursor."""
        with Vertical(id="shown"):
            yield Static("", id="told", markup=False)
            yield LineList(id="questions", lines_each=2)
        with VerticalScroll(id="both"):
            yield Static("", id="details", markup=False)

    def on_mount(self) -> None:
        """Begin in the questions."""
        self._list.focus()

    @property
    def _list(self) -> LineList:
        return self.query_one("#questions", LineList)

    @property
    def question(self) -> Question | None:
        """Give the question at the cursor."""
        return self._list.at_cursor(self._shown)

    # asking

    def refresh_study(self) -> None:
        """Ask again where links or texts have changed, or else show the answers as they are now."""
        from workbench.stages.translation_checks import still_the_same, with_answers

        if self._under_way:
            return
        if self._asked_at >= 0 and still_the_same(self.study, self._asked_at):
            self._found = with_answers(self.study, self._found)
            self._show()
        else:
            self._begin()

    def _begin(self) -> None:
        self._under_way = True
        self._list.say_empty("Reading the links …")
        self._tell("asking … escape stops")
        self._ask(self.study.head.count, self._negation)

    @work(thread=True, exclusive=True, group="checks")
    def _ask(self, count: int, negation: bool) -> None:
        from workbench.stages.translation_checks import questions

        worker, app = get_current_worker(), self.workbench
        try:
            with reading(app) as study:
                found = questions(study, negation=negation, progress=told_to(app, self._come_to))
        except WorkbenchError as error:
            if not worker.is_cancelled:
                self.app.call_from_thread(self._failed, str(error))
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._end, count, found)

    def _come_to(self, done: int, of: int) -> None:
        if self._under_way and of:
            self._tell(f"asking … {100 * done // of} % · escape stops")

    def _end(self, count: int, found: list[Question]) -> None:
        from workbench.stages.translation_checks import with_answers

        self._under_way, self._asked_at = False, count
        self._found = with_answers(self.study, found)
        self._show()

    def _failed(self, why: str) -> None:
        self._under_way = False
        self._list.say_empty("The questions were not asked.")
        self._tell("")
        self.say(why, alarm=True)

    def _stop(self) -> None:
        self.workers.cancel_group(self, "checks")
        self._under_way, self._asked_at = False, -1
        self._list.say_empty("It was stopped. K asks again.")
        self._tell("stopped")

    def arrive(self) -> None:
        """Ask again where it was stopped."""
        if self._asked_at < 0 and not self._under_way:
            self._begin()

    def leave(self) -> None:
        """Stop what is under way."""
        if self._under_way:
            self._stop()

    def action_back(self) -> None:
        """Stop asking, or go back to where one came from."""
        if self._under_way:
            self._stop()
        else:
            super().action_back()

    # showing

    def _show(self) -> None:
        here = self.question
        self._shown = [
            each
            for each in self._found
            if (self._with_answered or each.answer is None)
            and (not self._kinds or each.kind.value in self._kinds)
            and (not self._documents or each.document.id in self._documents)
        ]
        self._list.say_empty(self._why_empty())
        same = (place for place, each in enumerate(self._shown) if here and each.id == here.id)
        self._list.show_items(len(self._shown), self._draw, cursor=next(same, self._list.cursor or 0))
        self._describe()

    def _why_empty(self) -> str:
        if not self._found:
            return "Nothing is asked: no texts are linked, or nothing is seen in them."
        return "Nothing is open here. o shows what was answered."

    def _tell(self, words: str) -> None:
        self.query_one("#told", Static).update(content(words))

    def _draw(self, item: int, columns: int) -> list[Content]:
        each = self._shown[item]
        head = f"{each.kind.value} · {each.document.key} · {each.state}"
        style = "bold" if each.priority == 1 and each.answer is None else ""
        return [
            content(shortened(head, columns), style),
            content("  " + shortened(each.question, max(columns - 2, 1)), "dim" if each.answer else ""),
        ]

    @on(LineList.Resized, "#questions")
    @on(LineList.Moved, "#questions")
    def _describe(self) -> None:
        if not self._under_way:
            waiting = sum(each.answer is None for each in self._found)
            at = f"{(self._list.cursor or 0) + 1} of {len(self._shown)} shown · " if self._shown else ""
            only = " · filtered" if self._kinds or self._documents else ""
            self._tell(f"{at}{waiting} open, {len(self._found) - waiting} answered{only}")
        each = self.question
        parts = list(self._sheet(each)) if each is not None else []
        self.query_one("#details", Static).update(Content("\n").join(parts))
        self.query_one("#both").scroll_home(animate=False)

    def _sheet(self, each: Question) -> Iterator[Content]:
        yield content(each.question, "bold")
        if each.answer is not None:
            said = f"{each.answer.coder}, {each.answer.at[:10]}: {each.state}. {each.answer.note}"
            yield content(said, newlines=True)
        for heading, text, passage, seen in (
            ("Source", each.source, each.source_passage, each.source_seen),
            ("Translation", each.target, each.target_passage, each.target_seen),
        ):
            yield content("")
            yield content(f"{heading}: {self._named(text)}", "bold underline")
            if len(passage):
                yield content(self.study.places(text).cite(passage), "dim")
                yield self._lit(text, passage, seen)
            else:
                yield content("nothing", "dim")

    def _named(self, text: Text) -> str:
        return name_of(self.study.get(Document, text.document_id), text)

    def _lit(self, text: Text, passage: Passage, seen: Sequence[Passage]) -> Content:
        """Draw a passage with a little around it, and what is in question lit."""
        words = self.study.text_content(text.content_hash)
        room = _AROUND_NARROW if self.has_class("-narrow") else _AROUND
        first, last = max(0, passage.start - room), min(len(words), passage.end + room)
        parts = [content(("…" if first else "") + words[first : passage.start], "dim", newlines=True)]
        at = passage.start
        for place in sorted(seen):
            parts.append(content(words[at : place.start], newlines=True))
            style = "" if place == passage else "bold reverse"
            parts.append(content(words[max(at, place.start) : place.end], style, newlines=True))
            at = max(at, place.end)
        parts.append(content(words[at : passage.end], newlines=True))
        parts.append(
            content(words[passage.end : last] + ("…" if last < len(words) else ""), "dim", newlines=True)
        )
        return Content.assemble(*parts)

    # going

    def object_key(self) -> str:
        """Give the answer at the cursor, or else the translation."""
        each = self.question
        if each is None:
            return ""
        return f"check-answer:{each.id}" if each.answer is not None else f"text:{each.target.id}"

    def text_place(self) -> tuple[str, Passage] | None:
        """Give the passage of the translation."""
        each = self.question
        return (each.target.id, each.target_passage) if each is not None else None

    def place(self) -> Callable[[], None]:
        """Come back to the question."""
        return lambda: self.set_focus(self._list)

    @on(LineList.Opened, "#questions")
    def _open_place(self) -> None:
        each = self.question
        if each is not None and len(each.target_passage):
            self._go((each.target, each.target_passage, each.target_seen))
        else:
            self.action_source()

    def action_source(self) -> None:
        """Go to the place in the source."""
        each = self.question
        if each is not None and len(each.source_passage):
            self._go((each.source, each.source_passage, each.source_seen))
        elif each is not None:
            self.say("Nothing of the source is linked to it.")

    def _go(self, there: tuple[Text, Passage, Sequence[Passage]]) -> None:
        text, passage, seen = there
        self.workbench.open_passage(text.id, seen[0] if seen else passage)

    # choosing what is shown

    @work
    async def action_choose_kind(self) -> None:
        """Choose the kinds of questions that are shown."""
        counts = Counter(each.kind for each in self._found if self._with_answered or each.answer is None)
        rows = [
            Choice(kind.value, kind.value, several(counts[kind], "question"), kind.value in self._kinds)
            for kind in CheckKind
            if kind is not CheckKind.NEGATION or self._negation
        ]
        chosen = await self.workbench.ask(
            ChooseFrom("Show which kinds? None chosen shows all.", rows, multiple=True)
        )
        if chosen is not None:
            self._kinds = frozenset(chosen)
            self._show()

    @work
    async def action_choose_document(self) -> None:
        """Choose the documents whose questions are shown."""
        counts = Counter(each.document.id for each in self._found)
        documents = {each.document.id: each.document for each in self._found}
        rows = [
            Choice(key, document.key, several(counts[key], "question"), key in self._documents)
            for key, document in documents.items()
        ]
        chosen = await self.workbench.ask(
            ChooseFrom("Show which documents? None chosen shows all.", rows, multiple=True)
        )
        if chosen is not None:
            self._documents = frozenset(chosen)
            self._show()

    def action_answered(self) -> None:
        """Show the answered too, or only the open."""
        self._with_answered = not self._with_answered
        self._show()

    def action_negation(self) -> None:
        """Ask about negation too, or no longer."""
        self._negation = not self._negation
        self._begin()

    # deciding

    @work
    async def action_accept(self) -> None:
        """Say that the translation is at fault."""
        await self._answer(Reply.ACCEPTED)

    @work
    async def action_note(self) -> None:
        """Say that both differ and readers are to know."""
        await self._answer(Reply.NOTED)

    @work
    async def action_dismiss_question(self) -> None:
        """Say that there is nothing."""
        await self._answer(Reply.DISMISSED)

    @work
    async def action_alike(self) -> None:
        """Answer all open questions in which the same is seen, as one decision."""
        each = self.question
        if each is None or not self.workbench.may_decide():
            return
        alike = [other for other in self._found if other.seen == each.seen and other.answer is None]
        if not alike:
            self.say("No open question is like this one.")
            return
        rows = [Choice(reply.value, reply.value, means) for reply, means in _MEANS.items()]
        title = f"Answer {several(len(alike), 'question')} like this how?"
        chosen = await self.workbench.ask(ChooseFrom(title, rows, begin_at=len(rows) - 1))
        if chosen:
            await self._give(alike, Reply(chosen[0]))

    async def _answer(self, reply: Reply) -> None:
        if self.question is not None and self.workbench.may_decide():
            await self._give([self.question], reply)

    async def _give(self, meant: Sequence[Question], reply: Reply) -> None:
        from workbench.stages.translation_checks import answer_questions

        of = meant[0].question if len(meant) == 1 else several(len(meant), "question")
        reason = await self.workbench.ask(GiveReason(f"{_MEANS[reply]}: {of}"))
        if reason is not None:
            self.workbench.attempt(
                lambda: answer_questions(self.study, meant, reply, reason=reason),
                done=f"{several(len(meant), 'question')} {reply.value}. u takes it back.",
            )

    @work
    async def action_withdraw(self) -> None:
        """Take the answer back, so that the question is open again."""
        from workbench.stages.translation_checks import withdraw_answer

        each = self.question
        if each is None or not self.workbench.may_decide():
            return
        await self.workbench.attempt_with_reason(
            lambda reason: withdraw_answer(self.study, each.id, reason=reason),
            done="The question is open again.",
        )
