"""Numbered parts and citations by them, in both languages."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.language.citations import citation, named, numbers_of
from workbench.language.structure import in_order, outline, paths, without_number
from workbench.model.text import Passage

ORDINANCE = """第１章　総則
（目的）
第１条　この条例は、人権の尊重について定める。
（定義）
第２条　この条例において、次の各号に掲げる用語の意義は、当該各号に定める。
(1) 市民　市内に住む者をいう。
(2) 事業者　次のいずれかをいう。
ア　市内で事業を行う者
イ　市内に事務所を置く者
２　前項に定めるもののほか、市長が定める。
第２条の２　市長は、報告を求めることができる。
附則
１　この条例は、公布の日から施行する。
２　経過措置は、規則で定める。
"""
LAW = """Chapter I. General Provisions
Article 1. This Act sets out basic matters.
Article 2 (1) In this Act, the following terms apply:
(i) resident means a person who lives in the city;
(ii) business operator means any of the following:
(a) a person doing business in the city; or
(b) a person with an office in the city.
(2) The mayor decides on other matters.
Article 2-2. The mayor may ask for a report.
Supplementary Provisions
(1) This Act comes into effect on the day of promulgation.
"""


def cited(content: str, words: str, language: str) -> str:
    start = content.index(words)
    return citation(content, Passage(start, start + len(words)), language)


@pytest.mark.parametrize(
    ("words", "japanese", "english"),
    [
        ("人権の尊重", "第1条", "Art. 1"),
        ("次の各号", "第2条第1項", "Art. 2(1)"),
        ("市内に住む者", "第2条第1項第1号", "Art. 2(1)(i)"),
        ("市内に事務所", "第2条第1項第2号イ", "Art. 2(1)(ii)(b)"),
        ("前項に定める", "第2条第2項", "Art. 2(2)"),
        ("報告を求める", "第2条の2", "Art. 2-2"),
        ("公布の日", "附則第1項", "Suppl., para. (1)"),
        ("第１章", "第1章", "Ch. 1"),
    ],
)
def test_a_passage_of_an_ordinance_cites_itself(words: str, japanese: str, english: str) -> None:
    assert (cited(ORDINANCE, words, "ja"), cited(ORDINANCE, words, "en")) == (japanese, english)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("basic matters", "Art. 1"),
        ("following terms", "Art. 2(1)"),
        ("lives in", "Art. 2(1)(i)"),
        ("an office", "Art. 2(1)(ii)(b)"),
        ("other matters", "Art. 2(2)"),
        ("a report", "Art. 2-2"),
        ("promulgation", "Suppl., para. (1)"),
    ],
)
def test_a_passage_of_an_english_law_cites_itself(words: str, expected: str) -> None:
    assert cited(LAW, words, "en") == expected


def test_a_passage_over_several_parts_is_cited_from_the_first_to_the_last() -> None:
    start, end = ORDINANCE.index("この条例において"), ORDINANCE.index("報告")
    assert citation(ORDINANCE, Passage(start, end), "ja") == "第2条第1項–第2条の2"


def test_a_text_without_numbers_has_no_citation() -> None:
    assert citation("The city acts.\nIt asks.", Passage(4, 8), "en") == ""
    assert outline("1. Buy milk\n(2) Eat it") == []


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (["第三条　市", "②　国", "　一　県"], ["Art. 3", "Art. 3(2)", "Art. 3(2)(i)"]),
        (["**第三条（目的）**　市", "**２**　国", "- 一　県"], ["Art. 3", "Art. 3(2)", "Art. 3(2)(i)"]),
        (["第３条 市", "２ 国", "（１） 県"], ["Art. 3", "Art. 3(2)", "Art. 3(2)(i)"]),
    ],
)
def test_marks_are_read_in_every_dress(marks: list[str], expected: list[str]) -> None:
    assert [named(path or ()) for path in paths(marks)] == expected


def test_a_letter_goes_on_from_letters_and_a_roman_number_from_roman_numbers() -> None:
    found = paths(["Article 1. A", "(i) B", "(a) C", "(h) D", "(i) E", "(ii) F"])
    assert [named(path or ()) for path in found] == [
        "Art. 1",
        "Art. 1(i)",
        "Art. 1(i)(a)",
        "Art. 1(i)(h)",
        "Art. 1(i)(i)",
        "Art. 1(ii)",
    ]


def test_the_title_of_a_chapter_begins_no_supplement() -> None:
    found = paths(["CHAPTER XI.", "SUPPLEMENTARY PROVISIONS", "Article 100. It applies."])
    assert [named(path or ()) for path in found] == ["Ch. 11", "", "Art. 100"]


def test_laws_of_the_state_cite_themselves(shared_data: Path) -> None:
    content = (shared_data / "ja-laws" / "325AC0000000147.md").read_text(encoding="utf-8")
    assert cited(content, "引き続き五年以上日本に住所を有すること", "ja") == "第5条第1項第1号"
    assert cited(content, "法務大臣は、外国人がその意思にかかわらず", "ja") == "第5条第2項"
    assert cited(content, "出生の時に父又は母が日本国民であるとき", "ja") == "第2条第1号"
    assert cited(content, "出生の時に父又は母が日本国民であるとき", "en") == "Art. 2(i)"
    basic = (shared_data / "ja-laws" / "418AC0000000120.md").read_text(encoding="utf-8")
    assert cited(basic, "義務教育として行われる普通教育は", "en") == "Art. 5(2)"
    speech = (shared_data / "ja-laws" / "428AC0100000068.md").read_text(encoding="utf-8")
    assert cited(speech, "この法律は、公布の日から施行する", "ja") == "附則第1項"


def test_every_article_of_the_laws_is_found_once_in_its_place(shared_data: Path) -> None:
    content = (shared_data / "ja-laws" / "321CONSTITUTION.md").read_text(encoding="utf-8")
    articles = [dict(place.path)["article"] for place in outline(content) if place.level == "article"]
    assert articles == [str(number) for number in range(1, 104)]


@given(st.lists(st.integers(0, 30), unique=True, max_size=12))
def test_the_longest_run_goes_forwards_and_none_is_longer(seconds: list[int]) -> None:
    pairs = list(enumerate(seconds))
    chain = in_order(pairs)
    assert all(one < other for (_, one), (_, other) in pairwise(chain))
    assert set(chain) <= set(pairs)
    lengths: list[int] = []
    for place, (_, second) in enumerate(pairs):
        lengths.append(1 + max((lengths[k] for k in range(place) if pairs[k][1] < second), default=0))
    assert len(chain) == max(lengths, default=0)


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("第三十九条　何人も", "何人も"),
        ("②　天皇は", "天皇は"),
        ("- 一　憲法改正", "憲法改正"),
        ("Article 39. No person", "No person"),
        ("(2) The Emperor", "The Emperor"),
        ("CHAPTER I. THE EMPEROR", "THE EMPEROR"),
        ("第一章", "第一章"),
        ("2016 was a year", "2016 was a year"),
        ("1.5 million people", "1.5 million people"),
        ("", ""),
    ],
)
def test_the_words_of_a_unit_stand_behind_its_number(unit: str, words: str) -> None:
    assert without_number(unit) == words


def test_numbers_begin_at_captions_and_are_said_once() -> None:
    content = (
        "Ordinance\n\n(Tasks)\nArticle 3. The Council looks into the following matters.\n"
        "(1) Views\n(2) Rights\n2. The Mayor answers what it asks.\n"
    )
    found = [(content[at : at + 7], label) for at, label in numbers_of(content, "en")]
    assert found == [
        ("(Tasks)", "Art. 3(1)"),
        ("(1) Vie", "Art. 3(1)(i)"),
        ("(2) Rig", "Art. 3(1)(ii)"),
        ("2. The ", "Art. 3(2)"),
    ]


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        ("Article 3\n(1) One matter.\n(2) Another.", ["Art. 3(1)", "Art. 3(2)"]),
        ("Article 3 (1) One matter is this.\n(2) Another.", ["Art. 3(1)", "Art. 3(2)"]),
        ("Article 3 (Tasks)\nThe Council has the following tasks:\n(1) One.", ["Art. 3", "Art. 3(i)"]),
        (
            "Article 3. It looks into these matters:\n(1) One.\n(2) Two.",
            ["Art. 3", "Art. 3(i)", "Art. 3(ii)"],
        ),
    ],
)
def test_bracketed_numbers_are_paragraphs_unless_the_article_began_with_words(
    article: str, expected: list[str]
) -> None:
    assert [label for _, label in numbers_of(article, "en")] == expected


def test_a_text_that_counts_nothing_has_no_numbers() -> None:
    assert numbers_of("# A plan\n\n## 1. Aims\n\nThe city acts.\n", "en") == ()
