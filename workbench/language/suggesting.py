"""Units of texts ranked for a code: by its cues and patterns, and by what was coded with it before.

Two scores are added, each as its distance from the mean in standard deviations among the units of one
language: cues and patterns that a unit holds, and a logistic regression on weighted lemmas (TF-IDF), once
three excerpts in that language are coded. Plain data come in and go out, so that it can run anywhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from workbench.language.matching import Stopped
from workbench.language.ranking import Known, Ranked, TextToRead, ranked, readings
from workbench.language.reasons import Reason, reasons_for
from workbench.language.unit_hints import Hints
from workbench.model.suggestion import Basis
from workbench.model.text import Passage

__all__ = ["Hints", "Known", "Offer", "Offers", "Stopped", "TextToRead", "suggest"]

ONE_IN = 10
"""One of so many offers is drawn at random from the units that are not due."""
Progress = Callable[[int, int], bool]
"""Is told how many texts of how many are read; giving False ends it, and Stopped is raised."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A unit that is offered for a code, with what speaks for and against it."""

    text_id: str
    passage: Passage
    basis: Basis
    score: int
    rank: int
    drawn: bool
    seed: str
    examples: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Offers:
    """What is offered next, in order."""

    offers: tuple[Offer, ...]
    units: int
    """Units of all texts."""
    open: int
    """Units that could be offered."""
    examples: tuple[tuple[str, int], ...]
    """Language and how many coded excerpts were learned from in it."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A unit that can be offered."""

    ranked: Ranked
    row: int
    total: float
    order: int
    """From 1, the best first."""


def suggest(
    texts: Sequence[TextToRead],
    hints: Hints,
    known: Known,
    *,
    seed: str,
    answered: int = 0,
    count: int = 10,
    unit: str = "sentence",
    progress: Progress = lambda done, of: True,
) -> Offers:
    """Rank the units of some texts for a code and give the next ones, with reasons.

    `answered` is how many were answered before: with the seed it decides which are drawn at random. Units
    that overlap what is known are not offered. The first call reads the texts; what was read is kept by the
    hash of each. Raises Stopped when asked to stop.
    """
    groups = [ranked(reading, hints, known, seed) for reading in readings(texts, hints, unit, progress)]
    places = _in_order(groups)
    chosen = list(_chosen(places, seed, answered, count))
    best = max((place.total for place in places), default=0.0)
    offers = tuple(
        Offer(
            *place.ranked.where(place.row),
            place.ranked.basis,
            max(0, min(1000, round(1000 * place.total / best))) if best > 0 else 0,
            place.order,
            bool(drawn),
            drawn,
            place.ranked.examples,
            reasons_for(place.ranked, place.row, hints),
        )
        for place, drawn in chosen
    )
    of_languages = tuple((group.language, group.examples) for group in groups)
    return Offers(offers, sum(group.index.count for group in groups), len(places), of_languages)


def _in_order(groups: Sequence[Ranked]) -> list[_Place]:
    found = [
        (float(group.totals[row]), number, row)
        for number, group in enumerate(groups)
        for row in group.candidates.tolist()
    ]
    found.sort(key=lambda one: (-one[0], one[1], one[2]))
    return [_Place(groups[number], row, total, order) for order, (total, number, row) in enumerate(found, 1)]


def _chosen(places: Sequence[_Place], seed: str, answered: int, count: int) -> Iterator[tuple[_Place, str]]:
    """Give the next units: the due ones in order, at drawn turns one of the others with what drew it.

    What comes at a turn does not depend on how many are asked for.
    """
    due = [place for place in places if place.ranked.is_due(place.row)]
    given: set[int] = set()
    """Orders of what was given: no two places share one."""
    for turn in range(answered + 1, answered + count + 1):
        waiting = [place for place in due if place.order not in given]
        if _is_drawn(seed, turn):
            near = {place.order for place in waiting[:ONE_IN]} | given
            rest = [place for place in places if place.order not in near]
            if rest:
                with_turn = f"{seed} {turn}"
                drawn = rest[_number(with_turn) % len(rest)]
                given.add(drawn.order)
                yield drawn, with_turn
                continue
        if waiting:
            given.add(waiting[0].order)
            yield waiting[0], ""


def _is_drawn(seed: str, turn: int) -> bool:
    """Tell whether the offer of a turn is drawn: one turn of each ten, which one the seed decides."""
    block, place = divmod(turn - 1, ONE_IN)
    return _number(f"{seed} tens {block}") % ONE_IN == place


def _number(words: str) -> int:
    return int.from_bytes(hashlib.sha256(words.encode()).digest()[:8])
