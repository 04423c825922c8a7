"""Passages cited by the numbers of their text: Art. 5(2)(i), 第5条第2項第1号."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from workbench.language.structure import LEVELS, POINTS, Path, Place, outline
from workbench.model.text import Passage

_KANA = re.compile("[ア-ン]")
_CAPTION = re.compile(r"(?:^|\n)[^\S\n]*(?P<caption>[(（][^()（）\n]+[)）])[^\S\n]*\n+[^\S\n]*$")
_LONGEST_CAPTION = 200


def citation(content: str, passage: Passage, language: str) -> str:
    """Cite a passage by the numbers of the text: `Art. 5(2)(i)`, `第5条第2項第1号`; empty where it has none.

    `language` is that of the citation. A first paragraph is named only where its article has a second one.
    """
    places = _outlined(content)
    last = max(passage.start, passage.end - 1)
    first = _cited(content, places, passage.start, language)
    until = _cited(content, places, last, language)
    return first if first == until or not until else f"{first or '…'}–{until}"


def numbers_of(content: str, language: str) -> tuple[tuple[int, str], ...]:
    """List where another number of the text begins, as (offset, `Art. 5(2)(i)`), for texts that have such.

    A caption in brackets on the line before belongs to what it names. `language` is that of the text.
    """
    found: list[tuple[int, str]] = []
    for place in _outlined(content):
        label = _cited(content, _outlined(content), place.offset, language)
        start = place.offset
        if caption := _CAPTION.search(content, max(0, start - _LONGEST_CAPTION), start):
            start = caption.start("caption")
        if not found or found[-1][1] != label:
            found.append((start, label))
    return tuple(found)


def _cited(content: str, places: Sequence[Place], offset: int, language: str) -> str:
    at = bisect_right(places, offset, key=lambda place: place.offset) - 1
    if at < 0:
        return ""
    path = dict(places[at].path)
    if "article" in path:
        if "paragraph" not in path and _article(places[at].path) in _with_second(content):
            path["paragraph"] = "1"
        for outer in ("part", "chapter", "section", "subsection"):
            path.pop(outer, None)
    if "supplement" in path and not any(place.path[0] == ("supplement", "2") for place in places):
        path["supplement"] = ""
    if not language.startswith("ja"):
        return _in_english(path)
    point = _KANA.search(content, places[at].offset, places[at].offset + 10)
    return _in_japanese(path, point.group() if point else "")


def named(path: Path) -> str:
    """Name a part in English: `Art. 5(2)(i)`."""
    inner = dict(path)
    if "article" in inner:
        for outer in ("part", "chapter", "section", "subsection"):
            inner.pop(outer, None)
    return _in_english(inner)


def _article(path: Path) -> Path:
    """Give the path of the article that a path leads into."""
    return path[: [level for level, _ in path].index("article") + 1]


def _in_japanese(path: dict[str, str], written: str) -> str:
    signs = {
        "part": "編",
        "chapter": "章",
        "section": "節",
        "subsection": "款",
        "article": "条",
        "paragraph": "項",
        "item": "号",
    }
    parts = []
    for level, number in sorted(path.items(), key=lambda each: LEVELS.index(each[0])):
        head, *branches = number.split("-")
        if level == "supplement":
            parts.append(f"附則[{number}]" if number else "附則")
        elif level == "point":
            parts.append(written or (POINTS[int(head) - 1] if 0 < int(head) <= len(POINTS) else f"({head})"))
        else:
            parts.append(f"第{head}{signs[level]}" + "".join(f"の{branch}" for branch in branches))
    return "".join(parts)


def _in_english(path: dict[str, str]) -> str:
    words = {
        "supplement": "Suppl.",
        "part": "Part",
        "chapter": "Ch.",
        "section": "Sec.",
        "subsection": "Subsec.",
        "article": "Art.",
    }
    outer = [f"{words[level]} {path[level]}".rstrip() for level in words if level in path]
    inner = f"({path['paragraph']})" if "paragraph" in path else ""
    if "item" in path:
        inner += f"({_roman(path['item'])})"
    if "point" in path:
        number = int(path["point"])
        inner += f"({chr(96 + number)})" if number <= 26 else f"({number})"
    if not inner:
        return ", ".join(outer)
    if "article" not in path:
        return ", ".join([*outer, f"para. {inner}"])
    return ", ".join(outer) + inner


def _roman(number: str) -> str:
    head, *branches = number.split("-")
    left, written = int(head), ""
    for value, sign in (
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ):
        count, left = divmod(left, value)
        written += sign * count
    return "-".join([written, *branches])


@lru_cache(maxsize=8)
def _outlined(content: str) -> tuple[Place, ...]:
    """Keep the outlines of the last texts: many passages of one text are cited together."""
    return tuple(outline(content))


@lru_cache(maxsize=8)
def _with_second(content: str) -> frozenset[Path]:
    """Keep which articles have a second paragraph."""
    return frozenset(place.path[:-1] for place in _outlined(content) if place.path[-1] == ("paragraph", "2"))
