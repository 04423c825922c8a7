"""English quantities: number words, month names, eras in Latin letters, Article 5(2)(i). Folded text only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from workbench.language.numerals import (
    ORDINAL_WORDS,
    SCALES,
    WORDS,
    english_number,
    ordinal_number,
    roman_number,
)
from workbench.language.quantities import ERAS, Found, Kind, Reference, real_date

_MONTH_NAMES = "january february march april may june july august september october november december"
_MONTHS = _MONTH_NAMES.split()
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_ERAS = {
    "Meiji": "明治",
    "Taisho": "大正",
    "Taishō": "大正",
    "Showa": "昭和",
    "Shōwa": "昭和",
    "Heisei": "平成",
    "Reiwa": "令和",
}
_ERA = "|".join(_ERAS)
_LEVELS = {
    "part": "part",
    "chapter": "chapter",
    "ch": "chapter",
    "section": "section",
    "sec": "section",
    "§": "section",
    "subsection": "subsection",
    "article": "article",
    "art": "article",
    "paragraph": "paragraph",
    "para": "paragraph",
    "item": "item",
    "point": "point",
}
_INNER = {
    "part": "chapter",
    "chapter": "section",
    "section": "subsection",
    "article": "paragraph",
    "paragraph": "item",
    "item": "point",
}
_ORDER = ("part", "chapter", "section", "subsection", "article", "paragraph", "item", "point")
_NAME = r"(?:Part|Chapter|Ch\.|Subsection|Section|Sec\.|Article|Art\.|Paragraph|Para\.|Item|Point)s?\.?"
_NUMBER = r"(?:[0-9]{1,4}(?:-[0-9]{1,3})*|[IVXLC]{1,7}\b|\((?:[0-9]{1,3}|[ivx]{1,5}|[a-z])\))"
_INSIDE = r"(?:\s?\((?:[0-9]{1,3}|[ivx]{1,5}|[a-z])\)){0,6}"
_STEP = rf"(?:(?i:{_NAME})\s?|§{{1,2}}\s?){_NUMBER}(?!\.[0-9]|%|,[0-9]{{3}}){_INSIDE}"
_DIGITS = r"[0-9]{1,3}(?:,[0-9]{3}){1,8}(?:\.[0-9]{1,20})?|[0-9]{1,25}(?:\.[0-9]{1,20})?"
_ENDLESS = r"[0-9,.]{30,}"
"""Rows of digits that no text means as a number."""
_SCALE = "|".join(SCALES)
_UNIT = "|".join(sorted((*WORDS, "hundred"), key=len, reverse=True))
_WORDED = rf"(?:(?:an?|{_UNIT})(?:[\s-]+(?:and\s+)?(?:{_UNIT}|{_SCALE})){{1,12}}|(?:{_UNIT}))"
_TENTHS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_NTH = "|".join(sorted(ORDINAL_WORDS, key=len, reverse=True))
_CURRENCIES = {
    "yen": "JPY", "¥": "JPY", "jpy": "JPY", "dollar": "USD", "$": "USD", "us$": "USD", "usd": "USD",
    "euro": "EUR", "€": "EUR", "eur": "EUR", "pound": "GBP", "£": "GBP", "gbp": "GBP",
}  # fmt: skip
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_PATTERNS = (
    rf"(?P<never>{_ENDLESS})",
    rf"(?P<reference>(?<![A-Za-z]){_STEP}(?:,?\s(?:of\s)?{_STEP}){{0,8}})",
    rf"(?P<era>\b(?P<name>{_ERA})\s(?P<of>[0-9]{{1,2}}|first|gannen)(?:\s?years?)?\b)",
    rf"(?P<era_of>\b(?P<nth>[0-9]{{1,2}}(?:st|nd|rd|th)|(?:{_NTH}))\syear\sof\s(?:the\s)?(?P<name_of>{_ERA})\b)",
    rf"(?P<day_first>\b(?P<d1>{_DAY})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m1>{_MONTH})(?:,?\s(?:(?P<y1>[12][0-9]{{3}})|(?P<e1>{_ERA})\s(?P<o1>[0-9]{{1,2}})))?(?![0-9]))",
    rf"(?P<month_first>\b(?P<m2>{_MONTH})\s(?:(?P<d2>{_DAY})(?:st|nd|rd|th)?(?:,?\s(?:(?P<y2>[12][0-9]{{3}})|(?P<e2>{_ERA})\s(?P<o2>[0-9]{{1,2}})))?|(?P<y3>[12][0-9]{{3}}))(?![0-9]))",
    rf"(?P<month_only>\b(?P<m4>{_MONTH}))",
    r"(?P<iso>\b(?P<iso_year>[12][0-9]{3})-(?P<iso_month>[0-9]{2})-(?P<iso_day>[0-9]{2})\b)",
    rf"(?P<share>(?P<rate>{_DIGITS}|\b{_WORDED})(?:\s?%|[\s-]per\s?cent\b))",
    rf"(?P<parts>\b(?:an?|{_UNIT})[\s-](?:half|halves|quarters?|(?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)s?)\b)",
    rf"(?P<money>(?P<before>US\$|[¥$€£]|(?:JPY|USD|EUR|GBP)\s)(?P<sum>(?:{_DIGITS})(?:\s?(?:{_SCALE})\b)?))",
    rf"(?P<ordinal>\b(?:[0-9]+(?:st|nd|rd|th)|(?:(?:{_TENTHS})-)?(?:{_NTH}))\b)",
    rf"(?P<count>(?:(?<![A-Za-z0-9.])(?P<digits>{_DIGITS})(?P<letters>s\b)?(?:[\s-]?(?P<scale>{_SCALE})\b)?|\b(?P<worded>{_WORDED})\b)"
    r"(?P<after>\s(?:yen|(?:US\s)?dollars?|euros?|pounds?)\b)?)",
)
_ANY = re.compile("|".join(_PATTERNS), re.IGNORECASE)


def found(content: str) -> Iterator[Found]:
    """List the quantities of a folded English text in order."""
    at = 0
    while match := _ANY.search(content, at):
        if match["never"] is not None:
            at = match.end()
            continue
        kind = next(name for name in _READERS if match[name] is not None)
        one = _READERS[kind](match)
        if one is not None:
            yield one
        at = max(one.end if one else match.start() + 1, match.start() + 1)
        while one is None and at < len(content) and content[at].isalnum() and content[at - 1].isalnum():
            at += 1


def label_number(label: str) -> str | None:
    """Read the number of an article, paragraph or item: `5`, `22-4`, `(i)`, `IX`, `(b)`; None for others."""
    bare = label.strip("() .")
    if re.fullmatch(r"[0-9]+(?:-[0-9]+)*", bare):
        return "-".join(str(int(part)) for part in bare.split("-"))
    if bare in ("c", "d", "l", "m") or (len(bare) == 1 and bare.islower() and bare not in "ivx"):
        return str(ord(bare) - 96)
    value = roman_number(bare)
    return str(value) if value else None


def _reference(match: re.Match[str]) -> Found | None:
    words = match["reference"]
    if words[0].islower() and "(" not in words and not re.search(r"[0-9]", words):
        return None
    levels: list[tuple[str, str]] = []
    for step in re.finditer(
        rf"(?P<name>(?i:{_NAME})|§{{1,2}})\s?(?P<number>{_NUMBER})(?P<inside>{_INSIDE})", words
    ):
        name = step["name"].casefold().rstrip(".")
        level = _LEVELS.get(name) or _LEVELS.get(name.removesuffix("s")) or "section"
        for label in (step["number"], *re.findall(r"\([^)]*\)", step["inside"])):
            number = label_number(label)
            if number is None:
                return None
            levels.append((level, number))
            level = _INNER.get(level, "point")
    levels.sort(key=lambda each: _ORDER.index(each[0]))
    return Found(Kind.REFERENCE, match.start(), match.end(), Reference(tuple(levels)))


def _month(word: str) -> int:
    return next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(word[:3].casefold()))


def _date(match: re.Match[str], year: int | None, month: str, day: str | None) -> Found | None:
    if not month[0].isupper():
        return None
    date = real_date(year, _month(month), int(day) if day else None)
    return None if date is None else Found(Kind.DATE, match.start(), match.end(), date)


def _year(year: str | None, era: str | None, of: str | None) -> int | None:
    """Read `2015`, or `Heisei 27` as the same; None where there is neither."""
    if era and of:
        return ERAS[_ERAS[era.capitalize()]] + int(of)
    return int(year) if year else None


def _day_first(match: re.Match[str]) -> Found | None:
    return _date(match, _year(match["y1"], match["e1"], match["o1"]), match["m1"], match["d1"])


def _month_first(match: re.Match[str]) -> Found | None:
    year = _year(match["y2"] or match["y3"], match["e2"], match["o2"])
    return _date(match, year, match["m2"], match["d2"])


def _month_only(match: re.Match[str]) -> Found | None:
    """Take a month that stands alone; `May` and `March` are more often other words."""
    if match["m4"].casefold().rstrip(".") in ("may", "march", "mar", "sep", "dec", "jan", "oct", "nov"):
        return None
    return _date(match, None, match["m4"], None)


def _iso(match: re.Match[str]) -> Found | None:
    date = real_date(int(match["iso_year"]), int(match["iso_month"]), int(match["iso_day"]))
    return None if date is None else Found(Kind.DATE, match.start(), match.end(), date)


def _era_year(match: re.Match[str], name: str, of: int) -> Found | None:
    date = real_date(ERAS[_ERAS[name.capitalize()]] + of)
    return None if date is None else Found(Kind.DATE, match.start(), match.end(), date)


def _era(match: re.Match[str]) -> Found | None:
    return _era_year(match, match["name"], int(match["of"]) if match["of"].isdigit() else 1)


def _era_of(match: re.Match[str]) -> Found | None:
    of = ordinal_number(match["nth"])
    return None if of is None else _era_year(match, match["name_of"], of)


def _share(match: re.Match[str]) -> Found | None:
    rate = english_number(match["rate"])
    return None if rate is None else Found(Kind.SHARE, match.start(), match.end(), rate / 100, "%")


def _parts(match: re.Match[str]) -> Found | None:
    value = english_number(match["parts"])
    return None if value is None else Found(Kind.SHARE, match.start(), match.end(), value)


def _money(match: re.Match[str]) -> Found | None:
    value = english_number(match["sum"])
    if value is None:
        return None
    return Found(
        Kind.AMOUNT, match.start(), match.end(), value, _CURRENCIES[match["before"].strip().casefold()]
    )


def _ordinal(match: re.Match[str]) -> Found | None:
    value = ordinal_number(match["ordinal"])
    return None if value is None else Found(Kind.ORDINAL, match.start(), match.end(), Fraction(value))


def _count(match: re.Match[str]) -> Found | None:
    words = match["worded"] or " ".join(filter(None, (match["digits"], match["scale"])))
    value = english_number(words)
    if value is None or words.casefold() == "one":
        return None
    if match["after"]:
        unit = match["after"].split()[-1].casefold().removesuffix("s")
        return Found(Kind.AMOUNT, match.start(), match.end(), value, _CURRENCIES[unit])
    bare = match["digits"] if match["scale"] is None else None
    if bare is not None and len(bare) == 4 and bare.isdigit() and 1600 <= int(bare) <= 2100:
        date = real_date(int(bare))
        return None if date is None else Found(Kind.DATE, match.start(), match.end(), date)
    return Found(Kind.NUMBER, match.start(), match.end(), value)


_READERS: dict[str, Callable[[re.Match[str]], Found | None]] = {
    "reference": _reference,
    "era": _era,
    "era_of": _era_of,
    "day_first": _day_first,
    "month_first": _month_first,
    "month_only": _month_only,
    "iso": _iso,
    "share": _share,
    "parts": _parts,
    "money": _money,
    "ordinal": _ordinal,
    "count": _count,
}
