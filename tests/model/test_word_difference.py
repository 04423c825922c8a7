"""Differences between words lose nothing, and what was shown as marks comes back as what it stands for."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from tests.speed import slowness
from workbench.model.visible import visible
from workbench.model.word_difference import Kept, Stretch, taken_over, word_difference

WORDS = st.text("ab 市長\n\t\u202e\x00\u200bé<U+>E2", max_size=30)


@given(WORDS, WORDS)
def test_a_difference_gives_back_both_sides(old: str, new: str) -> None:
    found = word_difference(old, new)
    assert "".join(each.words for each in found if each.kept is not Kept.NEW) == old
    assert "".join(each.words for each in found if each.kept is not Kept.GONE) == new


def test_words_and_single_characters_of_japanese_are_told_apart() -> None:
    assert word_difference("The city bans it.", "The city forbids it.") == (
        Stretch("The city ", Kept.SAME),
        Stretch("bans", Kept.GONE),
        Stretch("forbids", Kept.NEW),
        Stretch(" it.", Kept.SAME),
    )
    assert word_difference("市は禁じる", "市が禁じる")[1:3] == (
        Stretch("は", Kept.GONE),
        Stretch("が", Kept.NEW),
    )


@given(WORDS)
def test_words_that_nobody_edited_come_back_as_they_were(words: str) -> None:
    assert taken_over(words, visible(words, newlines=True)) == words


@given(WORDS, st.text("ab 市\n", max_size=6))
def test_what_was_added_at_an_end_leaves_the_rest_as_it_was(words: str, more: str) -> None:
    shown = visible(words, newlines=True)
    assert taken_over(words, shown + "#" + more) == words + "#" + more
    assert taken_over(words, more + "#" + shown) == more + "#" + words


def test_a_mark_that_was_taken_apart_or_typed_stays_as_typed() -> None:
    assert taken_over("a\u202eb", "a<U+202>b") == "a<U+202>b"
    assert taken_over("ab", "a<U+202E>b") == "a<U+202E>b"
    assert taken_over("x\ty\u202ez", "x    Y<U+202E>z") == "x\tY\u202ez"


def test_long_words_that_are_all_new_do_not_take_long() -> None:
    began = time.process_time()
    found = word_difference("a b " * 8_000, "c d\u202e " * 8_000)
    assert time.process_time() - began < 2 * slowness()
    assert {each.kept for each in found} == {Kept.GONE, Kept.NEW, Kept.SAME}
