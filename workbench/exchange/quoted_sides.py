"""The sides of a quote as they are printed: its words, and through the links those of the other language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbench.exchange.glosses import Glosses
from workbench.model.case import Document
from workbench.model.stretches import union
from workbench.model.text import Passage, Text, TextKind
from workbench.model.translation import Link
from workbench.study.study import Study
from workbench.study.translation_queries import across, links_of_text, revision_of

QUOTES = "quotes"
"""Name of the setting that says which sides are printed."""


class Quoted(StrEnum):
    """Which sides of a quote are printed where a link leads to another."""

    ORIGINAL = "original"
    TRANSLATION = "translation"
    BOTH = "both"


_ORDER = (
    TextKind.OFFICIAL_TRANSLATION,
    TextKind.OWN_TRANSLATION,
    TextKind.REVISION,
    TextKind.MACHINE_DRAFT,
    TextKind.ORIGINAL,
)
"""Kinds of translations, the one that is printed first."""


@dataclass(frozen=True, slots=True)
class QuotedSide:
    """One side of a quote as it is printed."""

    words: str
    language: str
    document: str
    """Key of the document."""
    text_kind: str
    place: str
    """Page and paragraph."""
    translated: bool
    coded: bool
    """Whether the coding, or the quote, was made on this side."""

    @property
    def source(self) -> str:
        """Say where it stands: `en own translation, para. 3`, and that it was coded there."""
        named = " ".join(part for part in (self.language, self.text_kind) if part)
        return f"{named}, {self.place}{' (coded)' if self.coded else ''}"


def places_of(sides: Sequence[QuotedSide]) -> str:
    """Say where the sides of a quote stand; one that was coded and is not printed is told as well."""
    told = [side.source for side in sides]
    if sides and not any(side.coded for side in sides):
        told.append(f"coded on the {'original' if sides[0].translated else 'translation'}")
    return "; ".join(told)


@dataclass(frozen=True, slots=True)
class ExportQuote:
    """Words quoted in a cell, with the evidence row they come from."""

    content: str
    ref: str
    language: str
    sides: tuple[QuotedSide, ...] = ()
    """The sides to be printed, the translation first; empty where only the words themselves are."""

    def printed(self, glosses: Glosses | None = None) -> str:
        """Write it as it is printed: in quotation marks, every side with its glosses, the places, the ref."""
        glosses = glosses or Glosses(())
        if not self.sides:
            return f"“{glosses.of(self.content, self.language)}” ({self.ref})"
        said = " — ".join(f"“{glosses.of(side.words, side.language)}”" for side in self.sides)
        return f"{said} — {places_of(self.sides)} ({self.ref})"


class QuotedSides:
    """Finds the sides of passages, for many of them; what it reads of a text it reads once."""

    def __init__(self, study: Study) -> None:
        self._study = study
        said = study.setting(QUOTES)
        self.wanted = Quoted(said) if said in list(Quoted) else Quoted.BOTH
        self._links: dict[str, list[Link]] = {}
        self._texts: dict[str, Text] = {}
        self._latest: dict[str, bool] = {}

    def of(self, text: Text, document: Document, passage: Passage, words: str) -> tuple[QuotedSide, ...]:
        """Give the sides to be printed, the translation first; none where the words alone are printed."""
        own_is_wanted = self.wanted is (Quoted.TRANSLATION if text.is_translation else Quoted.ORIGINAL)
        if own_is_wanted:
            return ()
        other = self._other(text, passage)
        if other is None:
            return ()
        if self.wanted is not Quoted.BOTH:
            return (other,)
        own = self._side(text, document, [passage], words=words)
        return (own, other) if text.is_translation else (other, own)

    def _other(self, text: Text, passage: Passage) -> QuotedSide | None:
        """Find the other side of a passage: the source of a translation, or the best translation."""
        if text.id not in self._links:
            self._links[text.id] = links_of_text(self._study, text.id)
        found: dict[str, list[Passage]] = {}
        for each in across(self._links[text.id], text.id, passage):
            found.setdefault(each.text_id, []).append(each.passage)
        texts = [self._text(text_id) for text_id in found]
        fitting = [
            other
            for other in texts
            if other.is_translation != text.is_translation and not other.is_unapproved_draft
        ]
        if not fitting:
            return None
        best = min(fitting, key=lambda other: (other.id != text.translates, *self._rank(other)))
        document = self._study.get(Document, best.document_id)
        return self._side(best, document, found[best.id])

    def _text(self, text_id: str) -> Text:
        if text_id not in self._texts:
            self._texts[text_id] = self._study.get(Text, text_id)
            self._latest[text_id] = revision_of(self._study, text_id) is None
        return self._texts[text_id]

    def _rank(self, text: Text) -> tuple[bool, int, str]:
        return not self._latest[text.id], _ORDER.index(text.kind), text.id

    def _side(
        self, text: Text, document: Document, passages: Sequence[Passage], *, words: str = ""
    ) -> QuotedSide:
        content = self._study.text_content(text.content_hash)
        whole = Passage(min(each.start for each in passages), max(each.end for each in passages))
        return QuotedSide(
            words or _joined(content, passages),
            text.language,
            document.key,
            text.kind.value,
            self._study.places(text).cite(whole),
            text.is_translation,
            coded=bool(words),
        )


def _joined(content: str, passages: Sequence[Passage]) -> str:
    """Give the words of some passages, with a mark where words between them are left out."""
    words, end = "", 0
    for each in union(passages):
        between = content[end : each.start] if words else ""
        words += (between if not between.strip() else " […] ") + content[each.start : each.end]
        end = each.end
    return words
