"""Links that are nearly right: made longer by the next sentence, or cut in two."""

from __future__ import annotations

from dataclasses import replace

from workbench.errors import Refused
from workbench.model.decision import Verb
from workbench.model.identity import record_id
from workbench.model.link_map import Hand
from workbench.model.records import Record, key_of
from workbench.model.text import Passage, Text, trimmed
from workbench.model.translation import Link, LinkState
from workbench.stages.linking import BY_HAND
from workbench.stages.units import unit_finder
from workbench.study.study import Study
from workbench.study.translation_queries import links_between

CUT_SHORT = "what was left when its neighbour was made longer"
"""Reason of a proposed link that gave a sentence away; nobody knows how sure it still is."""


def extend_link(study: Study, link_id: str, hand: Hand) -> Link:
    """Let a link take in the next sentence on one hand, as a person's link.

    A proposed link that holds the sentence gives it away and keeps the rest with no confidence; where nothing
    is left of it, it goes. Raises Refused at the end of the text, where the link has no words on this hand,
    and where a person vouches for the link that holds the sentence.
    """
    link = study.get(Link, link_id)
    stretch = hand.stretch(link)
    if not len(stretch):
        raise Refused("The stretch stands alone.", do="Take the link away and link the two stretches.")
    text = study.get(Text, (link.source_id, link.target_id)[hand])
    content = study.text_content(text.content_hash)
    rest = trimmed(content, stretch.end, len(content))
    if not len(rest):
        raise Refused("The text ends there.")
    unit = unit_finder(study, text)(rest.start)
    longer = _with(link, hand, Passage(stretch.start, max(unit.end, rest.start + 1)))
    mended = replace(longer, method=BY_HAND, confidence=1000, state=LinkState.MENDED, reasons=())
    put: list[Record] = [mended]
    gone = []
    for each in links_between(study, link.source_id, link.target_id):
        if each.id == link.id or not hand.stretch(each).overlaps(hand.stretch(mended)):
            continue
        if each.is_fixed:
            raise Refused(f"The link {each.id} holds the next sentence.", do="Take it away first.")
        left = _cut_short(each, hand, content, hand.stretch(mended).end)
        if left is None:
            gone.append(key_of(each))
        else:
            put.append(left)
    study.decide(Verb.LINK_STRETCHES, key_of(mended), put=put, remove=gone)
    return mended


def _cut_short(link: Link, hand: Hand, content: str, at: int) -> Link | None:
    stretch = hand.stretch(link)
    if at >= stretch.end:
        return None
    left = trimmed(content, at, stretch.end)
    if not len(left):
        return None
    return replace(_with(link, hand, left), confidence=0, reasons=(*link.reasons, CUT_SHORT))


def split_link(study: Study, link_id: str, source_at: int, target_at: int) -> tuple[Link, Link]:
    """Cut a link in two, on both hands, as a person's links; gives the parts in their order.

    Raises Refused where one of the places lies outside of the link or leaves a part without words.
    """
    link = study.get(Link, link_id)
    parts: list[tuple[Passage, Passage]] = []
    for text_id, stretch, at in (
        (link.source_id, link.source, source_at),
        (link.target_id, link.target, target_at),
    ):
        content = study.text_content(study.get(Text, text_id).content_hash)
        if not stretch.start < at < stretch.end:
            raise Refused("A link is cut inside of both stretches.", do="Name a place inside on either side.")
        first, second = trimmed(content, stretch.start, at), trimmed(content, at, stretch.end)
        if not (len(first) and len(second)):
            raise Refused("A part of the link would have no words.")
        parts.append((first, second))
    made = replace(link, method=BY_HAND, confidence=1000, state=LinkState.MENDED, reasons=())
    (before, after), (below, beyond) = parts
    first_link = _with(_with(made, Hand.SOURCE, before), Hand.TARGET, below)
    second_link = _with(_with(replace(made, id=record_id("l")), Hand.SOURCE, after), Hand.TARGET, beyond)
    study.decide(Verb.LINK_STRETCHES, key_of(first_link), put=[first_link, second_link])
    return first_link, second_link


def _with(link: Link, hand: Hand, stretch: Passage) -> Link:
    if hand is Hand.SOURCE:
        return replace(link, source_start=stretch.start, source_end=stretch.end)
    return replace(link, target_start=stretch.start, target_end=stretch.end)
