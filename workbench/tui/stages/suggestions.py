"""The screen of suggestions: passages offered for a code, answered one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType

from workbench.tui.actions import bindings
from workbench.tui.dialogs import AskText, ChooseCode
from workbench.tui.stages import coding_dialogs
from workbench.tui.stages.suggestion_showing import SuggestionShowing

if TYPE_CHECKING:
    from workbench.language.suggesting import Offer


class SuggestionsScreen(SuggestionShowing):
    """Answer suggestions for one code; each answer ranks anew."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("suggestions")]

    def _meant(self) -> Offer | None:
        """Give the suggestion that is answered, where it can be."""
        if self.under_way:
            self.say("Still ranking. Wait a moment, or stop it with escape.")
            return None
        if self.offer is None:
            self.say("There is no suggestion to answer.")
            return None
        return self.offer if self.workbench.may_decide() else None

    @work
    async def action_accept(self) -> None:
        """Code the passage that is shown."""
        if (offer := self._meant()) is not None:
            await self._accept(offer, "")

    @work
    async def action_other_code(self) -> None:
        """Code the passage with another code."""
        offer = self._meant()
        if offer is None:
            return
        framework = self.study.framework
        recent = [code.id for code in coding_dialogs.codes_by_recency(self.study)]
        answer = await self.workbench.ask(
            ChooseCode(framework, recent, single=True, title="Code the passage with which code instead?")
        )
        if answer:
            await self._accept(offer, answer[0])

    async def _accept(self, offer: Offer, other: str) -> None:
        from workbench.stages.suggestion_answers import accept_suggestion

        code_id, bounds = self.asked.code_id, self.passage
        label = self.study.framework.label(self.study.framework.codes[other or code_id])
        await self.workbench.attempt_with_reason(
            lambda reason: accept_suggestion(
                self.study, code_id, offer, passage=bounds, other_code=other, reason=reason
            ),
            done=f"Coded with {label}. u takes it back.",
        )

    def action_reject(self) -> None:
        """Say that the passage does not belong under the code."""
        if (offer := self._meant()) is not None:
            self._reject(offer, "")

    @work
    async def action_reject_with_note(self) -> None:
        """Reject the passage and write down why."""
        offer = self._meant()
        note = await self.workbench.ask(AskText("Why does it not belong under the code?")) if offer else None
        if offer is not None and note is not None:
            self._reject(offer, note)

    def _reject(self, offer: Offer, note: str) -> None:
        from workbench.stages.suggestion_answers import reject_suggestion

        self.workbench.attempt(
            lambda: reject_suggestion(self.study, self.asked.code_id, offer, note=note),
            done="Rejected. u takes it back.",
        )

    def action_later(self) -> None:
        """Put the suggestion off."""
        from workbench.stages.suggestion_answers import postpone_suggestion

        if (offer := self._meant()) is not None:
            self.workbench.attempt(
                lambda: postpone_suggestion(self.study, self.asked.code_id, offer),
                done="Put off. w offers it again.",
            )
