"""Names that a text gives to laws, organisations and places, by rules alone, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from workbench.language.terms import main_language


class Thing(StrEnum):
    """What is named."""

    LAW = "law"
    ORGANISATION = "organisation"
    PLACE = "place"


class Named(NamedTuple):
    """A name and its place, in code points."""

    thing: Thing
    start: int
    end: int
    by: str
    """What says that it is one: a rule, or the model and its label."""


_NUMBER = r"(?:\d+|[〇一二三四五六七八九十百千]+)"
_ERA = r"(?:明治|大正|昭和|平成|令和)"
_LAW_JA = re.compile(
    rf"(?:{_ERA}(?:元|{_NUMBER})年(?:{_NUMBER}月{_NUMBER}日)?[一-鿿]{{0,8}}?)?"
    rf"(?:法律|政令|省令|府令|条例|規則|規程|勅令|告示|訓令|要綱)第{_NUMBER}号"
)
_LAW_EN = re.compile(
    r"\b(?:(?:Cabinet|Ministerial|Imperial|Municipal|City|Prefectural)\s)?"
    r"(?:Act|Law|Ordinance|Order|Regulation|Rule|Notice|Notification|Directive)\s(?:No\.|Number)\s?\d+"
    r"(?:\sof\s(?:(?:\d{1,2}\s)?[A-Z][a-z]+\s)?(?:\d{4}|(?:Reiwa|Heisei|Showa|Taisho|Meiji)\s\d+))?"
)
_MINISTRIES = (
    "内閣府 総務省 法務省 外務省 財務省 文部科学省 厚生労働省 農林水産省 経済産業省 国土交通省 環境省 防衛省 "
    "復興庁 デジタル庁 こども家庭庁 警察庁 金融庁 消費者庁 文化庁 観光庁 出入国在留管理庁 個人情報保護委員会 "
    "人事院 最高裁判所 国会 衆議院 参議院"
)
_ORGANISATION_JA = re.compile(
    "|".join(sorted(_MINISTRIES.split(), key=len, reverse=True))
    + r"|[一-鿿]{2,8}(?:審議会|委員会|協議会|協会|機構|財団|労働局|年金事務所)"
)
_PREFECTURES = """
北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県
埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県
岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県
鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県
佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県
"""
_NO_CITY = "外国人|住民|国籍|政令|指定都|中核|各|両|本|当|同|全|都|関係|市町村|区"
_PLACE_JA = re.compile(
    "|".join(_PREFECTURES.split())
    + rf"|(?<![一-鿿])(?!(?:{_NO_CITY}))[一-鿿]{{2,4}}(?:市|区|町|村)(?![一-鿿]*(?:民|場|立|営|街|村|分))"
)
_WORDS = r"[A-Z][\w'’-]+(?:(?:,\s(?:and\s)?|\sand\s|\sof\s|\s)(?:the\s)?[A-Z][\w'’-]+){0,6}"
_ORGANISATION_EN = re.compile(
    rf"\b(?:Ministry|Agency|Department|Bureau|Board|Council|Committee|Commission|Office|Secretariat)\s"
    rf"(?:of|for|on)\s(?:the\s)?{_WORDS}|"
    r"\b(?!The\b)[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,4}\s(?:Agency|Commission|Committee|Council|Association|Foundation)\b"
)
_PLACE_EN = re.compile(
    r"\b(?:City|Prefecture|Ward|Province|County)\sof\s[A-Z][\w'’-]+|"
    r"\b(?!(?:The|This|Each|Our|Your|A|In|Joint|Teaching)\b)[A-Z][\w'’-]+\s(?:City|Prefecture|Ward|County|Province)\b"
)


def named_things(content: str, language: str) -> Iterator[Named]:
    """Find names by the rules of the language, in order of kind and place; other languages have no rules."""
    rules = {
        "ja": ((Thing.LAW, _LAW_JA), (Thing.ORGANISATION, _ORGANISATION_JA), (Thing.PLACE, _PLACE_JA)),
        "en": ((Thing.LAW, _LAW_EN), (Thing.ORGANISATION, _ORGANISATION_EN), (Thing.PLACE, _PLACE_EN)),
    }
    for thing, pattern in rules.get(main_language(language), ()):
        for match in pattern.finditer(content):
            yield Named(thing, match.start(), match.end(), f"it is written like the name of a {_said(thing)}")


def _said(thing: Thing) -> str:
    return "body" if thing is Thing.ORGANISATION else thing.value
