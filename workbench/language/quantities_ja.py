"""Japanese quantities: eras and kanji numerals, 万億兆, 条・項・号. Works on text in compatibility form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from workbench.language.numerals import KANJI_DIGITS, KANJI_NUMERALS, japanese_number
from workbench.language.quantities import ERAS, Found, Kind, Reference, real_date

_N = rf"[0-9{KANJI_NUMERALS}](?:[0-9,.{KANJI_NUMERALS}]{{0,40}}[0-9{KANJI_NUMERALS}])?"
_ENDLESS = rf"[0-9,.]{{30,}}|[0-9,.{KANJI_NUMERALS}]{{41,}}"
"""Rows of digits that no text means as a number."""
_SMALL = rf"(?:[0-9]{{1,4}}|[{KANJI_NUMERALS}]{{1,7}})"
_LEVELS = {
    "編": "part",
    "章": "chapter",
    "節": "section",
    "款": "subsection",
    "条": "article",
    "項": "paragraph",
    "号": "item",
}
_STEP = rf"第?{_SMALL}[{''.join(_LEVELS)}](?:の{_SMALL}(?![年月日人名円%回件])){{0,4}}"
_BRANCHES = rf"(?:の{_SMALL}(?![年月日人名円%回件])){{0,4}}"
_POINT = r"(?:[イロハニホヘト](?![\u30a1-\u30ff]))?"
_REFERENCE = rf"第{_SMALL}[{''.join(_LEVELS)}]{_BRANCHES}(?:{_STEP}){{0,8}}{_POINT}"
_BARE_REFERENCE = (
    rf"(?<![0-9.])[0-9]{{1,4}}条(?![件約例項文])(?:の{_SMALL}(?![年月日])){{0,4}}(?:{_STEP}){{0,8}}"
)
_OF_A_LAW = re.compile(r"(?:法律|政令|条例|省令|府令|規則|告示|訓令|議決|決議|令)$")
_ERA = "|".join(ERAS)
_LETTER_ERAS = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}
_TAIL = rf"(?:(?P<month>{_SMALL})月(?:(?P<day>{_SMALL})日)?)?"
_CURRENCIES = {
    "円": "JPY",
    "ドル": "USD",
    "ユーロ": "EUR",
    "ポンド": "GBP",
    "¥": "JPY",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
}
_COUNTERS = (
    "人名年月日回件個箇ヶケか歳才割倍票国県市町村区校社者種類章条項号週時分秒階点度位次番枚冊本台戸世"
    "つカ円%票席議段層億万"
)
_NO_NUMBERS = (
    r"一般|一部|一切|一定|一方|一層|一体|一致|一時|一括|一環|一貫|一日も早|一律|一連|一刻|一覧|一種|一人一人|一人ひとり|"
    r"一人びとり|一度|一つ一つ|一層|一旦|一個人|十分|万一|万が一|千葉|三重|四国|九州|四日市|八王子|百貨|万国|"
    r"二酸化|三権|五感|八百|百科|三者|四半期|五十音|六法|七夕|八戸|二重|一家|一身|一員|一気|一見|一新|一同|一変|一歩"
)
_PATTERNS = (
    rf"(?P<never>{_ENDLESS}|(?:{_NO_NUMBERS})|[統唯均単随画同択]一|万全|千代)",
    rf"(?P<reference>{_REFERENCE}|{_BARE_REFERENCE})",
    rf"(?P<ordinal>第(?P<nth>{_SMALL}))",
    rf"(?P<era>(?P<name>{_ERA})\s?(?P<of>元|{_SMALL})年度?{_TAIL})",
    r"(?P<short>(?<![A-Za-z0-9])(?P<letter>[MTSHR])(?P<short_of>[0-9]{1,2})"
    r"(?:\.(?P<short_month>[0-9]{1,2})(?:\.(?P<short_day>[0-9]{1,2}))?|年度?)(?![0-9]))",
    r"(?P<iso>(?<![0-9])(?P<iso_year>[12][0-9]{3})(?P<sep>[/.-])(?P<iso_month>[0-9]{1,2})(?P=sep)(?P<iso_day>[0-9]{1,2})(?![0-9]))",
    rf"(?P<date>(?<![0-9,.])(?P<year>[12][0-9]{{3}}|[一二][〇零一二三四五六七八九]{{3}}|[一二]?千[{KANJI_NUMERALS}]{{1,6}})年(?:度|代)?(?!間)"
    rf"{_TAIL.replace('month', 'm').replace('day', 'd')})",
    rf"(?P<monthly>(?<![0-9,.])(?P<only_month>{_SMALL})月(?:(?P<only_day>{_SMALL})日)?(?!間))",
    rf"(?P<parts>(?P<below>{_SMALL})分の(?P<above>{_SMALL}))",
    rf"(?P<share>(?P<rate>{_N})\s?(?P<per>%|パーセント|割(?!合|引)))",
    rf"(?P<money>(?:(?P<before>[¥$€£])\s?)?(?P<sum>{_N})\s?(?P<after>円|ドル|ユーロ|ポンド)?)",
)
_ANY = re.compile("|".join(_PATTERNS))


def found(content: str) -> Iterator[Found]:
    """List the quantities of a folded Japanese text in order."""
    at = 0
    while match := _ANY.search(content, at):
        kind = _kind(match)
        one = _READERS[kind](match, content) if kind in _READERS else None
        if one is not None:
            yield one
        at = max(one.end if one else match.end(), match.start() + 1)


def _kind(match: re.Match[str]) -> str:
    names = (
        "never",
        "reference",
        "ordinal",
        "era",
        "short",
        "iso",
        "date",
        "monthly",
        "parts",
        "share",
        "money",
    )
    return next(name for name in names if match[name] is not None)


def _whole(written: str | None) -> int | None:
    value = japanese_number(written) if written else None
    return int(value) if value is not None and value.denominator == 1 else None


def _reference(match: re.Match[str], content: str) -> Found | None:
    levels: list[tuple[str, str]] = []
    words = match["reference"]
    for step in re.finditer(rf"第?({_SMALL})([{''.join(_LEVELS)}])((?:の{_SMALL})*)", words):
        parts = [_whole(step[1]), *map(_whole, step[3].split("の")[1:])]
        if None in parts:
            return None
        levels.append((_LEVELS[step[2]], "-".join(map(str, parts))))
    if words[-1] in "イロハニホヘト":
        levels.append(("point", str("イロハニホヘト".index(words[-1]) + 1)))
    if (
        len(levels) == 1
        and levels[0][0] == "item"
        and _OF_A_LAW.search(content, max(0, match.start() - 4), match.start())
    ):
        number = Fraction(levels[0][1].partition("-")[0])
        return Found(Kind.NUMBER, match.start(), match.end(), number)
    return Found(Kind.REFERENCE, match.start(), match.end(), Reference(tuple(levels)))


def _ordinal(match: re.Match[str], content: str) -> Found | None:
    value = _whole(match["nth"])
    return None if value is None else Found(Kind.ORDINAL, match.start(), match.end(), Fraction(value))


def _date(year: int | None, month: str | None, day: str | None, match: re.Match[str]) -> Found | None:
    date = real_date(year, _whole(month), _whole(day))
    return None if date is None else Found(Kind.DATE, match.start(), match.end(), date)


def _era(match: re.Match[str], content: str) -> Found | None:
    of = 1 if match["of"] == "元" else _whole(match["of"])
    return None if of is None else _date(ERAS[match["name"]] + of, match["month"], match["day"], match)


def _short(match: re.Match[str], content: str) -> Found | None:
    year = ERAS[_LETTER_ERAS[match["letter"]]] + int(match["short_of"])
    return _date(year, match["short_month"], match["short_day"], match)


def _iso(match: re.Match[str], content: str) -> Found | None:
    return _date(int(match["iso_year"]), match["iso_month"], match["iso_day"], match)


def _western(match: re.Match[str], content: str) -> Found | None:
    return _date(_whole(match["year"]), match["m"], match["d"], match)


def _monthly(match: re.Match[str], content: str) -> Found | None:
    return _date(None, match["only_month"], match["only_day"], match)


def _parts(match: re.Match[str], content: str) -> Found | None:
    below, above = _whole(match["below"]), _whole(match["above"])
    if not below or above is None:
        return None
    return Found(Kind.SHARE, match.start(), match.end(), Fraction(above, below))


def _share(match: re.Match[str], content: str) -> Found | None:
    rate = japanese_number(match["rate"])
    if rate is None:
        return None
    whole = 10 if match["per"] == "割" else 100
    return Found(Kind.SHARE, match.start(), match.end(), rate / whole, "%")


def _money(match: re.Match[str], content: str) -> Found | None:
    start, end = match.span("sum")
    value = japanese_number(match["sum"])
    while value is None and end > start + 1:
        end -= 1
        value = japanese_number(content[start:end])
    if value is None:
        return None
    currency = _CURRENCIES.get(
        match["before"] or (match["after"] if end == match.end("sum") else "") or "", ""
    )
    if currency:
        return Found(Kind.AMOUNT, match.start(), match.end(), value, currency)
    if not _counts(content, start, end):
        return None
    return Found(Kind.NUMBER, start, end, value)


def _counts(content: str, start: int, end: int) -> bool:
    """Tell whether kanji numerals count something: a single one is more often part of a word."""
    written = content[start:end]
    if any(sign.isascii() and sign.isdigit() for sign in written):
        return True
    if len(written) > 1 and not all(sign in "十百千万億兆" for sign in written):
        return True
    return content[end : end + 1] in tuple(_COUNTERS) and written[0] in (*KANJI_DIGITS, "十", "百", "千")


_READERS: dict[str, Callable[[re.Match[str], str], Found | None]] = {
    "reference": _reference,
    "ordinal": _ordinal,
    "era": _era,
    "short": _short,
    "iso": _iso,
    "date": _western,
    "monthly": _monthly,
    "parts": _parts,
    "share": _share,
    "money": _money,
}
