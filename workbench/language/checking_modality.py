"""What must, may, should or shall be striven for: whether both sides of a pair say it alike.

Each kind of modality has forms that are asked about, and further forms that answer for it: a translation
that says `is able to` has rendered できる, though nobody would ask where a source stands without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files

from workbench.language.checked_pair import Half, Pair, Seen, listed
from workbench.model.text import Passage
from workbench.model.translation_check import CheckKind


class Force(StrEnum):
    """How binding a sentence is."""

    PROHIBITION = "a prohibition"
    ENDEAVOUR = "an endeavour"
    OBLIGATION = "an obligation"
    SETTLED = "a rule"
    """ものとする and `is to`: weaker than an obligation, and often rendered as a plain present."""
    RECOMMENDATION = "a recommendation"
    PERMISSION = "a permission"


_CLASH: dict[Force, frozenset[Force]] = {
    Force.OBLIGATION: frozenset({Force.PERMISSION, Force.RECOMMENDATION}),
    Force.SETTLED: frozenset({Force.PERMISSION, Force.RECOMMENDATION}),
    Force.PERMISSION: frozenset({Force.OBLIGATION, Force.PROHIBITION, Force.RECOMMENDATION}),
    Force.PROHIBITION: frozenset({Force.PERMISSION, Force.OBLIGATION, Force.RECOMMENDATION}),
    Force.RECOMMENDATION: frozenset({Force.OBLIGATION, Force.PERMISSION}),
    Force.ENDEAVOUR: frozenset({Force.OBLIGATION, Force.PERMISSION, Force.SETTLED, Force.RECOMMENDATION}),
}
"""What stands in the place of a force when a translation has changed it."""
_ASKED_ALONE = {
    Force.PROHIBITION: 2,
    Force.ENDEAVOUR: 2,
    Force.OBLIGATION: 3,
    Force.PERMISSION: 3,
    Force.RECOMMENDATION: 3,
}
"""Forces that are asked about though nothing stands in their place, with the priority."""
_TIERS = ("asked", "outright", "answers")
_BINDING = re.compile(
    r"努め(?:なければならない|るものとする|ることとする|なくてはならない)|\bshall\s(?:\w+\s)?(?:endeavou?r|strive)"
)
"""An endeavour that somebody is bound to."""
_TWICE_NOT = re.compile(r"(?:なければ|なくては|ねば)(?:なら(?:ない|ず|ぬ)|なりません|いけない|いけません)")
"""A negation of a negation that says an obligation."""
_NOT = {
    True: re.compile(r"な[いくけかし]|ません|[わらかさたなまが]ず|ぬ(?![ぁ-ん])|[不非無未]"),
    False: re.compile(
        r"\b(?:not|no|never|nor|neither|none|nobody|nothing|cannot|without|unless|few|little|hardly|lack\w*|fail\w*|"
        r"un\w{3,}|non-?\w+|in[ae-z]\w{4,}|im[pm]\w+|ir\w{4,}|dis\w{4,}|\w+less)\b|n['’]t\b",
        re.IGNORECASE,
    ),
}


@cache
def _forms() -> Mapping[tuple[bool, Force, str], re.Pattern[str]]:
    """Read the words of each force; a tier holds those of the tiers before it."""
    told: dict[tuple[bool, Force, str], list[str]] = {}
    content = files("workbench.language").joinpath("data/modality.txt").read_text(encoding="utf-8")
    for line in content.splitlines():
        if not line.startswith("#"):
            language, force, tier, *words = line.split()
            japanese = language == "ja"
            written = [_expression(word, japanese) for word in words]
            for each in _TIERS[_TIERS.index(tier) :]:
                told.setdefault((japanese, Force[force.upper()], each), []).extend(written)
    return {key: re.compile("|".join(words), re.IGNORECASE) for key, words in told.items()}


def _expression(word: str, japanese: bool) -> str:
    if japanese:
        return word
    spaced = word.removeprefix("~").replace("_", r"\s+")
    return rf"(?:{spaced})\b" if word.startswith("~") else rf"\b(?:{spaced})\b"


def _found(half: Half, force: Force) -> list[Passage]:
    """List where a force is said in words that are asked about."""
    form = _forms()[half.is_japanese, force, "asked"]
    return [half.place(*match.span()) for match in form.finditer(half.folded)]


def _says(half: Half, force: Force, tier: str = "outright") -> bool:
    same = Force.OBLIGATION if force is Force.SETTLED else force
    return _forms()[half.is_japanese, same, tier].search(half.folded) is not None


def modality_questions(pair: Pair) -> Iterator[Seen]:
    """Ask where a force of one side is not on the other; only English and Japanese are read."""
    halves = pair.source, pair.target
    if not all(half.is_english or half.is_japanese for half in halves):
        return
    told = [{force: _found(half, force) for force in Force} for half in halves]
    clashing = False
    for near, force in ((near, force) for near in (0, 1) for force in Force):
        here, there = told[near][force], _in_its_place(halves[near], halves[1 - near], force, told[1 - near])
        if here and there and not clashing:
            clashing = True
            yield _asked(pair, force, (there, here) if near else (here, there), near, 1)
    if clashing:
        return
    for near, force in ((near, force) for near in (0, 1) for force in _ASKED_ALONE):
        here = told[near][force]
        unsaid = not halves[near].is_japanese and force not in (Force.PROHIBITION, Force.ENDEAVOUR)
        if here and not unsaid and not _says(halves[1 - near], force, "answers"):
            yield _asked(pair, force, ([], here) if near else (here, []), near, _ASKED_ALONE[force])


def _in_its_place(near: Half, far: Half, force: Force, told: dict[Force, list[Passage]]) -> list[Passage]:
    """Find what the far side says outright in the place of a force that it does not say at all."""
    same = Force.OBLIGATION if force is Force.SETTLED else force
    if told[force] or told[same] or _says(far, same):
        return _with_endeavour(near, far, force, told)
    bound = (Force.OBLIGATION, Force.SETTLED) if force is Force.ENDEAVOUR else ()
    return [
        place for other in _CLASH[force] if other in bound or not _says(near, other) for place in told[other]
    ]


def _with_endeavour(near: Half, far: Half, force: Force, told: dict[Force, list[Passage]]) -> list[Passage]:
    """Find `may endeavour` where the near side has an endeavour that binds."""
    if force is not Force.ENDEAVOUR or told[Force.OBLIGATION] or told[Force.SETTLED] or far.is_japanese:
        return []
    others = (Force.PERMISSION, Force.RECOMMENDATION) if _BINDING.search(near.folded) else ()
    return [place for other in others if not _says(near, other) for place in told[other]]


def _asked(
    pair: Pair, force: Force, places: tuple[list[Passage], list[Passage]], near: int, priority: int
) -> Seen:
    ours = [pair.source.written(place) for place in places[0]]
    theirs = [pair.target.written(place) for place in places[1]]
    sides = ("source", "translation") if not near else ("translation", "source")
    said = f"{listed(theirs if near else ours)} ({force.value}) in the {sides[0]}"
    other = ours if near else theirs
    there = f"{listed(other) if other else 'nothing of it'} in the {sides[1]}"
    words = f"{said}, {there}. Is that meant?"
    return Seen(CheckKind.MODALITY, tuple(places[0]), tuple(places[1]), words, priority)


def negation_hints(pair: Pair) -> Iterator[Seen]:
    """Ask where words of negation stand on one side only; many are rendered by other words."""
    found = []
    for half in (pair.source, pair.target):
        if not (half.is_english or half.is_japanese):
            return
        once = _TWICE_NOT.sub(lambda match: " " * len(match.group()), half.folded)
        found.append([half.place(*match.span()) for match in _NOT[half.is_japanese].finditer(once)])
    if bool(found[0]) != bool(found[1]):
        words = [
            half.written(place)
            for half, places in zip((pair.source, pair.target), found, strict=True)
            for place in places
        ]
        sides = ("source", "translation") if found[0] else ("translation", "source")
        question = f"{listed(words)} in the {sides[0]}, no negation in the {sides[1]}. Is that meant?"
        yield Seen(CheckKind.NEGATION, tuple(found[0]), tuple(found[1]), question, 4)
