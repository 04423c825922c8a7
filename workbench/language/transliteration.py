"""Names across the scripts: katakana against Latin spellings, and kanji of places against their readings.

A skeleton keeps only the consonants that survive both ways of writing, so that テレサ・メイ finds Theresa May
and コンピューター finds computer. Skeletons are hints for alignment and search, not a romanisation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files

_ROWS = {
    "アイウエオヤユヨワヲッーァィゥェォャュョヮ": "",
    "カキクケコガギグゲゴ": "k",
    "サシスセソザジズゼゾチヂ": "s",
    "タツテトダヅデド": "t",
    "ナニヌネノン": "n",
    "ハヒフヘホ": "h",
    "バビブベボヴ": "b",
    "パピプペポ": "p",
    "マミムメモ": "m",
    "ラリルレロ": "r",
}
_KANA = {kana: letter for row, letter in _ROWS.items() for kana in row}
_SPELLINGS = (
    *(("tion", "sn"), ("sion", "sn"), ("tch", "s"), ("ts", "t"), ("ph", "h"), ("sh", "s"), ("ch", "s")),
    *(("ck", "k"), ("qu", "k"), ("x", "ks"), ("ce", "s"), ("ci", "s"), ("cy", "s"), ("ge", "s"), ("gi", "s")),
    *(("wh", ""), ("c", "k"), ("q", "k"), ("l", "r"), ("v", "b"), ("f", "h"), ("g", "k"), ("z", "s")),
    *(("j", "s"), ("d", "t"), ("w", ""), ("y", ""), ("mb", "nb"), ("mp", "np")),
)
_SILENT = re.compile("r(?![aeiouyr])")
"""An r that katakana writes as a long vowel."""
_VOWELS = re.compile("[aeiou]")
_TWICE = re.compile(r"(.)\1+")
_LONG = (("oh", "o"), ("ou", "o"), ("oo", "o"), ("uu", "u"), ("ii", "i"), ("m(?=[bp])", "n"))
_VOICED = {"k": "g", "s": "z", "t": "d", "h": "bp", "f": "bp"}
_VOICED_PAIRS = {"sh": "j", "ch": "j", "ts": "z"}
_NAME_ENDS = re.compile(r"-?(?:shi|cho|machi|mura|son|ku|ken|fu|to|gun|gawa|jima|city|pref)$")


def kana_skeleton(katakana: str) -> str:
    """Give the consonants of a word in katakana."""
    return _TWICE.sub(r"\1", "".join(_KANA.get(kana, "") for kana in katakana))


@lru_cache(maxsize=20_000)
def latin_skeletons(word: str) -> frozenset[str]:
    """Give the consonants of a Latin word as katakana may keep them: th is heard as s or t."""
    low = _SILENT.sub("", _plain(word))
    return frozenset(_skeleton(low.replace("th", sound)) for sound in ("s", "t"))


def _skeleton(low: str) -> str:
    for spelling, sound in _SPELLINGS:
        low = low.replace(spelling, sound)
    return _TWICE.sub(r"\1", _VOWELS.sub("", low))


def sounds_alike(katakana: str, word: str) -> bool:
    """Tell whether a word in katakana may stand for a Latin word."""
    skeleton = kana_skeleton(katakana)
    return len(skeleton) >= 2 and skeleton in latin_skeletons(word)


@cache
def readings() -> Mapping[str, tuple[str, ...]]:
    """Give the readings that kanji have in names, each also with its first sound voiced."""
    table: dict[str, tuple[str, ...]] = {}
    words = files("workbench.language").joinpath("data/readings.txt").read_text(encoding="utf-8")
    for line in words.splitlines():
        if not line.startswith("#"):
            kanji, *given = line.split()
            plain = [romanised(reading) for reading in given]
            table[kanji] = tuple(dict.fromkeys([*plain, *(each for one in plain for each in _voiced(one))]))
    return table


@lru_cache(maxsize=50_000)
def romanised(word: str) -> str:
    """Give a romanised name without what spellings differ in: macrons, long vowels, hyphens."""
    low = _plain(word).replace("-", "")
    for spelling, sound in _LONG:
        low = re.sub(spelling, sound, low)
    return low


class Names:
    """The capitalised words of a text, to be found by the kanji they are written with."""

    def __init__(self, words: Collection[str]) -> None:
        self._words: dict[str, set[str]] = {}
        for word in words:
            for form in (word, _NAME_ENDS.sub("", _plain(word))):
                if len(name := romanised(form)) >= 3:
                    self._words.setdefault(name, set()).add(word)
        self._beginnings = {name[:length] for name in self._words for length in range(1, len(name) + 1)}

    def written(self, kanji: str) -> set[str]:
        """List the words that may be the reading of all of these kanji."""
        found: set[str] = set()
        for name in self._readings(kanji, ""):
            found |= self._words.get(name, set())
        return found

    def _readings(self, kanji: str, before: str) -> Iterator[str]:
        if not kanji:
            yield before
            return
        between = ("", "ga", "no") if before else ("",)
        for reading in readings().get(kanji[0], ()):
            for unwritten in between:
                joined = romanised(before + unwritten + reading)
                if joined in self._beginnings:
                    yield from self._readings(kanji[1:], joined)


def _plain(word: str) -> str:
    """Give lower case without marks on letters."""
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def _voiced(reading: str) -> list[str]:
    """Give how a reading begins inside a name: kawa as gawa, hachi as bachi and pachi."""
    pair = _VOICED_PAIRS.get(reading[:2])
    if pair is not None:
        return [pair + reading[2:]]
    return [sound + reading[1:] for sound in _VOICED.get(reading[0], "")]
