"""Questions that a program asks of a translation, and what people answered."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbench.model.text import Passage


class CheckKind(StrEnum):
    """What a question is about."""

    NUMBERS = "numbers"
    DATES = "dates"
    AMOUNTS = "amounts"
    """Money and shares."""
    REFERENCES = "references"
    """Articles, paragraphs and items."""
    NAMES = "names"
    MISSING = "missing"
    """Something of the source that the translation may not have."""
    ADDED = "added"
    """Something of the translation that the source may not have."""
    MODALITY = "modality"
    """Shall, must, may, should, endeavour."""
    NEGATION = "negation"
    """A hint, asked only where it is wanted."""


class Reply(StrEnum):
    """How a question was answered."""

    ACCEPTED = "accepted"
    """The translation is at fault there."""
    NOTED = "noted"
    """The two differ, and readers are to know; it is no fault."""
    DISMISSED = "dismissed"
    """There is nothing."""


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """What a coder answered to one question about a passage of a source and its translation.

    It is keyed by what was seen and where it stands, so that it survives other links.
    """

    id: str
    source_id: str
    target_id: str
    source_start: int
    source_end: int
    target_start: int
    target_end: int
    """The passages that were held against each other; one of them may be empty."""
    source_at: int
    target_at: int
    """Where the first words in question stand on each side; -1 where none of them do."""
    kind: CheckKind
    seen: str
    """Fingerprint of what was seen on both sides."""
    question: str
    """As it was asked."""
    reply: Reply
    note: str
    coder: str
    at: str
    """When, UTC, ISO 8601."""

    @property
    def source(self) -> Passage:
        """Give the passage of the source."""
        return Passage(self.source_start, self.source_end)

    @property
    def target(self) -> Passage:
        """Give the passage of the translation."""
        return Passage(self.target_start, self.target_end)


def fingerprint(kind: CheckKind, source: Sequence[str], target: Sequence[str]) -> str:
    """Name what was seen on both sides, whatever its width and wherever it stands."""
    sides = ("\x1f".join(map(_plain, words)) for words in (source, target))
    return hashlib.sha256("\x1e".join((kind.value, *sides)).encode()).hexdigest()[:16]


def question_key(source_id: str, target_id: str, seen: str, source_at: int, target_at: int) -> str:
    """Name a question by its texts, what was seen and where the first of it stands; links do not matter."""
    first = f"s{source_at}" if source_at >= 0 else f"t{target_at}"
    return "q" + hashlib.sha256(f"{source_id}.{target_id}.{seen}.{first}".encode()).hexdigest()[:10]


def _plain(words: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", words).split())
