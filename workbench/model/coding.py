"""Excerpts, codings and reviewed passages: what indexing records."""

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
    doubtful: bool = False
    """Whether the coder wants it looked at again; the doubt in words is a question memo on the coding."""
    confirmed: str = ""
    """When it was last found to hold under a changed framework, UTC, ISO 8601."""
    suggestion: str = ""
    """Id of the suggestion that it answers; empty where the coder found the passage alone."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A passage that a coder has read and found to hold nothing for the framework."""

    id: str
    text_id: str
    start: int
    end: int
    coder: str

    @property
    def passage(self) -> Passage:
        """Give the place of the passage in its text."""
        return Passage(self.start, self.end)
