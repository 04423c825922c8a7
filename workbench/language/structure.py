"""The numbered parts of a law or a plan: articles, paragraphs, items, with the same names in both languages.

第5条第2項第1号 and Article 5(2)(i) have one path, so that source and translation meet by their numbers and a
passage can cite itself.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.language.numerals import japanese_number
from workbench.language.quantities_en import label_number

STRUCTURE = "structure-2"
"""Name and version of these rules."""

LEVELS = ("supplement", "part", "chapter", "section", "subsection", "article", "paragraph", "item", "point")
"""Every level of a path, from the outside in."""

Path = tuple[tuple[str, str], ...]
"""Where something stands: (level, number) from the outside in; numbers are decimal, branches as in `22-4`."""

_SMALL = r"[0-9〇一二三四五六七八九十百千]{1,7}"
_LEAD = re.compile(r"[\s#>*・\u3000-]*")
_JAPANESE = (
    ("whole", rf"第({_SMALL})([編章節款条])((?:の{_SMALL})*)"),
    ("supplement", r"附\s{0,4}則()()()"),
    ("paragraph", r"([0-9]{1,2})()()(?=\*{0,2}[\s.．、](?![0-9]))"),
    ("item", rf"([〇一二三四五六七八九十]{{1,4}})()((?:の{_SMALL})*)(?=\*{{0,2}}[\s、．.])"),
    ("point", r"([ア-ン])()()(?=\*{0,2}[\s、．.])"),
    ("entry", r"\(([0-9]{1,2})\)()()"),
)
_ENGLISH = (
    (
        "whole",
        r"(?i:(part|chapter|section|subsection|article|art\.?))\s([0-9]{1,4}(?:-[0-9]{1,3})*|[IVXLC]{1,7})(?=[\s.:,(*–—-]|$)",
    ),
    ("supplement", r"(?i:supplementary\sprovisions?)()()"),
    ("label", r"\(([0-9]{1,2}|[ivxlc]{1,5}|[a-z])\)()"),
    ("paragraph", r"([0-9]{1,2})()[.)]?\s(?=[A-Z\"“(])"),
)
_WORDS = {
    "編": "part",
    "章": "chapter",
    "節": "section",
    "款": "subsection",
    "条": "article",
    "art": "article",
    "art.": "article",
}
_FIRST_PARAGRAPH = re.compile(
    r"\s*\*{0,2}[.:]?\s*(?:\([^)\n]{2,80}\)\s*)?\*{0,2}\s*(\([0-9]{1,2}\)|[0-9]{1,2}\s(?=\S))"
)
_SAYS = re.compile(r"\w.{20,}[.:;,—-]\s*$", re.DOTALL)
"""Words that say something, and are no heading."""
POINTS = "イロハニホヘトチリヌルヲワカヨタレソツネナラム"
_SYLLABLES = "アイウエオカキクケコサシスセソタチツテトナニヌネノ"
_CIRCLED = re.compile(r"[\s\u3000*-]*([①-⑳])")
_KANA_OR_KANJI = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a numbered part begins."""

    offset: int
    path: Path

    @property
    def level(self) -> str:
        """Give the level of the part itself."""
        return self.path[-1][0]


class Outline:
    """Reads marks one after another and remembers what they stand inside of."""

    def __init__(self) -> None:
        self._now: dict[str, str] = {}
        self._supplements = 0
        self._bare = False
        """Whether the line before was the number of a chapter alone, so that this one is its title."""
        self._by_syllables = False
        """Whether the points of the list that is open are ア, イ, ウ and not イ, ロ, ハ."""
        self._runs_on = False
        """Whether the article began with words and no number, so that `(1)` is an item and no paragraph."""

    def read(self, line: str) -> Path | None:
        """Give the path that a line begins; None where it begins with no mark."""
        circled = _CIRCLED.match(line)
        folded = unicodedata.normalize("NFKC", line[:200])
        lead = _LEAD.match(folded)
        words = folded[lead.end() if lead else 0 :]
        if circled:
            found: tuple[str, str, int] | None = ("paragraph", str(ord(circled[1]) - ord("①") + 1), 0)
        else:
            found = _japanese(words) if _KANA_OR_KANJI.search(words[:40]) else _english(words)
        level, number, end = found or ("", "", 0)
        is_title = level == "supplement" and self._bare
        self._bare = level in ("part", "chapter", "section") and not words[end:].strip(" .:*")
        if is_title:
            return None
        plain = level == "paragraph"
        level, number = self._settled(level, number)
        if not level:
            self._runs_on |= "article" in self._now and bool(_SAYS.search(words))
            return None
        self._enter(level, number)
        if level == "article":
            self._begin_article(words, end)
        elif level not in ("item", "point"):
            self._runs_on = plain
        return tuple((each, self._now[each]) for each in LEVELS if each in self._now)

    def _begin_article(self, words: str, end: int) -> None:
        first = _FIRST_PARAGRAPH.match(words, end)
        if first is not None:
            self._now["paragraph"] = first[1].strip("() ")
            self._runs_on = "(" not in first[1]
        else:
            self._runs_on = bool(_SAYS.search(words, end))

    def _settled(self, level: str, number: str) -> tuple[str, str]:
        """Name the level of a mark that can be several, by what is open."""
        inside = "article" in self._now or "supplement" in self._now
        if level == "supplement":
            self._supplements += 1
            return level, str(self._supplements)
        if level == "entry":
            level = "item"
        elif level == "point" and not number.isdigit():
            self._by_syllables = number == "ア" or (self._by_syllables and "point" in self._now)
            row = _SYLLABLES if self._by_syllables else POINTS
            number = str(row.index(number) + 1) if number in row else ""
        elif level == "label":
            bare = number.strip("()")
            if bare.isdigit():
                level = "" if not inside else "item" if self._is_item(bare) else "paragraph"
            elif self._is_roman(bare):
                level = "item" if inside else ""
            else:
                return ("point", str(ord(bare) - 96)) if inside and len(bare) == 1 else ("", "")
            number = label_number(number) or ""
        if level in ("paragraph", "item", "point") and not inside:
            return "", ""
        return (level, number) if number else ("", "")

    def _is_item(self, digits: str) -> bool:
        """Tell whether `(n)` begins or continues a list; `(2)` after an unnumbered first is a paragraph."""
        return self._runs_on and (digits == "1" or self._now.get("item") == str(int(digits) - 1))

    def _is_roman(self, label: str) -> bool:
        """Tell whether `(i)` goes on from Roman numbers and not from `(h)`."""
        if len(label) == 1 and self._now.get("point") == str(ord(label) - 97):
            return False
        return set(label) <= set("ivxlc") and label not in ("c", "l")

    def _enter(self, level: str, number: str) -> None:
        at = LEVELS.index(level)
        for deeper in LEVELS[at:]:
            self._now.pop(deeper, None)
        if level in ("part", "chapter") and "supplement" in self._now:
            self._now.pop("supplement")
        self._now[level] = number


def outline(content: str) -> list[Place]:
    """List the numbered parts of a text in order, one a line at most."""
    reader = Outline()
    found: list[Place] = []
    for match in re.finditer(r"[^\n]+", content):
        if (path := reader.read(match.group())) is not None:
            lead = len(match.group()) - len(match.group().lstrip())
            found.append(Place(match.start() + lead, path))
    return found


def paths(units: Sequence[str]) -> list[Path | None]:
    """Give the path that each unit begins; None where it begins with no mark."""
    reader = Outline()
    return [reader.read(unit) for unit in units]


def without_number(unit: str) -> str:
    """Give the words of a unit without the mark it begins with, and as they are where it is nothing else."""
    circled = _CIRCLED.match(unit)
    if circled:
        return unit[circled.end() :].strip() or unit
    folded = unicodedata.normalize("NFKC", unit)
    lead = _LEAD.match(folded)
    words = folded[lead.end() if lead else 0 :]
    found = _japanese(words) if _KANA_OR_KANJI.search(words[:40]) else _english(words)
    return words[found[2] :].strip(" .:*\u3000、．") or unit if found else unit


def _japanese(words: str) -> tuple[str, str, int] | None:
    for level, pattern in _JAPANESE:
        match = re.match(pattern, words)
        if match is None:
            continue
        if level == "supplement":
            return level, "1", match.end()
        if level == "point":
            return level, match[1], match.end()
        numbers = [japanese_number(part) for part in (match[1], *match[3].split("の")[1:])]
        if any(number is None or number.denominator != 1 for number in numbers):
            return None
        number = "-".join(str(number) for number in numbers)
        return (_WORDS[match[2]] if level == "whole" else level), number, match.end()
    return None


def _english(words: str) -> tuple[str, str, int] | None:
    for level, pattern in _ENGLISH:
        match = re.match(pattern, words)
        if match is None:
            continue
        if level == "supplement":
            return level, "1", match.end()
        if level == "label":
            return level, f"({match[1]})", match.end()
        if level == "paragraph":
            return level, match[1], match.end()
        number = label_number(match[2])
        name = match[1].casefold()
        return (_WORDS.get(name, name), number, match.end()) if number else None
    return None


def in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give the longest run of pairs that goes forwards on both sides; `pairs` ascend on the first."""
    best: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, (_, second) in enumerate(pairs):
        at = bisect_right(ends, second - 1)
        before.append(best[at - 1] if at else -1)
        best[at:] = [*best[at:]] or [place]
        best[at], ends[at : at + 1] = place, [second]
    chain: list[tuple[int, int]] = []
    at = best[-1] if best else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    chain.reverse()
    return chain
