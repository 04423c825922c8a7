"""Find codes by what is typed: number, name, theme, cues, definition, and at last letters in order."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.model.framework import Code, Framework


@dataclass(frozen=True, slots=True)
class _Words:
    """What of a code is looked at, folded."""

    number: str
    digits: str
    name: str
    beside: str
    """Name, theme and cues."""
    meaning: str
    """All of the above with definition, inclusion, exclusion and examples."""


class CodeFinder:
    """Rank some codes by how well they fit; all of them are folded once."""

    def __init__(self, framework: Framework, codes: Sequence[Code]) -> None:
        """Take the codes in the order in which equals shall stand, such as the latest first."""
        self._codes = list(codes)
        self._words = [_words_of(framework, code) for code in codes]

    def ranked(self, typed: str) -> list[Code]:
        """List the codes that fit, the best first; all of them where nothing is typed."""
        wanted = folded(typed).strip()
        if not wanted:
            return list(self._codes)
        parts = wanted.split()
        found = [
            (rank, place)
            for place, words in enumerate(self._words)
            if (rank := _rank(words, wanted, parts)) is not None
        ]
        return [self._codes[place] for _, place in sorted(found)]


def folded(words: str) -> str:
    """Fold width, normal form and case."""
    return unicodedata.normalize("NFKC", words).casefold()


def _words_of(framework: Framework, code: Code) -> _Words:
    number, name = framework.number(code), folded(code.name)
    beside = " ".join([name, folded(framework.themes[code.theme_id].name), *map(folded, code.cues)])
    texts = (code.definition, code.include, code.exclude, *code.examples, *code.wordings.values())
    return _Words(number, number.replace(".", ""), name, beside, " ".join([beside, *map(folded, texts)]))


def _rank(words: _Words, wanted: str, parts: Sequence[str]) -> int | None:
    if wanted in (words.number, words.digits):
        return 0
    if words.number.startswith(wanted) or (wanted.isdigit() and words.digits.startswith(wanted)):
        return 1
    if words.name.startswith(wanted):
        return 2
    if all(f" {part}" in f" {words.name}" for part in parts):
        return 3
    if all(part in words.name for part in parts):
        return 4
    if all(part in words.beside for part in parts):
        return 5
    if all(part in words.meaning for part in parts):
        return 6
    return 7 if _in_order("".join(parts), words.name) else None


def _in_order(letters: str, name: str) -> bool:
    """Tell whether the letters stand in a name in this order, with others between them."""
    rest = iter(name)
    return len(letters) > 1 and all(letter in rest for letter in letters)
