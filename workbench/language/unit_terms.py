"""The units of a text as sequences of terms, kept by the hash of its content.

A term is a lemma; of Japanese without SudachiPy it is a character.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from sys import intern

from workbench.language.lemmas import Token, tokens_of
from workbench.language.remembering import Remembered, hash_of
from workbench.language.units import blocks, sentences
from workbench.model.text import Passage, trimmed
from workbench.model.unit_cut import UnitCut, mended

LONGEST = 1000
"""Terms of a unit that are read; the rest of an endless line is left."""
_MOST_BYTES = 60_000_000
"""Bytes of terms that are kept."""
_BYTES_EACH = 10
"""About what the terms of a character take."""


@dataclass(frozen=True, slots=True)
class UnitsOfText:
    """The units of one text with their terms."""

    language: str
    units: tuple[Passage, ...]
    terms: tuple[tuple[str, ...], ...]
    by_character: bool
    """Whether terms are characters, since no lemmas are at hand."""


_held: Remembered[UnitsOfText] = Remembered(_MOST_BYTES)


def units_of_text(
    content: str, content_hash: str, language: str, unit: str, cuts: Sequence[UnitCut] = ()
) -> UnitsOfText:
    """Cut a text into sentences or paragraphs (`sentence`, `paragraph`) and read their terms, once.

    `cuts` are the sentences that were joined or split by hand.
    """
    key = hash_of(content_hash, language, unit, " ".join(f"{cut.offset}{cut.joined:d}" for cut in cuts))
    found = _held.get(key)
    if found is None:
        found = _read(content, language, unit, cuts)
        _held.put(key, found, _BYTES_EACH * len(content))
    return found


def _read(content: str, language: str, unit: str, cuts: Sequence[UnitCut]) -> UnitsOfText:
    if unit == "sentence":
        units = mended(content, sentences(content, language), cuts)
    else:
        units = _paragraphs(content)
    cut, by_character = cutter(language)
    terms = tuple(
        tuple(intern(term) for term, _, _ in islice(cut(content[each.start : each.end]), LONGEST))
        for each in units
    )
    return UnitsOfText(language, units, terms, by_character)


def _paragraphs(content: str) -> tuple[Passage, ...]:
    whole = (trimmed(content, start, end) for start, end in blocks(content))
    return tuple(each for each in whole if len(each))


def cutter(language: str) -> tuple[Callable[[str], Iterator[Token]], bool]:
    """Give what cuts a unit into terms with their places, and whether those are characters."""
    tokens = tokens_of(language)
    if tokens is not None:
        return tokens, False
    return (_characters, True) if language.startswith("ja") else (_words, False)


def _characters(unit: str) -> Iterator[Token]:
    """Give the letters and digits of a unit, whatever their width."""
    for place, character in enumerate(unit):
        plain = unicodedata.normalize("NFKC", character).lower()
        if plain.isalnum() or character == "ー":
            yield plain, place, place + 1


def _words(unit: str) -> Iterator[Token]:
    """Give the words of a unit in lower case: of a language without lemmas."""
    start = None
    for place, character in enumerate(f"{unit} "):
        if character.isalnum():
            start = place if start is None else start
        elif start is not None:
            yield unicodedata.normalize("NFKC", unit[start:place]).lower(), start, place
            start = None
