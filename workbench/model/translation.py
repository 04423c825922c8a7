"""How texts hang together: links with a translation, its verification, and what a revision left behind."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workbench.model.text import Passage


class LinkState(StrEnum):
    """Who vouches for a link."""

    PROPOSED = "proposed"
    """A run found it; the next run may find another."""
    CONFIRMED = "confirmed"
    """A person looked at it and it holds."""
    MENDED = "mended"
    """A person made it."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The last run that linked two texts; there is one for a pair."""

    id: str
    source_id: str
    target_id: str
    method: str
    """Name and version of what linked them."""
    segmenter: str
    """Name and version of the rules that cut both into units."""
    trust: int
    """Per mille: how far the run believes its links as a whole."""
    warnings: tuple[str, ...]
    coder: str
    at: str
    """When, UTC, ISO 8601."""

    @staticmethod
    def key(source_id: str, target_id: str) -> str:
        """Name the one alignment of two texts."""
        return f"{source_id}.{target_id}"


@dataclass(frozen=True, slots=True)
class Link:
    """A stretch of a text and the stretch of its translation that renders it, in code points of each.

    Where one of them is empty, the other stands alone: a person said that nothing renders it.
    """

    id: str
    source_id: str
    target_id: str
    source_start: int
    source_end: int
    target_start: int
    target_end: int
    method: str
    confidence: int
    """Per mille; 1000 for what a person said."""
    state: LinkState
    reasons: tuple[str, ...] = ()

    @property
    def source(self) -> Passage:
        """Give the stretch of the source."""
        return Passage(self.source_start, self.source_end)

    @property
    def target(self) -> Passage:
        """Give the stretch of the translation."""
        return Passage(self.target_start, self.target_end)

    @property
    def is_whole(self) -> bool:
        """Tell whether both sides have words."""
        return self.source_start < self.source_end and self.target_start < self.target_end

    @property
    def is_fixed(self) -> bool:
        """Tell whether a person vouches for it, so that a run keeps it."""
        return self.state is not LinkState.PROPOSED


class Side(StrEnum):
    """On which side of a translation the words of an excerpt stand."""

    ORIGINAL = "original"
    """In an original of which no translation is held."""
    BOTH = "both"
    """Linked to a stretch of the other side."""
    SOURCE_ONLY = "source only"
    """In an original whose translation has nothing linked to it."""
    TRANSLATION_ONLY = "translation only"
    """In a translation, and no passage of a source is linked to it."""


class Method(StrEnum):
    """How a segment of a translation was verified."""

    SECOND_READER = "second reader"
    BACK_TRANSLATION = "back-translation"
    PANEL = "panel"


class Verdict(StrEnum):
    """What a verification came to."""

    SOUND = "sound"
    DOUBTFUL = "doubtful"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Verification:
    """What someone beside the translator found on checking a stretch of a translation."""

    id: str
    text_id: str
    start: int
    end: int
    reader: str
    """Who checked it; the panel by its members."""
    method: Method
    verdict: Verdict
    coder: str
    """Who recorded it."""
    at: str
    note: str = ""
    """The back-translation, the doubt, what was changed."""

    @property
    def passage(self) -> Passage:
        """Give the stretch that was checked."""
        return Passage(self.start, self.end)


class LeftState(StrEnum):
    """Why an excerpt stayed on a version that has been replaced."""

    UNCERTAIN = "uncertain"
    """A place was found in the new version, and somebody has to look at it."""
    LOST = "lost"
    """Its words were not found in the new version."""
    KEPT = "kept"
    """Somebody decided that it stays where it is."""


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """An excerpt that stayed on an old version of a text when a new one came."""

    id: str
    excerpt_id: str
    text_id: str
    """The new version."""
    state: LeftState
    start: int
    end: int
    """The place in the new version that is proposed; empty where there is none."""
    confidence: int
    """Per mille."""
    why: str

    @classmethod
    def key(cls, excerpt_id: str, text_id: str) -> str:
        """Name the one entry of an excerpt and a new version."""
        return f"{excerpt_id}.{text_id}"

    @property
    def passage(self) -> Passage:
        """Give the proposed place."""
        return Passage(self.start, self.end)
