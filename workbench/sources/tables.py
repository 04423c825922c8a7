"""How tables stand in the text.

A row is one paragraph with its cells separated by tabs. Where a cell of the row holds several
paragraphs (a table used for layout), each of them stays a paragraph of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from workbench.sources.paragraphs import PAGE_SIGN

_EDGES = " \t\n"


def row_paragraphs(cells: Sequence[Sequence[str]]) -> list[str]:
    """Turn the cells of one row, each a list of paragraphs, into paragraphs."""
    full = [[text for text in cell if text.strip() or PAGE_SIGN in text] for cell in cells]
    if any(len(cell) > 1 for cell in full):
        return [text for cell in full for text in cell]
    texts = [cell[0].strip(_EDGES) if cell else "" for cell in full]
    return ["\t".join(texts).rstrip("\t")] if any(texts) else []
