"""Anchors: what a source and its translation have in common without any model.

Numbers and dates by value, Latin words that stand in both, katakana by their sound, names by their readings,
terms of the glossary, a small list of words, and words that went together in the links of an earlier round.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

from workbench.language.quantities import Kind, quantities
from workbench.language.transliteration import Names, kana_skeleton, latin_skeletons

Glossary = Sequence[tuple[str, Sequence[str]]]
"""Terms of the source, each with its allowed renderings in the target."""

Spans = Sequence[tuple[Sequence[int], Sequence[int]]]
"""Links as the units of either side that they hold."""

_LATIN = re.compile(r"[^\W\d_\u3041-\u30ff\u4e00-\u9fff々]+(?:['’-][^\W\d_\u3041-\u30ff\u4e00-\u9fff々]+)*")
_KATAKANA = re.compile(r"[ァ-ヴー]{2,}")
_KANJI = re.compile(r"[一-鿿々]+(?:[ケヶ][一-鿿々]+)*")
_DIVISION = re.compile(r"([一-鿿々ケヶ]{1,6})([市町村区県])(?![一-鿿々])")
_WITH_KANA = re.compile(r"[一-鿿々][一-鿿々ぁ-ん]{0,9}[ぁ-ん]")
_DIVISIONS = frozenset(
    (
        "shi",
        "city",
        "cho",
        "machi",
        "town",
        "mura",
        "son",
        "village",
        "ku",
        "ward",
        "ken",
        "pref",
        "prefecture",
    )
)
"""What may end the name of a place after a hyphen."""
_DIGIT = re.compile(r"[0-9]")
_NAMED = re.compile(r"[^\W\d_]-?$")
"""A number that is part of a name, as in COVID-19."""
_SURE_NUMBER = 4
"""From here a number in digits hardly ever changes in translation; smaller ones are often words."""

_FUNCTION = """
the a an of to in and or for on at by with is are was were be been being that this these those it its as
from which who whom not shall will would should could has have had do does did their his her they them he
she we us our i you your if any all such no but also may can must than then there more other into over
under about upon so some what when where while s t
"""
_LEAST_SEEN, _LEAST_DICE = 2, 0.5


@dataclass(frozen=True, slots=True)
class Marks:
    """What one unit holds that its translation should hold too."""

    features: frozenset[str]
    """`#` and a number, `e:` a Latin word, `k:` katakana, `j:` kanji, `g:` a term of the glossary."""
    sure: frozenset[str]
    """The numbers among them that are hardly ever left out."""


@lru_cache(maxsize=20_000)
def marks(unit: str, language: str) -> Marks:
    """Read the anchors of one unit."""
    folded = unicodedata.normalize("NFKC", unit)
    latin = _LATIN.findall(folded)
    features = {f"e:{_lemma(word)}" for word in latin} - _COMMON
    features |= {f"e:{end}" for word in latin if (end := word.rpartition("-")[2].casefold()) in _DIVISIONS}
    sure = set()
    for quantity in quantities(folded, language):
        for number in quantity.numbers:
            features.add(f"#{number}")
            written = folded[quantity.start : quantity.end]
            named = _NAMED.search(folded, max(0, quantity.start - 2), quantity.start)
            if (
                number >= _SURE_NUMBER
                and quantity.kind is not Kind.ORDINAL
                and _DIGIT.search(written)
                and not named
            ):
                sure.add(f"#{number}")
    features.update(f"k:{word}" for word in _KATAKANA.findall(folded))
    for run in _KANJI.findall(folded):
        lengths = range(2, 6) if len(run) > 1 else (1,)
        features.update(f"j:{run[at : at + n]}" for n in lengths for at in range(len(run) - n + 1))
    for name, division in _DIVISION.findall(folded):
        features |= {f"j:{name}", f"j:{division}"}
    features.update(f"j:{word}" for word in _WITH_KANA.findall(folded) if word in words())
    return Marks(frozenset(features), frozenset(sure))


@lru_cache(maxsize=50_000)
def _lemma(word: str) -> str:
    import simplemma

    low = word.casefold().removesuffix("'s").removesuffix("’s")
    return simplemma.lemmatize(low, "en").casefold()


_COMMON = frozenset(f"e:{word}" for word in _FUNCTION.split())


@cache
def words() -> Mapping[str, tuple[str, ...]]:
    """Give the list of Japanese terms with their usual English words."""
    lines = files("workbench.language").joinpath("data/words.txt").read_text(encoding="utf-8").splitlines()
    parts = (line.split() for line in lines if not line.startswith("#"))
    return {term: tuple(_lemma(word) for word in english) for term, *english in parts}


@dataclass
class Anchors:
    """The anchors of two texts, and which of one side stand for which of the other.

    The source is Japanese, or both sides share a script; `alignment` turns other pairs round.
    """

    source: list[Marks]
    target: list[Marks]
    lexicon: dict[str, dict[str, float]] = field(default_factory=dict)
    learned: dict[str, dict[str, float]] = field(default_factory=dict)
    rarity: dict[str, float] = field(default_factory=dict)

    def reached(self, place: int) -> dict[str, float]:
        """Give the features of the target that speak for a unit of the source, with their weights."""
        found: dict[str, float] = {}
        for feature in self.source[place].features:
            for table in (self.lexicon, self.learned):
                for other, weight in table.get(feature, {}).items():
                    value = weight * self.rarity[other]
                    if value > found.get(other, 0.0):
                        found[other] = value
        return found

    def shared(self, sources: Iterable[int], targets: Iterable[int]) -> list[tuple[str, str]]:
        """List what speaks for a link: pairs of features, the strongest first."""
        there = frozenset().union(*(self.target[place].features for place in targets))
        found = {
            other: (weight * self.rarity[other], feature)
            for place in sources
            for feature in sorted(self.source[place].features)
            for table in (self.learned, self.lexicon)
            for other, weight in table.get(feature, {}).items()
            if other in there
        }
        ranked = sorted(found.items(), key=lambda each: (-each[1][0], each[0]))
        return [(feature, other) for other, (_, feature) in ranked]

    def learn(self, links: Spans, strength: float) -> None:
        """Take words that went together in links for translations of one another."""
        together: dict[str, Counter[str]] = defaultdict(Counter)
        here = Counter(feature for marks in self.source for feature in marks.features if feature[0] in "jke")
        there = Counter(feature for marks in self.target for feature in marks.features if feature[0] in "jke")
        for sources, targets in links:
            if not sources or not targets or len(sources) * len(targets) > 4:
                continue
            ours = {
                feature for place in sources for feature in self.source[place].features if feature in here
            }
            theirs = {
                feature for place in targets for feature in self.target[place].features if feature in there
            }
            for feature in ours:
                together[feature].update(theirs)
        self.learned = {}
        for feature, counts in together.items():
            scored = [
                ((count - 1) * 2 / (here[feature] + there[other]), other)
                for other, count in counts.items()
                if count >= _LEAST_SEEN
            ]
            best = sorted((pair for pair in scored if pair[0] >= _LEAST_DICE), reverse=True)[:2]
            if best:
                self.learned[feature] = {other: strength * dice for dice, other in best}


def read_anchors(
    source: Sequence[str], target: Sequence[str], languages: tuple[str, str], glossary: Glossary = ()
) -> Anchors:
    """Read the anchors of two texts and find which may stand for which."""
    ours = [marks(unit, languages[0]) for unit in source]
    theirs = [marks(unit, languages[1]) for unit in target]
    glossary = _unknown(glossary)
    if glossary:
        ours = _with_terms(ours, source, [[term] for term, _ in glossary])
        theirs = _with_terms(theirs, target, [list(renderings) for _, renderings in glossary])
    anchors = Anchors(ours, theirs)
    counts = Counter(feature for marks in theirs for feature in marks.features)
    anchors.rarity = {feature: math.log(len(theirs) / count) + 0.2 for feature, count in counts.items()}
    anchors.lexicon = _lexicon({feature for marks in ours for feature in marks.features}, counts, target)
    return anchors


def _unknown(glossary: Glossary) -> list[tuple[str, Sequence[str]]]:
    """Leave out renderings that the list of words finds anyway: counted twice they would drown the others."""
    left: list[tuple[str, Sequence[str]]] = []
    for term, renderings in glossary:
        known = set(words().get(term, ()))
        new = [each for each in renderings if known.isdisjoint(map(_lemma, _LATIN.findall(each)))]
        if new:
            left.append((term, new))
    return left


def _with_terms(found: list[Marks], units: Sequence[str], terms: Sequence[Sequence[str]]) -> list[Marks]:
    folded = [unicodedata.normalize("NFKC", unit).casefold() for unit in units]
    wanted = [
        [unicodedata.normalize("NFKC", term).casefold() for term in each if term.strip()] for each in terms
    ]
    return [
        Marks(
            marks.features
            | {f"g:{number}" for number, each in enumerate(wanted) if any(t in unit for t in each)},
            marks.sure,
        )
        for marks, unit in zip(found, folded, strict=True)
    ]


def _lexicon(
    features: set[str], counts: Mapping[str, int], target: Sequence[str]
) -> dict[str, dict[str, float]]:
    """Map features of the source to those of the target that may stand for them."""
    sounds: dict[str, list[str]] = defaultdict(list)
    for feature in counts:
        if feature.startswith("e:"):
            for skeleton in latin_skeletons(feature[2:]):
                sounds[skeleton].append(feature)
    names = Names(_capitalised(target))
    lexicon: dict[str, dict[str, float]] = {}
    for feature in features:
        kind, word = feature[0], feature[2:]
        found = {feature: 1.0} if feature in counts else {}
        if kind == "k":
            skeleton = kana_skeleton(word)
            if len(skeleton) >= 3 or (len(skeleton) == 2 and len(word) >= 3):
                found |= dict.fromkeys(sounds.get(skeleton, ()), 1.0)
        if kind in "jk":
            found |= {f"e:{each}": 1.0 for each in words().get(word, ()) if f"e:{each}" in counts}
        if kind == "j":
            found |= {other: 1.0 for name in names.written(word) if (other := f"e:{_lemma(name)}") in counts}
        if found:
            lexicon[feature] = found
    return lexicon


def _capitalised(units: Sequence[str]) -> set[str]:
    """List the words that are never written small: names, for the most part."""
    found = {word for unit in units for word in _LATIN.findall(unicodedata.normalize("NFKC", unit))}
    small = {word.casefold() for word in found if word[0].islower()}
    return {word for word in found if word[0].isupper() and word.casefold() not in small}
