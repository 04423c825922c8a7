"""What was read and checked in a replaced text goes along to the new version where its words stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workbench.errors import Refused
from workbench.language.anchoring import Anchored, Found, anchored
from workbench.language.units import sentences
from workbench.model.coding import Reviewed
from workbench.model.identity import record_id
from workbench.model.records import Record
from workbench.model.stretches import difference, union
from workbench.model.text import Passage, Text
from workbench.model.translation import Verification
from workbench.model.translation_check import CheckAnswer, question_key
from workbench.model.unit_cut import UnitCut, mended
from workbench.study.study import Study

REVIEWED, VERIFIED = "reviewed", "verification"
"""What a passage of the old version was."""
_OTHER_SOURCE = "The new version renders another text."


class Look:
    """Finds passages in a new version, and remembers what it found, so that a thread can look ahead."""

    def __init__(self, stopped: Callable[[], bool] = lambda: False) -> None:
        """Begin with nothing found; once `stopped` says so, looking raises Stopped."""
        self._found: dict[tuple[object, ...], list[Anchored]] = {}
        self._stopped = stopped

    def __call__(
        self, old: str, new: str, passages: Sequence[Passage], language: str, *, propose: bool = True
    ) -> list[Anchored]:
        """Find passages of an old version in a new one; `propose` places for those that have changed."""
        key = (old, new, tuple(passages), language, propose)
        if passages and key not in self._found:
            if self._stopped():
                raise Stopped
            self._found[key] = anchored(old, new, passages, language, propose=propose)
        return self._found.get(key, [])


class Stopped(Refused):
    """Somebody does not want to wait for what is looked for."""

    def __init__(self) -> None:
        super().__init__("The looking was stopped.")


@dataclass(frozen=True, slots=True)
class CarriedPassage:
    """What became of a passage that was marked as reviewed, or of a verified one."""

    what: str
    """`reviewed` or `verification`."""
    by: str
    """The coder who marked it, or the reader who checked it."""
    passage: Passage
    """In the old version."""
    words: str
    outcome: Anchored

    @property
    def is_carried(self) -> bool:
        """Tell whether it holds in the new version."""
        return self.outcome.found is Found.CARRIED


def passages_carried(
    study: Study, old: Text, new: Text, now: str, look: Look
) -> tuple[list[CarriedPassage], list[Record]]:
    """Find the reviewed and verified passages of a text in its new version, with the records they make there.

    The old version keeps its own. Of a reviewed passage that has changed, the sentences that have not are
    carried. A verification holds only for the source it was made against.
    """
    carrying = _Carrying(study, old, new, now, look)
    reviewed, marks = carrying.reviewed()
    verified, checks = carrying.verified()
    return [*reviewed, *verified], [*marks, *checks]


def answers_carried(study: Study, old: Text, new: Text, now: str, look: Look) -> list[Record]:
    """Give the answers to questions about a text again for its new version, where its passage stands there.

    The old version keeps its own. An answer about another source than the new version renders is not carried.
    """
    as_source = study.all(CheckAnswer, source_id=old.id)
    as_target = study.all(CheckAnswer, target_id=old.id) if new.translates == old.translates else []
    was = study.text_content(old.content_hash)
    put: list[Record] = []
    for answers, side in ((as_source, "source"), (as_target, "target")):
        places: list[Passage] = [getattr(answer, side) for answer in answers]
        found = look(was, now, places, new.language, propose=False)
        for answer, place, outcome in zip(answers, places, found, strict=True):
            if not len(place):
                put.append(_answer_at(answer, side, new.id, place, 0))
            elif outcome.found is Found.CARRIED and outcome.passage is not None:
                shift = outcome.passage.start - place.start
                put.append(_answer_at(answer, side, new.id, outcome.passage, shift))
    return put


def _answer_at(answer: CheckAnswer, side: str, text_id: str, place: Passage, shift: int) -> CheckAnswer:
    at = int(getattr(answer, f"{side}_at"))
    named = {"id": text_id, "start": place.start, "end": place.end, "at": at + shift if at >= 0 else at}
    changed: dict[str, Any] = {f"{side}_{name}": value for name, value in named.items()}
    moved = replace(answer, **changed)
    key = question_key(moved.source_id, moved.target_id, moved.seen, moved.source_at, moved.target_at)
    return replace(moved, id=key)


def cuts_carried(study: Study, old: Text, new: Text, now: str, look: Look) -> list[Record]:
    """Give the joins and splits of units again for a new version, where the words on both sides stand there.

    The old version keeps its own; what a person said of the new one is not overruled.
    """
    cuts = study.all(UnitCut, text_id=old.id)
    was = study.text_content(old.content_hash)
    units = mended(was, sentences(was, old.language), cuts) if cuts else ()
    around = [_around(units, cut.offset) for cut in cuts]
    put: list[Record] = []
    for cut, place, outcome in zip(
        cuts, around, look(was, now, around, new.language, propose=False), strict=True
    ):
        if outcome.found is Found.CARRIED and (there := outcome.passage) is not None:
            before = len("".join(was[place.start : cut.offset].split()))
            offset = there.start + _after(now[there.start : there.end], before)
            moved = UnitCut(UnitCut.key(new.id, offset), new.id, offset, cut.joined)
            if study.find(UnitCut, moved.id) is None:
                put.append(moved)
    return put


def _around(units: Sequence[Passage], offset: int) -> Passage:
    """Give the unit that a join lies in, or both that a split parts."""
    touched = [unit for unit in units if unit.start <= offset <= unit.end]
    last = touched[-1] if touched else Passage(offset, offset)
    place = units.index(last) if touched else 0
    first = units[place - 1] if place and last.start == offset else last
    return Passage(first.start, last.end)


def _after(words: str, many: int) -> int:
    """Find where the sign stands that so many others stand before; white space is none."""
    places = [place for place, sign in enumerate(words) if not sign.isspace()]
    return places[many] if many < len(places) else len(words)


class _Carrying:
    """One text and the version that takes its place."""

    def __init__(self, study: Study, old: Text, new: Text, now: str, look: Look) -> None:
        self._study, self._old, self._new = study, old, new
        self._was, self._now, self._look = study.text_content(old.content_hash), now, look

    def _found(self, passages: Sequence[Passage]) -> list[Anchored]:
        return self._look(self._was, self._now, passages, self._new.language, propose=False)

    def _told(self, what: str, by: str, passage: Passage, outcome: Anchored) -> CarriedPassage:
        return CarriedPassage(what, by, passage, self._was[passage.start : passage.end], outcome)

    def reviewed(self) -> tuple[list[CarriedPassage], list[Record]]:
        marks = self._study.all(Reviewed, text_id=self._old.id)
        pieces = self._pieces(mark.passage for mark in marks)
        told: list[CarriedPassage] = []
        put: list[Record] = []
        for coder in dict.fromkeys(mark.coder for mark in marks):
            own = [piece for mark in marks if mark.coder == coder for piece in pieces[mark.passage]]
            told += [self._told(REVIEWED, coder, place, outcome) for place, outcome in own]
            places = [outcome.passage for _, outcome in own if outcome.found is Found.CARRIED]
            there = [mark.passage for mark in self._study.all(Reviewed, text_id=self._new.id, coder=coder)]
            put += [
                Reviewed(record_id("r"), self._new.id, passage.start, passage.end, coder)
                for passage in difference(union(place for place in places if place is not None), there)
            ]
        return told, put

    def _pieces(self, passages: Iterable[Passage]) -> dict[Passage, list[tuple[Passage, Anchored]]]:
        """Give each passage whole where it is carried so, or else the sentences that it covers."""
        wholes = list(dict.fromkeys(passages))
        if not wholes:
            return {}
        found: dict[Passage, list[tuple[Passage, Anchored]]] = {}
        units = sentences(self._was, self._old.language)
        for whole, outcome in zip(wholes, self._found(wholes), strict=True):
            inside = [_common(unit, whole) for unit in units if unit.overlaps(whole)]
            if outcome.found is Found.CARRIED or len(inside) < 2:
                found[whole] = [(whole, outcome)]
            else:
                found[whole] = list(zip(inside, self._found(inside), strict=True))
        return found

    def verified(self) -> tuple[list[CarriedPassage], list[Record]]:
        checks = self._study.all(Verification, text_id=self._old.id)
        told: list[CarriedPassage] = []
        put: list[Record] = []
        outcomes = self._found([check.passage for check in checks])
        if self._new.translates != self._old.translates:
            outcomes = [Anchored(Found.LOST, None, 0, _OTHER_SOURCE)] * len(checks)
        for check, outcome in zip(checks, outcomes, strict=True):
            told.append(self._told(VERIFIED, check.reader, check.passage, outcome))
            if outcome.found is Found.CARRIED and outcome.passage is not None:
                start, end = outcome.passage.start, outcome.passage.end
                put.append(replace(check, id=record_id("v"), text_id=self._new.id, start=start, end=end))
        return told, put


def _common(one: Passage, other: Passage) -> Passage:
    return Passage(max(one.start, other.start), min(one.end, other.end))
