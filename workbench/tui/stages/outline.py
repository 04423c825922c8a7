"""The headings of a text for going there and for growing a selection over whole sections."""

from __future__ import annotations

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
        from workbench.language.headings import sections_at

        found = sections_at(headings_of(content, language), offset, len(content))
        return [trimmed(content, section.start, section.end) for section in found]

    return find
