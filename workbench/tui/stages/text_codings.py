"""The codings of one text, read once and kept up with decision by decision, with how they are drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from workbench.model.coding import Coding, Excerpt
from workbench.model.records import split_key
from workbench.tui.reading.lanes import Highlight
from workbench.tui.stages.coding_panel import coding_highlights

if TYPE_CHECKING:
    from workbench.study.queries import PlacedCoding
    from workbench.study.study import Study

_FEW_DECISIONS, _FEW_RECORDS = 20, 200
"""Up to so much is followed record by record; more is read anew as a whole."""


class TextCodings:
    """What is coded in a text, in order of place; `catch_up` follows the study."""

    def __init__(self, study: Study, text_id: str) -> None:
        self._study = study
        self._text_id = text_id
        self._head = 0
        self._placed: dict[str, PlacedCoding] = {}
        self._drawn: dict[str, Highlight] = {}
        self._read_all()

    @property
    def placed(self) -> list[PlacedCoding]:
        """Give the codings by place."""
        return list(self._placed.values())

    def highlights(self, lets_through: Callable[[Coding], bool]) -> list[Highlight]:
        """Give the highlights of the codings that are let through, by place; those drawn before are kept."""
        wanted = [each for each in self._placed.values() if lets_through(each.coding)]
        new = [each for each in wanted if each.coding.id not in self._drawn]
        self._drawn |= {each.key: each for each in coding_highlights(self._study.framework, new)}
        return [self._drawn[each.coding.id] for each in wanted]

    def catch_up(self) -> None:
        """Follow what was decided since."""
        head = self._study.head.count
        if head == self._head:
            return
        if head - self._head > _FEW_DECISIONS:
            self._read_all()
            return
        keys = {key for each in self._study.decisions(first=self._head + 1) for key in each.keys}
        if len(keys) > _FEW_RECORDS:
            self._read_all()
            return
        self._head = head
        kinds = {split_key(key)[0] for key in keys}
        if kinds & {"code", "theme"}:
            self._drawn.clear()
        changed = [identifier for kind, identifier in map(split_key, keys) if kind == "coding"]
        for coding_id in changed:
            self._follow(coding_id)
        if changed:
            ordered = sorted(self._placed.values(), key=_place)
            self._placed = {each.coding.id: each for each in ordered}

    def _follow(self, coding_id: str) -> None:
        from workbench.study.queries import PlacedCoding

        self._placed.pop(coding_id, None)
        self._drawn.pop(coding_id, None)
        coding = self._study.find(Coding, coding_id)
        if coding is not None:
            excerpt = self._study.get(Excerpt, coding.excerpt_id)
            if excerpt.text_id == self._text_id:
                self._placed[coding_id] = PlacedCoding(coding, excerpt)

    def _read_all(self) -> None:
        from workbench.study.queries import codings_of_text

        self._head = self._study.head.count
        self._placed = {each.coding.id: each for each in codings_of_text(self._study, self._text_id)}
        self._drawn.clear()


def _place(each: PlacedCoding) -> tuple[int, int, str, str]:
    return each.excerpt.start, each.excerpt.end, each.coding.code_id, each.coding.coder
