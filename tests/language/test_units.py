"""Units: exact, in order, complete, and the same for spaCy."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.language import policy_units
from tests.speed import slowness
from workbench.language.components import pipeline
from workbench.language.units import paragraph_at, sentence_at, sentences

ENGLISH = [
    ("The city shall act. It may ask.", ["The city shall act.", "It may ask."]),
    ("See Art. 5 and No. 12. It applies.", ["See Art. 5 and No. 12.", "It applies."]),
    ("1. The council meets.", ["1. The council meets."]),
    ("(a) fees. (b) costs.", ["(a) fees.", "(b) costs."]),
    ("Dr. A. Mori spoke. All agreed.", ["Dr. A. Mori spoke.", "All agreed."]),
    (
        "The desk (open daily. Free.) helps all. Come in!",
        ["The desk (open daily. Free.) helps all.", "Come in!"],
    ),
    ("He said “No.” They left.", ["He said “No.”", "They left."]),
    ("a line that is\nbroken goes on. Yes.", ["a line that is\nbroken goes on.", "Yes."]),
    ("Heading\nThe text begins.", ["Heading", "The text begins."]),
    ("- first item\n- second item", ["- first item", "- second item"]),
    ("e.g. schools, i.e. classes. Others follow.", ["e.g. schools, i.e. classes.", "Others follow."]),
    ("It costs 3.50 yen. Cheap.", ["It costs 3.50 yen.", "Cheap."]),
    ("Who? We. When? Now!", ["Who?", "We.", "When?", "Now!"]),
    ("Article 3. The city acts.", ["Article 3. The city acts."]),
    ("From 9 a.m. to 5 p.m. Monday is closed.", ["From 9 a.m. to 5 p.m.", "Monday is closed."]),
]
JAPANESE = [
    ("市は努める。国は支える。", ["市は努める。", "国は支える。"]),
    ("「はい。」と答えた。以上。", ["「はい。」と答えた。", "以上。"]),
    ("（以下「市」という。）が行う。次に、国。", ["（以下「市」という。）が行う。", "次に、国。"]),
    ("第1条　市は行う。\n２　国は行う。", ["第1条　市は行う。", "２　国は行う。"]),
    ("総則\n第1条 目的を定める。", ["総則", "第1条 目的を定める。"]),
    ("・相談\n・研修", ["・相談", "・研修"]),
    ("市民は、\n参加する。次。", ["市民は、\n参加する。", "次。"]),
    ("本当か！？そうだ。", ["本当か！？", "そうだ。"]),
    ("「閉じない。市は行う。国も行う。", ["「閉じない。", "市は行う。", "国も行う。"]),
    ("比率は３．５％である。次。", ["比率は３．５％である。", "次。"]),
    ("「はい。」国は支える。", ["「はい。」", "国は支える。"]),
    ("市は「はい。」国も答えた。", ["市は「はい。」国も答えた。"]),
    ("（開く。「閉じる。」と言う。次。", ["（開く。", "「閉じる。」と言う。", "次。"]),
    ("(1) 人権\n(2) 共生", ["(1) 人権", "(2) 共生"]),
]


def words_of(content: str, language: str = "") -> list[str]:
    return [content[p.start : p.end] for p in sentences(content, language)]


@pytest.mark.parametrize(("content", "expected"), ENGLISH)
def test_english_sentences_end_where_a_reader_ends_them(content: str, expected: list[str]) -> None:
    assert words_of(content, "en") == expected


@pytest.mark.parametrize(("content", "expected"), JAPANESE)
def test_japanese_sentences_end_where_a_reader_ends_them(content: str, expected: list[str]) -> None:
    assert words_of(content, "ja") == expected


CONTENT = st.text(
    st.sampled_from("ab A.!?。！？「」（）()[]\n　 \t1第条、・-’”か゛👨\u200d👩e\u0301Zz"), max_size=80
)


@given(CONTENT, st.sampled_from(["en", "ja", ""]))
def test_units_cover_everything_that_is_not_blank_once_and_in_order(content: str, language: str) -> None:
    at = 0
    for unit in sentences(content, language):
        assert not content[at : unit.start].strip()
        assert unit.start >= at
        piece = content[unit.start : unit.end]
        assert piece
        assert piece == piece.strip()
        at = unit.end
    assert not content[at:].strip()


@given(CONTENT, st.sampled_from(["en", "ja", ""]), st.integers(0, 80))
def test_the_sentence_at_an_offset_is_one_of_the_text(content: str, language: str, offset: int) -> None:
    units = sentences(content, language)
    found = sentence_at(content, min(offset, len(content)), language)
    assert found in units or not len(found)
    for unit in units:
        if unit.start <= offset < unit.end:
            assert found == unit


@settings(deadline=None)
@given(CONTENT, st.sampled_from(["en", "ja", ""]))
def test_spacy_has_the_same_sentences_and_the_same_text(content: str, language: str) -> None:
    doc = pipeline(language)(content)
    assert doc.text == content
    starts = {unit.start for unit in sentences(content, language)}
    begun = {sentence.start_char + len(sentence.text) - len(sentence.text.lstrip()) for sentence in doc.sents}
    assert starts <= begun


def test_a_paragraph_is_the_line_around_an_offset() -> None:
    content = "one\n  two three \nfour"
    assert [content[p.start : p.end] for p in (paragraph_at(content, at) for at in (0, 8, 20))] == [
        "one",
        "two three",
        "four",
    ]


def test_a_sentence_in_a_text_of_two_million_characters_is_found_at_once() -> None:
    content = "The city acts. It asks.\n" * 90_000
    found = sentence_at(content, len(content) // 2, "en")
    assert content[found.start : found.end] in ("The city acts.", "It asks.")


def f1(found: int, expected: int, hit: int) -> float:
    return 2 * hit / (found + expected)


@pytest.mark.parametrize(("texts", "language"), [(policy_units.ENGLISH, "en"), (policy_units.JAPANESE, "ja")])
def test_policy_texts_are_cut_as_a_reader_cuts_them(texts: tuple[str, ...], language: str) -> None:
    found = expected = hit = 0
    for text in texts:
        gold = {unit.strip() for unit in text.split("¦")}
        cut = set(words_of(text.replace("¦", ""), language))
        found, expected, hit = found + len(cut), expected + len(gold), hit + len(cut & gold)
    assert len(texts) >= 25
    assert f1(found, expected, hit) >= 0.97, (found, expected, hit)


@pytest.mark.parametrize(("joint", "least"), [("\n", 0.97), (" ", 0.9)])
def test_news_sentences_are_found_again_in_running_text(shared_data: Path, joint: str, least: float) -> None:
    """A headline has no stop: on a line of its own it is found, run into the text nobody could."""
    found = expected = hit = 0
    with (shared_data / "ntrex-ja-en" / "documents.jsonl").open(encoding="utf-8") as file:
        for line in file:
            gold = [str(sentence["en"]).strip() for sentence in json.loads(line)["sentences"]]
            running = "".join(each + (" " if each[-1] in ".!?\"'”’)" else joint) for each in gold)
            cut = {running[unit.start : unit.end] for unit in sentences(running, "en")}
            found, expected, hit = found + len(cut), expected + len(gold), hit + len(cut & set(gold))
    assert expected == 204
    assert f1(found, expected, hit) >= least, (hit, found, expected)


def test_articles_of_the_constitution_are_cut_into_their_sentences(shared_data: Path) -> None:
    content = (shared_data / "constitution-ja-en" / "ja.txt").read_text(encoding="utf-8")
    units = [content[unit.start : unit.end] for unit in sentences(content, "ja")]
    assert all(unit.count("。") <= 1 or "「" in unit or "（" in unit for unit in units)
    assert sum(unit.endswith("。") for unit in units) == content.count("。")


def test_a_few_japanese_terms_leave_english_prose_to_the_english_rules() -> None:
    english = "The rights (人権) of residents are named. 共生 is kept as it is. So says Art. 3."
    assert words_of(english) == [
        "The rights (人権) of residents are named.",
        "共生 is kept as it is.",
        "So says Art. 3.",
    ]
    japanese = "NPO、NGO等と連携する。IT (情報) の活用を図る。"
    assert words_of(japanese) == ["NPO、NGO等と連携する。", "IT (情報) の活用を図る。"]


@pytest.mark.parametrize(("texts", "language"), [(policy_units.ENGLISH, "en"), (policy_units.JAPANESE, "ja")])
def test_a_thousand_documents_are_cut_in_five_seconds(texts: tuple[str, ...], language: str) -> None:
    content = "\n".join(texts).replace("¦", "")
    long = content * (3_000 // len(content.encode()) + 1)
    documents = [f"{number}\n{long}" for number in range(100)]
    pipeline(language)("Loaded.")
    began = time.process_time()
    units = sum(len(sentences(document, language)) for document in documents)
    by_spacy = sum(1 for document in documents for _ in pipeline(language)(document).sents)
    assert 10 * (time.process_time() - began) <= 5 * slowness()
    assert min(units, by_spacy) > 1_000
