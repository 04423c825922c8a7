"""Why a unit is offered: what of it speaks for a code and against, with places and shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.language.unit_hints import Hints, hits_in
from workbench.language.unit_terms import LONGEST, cutter
from workbench.model.suggestion import Basis
from workbench.model.text import Passage

if TYPE_CHECKING:
    from workbench.language.ranking import Ranked

_MOST_TERMS = 5
_MOST_ALIKE = 2
_LEAST_OF_WORDS, _LEAST_OF_CHARACTERS = 0.004, 0.02
"""Share of all that is said from which a word, or a character, is named."""
_LEAST_ALIKE = 50
"""Per mille of likeness from which a passage is named."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for a unit or against it."""

    kind: str
    """`cue`, `pattern`, `term`, `alike`, `examples`."""
    words: str
    passage: Passage | None = None
    """Where in the text it stands; of `alike` the passage that is like it."""
    share: int = 0
    """Per mille: of all that terms say for and against, or how alike."""
    against: bool = False
    excerpt_id: str = ""
    text_id: str = ""

    @property
    def sentence(self) -> str:
        """Say it in a line, with its place in the text."""
        place = f" at {self.passage.start}-{self.passage.end}" if self.passage is not None else ""
        return f"{self.told}{'' if self.excerpt_id else place}"

    def alike(self, name: str) -> str:
        """Say how much a unit is like the passage that bears a name."""
        return f"{'against: ' if self.against else ''}{_percent(self.share)} like {name}"

    @property
    def told(self) -> str:
        """Say it in a line without its place."""
        sign = "against: " if self.against else ""
        match self.kind:
            case "cue":
                return f"{sign}{'excluding cue' if self.against else 'cue'} “{self.words}”"
            case "term":
                return f"{sign}“{self.words}” {'−' if self.against else '+'}{_percent(self.share)}"
            case "alike":
                return self.alike("rejected passage" if self.against else f"excerpt {self.excerpt_id}")
            case _:
                return self.words


def _percent(per_mille: int) -> str:
    return f"{(per_mille + 5) // 10} %"


def reasons_for(ranked: Ranked, row: int, hints: Hints) -> tuple[Reason, ...]:
    """List what speaks for a unit, what speaks against it, and what was learned from."""
    text_id, place = ranked.where(row)
    unit = ranked.reading.unit(row)
    found = [
        Reason(
            "pattern" if hit.words.startswith("pattern ") and hit.words not in hints.cues else "cue",
            hit.words,
            Passage(place.start + hit.passage.start, place.start + hit.passage.end),
            against=hit.against,
            text_id=text_id,
        )
        for hit in hits_in(unit, ranked.reading.language, hints)
    ]
    if ranked.coefficients is not None:
        found += [replace(each, text_id=text_id) for each in _terms(ranked, row, unit, place.start)]
    found += _alike(ranked, row)
    found.sort(key=lambda reason: reason.against)
    return (*found, Reason("examples", _learned_from(ranked)))


def _learned_from(ranked: Ranked) -> str:
    if ranked.basis is Basis.CUES:
        return "by cues and patterns alone: fewer than three coded excerpts in its language"
    rejected, presumed = len(ranked.rejected), ranked.presumed
    against = [f"{rejected} rejected"] if rejected else []
    against += [f"{ranked.otherwise} coded otherwise"] if ranked.otherwise else []
    against += [f"{presumed} taken for not coded"] if presumed else []
    beside = f", against {', '.join(against)}" if against else ""
    return f"learned from {ranked.examples} coded excerpts{beside}"


def _alike(ranked: Ranked, row: int) -> list[Reason]:
    """Name the coded excerpts and the rejected passages that share most with a unit."""
    weights = ranked.index.weights
    if not weights.shape[1]:
        return []
    found = []
    coded = dict(ranked.coded)
    for rows, against in ((list(coded), False), (list(ranked.rejected), True)):
        if not rows:
            continue
        shares = (weights[rows] @ weights[[row]].T).toarray().ravel()
        nearest = sorted(zip(shares.tolist(), rows, strict=True), key=lambda one: (-one[0], one[1]))
        for share, other in nearest[: 1 if against else _MOST_ALIKE]:
            if round(1000 * share) >= _LEAST_ALIKE:
                text_id, passage = ranked.where(other)
                excerpt = "" if against else coded[other]
                found.append(Reason("alike", "", passage, round(1000 * share), against, excerpt, text_id))
    return found


def _terms(ranked: Ranked, row: int, unit: str, offset: int) -> list[Reason]:
    """Name the words that weigh most, words in a row that weigh together as one."""
    index = ranked.index
    assert ranked.coefficients is not None
    cut, by_character = cutter(ranked.reading.language)
    terms = list(cut(unit))[:LONGEST]
    at = index.weights[[row]]
    held = dict(zip(at.indices.tolist(), at.data.tolist(), strict=True))
    columns = [one for one in index.columns(row, len(index.numbers)) if one[0] in held]
    often: dict[int, int] = {}
    for column, _, _ in columns:
        often[column] = often.get(column, 0) + 1
    whole = sum(abs(float(ranked.coefficients[column]) * weight) for column, weight in held.items())
    if not whole:
        return []
    said = [0.0] * len(terms)
    joined = [0.0] * len(terms)
    for column, first, length in columns:
        weight = float(ranked.coefficients[column]) * held[column] / often[column] / whole
        for place in range(first, first + length):
            said[place] += weight / length
        for place in range(first, first + length - 1):
            joined[place] += weight
    least = _LEAST_OF_CHARACTERS if by_character else _LEAST_OF_WORDS
    groups = [group for sign in (1, -1) for group in _in_a_row(said, joined, least, sign)]
    if by_character:
        groups = [group for group in groups if len(group[1]) > 1]
    return [each for sign in (1, -1) for each in _strongest(terms, said, groups, unit, offset, sign)]


def _in_a_row(
    said: Sequence[float], joined: Sequence[float], least: float, sign: int
) -> list[tuple[int, list[int]]]:
    """Join words that stand in a row and weigh on the same side."""
    groups: list[tuple[int, list[int]]] = []
    for place, weight in enumerate(said):
        if weight * sign <= least:
            continue
        if groups and groups[-1][1][-1] == place - 1 and joined[place - 1] * sign > 0:
            groups[-1][1].append(place)
        else:
            groups.append((sign, [place]))
    return groups


def _strongest(
    terms: Sequence[tuple[str, int, int]],
    said: Sequence[float],
    groups: Sequence[tuple[int, list[int]]],
    unit: str,
    offset: int,
    sign: int,
) -> list[Reason]:
    """Name what weighs most on one side, each wording once; content words come first."""
    found: dict[str, Reason] = {}
    for group in (places for side, places in groups if side == sign):
        places = _without_edges(group, terms)
        content = bool(places)
        places = places or group
        start, end = terms[places[0]][1], terms[places[-1]][2]
        words = " ".join(unit[start:end].split())
        share = round(1000 * abs(sum(said[place] for place in group)))
        name = " ".join(terms[place][0] for place in places) if content else f"\0{words}"
        if name in found:
            found[name] = replace(found[name], share=found[name].share + share)
        else:
            found[name] = Reason("term", words, Passage(offset + start, offset + end), share, sign < 0)
    ordered = sorted(found.items(), key=lambda one: (one[0].startswith("\0"), -one[1].share))
    return [reason for _, reason in ordered if reason.share >= 10][: _MOST_TERMS if sign > 0 else 2]


def _without_edges(group: Sequence[int], terms: Sequence[tuple[str, int, int]]) -> list[int]:
    """Leave out words without meaning of their own at both ends."""
    from spacy.lang.en.stop_words import STOP_WORDS

    kept = list(group)
    while kept and _is_empty(terms[kept[0]][0], STOP_WORDS):
        kept.pop(0)
    while kept and _is_empty(terms[kept[-1]][0], STOP_WORDS):
        kept.pop()
    return kept


def _is_empty(term: str, stop_words: set[str]) -> bool:
    if term in stop_words or (len(term) == 1 and term.isascii()):
        return True
    return all("ぁ" <= each <= "ゟ" for each in term)
