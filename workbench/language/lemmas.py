"""Words in whatever form they stand: a text and a query compared by dictionary forms.

European words get their lemmas from the word lists of simplemma, Japanese ones from SudachiPy where it is
installed. Neither needs a model or the network.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec

from workbench.errors import WrongUsage
from workbench.language.folding import Fold, FoldedText, folding
from workbench.model.text import Passage

Token = tuple[str, int, int]
"""Lemma, start and end of a word."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_LONGEST_PIECE = 16_000
"""Characters that SudachiPy takes at once; it refuses more than 49,149 bytes."""
_PIECE = re.compile(f"[^\\n]{{1,{_LONGEST_PIECE}}}")


class LemmaPattern:
    """Words in order, each in any of its forms, with nothing but punctuation and space between them."""

    def __init__(self, query: str) -> None:
        self._query = unicodedata.normalize("NFC", query)
        self._wanted: dict[str, tuple[str, ...]] = {}
        self._tokens: dict[str, Callable[[str], Iterator[Token]]] = {}
        if not any(character.isalnum() for character in query):
            raise WrongUsage("There is no word to search for.", safe="", do="Type at least one word.")

    def may_be_in(self, data: bytes) -> bool:
        """Say yes, since any form may stand there."""
        return True

    def hits(self, content: str, language: str = "") -> Iterator[Passage]:
        """Find the passages in order; raises WrongUsage for a language that `lacking` names."""
        if missing := lacking(language):
            raise WrongUsage(missing)
        if language not in self._tokens:
            self._tokens[language] = tokens = _tokens(language)
            self._wanted[language] = tuple(lemma for lemma, _, _ in tokens(self._query))
        tokens = self._tokens[language]
        view = None
        if not content.isascii() and not unicodedata.is_normalized("NFC", content):
            view = FoldedText(folding(Fold.COMPOSED), content)
        for start, end in _runs(tokens(view.content if view else content), self._wanted[language]):
            yield view.passage(start, end) if view else Passage(start, end)


@cache
def lacking(language: str) -> str:
    """Say what is missing to search a language by lemmas and how to get it; empty where nothing is."""
    if main_language(language) == "ja":
        if find_spec("sudachipy") is None or find_spec("sudachidict_core") is None:
            return (
                "Japanese lemmas need SudachiPy and its dictionary. "
                "Install them with: pip install sudachipy sudachidict-core"
            )
        return ""
    if find_spec("simplemma") is None:
        return "Lemmas need the package simplemma. Install it with: pip install simplemma"
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

    if not language:
        return "A text without a language cannot be searched by lemmas. Name its language when importing."
    if main_language(language) not in SUPPORTED_LANGUAGES:
        return f"There are no lemmas for the language {language}. Search its texts without --lemma."
    return ""


def main_language(language: str) -> str:
    """Give the language without its region: `ja` of `ja-JP`."""
    return language.replace("_", "-").partition("-")[0].casefold()


@lru_cache(maxsize=50_000)
def lemma_of(word: str, language: str) -> str:
    """Give the dictionary form of a word by the word lists; the word itself where they lack its language."""
    language = main_language(language)
    if language == "ja" or lacking(language):
        return word
    from simplemma import lemmatize

    plain = unicodedata.normalize("NFKC", word).lower()
    if language == "en":
        plain = _POSSESSIVE.sub("", plain)
    return lemmatize(plain, language).lower()


def _runs(tokens: Iterable[Token], wanted: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Find where the wanted lemmas stand in a row."""
    last: list[Token] = []
    for token in tokens:
        last.append(token)
        del last[: -len(wanted)]
        if token[0] == wanted[-1] and tuple(lemma for lemma, _, _ in last) == wanted:
            yield last[0][1], last[-1][2]
            last = []


@cache
def tokens_of(language: str) -> Callable[[str], Iterator[Token]] | None:
    """Give what cuts a content into lemmas with their places; None where `lacking` names the language."""
    return None if lacking(language) else _tokens(language)


def _tokens(language: str) -> Callable[[str], Iterator[Token]]:
    return (
        _japanese_tokens() if main_language(language) == "ja" else _tokens_by_lists(main_language(language))
    )


def _tokens_by_lists(language: str) -> Callable[[str], Iterator[Token]]:
    def tokens(content: str) -> Iterator[Token]:
        for match in _WORD.finditer(content):
            yield lemma_of(match.group(), language), match.start(), match.end()

    return tokens


def _japanese_tokens() -> Callable[[str], Iterator[Token]]:
    """Make short units (mode A) with normalised forms, in which 取扱い, 取扱 and 取り扱い are one."""
    sudachi = import_module("sudachipy")
    tokenize = sudachi.Dictionary(dict="core").create(sudachi.SplitMode.A).tokenize

    def tokens(content: str) -> Iterator[Token]:
        for piece in _PIECE.finditer(content):
            for token in tokenize(piece.group()):
                if any(character.isalnum() for character in token.surface()):
                    yield token.normalized_form(), piece.start() + token.begin(), piece.start() + token.end()

    return tokens


def lemma_tokens(language: str) -> Callable[[str], Iterator[Token]]:
    """Give what cuts a text into words with their lemmas and places, where `lacking` names nothing."""
    return _tokens(language)
