"""The log as the history screen reads it: latest first, in pages, filtered."""

from __future__ import annotations

import json
from asyncio import sleep
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.model.decision import Decision

if TYPE_CHECKING:
    from workbench.study.study import Study

PAGE = 100
"""Decisions read at a time."""

_KEPT_PAGES = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which decisions to show; empty fields let everything through."""

    coder: str = ""
    action: str = ""
    words: str = ""

    @property
    def is_all(self) -> bool:
        """Tell whether nothing is held back."""
        return self == Wanted()

    def fits(self, decision: Decision) -> bool:
        """Tell whether every word stands somewhere in a decision, in any case of letters."""
        if not self.words:
            return True
        said = [decision.subject, decision.action, decision.coder, decision.reason]
        records = json.dumps([decision.before, decision.after], ensure_ascii=False)
        searched = " ".join([*said, records]).casefold()
        return all(word in searched for word in self.words.casefold().split())

    def __str__(self) -> str:
        parts = [self.coder and f"by {self.coder}", self.action, self.words and f"with “{self.words}”"]
        return ", ".join(part for part in parts if part)


class DecisionLog:
    """Decisions by their place in the list, the latest at 0; the study is read only as far as is needed."""

    def __init__(self, study: Study, wanted: Wanted) -> None:
        self._study = study
        self.wanted = wanted
        self._head = study.head.count
        self._pages: dict[int, list[Decision]] = {}
        self._found: list[Decision] = []
        self._oldest = self._head + 1
        """The decision down to which the log was searched."""

    @property
    def count(self) -> int:
        """Count the decisions there are, or that were found so far."""
        return self._head if self.wanted.is_all else len(self._found)

    @property
    def is_complete(self) -> bool:
        """Tell whether there is nothing more to find."""
        return self.wanted.is_all or self._oldest <= 1

    def at(self, place: int) -> Decision:
        """Give the decision at a place."""
        if not self.wanted.is_all:
            return self._found[place]
        page, within = divmod(place, PAGE)
        if page not in self._pages:
            if len(self._pages) >= _KEPT_PAGES:
                del self._pages[next(iter(self._pages))]
            last = self._head - page * PAGE
            self._pages[page] = self._study.decisions(first=max(1, last - PAGE + 1), last=last)[::-1]
        return self._pages[page][within]

    async def find_more(self, enough: int) -> None:
        """Search on until so many are found in all or the log ends; other work goes on meanwhile."""
        while not self.is_complete and len(self._found) < enough:
            self._found += self._next_found()
            await sleep(0)

    def _next_found(self) -> Sequence[Decision]:
        # Words are looked for here, in whole decisions; who and what the study looks up without reading them.
        stretch = PAGE if self.wanted.words else 50 * PAGE
        first = max(1, self._oldest - stretch)
        read = self._study.decisions(
            coder=self.wanted.coder, action=self.wanted.action, first=first, last=self._oldest - 1
        )
        self._oldest = first
        return [decision for decision in reversed(read) if self.wanted.fits(decision)]
