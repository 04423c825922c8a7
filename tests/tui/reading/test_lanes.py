"""No two highlights of a lane overlap, no lane is wasted, and looking up equals looking at all."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from tests.speed import slowness
from workbench.tui.reading.lanes import Highlight, Lanes


def highlight(number: int, start: int, end: int) -> Highlight:
    return Highlight(f"h{number}", start, end, str(number), number, f"code {number}")


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 25)), max_size=40).map(
    lambda pairs: [highlight(number, start, start + length) for number, (start, length) in enumerate(pairs)]
)


@given(spans)
def test_two_highlights_of_one_lane_never_overlap(highlights: list[Highlight]) -> None:
    everything = Lanes(highlights).within(0, 1_000)
    assert sorted(member.key for _, member in everything) == sorted(
        h.key for h in highlights if h.end > h.start
    )
    for lane, member in everything:
        for other_lane, other in everything:
            if lane == other_lane and member is not other:
                assert member.end <= other.start or other.end <= member.start


@given(spans)
def test_there_are_as_many_lanes_as_the_deepest_overlap(highlights: list[Highlight]) -> None:
    deepest = max((sum(h.start <= at < h.end for h in highlights) for at in range(100)), default=0)
    assert len(Lanes(highlights)) == deepest


@given(spans, st.integers(0, 90), st.integers(1, 30))
def test_looking_up_a_stretch_equals_looking_at_every_highlight(
    highlights: list[Highlight], start: int, length: int
) -> None:
    end = start + length
    found = {member.key for _, member in Lanes(highlights).within(start, end)}
    assert found == {h.key for h in highlights if max(h.start, start) < min(h.end, end)}
    assert {h.key for h in Lanes(highlights).at(start)} == {
        h.key for h in highlights if h.start <= start < h.end
    }


@given(spans, st.integers(0, 90))
def test_the_neighbours_of_an_offset_are_the_nearest_starts(highlights: list[Highlight], offset: int) -> None:
    starts = [h.start for h in highlights if h.end > h.start]
    lanes = Lanes(highlights)
    after, before = lanes.after(offset), lanes.before(offset)
    assert (after and after.start) == min((s for s in starts if s > offset), default=None)
    assert (before and before.start) == max((s for s in starts if s < offset), default=None)


def test_the_innermost_highlight_at_an_offset_comes_last() -> None:
    lanes = Lanes([highlight(1, 5, 8), highlight(2, 0, 20), highlight(3, 5, 12)])
    assert [h.key for h in lanes.at(6)] == ["h2", "h3", "h1"]


def test_thousands_of_highlights_over_the_whole_text_are_looked_up_at_once() -> None:
    lanes = Lanes([highlight(number, number * 40, number * 40 + 40_000) for number in range(5_000)])
    begun = time.process_time()
    assert len(lanes.at(100_000)) == 1_000
    assert time.process_time() - begun < slowness()
