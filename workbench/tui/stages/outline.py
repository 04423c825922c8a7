"""The headings of a text for going there and for growing a selection over whole sections."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from workbench.model.text import Passage, trimmed

if TYPE_CHECKING:
    from workbench.language.headings import Heading


@lru_cache(maxsize=4)
def headings_of(content: str, language: str) -> tuple[Heading, ...]:
    """Give the headings of a text; the last few texts are kept."""
    from workbench.language.headings import headings

    return tuple(headings(content, language))


def section_finder(content: str, language: str) -> Callable[[int], Sequence[Passage]]:
    """Give what finds the sections around an offset, the innermost first."""

    def find(offset: int) -> list[Passage]:
        found = headings_of(content, language)
        sections: list[Passage] = []
        level: int | None = None
        for place in range(bisect_right(found, offset, key=lambda each: each.offset) - 1, -1, -1):
            heading = found[place]
            if level is not None and heading.level >= level:
                continue
            level = heading.level
            end = next((h.offset for h in found[place + 1 :] if h.level <= heading.level), len(content))
            sections.append(trimmed(content, heading.offset, end))
        return sections

    return find
