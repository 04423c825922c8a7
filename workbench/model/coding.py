"""Excerpts and codings: what indexing records."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.model.text import Passage


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage of one text that something rests on."""

    id: str
    text_id: str
    start: int
    end: int
    quote: str
    """The words of the passage, kept so that the log can be read and checked by itself."""

    @property
    def passage(self) -> Passage:
        """Give the place of the excerpt in its text."""
        return Passage(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Coding:
    """One code applied to one excerpt by one coder."""

    id: str
    excerpt_id: str
    code_id: str
    coder: str
