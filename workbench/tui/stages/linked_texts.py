"""A pair of texts as its screen knows it: the links, what they leave, and the codings of the other side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.model.link_map import Hand, LinkMap
from workbench.model.records import split_key
from workbench.model.text import Passage, Text
from workbench.model.translation import Alignment, Link, LinkState, Verification
from workbench.model.unit_cut import UnitCut, mended
from workbench.tui.reading.lanes import Highlight
from workbench.tui.reading.linked_pane import Band
from workbench.tui.stages.coding_panel import coding_highlights

if TYPE_CHECKING:
    from workbench.model.memo import Memo
    from workbench.stages.linking import Remainder, ShownCoding
    from workbench.study.queries import PlacedCoding
    from workbench.study.study import Study

Units = tuple[tuple[Passage, ...], tuple[Passage, ...]]
"""The sentences of source and translation."""
LEAST_SURE = 900
"""Per mille: a proposed link below it is one to look at, until another number is given."""
_FEW_DECISIONS, _FEW_RECORDS = 20, 200
_WORD = re.compile(r"\S")
_FOLLOWED = {"link", "alignment", "verification", "memo", "text"}


@dataclass(frozen=True, slots=True)
class _Through:
    """A coding of the other side as it was drawn last, and what that came from."""

    placed: PlacedCoding
    links: Sequence[Link]
    shown: list[ShownCoding]
    drawn: list[Highlight]


class LinkedTexts:
    """Two texts with their links; `catch_up` follows the study, and takes the sentences once they are cut."""

    def __init__(self, study: Study, source: Text, target: Text) -> None:
        self._study = study
        self.texts = (source, target)
        self.contents = (study.text_content(source.content_hash), study.text_content(target.content_hash))
        self.links = LinkMap()
        self.alignment: Alignment | None = None
        """The last run over the pair."""
        self.least_sure = LEAST_SURE
        self.left: tuple[Remainder, Remainder] | None = None
        """What is linked to nothing, on either hand; None until the sentences are known."""
        self.checked: tuple[list[Verification], ...] = ([], [])
        self.noted: tuple[list[tuple[Memo, Passage]], ...] = ([], [])
        self._units: Units | None = None
        self._head = -1
        self._drawn: dict[str, _Through] = {}
        self._links: dict[str, Link] = {}
        self.catch_up()

    def hand_of(self, text_id: str) -> Hand | None:
        """Tell on which hand a text lies; None where it is not of the pair."""
        return next((hand for hand in Hand if self.texts[hand].id == text_id), None)

    def catch_up(self) -> bool:
        """Follow what was decided since; tell whether links or what is said of the texts may have changed."""
        head = self._study.head.count
        since = head - self._head
        if not since:
            return False
        keys: set[str] = set()
        is_little = self._head >= 0 and 0 < since <= _FEW_DECISIONS
        if is_little:
            keys = {key for each in self._study.decisions(first=self._head + 1) for key in each.keys}
        self._head = head
        kinds = {split_key(key)[0] for key in keys}
        if kinds & {"code", "theme"} or not is_little:
            self._drawn.clear()
        if is_little and not kinds & _FOLLOWED:
            return False
        if is_little and len(keys) <= _FEW_RECORDS:
            self._follow_links(identifier for kind, identifier in map(split_key, keys) if kind == "link")
        else:
            self._read_links()
        self._read_the_rest()
        return True

    def _follow_links(self, link_ids: Iterable[str]) -> None:
        ids = (self.texts[0].id, self.texts[1].id)
        for link_id in link_ids:
            self._links.pop(link_id, None)
            link = self._study.find(Link, link_id)
            if link is not None and (link.source_id, link.target_id) == ids:
                self._links[link_id] = link

    def _read_links(self) -> None:
        from workbench.study.translation_queries import links_between

        source, target = self.texts
        self._links = {link.id: link for link in links_between(self._study, source.id, target.id)}

    def _read_the_rest(self) -> None:
        from workbench.study.queries import memos_in_text

        source, target = self.texts
        self.links = LinkMap(self._links.values(), (source.characters, target.characters))
        self.alignment = self._study.find(Alignment, Alignment.key(source.id, target.id))
        self.checked = tuple(self._study.all(Verification, text_id=text.id) for text in self.texts)
        self.noted = tuple(
            [(memo, excerpt.passage) for memo, excerpt in memos_in_text(self._study, text.id)]
            for text in self.texts
        )
        self._count_left()

    def take_units(self, units: Units) -> None:
        """Take the sentences of both texts."""
        self._units = units
        self._count_left()

    def _count_left(self) -> None:
        from workbench.stages.linking import left_over

        if self._units is not None:
            source, target = (
                left_over(self._units[hand], self.links.links, self.texts[hand].id) for hand in Hand
            )
            self.left = source, target

    # what lies beside

    def stretch_at(self, hand: Hand, offset: int) -> Passage | None:
        """Give the linked stretch that holds an offset; None where nothing is linked."""
        link = self._whole_at(hand, offset)
        return hand.stretch(link) if link is not None else None

    def beside(self, hand: Hand, offset: int) -> int:
        """Give the place that lies beside an offset: in the linked stretch, or by proportion around it."""
        link = self._whole_at(hand, offset)
        if link is None:
            place, words = self.links.beside(hand, offset), self.contents[hand.other]
            after = _WORD.search(words, place)
            return after.start() if after else place
        here, there = hand.stretch(link), hand.other.stretch(link)
        return there.start + (offset - here.start) * len(there) // len(here)

    def cut_of(self, hand: Hand, link: Link, cursor: int) -> int | None:
        """Tell where a link is to be cut: at the cursor, or between its sentences where it has but two."""
        stretch = hand.stretch(link)
        if stretch.start < cursor < stretch.end:
            return cursor
        units = self._units[hand] if self._units is not None else ()
        starts = [unit.start for unit in units if stretch.start < unit.start < stretch.end]
        return starts[0] if len(starts) == 1 else None

    def link_before(self, hand: Hand, offset: int) -> Link | None:
        """Give the last link that ends before an offset on one hand."""
        ended = [link for link in self.links.links if link.is_whole and hand.stretch(link).end <= offset]
        return max(ended, key=hand.stretch, default=None)

    def _whole_at(self, hand: Hand, offset: int) -> Link | None:
        return next((link for link in self.links.at(hand, offset) if link.is_whole), None)

    # what is marked

    def is_doubtful(self, link: Link) -> bool:
        """Tell whether a link is only proposed, and less sure than what is looked at."""
        return link.state is LinkState.PROPOSED and link.confidence < self.least_sure

    def doubtful(self) -> list[Link]:
        """List the proposed links to look at."""
        return [link for link in self.links.links if self.is_doubtful(link)]

    def open_passages(self, hand: Hand) -> list[Passage]:
        """List what is linked to nothing and of which nobody said that it stands alone."""
        if self.left is None:
            return []
        alone = [link for link in self.links.links if not link.is_whole]
        taken = [hand.stretch(link) for link in alone]
        return [each for each in self.left[hand].passages if not any(each.overlaps(one) for one in taken)]

    def bands(self, hand: Hand) -> list[Band]:
        """Give the marks of links, and of what they leave, on one hand."""
        bands = [self._band(hand, link) for link in self.links.links]
        return bands + [Band(each.start, each.end, "!", "open", 5) for each in self.open_passages(hand)]

    def _band(self, hand: Hand, link: Link) -> Band:
        start, end = hand.ends(link)
        if not link.is_whole:
            return Band(start, end, "o", "fixed", 3)
        if link.state is LinkState.MENDED:
            return Band(start, end, "#", "fixed", 2)
        if link.state is LinkState.CONFIRMED:
            return Band(start, end, "=", "fixed", 1)
        return Band(start, end, *(("?", "low", 4) if self.is_doubtful(link) else ("-", "link", 0)))

    # codings of the other side

    def shown_through(
        self, hand: Hand, codings: Sequence[PlacedCoding]
    ) -> tuple[list[ShownCoding], list[Highlight]]:
        """Give where codings of the other text show on this one, and how they are drawn."""
        shown: list[ShownCoding] = []
        drawn: list[Highlight] = []
        for each in codings:
            key = f"{hand}{each.coding.id}"
            links = [link for link in self.links.over(hand.other, each.excerpt.passage) if link.is_whole]
            known = self._drawn.get(key)
            if known is None or known.placed != each or known.links != links:
                known = self._drawn[key] = self._through(hand, each, links)
            shown += known.shown
            drawn += known.drawn
        return shown, drawn

    def _through(self, hand: Hand, placed: PlacedCoding, links: Sequence[Link]) -> _Through:
        from workbench.stages.linking import ShownCoding

        shown = [ShownCoding(placed, hand.stretch(link), link) for link in links]
        if not shown:
            return _Through(placed, links, [], [])
        [like] = coding_highlights(self._study.framework, [placed])
        label = f"{like.label} · through a link"
        drawn = [
            replace(like, start=each.passage.start, end=each.passage.end, label=label, through=True)
            for each in shown
        ]
        return _Through(placed, links, shown, drawn)


def cut_into_units(
    texts: tuple[Text, Text], contents: tuple[str, str], cuts: tuple[list[UnitCut], list[UnitCut]]
) -> Units:
    """Cut two texts into units."""
    from workbench.language.units import sentences

    source, target = (
        mended(contents[hand], sentences(contents[hand], texts[hand].language), cuts[hand]) for hand in Hand
    )
    return source, target
