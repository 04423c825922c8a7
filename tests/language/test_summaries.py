"""What a summary is like beside its evidence."""

from __future__ import annotations

from fractions import Fraction

import pytest

from workbench.language.summaries import (
    SummaryMeasures,
    carried,
    count_words,
    measure,
    standing_out,
    words_of_measures,
)

EVIDENCE = ("The City shall place one supporter in every school with five or more foreign children.",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("It doesn't hire part-time staff in 2018.", 7),
        ("市は支援員を置く。", 4),
        ("The term 共生 stays.", 4),
    ],
)
def test_words_are_counted_as_people_count_them(text: str, words: int) -> None:
    assert count_words(text) == words


def test_a_sentence_without_a_citation_is_counted() -> None:
    summary = "The city places supporters. It pays them."
    assert measure(summary, {"27": "x1"}, EVIDENCE).unlinked == 1
    assert measure(summary, {"27": "x1", "41": "x1"}, EVIDENCE).unlinked == 0
    assert measure(summary, {}, EVIDENCE).unlinked == 2


def test_runs_of_the_source_are_verbatim_and_its_key_terms_are_not() -> None:
    assert measure("Supporters stand in every school.", {}, EVIDENCE).verbatim == 0
    copied = measure("place one supporter in every school", {}, EVIDENCE)
    assert (copied.verbatim, copied.compression) == (1, Fraction(6, 15))
    half = measure("Here they place one supporter in every town, we think so", {}, EVIDENCE)
    assert half.verbatim == Fraction(5, 11)


def test_japanese_is_verbatim_by_characters() -> None:
    source = ("市は、外国人市民の人権に関する施策を計画的に推進するものとする。",)
    assert measure("外国人市民の人権に関する施策を推進", {}, source).verbatim == Fraction(15, 17)
    assert measure("人権に関する施策", {}, source).verbatim == 0


def test_nothing_to_divide_by_has_no_share() -> None:
    empty = measure("", {}, ())
    assert (empty.words, empty.sentences, empty.verbatim, empty.compression) == (0, 0, None, None)
    assert words_of_measures(measure("It hires.", {}, ())) == "2 words"
    assert words_of_measures(measure("It hires.", {}, EVIDENCE)) == (
        "2 words, 1 of 1 sentences cite nothing, 13 % of the length of its evidence, 0 % verbatim"
    )


def test_citations_stay_with_the_sentences_that_stay() -> None:
    old = "The city hires. It trains. It pays."
    citations = {"15": "x1", "26": "x2", "35": "x3"}
    new = "Now the city hires. It trains. It pays. It ends."
    assert carried(old, citations, new) == {30: ["x2"], 39: ["x3"]}
    assert carried(old, citations, old) == {15: ["x1"], 26: ["x2"], 35: ["x3"]}
    assert carried(old, citations, "") == {}


def of_words(words: int, *, unlinked: int = 0, verbatim: Fraction = Fraction(0)) -> SummaryMeasures:
    return SummaryMeasures(words, 2, unlinked, verbatim, Fraction(1, 2))


def test_summaries_stand_out_by_length_copying_and_missing_citations() -> None:
    usual = {f"c{number}": of_words(20 + number) for number in range(9)}
    assert standing_out(usual) == {}
    told = standing_out(
        usual | {"long": of_words(500, verbatim=Fraction(9, 10)), "bare": of_words(24, unlinked=1)}
    )
    assert told["long"][0].startswith("long: 500 words, most have 2")
    assert told["long"][1] == "copied: 90 % stands in the evidence word for word"
    assert told["bare"] == ["uncited: 1 of 2 sentences"]
    assert standing_out({"a": of_words(3), "b": of_words(900)}) == {}
    assert standing_out({"empty": of_words(0, unlinked=0)}) == {}
