"""Find words quoted elsewhere in a text: exactly first, then across changed white space and omissions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workbench.model.text import Passage

_OMISSION = re.compile(r"\s*(?:<omitted>|\[(?:…|\.\.\.)\]|\((?:…|\.\.\.)\)|…)\s*")


@dataclass(frozen=True, slots=True)
class Placement:
    """Where quoted words stand: one passage, or one for each piece between omissions."""

    passages: tuple[Passage, ...]
    exact: bool
    """Whether the words stand there character by character."""
    occurrences: int
    """How often the first piece occurs; the first occurrence is taken."""


def place_quote(content: str, quote: str) -> Placement | None:
    """Find quoted words in a text; None where they are not there.

    Every run of white space matches any other. At an omission mark (`<omitted>`, `[...]`, `…`) the quote is
    taken apart, and the pieces must follow one another.
    """
    start = content.find(quote)
    if quote.strip() and start >= 0:
        return Placement((Passage(start, start + len(quote)),), exact=True, occurrences=content.count(quote))
    pieces = [piece for piece in _OMISSION.split(quote) if piece.strip()]
    passages: list[Passage] = []
    for piece in pieces:
        match = _loosely(piece).search(content, passages[-1].end if passages else 0)
        if match is None:
            return None
        passages.append(Passage(*match.span()))
    if not passages:
        return None
    occurrences = sum(1 for _ in _loosely(pieces[0]).finditer(content))
    return Placement(tuple(passages), exact=False, occurrences=occurrences)


def _loosely(piece: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(re.escape(word) for word in piece.split()))
