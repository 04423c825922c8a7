"""Which units of a translation render which units of its source.

The shared structure of both texts (articles, paragraphs, items) and the links that a person has fixed cut
them into stretches; inside each the cheapest way in beads is found, by anchors, length and meaning. What
comes out is a proposal: each link says how it was found, how sure it is and why, and what does not fit
together is said and not hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from workbench.language.anchors import Glossary, read_anchors
from workbench.language.beads import Weights
from workbench.language.clauses import Parts, put_together, taken_apart
from workbench.language.confidence import TRUSTED, Judge
from workbench.language.matching import Bead, Fixed, Pair, Progress, matched
from workbench.language.meaning import Embedder, Meaning
from workbench.language.misgivings import misgivings, other_languages
from workbench.language.structure import paths

ALIGNER = "align-2"
"""Name and version of the method; stored links name it."""

PLAIN = Weights(length=0.4, prior=0.6, anchors=0.45, skip=1.3, numbers=0.1, items=1.0)
WITH_MEANING = Weights(
    length=0.1, prior=0.08, anchors=0.1, skip=0.48, numbers=0.1, needless=8.0, items=1.0, structure=0.3
)
_ROUNDS = 2

_USUAL_RATIO = 2.5
"""Characters of English for one of Japanese."""
_LEEWAY = 1.35


class Method(StrEnum):
    """What a link rests on most."""

    FIXED = "fixed"
    STRUCTURE = "structure"
    MEANING = "meaning"
    ANCHORS = "anchors"
    LENGTH = "length"


@dataclass(frozen=True, slots=True)
class Link:
    """Units of the source and the units of the target that render them."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    method: Method
    confidence: int
    """Per mille; 1000 only for a link that a person fixed."""
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """What was found for two texts."""

    links: tuple[Link, ...]
    """In the order of the source."""
    source_alone: tuple[int, ...]
    """Units of the source that nothing of the target renders."""
    target_alone: tuple[int, ...]
    method: str
    """Name and version of the method, and of the vectors where there were any."""
    trust: int
    """Per mille: how far the whole is to be believed; below 650 the texts are likely no pair."""
    warnings: tuple[str, ...]
    """What does not fit together, in sentences."""


def align(
    source_units: Sequence[str],
    target_units: Sequence[str],
    *,
    languages: tuple[str, str] = ("ja", "en"),
    fixed: Fixed = (),
    glossary: Glossary = (),
    embedder: Embedder | None = None,
    progress: Progress | None = None,
) -> Alignment:
    """Link the units of a source with those of its translation.

    `fixed` links are kept exactly as they are, in order or not; one with an empty side keeps its units alone.
    `progress` is told how many units of how many are done, and stops the work by giving False (`Stopped`).
    Nothing is changed and nothing is stored; the same input gives the same links.
    """
    _check(fixed, len(source_units), len(target_units))
    if languages[1].startswith("ja") and not languages[0].startswith("ja"):
        found = _aligned(
            (target_units, source_units),
            (languages[1], languages[0]),
            [(targets, sources) for sources, targets in fixed],
            [(rendering, [term]) for term, renderings in glossary for rendering in renderings],
            embedder,
            progress or _go_on,
            sides=("translation", "source"),
        )
        return _turned(found)
    return _aligned((source_units, target_units), languages, fixed, glossary, embedder, progress or _go_on)


def _aligned(
    units: tuple[Sequence[str], Sequence[str]],
    languages: tuple[str, str],
    fixed: Fixed,
    glossary: Glossary,
    embedder: Embedder | None,
    tell: Progress,
    sides: tuple[str, str] = ("source", "translation"),
) -> Alignment:
    """Align two texts with the Japanese one first; `sides` names them in warnings."""
    pair = _pair(units, languages, glossary, embedder, sides)
    beads: list[Bead] = []
    if all(units):
        parts = taken_apart(units[0]), taken_apart(units[1])
        whole = all(len(each.clauses) == len(side) for each, side in zip(parts, units, strict=True))
        fine = pair if whole else _pair(_clauses(parts), languages, glossary, embedder, sides)
        held = [(parts[0].of(sources), parts[1].of(targets)) for sources, targets in fixed]
        weights, rounds = (WITH_MEANING, 1) if embedder else (PLAIN, _ROUNDS)
        beads = put_together(matched(fine, held, weights, rounds, tell), parts)
        pair.ratio, pair.anchors.learned = fine.ratio, fine.anchors.learned
    return _alignment(pair, beads, fixed, languages, embedder.name if embedder else "")


def _clauses(parts: tuple[Parts, Parts]) -> tuple[list[str], list[str]]:
    return parts[0].clauses, parts[1].clauses


def _go_on(done: int, whole: int) -> bool:
    return True


def _check(fixed: Fixed, sources: int, targets: int) -> None:
    """Refuse fixed links that name units that are not there, or one unit twice."""
    for side, many in ((0, sources), (1, targets)):
        named = [place for link in fixed for place in link[side]]
        if len(named) != len(set(named)) or any(not 0 <= place < many for place in named):
            raise ValueError("a fixed link names a unit twice, or one that the text does not have")


def _pair(
    units: tuple[Sequence[str], Sequence[str]],
    languages: tuple[str, str],
    glossary: Glossary,
    embedder: Embedder | None,
    sides: tuple[str, str],
) -> Pair:
    source, target = units
    ratio = _USUAL_RATIO if languages[0][:2] == "ja" != languages[1][:2] else 1.0
    whole = sum(map(len, target)) / max(1, sum(map(len, source)))
    return Pair(
        source,
        target,
        (paths(source), paths(target)),
        read_anchors(source, target, languages, glossary),
        Meaning(embedder, source, target) if embedder and source and target else None,
        min(max(whole, ratio / _LEEWAY), ratio * _LEEWAY),
        sides,
    )


def _alignment(
    pair: Pair, beads: Sequence[Bead], fixed: Fixed, languages: tuple[str, str], vectors: str
) -> Alignment:
    judge = Judge(pair)
    verdicts = [(bead, judge.verdict(bead)) for bead in beads if all(bead)]
    trust = judge.trust([(bead, verdict.chance) for bead, verdict in verdicts], fixed)
    if other_languages(pair, languages):
        trust = min(trust, TRUSTED // 2)
    most = 999 if trust >= TRUSTED else trust // 2
    links = [
        Link(*bead, Method(verdict.rests_on), min(most, round(verdict.chance * 1000)), verdict.reasons)
        for bead, verdict in verdicts
    ]
    links += [
        Link(tuple(sorted(sources)), tuple(sorted(targets)), Method.FIXED, 1000, ("fixed by hand",))
        for sources, targets in fixed
        if sources and targets
    ]
    links.sort(key=lambda link: (link.source, link.target))
    linked = [{place for link in links for place in side(link)} for side in (_sources, _targets)]
    alone = [
        tuple(place for place in range(len(units)) if place not in taken)
        for units, taken in zip((pair.source, pair.target), linked, strict=True)
    ]
    warnings = misgivings(
        pair, [(link.source, link.target) for link in links], (alone[0], alone[1]), languages, trust
    )
    method = f"{ALIGNER}, {vectors}" if vectors else ALIGNER
    return Alignment(tuple(links), alone[0], alone[1], method, trust, warnings)


def _sources(link: Link) -> tuple[int, ...]:
    return link.source


def _targets(link: Link) -> tuple[int, ...]:
    return link.target


def _turned(found: Alignment) -> Alignment:
    """Give an alignment the other way round."""
    links = sorted(
        (Link(link.target, link.source, link.method, link.confidence, link.reasons) for link in found.links),
        key=lambda link: (link.source, link.target),
    )
    return replace(
        found, links=tuple(links), source_alone=found.target_alone, target_alone=found.source_alone
    )
