"""Bounds of a passage moved by sentences."""

from __future__ import annotations

from workbench.language.units import sentence_at
from workbench.model.text import Passage


def moved(content: str, language: str, passage: Passage, edge: str, earlier: bool) -> Passage | None:
    """Move an edge (`begin`, `end`) of a passage by a sentence; None where there is no further one."""
    start, end = passage.start, passage.end
    if edge == "begin" and earlier:
        new = sentence_at(content, max(0, len(content[:start].rstrip()) - 1), language).start
        return Passage(new, end) if new < start else None
    if edge == "begin":
        new = _after(content, sentence_at(content, start, language).end)
        return Passage(new, end) if start < new < end else None
    if earlier:
        new = len(content[: sentence_at(content, end - 1, language).start].rstrip())
        return Passage(start, new) if start < new < end else None
    new = sentence_at(content, _after(content, end), language).end
    return Passage(start, new) if new > end else None


def _after(content: str, offset: int) -> int:
    """Give the place of the next character that is not white space."""
    rest = content[offset:]
    return offset + len(rest) - len(rest.lstrip())
