from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from workbench.model.stretches import difference, union
from workbench.model.text import Passage

LENGTH = 24


@st.composite
def passage(draw: st.DrawFn) -> Passage:
    start = draw(st.integers(0, LENGTH))
    return Passage(start, draw(st.integers(start, LENGTH)))


PASSAGES = st.lists(passage(), max_size=7)


def points(passages: list[Passage]) -> set[int]:
    return {point for each in passages for point in range(each.start, each.end)}


def in_order_and_apart(passages: list[Passage]) -> bool:
    return all(a.end < b.start for a, b in pairwise(passages)) and all(map(len, passages))


@given(PASSAGES)
def test_a_union_covers_the_same_code_points_in_order_and_apart(passages: list[Passage]) -> None:
    joined = union(passages)
    assert points(joined) == points(passages)
    assert in_order_and_apart(joined)


@given(PASSAGES, PASSAGES)
def test_a_difference_leaves_just_what_is_not_taken_away(left: list[Passage], away: list[Passage]) -> None:
    rest = difference(left, away)
    assert points(rest) == points(left) - points(away)
    assert in_order_and_apart(rest)
