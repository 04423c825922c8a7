"""How high each unit of a language stands for a code."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.language.matching import Stopped
from workbench.language.unit_hints import Hints, hint_scores
from workbench.language.unit_index import UnitIndex, index_of
from workbench.language.unit_terms import UnitsOfText, units_of_text
from workbench.model.suggestion import Basis
from workbench.model.text import Passage
from workbench.model.unit_cut import UnitCut

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ENOUGH = 3
"""Coded excerpts in a language from which is learned."""
_FEWEST_AGAINST = 100
_AGAINST_EACH = 4
"""Units that count as not coded, for each coded excerpt, where so many are more than the fewest."""
_SHARE_PRESUMED = 3
"""At most one of so many units that nobody coded counts as not coded: in few texts there may be others."""
_KEPT = 4
"""Languages, or sets of texts, whose tables are kept."""


@dataclass(frozen=True, slots=True)
class TextToRead:
    """A text whose units are ranked."""

    id: str
    content_hash: str
    language: str
    content: str
    cuts: tuple[UnitCut, ...] = ()
    """Sentences that were joined or split by hand."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of passages, each by its text; excerpts with their ids."""

    coded: tuple[tuple[str, Passage, str], ...] = ()
    """With the code; the id is that of the excerpt."""
    rejected: tuple[tuple[str, Passage], ...] = ()
    otherwise: tuple[tuple[str, Passage], ...] = ()
    """Coded with other codes only."""
    left_out: tuple[tuple[str, Passage], ...] = ()
    """Not to be offered, for another cause."""


@dataclass
class Reading:
    """All texts of one language, read."""

    language: str
    texts: tuple[TextToRead, ...]
    held: tuple[UnitsOfText, ...]
    index: UnitIndex
    first_rows: tuple[int, ...]
    """Row of the first unit of each text."""
    hinted: OrderedDict[Hints, NDArray[np.float64]] = field(default_factory=OrderedDict)
    """Scores by hints, of the codes looked at last."""

    def words(self) -> list[str]:
        """Give all units as they stand."""
        return [
            text.content[unit.start : unit.end]
            for text, held in zip(self.texts, self.held, strict=True)
            for unit in held.units
        ]

    def where(self, row: int) -> tuple[str, Passage]:
        """Give text and place of a unit."""
        number = bisect_right(self.first_rows, row) - 1
        return self.texts[number].id, self.held[number].units[row - self.first_rows[number]]

    def unit(self, row: int) -> str:
        """Give a unit as it stands."""
        number = bisect_right(self.first_rows, row) - 1
        passage = self.held[number].units[row - self.first_rows[number]]
        return self.texts[number].content[passage.start : passage.end]

    def rows(self, text_id: str, passage: Passage, *, mostly: bool = False) -> list[int]:
        """List the units that a passage overlaps; `mostly` only where half of one is shared."""
        found = []
        for number, text in enumerate(self.texts):
            if text.id != text_id:
                continue
            units = self.held[number].units
            first = bisect_right(units, passage.start, key=lambda unit: unit.end)
            last = bisect_left(units, passage.end, key=lambda unit: unit.start)
            for place in range(first, last):
                unit = units[place]
                shared = min(unit.end, passage.end) - max(unit.start, passage.start)
                if not mostly or 2 * shared >= min(len(unit), len(passage)):
                    found.append(self.first_rows[number] + place)
        return found


@dataclass
class Ranked:
    """The units of one language with their scores for a code."""

    reading: Reading
    basis: Basis
    totals: NDArray[np.float64]
    hints: NDArray[np.float64]
    """What cues and patterns say, before it was set against the mean."""
    candidates: NDArray[np.int64]
    """Rows that may be offered."""
    examples: int
    coefficients: NDArray[np.float64] | None
    coded: tuple[tuple[int, str], ...]
    """Rows that are coded, with their excerpts."""
    rejected: tuple[int, ...]
    otherwise: int
    """Units coded with other codes only that were taken for not coded."""
    presumed: int
    """Units nobody coded that were taken for not coded, since there were too few others."""

    @property
    def index(self) -> UnitIndex:
        """Give the table of the units."""
        return self.reading.index

    @property
    def language(self) -> str:
        """Name the language."""
        return self.reading.language

    def where(self, row: int) -> tuple[str, Passage]:
        """Give text and place of a unit."""
        return self.reading.where(row)

    def is_due(self, row: int) -> bool:
        """Tell whether anything speaks for a unit."""
        learned = self.basis is Basis.LEARNED and self.totals[row] > 0
        return bool(learned or self.hints[row] > 0)


_read: OrderedDict[tuple[str, ...], Reading] = OrderedDict()


def readings(
    texts: Sequence[TextToRead], hints: Hints, unit: str, progress: Callable[[int, int], bool]
) -> Iterator[Reading]:
    """Read texts, each language by itself, and weigh the hints; raises Stopped when asked to stop."""
    done = 0
    by_language: dict[str, list[TextToRead]] = {}
    for text in texts:
        by_language.setdefault(text.language.partition("-")[0].casefold(), []).append(text)

    def tell() -> None:
        if not progress(done, len(texts)):
            raise Stopped

    for language, held in sorted(by_language.items()):
        key = (unit, language, *(f"{text.id} {text.content_hash} {hash(text.cuts)}" for text in held))
        reading = _read.pop(key, None)
        if reading is None:
            read = []
            for text in held:
                tell()
                read.append(units_of_text(text.content, text.content_hash, text.language, unit, text.cuts))
                done += 1
            reading = _reading(language, held, read)
        _read[key] = reading
        while len(_read) > _KEPT:
            _read.popitem(last=False)
        _weigh(reading, hints, tell)
        yield reading


def _reading(language: str, texts: Sequence[TextToRead], held: Sequence[UnitsOfText]) -> Reading:
    first, rows = 0, []
    for each in held:
        rows.append(first)
        first += len(each.units)
    terms = [unit for each in held for unit in each.terms]
    by_character = any(each.by_character for each in held)
    return Reading(
        language, tuple(texts), tuple(held), index_of(terms, by_character=by_character), tuple(rows)
    )


def _weigh(reading: Reading, hints: Hints, tell: Callable[[], None]) -> None:
    if hints in reading.hinted:
        reading.hinted.move_to_end(hints)
        return
    reading.hinted[hints] = hint_scores(reading.index, reading.words, reading.language, hints, tell)
    while len(reading.hinted) > 50:
        reading.hinted.popitem(last=False)


def ranked(reading: Reading, hints: Hints, known: Known, seed: str) -> Ranked:
    """Score all units of a language for a code."""
    import numpy as np

    hinted = reading.hinted[hints]
    coded = [
        (row, excerpt)
        for text, place, excerpt in known.coded
        for row in reading.rows(text, place, mostly=True)
    ]
    rejected = _rows(reading, known.rejected, mostly=True)
    here = {text.id for text in reading.texts}
    examples = len({excerpt for text, _, excerpt in known.coded if text in here and coded})
    totals, coefficients, elsewhere, presumed = _standard(hinted), None, 0, 0
    rows = sorted({row for row, _ in coded})
    if examples >= ENOUGH and rows and reading.index.weights.shape[1]:
        others = _rows(reading, known.otherwise, mostly=True)
        against, elsewhere, presumed = _against(reading.index.count, set(rows), rejected, others, seed)
        if against:
            coefficients = _learned(reading.index, rows, against)
            totals = totals + _standard(reading.index.weights @ coefficients)
    taken = np.zeros(reading.index.count, bool)
    places = ((text, place) for text, place, _ in known.coded)
    taken[[*_rows(reading, places), *_rows(reading, known.rejected), *_rows(reading, known.left_out)]] = True
    basis = Basis.CUES if coefficients is None else Basis.LEARNED
    return Ranked(
        reading,
        basis,
        totals,
        hinted,
        np.flatnonzero(~taken),
        examples if coefficients is not None else 0,
        coefficients,
        tuple(coded),
        tuple(rejected),
        elsewhere,
        presumed,
    )


def _rows(reading: Reading, places: Iterable[tuple[str, Passage]], *, mostly: bool = False) -> list[int]:
    return sorted({row for text, place in places for row in reading.rows(text, place, mostly=mostly)})


def _standard(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give each score as its distance from the mean in standard deviations; all equal ones are nought."""
    spread = float(scores.std()) if len(scores) else 0.0
    return (scores - scores.mean()) / spread if spread > 1e-12 else scores * 0.0


def _against(
    count: int, coded: set[int], rejected: Sequence[int], others: Sequence[int], seed: str
) -> tuple[list[int], int, int]:
    """Choose what stands for not coded: rejected units, then otherwise coded ones, then any not yet coded.

    The order of the last is fixed by the seed, so that a ranking changes only where something was answered.
    """
    import numpy as np

    wanted = max(_FEWEST_AGAINST, _AGAINST_EACH * len(coded))
    chosen = dict.fromkeys(row for row in (*rejected, *others) if row not in coded)
    order = np.random.default_rng(int(hashlib.sha256(seed.encode()).hexdigest()[:8], 16)).permutation(count)
    presumed, most = 0, max(1, (count - len(coded)) // _SHARE_PRESUMED)
    for row in order.tolist():
        if len(chosen) >= wanted or presumed >= most:
            break
        if row not in coded and row not in chosen:
            chosen[row] = None
            presumed += 1
    elsewhere = len(chosen) - presumed - len(set(rejected) - coded)
    return list(chosen), elsewhere, presumed


def _learned(index: UnitIndex, coded: Sequence[int], against: Sequence[int]) -> NDArray[np.float64]:
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    rows = [*coded, *against]
    is_coded = np.array([1] * len(coded) + [0] * len(against))
    model = LogisticRegression(C=10.0, class_weight="balanced", solver="liblinear", random_state=0)
    weights = index.weights[rows]
    told = np.unique(weights.indices)  # Of all other runs nothing is learned, so that they need no room.
    model.fit(weights[:, told], is_coded)
    coefficients = np.zeros(index.weights.shape[1])
    coefficients[told] = model.coef_[0]
    return coefficients
