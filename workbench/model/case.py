"""Cases, the document register and the reading log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Case:
    """A unit of analysis, such as a city; it is not a document."""

    id: str
    name: str
    position: int
    """Order in every chart; one order for the whole study."""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """One entry of the document register, held or only known of."""

    id: str
    key: str
    """Short unique name in the register, such as `hamamatsu-vision`."""
    title: str
    title_transliteration: str = ""
    title_translation: str = ""
    issuer: str = ""
    level: str = ""
    type: str = ""
    legal_force: str = ""
    adopted: str = ""
    adopted_era: str = ""
    """The date in its original era form, beside the ISO date."""
    in_force_from: str = ""
    in_force_to: str = ""
    version_date: str = ""
    url: str = ""
    accessed: str = ""
    found_how: str = ""
    why_included: str = ""
    excluded_why: str = ""
    """Why the document is left out of the corpus; empty while it is in."""
    extra: Mapping[str, str] = field(default_factory=dict)
    """Columns of an imported register that have no field here."""

    @property
    def excluded(self) -> bool:
        """Tell whether the document is registered but left out."""
        return bool(self.excluded_why)


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """The membership of a document in a case; a document may serve several."""

    id: str
    case_id: str
    document_id: str

    @classmethod
    def of(cls, case_id: str, document_id: str) -> CaseDocument:
        """Join a case and a document under the one id they can have together."""
        return cls(f"{case_id}.{document_id}", case_id, document_id)


class ReadingState(StrEnum):
    """How far a coder says they have read a text."""

    UNREAD = "unread"
    SKIMMED = "skimmed"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Reading:
    """How far one coder has read one text."""

    id: str
    text_id: str
    coder: str
    state: ReadingState
    stopped_at: int
    """Offset of the cursor when the text was last left."""
    furthest: int
    """Largest offset that was on the screen."""
    bookmarks: tuple[str, ...] = ()
    """Offsets to come back to, in digits, ascending."""

    @staticmethod
    def key(text_id: str, coder: str) -> str:
        """Name the one reading that a coder can have of a text."""
        return f"{text_id}.{coder}"
