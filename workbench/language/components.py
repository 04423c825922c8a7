"""The units as spaCy components, so that `doc.sents` and every offset stay spaCy's."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

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


def _mark(doc: Doc, language: str) -> Doc:
    starts = {passage.start for passage in sentences(doc.text, language)}
    for token in doc:
        token.is_sent_start = token.idx in starts
    return doc


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
