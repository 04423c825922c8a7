"""What a check is given and what it finds: a stretch of a source, what renders it, and what is seen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from workbench.language.folding import Fold, FoldedText, folding
from workbench.model.text import Passage
from workbench.model.translation_check import CheckKind

_JAPANESE = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")


class Half:
    """One side of a pair, folded as quantities are, with the way back to its offsets."""

    def __init__(self, words: str, language: str) -> None:
        self.words = words
        self.language = language

    @cached_property
    def is_japanese(self) -> bool:
        """Tell whether it is read by the Japanese rules."""
        return self.language.startswith("ja") or (not self.language and bool(_JAPANESE.search(self.words)))

    @cached_property
    def is_english(self) -> bool:
        """Tell whether it is read by the English rules."""
        return self.language.startswith("en") or (not self.language and not self.is_japanese)

    @cached_property
    def _fold(self) -> FoldedText:
        return FoldedText(folding(Fold.CASED), self.words)

    @property
    def folded(self) -> str:
        """Give the words without differences of width and normal form."""
        return self._fold.content

    def place(self, start: int, end: int) -> Passage:
        """Give the passage of the words for a stretch of the folded ones."""
        return self._fold.passage(start, end)

    def written(self, place: Passage) -> str:
        """Give the words at a place, in compatibility form."""
        return unicodedata.normalize("NFKC", self.words[place.start : place.end])


@dataclass(frozen=True)
class Pair:
    """A stretch of a source and the stretch of its translation that renders it."""

    source: Half
    target: Half

    @classmethod
    def of(cls, source: str, target: str, languages: tuple[str, str]) -> Pair:
        """Make a pair of words."""
        return cls(Half(source, languages[0]), Half(target, languages[1]))


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing to ask about a pair; the offsets are those of its two stretches."""

    kind: CheckKind
    source: tuple[Passage, ...]
    target: tuple[Passage, ...]
    """What is in question on each side; empty where nothing of it stands there."""
    question: str
    priority: int
    """From 1, look at it first, to 4, a mere hint."""


def listed(words: Sequence[str]) -> str:
    """Write words in a row: `35`, `35 and 53`."""
    quoted = [f"“{word}”" for word in dict.fromkeys(words)]
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + f" and {quoted[-1]}"


def asked(pair: Pair, source: Sequence[Passage], target: Sequence[Passage], none: str) -> str:
    """Put what stands on each side into a question; `none` says what a side does not have."""
    ours = [pair.source.written(place) for place in source]
    theirs = [pair.target.written(place) for place in target]
    if ours and theirs:
        return f"{listed(ours)} in the source, {listed(theirs)} in the translation. Is that meant?"
    if ours:
        return f"{listed(ours)} in the source, {none} in the translation. Is that meant?"
    return f"{listed(theirs)} in the translation, {none} in the source. Is that meant?"
