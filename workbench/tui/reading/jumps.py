"""The places one left by a jump, so that one can go back to them and forward again."""

from __future__ import annotations

_KEPT = 100


class Jumps:
    """Offsets of one text: those behind, and after going back those ahead."""

    __slots__ = ("_ahead", "_behind")

    def __init__(self) -> None:
        self._behind: list[int] = []
        self._ahead: list[int] = []

    def left(self, offset: int) -> None:
        """Take note of a place that is left; what lay ahead is forgotten."""
        self._ahead.clear()
        if not self._behind or self._behind[-1] != offset:
            self._behind.append(offset)
            del self._behind[:-_KEPT]

    def back(self, here: int) -> int | None:
        """Give the place left last, and keep this one ahead; None where there is none."""
        return _step(here, self._behind, self._ahead)

    def forward(self, here: int) -> int | None:
        """Give the place from which one went back, and keep this one behind; None where there is none."""
        return _step(here, self._ahead, self._behind)


def _step(here: int, taken: list[int], kept: list[int]) -> int | None:
    while taken:
        place = taken.pop()
        if place != here:
            kept.append(here)
            return place
    return None
