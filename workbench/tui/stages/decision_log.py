"""The log as the history screen reads it: latest first, in pages, filtered in a thread."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from workbench.model.decision import Decision
from workbench.model.decision_filter import DecisionFilter
from workbench.study.decision_finding import DecisionFinder, Interrupted, decisions_numbered

if TYPE_CHECKING:
    from workbench.study.study import Study

PAGE = 100
"""Decisions read at a time."""

_KEPT_PAGES = 20
_DELIVER_SECONDS = 0.1


class DecisionLog:
    """Decisions by their place in the list, the latest at 0; the study is read only as far as is needed."""

    def __init__(self, study: Study, wanted: DecisionFilter) -> None:
        self._study = study
        self.wanted = wanted
        self.head = study.head.count
        self._pages: dict[int, list[Decision]] = {}
        self._found: list[int] = []
        self.is_complete = wanted.is_all
        """Whether there is nothing more to find."""

    @property
    def count(self) -> int:
        """Count the decisions there are, or that were found so far."""
        return self.head if self.wanted.is_all else len(self._found)

    def add(self, seqs: Sequence[int]) -> None:
        """Add decisions that were found, in order of the search."""
        self._pages.pop(len(self._found) // PAGE, None)
        self._found += seqs

    def place_of(self, seq: int) -> int | None:
        """Find the place of a decision; None where it is not among those found."""
        if self.wanted.is_all:
            return self.head - seq if 0 < seq <= self.head else None
        low, high = 0, len(self._found)
        while low < high:
            middle = (low + high) // 2
            if self._found[middle] > seq:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self._found) and self._found[low] == seq else None

    def at(self, place: int) -> Decision:
        """Give the decision at a place."""
        page, within = divmod(place, PAGE)
        if page not in self._pages:
            if len(self._pages) >= _KEPT_PAGES:
                del self._pages[next(iter(self._pages))]
            self._pages[page] = self._read(page)
        return self._pages[page][within]

    def _read(self, page: int) -> list[Decision]:
        if self.wanted.is_all:
            last = self.head - page * PAGE
            return self._study.decisions(first=max(1, last - PAGE + 1), last=last)[::-1]
        return decisions_numbered(self._study, self._found[page * PAGE : (page + 1) * PAGE])


class DecisionSearch:
    """Finds decisions in a thread, on a connection of its own that is kept for the next search."""

    def __init__(self, study: Study) -> None:
        self._shown = study
        self._log: Study | None = None
        self._finder: DecisionFinder | None = None
        self._at_work = Lock()

    def run(
        self, wanted: DecisionFilter, *, deliver: Callable[[list[int]], None], is_stopped: Callable[[], bool]
    ) -> bool:
        """Find decisions and deliver their numbers as they are found; tell whether it came to the end."""
        with self._at_work:
            if is_stopped():
                return False
            try:
                self._find(wanted, deliver, is_stopped)
            except Interrupted:
                return False
            return not is_stopped()

    def _find(
        self, wanted: DecisionFilter, deliver: Callable[[list[int]], None], is_stopped: Callable[[], bool]
    ) -> None:
        from workbench.stages.history import finder
        from workbench.study.file import log_alone

        if self._log is not None and self._log.path != self._shown.path:
            # The study goes on in another file.
            self._log.close()
            self._log = None
        if self._log is None or self._finder is None:
            self._log = log_alone(self._shown)
            self._finder = finder(self._log)
        batch: list[int] = []
        told = time.monotonic()
        for seq in self._finder.find(wanted):
            batch.append(seq)
            if time.monotonic() - told > _DELIVER_SECONDS:
                if is_stopped():
                    return
                deliver(batch)
                batch, told = [], time.monotonic()
        deliver(batch)

    def stop(self) -> None:
        """End a search that is under way."""
        if self._log is not None:
            self._log.connection.interrupt()

    def close(self) -> None:
        """End everything and give the connection back."""
        self.stop()
        with self._at_work:
            if self._log is not None:
                self._log.close()
            self._log = self._finder = None
