"""Sets of passages of one text: what several passages cover together, and what they leave."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.model.text import Passage


def union(passages: Iterable[Passage]) -> list[Passage]:
    """Join passages that overlap or touch: in order, apart, covering the same code points."""
    joined: list[Passage] = []
    for passage in sorted(passages):
        if not len(passage):
            continue
        if joined and passage.start <= joined[-1].end:
            joined[-1] = Passage(joined[-1].start, max(joined[-1].end, passage.end))
        else:
            joined.append(passage)
    return joined


def difference(passages: Iterable[Passage], taken: Iterable[Passage]) -> list[Passage]:
    """Give what is left of passages where others are taken away: in order and apart."""
    left: list[Passage] = []
    away = union(taken)
    first = 0
    for passage in union(passages):
        start = passage.start
        while first < len(away) and away[first].end <= start:
            first += 1
        for taken_here in away[first:]:
            if taken_here.start >= passage.end:
                break
            if taken_here.start > start:
                left.append(Passage(start, taken_here.start))
            start = max(start, taken_here.end)
        if start < passage.end:
            left.append(Passage(start, passage.end))
    return left
