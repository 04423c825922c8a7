"""Headings are found where a text has them, and lists, references and tables are left alone."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.speed import slowness
from workbench.language.headings import Heading, headings, sections_at
from workbench.model.text import Passage

PIECES = [
    *(
        "第一条",
        "第2章",
        "附則",
        "目次",
        "（目的）",
        "　総則",
        "の規定により",
        "。\n",
        "\n",
        "\n\n",
        "# ",
        "## T\n",
    ),
    *("Article 3", " of the Act", ". Scope", "Section 2.1", "1. ", "1.1 ", "(1) ", "Purpose", "RECITALS\n"),
    *(
        "```\n",
        "**",
        "IV. ",
        "一　",
        "§ 4 ",
        "Contents\n",
        " ",
        "\t",
        "...... 4",
        "\u3000",
        "\f",
        "The text runs.",
    ),
]
texts = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


def labels(content: str, language: str = "") -> list[tuple[int, str]]:
    return [(heading.level, heading.label) for heading in headings(content, language)]


def read(shared_data: Path, name: str) -> str:
    return (shared_data / name).read_bytes().decode("utf-8").replace("\r\n", "\n")


def test_the_constitution_has_eleven_chapters_and_a_hundred_and_three_articles(shared_data: Path) -> None:
    english = headings(read(shared_data, "constitution-ja-en/en.txt"), "en")
    japanese = headings(read(shared_data, "constitution-ja-en/ja.txt"), "ja")
    assert english[0].label == "THE CONSTITUTION OF JAPAN, 1946"
    assert english[1].label == "CHAPTER I. THE EMPEROR"
    assert sum(each.label.startswith("CHAPTER") for each in english) == 11
    assert sum(each.label.startswith("Article") for each in english) == 103
    assert len(english) == 115
    assert [each.level for each in japanese].count(1) == 11
    assert [each.level for each in japanese].count(2) == 103
    assert len(japanese) == 114
    assert (japanese[0].label, japanese[-1].label) == ("第一章 天皇", "第百三条")


def test_every_article_of_the_laws_is_found_and_nothing_else(shared_data: Path) -> None:
    rows = (shared_data / "ja-laws/manifest.csv").read_text().splitlines()[1:]
    supplements = {"325AC0000000147": 10, "357AC1000000089": 10, "321CONSTITUTION": 0}
    chapters = {"418AC0000000120": 4, "428AC0100000068": 2, "321CONSTITUTION": 11}
    for row in rows:
        law, articles = row.split(",")[0], int(row.split(",")[-1])
        found = [each.label for each in headings(read(shared_data, f"ja-laws/{law}.md"), "ja")]
        assert sum(label[0] == "第" and "条" in label.partition("（")[0] for label in found) == articles
        assert found.count("附則") == supplements.get(law, 1)
        assert sum("章 " in label for label in found) == chapters.get(law, 0)
        assert len(found) == articles + supplements.get(law, 1) + chapters.get(law, 0)


def test_articles_of_a_law_carry_their_captions(shared_data: Path) -> None:
    found = headings(read(shared_data, "ja-laws/325AC0000000147.md"), "ja")
    assert found[0].label == "第一条（この法律の目的）"
    assert "第十八条の二（行政手続法の適用除外）" in [each.label for each in found]


@pytest.mark.parametrize(
    ("contract", "expected"),
    [
        ("GarrettMotionInc", {"ARTICLE": 11, "Section": 41, "Exhibit": 1}),
        ("SPIENERGYCO", {"ARTICLE": 10, "RECITALS": 1, "AGREEMENT": 1, "EXHIBIT": 4, "Exhibit": 1}),
        ("ATMOSENERGYCORP", {"ARTICLE": 9, "EXHIBIT": 3, "8.": 6}),
        ("CHAPARRALRESOURCESINC", {"1": 7, "PREAMBLE": 1}),
        ("XACCT", {"EXHIBIT": 1, "7.": 3, "8.": 1}),
        ("PFSFUNDS", {"1": 3, "": 11}),
        ("BNLFINANCIALCORP", {"E - ": 0, "SCHEDULE": 2}),
    ],
)
def test_contracts_give_their_outline(shared_data: Path, contract: str, expected: dict[str, int]) -> None:
    folder = shared_data / "cuad-sample" / "full_contract_txt"
    path = next(path for path in folder.iterdir() if path.name.startswith(contract))
    found = [each.label for each in headings(read(folder, path.name), "en")]
    assert {start: sum(label.startswith(start) for label in found) for start in expected} == expected


def test_a_table_of_contents_is_left_out(shared_data: Path) -> None:
    folder = shared_data / "cuad-sample" / "full_contract_txt"
    path = next(path for path in folder.iterdir() if path.name.startswith("Garrett"))
    found = [label for _, label in labels(read(folder, path.name))]
    assert found.count("ARTICLE VI CONFIDENTIAL INFORMATION") == 1
    law = "目次\n　第一章　総則（第一条―第三条）\n　第二章　雑則（第四条）\n\n"
    law += "第一章　総則\n第一条　この法律は、…\n第二章　雑則\n"
    assert labels(law) == [(1, "第一章 総則"), (2, "第一条"), (1, "第二章 雑則")]
    assert labels("Contents\n1. Aims ........ 3\n2. Means\t7\n\n1. Aims\nWe aim.\n") == [(1, "1. Aims")]


def test_a_title_of_contents_alone_takes_nothing_away() -> None:
    law = "目次\n\n第一章　総則\n\n第一条　" + "長い条文。" * 300 + "\n\n附則\n\n第一章　経過措置\n"
    assert len(headings(law, "ja")) == 4


def test_japanese_plans_are_numbered_in_several_ways() -> None:
    plan = "第１部　計画の考え方\n１　目的\n本計画は、…。\n(1) 現状\n現状は、…。\n(2) 課題\n課題は、…。\n"
    plan += "２．期間\n五年とする。\nⅢ　推進体制\n…。\n"
    assert labels(plan, "ja") == [
        (1, "第１部 計画の考え方"),
        (3, "１ 目的"),
        (4, "(1) 現状"),
        (4, "(2) 課題"),
        (3, "２．期間"),
        (2, "Ⅲ 推進体制"),
    ]


def test_numbered_reports_and_their_levels() -> None:
    report = "1 Introduction\n\nText.\n\n1.1 Purpose of the Plan\n\nText.\n\n"
    report += "1.1.1 Scope\n\nText.\n\n2. Measures\n\nText.\n"
    assert labels(report) == [
        (1, "1 Introduction"),
        (2, "1.1 Purpose of the Plan"),
        (3, "1.1.1 Scope"),
        (1, "2. Measures"),
    ]


def test_markdown_headings_keep_their_levels_and_code_is_no_heading() -> None:
    assert labels("# Plan #\n\n```\n# not this\n```\n\n### Means\n\n1. one\n\nText.\n#hashtag\n") == [
        (1, "Plan"),
        (2, "Means"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        "第三条の規定により、市長は、これを定める。",
        "第三条第二項の規定にかかわらず、市長は定める。",
        "附則第二条から第四条までの規定は、適用しない。",
        "Article 3 of the Act applies to residents.",
        "Section 10(b) of the Act applies.",
        "Article 3, paragraph 1 applies.",
        "The duties of the council and its committees are laid down in\nArticle 3. They are many.",
        "1. apples\n2. pears\n3. plums\n",
        "1. Apples\n\n2. Pears\n\n3. Plums\n",
        "(1) 通訳の派遣\n(2) 多言語での情報提供\n(3) 相談窓口\n",
        "- 一　出生の時に父又は母が日本国民であるとき。\n",
        "2019 was a year of growth.\n",
        "7. Nothing came before it\n\nText.\n",
        "3 人の職員が応対する\n",
        "1.5億円を計上した\n",
        "HONEYWELL INTERNATIONAL INC.\n\nThis Agreement is made between the parties that are named here.",
        "E - 4\n\nThis Agreement is made between the parties that are named below today, as follows.",
        "NAME          PLACE\n\nThis Agreement is made between the parties that are named below today.",
        "CITY PLAN\nThis page is about the plan of the city and its many measures for us.\n" * 3,
        "I. Mori said so.\n",
        "# # ",
        "## **\n",
        "1. Ms. Mori leads the work on interpreters\n",
    ],
)
def test_references_lists_names_and_page_marks_are_no_headings(content: str) -> None:
    assert headings(content) == []


def test_a_title_under_a_bare_mark_and_a_caption_above_it_belong_to_the_heading() -> None:
    contract = '   ARTICLE I\n\n   DEFINITIONS\n\n1.1 "Plan" means the plan.\n'
    (found,) = headings(contract)
    assert found == Heading(3, contract.index("\n\n1.1"), 1, "ARTICLE I DEFINITIONS")
    law = "前の規定。\n（目的）\n第一条　この法律は、目的を定める。\n"
    (found,) = headings(law, "ja")
    assert law[found.offset : found.end] == "（目的）\n第一条"
    assert found.label == "第一条（目的）"


def test_a_heading_that_runs_into_its_text_ends_with_its_title() -> None:
    content = "1.   Term of Agreement. The term begins today.\n"
    (found,) = headings(content)
    assert (content[found.offset : found.end], found.label) == (
        "1.   Term of Agreement",
        "1. Term of Agreement",
    )


def test_capitals_are_no_headings_in_japanese_and_kanji_numbers_only_there() -> None:
    prose = "この計画は、市内に住むすべての人が安心して暮らすことができるよう、市の施策を定める。" * 2
    assert labels(f"SDGS AND NPO\n\n{prose}\n", "ja") == []
    assert labels(f"一　総則\n{prose}\n", "ja") == [(1, "一 総則")]
    assert labels(f"一　総則\n{prose}\n", "en") == []


def test_sections_hold_one_another_from_the_innermost_out() -> None:
    content = "第一章　総則\n第一条　甲\n第二条　乙\n第二章　雑則\n第三条　丙\n"
    found = headings(content, "ja")
    inside = sections_at(found, content.index("乙"), len(content))
    assert [content[each.start : each.end] for each in inside] == [
        "第二条　乙\n",
        "第一章　総則\n第一条　甲\n第二条　乙\n",
    ]
    assert sections_at(found, len(content), len(content)) == [
        Passage(content.index("第三条"), len(content)),
        Passage(content.index("第二章"), len(content)),
    ]
    assert sections_at([], 3, 10) == []


@given(texts, st.sampled_from(["", "ja", "en"]))
def test_headings_come_in_order_and_lie_in_the_text(content: str, language: str) -> None:
    found = headings(content, language)
    assert all(0 <= each.offset < each.end <= len(content) for each in found)
    assert all(one.offset < other.offset for one, other in pairwise(found))
    assert sorted({each.level for each in found}) == list(range(1, len({each.level for each in found}) + 1))
    assert all(each.label and len(each.label) <= 100 and "\n" not in each.label for each in found)


@given(texts, st.data())
def test_sections_hold_the_offset_and_nest(content: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(content)))
    inside = sections_at(headings(content), offset, len(content))
    assert all(each.start <= offset and (offset < each.end or offset == len(content)) for each in inside)
    for inner, outer in pairwise(inside):
        assert outer.start <= inner.start
        assert inner.end <= outer.end


def test_two_megabytes_of_contracts_or_laws_take_a_tenth_of_a_second(shared_data: Path) -> None:
    folder = shared_data / "cuad-sample" / "full_contract_txt"
    contracts = "\n".join(path.read_text() for path in sorted(folder.iterdir()))
    law = read(shared_data, "ja-laws/321CONSTITUTION.md")
    for content in ((contracts * 4)[:2_000_000], (law * 60)[:670_000]):
        taken = min(_seconds(content) for _ in range(6))
        assert taken < 0.1 * slowness()


@pytest.mark.parametrize(
    "content",
    [
        " " * 1_000_000,
        "\n" * 500_000,
        "1. " + ". " * 500_000,
        "Contents\n" * 50_000,
        "Article 1\n" * 50_000,
        ("Article 1" + "\n" * 500) * 1_000,
        "1. Title\n\n" * 50_000,
        "# a\n```\n" * 50_000,
        "AB CD EF\n" * 50_000,
        "第" + "一" * 500_000,
        "ARTICLE I" + " " * 500_000,
        "（" * 200_000 + "\n第一条（" + "あ" * 500_000,
    ],
)
def test_no_text_is_a_trap(content: str) -> None:
    assert _seconds(content) < 2


def _seconds(content: str) -> float:
    begun = time.process_time()
    headings(content)
    return time.process_time() - begun
