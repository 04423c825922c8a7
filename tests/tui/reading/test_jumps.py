"""Going back and forward over the places that were left."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.tui.reading.jumps import Jumps


def test_one_goes_back_over_the_places_left_and_forward_again() -> None:
    jumps = Jumps()
    jumps.left(1)
    jumps.left(20)
    assert jumps.back(300) == 20
    assert jumps.back(20) == 1
    assert jumps.back(1) is None
    assert jumps.forward(1) == 20
    assert jumps.forward(20) == 300
    assert jumps.forward(300) is None


def test_a_new_jump_forgets_what_lay_ahead() -> None:
    jumps = Jumps()
    jumps.left(1)
    assert jumps.back(2) == 1
    jumps.left(1)
    assert jumps.forward(7) is None
    assert jumps.back(7) == 1


def test_the_place_where_one_stands_is_passed_over() -> None:
    jumps = Jumps()
    jumps.left(5)
    jumps.left(9)
    jumps.left(9)
    assert jumps.back(9) == 5


@given(st.lists(st.integers(0, 5), max_size=300), st.integers(6, 9))
def test_all_the_way_back_and_forward_again_ends_where_it_began(left: list[int], here: int) -> None:
    jumps = Jumps()
    for offset in left:
        jumps.left(offset)
    at, steps = here, 0
    while (place := jumps.back(at)) is not None:
        at, steps = place, steps + 1
    assert steps <= 100
    for _ in range(steps):
        at = jumps.forward(at) or 0 if (at is not None) else 0
    assert at == here
    assert jumps.forward(at) is None
