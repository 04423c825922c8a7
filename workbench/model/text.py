"""Texts, passages and the places in them. Every offset is a code point of one immutable text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum


class TextKind(StrEnum):
    """What a text is in relation to the document it gives."""

    ORIGINAL = "original"
    OFFICIAL_TRANSLATION = "official translation"
    OWN_TRANSLATION = "own translation"
    MACHINE_DRAFT = "machine draft"
    REVISION = "revision"


TRANSLATIONS = frozenset({TextKind.OFFICIAL_TRANSLATION, TextKind.OWN_TRANSLATION, TextKind.MACHINE_DRAFT})
"""Kinds that are translations whatever else is known of the text."""


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """A stretch [start, end) of one text, in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"passage {self.start}:{self.end} does not run forwards from zero")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Passage) -> bool:
        """Tell whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


def trimmed(content: str, start: int, end: int) -> Passage:
    """Give a passage without the white space at its ends; a blank one becomes empty."""
    piece = content[start:end]
    lead = len(piece) - len(piece.lstrip())
    return Passage(start + lead, max(start + lead, start + len(piece.rstrip())))


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """Where paragraphs and pages begin in one text, so that an excerpt can be cited."""

    paragraphs: tuple[int, ...]
    """Offset of the first character of each paragraph, ascending."""
    pages: tuple[tuple[int, str], ...] = ()
    """(offset, printed label) of each page, ascending; empty where the format has no pages."""
    numbers: tuple[tuple[int, str], ...] = ()
    """(offset, how the text itself counts what begins there, as `Art. 5(2)`), ascending."""

    def paragraph_of(self, offset: int) -> int:
        """Number the paragraph that holds the offset, from 1; 0 before the first."""
        return bisect_right(self.paragraphs, offset)

    def page_of(self, offset: int) -> str:
        """Name the page that holds the offset; empty where there are no pages."""
        number = bisect_right(self.pages, offset, key=lambda page: page[0])
        return self.pages[number - 1][1] if number else ""

    def number_of(self, offset: int) -> str:
        """Give the number by which the text counts what holds the offset; empty where it counts nothing."""
        place = bisect_right(self.numbers, offset, key=lambda number: number[0])
        return self.numbers[place - 1][1] if place else ""

    def cite(self, passage: Passage) -> str:
        """Cite a passage by its own number, page and paragraph: `Art. 5(2), p. 3, para. 12-13`."""
        last = max(passage.start, passage.end - 1)
        parts = []
        first, until = self.number_of(passage.start), self.number_of(last)
        if first or until:
            parts.append(first if first == until else f"{first or '…'}–{until or '…'}")
        if self.pages:
            parts.append(_span("p.", self.page_of(passage.start), self.page_of(last)))
        line = max(1, self.paragraph_of(passage.start))
        parts.append(_span("para.", str(line), str(max(line, self.paragraph_of(last)))))
        return ", ".join(parts)


def _span(word: str, first: str, last: str) -> str:
    return f"{word} {first}" if first == last else f"{word} {first}-{last}"


_LINE_WITH_TEXT = re.compile(r"\S[^\n]*")


def places_of_lines(content: str) -> PlaceMap:
    """Map running text, where lines are all there is to go by.

    A paragraph is a line that is not blank, and starts at its first character that is not white space; form
    feeds end pages. Stored texts name this rule (`lines-1`), so it must not change.
    """
    paragraphs = tuple([match.start() for match in _LINE_WITH_TEXT.finditer(content)])
    if "\f" not in content:
        return PlaceMap(paragraphs)
    starts = [0, *(offset + 1 for offset, character in enumerate(content) if character == "\f")]
    return PlaceMap(paragraphs, tuple((start, str(number)) for number, start in enumerate(starts, 1)))


@dataclass(frozen=True, slots=True)
class Text:
    """One immutable version of a document in one language; its content is stored by hash."""

    id: str
    document_id: str
    language: str
    kind: TextKind
    content_hash: str
    """SHA-256 of the content in UTF-8; the content itself is kept once under it."""
    places_hash: str
    """SHA-256 of the stored page and paragraph map."""
    original_hash: str
    """SHA-256 of the bytes as they were imported."""
    file_name: str
    part: str
    """Which part of the file this is (`row 12` of a table); empty for the whole."""
    format: str
    encoding: str
    characters: int
    notes: tuple[str, ...] = ()
    """What the reader had to report: replaced characters, hidden text, pages without text."""
    maker: str = ""
    """Who wrote or translated it."""
    role: str = ""
    """What the maker is: ministry, researcher, sworn translator."""
    competence: str = ""
    """How well the maker knows the languages, in words."""
    made: str = ""
    """When it was made, as a date."""
    tool: str = ""
    """Program that helped to make it, with its version."""
    translates: str | None = None
    """Id of the text that it renders."""
    revises: str | None = None
    """Id of the text that it takes the place of."""
    approved_by: str = ""
    """Who said that a machine draft may be evidence; empty while nobody has."""
    approved: str = ""
    """When, UTC, ISO 8601."""
    approval: str = ""
    """What was said on approving it."""

    @property
    def is_translation(self) -> bool:
        """Tell whether it renders another text, held or not."""
        return self.kind in TRANSLATIONS or self.translates is not None

    @property
    def is_unapproved_draft(self) -> bool:
        """Tell whether a machine made it and nobody has approved it, so that it is no evidence."""
        return self.kind is TextKind.MACHINE_DRAFT and not self.approved_by

    @property
    def whole(self) -> Passage:
        """Give the passage that is all of the text."""
        return Passage(0, self.characters)
