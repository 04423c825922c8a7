"""Regular expressions stop in time and are exact; lemmas find words in any form."""

from __future__ import annotations

import time
import unicodedata
from importlib.util import find_spec

import pytest

from workbench.errors import Refused, WrongUsage
from workbench.language import lemmas
from workbench.language.lemmas import LemmaPattern, lacking
from workbench.language.patterns import RegexPattern


def matched(content: str, pattern: str, *, cased: bool = False) -> list[str]:
    return [content[hit.start : hit.end] for hit in RegexPattern(pattern, cased=cased).hits(content)]


def test_a_pattern_sees_the_text_as_it_is_stored() -> None:
    assert matched("第１条 第2条", "第[０-９]条") == ["第１条"]
    assert matched("City city", "city") == ["City", "city"]
    assert matched("City city", "city", cased=True) == ["city"]
    assert matched("a\nab\nb", "^a.?$") == ["a", "ab"]


def test_a_pattern_finds_decomposed_kana_with_exact_offsets() -> None:
    stored = unicodedata.normalize("NFD", "市のガイドライン。がく")
    assert matched(stored, "ガ.ド") == [unicodedata.normalize("NFD", "ガイド")]
    assert matched(stored, "か") == []
    assert matched(stored, "がく$") == [unicodedata.normalize("NFD", "がく")]


def test_matches_of_nothing_are_passed_over() -> None:
    assert matched("baab", "a*") == ["aa"]
    assert matched("abc", r"\b") == []


@pytest.mark.parametrize("pattern", [r"(?:a|aa)+$", r"(?:a|a)*$"])
def test_a_pattern_that_would_run_for_minutes_stops_at_its_limit(pattern: str) -> None:
    began = time.monotonic()
    with pytest.raises(Refused, match=r"longer than 0\.3 seconds"):
        list(RegexPattern(pattern, limit=0.3).hits("a" * 60 + "b"))
    assert time.monotonic() - began < 3


def test_the_limit_holds_over_all_texts_together() -> None:
    pattern = RegexPattern(r"(?:a|aa)+$", limit=0.3)
    with pytest.raises(Refused):
        list(pattern.hits("a" * 60 + "b"))
    with pytest.raises(Refused):
        for _ in range(100_000):
            list(pattern.hits("a" * 22 + "b"))


@pytest.mark.parametrize(
    ("pattern", "place"), [("ab(c", "character"), ("[a-", "character 4"), ("a**", "character 3")]
)
def test_a_bad_pattern_is_told_with_its_place(pattern: str, place: str) -> None:
    with pytest.raises(WrongUsage, match=place):
        RegexPattern(pattern)


@pytest.mark.parametrize("pattern", ["(((a{100}){100}){100}){100}", "a" * 2001, ""])
def test_a_pattern_that_would_fill_the_memory_is_refused(pattern: str) -> None:
    with pytest.raises(WrongUsage):
        RegexPattern(pattern)


needs_simplemma = pytest.mark.skipif(find_spec("simplemma") is None, reason="simplemma is not installed")


def forms(content: str, query: str, language: str) -> list[str]:
    return [content[hit.start : hit.end] for hit in LemmaPattern(query).hits(content, language)]


@needs_simplemma
def test_words_are_found_in_any_form() -> None:
    text = "Residents supported the city’s children. A resident supports a child; Supporting is free."
    assert forms(text, "child", "en") == ["children", "child"]
    assert forms(text, "residents", "en-GB") == ["Residents", "resident"]
    assert forms(text, "resident supports", "en") == ["Residents supported", "resident supports"]
    assert forms("Les villes françaises et la ville", "ville", "fr") == ["villes", "ville"]


@needs_simplemma
def test_lemmas_keep_exact_offsets_in_decomposed_text() -> None:
    stored = unicodedata.normalize("NFD", "Réfugiés, un réfugié")
    assert [unicodedata.normalize("NFC", word) for word in forms(stored, "réfugié", "fr")] == [
        "Réfugiés",
        "réfugié",
    ]


def test_what_is_missing_for_lemmas_is_said_with_the_way_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    lacking.cache_clear()
    monkeypatch.setattr(lemmas, "find_spec", lambda name: None)
    assert "pip install sudachipy sudachidict-core" in lacking("ja")
    assert "pip install simplemma" in lacking("en")
    with pytest.raises(WrongUsage, match="pip install simplemma"):
        list(LemmaPattern("child").hits("children", "en"))
    lacking.cache_clear()


@needs_simplemma
def test_a_language_without_lemmas_is_named() -> None:
    assert "xx" in lacking("xx")
    assert "language" in lacking("")


@pytest.mark.skipif(find_spec("sudachipy") is None, reason="SudachiPy is not installed")
def test_japanese_spellings_of_one_word_are_one() -> None:
    text = "情報の取扱いと取り扱い。支援を行った。"
    assert forms(text, "取扱", "ja") == ["取扱い", "取り扱い"]
    assert forms(text, "行う", "ja") == ["行っ"]


def test_a_query_without_a_word_is_refused() -> None:
    with pytest.raises(WrongUsage, match="no word"):
        LemmaPattern("…")
