"""Key terms: what a term of one language may and may not be rendered with in another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TermRule(StrEnum):
    """How a term is to be treated in a translation."""

    KEEP_SOURCE = "keep source"
    """It stays: in its own script or transliterated, with a gloss where it stands first."""
    FIXED = "fixed"
    """One rendering wherever it stands."""
    BY_CONTEXT = "by context"
    """Any rendering that is allowed, as the passage asks for it."""


@dataclass(frozen=True, slots=True)
class Term:
    """A key term with its renderings; who decided on it and why is told by the log."""

    id: str
    language: str
    target_language: str
    term: str
    rule: TermRule
    variants: tuple[str, ...] = ()
    """Other ways of writing it in its own language."""
    transliteration: str = ""
    renderings: tuple[str, ...] = ()
    """What may stand for it in the other language; for a fixed term the first is the one to use."""
    forbidden: tuple[str, ...] = ()
    gloss: str = ""
    """What is put behind it where it stands first, for a term that stays."""
    definition: str = ""
    sources: tuple[str, ...] = ()
    """What the decision on it rests on."""

    @property
    def written(self) -> tuple[str, ...]:
        """Give every way of writing it in its own language."""
        return (self.term, *self.variants)

    @property
    def kept(self) -> tuple[str, ...]:
        """Give what stands in a translation where the term stays."""
        return (*self.written, self.transliteration) if self.transliteration else self.written

    @property
    def name(self) -> str:
        """Name it for a reader: the term and how it is read."""
        return f"{self.term} ({self.transliteration})" if self.transliteration else self.term

    @property
    def pair(self) -> str:
        """Name the two languages."""
        return f"{self.language} to {self.target_language}"
