"""The units as spaCy components, so that `doc.sents` and every offset stay spaCy's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from workbench.language.lemmas import Token
from workbench.language.units import sentences

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_PIECE = re.compile(r"[ぁ-ゟ]+|[゠-ヿｦ-ﾟ]+|[一-鿿々〆〇]+|[^\W_ぁ-ヿ一-鿿々〆〇ｦ-ﾟ]+|\s|.", re.DOTALL)


@cache
def pipeline(language: str) -> Language:
    """Make a blank spaCy pipeline for a language whose `doc.sents` are the units of `sentences`.

    English keeps spaCy's tokens. Any other language gets pieces of one script each, since spaCy has no
    tokens for unsegmented Japanese without a dictionary. `doc.text` is always the text as it was.
    """
    import spacy

    english = language.startswith("en")
    nlp = spacy.blank("en" if english else "xx")
    nlp.tokenizer = _unit_tokenizer(nlp.vocab, language, nlp.tokenizer if english else None)
    _register()
    nlp.add_pipe("framework_units", config={"language": language})
    return nlp


@cache
def _register() -> None:
    from spacy.language import Language

    @Language.factory("framework_units", default_config={"language": ""})
    def make_units(nlp: Any, name: str, language: str) -> Callable[[Doc], Doc]:
        return lambda doc: _mark(doc, language)


@cache
def lemmatised(language: str) -> Callable[[str], Doc]:
    """Give what makes a spaCy document of a unit, each token with its lemma; `doc.text` is the unit.

    English keeps spaCy's tokens, other languages those of their lemmas, Japanese without SudachiPy pieces of
    one script.
    """
    from spacy.tokens import Doc

    from workbench.language.lemmas import tokens_of

    tokens = tokens_of(language)
    nlp = pipeline(language)

    def made(unit: str) -> Doc:
        if language.startswith("en") or tokens is None:
            doc = nlp.tokenizer(unit)
            words = [token.text for token in doc]
            spaces = [bool(token.whitespace_) for token in doc]
            lemmas = [_lemma(word, tokens) for word in words]
        else:
            words, lemmas = _cut(unit, list(tokens(unit)))
            spaces = [False] * len(words)
        return Doc(nlp.vocab, words=words, spaces=spaces, lemmas=lemmas)

    return made


def _lemma(word: str, tokens: Callable[[str], Iterator[Token]] | None) -> str:
    found = [lemma for lemma, _, _ in tokens(word)] if tokens is not None else []
    return found[0] if len(found) == 1 else unicodedata.normalize("NFKC", word).lower()


def _cut(unit: str, tokens: Sequence[Token]) -> tuple[list[str], list[str]]:
    """Cut a unit at its tokens; what stands between them is a token of its own."""
    words: list[str] = []
    lemmas: list[str] = []
    done = 0
    for lemma, start, end in [*tokens, ("", len(unit), len(unit))]:
        for word, said in ((unit[done:start], unit[done:start]), (unit[start:end], lemma)):
            if word:
                words.append(word)
                lemmas.append(said)
        done = end
    return words, lemmas


def _mark(doc: Doc, language: str) -> Doc:
    """Set all beginnings at once; spaCy looks through the whole text for each that is set alone."""
    import numpy as np
    from spacy.attrs import IDX, SENT_START

    starts = np.array([passage.start for passage in sentences(doc.text, language)], np.uint64)
    begins = np.isin(doc.to_array([IDX]).reshape(-1), starts)
    marks: Any = np.where(begins, 1, -1).astype(np.int64).view(np.uint64)
    return doc.from_array([SENT_START], marks)


def _unit_tokenizer(vocab: Vocab, language: str, inner: Callable[[str], Doc] | None) -> Callable[[str], Doc]:
    """Tokenise unit by unit, so that no token runs over the edge of one."""

    def tokenize(content: str) -> Doc:
        from spacy.tokens import Doc

        edges = [0, *(unit.start for unit in sentences(content, language) if unit.start), len(content)]
        words: list[str] = []
        spaces: list[bool] = []
        for start, end in pairwise(edges):
            if inner is None:
                pieces = _PIECE.findall(content[start:end])
                words += pieces
                spaces += [False] * len(pieces)
            else:
                for token in inner(content[start:end]):
                    words.append(token.text)
                    spaces.append(bool(token.whitespace_))
        return Doc(vocab, words=words, spaces=spaces)

    return tokenize
