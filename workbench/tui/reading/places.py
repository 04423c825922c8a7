"""Where a place lies that somebody typed: a page, a paragraph, an offset, or a citation of the program."""

from __future__ import annotations

import re
import unicodedata

from workbench.errors import WrongUsage
from workbench.language.numerals import japanese_number
from workbench.model.text import PlaceMap

_OFFSET = re.compile(r"@\s*(\d{1,18})$")
_SHARE = re.compile(r"(\d{1,3})\s*%$")
_PARAGRAPH = re.compile(
    r"(?:\b(?:paragraph|para|par)s?\.?|¶|段落)\s*(?P<counted>\d{1,18})|第\s*(?P<th>\d{1,18})(?:段落)?$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s.]")
_KANJI = re.compile(r"(?<=第)([〇一二三四五六七八九十百千]+)")
_PAGE = re.compile(
    r"(?:\b(?:pages?|pp|p)\b\.?|頁|ページ)\s*([^\s,].*)$|^([^\s,]+)\s*(?:頁|ページ)$", re.IGNORECASE
)


def place_offset(typed: str, places: PlaceMap, length: int) -> int:
    """Find `p. 3`, `par. 12`, `Art. 5(2)`, `@1234`, `50 %`, a bare number, or what `PlaceMap.cite` wrote.

    A bare number is a page where there is one of that name, a paragraph otherwise; where both page and
    paragraph are named, the paragraph decides. Raises `WrongUsage` where the text has no such place.
    """
    asked = unicodedata.normalize("NFKC", typed).strip()
    if match := _OFFSET.match(asked):
        return _within(int(match[1]), length)
    if (match := _SHARE.match(asked)) and int(match[1]) <= 100:
        return length * int(match[1]) // 100
    if match := _PARAGRAPH.search(asked):
        return _paragraph(int(match["counted"] or match["th"]), places)
    if (numbered := _numbered(asked, places)) is not None:
        return numbered
    if match := _PAGE.search(asked):
        return _page((match[1] or match[2]).partition(",")[0].strip(), places)
    if asked.isdecimal() and len(asked) <= 18:
        page = _page_named(asked, places)
        return _paragraph(int(asked), places) if page is None else page
    raise WrongUsage(
        f"“{typed}” names no place.", do="Type a page (p. 3), a paragraph (par. 12) or @ and an offset."
    )


def _numbered(asked: str, places: PlaceMap) -> int | None:
    """Find where a number of the text begins, or the first below it."""
    wanted = _plain(asked.partition("–")[0].partition(",")[0])
    labels = [(offset, _plain(label)) for offset, label in places.numbers]
    same = next((offset for offset, label in labels if label == wanted), None)
    below = (offset for offset, label in labels if re.match(re.escape(wanted) + r"[(第]", label))
    return same if same is not None or not wanted else next(below, None)


def _plain(label: str) -> str:
    """Write a number of a text without what makes no difference; 第三十七条 is 第37条."""
    digits = _KANJI.sub(lambda match: str(japanese_number(match[1]) or match[1]), label)
    return _BETWEEN.sub("", re.sub(r"(?i)article", "art", digits)).casefold()


def _within(offset: int, length: int) -> int:
    if offset > length:
        raise WrongUsage(f"The text has no offset {offset}.", do=f"It ends at @{length}.")
    return offset


def _paragraph(number: int, places: PlaceMap) -> int:
    count = len(places.paragraphs)
    if not 1 <= number <= count:
        has = f"It has paragraphs 1 to {count}." if count else "It has no paragraphs."
        raise WrongUsage(f"The text has no paragraph {number}.", do=has)
    return places.paragraphs[number - 1]


def _page(label: str, places: PlaceMap) -> int:
    page = _page_named(label, places)
    if page is None:
        page = _page_named(label.partition("-")[0].strip(), places)
    if page is not None:
        return page
    if not places.pages:
        raise WrongUsage("The text has no pages.", do="Type a paragraph (par. 12) or @ and an offset.")
    first, last = places.pages[0][1], places.pages[-1][1]
    raise WrongUsage(f"The text has no page {label}.", do=f"It has pages {first} to {last}.")


def _page_named(label: str, places: PlaceMap) -> int | None:
    """Find the first page of a label, however it is written."""
    wanted = label.casefold()
    names = ((start, unicodedata.normalize("NFKC", name).strip().casefold()) for start, name in places.pages)
    return next((start for start, name in names if name == wanted), None)
