"""Quantities of both languages: exact values, exact places, whatever the width."""

from __future__ import annotations

import time
import unicodedata
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.speed import slowness
from workbench.language.numerals import (
    english_number,
    japanese_number,
    ordinal_number,
    roman_number,
)
from workbench.language.quantities import Kind, PartialDate, Quantity, Reference, quantities

_DIGITS = "〇一二三四五六七八九"


def kanji(number: int) -> str:
    """Write a number in kanji, as laws do."""
    if number == 0:
        return "〇"
    parts = []
    for size, sign in ((10**16, "京"), (10**12, "兆"), (10**8, "億"), (10**4, "万"), (1, "")):
        section, number = divmod(number, size)
        if section:
            parts.append(below_a_myriad(section) + sign)
    return "".join(parts)


def below_a_myriad(number: int) -> str:
    parts = []
    for size, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            parts.append(("" if digit == 1 and sign else _DIGITS[digit]) + sign)
    return "".join(parts)


def positional(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def mixed(number: int) -> str:
    """Write a number as newspapers do: 3億5,000万."""
    parts = []
    for size, sign in ((10**16, "京"), (10**12, "兆"), (10**8, "億"), (10**4, "万"), (1, "")):
        section, number = divmod(number, size)
        if section:
            parts.append(f"{section:,}{sign}")
    return "".join(parts) or "0"


NUMBERS = st.integers(0, 10**16) | st.integers(0, 16).map(lambda power: 10**power) | st.integers(0, 99_999)


@given(NUMBERS, st.sampled_from([kanji, mixed]))
def test_a_number_in_kanji_is_read_back(number: int, write: object) -> None:
    assert callable(write)
    assert japanese_number(write(number)) == number


@given(st.integers(10, 10**16))
def test_a_number_by_places_is_read_back(number: int) -> None:
    assert japanese_number(positional(number)) == number


@given(st.text(st.sampled_from("〇一二三九十百千万億兆京0123.,"), max_size=12))
def test_what_is_read_as_a_number_is_a_number_and_nothing_fails(written: str) -> None:
    value = japanese_number(written)
    assert value is None or value >= 0


@pytest.mark.parametrize(
    "written", ["", "万億", "十百", "千一千", "百二百", "1,23", "人", "三三十", "二万三億"]
)
def test_what_is_no_number_is_none(written: str) -> None:
    assert japanese_number(written) is None


@given(st.integers(1, 3999))
def test_roman_numbers_are_read_back(number: int) -> None:
    signs = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")]
    left, written = number, ""
    for value, sign in [*signs, (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]:
        written += sign * (left // value)
        left %= value
    assert roman_number(written) == roman_number(written.lower()) == number


def test_english_words_for_numbers() -> None:
    assert english_number("two hundred and fifty thousand") == 250_000
    assert english_number("3.5 million") == 3_500_000
    assert english_number("a million") == 1_000_000
    assert english_number("two-thirds") == Fraction(2, 3)
    assert english_number("the people") is None
    assert (ordinal_number("twenty-first"), ordinal_number("23rd"), ordinal_number("people")) == (
        21,
        23,
        None,
    )


def ref(**levels: str) -> Reference:
    return Reference(tuple(levels.items()))


JAPANESE: list[tuple[str, list[tuple[str, Kind, object]]]] = [
    (
        "第5条第2項第1号の規定により",
        [("第5条第2項第1号", Kind.REFERENCE, ref(article="5", paragraph="2", item="1"))],
    ),
    (
        "第二十二条の四第三項及び第十条",
        [
            ("第二十二条の四第三項", Kind.REFERENCE, ref(article="22-4", paragraph="3")),
            ("第十条", Kind.REFERENCE, ref(article="10")),
        ],
    ),
    (
        "平成二十八年法律第六十八号",
        [("平成二十八年", Kind.DATE, PartialDate(2016)), ("第六十八号", Kind.NUMBER, 68)],
    ),
    ("令和元年五月一日から", [("令和元年五月一日", Kind.DATE, PartialDate(2019, 5, 1))]),
    ("令和３年４月", [("令和３年４月", Kind.DATE, PartialDate(2021, 4))]),
    ("２０２０年度の", [("２０２０年度", Kind.DATE, PartialDate(2020))]),
    ("R3.4.1に", [("R3.4.1", Kind.DATE, PartialDate(2021, 4, 1))]),
    ("千九百四十六年十一月三日", [("千九百四十六年十一月三日", Kind.DATE, PartialDate(1946, 11, 3))]),
    ("１億２，０００万円", [("１億２，０００万円", Kind.AMOUNT, 120_000_000)]),
    ("三十億円と3万5千人", [("三十億円", Kind.AMOUNT, 3 * 10**9), ("3万5千", Kind.NUMBER, 35_000)]),
    (
        "3.5％、五割、三分の二",
        [
            ("3.5％", Kind.SHARE, Fraction(35, 1000)),
            ("五割", Kind.SHARE, Fraction(1, 2)),
            ("三分の二", Kind.SHARE, Fraction(2, 3)),
        ],
    ),
    ("第3回会議、第二次計画", [("第3", Kind.ORDINAL, 3), ("第二", Kind.ORDINAL, 2)]),
    ("一般に十分な、統一した一部の九州", []),
    ("三箇月以内に二人", [("三", Kind.NUMBER, 3), ("二", Kind.NUMBER, 2)]),
    ("ｶﾞｲﾄﾞ５人", [("５", Kind.NUMBER, 5)]),
    ("13月40日", []),
]
ENGLISH: list[tuple[str, list[tuple[str, Kind, object]]]] = [
    (
        "Article 5(2)(i) and Art. 22-4, paragraph (3)",
        [
            ("Article 5(2)(i)", Kind.REFERENCE, ref(article="5", paragraph="2", item="1")),
            ("Art. 22-4, paragraph (3)", Kind.REFERENCE, ref(article="22-4", paragraph="3")),
        ],
    ),
    ("under Chapter IV", [("Chapter IV", Kind.REFERENCE, ref(chapter="4"))]),
    (
        "Act No. 68 of June 3, 2016 (Heisei 28)",
        [
            ("68", Kind.NUMBER, 68),
            ("June 3, 2016", Kind.DATE, PartialDate(2016, 6, 3)),
            ("Heisei 28", Kind.DATE, PartialDate(2016)),
        ],
    ),
    ("the 28th year of Heisei", [("28th year of Heisei", Kind.DATE, PartialDate(2016))]),
    (
        "on 3 June 2016, in May 2020",
        [("3 June 2016", Kind.DATE, PartialDate(2016, 6, 3)), ("May 2020", Kind.DATE, PartialDate(2020, 5))],
    ),
    ("120 million yen", [("120 million yen", Kind.AMOUNT, 120_000_000)]),
    (
        "¥1.2 billion, US$3,500",
        [("¥1.2 billion", Kind.AMOUNT, 1_200_000_000), ("US$3,500", Kind.AMOUNT, 3500)],
    ),
    ("two hundred and fifty people", [("two hundred and fifty", Kind.NUMBER, 250)]),
    (
        "3.5%, fifty percent, two-thirds",
        [
            ("3.5%", Kind.SHARE, Fraction(35, 1000)),
            ("fifty percent", Kind.SHARE, Fraction(1, 2)),
            ("two-thirds", Kind.SHARE, Fraction(2, 3)),
        ],
    ),
    ("the third time, the twenty-first", [("third", Kind.ORDINAL, 3), ("twenty-first", Kind.ORDINAL, 21)]),
    ("It may be one of them.", []),
    ("the ４０s", [("４０s", Kind.NUMBER, 40)]),
]


@pytest.mark.parametrize(("content", "expected"), JAPANESE)
def test_japanese_quantities(content: str, expected: list[tuple[str, Kind, object]]) -> None:
    found = [(content[one.start : one.end], one.kind, one.value) for one in quantities(content, "ja")]
    assert found == expected


@pytest.mark.parametrize(("content", "expected"), ENGLISH)
def test_english_quantities(content: str, expected: list[tuple[str, Kind, object]]) -> None:
    found = [(content[one.start : one.end], one.kind, one.value) for one in quantities(content, "en")]
    assert found == expected


@pytest.mark.parametrize(
    ("japanese", "english"),
    [
        ("令和3年4月1日", "April 1, 2021"),
        ("1億2,000万円", "120 million yen"),
        ("第22条の4第3項", "Article 22-4(3)"),
        ("三分の二", "two-thirds"),
        ("50％", "50 percent"),
    ],
)
def test_both_languages_give_one_value(japanese: str, english: str) -> None:
    (one,), (other,) = quantities(japanese), quantities(english)
    assert (one.kind, one.value, one.unit) == (other.kind, other.value, other.unit)


CONTENT = st.text(
    st.sampled_from(
        "第条項号のイ年月日元令和平成昭明治大正円万億千百十〇一二三九０1２,.，%％()（）-/$¥ ABaeiMayone "
    ),
    max_size=40,
)


@given(CONTENT, st.sampled_from(["ja", "en", ""]))
def test_quantities_stand_in_order_inside_the_text_and_do_not_overlap(content: str, language: str) -> None:
    at = 0
    for one in quantities(content, language):
        assert at <= one.start < one.end <= len(content)
        at = one.end


@given(CONTENT)
def test_full_width_changes_no_value(content: str) -> None:
    narrow = unicodedata.normalize("NFKC", content)

    def values(words: str) -> list[tuple[Kind, object]]:
        return [(one.kind, one.value) for one in quantities(words, "ja")]

    assert values(content) == values(narrow)


def test_the_numbers_of_a_quantity_do_not_depend_on_its_kind() -> None:
    def numbers(found: tuple[Quantity, ...]) -> set[Fraction]:
        return {number for one in found for number in one.numbers}

    assert numbers(quantities("平成28年に3.5％増")) == {Fraction(2016), Fraction(7, 2)}
    assert numbers(quantities("第5条第2項")) == {Fraction(5), Fraction(2)}


@pytest.mark.parametrize(
    "content",
    [
        "1" * 200_000 + "万" * 1000,
        "一" * 100_000,
        "1,1." * 50_000,
        "第一条" * 50_000,
        "第一号。" * 50_000,
        "第1条の1" * 30_000,
        "二分の" * 50_000,
        "1," * 50_000 + " million",
        "two hundred " * 20_000,
        "Article 5" + "(2)" * 50_000,
        "Art. 5, " * 20_000,
        "May " * 50_000,
        "令和" * 50_000,
    ],
)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_endless_rows_of_signs_cost_no_more_than_their_length(content: str, language: str) -> None:
    began = time.process_time()
    quantities(content, language)
    assert time.process_time() - began < 4 * slowness()
