"""What keys do to links: link, take away, confirm, make longer, cut, and go to those in doubt."""

from __future__ import annotations

from textual import work

from workbench.model.link_map import Hand
from workbench.model.text import Passage
from workbench.model.translation import Link, LinkState
from workbench.tui.dialogs import AskText, Choice, ChooseFrom, Confirm, Report
from workbench.tui.stages.link_lines import how, in_full, words_of
from workbench.tui.stages.linked_texts import LinkedTexts
from workbench.tui.stages.parallel_desk import ParallelDesk
from workbench.tui.wording import several

_NO_PAIR = "No two texts lie side by side. o opens a text."
_MOST = 1000


class LinkWork(ParallelDesk):
    """The keys that decide something about the links of the two texts, or go along them."""

    def _pair(self) -> LinkedTexts | None:
        if self.linked is None:
            self.say(_NO_PAIR, alarm=True)
        return self.linked

    def _pair_to_change(self) -> LinkedTexts | None:
        linked = self._pair()
        return linked if linked is not None and self.workbench.may_decide() else None

    def _meant(self, hand: Hand) -> Passage:
        """Give the selection of a side, or the sentence at its cursor."""
        pane = self.sides[hand].pane
        return pane.selection or pane.unit_around(pane.cursor)

    def object_key(self) -> str:
        """Give the coding at the cursor, or else the link, or else the document."""
        if self.lit and not self.under_cursor():
            return f"link:{self.lit[0].id}"
        return super().object_key()

    async def _link_here(self, linked: LinkedTexts) -> Link | None:
        """Give the link under the cursor; ask where there are several."""
        if not self.lit:
            self.say("Nothing is linked under the cursor. l links the sentences at both cursors.")
            return None
        if len(self.lit) == 1:
            return self.lit[0]
        rows = [
            Choice(link.id, how(link), words_of(linked, self.hand.other, self.hand.other.stretch(link)))
            for link in self.lit
        ]
        answer = await self.workbench.ask(ChooseFrom("Which link?", rows))
        return next((link for link in self.lit if answer and link.id == answer[0]), None)

    # deciding

    @work
    async def action_link(self) -> None:
        """Link the selections of both sides, or the sentences at both cursors."""
        from workbench.stages.linking import link_stretches

        linked = self._pair_to_change()
        if linked is None:
            return
        passages = (self._meant(Hand.SOURCE), self._meant(Hand.TARGET))
        if not all(map(len, passages)):
            self.say("There are no words at one of the cursors. N says that a sentence stands alone.")
            return
        pane, other = self.pane_of(self.hand.other), passages[self.hand.other]
        in_view = pane.rows.row_of(other.start) in pane.rows_in_view
        if not in_view and not await self._agrees_to_link(linked, passages):
            return
        source, target = ((linked.texts[hand].id, passages[hand]) for hand in Hand)
        made = self.workbench.attempt(
            lambda: link_stretches(self.study, source, target),
            done=f"Linked {words_of(linked, self.hand, passages[self.hand])}. u takes it back.",
        )
        if made is not None:
            self._stays = False
            for side in self.sides:
                side.pane.clear_selection()

    async def _agrees_to_link(self, linked: LinkedTexts, passages: tuple[Passage, Passage]) -> bool:
        lines = ["The cursor of the other side is out of view. Link these?"]
        for hand in Hand:
            cited = self.sides[hand].places.cite(passages[hand])
            lines.append(f"{cited}: {words_of(linked, hand, passages[hand])}")
        return await self.workbench.ask(Confirm("\n".join(lines))) is True

    @work
    async def action_unlink(self) -> None:
        """Take the link under the cursor away."""
        from workbench.stages.linking import unlink_stretches

        linked = self._pair_to_change()
        link = await self._link_here(linked) if linked is not None else None
        if link is not None:
            self.workbench.attempt(
                lambda: unlink_stretches(self.study, [link.id]),
                done="The link is gone. N says that the sentence stands alone; u brings it back.",
            )

    @work
    async def action_confirm_link(self) -> None:
        """Say that the link under the cursor holds."""
        from workbench.stages.linking import confirm_links

        linked = self._pair_to_change()
        link = await self._link_here(linked) if linked is not None else None
        if link is not None:
            self.workbench.attempt(
                lambda: confirm_links(self.study, [link.id]), done="The link holds; no run changes it."
            )

    @work
    async def action_confirm_sure(self) -> None:
        """Confirm the proposed links in sight that are sure enough, after asking."""
        from workbench.stages.linking import confirm_links

        linked = self._pair_to_change()
        if linked is None:
            return
        pane = self.pane_of(self.hand)
        view = pane.rows_in_view
        in_sight = Passage(pane.rows.span(view[0])[0], pane.rows.span(view[-1])[1]) if view else Passage(0, 0)
        ids = [
            link.id
            for link in linked.links.over(self.hand, in_sight)
            if link.state is LinkState.PROPOSED and not linked.is_doubtful(link)
        ]
        sure = f"with {linked.least_sure} per mille or more"
        if not ids:
            self.say(f"No proposed link {sure} is in sight. D changes the number.")
        elif await self.workbench.ask(Confirm(f"Confirm {several(len(ids), 'link')} in sight {sure}?")):
            self.workbench.attempt(
                lambda: confirm_links(self.study, ids), done=f"Confirmed {several(len(ids), 'link')}."
            )

    def action_stands_alone(self) -> None:
        """Say that nothing renders the selection or the sentence, or that it renders nothing."""
        from workbench.stages.linking import link_stretches

        linked = self._pair_to_change()
        if linked is None:
            return
        passages = [Passage(0, 0), Passage(0, 0)]
        passages[self.hand] = self._meant(self.hand)
        source, target = ((linked.texts[hand].id, passages[hand]) for hand in Hand)
        self.workbench.attempt(
            lambda: link_stretches(self.study, source, target),
            done=f"{words_of(linked, self.hand, passages[self.hand])} stands alone.",
        )

    @work
    async def action_extend_link(self) -> None:
        """Let the link under the cursor, or the one before it, take in the next sentence of this side."""
        from workbench.stages.link_mending import extend_link

        linked = self._pair_to_change()
        if linked is None:
            return
        before = None if self.lit else linked.link_before(self.hand, self.pane.cursor)
        link = before or await self._link_here(linked)
        if link is not None:
            hand = self.hand
            self.workbench.attempt(
                lambda: extend_link(self.study, link.id, hand),
                done="The link takes in the next sentence of this side.",
            )

    @work
    async def action_cut_link(self) -> None:
        """Cut the link under the cursor in two."""
        from workbench.stages.link_mending import split_link

        linked = self._pair_to_change()
        link = await self._link_here(linked) if linked is not None else None
        if linked is None or link is None:
            return
        places = [linked.cut_of(hand, link, self.sides[hand].pane.cursor) for hand in Hand]
        source_at, target_at = places
        if source_at is None or target_at is None:
            self.say("Put both cursors where the second part begins; tab changes the side.", alarm=True)
            return
        self.workbench.attempt(
            lambda: split_link(self.study, link.id, source_at, target_at), done="The link is two links."
        )

    @work
    async def action_align(self) -> None:
        """Propose links between the two texts."""
        from workbench.tui.stages.run_alignment import align_pair

        linked = self._pair_to_change()
        if linked is not None:
            await align_pair(self.workbench, linked)

    # going along links

    def action_next_doubtful(self) -> None:
        """Go to the next proposed link that is not sure enough."""
        self._go_to_doubtful(forwards=True)

    def action_previous_doubtful(self) -> None:
        """Go to the one before."""
        self._go_to_doubtful(forwards=False)

    def _go_to_doubtful(self, *, forwards: bool) -> None:
        linked = self._pair()
        if linked is None:
            return
        stretches = sorted(self.hand.stretch(link) for link in linked.doubtful())
        place = _next(stretches, self.pane.cursor, forwards=forwards)
        if place is None:
            self.say(f"No proposed link is below {linked.least_sure} per mille.")
        else:
            self.pane.go_to(stretches[place].start)
            self.say(f"{place + 1} of {several(len(stretches), 'proposed link')} to look at. k confirms.")

    def action_next_open_part(self) -> None:
        """Go to the next part that is linked to nothing."""
        self._go_to_open(forwards=True)

    def action_previous_open_part(self) -> None:
        """Go to the one before."""
        self._go_to_open(forwards=False)

    def _go_to_open(self, *, forwards: bool) -> None:
        linked = self._pair()
        if linked is None:
            return
        parts = linked.open_passages(self.hand)
        place = _next(parts, self.pane.cursor, forwards=forwards)
        if place is None:
            there = len(linked.open_passages(self.hand.other))
            rest = (
                f" On the other, {several(there, 'part')} {'is' if there == 1 else 'are'} not."
                if there
                else ""
            )
            self.say(f"Everything on this side is linked, or stands alone as a person said.{rest}")
        else:
            self.go_to_here(parts[place])
            there = len(linked.open_passages(self.hand.other))
            rest = f" {several(there, 'part')} on the other side." if there else ""
            self.say(f"{place + 1} of {several(len(parts), 'part')} linked to nothing.{rest}")

    @work
    async def action_least_sure(self) -> None:
        """Ask below which confidence a proposed link is one to look at."""
        linked = self._pair()
        if linked is None:
            return
        asked = "Look at proposed links below how many per mille? 0 to 1000"
        typed = await self.workbench.ask(AskText(asked, value=str(linked.least_sure)))
        if typed is None:
            return
        if not (typed.strip().isdecimal() and int(typed) <= _MOST):
            self.say(f"Type a whole number from 0 to {_MOST}.", alarm=True)
            return
        linked.least_sure = int(typed)
        self.mark_links()
        self.say(f"{several(len(linked.doubtful()), 'proposed link')} to look at. > goes to the next.")

    def action_reasons(self) -> None:
        """Show everything known of the link under the cursor, and of the run over the texts."""
        linked = self._pair()
        if linked is not None:
            places = (self.sides[0].places, self.sides[1].places)
            self.app.push_screen(Report("Linked here", in_full(linked, self.lit, places)))


def _next(places: list[Passage], cursor: int, *, forwards: bool) -> int | None:
    """Number the next place after the cursor, or the last before it, round and round."""
    if not places:
        return None
    if forwards:
        return next((number for number, each in enumerate(places) if each.start > cursor), 0)
    before = [number for number, each in enumerate(places) if each.start < cursor]
    return before[-1] if before else len(places) - 1
