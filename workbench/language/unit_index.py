"""All units of one language as rows of a table of terms, weighted by how rare they are (TF-IDF)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class UnitIndex:
    """Units as sequences of terms and as rows of weights of runs of one, two or three terms."""

    flat: NDArray[np.int32]
    """Numbers of the terms of all units, one after the other."""
    starts: NDArray[np.int64]
    """Where each unit begins in `flat`; one more at the end."""
    numbers: dict[str, int]
    """Term -> its number."""
    weights: Any
    """Sparse rows of length one: units by runs of terms."""
    runs: tuple[NDArray[np.int64], ...]
    """Of each length of run, the runs that have a column, ascending; see `key`."""
    lengths: tuple[int, ...]
    """How many terms the runs of each of them have."""

    @property
    def count(self) -> int:
        """Count the units."""
        return len(self.starts) - 1

    def found(self, terms: Sequence[str]) -> NDArray[np.int64]:
        """Give the places in `flat` where some terms stand in a row inside one unit."""
        import numpy as np

        wanted = [self.numbers.get(term, -1) for term in terms]
        if not wanted or min(wanted) < 0 or len(wanted) > len(self.flat):
            return np.empty(0, np.int64)
        last = len(self.flat) - len(wanted) + 1
        fits = np.ones(last, bool)
        for place, number in enumerate(wanted):
            fits &= self.flat[place : place + last] == number
        places: NDArray[np.int64] = np.flatnonzero(fits)
        if len(wanted) == 1:
            return places
        inside: NDArray[np.int64] = places[self.unit_of(places) == self.unit_of(places + len(wanted) - 1)]
        return inside

    def unit_of(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Give the units in which places of `flat` lie."""
        import numpy as np

        found: NDArray[np.int64] = np.searchsorted(self.starts, places, side="right") - 1
        return found

    def columns(self, place: int, length: int) -> list[tuple[int, int, int]]:
        """Give the columns of the runs of a unit: (column, first term of the unit, terms)."""
        import numpy as np

        start, end = int(self.starts[place]), int(self.starts[place + 1])
        found, before = [], 0
        for runs, terms in zip(self.runs, self.lengths, strict=True):
            keys = key(self.flat[start:end], terms, length)
            at = np.searchsorted(runs, keys)
            for first, (column, wanted) in enumerate(zip(at, keys, strict=True)):
                if column < len(runs) and runs[column] == wanted:
                    found.append((before + int(column), first, terms))
            before += len(runs)
        return found


def key(flat: NDArray[np.int32], terms: int, vocabulary: int) -> NDArray[np.int64]:
    """Give one number for each run of some terms."""
    import numpy as np

    last = len(flat) - terms + 1
    if last <= 0:
        return np.empty(0, np.int64)
    keys = flat[:last].astype(np.int64)
    for place in range(1, terms):
        keys = keys * vocabulary + flat[place : place + last]
    return keys


def index_of(units: Sequence[Sequence[str]], *, by_character: bool) -> UnitIndex:
    """Make the index of some units; runs of one and two terms, or of two and three characters.

    A run that stands in one unit alone has no column: nothing can be learned from it for another.
    """
    import numpy as np

    numbers: dict[str, int] = {}
    flat = np.fromiter((numbers.setdefault(term, len(numbers)) for unit in units for term in unit), np.int32)
    starts = np.concatenate([[0], np.cumsum([len(unit) for unit in units])]).astype(np.int64)
    lengths = (2, 3) if by_character else (1, 2)
    row_of = np.repeat(np.arange(len(units)), np.diff(starts))
    rows, columns, runs = [], [], []
    before = 0
    for terms in lengths:
        keys = key(flat, terms, len(numbers))
        inside = row_of[: len(keys)] == row_of[terms - 1 :] if terms > 1 else np.ones(len(keys), bool)
        kept, own = _in_several(keys[inside], row_of[: len(keys)][inside])
        at = np.searchsorted(kept, own[0])
        rows.append(own[1])
        columns.append(at + before)
        runs.append(kept)
        before += len(kept)
    weights = _weighted(np.concatenate(rows), np.concatenate(columns), (len(units), before))
    return UnitIndex(flat, starts, numbers, weights, tuple(runs), lengths)


def _in_several(
    keys: NDArray[np.int64], rows: NDArray[np.int64]
) -> tuple[NDArray[np.int64], tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Keep the runs that stand in more than one unit."""
    import numpy as np

    different, place = np.unique(keys, return_inverse=True)
    if not len(different):
        return different, (keys, rows)
    pairs = np.unique(place * (int(rows.max()) + 1) + rows)
    in_units = np.bincount(pairs // (int(rows.max()) + 1), minlength=len(different))
    kept = in_units > 1
    fits = kept[place]
    return different[kept], (keys[fits], rows[fits])


def _weighted(rows: NDArray[np.int64], columns: NDArray[np.int64], shape: tuple[int, int]) -> Any:
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfTransformer

    counts = csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=shape, dtype=np.float32)
    if not shape[1]:
        return counts
    return TfidfTransformer(sublinear_tf=True).fit_transform(counts)
