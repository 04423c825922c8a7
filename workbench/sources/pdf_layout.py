"""Lines of a PDF page into paragraphs.

A PDF knows glyphs at places and no paragraphs. A line is taken to run on into the next one when the first
word of the next would not have fitted behind it; the method is that of reading a printed page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

Box = tuple[float, float, float, float]
"""Left, bottom, right and top of a character, in points from the lower left corner of the page."""

_HYPHEN = "\x02"
_WIDE = r"[\u2e80-\u303f\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60\uffe0-\uffe6]"
_FIRST_WORD = re.compile(
    rf"\s*({_WIDE}[、。，．）」』】〕〉》］｝・：；？！ーぁぃぅぇぉっゃゅょァィゥェォッャュョ]*|[^\s]+?(?=\s|{_WIDE}|$))"
)
_ENDS_WIDE = re.compile(rf"{_WIDE}\s*$")
_STARTS_WIDE = re.compile(rf"\s*{_WIDE}")
_ITEM = re.compile(r"\s*(?:[・●○◯◎•‣⁃◦▪■□◆◇▶➢✓※*–—-]\s|[・●○◎•■□◆◇※]|[①-⑳]|[(（]?[0-9０-９]{1,2}[.)）．]\s)")
_NUMBERED = re.compile(r"\s*[0-9０-９]{1,3}(?:[.．-][0-9０-９]{1,3})*[.．]?\s")
_INDENTED = re.compile(r"\u3000")
_SENTENCE_END = re.compile(r"[。．.!?！？:：」)）]\s*$")

EDGE_TOLERANCE = 1.5
"""In character sizes: lines ending this near to each other share an edge."""
SIZE_TOLERANCE = 0.15
GAP_FACTOR = 1.4
"""A line distance this many times the usual one separates paragraphs."""
FULL_SHARE = 0.2
"""Below this share of full lines a page is taken as verse, slides or a list: each line is a paragraph."""
MEASURE = 12
"""In character sizes: columns narrower than this are taken as lists too."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, with its measures turned so that it runs from `start` to `end` in any direction."""

    text: str
    start: float
    end: float
    """In points along the direction of reading."""
    place: float
    """In points across it, growing from line to line."""
    size: float
    """Height of its characters in points."""
    downwards: bool = False
    """Its characters stand below each other."""

    @classmethod
    def between(cls, text: str, first: Box, last: Box) -> Line:
        """Measure a line by its first and its last visible character."""
        across = (last[0] + last[2] - first[0] - first[2]) / 2
        down = (first[1] + first[3] - last[1] - last[3]) / 2
        size = max(1.0, first[3] - first[1], last[3] - last[1])
        if down > abs(across) and down > size / 2:
            width = max(1.0, first[2] - first[0], last[2] - last[0])
            return cls(text, -first[3], -last[1], -(first[0] + first[2]) / 2, width, downwards=True)
        start, end = min(first[0], last[0]), max(first[2], last[2])
        return cls(text, start, end, -min(first[1], last[1]), size)

    def room_for(self, following: Line, edge: float) -> bool:
        """Tell whether the first word of the following line would have fitted behind this one."""
        found = _FIRST_WORD.match(following.text)
        letters = max(1, len(following.text.strip()))
        word = found.group(1) if found else following.text
        width = (following.end - following.start) * len(word) / letters
        space = 0.0 if _ENDS_WIDE.search(self.text) else self.size / 5
        return edge - self.end > width + space + self.size / 5


def reads_downwards(lines: Sequence[Line]) -> bool:
    """Tell whether a page is set in vertical lines."""
    long = [line for line in lines if len(line.text.strip()) > 2]
    return bool(long) and sum(line.downwards for line in long) > len(long) / 2


def paragraphs_of_page(lines: Sequence[Line]) -> list[str]:
    """Put the lines of one page together into paragraphs."""
    if reads_downwards(lines):
        lines = _columns_from_the_right(lines)
    leading = _usual_leading(lines)
    edges = [_edge(line, lines) for line in lines]
    if not _is_running_text(lines, edges):
        return [_without_hyphens(line.text).strip(" ") for line in lines]
    paragraphs: list[str] = []
    for index, line in enumerate(lines):
        if index and _runs_on(lines[index - 1], line, edges[index - 1], leading):
            paragraphs[-1] = _join(paragraphs[-1], line.text)
        else:
            paragraphs.append(line.text)
    return [_without_hyphens(paragraph).strip(" ") for paragraph in paragraphs]


def _columns_from_the_right(lines: Sequence[Line]) -> list[Line]:
    """Turn runs of vertical lines around that pdfium lists from left to right."""
    ordered: list[Line] = []
    run: list[Line] = []
    for line in lines:
        if run and line.place >= run[-1].place:
            ordered.extend(reversed(run))
            run = []
        run.append(line)
    return [*ordered, *reversed(run)]


def _usual_leading(lines: Sequence[Line]) -> float:
    distances = [
        after.place - before.place
        for before, after in pairwise(lines)
        if 0.5 * before.size < after.place - before.place < 4 * before.size
    ]
    return median(distances) if distances else 0.0


def _edge(line: Line, lines: Sequence[Line]) -> float:
    """Find where the lines of this line's column end; an edge needs two lines that reach it."""
    ends = sorted((other.end for other in lines if _in_one_column(line, other)), reverse=True)
    tolerance = EDGE_TOLERANCE * line.size
    for longer, shorter in pairwise(ends):
        if longer - shorter < tolerance:
            return longer
    return ends[0]


def _in_one_column(line: Line, other: Line) -> bool:
    return line.downwards == other.downwards and abs(line.start - other.start) < 8 * line.size


def _is_running_text(lines: Sequence[Line], edges: Sequence[float]) -> bool:
    full = [
        line
        for edge, line in zip(edges, lines, strict=True)
        if edge - line.end < EDGE_TOLERANCE * line.size and line.end - line.start > MEASURE * line.size
    ]
    return len(full) >= FULL_SHARE * len(lines)


def _runs_on(before: Line, line: Line, edge: float, leading: float) -> bool:
    """Tell whether a line continues the paragraph of the line before it."""
    distance = line.place - before.place
    if before.downwards != line.downwards or abs(before.size - line.size) > SIZE_TOLERANCE * before.size:
        return False
    if not 0 < distance <= GAP_FACTOR * leading:
        return False
    if before.text.rstrip().endswith(_HYPHEN):
        return True
    if before.room_for(line, edge) or _ITEM.match(line.text) or _INDENTED.match(line.text):
        return False
    if _NUMBERED.match(before.text) and _NUMBERED.match(line.text):
        return False
    indented = line.start - before.start > 0.8 * line.size
    return not (indented and _SENTENCE_END.search(before.text))


def _join(before: str, after: str) -> str:
    before, after = before.rstrip(), after.lstrip(" ")
    if before.endswith(_HYPHEN):
        return before[:-1] + after
    if before.endswith("\u00ad"):
        return before + after
    together = _ENDS_WIDE.search(before) and _STARTS_WIDE.match(after)
    return before + after if together else f"{before} {after}"


def _without_hyphens(text: str) -> str:
    """Close words that pdfium put together itself; a word divided at the very end keeps its hyphen."""
    if text.rstrip().endswith(_HYPHEN):
        text = text.rstrip()[:-1] + "-"
    return text.replace(_HYPHEN, "")
