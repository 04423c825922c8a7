"""The links of two texts as a map: monotone and total, whatever the links are."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from workbench.model.link_map import Hand, LinkMap
from workbench.model.translation import Link, LinkState


def link(number: int, source: tuple[int, int], target: tuple[int, int]) -> Link:
    return Link(f"l{number}", "s", "t", *source, *target, "by hand", 1000, LinkState.MENDED)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[list[Link], tuple[int, int]]:
    lengths = draw(st.integers(0, 40)), draw(st.integers(0, 40))
    made: list[Link] = []
    for number in range(draw(st.integers(0, 8))):
        ends = [sorted((draw(st.integers(0, each)), draw(st.integers(0, each)))) for each in lengths]
        (a, b), (c, d) = ends
        made.append(link(number, (a, b), (c, d)))
    return made, lengths


@given(pairs())
def test_the_place_beside_is_within_the_text_and_never_runs_backwards(
    pair: tuple[Sequence[Link], tuple[int, int]],
) -> None:
    links, lengths = pair
    found = LinkMap(links, lengths)
    for hand in Hand:
        beside = [found.beside(hand, offset) for offset in range(-1, lengths[hand] + 3)]
        assert beside == sorted(beside)
        assert 0 <= beside[0] <= beside[-1] <= lengths[hand.other]
        if lengths[hand]:
            assert beside[-1] == lengths[hand.other]


@given(pairs(), st.integers(0, 40), st.integers(0, 10))
def test_the_links_over_a_passage_are_those_that_share_a_code_point_with_it(
    pair: tuple[Sequence[Link], tuple[int, int]], start: int, length: int
) -> None:
    from workbench.model.text import Passage

    links, lengths = pair
    found, passage = LinkMap(links, lengths), Passage(start, start + length)
    for hand in Hand:
        held = [each for each in links if len(hand.stretch(each)) and hand.stretch(each).overlaps(passage)]
        assert {each.id for each in found.over(hand, passage)} == {each.id for each in held}


def test_linked_stretches_lie_beside_each_other_and_what_is_between_in_proportion() -> None:
    found = LinkMap([link(1, (0, 10), (0, 20)), link(2, (20, 30), (60, 70))], (40, 100))
    assert [found.beside(Hand.SOURCE, at) for at in (0, 5, 10, 15, 20, 30, 35, 40)] == [
        0,
        10,
        20,
        40,
        60,
        70,
        85,
        100,
    ]
    assert [found.beside(Hand.TARGET, at) for at in (0, 10, 40, 60, 100)] == [0, 5, 15, 20, 40]


def test_many_to_many_links_and_one_that_crosses_keep_the_order_of_the_others() -> None:
    many = [link(1, (0, 30), (0, 5)), link(2, (30, 32), (5, 60))]
    moved = link(3, (32, 40), (60, 60))
    crossing = link(4, (35, 40), (0, 4))
    found = LinkMap([*many, moved, crossing], (40, 70))
    assert found.beside(Hand.SOURCE, 15) == 2
    assert found.beside(Hand.SOURCE, 31) == 32
    assert [each.id for each in found.at(Hand.TARGET, 2)] == ["l4", "l1"]


def test_an_empty_text_has_a_place_beside_every_place() -> None:
    found = LinkMap((), (0, 12))
    assert found.beside(Hand.SOURCE, 0) == 0
    assert found.beside(Hand.TARGET, 7) == 0
    assert LinkMap().beside(Hand.SOURCE, 3) == 0
