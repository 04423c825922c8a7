"""How two texts are cut at what is certain, and the stretches between matched in rounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from workbench.language.absorbing import absorb, is_item
from workbench.language.anchors import Anchors
from workbench.language.evidence import Evidence
from workbench.language.joining import settle
from workbench.language.meaning import Meaning
from workbench.language.structure import Path, in_order

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from workbench.language.beads import Stretch, Weights


class Stopped(Exception):
    """The caller asked to stop; nothing was made."""


Fixed = Sequence[tuple[Sequence[int], Sequence[int]]]
Progress = Callable[[int, int], bool]
"""Told how many of how many units are done; asks to stop by giving False."""


@dataclass
class Pair:
    """Two texts under alignment, the Japanese one first."""

    source: Sequence[str]
    target: Sequence[str]
    paths: tuple[list[Path | None], list[Path | None]]
    anchors: Anchors
    meaning: Meaning | None
    ratio: float
    sides: tuple[str, str] = ("source", "translation")
    """What each is called in sentences for a reader."""


Area = tuple[list[int], list[int]]
"""Units of both sides between two fixed points."""

Bead = tuple[tuple[int, ...], tuple[int, ...]]

_LARGEST = 1500
"""Units a side that are aligned at once; more are taken in windows."""

_WHOLE_LEVELS = ("supplement", "part", "chapter", "section", "subsection", "article")


def matched(pair: Pair, fixed: Fixed, weights: Weights, rounds: int, tell: Progress) -> list[Bead]:
    """Align in rounds, each learning words and the ratio of lengths from the one before."""
    beads: list[Bead] = []
    areas = list(_areas(pair, fixed))
    many = len(pair.source) + len(pair.target)
    for turn in range(rounds):
        evidence = Evidence(pair.anchors)
        beads = []
        for area in areas:
            for piece in _in_windows(pair, evidence, weights, area):
                beads += piece
                done = sum(len(ours) + len(theirs) for ours, theirs in beads)
                if not tell(turn * many + done, rounds * many):
                    raise Stopped
        if turn + 1 < rounds:
            pair.anchors.learn(beads, 0.7)
            pair.ratio = _learned_ratio(pair, beads)
    return absorb(pair, beads) if pair.meaning is None else settle(pair, pair.meaning, beads)


def _learned_ratio(pair: Pair, beads: Sequence[Bead]) -> float:
    ours = sum(len(pair.source[place]) for sources, targets in beads if targets for place in sources)
    theirs = sum(len(pair.target[place]) for sources, targets in beads if sources for place in targets)
    if ours < 200 or theirs < 200:
        return pair.ratio
    return min(max(theirs / ours, pair.ratio / 1.3), pair.ratio * 1.3)


def _areas(pair: Pair, fixed: Fixed) -> Iterator[Area]:
    """Cut both texts at the fixed links and at the numbers that both have."""
    taken = (
        {place for sources, _ in fixed for place in sources},
        {place for _, targets in fixed for place in targets},
    )
    cuts = {(min(sources), min(targets)) for sources, targets in fixed if sources and targets}
    cuts |= {(s, t) for s, t in same_numbers(*pair.paths) if s not in taken[0] and t not in taken[1]}
    chain = in_order(sorted(cuts))
    edges = [(0, 0), *chain, (len(pair.source), len(pair.target))]
    for (s, t), (s_end, t_end) in pairwise(edges):
        sources = [place for place in range(s, s_end) if place not in taken[0]]
        targets = [place for place in range(t, t_end) if place not in taken[1]]
        if sources or targets:
            yield sources, targets


def same_numbers(ours: Sequence[Path | None], theirs: Sequence[Path | None]) -> list[tuple[int, int]]:
    """Pair the units that begin the same article or chapter, where its number stands once on either side."""
    places = [_unique(side) for side in (ours, theirs)]
    return sorted((places[0][path], places[1][path]) for path in places[0].keys() & places[1].keys())


def _unique(side: Sequence[Path | None]) -> dict[Path, int]:
    found: dict[Path, list[int]] = {}
    for place, path in enumerate(side):
        if path is not None and (key := _key(path)) is not None:
            found.setdefault(key, []).append(place)
    return {path: places[0] for path, places in found.items() if len(places) == 1}


def _key(path: Path) -> Path | None:
    """Give what a unit that begins an article or more is called in both texts; chapters of articles aside."""
    numbers = dict(path)
    if "article" in numbers:
        inner = {level: number for level, number in path if level in ("paragraph", "item", "point")}
        if inner == {"paragraph": "1"}:
            inner = {}
        head = [(level, numbers[level]) for level in ("supplement", "article") if level in numbers]
        return (*head, *inner.items())
    return path if path[-1][0] in _WHOLE_LEVELS else None


def _in_windows(pair: Pair, evidence: Evidence, weights: Weights, area: Area) -> Iterator[list[Bead]]:
    """Align an area, a window at a time where it is large; two thirds of a window are kept."""
    from workbench.language.beads import cheapest

    sources, targets = area
    while sources or targets:
        whole = len(sources) <= _LARGEST and len(targets) <= _LARGEST
        ours, theirs = sources[:_LARGEST], targets[:_LARGEST]
        found = cheapest(stretch(pair, evidence, ours, theirs), weights)
        kept = found if whole else [bead for bead in found if max(bead[1], bead[3]) <= _LARGEST * 2 // 3]
        yield [(tuple(ours[a:b]), tuple(theirs[c:d])) for a, b, c, d in kept]
        if whole:
            return
        sources = sources[kept[-1][1] if kept else len(ours) :]
        targets = targets[kept[-1][3] if kept else len(theirs) :]


def stretch(pair: Pair, evidence: Evidence, sources: list[int], targets: list[int]) -> Stretch:
    """Gather what is known of every pair of units in an area."""
    import numpy as np

    from workbench.language import beads

    common, sure = evidence.stretch(sources, targets)
    background = (
        evidence.source_background[sources][:, None] + evidence.target_background[targets][None, :]
    ) / 2
    starts, breaks = _by_numbers(pair, sources, targets)
    made = beads.Stretch(
        lengths=(
            np.array([max(1, len(pair.source[place])) for place in sources], float),
            np.array([max(1, len(pair.target[place])) for place in targets], float),
        ),
        common=(common - background).astype(np.float32),
        sure=sure,
        sure_counts=evidence.sure_counts(sources, targets),
        starts=starts,
        breaks=breaks,
        items=(_items(pair.source, sources), _items(pair.target, targets)),
        ratio=pair.ratio,
    )
    if pair.meaning is None:
        return made
    ours, theirs = pair.meaning.units
    return replace(made, vectors=(ours[sources], theirs[targets]))


def _items(units: Sequence[str], places: list[int]) -> NDArray[np.float64]:
    """Mark short units that end no sentence, and those that follow one; translators do not join them."""
    import numpy as np

    short = [is_item(units[place]) for place in places]
    return np.array([float(a or b) for a, b in zip([False, *short], short, strict=False)])


def _by_numbers(
    pair: Pair, sources: list[int], targets: list[int]
) -> tuple[NDArray[np.float32], tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Give what the numbers of the units cost: agreeing ones nothing, other ones much, inside a bead too."""
    import numpy as np

    ours = [pair.paths[0][place] for place in sources]
    theirs = [pair.paths[1][place] for place in targets]
    starts = np.zeros((len(ours), len(theirs)), np.float32)
    for row, path in enumerate(ours):
        for column, other in enumerate(theirs):
            if path is not None and other is not None:
                starts[row, column] = _odds(path, other)
    both = any(path is not None for path in ours) and any(path is not None for path in theirs)
    breaks = []
    for places, side in ((sources, ours), (targets, theirs)):
        follows = [False, *(b == a + 1 for a, b in pairwise(places))] if places else []
        breaks.append(
            np.array(
                [
                    99.0 if not after else 1.0 if both and path is not None else 0.0
                    for after, path in zip(follows, side, strict=True)
                ]
            )
        )
    if len(breaks[0]):
        breaks[0][0] = 0.0
    if len(breaks[1]):
        breaks[1][0] = 0.0
    return starts, (breaks[0], breaks[1])


def _odds(path: Path, other: Path) -> float:
    """Give the cost of joining two numbered units; what holds them may be left out on one side."""
    if alike(path, other):
        return -2.0
    return 1.0 if path[-1] == other[-1] and path[-1][0] != "article" else 2.0


def alike(path: Path, other: Path) -> bool:
    """Tell whether two units have the same number at their own level and agree on what holds them."""
    if path[-1] != other[-1] and _key(path) != _key(other):
        return False
    numbers = dict(other)
    return all(
        numbers.get(level, number) == number
        for level, number in path
        if level not in ("part", "chapter", "section")
    )
