"""Sentences without a counterpart, pairs of uneven length, words left in the other script."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from statistics import median

from workbench.language.checked_pair import Half, Pair, Seen
from workbench.language.units import sentences
from workbench.model.text import Passage
from workbench.model.translation_check import CheckKind

_USUAL = {(True, False): math.log(2.5), (False, True): -math.log(2.5)}
"""Logarithm of the characters of a target for one of the source, by whether each is Japanese."""
_ENOUGH = 12
"""Pairs from which the ratio of a text is taken instead of the usual one."""
_FAR = {False: 0.5, True: 0.3}
"""How far the logarithm of a ratio may be from that of its text; less where the shorter side has fewer
sentences."""
_LEAST = {False: {True: 14, False: 35}, True: {True: 10, False: 25}}
"""Characters that must be missing, in Japanese and in other scripts, by the same."""
_SLACK = 8
"""Characters of Japanese added to each side, so that short strings differ less."""
_KANA_OR_KANJI = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")
_LATIN_OR_BLANK = re.compile(r"[A-Za-z\s]")
_LETTERS = re.compile(r"[^\W\d_]")


def usual_ratio(pairs: Sequence[Pair]) -> float | None:
    """Take the logarithm of the ratio of lengths from a text; None for a text of few pairs."""
    if len(pairs) < _ENOUGH:
        return None
    return median(_ratio(pair) for pair in pairs)


def _weight(half: Half) -> float:
    """Give the length of a side; Latin letters among Japanese count as little as they do elsewhere."""
    words = half.words.strip()
    if not half.is_japanese:
        return len(words) + _SLACK * 2.5
    return len(words) - 0.6 * len(_LATIN_OR_BLANK.findall(words)) + _SLACK


def _ratio(pair: Pair) -> float:
    return math.log(_weight(pair.target) / _weight(pair.source))


def unevenness(pair: Pair, usual: float | None = None) -> float:
    """Tell how far the lengths of a pair are from what is usual; 0 for exactly that."""
    if usual is None:
        usual = _USUAL.get((pair.source.is_japanese, pair.target.is_japanese), 0.0)
    return abs(_ratio(pair) - usual)


def extent_questions(pair: Pair, usual: float | None = None) -> list[Seen]:
    """Ask where a side is far too short, or stands in the script of the other."""
    source, target = pair.source, pair.target
    if not source.words.strip() or not target.words.strip():
        return []
    places = Passage(0, len(source.words)), Passage(0, len(target.words))
    if _is_untranslated(source, target):
        words = "The passage of the translation is written as its source is. Was it left untranslated?"
        return [Seen(CheckKind.MISSING, (places[0],), (places[1],), words, 1)]
    if usual is None:
        usual = _USUAL.get((source.is_japanese, target.is_japanese), 0.0)
    far = _ratio(pair) - usual
    expected = math.exp(usual) * _weight(source)
    fewer = _count(target) < _count(source)
    if far < -_FAR[fewer] and expected - _weight(target) > _LEAST[fewer][target.is_japanese]:
        words = _told("The translation", -far, "shorter", "Is something missing?")
        return [Seen(CheckKind.MISSING, (places[0],), (places[1],), words, 2)]
    more = _count(target) > _count(source)
    if far > _FAR[more] and _weight(target) - expected > _LEAST[more][target.is_japanese]:
        words = _told("The translation", far, "longer", "Was something added?")
        return [Seen(CheckKind.ADDED, (places[0],), (places[1],), words, 2)]
    return []


def _count(half: Half) -> int:
    return len(sentences(half.words, half.language))


def _told(what: str, far: float, how: str, question: str) -> str:
    times = f"{math.exp(far):.1f}"
    return f"{what} is {times} times {how} than its source lets expect. {question}"


def _is_untranslated(source: Half, target: Half) -> bool:
    """Tell whether a target that should be in another script is, for the most part, in that of its source."""
    if source.is_japanese == target.is_japanese:
        return False
    letters = _LETTERS.findall(target.words)
    japanese = len(_KANA_OR_KANJI.findall(target.words))
    if target.is_japanese:
        same = target.words.strip() == source.words.strip()
        return len(letters) >= 20 and not japanese and (same or " " in target.words.strip())
    return len(letters) >= 4 and japanese * 2 > len(letters)


def alone_question(words: str, *, in_source: bool) -> Seen:
    """Ask about a stretch that is linked to nothing; its offsets are those of the stretch."""
    whole = (Passage(0, len(words)),)
    if in_source:
        asked = "Nothing of the translation is linked to this. Is it missing?"
        return Seen(CheckKind.MISSING, whole, (), asked, 1)
    return Seen(CheckKind.ADDED, (), whole, "Nothing of the source is linked to this. Was it added?", 1)
