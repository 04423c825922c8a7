"""The headings of a text by rules alone: articles, chapters, numbered titles, Markdown, lines of capitals.

A line that only looks like a heading is told from one by its neighbours: items of a list stand one after
another, numbers go on from numbers, tables of contents say everything twice. Where it stays doubtful, the
line is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.language.heading_lines import Line, heading_lines
from workbench.model.text import Passage

HEADINGS = "headings-1"
"""Name and version of these rules."""

_PROSE = 60
"""Characters from which a line is taken for running text."""

_WRAPPED = 45
"""Characters from which a line that does not end a sentence goes on with the next one."""

_LONGEST_ENTRY = 300
_LONGEST_TITLE = 80
_LONGEST_LABEL = 100
_CLOSED = re.compile(r"[.!?:;。！？：；”’\"'）)\]】*]$")
_CAPTION_LINE = re.compile(r"[（(][^（()）\n]{1,60}[)）]")
_BLANK = re.compile(r"\s*+")
_FENCE = re.compile(r"\n[ ]{0,3}(?:```|~~~)")
_REPEATED = 3
"""Times that a line of capitals must stand in a text to be the head of its pages."""

_PAGE_LABEL = re.compile(r"[A-Z]-\d+$")
_LISTED = frozenset({"digits", "inner", "roman", "kanji"})


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a text; its section runs to the next heading of its level or a higher one."""

    offset: int
    """Where the heading begins, the caption on the line before it included."""
    end: int
    """After its last character; text that begins on the same line is left out."""
    level: int
    """1 for the highest kind of heading that the text has."""
    label: str
    """Number and title on one line, at most 100 characters, as foreign as the text."""


def headings(content: str, language: str = "") -> list[Heading]:
    """List the headings of a text in order.

    Lines of capitals are no headings in Japanese, numbers in kanji none outside Japanese and Chinese; in a
    Markdown text numbered lines are lists.
    """
    lines = list(heading_lines(content))
    fenced = _fenced(content, lines)
    lines = [line for line in lines if line.start not in fenced]
    found = _without_contents(_real(content, lines, language))
    return _with_levels([_heading(content, line) for line in found])


def sections_at(found: Sequence[Heading], offset: int, length: int) -> list[Passage]:
    """List the sections that hold an offset, the innermost first; `length` is that of the text."""
    place = bisect_right(found, offset, key=lambda heading: heading.offset) - 1
    sections: list[Passage] = []
    level: int | None = None
    for number in range(place, -1, -1):
        heading = found[number]
        if level is not None and heading.level >= level:
            continue
        level = heading.level
        after = (each.offset for each in found[number + 1 :] if each.level <= heading.level)
        sections.append(Passage(heading.offset, next(after, length)))
        if level == 1:
            break
    return sections


def _fenced(content: str, lines: Sequence[Line]) -> set[int]:
    """Find the lines inside Markdown code fences."""
    if not any(line.kind == "#" for line in lines):
        return set()
    fences = [match.start() for match in _FENCE.finditer("\n" + content)]
    return {line.start for line in lines if bisect_right(fences, line.start) % 2}


def _real(content: str, lines: Sequence[Line], language: str) -> list[Line]:
    """Keep the lines that are headings among their neighbours."""
    markdown = any(line.kind == "#" for line in lines)
    capitals = Counter(line.mark for line in lines if line.kind == "capitals")
    seen: set[tuple[str, str]] = set()
    kept: list[Line] = []
    for place, line in enumerate(lines):
        before = lines[place - 1] if place else None
        after = lines[place + 1] if place + 1 < len(lines) else None
        goes_on = _goes_on(line, seen)
        seen.add((line.kind, line.number))
        if line.title is None or _is_foreign(line.kind, language):
            continue
        if line.kind in _LISTED:
            real = not markdown and goes_on and not _is_item(content, line, before, after)
        elif line.kind == "capitals":
            alone = not markdown and capitals[line.mark] < _REPEATED
            real = alone and _heads_prose(content, line, after) and not _entitles(content, line, kept)
        else:
            real = line.kind in ("#", "contents") or not _is_wrapped(content, line)
        if real:
            kept.append(line)
    return kept


def _is_foreign(kind: str, language: str) -> bool:
    """Tell whether a kind of heading does not occur in a language."""
    if kind == "capitals":
        return language.startswith(("ja", "zh"))
    return kind == "kanji" and bool(language) and not language.startswith(("ja", "zh"))


def _goes_on(line: Line, seen: set[tuple[str, str]]) -> bool:
    """Tell whether a number is the first of its kind or comes after one that was seen."""
    if line.kind not in ("digits", "inner"):
        return True
    head, _, last = line.number.rpartition(".")
    value = int(last)
    before = f"{head}.{value - 1}" if head else str(value - 1)
    return value <= 1 or (line.kind, before) in seen


def _is_item(content: str, line: Line, before: Line | None, after: Line | None) -> bool:
    """Tell whether a numbered line is an item of a list: others of its kind stand right beside it."""
    if line.runs_in:
        return False
    follows = before is not None and _alike(before, line) and not before.runs_in
    if follows and before is not None and _is_blank(content, before.end, line.start):
        return True
    return after is not None and _alike(line, after) and _is_blank(content, line.end, after.start)


def _alike(one: Line, other: Line) -> bool:
    return one.kind == other.kind and one.rank == other.rank


def _is_blank(content: str, start: int, end: int) -> bool:
    return end <= start or content[start:end].isspace()


def _heads_prose(content: str, line: Line, after: Line | None) -> bool:
    """Tell whether a line of capitals is followed by running text or by a numbered heading."""
    start, end = _next_line(content, line.end)
    if after is not None and after.start == start and after.kind in ("article", "section", "digits", "roman"):
        return after.title is not None
    return end - start >= _PROSE and not content[start:end].isupper()


def _entitles(content: str, line: Line, kept: Sequence[Line]) -> bool:
    """Tell whether a line of capitals is the title of the bare mark on the line before it."""
    return bool(kept) and _next_line(content, kept[-1].end)[0] == line.start and kept[-1].is_bare


def _is_wrapped(content: str, line: Line) -> bool:
    """Tell whether a line goes on with the sentence of the long line right before it; page marks count."""
    if line.kind == "exhibit" and _PAGE_LABEL.search(content[line.start : line.end]):
        return True
    newline = content.rfind("\n", 0, line.start)
    if newline < 1:
        return False
    start = content.rfind("\n", 0, newline) + 1
    before = content[max(start, newline - 200) : newline].rstrip()
    return len(before) >= _WRAPPED and not _CLOSED.search(before)


def _next_line(content: str, offset: int) -> tuple[int, int]:
    """Find the next line that is not blank, trimmed; the end of the text where there is none."""
    newline = content.find("\n", offset)
    blank = _BLANK.match(content, len(content) if newline < 0 else newline)
    start = blank.end() if blank else len(content)
    newline = content.find("\n", start)
    return start, len(content) if newline < 0 else newline


def _without_contents(found: list[Line]) -> list[Line]:
    """Leave out a table of contents: all from its title to where its first entry stands again."""
    keys = [(line.kind, line.number, line.title if line.kind == "#" else None) for line in found]
    places: dict[object, list[int]] = {}
    for place, key in enumerate(keys):
        places.setdefault(key, []).append(place)
    kept: list[Line] = []
    place = 0
    while place < len(found):
        if found[place].kind != "contents":
            kept.append(found[place])
        elif place + 1 < len(found):
            same = places[keys[place + 1]]
            again = bisect_right(same, place + 1)
            if again < len(same) and _is_dense(found[place : same[again] + 1]):
                place = same[again] - 1
        place += 1
    return kept


def _is_dense(found: Sequence[Line]) -> bool:
    """Tell whether headings follow one another as closely as the entries of a table of contents."""
    return found[-1].start - found[0].start <= _LONGEST_ENTRY * len(found)


def _heading(content: str, line: Line) -> tuple[int, int, int, str]:
    """Give (rank, offset, end, label) of a heading."""
    offset, end = line.start, line.title_end
    label = content[offset:end].lstrip("#")
    if line.is_bare:
        start, stop = _next_line(content, line.end)
        title = content[start:stop].strip() if stop - start <= _LONGEST_TITLE else ""
        if title.isupper() or title.istitle():
            end, label = start + len(title), f"{label} {title}"
    if line.kind in ("条", "article", "section"):
        offset, label = _with_caption(content, line, label)
    label = " ".join(label.replace("**", "").split())
    return line.rank, offset, end, label[:_LONGEST_LABEL]


def _with_caption(content: str, line: Line, label: str) -> tuple[int, str]:
    """Take in the caption that stands in brackets on the line before an article."""
    newline = content.rfind("\n", 0, line.start)
    if newline < 1:
        return line.start, label
    start = content.rfind("\n", 0, newline) + 1
    if newline - start > _LONGEST_LABEL:
        return line.start, label
    caption = content[start:newline].strip()
    if not _CAPTION_LINE.fullmatch(caption):
        return line.start, label
    return content.index(caption, start), label + (caption if "（" in caption else f" {caption}")


def _with_levels(found: list[tuple[int, int, int, str]]) -> list[Heading]:
    """Number the ranks that occur from 1."""
    levels = {rank: level for level, rank in enumerate(sorted({rank for rank, *_ in found}), 1)}
    return [Heading(offset, end, levels[rank], label) for rank, offset, end, label in found]
