"""Reports: sections of words and tables, whatever file they go into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MOST_ROWS = 500
"""Rows of one table; a longer one says how many there are, and where to find them."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str | int]]

    @property
    def shown(self) -> Sequence[Sequence[str | int]]:
        """Give the rows that a page can bear."""
        return self.rows[:MOST_ROWS]

    @property
    def left_out(self) -> int:
        """Count the rows that are not shown."""
        return max(0, len(self.rows) - MOST_ROWS)


@dataclass(frozen=True, slots=True)
class Facts:
    """Names, each with what is said of it."""

    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report under a heading."""

    id: str
    title: str
    parts: Sequence[str | Facts | Table]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report."""

    title: str
    study: str
    about: str
    """One line under the title."""
    sections: Sequence[Section]
