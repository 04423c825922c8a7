"""Steps by unit and paragraph lead over every edge once, there and back; rings grow."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.language.units import sentence_at, sentences
from workbench.model.text import Passage, places_of_lines
from workbench.tui.reading.growing import Steps, next_ring
from workbench.tui.reading.marking import Marking

PIECES = [
    "甲は乙である。",
    "「だ。」",
    "One is two. ",
    "Nº 3? ",
    "a",
    "\n",
    "\n\n",
    " ",
    "\u3000",
    "、",
    "か\u3099",
    "👨\u200d👩",
]
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def unit_steps(content: str) -> Steps:
    return Steps(content, lambda offset: sentence_at(content, offset))


@given(texts)
def test_steps_lead_over_every_start_and_every_end_of_a_unit_once(content: str) -> None:
    units, steps = sentences(content), unit_steps(content)
    starts, offset = [], 0
    while (offset := steps.next_start(offset)) < len(content):
        starts.append(offset)
    assert starts == [unit.start for unit in units if unit.start > 0]
    ends, offset = [], 0
    while (after := steps.next_end(offset)) > offset:
        offset = after
        ends.append(offset)
    assert ends == [unit.end for unit in units]
    back, offset = [], len(content)
    while offset and (offset := steps.previous_start(offset)):
        back.append(offset)
    assert back == starts[::-1]


@given(texts, st.data())
def test_extending_by_units_and_shrinking_leads_over_the_same_places(
    content: str, data: st.DataObject
) -> None:
    anchor = data.draw(st.integers(0, len(content)))
    steps = unit_steps(content)
    for forwards in (True, False):
        marking, seen = Marking.at(anchor), [Marking.at(anchor)]
        for _ in range(40):
            edge = steps.extended(marking.anchor, marking.edge, forwards=forwards)
            marking = marking.extended_to(edge)
            if marking == seen[-1]:
                break
            seen.append(marking)
        for before in reversed(seen[:-1]):
            edge = steps.extended(marking.anchor, marking.edge, forwards=not forwards)
            marking = marking.extended_to(edge)
            assert marking.selection == before.selection


@given(texts, st.data())
def test_the_steps_of_paragraphs_are_those_of_the_place_map(content: str, data: st.DataObject) -> None:
    places = places_of_lines(content)

    def find(offset: int) -> Passage:
        number = max(places.paragraph_of(offset), 1)
        starts = (*places.paragraphs, len(content))
        if len(starts) == 1:
            return Passage(0, 0)
        start = starts[number - 1]
        return Passage(start, start + len(content[start : starts[number]].rstrip()))

    steps = Steps(content, find)
    offset = data.draw(st.integers(0, len(content)))
    starts = [start for start in places.paragraphs if start > offset]
    assert steps.next_start(offset) == (starts[0] if starts else len(content))
    before = [start for start in places.paragraphs if start < offset]
    assert steps.previous_start(offset) == (before[-1] if before else 0)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))), st.integers(0, 30))
def test_rings_grow_around_the_selection_until_none_is_larger(pairs: list[tuple[int, int]], at: int) -> None:
    rings = [Passage(min(pair), max(pair)) for pair in pairs]
    selection, steps = Passage(at, at), 0
    while (ring := next_ring(selection, rings)) is not None:
        assert ring.start <= selection.start <= selection.end <= ring.end
        assert len(ring) > len(selection)
        selection, steps = ring, steps + 1
    assert steps <= len(rings)


def test_a_million_blanks_are_passed_at_once() -> None:
    content = "甲。" + " " * 1_000_000 + "乙。"
    steps = Steps(
        content, lambda offset: Passage(0, 2) if offset < 1_000_002 else Passage(1_000_002, 1_000_004)
    )
    assert steps.next_start(0) == 1_000_002
    assert steps.previous_start(1_000_001) == 0
    assert steps.previous_end(1_000_002) == 2
