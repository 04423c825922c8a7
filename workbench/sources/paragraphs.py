"""Where paragraphs begin.

Formats with blocks of their own give one paragraph for each block; running text goes by lines
(`model.text.places_of_lines`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.model.text import PlaceMap

_FIRST_VISIBLE = re.compile(r"\S")


PAGE_SIGN = "\f"
"""Stands for a page end while the parts of a structured document are gathered."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a structured format; pages may begin in it."""

    text: str
    pages: tuple[tuple[int, str], ...] = ()
    """(offset in this block, printed label) of each page that begins here."""


def turn_pages(texts: Sequence[str], labels: Sequence[str] | None = None) -> list[Block]:
    """Take the page signs out of the paragraphs of a structured document and name the pages.

    With `labels` the n-th sign begins the page so labelled; without, pages are numbered and the first
    page is that before the first sign.
    """
    blocks: list[Block] = []
    turned = 0
    if labels is None and any(PAGE_SIGN in text for text in texts):
        blocks.append(Block("", ((0, "1"),)))
    for text in texts:
        first, *rest = text.split(PAGE_SIGN)
        pages: list[tuple[int, str]] = []
        offset = len(first)
        for piece in rest:
            pages.append((offset, str(turned + 2) if labels is None else labels[turned]))
            offset += len(piece)
            turned += 1
        blocks.append(Block("".join((first, *rest)), tuple(pages)))
    return blocks


def join_blocks(blocks: Iterable[Block]) -> tuple[str, PlaceMap]:
    """Join blocks with `\\n` and map them; blank blocks give no paragraph but still turn the page."""
    pieces: list[str] = []
    paragraphs: list[int] = []
    pages: dict[int, str] = {}
    offset = 0
    for block in blocks:
        visible = _FIRST_VISIBLE.search(block.text)
        for within, label in block.pages:
            pages[offset + (within if visible else 0)] = label
        if visible is None:
            continue
        paragraphs.append(offset + visible.start())
        pieces.append(block.text)
        offset += len(block.text) + 1
    content = "\n".join(pieces)
    return content, PlaceMap(
        tuple(paragraphs), tuple(page for page in pages.items() if page[0] < len(content))
    )
