"""The desk on which a text and its translation lie side by side, level with each other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static

from workbench.model.link_map import Hand
from workbench.model.text import Passage, Text
from workbench.model.translation import Link
from workbench.tui.display import content
from workbench.tui.reading.lanes import Highlight
from workbench.tui.reading.linked_pane import LinkedPane
from workbench.tui.stages import coding_dialogs
from workbench.tui.stages.coding_panel import brief
from workbench.tui.stages.coding_work import CodingWork
from workbench.tui.stages.keeping_level import lead, meet
from workbench.tui.stages.link_lines import about_link
from workbench.tui.stages.linked_texts import LinkedTexts, cut_into_units
from workbench.tui.stages.open_text import OpenText
from workbench.tui.stages.text_moves import TextMoves

if TYPE_CHECKING:
    from workbench.stages.linking import Remainder, ShownCoding
    from workbench.stages.text_pairs import TextPair
    from workbench.study.queries import PlacedCoding

_NOT_LINKED = ("untranslated", "only here")
"""What a source leaves, what stands in a translation alone."""


class ParallelDesk(CodingWork, TextMoves):
    """Show two texts level with each other, with their links and the codings of both on both."""

    def __init__(self) -> None:
        super().__init__()
        other = LinkedPane(id="other-text", ambiguous_wide=self.workbench.preferences.ambiguous_wide)
        self.sides = (self.here, OpenText(other))
        """The source and its translation."""
        self.linked: LinkedTexts | None = None
        """The pair that is shown."""
        self.lit: list[Link] = []
        """The links under the cursor."""
        self._through: tuple[list[ShownCoding], list[ShownCoding]] = ([], [])
        self._told = Content("")
        self._highlights: list[list[Highlight]] = [[], []]
        self._stays = False
        """Whether the cursor of the other side stays where it was left."""

    @property
    def open_sides(self) -> tuple[OpenText, OpenText]:
        """Give both texts."""
        return self.sides

    def new_pane(self, name: str) -> LinkedPane:
        """Make a pane that can be led by another."""
        return LinkedPane(id=name, ambiguous_wide=self.workbench.preferences.ambiguous_wide)

    def compose_body(self) -> ComposeResult:
        """Lay out the two texts, and below them what is under the cursor."""
        with Vertical(id="parallel"):
            with Container(id="sides"):
                for hand in Hand:
                    with Vertical(classes="side"):
                        yield Static("", classes="side-title", markup=False)
                        yield self.sides[hand].pane
            yield Static("", id="under-cursor", markup=False)

    # which side

    @property
    def hand(self) -> Hand:
        """Tell which side is worked on."""
        return Hand(self.sides.index(self.here))

    @property
    def over_there(self) -> OpenText:
        """Give the side that is not worked on."""
        return self.sides[self.hand.other]

    def pane_of(self, hand: Hand) -> LinkedPane:
        """Give the pane of a side."""
        pane = self.sides[hand].pane
        assert isinstance(pane, LinkedPane)
        return pane

    def turn_to(self, hand: Hand) -> None:
        """Work on one side; the cursor of the other stays where it is."""
        if hand is not self.hand:
            self.here = self.sides[hand]
            self._stays = True
            self.show_titles()
        self.set_focus(self.pane)

    @on(events.DescendantFocus)
    def follow_focus(self, event: events.DescendantFocus) -> None:
        """Work on the side whose pane was pressed; a report of what had the focus before is too late."""
        for hand in Hand:
            if self.focused is self.sides[hand].pane and hand is not self.hand:
                self.turn_to(hand)
                self.show_under_cursor()

    # opening

    def begin(self) -> None:
        """Go on where the coder coded or read last, unless a pair is about to be opened."""
        last = None if self.workbench.has_way_back else coding_dialogs.last_place(self.study)
        if last is not None:
            self._open_if_clear(last[0], Passage(last[1], last[1]))
        self.show_codings()

    def _open_if_clear(self, text_id: str, passage: Passage) -> None:
        from workbench.stages.text_pairs import pairs_of

        pairs = pairs_of(self.study, text_id)
        if pairs and (pairs[0].declared or len(pairs) == 1):
            self.open_pair(pairs[0], text_id, passage)

    def arrive(self) -> None:
        """Stay with the pair that is shown."""

    def open_text(self, text: Text, *, cursor: int = 0) -> None:
        """Show a text with the one it translates or is translated by; ask where that is not clear."""
        self.open_passage(text.id, Passage(cursor, cursor))

    def open_pair(self, pair: TextPair, text_id: str, passage: Passage) -> None:
        """Show a pair, with the cursor at a passage of one of its texts."""
        self.say("")
        linked = self.linked = LinkedTexts(self.study, pair.source, pair.target)
        hand = linked.hand_of(text_id) or Hand.SOURCE
        self.here, self._stays = self.sides[hand], False
        starts = [linked.links.beside(hand, passage.start)] * 2
        starts[hand] = passage.start
        for each in Hand:
            self.sides[each].open(self.study, linked.texts[each], cursor=starts[each])
            self.sides[each].find_units(self.study)
            self._highlights[each] = []
        self.mark_links()
        self.show_codings()
        self.set_focus(self.pane)
        self.go_to_here(passage)
        self._cut_both()

    def go_to_here(self, passage: Passage) -> None:
        """Go to a passage of the side that is worked on, and select it where it has words."""
        self.pane.go_to(passage.start, passage if len(passage) else None)
        self.keep_level()

    def _cut_both(self) -> None:
        if self.linked is not None:
            self.run_worker(self._cut(self.linked), group="units", exclusive=True)

    async def _cut(self, linked: LinkedTexts) -> None:
        """Cut both texts into units in a thread, and mark what is linked to nothing."""
        cuts = (self.sides[0].cuts, self.sides[1].cuts)
        units = await asyncio.to_thread(cut_into_units, linked.texts, linked.contents, cuts)
        if linked is self.linked:
            linked.take_units(units)
            self.mark_links()
            self.show_titles()
            self.show_under_cursor()

    def open_passage(self, text_id: str, passage: Passage) -> None:
        """Show a passage with what lies beside it; ask for the other text where that is not clear."""
        hand = self.linked.hand_of(text_id) if self.linked is not None else None
        if hand is None:
            self.ask_pair(text_id, passage)
            return
        self.turn_to(hand)
        self._stays = False
        self.go_to_here(passage)

    @work(exclusive=True, group="pair")
    async def ask_pair(self, text_id: str, passage: Passage) -> None:
        """Show a text with its other half; ask which that is where there is none or several."""
        from workbench.tui.stages.pair_choice import choose_pair

        if (pair := await choose_pair(self.workbench, text_id)) is not None:
            self.open_pair(pair, text_id, passage)
        elif self.linked is None:
            self.workbench.go_back()

    def place(self) -> Callable[[], None] | None:
        """Come back to the pair and the passage that are shown now."""
        from workbench.stages.text_pairs import TextPair

        if self.linked is None or self.indexed is None:
            return None
        text_id, selected, cursor = self.indexed.id, self.pane.selection, self.pane.cursor
        pair = TextPair(*self.linked.texts, declared=True)
        return lambda: self.open_pair(pair, text_id, selected or Passage(cursor, cursor))

    # showing

    def refresh_study(self) -> None:
        """Show links and codings as they are now; nothing scrolls."""
        linked = self.linked
        if linked is not None:
            if any(self.study.find(Text, text.id) is None for text in linked.texts):
                self.linked = None
                for side in self.sides:
                    side.close()
                self.mark_links()
            elif linked.catch_up():
                self.mark_links()
        recut = [side for side in self.sides if side.has_other_cuts(self.study)]
        for side in recut:
            side.find_units(self.study)
        if recut:
            self._cut_both()
        self.show_codings()

    def mark_links(self) -> None:
        """Mark what is linked, and what is not."""
        for hand in Hand:
            self.pane_of(hand).show_bands(self.linked.bands(hand) if self.linked is not None else [])

    def show_codings(self) -> None:
        """Draw the codings of both texts on both."""
        own = [side.choose(self.filter.lets_through) for side in self.sides]
        for hand in Hand:
            shown, drawn = (
                self.linked.shown_through(hand, self.sides[hand.other].codings)
                if self.linked is not None
                else ([], [])
            )
            self._through[hand][:] = shown
            highlights = [*own[hand], *drawn]
            if highlights != self._highlights[hand]:
                self._highlights[hand] = highlights
                self.sides[hand].pane.set_highlights(highlights)
        self.show_recent()
        self.mark_terms()
        self.show_titles()
        self.show_under_cursor()

    def show_titles(self) -> None:
        """Name both texts, with the share of each that is linked to nothing."""
        for hand, title in zip(Hand, self.query(".side-title").results(Static), strict=True):
            share = ""
            if self.linked is not None and self.linked.left is not None:
                share = f"{_share(self.linked.left[hand])} {_NOT_LINKED[hand]} · "
            sign = "▸ " if hand is self.hand else "  "
            title.update(content(sign + share + self.title_of(self.sides[hand])), layout=False)
            title.set_class(hand is self.hand, "-current")

    def under_cursor(self) -> list[PlacedCoding]:
        """List the codings under the cursor: made here, and shown through a link."""
        shown = [each.placed for each in self.through_under_cursor()]
        return [*self.made_here(), *shown]

    def through_under_cursor(self) -> list[ShownCoding]:
        """List the codings of the other side that show under the cursor."""
        selected, cursor = self.pane.selection, self.pane.cursor
        shown = self._through[self.hand]
        exact = [each for each in shown if each.passage == selected]
        return exact or [each for each in shown if each.passage.start <= cursor < each.passage.end]

    def show_under_cursor(self) -> None:
        """Light the link under the cursor on both sides, and say what is linked and coded there."""
        self._light()
        parts: list[Content] = []
        if self.linked is not None:
            narrow = self.has_class("-narrow")
            places = (self.sides[0].places, self.sides[1].places)
            parts = [about_link(self.linked, link, places, short=narrow) for link in self.lit]
            if not parts:
                hint = "" if self.linked.links.links else " A proposes links, l links both cursors."
                parts = [content(f"{self._here_cited()}: linked to nothing.{hint}", "dim")]
            if made := self.made_here():
                parts.append(brief(self.study, self._places, made))
            if through := self.through_under_cursor():
                shown = brief(self.study, self.over_there.places, [each.placed for each in through])
                parts.append(Content.assemble(content("» on the other side: ", "italic"), shown))
            parts += self.term_told()
            if self.recent:
                parts.append(self._digits(short=True))
        told = Content("\n").join(parts)
        if told != self._told:
            self._told = told
            # The lines below have a height of their own, so that nothing moves when they say something else.
            self.query_one("#under-cursor", Static).update(told, layout=False)

    def _here_cited(self) -> str:
        return self._places.cite(Passage(self.pane.cursor, self.pane.cursor))

    def _light(self) -> None:
        links = self.linked.links.at(self.hand, self.pane.cursor) if self.linked is not None else []
        self.lit = links
        for hand in Hand:
            stretch = hand.stretch(links[0]) if links else None
            self.pane_of(hand).light(stretch if stretch is not None and len(stretch) else None)

    # keeping level

    def follow_cursor(self) -> None:
        """Say what is under the cursor, and keep the other side level."""
        self.show_under_cursor()
        pane = self.pane_of(self.hand)
        if pane.rows.row_of(pane.cursor) not in pane.rows_in_view:
            return  # It is about to be scrolled into view, and the other side then follows.
        self.keep_level()
        if self.linked is not None:
            meet(self.linked, self._panes, self.hand)

    @on(LinkedPane.Scrolled)
    def follow_scrolling(self, message: LinkedPane.Scrolled) -> None:
        """Keep the side level that was not scrolled."""
        for hand in Hand:
            if message.pane is self.sides[hand].pane:
                self.keep_level(hand)

    def keep_level(self, hand: Hand | None = None) -> None:
        """Bring what is linked to the cursor of a side to the same height on the other."""
        if self.linked is None:
            return
        there = lead(self.linked, self._panes, self.hand if hand is None else hand)
        if there is not None and hand in (None, self.hand) and not self._stays:
            self.pane_of(self.hand.other).rest_at(there)

    @property
    def _panes(self) -> tuple[LinkedPane, LinkedPane]:
        return self.pane_of(Hand.SOURCE), self.pane_of(Hand.TARGET)


def _share(left: Remainder) -> str:
    """Write a share in per cent; what is not nothing is never written as 0."""
    if not left.share:
        return "0 %"
    percent = float(100 * left.share)
    return "all" if left.share == 1 else f"{percent:.1f} %" if percent >= 0.1 else "under 0.1 %"
