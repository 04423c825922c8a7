"""What the screen of suggestions shows: passages in context, with what speaks for and against each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static
from textual.worker import get_current_worker

from workbench.model.framework import CodeState
from workbench.model.text import Passage, Text
from workbench.tui.dialogs import ChooseCode
from workbench.tui.dialogs.choose_code import definition_of
from workbench.tui.display import content
from workbench.tui.screen import StageScreen
from workbench.tui.stages import coding_dialogs
from workbench.tui.stages.suggestion_bounds import moved
from workbench.tui.stages.suggestion_lines import after, before, lit, reasons
from workbench.tui.stages.suggestion_ranking import Asked, Ranked, Ranking

if TYPE_CHECKING:
    from workbench.language.suggesting import Offer, Offers

_PARTS = ("before", "lit", "after")
"""The passage and what stands around it."""
_NO_CODE = "Press c to choose the code to look for passages of."
_NOTHING = (
    "Nothing is suggested. Give the code cues or patterns in the framework (F3), or code three passages with "
    "it: from then on the screen learns from them."
)


class SuggestionShowing(StageScreen):
    """Ranks passages for a code aside, and shows one after the other."""

    STAGE: ClassVar[str] = "suggestions"
    DEFAULT_CSS = """
    SuggestionShowing #shown { width: 3fr; height: 1fr; }
    SuggestionShowing #told { height: auto; max-height: 3; padding: 0 1; color: $text-muted; }
    SuggestionShowing #passage { height: 1fr; padding: 0 1; }
    SuggestionShowing #lit { padding: 0 1; border-left: thick $accent; }
    SuggestionShowing #aside { width: 2fr; height: 1fr; border-left: solid $panel; padding: 0 1; }
    SuggestionShowing.-narrow #body { layout: vertical; }
    SuggestionShowing.-narrow #shown { width: 100%; height: 1fr; }
    SuggestionShowing.-narrow #aside {
        width: 100%; height: 40%; border-left: none; border-top: solid $panel;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.asked = Asked()
        self.offers: Offers | None = None
        self.under_way = False
        """Whether a ranking goes on; nothing is answered meanwhile."""
        self._at = 0
        self._bounds: Passage | None = None
        self._ranking = Ranking()

    def compose_body(self) -> ComposeResult:
        """Lay out the passage, and the reasons beside it."""
        with Vertical(id="shown"):
            yield Static("", id="told", markup=False)
            with VerticalScroll(id="passage"):
                for part in _PARTS:
                    yield Static("", id=part, markup=False)
        with VerticalScroll(id="aside", can_focus=False):
            yield Static("", id="why", markup=False)

    def on_mount(self) -> None:
        """Begin in the passage."""
        self.query_one("#passage").focus()
        self._show()

    @property
    def offer(self) -> Offer | None:
        """Give the suggestion that is shown."""
        offers = self.offers.offers if self.offers is not None else ()
        return offers[self._at] if self._at < len(offers) else None

    @property
    def passage(self) -> Passage | None:
        """Give the passage that would be coded."""
        return self._bounds or (self.offer.passage if self.offer is not None else None)

    # asking

    def suggest_for(self, code_id: str) -> None:
        """Suggest passages for a code; without one go on with the last, or ask which."""
        self.query_one("#passage").focus()
        if code_id and code_id != self.asked.code_id:
            self._ask(replace(self.asked, code_id=code_id))
        elif not self.asked.code_id:
            self.action_choose()

    @work
    async def action_choose(self) -> None:
        """Choose the code to look for passages of."""
        framework = self.study.framework
        recent = [code.id for code in coding_dialogs.codes_by_recency(self.study)]
        answer = await self.workbench.ask(
            ChooseCode(framework, recent, single=True, title="Suggest passages for which code?")
        )
        if answer:
            self._ask(replace(self.asked, code_id=answer[0]))

    def action_unit(self) -> None:
        """Suggest sentences, or paragraphs."""
        unit = "paragraph" if self.asked.unit == "sentence" else "sentence"
        self._ask(replace(self.asked, unit=unit))
        self.say(f"Suggesting {unit}s.")

    def action_postponed(self) -> None:
        """Offer again what was put off, or leave it out."""
        self._ask(replace(self.asked, postponed=not self.asked.postponed))
        self.say(
            "What was put off is offered again." if self.asked.postponed else "What was put off is left out."
        )

    def _ask(self, asked: Asked) -> None:
        self.asked = asked
        self.offers = None
        self.refresh_study()

    def refresh_study(self) -> None:
        """Rank anew, for the study as it is now."""
        code = self.study.framework.codes.get(self.asked.code_id)
        if code is None or code.state is CodeState.RETIRED:
            self.asked, self.offers = replace(self.asked, code_id=""), None
            self._show()
            return
        self.asked = replace(self.asked, coder=self.workbench.today.coder)
        self.under_way = True
        self._tell("ranking …")
        self._rank(self.asked)

    @work(thread=True, exclusive=True, group="suggest")
    def _rank(self, asked: Asked) -> None:
        worker = get_current_worker()

        def tell(words: str) -> None:
            if not worker.is_cancelled:
                self.app.call_from_thread(self._tell, words)

        ranked = self._ranking.run(self.study, asked, tell=tell, go_on=lambda: not worker.is_cancelled)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._end, asked, ranked)

    def _end(self, asked: Asked, ranked: Ranked) -> None:
        if asked is not self.asked:
            return
        self.under_way = False
        self.offers, self._at, self._bounds = ranked.offers, 0, None
        self._show()
        if ranked.failure:
            self.say(ranked.failure, alarm=True)

    def _stop(self) -> None:
        self.workers.cancel_group(self, "suggest")
        self.under_way = False
        self._tell("stopped · c begins again")

    def leave(self) -> None:
        """Stop what is under way."""
        if self.under_way:
            self._stop()
            self._seen = -1

    def action_back(self) -> None:
        """Stop the ranking, or go back to where one came from."""
        if self.under_way:
            self._stop()
        else:
            super().action_back()

    # showing

    def _tell(self, words: str) -> None:
        self.query_one("#told", Static).update(content(words, newlines=True))

    def _show(self) -> None:
        code = self.study.framework.codes.get(self.asked.code_id)
        about = [] if code is None else [definition_of(self.study.framework, code)]
        self._tell(_NO_CODE if code is None else self._head())
        around = [Content("")] * 3
        if self.offer is not None and self.passage is not None:
            text = self.study.get(Text, self.offer.text_id)
            said = self.study.text_content(text.content_hash)
            around = [
                before(said, self.passage),
                lit(said, self.passage, self.offer.reasons),
                after(said, self.passage),
            ]
            about.insert(0, reasons(self.offer, self._cited))
        elif code is not None and self.offers is not None:
            around[0] = content(_NOTHING)
        for part, shown in zip(_PARTS, around, strict=True):
            self.query_one(f"#{part}", Static).update(shown)
        self.query_one("#lit").display = self.offer is not None
        self.query_one("#why", Static).update(Content("\n\n").join(about))
        self.query_one("#aside").scroll_home(animate=False)
        # The passage is laid out with the first refresh, and only then known to stand somewhere.
        self.call_after_refresh(self.call_after_refresh, self._bring_into_view)

    def _bring_into_view(self) -> None:
        self.query_one("#passage").scroll_to_widget(self.query_one("#lit"), center=True, animate=False)

    def _head(self) -> str:
        from workbench.stages.suggestion_answers import precision_of

        label = self.study.framework.label(self.study.framework.codes[self.asked.code_id])
        lines = [f"{label}: {precision_of(self.study, self.asked.code_id, self.asked.coder).sentence}"]
        if self.offer is not None and self.offers is not None and self.passage is not None:
            offer, of = self.offer, f"{self._at + 1} of {len(self.offers.offers)} {self.asked.unit}s"
            chosen = "drawn at random" if offer.drawn else f"rank {offer.rank:,}"
            lines.append(f"{of} · {chosen} of {self.offers.open:,} · {offer.basis}")
            lines.append(self._cited(offer.text_id, self.passage))
        return "\n".join(lines)

    def _cited(self, text_id: str, passage: Passage) -> str:
        from workbench.model.case import Document

        text = self.study.get(Text, text_id)
        document = self.study.get(Document, text.document_id)
        return f"{document.key} ({text.language}), {self.study.places(text).cite(passage)}"

    def action_next(self) -> None:
        """Look at the next suggestion without answering."""
        self._go_to(self._at + 1)

    def action_previous(self) -> None:
        """Look at the suggestion before."""
        self._go_to(self._at - 1)

    def _go_to(self, place: int) -> None:
        if self.offers is not None and 0 <= place < len(self.offers.offers):
            self._at, self._bounds = place, None
            self._show()
        else:
            self.say("There is no other suggestion on that side.")

    def action_open(self) -> None:
        """Go to the passage in its text."""
        if self.offer is not None and self.passage is not None:
            self.workbench.open_passage(self.offer.text_id, self.passage)

    def place(self) -> Callable[[], None]:
        """Come back to the passage."""
        return lambda: self.set_focus(self.query_one("#passage"))

    def object_key(self) -> str:
        """Give the code that passages are suggested for."""
        return f"code:{self.asked.code_id}" if self.asked.code_id else ""

    # bounds

    def action_begin_earlier(self) -> None:
        """Let the passage begin a sentence earlier."""
        self._move("begin", earlier=True)

    def action_begin_later(self) -> None:
        """Let the passage begin a sentence later."""
        self._move("begin", earlier=False)

    def action_end_later(self) -> None:
        """Let the passage end a sentence later."""
        self._move("end", earlier=False)

    def action_end_earlier(self) -> None:
        """Let the passage end a sentence earlier."""
        self._move("end", earlier=True)

    def _move(self, edge: str, *, earlier: bool) -> None:
        if self.offer is None or self.passage is None:
            return
        text = self.study.get(Text, self.offer.text_id)
        new = moved(self.study.text_content(text.content_hash), text.language, self.passage, edge, earlier)
        if new is None:
            self.say(f"The passage cannot {edge} {'earlier' if earlier else 'later'} by a sentence.")
        else:
            self._bounds = new
            self._show()
