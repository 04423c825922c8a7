"""Japanese era dates beside ISO dates."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_ERAS = {
    "meiji": (1868, "明治"),
    "taisho": (1912, "大正"),
    "showa": (1926, "昭和"),
    "heisei": (1989, "平成"),
    "reiwa": (2019, "令和"),
}
"""Romanised name -> (Gregorian year of the era's first year, name)."""

_ROMAN = re.compile(
    r"(?P<era>[a-zōū]+)\s*(?P<year>\d+)(?:\s*[-./ ]\s*(?P<month>\d+)\s*[-./ ]\s*(?P<day>\d+))?"
)
_KANJI = re.compile(r"(?P<era>明治|大正|昭和|平成|令和)(?P<year>\d+|元)年(?:(?P<month>\d+)月(?P<day>\d+)日)?")


def iso_of_era(text: str) -> str:
    """Turn an era date (`Heisei 27-07-06`, `平成27年7月6日`, `令和元年`) into ISO; empty where it is none.

    A year alone gives a year alone.
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    match = _KANJI.fullmatch(folded) or _ROMAN.fullmatch(folded.casefold())
    if match is None:
        return ""
    named = match["era"].replace("ō", "o").replace("ū", "u")
    first = next((year for name, (year, kanji) in _ERAS.items() if named in (name, kanji)), None)
    if first is None:
        return ""
    year = first - 1 + (1 if match["year"] == "元" else int(match["year"]))
    if match["month"] is None:
        return f"{year:04d}"
    try:
        return date(year, int(match["month"]), int(match["day"])).isoformat()
    except ValueError:
        return ""
