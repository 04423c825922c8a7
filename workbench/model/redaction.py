"""Redaction: words that shall not leave the study, and what stands in their place in exports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

MARK = "\u2588"
"""Stands for every character of what is blacked out, so that no place in a text moves."""
_MARKED = re.compile(f"{MARK}+")
_PREFIX = "redaction "


class RedactionMode(StrEnum):
    """How a term is looked for."""

    PLAIN = "plain"
    """As it stands, also inside longer words."""
    WORDS = "words"
    """Whole words in order; white space and line breaks between them are free."""
    PATTERN = "pattern"
    """A regular expression."""


@dataclass(frozen=True, slots=True)
class Redaction:
    """One term of the redaction list of a study, kept as one of its settings."""

    id: str
    mode: RedactionMode
    term: str

    @property
    def setting(self) -> str:
        """Name the setting that keeps it."""
        return f"{_PREFIX}{self.id}"

    @property
    def value(self) -> str:
        """Write it as the value of its setting."""
        return f"{self.mode.value}:{self.term}"

    @classmethod
    def read(cls, setting: str, value: str) -> Redaction:
        """Read it back from its setting."""
        mode, _, term = value.partition(":")
        return cls(setting.removeprefix(_PREFIX), RedactionMode(mode), term)


def is_redaction(setting: str) -> bool:
    """Tell whether a setting keeps a term of the redaction list."""
    return setting.startswith(_PREFIX)


def blacked_out(words: str) -> str:
    """Put the mark in place of every character but the ends of lines and pages."""
    return "".join(one if one in "\n\f" else MARK for one in words)


def marked_places(words: str) -> int:
    """Count the stretches of marks in what leaves."""
    return len(_MARKED.findall(words))
