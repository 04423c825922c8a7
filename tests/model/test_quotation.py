"""Quoted words are found where they stand, or not at all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.model.quotation import place_quote
from workbench.model.text import Passage

WORDS = st.lists(
    st.sampled_from(["the", "city", "人権", "(a)", "shall.", "[x]", "ﾎﾞ"]), min_size=1, max_size=8
)
GAP = st.sampled_from([" ", "  ", "\n", "\n\n", "\u3000", "\t "])


def test_exact_words_are_placed_at_their_first_occurrence() -> None:
    placed = place_quote("rights, rights and rights", "rights")
    assert placed is not None
    assert (placed.passages, placed.exact, placed.occurrences) == ((Passage(0, 6),), True, 3)


def test_pieces_between_omissions_follow_one_another() -> None:
    content = "We shall: (a) pay; (b) wait; and then we end."
    placed = place_quote(content, "We shall:<omitted>(b) wait;[...]we end.")
    assert placed is not None
    assert [content[p.start : p.end] for p in placed.passages] == ["We shall:", "(b) wait;", "we end."]
    assert not placed.exact


def test_pieces_in_the_wrong_order_are_not_placed() -> None:
    assert place_quote("first second", "second<omitted>first") is None


def test_words_that_are_not_there_are_not_placed() -> None:
    assert place_quote("The city shall.", "The city may.") is None
    assert place_quote("The city shall.", " \n") is None
    assert place_quote("The city shall.", "<omitted>") is None


@given(WORDS, st.data())
def test_white_space_may_differ_but_words_may_not(words: list[str], data: st.DataObject) -> None:
    content = "head " + "".join(word + data.draw(GAP) for word in words) + "tail"
    quote = "".join(word + data.draw(GAP) for word in words).strip()
    placed = place_quote(content, quote)
    assert placed is not None
    [passage] = placed.passages
    assert content[passage.start : passage.end].split() == words
