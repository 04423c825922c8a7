"""The words of a text as they are counted: lemmas where there are any, sentence by sentence.

European words are counted by their dictionary form. Japanese ones by dictionary words where SudachiPy is
installed; without it a word is a run of kanji or of katakana, so a long compound is one word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from workbench.language.lemmas import lacking, lemma_tokens
from workbench.language.remembering import Remembered, hash_of
from workbench.language.units import sentences

Sentences = tuple[tuple[str, ...], ...]
"""The words of each sentence, in order."""

_KEPT_BYTES = 48 * 1024 * 1024
_BYTES_A_WORD = 16
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NUMBERING = re.compile(
    r"第[〇一二三四五六七八九十百千\d]+(?:条|項|号|章|節|款|目|編)(?:の[〇一二三四五六七八九十\d]+)?"
)
_RUN = re.compile(r"[一-鿿々]{2,}|[ァ-ヴー]{2,}|[A-Za-z]{2,}")
_MEANING = {"名詞": ("数詞",), "動詞": ("非自立可能",), "形容詞": ("非自立可能",), "形状詞": ("助動詞語幹",)}
"""Parts of speech that carry meaning -> their subclasses that do not."""
_PIECE = re.compile(r"[^\n]{1,16000}")

_ENGLISH = """
a an the this that these those and or nor but if then than as so because while though although unless until
whether of in on at by for with without within from to into onto upon over under above below between among
through during before after since against about around along across behind beside besides beyond per via
i me my mine we us our ours you your yours he him his she her hers it its they them their theirs
myself ourselves yourself himself herself itself themselves who whom whose which what when where why how
be is am are was were been being have has had having do does did doing done not no yes
there here also too very just only such same other another each every any some all both either neither
more most less least much many few own again once etc eg ie s t d ll re ve up down out off
"""
_JAPANESE = """
事 物 為 時 所 等 方 上 中 下 内 外 旨 又 及び 並び 若しくは 其の他 此 其れ 此れ 場合 以下 以上 次 各 同 当該
前項 前条 同項 同条
"""


@cache
def stop_words(language: str) -> frozenset[str]:
    """Give the words that carry grammar and little else; none for a language without a list.

    English verbs of duty and leave (shall, must, may, should) are not among them.
    """
    main = main_language(language)
    if main == "en":
        return frozenset(_ENGLISH.split())
    if main == "ja":
        return frozenset(_JAPANESE.split())
    if not re.fullmatch(r"[a-z]{2,3}", main) or find_spec("spacy") is None:
        return frozenset()
    try:
        found = import_module(f"spacy.lang.{main}.stop_words")
    except ModuleNotFoundError:
        return frozenset()
    return frozenset(found.STOP_WORDS)


def main_language(language: str) -> str:
    """Give the language without its region: `ja` of `ja-JP`."""
    return language.partition("-")[0].casefold()


def counted_as(language: str) -> str:
    """Say in a sentence what a word is in a language."""
    if main_language(language) == "ja":
        if lacking(language):
            return (
                "Japanese words are runs of kanji or katakana here; with the extra `ja` they are those of a "
                "dictionary."
            )
        return "Japanese words are those of SudachiPy, in their normal form."
    return (
        "Words are counted in any of their forms." if not lacking(language) else "Words count as they stand."
    )


def has_lemmas(language: str) -> bool:
    """Tell whether a word that is counted can be searched in any of its forms."""
    return not lacking(language)


def read_terms(content: str, language: str) -> Sentences:
    """List the words of each sentence of a text; what was read once is kept in memory."""
    key = hash_of(main_language(language), content)
    found = _KEPT.get(key)
    if found is None:
        words = _reader(language)
        found = tuple(
            kept
            for unit in sentences(content, language)
            if (kept := tuple(words(content[unit.start : unit.end])))
        )
        _KEPT.put(key, found, _BYTES_A_WORD * sum(map(len, found)) + len(key))
    return found


_KEPT: Remembered[Sentences] = Remembered(_KEPT_BYTES)


@cache
def _reader(language: str) -> Callable[[str], Iterable[str]]:
    if main_language(language) == "ja":
        return _compounds if lacking(language) else _dictionary_words()
    if lacking(language):
        return lambda words: [_plain(match.group()) for match in _WORD.finditer(words)]
    tokens = lemma_tokens(language)
    return lambda words: [lemma for lemma, _, _ in tokens(words) if not lemma.isdigit()]


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold()


def _compounds(words: str) -> list[str]:
    """Take runs of kanji, katakana or Latin letters for words; numbers of articles are none."""
    plain = unicodedata.normalize("NFKC", words)
    return [match.group().casefold() for match in _RUN.finditer(_NUMBERING.sub("、", plain))]


def _dictionary_words() -> Callable[[str], Iterable[str]]:
    """Cut into long units, so that a named thing stays one word; particles and helpers are left out."""
    sudachi = import_module("sudachipy")
    tokenize = sudachi.Dictionary(dict="core").create(sudachi.SplitMode.C).tokenize

    def words_of(words: str) -> list[str]:
        found = []
        for piece in _PIECE.finditer(words):
            for token in tokenize(piece.group()):
                part = token.part_of_speech()
                if part[0] in _MEANING and part[1] not in _MEANING[part[0]]:
                    found.append(token.normalized_form())
        return found

    return words_of
