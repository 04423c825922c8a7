"""Marks in a summary and the citations they stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import WrongUsage
from workbench.model.citations import (
    by_sentence,
    numbered,
    renumbered,
    with_found,
    with_marks,
    without_excerpt,
    without_lost,
    without_marks,
)
from workbench.model.text import Passage

EXCERPTS = ("x1", "x2", "x3")
REFS = numbered(EXCERPTS)
IDS = {ref: identifier for identifier, ref in REFS.items()}

WORDS = (
    st.text(st.sampled_from("ab .。\n[]Eé共😀"), max_size=30).map(str.strip).filter(lambda s: "[E" not in s)
)


@st.composite
def cited(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    words = draw(WORDS.filter(bool))
    behind_words = st.integers(0, len(words)).map(lambda at: len(words[:at].rstrip()))
    places = draw(st.lists(behind_words, unique=True, max_size=4))
    ids = st.lists(st.sampled_from(EXCERPTS), min_size=1, max_size=3, unique=True)
    return words, {str(at): " ".join(draw(ids)) for at in sorted(places)}


@given(cited())
def test_marks_written_and_read_again_are_the_same_citations(summary: tuple[str, dict[str, str]]) -> None:
    words, citations = summary
    assert without_marks(with_marks(words, citations, REFS), IDS) == (words, citations)


@given(cited(), st.permutations(EXCERPTS))
def test_renumbered_marks_cite_the_same_excerpts(
    summary: tuple[str, dict[str, str]], order: list[str]
) -> None:
    words, citations = summary
    new = numbered(order)
    again = renumbered(with_marks(words, citations, REFS), REFS, new)
    assert without_marks(again, {ref: identifier for identifier, ref in new.items()}) == (words, citations)


def test_a_mark_stands_after_the_sentence_and_takes_its_space_with_it() -> None:
    words, citations = without_marks(" It hires. [E1, E3] It trains. [E2] ", IDS)
    assert words == "It hires. It trains."
    assert citations == {"9": "x1 x3", "20": "x2"}
    assert with_marks(words, citations, REFS) == "It hires. [E1 E3] It trains. [E2]"


def test_a_mark_glued_to_the_next_sentence_leaves_the_space_between_them() -> None:
    assert without_marks("It hires. [E1]It trains.", IDS) == ("It hires. It trains.", {"9": "x1"})
    assert without_marks("雇う。[E1]教える。", IDS) == ("雇う。教える。", {"3": "x1"})


def test_two_marks_in_one_place_are_one_and_an_excerpt_is_cited_there_once() -> None:
    assert without_marks("It hires. [E1][E2] [E1]", IDS) == ("It hires.", {"9": "x1 x2"})


def test_a_mark_alone_cites_nothing() -> None:
    assert without_marks(" [E1] ", IDS) == ("", {})


def test_a_mark_that_names_no_evidence_is_refused_and_other_brackets_are_words() -> None:
    with pytest.raises(WrongUsage, match=r"\[E4\] names no evidence of this cell; it has E1, E2, E3"):
        without_marks("It hires. [E4]", IDS)
    assert without_marks("As of [2018] and [e1].", IDS) == ("As of [2018] and [e1].", {})


def test_a_citation_belongs_to_the_sentence_it_ends() -> None:
    sentences = [Passage(0, 9), Passage(10, 20)]
    assert by_sentence({"9": "x1", "14": "x2", "20": "x2 x3"}, sentences) == [["x1"], ["x2", "x3"]]
    assert by_sentence({"0": "x1"}, sentences) == [["x1"], []]
    assert by_sentence({"10": "x1"}, sentences) == [["x1"], []]
    assert by_sentence({"0": "x1"}, []) == []


def test_an_excerpt_leaves_every_citation() -> None:
    assert without_excerpt({"3": "x1", "9": "x1 x2"}, "x1") == {"9": "x2"}
    assert renumbered("It hires. [E1 E2] So. [E1]", REFS, {"x2": "E1"}) == "It hires. [E1] So."


@given(cited(), st.sets(st.sampled_from(EXCERPTS)))
def test_marks_that_go_with_their_excerpts_come_back_with_them(
    summary: tuple[str, dict[str, str]], gone: set[str]
) -> None:
    words, citations = summary
    left = numbered(each for each in EXCERPTS if each not in gone)
    marked, lost = without_lost(with_marks(words, citations, REFS), REFS, left)
    assert {mark.excerpt_id for mark in lost} == gone & {
        one for ids in citations.values() for one in ids.split()
    }
    again, none = without_lost(marked, left, REFS)
    assert none == []
    back = without_marks(with_found(again, lost, REFS), IDS)
    assert back[0] == words
    assert {at: set(ids.split()) for at, ids in back[1].items()} == {
        at: set(ids.split()) for at, ids in citations.items()
    }


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("It hires. It trains. New.", "It hires. [E1] It trains. New."),
        ("First. It hires. It trains.", "First. It hires. [E1] It trains."),
        ("First. It hires. It trains. New.", "First. It hires. [E1] It trains. New."),
        ("It hires. It trains [E7].", "It hires. [E1] It trains [E7]."),
        ("Nobody knows", "Nobody knows"),
    ],
)
def test_a_mark_comes_back_behind_the_words_it_stood_behind(now: str, expected: str) -> None:
    _, lost = without_lost("It hires. [E1] It trains.", REFS, {})
    assert with_found(now, lost, REFS) == expected
