"""Suggestions: passages that a method offered for a code, and what a person answered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workbench.model.text import Passage

METHOD = "suggester cues+tfidf-1"
"""Name and version of the method, under which its suggestions stand in the log."""


class Answer(StrEnum):
    """What a person said to a suggestion."""

    OPEN = "open"
    """Nothing yet; or the answer was undone."""
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    OTHER_CODE = "another code"
    """The passage was coded, but with another code than the one suggested."""
    POSTPONED = "postponed"


class Basis(StrEnum):
    """What the ranking rested on when a suggestion was made."""

    CUES = "cues only"
    """Cues and patterns of the codebook: fewer than three coded excerpts in the language."""
    LEARNED = "learned"
    """Cues, patterns and what was learned from coded excerpts."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A passage that a method offered one coder for one code."""

    id: str
    text_id: str
    start: int
    end: int
    code_id: str
    coder: str
    """The person it was offered to."""
    method: str
    basis: Basis
    score: int
    """Per mille: where it stood between the mean unit (0) and the best (1000)."""
    rank: int
    """Its place among all that could be offered, from 1."""
    drawn: bool
    """Whether it was drawn at random from those that were not due."""
    seed: str
    """What decided the draw."""
    reasons: tuple[str, ...]
    examples: int
    """Coded excerpts that it was learned from; 0 for cues only."""
    at: str
    """When it was answered last, UTC, ISO 8601."""
    answer: Answer = Answer.OPEN
    note: str = ""

    @property
    def passage(self) -> Passage:
        """Give the place of the passage in its text."""
        return Passage(self.start, self.end)
