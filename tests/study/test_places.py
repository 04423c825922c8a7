"""Where a text can be cited, in the bytes that are stored."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from workbench.model.text import Passage, PlaceMap, places_of_lines
from workbench.study.places import bytes_of_places, places_of_bytes

LABELS = st.lists(st.tuples(st.integers(0, 500), st.text(max_size=8)), max_size=6).map(
    lambda pairs: tuple(sorted(pairs))
)


@given(st.lists(st.integers(0, 500), max_size=6).map(lambda each: tuple(sorted(each))), LABELS, LABELS)
def test_a_map_comes_back_as_it_was(
    paragraphs: tuple[int, ...], pages: tuple[tuple[int, str], ...], numbers: tuple[tuple[int, str], ...]
) -> None:
    stored = bytes_of_places(PlaceMap(paragraphs, pages), numbers)
    assert places_of_bytes(stored, "") == PlaceMap(paragraphs, pages, numbers)


@given(st.text(max_size=80), LABELS)
def test_the_rule_of_lines_is_stored_by_its_name(content: str, numbers: tuple[tuple[int, str], ...]) -> None:
    stored = bytes_of_places(None, numbers)
    assert json.loads(stored)["rule"] == "lines-1"
    found = places_of_bytes(stored, content)
    assert (found.paragraphs, found.pages) == (
        places_of_lines(content).paragraphs,
        places_of_lines(content).pages,
    )
    assert found.numbers == numbers


def test_texts_that_count_nothing_are_stored_as_they_always_were() -> None:
    assert bytes_of_places(None) == b'{"rule":"lines-1"}'
    assert bytes_of_places(PlaceMap((0, 4))) == b'{"pages":[],"paragraphs":[0,4]}'


def test_a_passage_is_cited_by_its_number_first() -> None:
    places = PlaceMap((0, 10, 20), ((0, "3"),), ((10, "Art. 1"), (20, "Art. 2(1)")))
    assert places.cite(Passage(0, 5)) == "p. 3, para. 1"
    assert places.cite(Passage(12, 15)) == "Art. 1, p. 3, para. 2"
    assert places.cite(Passage(12, 25)) == "Art. 1–Art. 2(1), p. 3, para. 2-3"
    assert places.cite(Passage(0, 15)) == "…–Art. 1, p. 3, para. 1-2"
