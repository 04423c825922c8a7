"""Cues and patterns of a code, found in units: how much they say, and where they stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.language.patterns import WordsPattern
from workbench.language.token_patterns import PatternMatcher
from workbench.language.unit_terms import cutter
from workbench.model.text import Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from workbench.language.unit_index import UnitIndex


@dataclass(frozen=True, slots=True)
class Hints:
    """What a codebook says of the words of a code."""

    cues: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    excluding: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a hint stands in a unit."""

    words: str
    """The cue, or `pattern` with its number."""
    passage: Passage
    against: bool = False


def hint_scores(
    index: UnitIndex,
    words: Callable[[], Sequence[str]],
    language: str,
    hints: Hints,
    tell: Callable[[], None],
) -> NDArray[np.float64]:
    """Weigh the hints of each unit: rare ones weigh more, excluding ones as much on the other side.

    `words` gives the units as they stand; `tell` is called now and then, and may raise to stop.
    """
    import numpy as np

    scores = np.zeros(index.count)
    for cue in dict.fromkeys(hints.cues):
        tell()
        scores += _weighed(_cue_counts(index, words, language, cue))
    for cue in dict.fromkeys(hints.excluding):
        tell()
        scores -= _weighed(_cue_counts(index, words, language, cue))
    if hints.patterns:
        for counts in _pattern_counts(words(), language, hints.patterns, tell):
            scores += _weighed(counts)
    return scores


def _weighed(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    held = int(np.count_nonzero(counts))
    rarity = np.log((len(counts) + 1) / (held + 1)) + 1 if held else 0.0
    weights: NDArray[np.float64] = np.log1p(counts) * rarity
    return weights


def _cue_counts(
    index: UnitIndex, words: Callable[[], Sequence[str]], language: str, cue: str
) -> NDArray[np.float64]:
    import numpy as np

    cut, by_character = cutter(language)
    terms = [term for term, _, _ in cut(cue)]
    units = index.unit_of(index.found(terms)) if terms else np.empty(0, np.int64)
    counts = np.bincount(units, minlength=index.count).astype(float)
    if language.startswith("ja") and not by_character:
        plain = _plain(cue)
        counts = np.maximum(counts, [float(_plain(unit).count(plain)) for unit in words()])
    return counts


def _plain(words: str) -> str:
    return unicodedata.normalize("NFKC", words).casefold()


def _pattern_counts(
    units: Sequence[str], language: str, patterns: Sequence[str], tell: Callable[[], None]
) -> NDArray[np.float64]:
    import numpy as np

    matcher = PatternMatcher(patterns, language)
    counts = np.zeros((len(patterns), len(units)))
    for place, unit in enumerate(units):
        if place % 200 == 0:
            tell()
        for number, _ in matcher.hits(unit):
            counts[number, place] += 1
    return counts


def hits_in(unit: str, language: str, hints: Hints) -> list[Hit]:
    """List where the hints of a code stand in a unit, by place."""
    found = [
        Hit(cue, passage) for cue in dict.fromkeys(hints.cues) for passage in _places(unit, language, cue)
    ]
    found += [
        Hit(cue, passage, True)
        for cue in dict.fromkeys(hints.excluding)
        for passage in _places(unit, language, cue)
    ]
    if hints.patterns:
        matcher = PatternMatcher(hints.patterns, language)
        found += [Hit(f"pattern {number + 1}", passage) for number, passage in matcher.hits(unit)]
    return sorted(found, key=lambda hit: (hit.passage, hit.words))


def _places(unit: str, language: str, cue: str) -> Iterator[Passage]:
    """Find a cue in any form of its words; in Japanese also as it stands."""
    cut, by_character = cutter(language)
    terms, wanted = list(cut(unit)), [term for term, _, _ in cut(cue)]
    found = False
    for place in range(len(terms) - len(wanted) + 1 if wanted else 0):
        if [term for term, _, _ in terms[place : place + len(wanted)]] == wanted:
            found = True
            yield Passage(terms[place][1], terms[place + len(wanted) - 1][2])
    has_words = any(character.isalnum() for character in cue)
    if not found and has_words and language.startswith("ja") and not by_character:
        yield from WordsPattern(cue).hits(unit)
