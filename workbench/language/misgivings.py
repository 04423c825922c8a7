"""What does not fit together in an alignment: another document, half of it, another order of articles."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from workbench.language.citations import named
from workbench.language.confidence import TRUSTED
from workbench.language.matching import Bead, Pair, same_numbers
from workbench.language.structure import Path, in_order

_KANA = re.compile(r"[\u3041-\u30ff\uff66-\uff9f]")
_KANJI = re.compile(r"[\u4e00-\u9fff々]")
_LETTER = re.compile(r"[^\W\d_]")
_HALF_WIDTH = re.compile(r"[\uff66-\uff9f]")
_WORD = re.compile(r"[a-zà-ỹ]+")
_COMMONEST = "the of and to in a is for that be by or on with are as shall not it this"
_ENGLISH = frozenset(_COMMONEST.split())
_ENOUGH = 200
"""Letters from which a language can be told."""
_FEWEST_RUN, _LARGEST_SHARE = 5, 0.1
_MOST_NAMED = 5


def misgivings(
    pair: Pair,
    links: Sequence[Bead],
    alone: tuple[tuple[int, ...], tuple[int, ...]],
    languages: tuple[str, str],
    trust: int,
) -> tuple[str, ...]:
    """List what speaks against an alignment, the gravest first."""
    units = (pair.source, pair.target)
    found = [f"The {side} has no units." for side, each in zip(pair.sides, units, strict=True) if not each]
    if found:
        return tuple(found)
    if trust < TRUSTED:
        found.append("Little of the two texts fits together; they may be different documents.")
    found += other_languages(pair, languages)
    found += [
        f"No language is said for the {side}; key terms of the glossary were not looked for."
        for side, language in zip(pair.sides, languages, strict=True)
        if not language
    ]
    found += _untranslated(pair, links, languages)
    for side, each, places in zip(pair.sides, units, alone, strict=True):
        found += _left_out(side, each, places)
    found += _numbers(pair)
    for side, each in zip(pair.sides, units, strict=True):
        found += _forms(side, each)
    return tuple(found)


def other_languages(pair: Pair, languages: tuple[str, str]) -> list[str]:
    """Say which of the texts is hardly in the language it is declared to be in."""
    units = (pair.source, pair.target)
    sides = zip(pair.sides, units, languages, strict=True)
    return [words for side, each, language in sides for words in _other_language(side, each, language)]


def _other_language(side: str, units: Sequence[str], language: str) -> Iterator[str]:
    """Tell where a text is hardly in the language it is said to be in."""
    content = unicodedata.normalize("NFKC", "\n".join(units)[:50_000])
    letters = len(_LETTER.findall(content))
    if letters < _ENOUGH:
        return
    kana, kanji = len(_KANA.findall(content)), len(_KANJI.findall(content))
    if language.startswith("ja"):
        if (kana + kanji) * 2 < letters:
            yield f"The {side} is declared as Japanese but is hardly written in kana and kanji."
        elif kana * 20 < kanji:
            yield f"The {side} is declared as Japanese but has hardly any kana; it may be Chinese."
    elif language and (kana + kanji) * 2 > letters and not language.startswith("zh"):
        yield f"The {side} is declared as {language} but is written in kana and kanji."
    elif language.startswith("en"):
        words = _WORD.findall(content.casefold())
        common = sum(word in _ENGLISH for word in words)
        if common * 10 < len(words):
            yield f"The {side} is declared as English but has hardly any of its commonest words."


def _untranslated(pair: Pair, links: Sequence[Bead], languages: tuple[str, str]) -> Iterator[str]:
    """Tell how many units are the same words on both sides."""
    if languages[0][:2] == languages[1][:2]:
        return
    same = sum(
        " ".join(pair.source[place] for place in ours) == " ".join(pair.target[place] for place in theirs)
        for ours, theirs in links
        if any(_LETTER.search(pair.source[place]) for place in ours)
    )
    if same * 5 > len(links) and same >= _FEWEST_RUN:
        yield f"{same} of {len(links)} links join the same words; parts may be left untranslated."


def _left_out(side: str, units: Sequence[str], alone: Sequence[int]) -> Iterator[str]:
    """Name the longest run of units that have no counterpart, and how much of the text has none."""
    whole = max(1, sum(map(len, units)))
    runs = [
        [place for _, place in run]
        for _, run in groupby(enumerate(alone), key=lambda each: each[1] - each[0])
    ]
    longest = max(runs, key=len, default=[])
    share = sum(len(units[place]) for place in longest) / whole
    if len(longest) >= _FEWEST_RUN and share >= _LARGEST_SHARE:
        yield (
            f"Units {longest[0] + 1} to {longest[-1] + 1} of the {side}, {share:.0%} of it, "
            "have no counterpart; the other text may be only a part."
        )
    lost = sum(len(units[place]) for place in alone) / whole
    if lost >= 0.3 and share < _LARGEST_SHARE:
        yield f"{lost:.0%} of the {side} has no counterpart, in many places."


def _numbers(pair: Pair) -> Iterator[str]:
    """Name articles that stand in another order, twice, or on one side only."""
    pairs = same_numbers(*pair.paths)
    chain = set(in_order(pairs))
    moved = [named(pair.paths[0][ours] or ()) for ours, theirs in pairs if (ours, theirs) not in chain]
    if moved:
        yield f"The numbered parts stand in another order: {_listed(moved)}."
    articles: list[list[Path]] = [
        [key for path in side if (key := _article(path)) is not None] for side in pair.paths
    ]
    if not all(articles):
        return
    for side, own, other in zip(pair.sides, articles, articles[::-1], strict=True):
        twice = [named(path) for path, many in Counter(own).items() if many > 1]
        if twice:
            yield f"In the {side} a number stands twice: {_listed(twice)}."
        only = [named(path) for path in dict.fromkeys(own) if path not in set(other)]
        if only:
            yield f"Only the {side} has {_listed(only)}."


def _article(path: Path | None) -> Path | None:
    """Give an article by itself, without the chapter it stands in."""
    if path is None or not (
        path[-1][0] == "article"
        or (path[-2:-1] and path[-2][0] == "article" and path[-1] == ("paragraph", "1"))
    ):
        return None
    return tuple(each for each in path if each[0] in ("supplement", "article"))


def _listed(names: Sequence[str]) -> str:
    rest = len(names) - _MOST_NAMED
    return "; ".join(names[:_MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def _forms(side: str, units: Sequence[str]) -> Iterator[str]:
    half = sum(bool(_HALF_WIDTH.search(unit)) for unit in units)
    if half:
        yield f"{half} units of the {side} are in half-width kana; they were compared in full width."
    other = sum(not unicodedata.is_normalized("NFC", unit) for unit in units)
    if other:
        yield f"{other} units of the {side} are in another normal form than NFC; they were compared in one."
