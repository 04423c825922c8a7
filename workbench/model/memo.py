"""Dated notes that can be anchored to anything."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MemoKind(StrEnum):
    """What a memo is for."""

    NOTE = "note"
    IDEA = "idea"
    QUESTION = "question"
    METHOD = "method"
    TRANSLATION = "translation"
    REFLECTION = "reflection"


@dataclass(frozen=True, slots=True)
class Memo:
    """A note on a record, named by its key (`excerpt:e7k2...`, `cell:...`, `study:study`)."""

    id: str
    anchor: str
    kind: MemoKind
    content: str
    coder: str
    at: str
    """When it was written, UTC, ISO 8601."""
    became: str = ""
    """Id of the code that an idea was turned into."""
    options: tuple[str, ...] = ()
    """On a translation: the renderings that were considered."""
    choice: str = ""
    """On a translation: the rendering that was chosen, and why."""
    loss: str = ""
    """On a translation: what the chosen rendering loses."""
    effect: str = ""
    """On a translation: what that means for coding."""
