"""Readings in Latin letters, as a proposal that a person looks at: kana by rule, kanji by a dictionary.

Kana become modified Hepburn with macrons (`kyōsei`). Words with kanji are read by SudachiPy where the extra
`ja` is installed; without it nothing is proposed for them.
"""

from __future__ import annotations

import re
import unicodedata
from importlib import import_module

from workbench.language.lemmas import lacking, main_language

_ROWS = (
    ("アイウエオ", "a i u e o"),
    ("カキクケコ", "ka ki ku ke ko"),
    ("ガギグゲゴ", "ga gi gu ge go"),
    ("サシスセソ", "sa shi su se so"),
    ("ザジズゼゾ", "za ji zu ze zo"),
    ("タチツテト", "ta chi tsu te to"),
    ("ダヂヅデド", "da ji zu de do"),
    ("ナニヌネノ", "na ni nu ne no"),
    ("ハヒフヘホ", "ha hi fu he ho"),
    ("バビブベボ", "ba bi bu be bo"),
    ("パピプペポ", "pa pi pu pe po"),
    ("マミムメモ", "ma mi mu me mo"),
    ("ヤユヨ", "ya yu yo"),
    ("ラリルレロ", "ra ri ru re ro"),
    ("ワヰヱヲ", "wa i e o"),
    ("ァィゥェォ", "a i u e o"),
    ("ヮヴ", "wa vu"),
)
_KANA = {kana: said for row, words in _ROWS for kana, said in zip(row, words.split(), strict=True)}
_GLIDES = {"ャ": "a", "ュ": "u", "ョ": "o"}
_SMALL = {"ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o"}
_MORA = re.compile("([ァ-ヺ])([ャュョァィゥェォ]?)|(.)")
_LONG = (("aa", "ā"), ("uu", "ū"), ("ee", "ē"), ("oo", "ō"), ("ou", "ō"))
_LENGTHENED = str.maketrans("aiueo", "āīūēō")
_JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff々]")
_ONLY_KANA = re.compile(r"[ァ-ヺー・\s]+")
_HIRAGANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}


def proposed_reading(term: str, language: str) -> str:
    """Propose how a Japanese term is read; empty where nothing can be said."""
    if main_language(language) != "ja":
        return ""
    kana = _as_kana(term)
    if not _ONLY_KANA.fullmatch(kana):
        kana = _reading_by_dictionary(term) if _JAPANESE.search(kana) else ""
    return romaji(kana) if _ONLY_KANA.fullmatch(kana) else ""


def romaji(kana: str) -> str:
    """Write kana in Latin letters; what is no kana stays."""
    return " ".join(_word(word) for word in re.split(r"[\s・]+", _as_kana(kana)) if word)


def _as_kana(words: str) -> str:
    return unicodedata.normalize("NFKC", words).translate(_HIRAGANA)


def _word(kana: str) -> str:
    written, doubled = "", False
    for match in _MORA.finditer(kana):
        sign = match.group(1) or match.group(3)
        if sign == "ッ":
            doubled = True
            continue
        if sign == "ー":
            written = written[:-1] + written[-1:].translate(_LENGTHENED)
            continue
        said = "n" if sign == "ン" else _mora(sign, match.group(2) or "")
        if written.endswith("n") and kana[match.start() - 1] == "ン" and said[:1] in tuple("aiueoy"):
            written += "'"
        if doubled:
            said = ("t" if said.startswith("ch") else said[:1]) + said
        written, doubled = written + said, False
    for vowels, long in _LONG:
        written = written.replace(vowels, long)
    return written


def _mora(sign: str, small: str) -> str:
    """Read a kana with the small one behind it: キョ, シャ, ファ, ティ."""
    said = _KANA.get(sign, sign)
    if small in _GLIDES:
        start = said[:-1]
        return start + ("" if start.endswith(("sh", "ch", "j")) else "y") + _GLIDES[small]
    if small in _SMALL:
        return ("w" if sign == "ウ" else said[:-1]) + _SMALL[small]
    return said


def _reading_by_dictionary(term: str) -> str:
    """Read a word with kanji in kana; empty where no dictionary is installed."""
    if lacking("ja"):
        return ""
    sudachi = import_module("sudachipy")
    tokenizer = sudachi.Dictionary(dict="core").create(sudachi.SplitMode.A)
    return " ".join(token.reading_form() for token in tokenizer.tokenize(term))
