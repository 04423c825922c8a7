"""The units of a text: sentences by the rules, joined and split where a person said so.

A coding is offsets and never a unit, so nothing that is coded moves with them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from workbench.errors import Refused
from workbench.language.units import SEGMENTER, sentence_at, sentences
from workbench.model.decision import Verb
from workbench.model.records import Record, key_of
from workbench.model.text import Passage, Text, trimmed
from workbench.model.unit_cut import UnitCut, mended
from workbench.study.study import Study


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with what a person did to it."""

    passage: Passage
    by_hand: str
    """`joined`, `split`, both, or nothing."""


def units_of(study: Study, text: Text) -> tuple[Passage, ...]:
    """Cut a text into sentences as the rules do, and then as a person said."""
    content = study.text_content(text.content_hash)
    return mended(content, sentences(content, text.language), study.all(UnitCut, text_id=text.id))


def listed_units(study: Study, text: Text) -> list[Unit]:
    """List the units of a text, and which of them a person joined or split."""
    cuts = study.all(UnitCut, text_id=text.id)
    units = units_of(study, text)
    starts = {cut.offset for cut in cuts if not cut.joined}
    joins = [cut.offset for cut in cuts if cut.joined]
    found = []
    for place, unit in enumerate(units):
        following = units[place + 1].start if place + 1 < len(units) else -1
        split = "split" if unit.start in starts or following in starts else ""
        joined = "joined" if any(unit.start < offset < unit.end for offset in joins) else ""
        found.append(Unit(unit, ", ".join(filter(None, (joined, split)))))
    return found


def unit_finder(study: Study, text: Text) -> Callable[[int], Passage]:
    """Give what finds the unit around an offset; it reads no more of the study, so a thread may ask it."""
    content, cuts = study.text_content(text.content_hash), study.all(UnitCut, text_id=text.id)
    kept: list[tuple[Passage, ...]] = []

    def find(offset: int) -> Passage:
        if not cuts:
            return sentence_at(content, offset, text.language)
        if not kept:
            kept.append(mended(content, sentences(content, text.language), cuts))
        units = kept[0]
        place = max(0, bisect_right(units, offset, key=lambda unit: unit.start) - 1)
        return units[place] if units else Passage(offset, offset)

    return find


def segmenter_of(study: Study, texts: Iterable[Text]) -> str:
    """Name what cut some texts into units, with how often a person did."""
    by_hand = sum(len(study.all(UnitCut, text_id=text.id)) for text in texts)
    return f"{SEGMENTER}, {by_hand} by hand" if by_hand else SEGMENTER


def join_units(study: Study, text_id: str, passage: Passage) -> Passage:
    """Make one unit of all that a passage touches; gives it. Raises Refused where it touches only one."""
    text = study.get(Text, text_id)
    touched = [unit for unit in units_of(study, text) if unit.overlaps(passage)]
    if len(touched) < 2:
        raise Refused("There is nothing to join.", do="Choose a passage that touches two units.")
    cuts = study.all(UnitCut, text_id=text_id)
    put: list[Record] = []
    gone: list[str] = []
    for one, other in pairwise(touched):
        made = [cut for cut in cuts if not cut.joined and one.end <= cut.offset <= other.start]
        gone += map(key_of, made)
        if not made:
            put.append(UnitCut(UnitCut.key(text_id, other.start), text_id, other.start, joined=True))
    study.decide(Verb.JOIN_UNITS, key_of(text), put=put, remove=gone)
    return Passage(touched[0].start, touched[-1].end)


def join_with_next(study: Study, text_id: str, offset: int) -> Passage:
    """Join the unit around an offset with the one after it; gives what they became."""
    units = units_of(study, study.get(Text, text_id))
    place = bisect_right(units, offset, key=lambda unit: unit.start) - 1
    if not 0 <= place < len(units) - 1:
        raise Refused("No unit follows here.", do="Go to one that another follows.")
    return join_units(study, text_id, Passage(units[place].start, units[place + 1].end))


def split_unit(study: Study, text_id: str, offset: int) -> tuple[Passage, Passage]:
    """Cut a unit in two at an offset; gives both. Raises Refused where words stand on one side only."""
    text = study.get(Text, text_id)
    content = study.text_content(text.content_hash)
    unit = next((unit for unit in units_of(study, text) if unit.start < offset < unit.end), None)
    parts = [] if unit is None else [trimmed(content, unit.start, offset), trimmed(content, offset, unit.end)]
    if unit is None or not all(map(len, parts)):
        raise Refused(
            "There is no unit to split here.", do="Choose a place inside a unit, with words on both sides."
        )
    first, second = parts
    inside = [
        cut
        for cut in study.all(UnitCut, text_id=text_id)
        if cut.joined and first.end <= cut.offset <= second.start
    ]
    if inside:
        study.decide(Verb.SPLIT_UNIT, key_of(text), remove=map(key_of, inside))
    else:
        made = UnitCut(UnitCut.key(text_id, second.start), text_id, second.start)
        study.decide(Verb.SPLIT_UNIT, key_of(text), put=[made])
    return first, second
