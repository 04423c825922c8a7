"""What units mean, as vectors seen from the middle of their own text.

Every sentence of a law is near every other; without what all of a text has in common, the ones that render
each other stand out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from workbench.language.structure import without_number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.float32]

_FEW = 8
"""With few units the middle is mostly the units themselves; it counts only in part."""


class Embedder(Protocol):
    """Gives each text a vector of length one, so that near vectors mean alike."""

    @property
    def name(self) -> str:
        """Name and version, stored with what was made from it."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Give one row for each text."""


class Meaning:
    """The meaning of the units of two texts, and of units read as one."""

    def __init__(self, embedder: Embedder, source: Sequence[str], target: Sequence[str]) -> None:
        self._encode = embedder.encode
        self._units = (source, target)
        raw = tuple(embedder.encode([without_number(unit) for unit in side]) for side in self._units)
        self._middles = tuple(rows.sum(axis=0) / (len(rows) + _FEW) for rows in raw)
        self._source = self._seen(0, raw[0])
        self._target = self._seen(1, raw[1])
        self._read: tuple[dict[str, Rows], dict[str, Rows]] = ({}, {})

    @property
    def units(self) -> tuple[Rows, Rows]:
        """Give one row of length one for each unit of either side."""
        return self._source, self._target

    def read(self, side: int, runs: Sequence[Sequence[int]]) -> None:
        """Read runs of units as one text each, all at once, so that `likeness` need not."""
        known = self._read[side]
        texts = {self._joined(side, run) for run in runs if len(run) > 1} - known.keys()
        if texts:
            ordered = sorted(texts)
            known.update(zip(ordered, self._seen(side, self._encode(ordered)), strict=True))

    def likeness(self, sources: Sequence[int], targets: Sequence[int]) -> float:
        """Tell how alike two runs of units are in meaning, each read as one text; 1 for the same."""
        return float(self._of(0, sources) @ self._of(1, targets))

    def _of(self, side: int, run: Sequence[int]) -> Rows:
        if len(run) == 1:
            row: Rows = self.units[side][run[0]]
            return row
        self.read(side, [run])
        return self._read[side][self._joined(side, run)]

    def _joined(self, side: int, run: Sequence[int]) -> str:
        units = [without_number(self._units[side][place]).strip() for place in run]
        wide = any(unit[-1:] > "\u2fff" for unit in units)
        return ("" if wide else " ").join(units)

    def _seen(self, side: int, rows: Rows) -> Rows:
        import numpy as np

        apart = rows - self._middles[side]
        lengths = np.linalg.norm(apart, axis=1, keepdims=True)
        seen: Rows = (apart / np.maximum(lengths, 1e-9)).astype(np.float32)
        return seen
