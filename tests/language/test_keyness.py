"""Frequent words, key words and collocations: counted by hand and by other formulas."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import Refused
from workbench.language import terms
from workbench.language.keyness import Piece, collocations, frequent, keyness
from workbench.language.lemmas import lacking
from workbench.language.terms import read_terms, stop_words


def english(words: str, document: str = "a") -> Piece:
    return Piece(document, words, "en")


@pytest.fixture
def plain_japanese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hide SudachiPy, whether it is installed or not."""
    hidden = {"ja": "missing", "ja-JP": "missing"}
    monkeypatch.setattr(terms, "lacking", lambda language: hidden.get(language) or lacking(language))
    monkeypatch.setattr(terms, "_KEPT", terms.Remembered(10**6))
    terms._reader.cache_clear()
    yield
    terms._reader.cache_clear()


def test_words_are_counted_in_any_form_with_their_documents() -> None:
    part = [
        english("The city supports residents. A resident's rights."),
        english("Cities must act; 3 residents voted in 2018.", "b"),
    ]
    found = {each.term: each for each in frequent(part)}
    assert (found["resident"].count, found["resident"].documents) == (3, ("a", "b"))
    assert (found["city"].count, found["must"].count) == (2, 1)
    assert not {"the", "a", "2018", "3"} & set(found)
    assert found["city"].per_thousand == Fraction(2000, found["city"].of)
    assert "the" in {each.term for each in frequent(part, all_words=True)}
    assert [each.term for each in frequent(part, least=3)] == ["resident"]


def test_keyness_is_the_formula_of_rayson_and_garside() -> None:
    here = [english("tax " * 30 + "road " * 70)]
    there = [english("tax " * 10 + "road " * 190)]
    [tax, road] = keyness(here, there)
    expected = 2 * (30 * log(30 / (100 * 40 / 300)) + 10 * log(10 / (200 * 40 / 300)))
    assert tax.here.term == "tax"
    assert tax.g2 == pytest.approx(expected)
    assert tax.log_ratio == pytest.approx(log(30 / 100 / (10 / 200), 2))
    assert (road.here.term, road.g2 < 0, road.log_ratio < 0) == ("road", True, True)


def test_a_word_that_stands_on_one_side_only_counts_as_half_on_the_other() -> None:
    found = keyness([english("tax tax tax road")], [english("road road road road")])
    assert found[0].log_ratio == pytest.approx(log((3 / 4) / (0.5 / 4), 2))
    assert keyness([english("tax tax tax")], []) == []


@given(st.lists(st.sampled_from(["tax", "road", "bridge"]), min_size=3, max_size=60), st.integers(1, 4))
def test_parts_alike_have_no_key_words(words: list[str], times: int) -> None:
    text = " ".join(words) + " "
    assert all(
        key.g2 == pytest.approx(0, abs=1e-9) and key.log_ratio == pytest.approx(0)
        for key in keyness([english(text)], [english(text * times)])
    )


@given(
    st.lists(st.sampled_from(["tax", "road", "bridge"]), min_size=3, max_size=40),
    st.lists(st.sampled_from(["tax", "road", "bridge"]), min_size=3, max_size=40),
)
def test_what_one_side_prefers_the_other_avoids(one: list[str], other: list[str]) -> None:
    here, there = [english(" ".join(one))], [english(" ".join(other))]
    turned = {key.here.term: key for key in keyness(there, here)}
    for key in keyness(here, there):
        back = turned[key.here.term]
        assert abs(key.g2) == pytest.approx(abs(back.g2))
        assert key.log_ratio == pytest.approx(-back.log_ratio)


def test_words_go_together_inside_a_sentence_only() -> None:
    filler = " ".join(f"Roads need gravel. Bridges need {word}." for word in ("steel", "wood", "stone"))
    part = [english("Human rights matter. Human rights hold. Human rights stay. Rights human. " + filler)]
    first, *_ = collocations(part)
    assert (first.first, first.second, first.count, first.documents) == ("human", "right", 3, ("a",))
    assert first.g2 > 0
    assert first.pmi > 0
    assert collocations([english("Human. Rights. Human. Rights. Human. Rights. Human. Rights.")]) == []


def test_counting_is_ended_where_that_is_asked_for() -> None:
    seen: list[tuple[int, int]] = []

    def tell(done: int, of: int) -> bool:
        seen.append((done, of))
        return done < 2

    with pytest.raises(Refused):
        frequent([english("a b c")] * 5, progress=tell)
    assert seen == [(0, 5), (1, 5), (2, 5)]


@pytest.mark.usefixtures("plain_japanese")
def test_without_a_dictionary_japanese_words_are_runs_of_one_script() -> None:
    read = read_terms("第一条　市は多文化共生を進める。ヘイトスピーチを防ぐ。ﾊﾟｰﾄﾅｰ、NPOと。", "ja")
    assert read == (("多文化共生",), ("ヘイトスピーチ",), ("パートナー", "npo"))
    assert "runs of kanji" in terms.counted_as("ja-JP")


def test_with_a_dictionary_japanese_words_are_its_own() -> None:
    if message := lacking("ja"):
        pytest.skip(message)
    [read] = read_terms("取り扱いと取扱を定める。", "ja")
    assert read.count(read[0]) == 2
    assert "normal form" in terms.counted_as("ja")


def test_a_language_without_lemmas_counts_words_as_they_stand() -> None:
    assert read_terms("Mwananchi wana haki, HAKI zao.", "xx-zz") == (
        ("mwananchi", "wana", "haki", "haki", "zao"),
    )
    assert terms.counted_as("xx") == "Words count as they stand."
    assert stop_words("xx") == frozenset()
    assert "und" in stop_words("de")
    assert stop_words("../os") == frozenset()


def test_verbs_of_duty_are_no_words_of_grammar() -> None:
    assert not {"shall", "must", "may", "should"} & stop_words("en")
