"""A typed page, paragraph, offset or citation leads to one offset, or says why it leads nowhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import WrongUsage
from workbench.model.text import Passage, PlaceMap
from workbench.tui.reading.places import place_offset

PLACES = PlaceMap((0, 40, 90, 160), ((0, "i"), (35, "ii"), (80, "1"), (150, "A-3")))


@pytest.mark.parametrize(
    ("typed", "offset"),
    [
        *(("p. ii", 35), ("p.1", 80), ("P 1", 80), ("page i", 0), ("pages A-3", 150), ("p. A-3", 150)),
        *(("1頁", 80), ("ページ 1", 80), ("p. i-ii", 0)),
        *(
            ("par. 3", 90),
            ("para. 3-4", 90),
            ("paragraph 1", 0),
            ("¶ 2", 40),
            ("第２段落", 40),
            ("段落４", 160),
        ),
        *(("@0", 0), ("@ 57", 57), ("@200", 200), ("50%", 100), ("0 %", 0), ("100 %", 200)),
        *(("1", 80), ("2", 40), ("p. ii, para. 2", 40), ("  p. 1  ", 80)),
    ],
)
def test_a_place_is_found_however_it_is_written(typed: str, offset: int) -> None:
    assert place_offset(typed, PLACES, 200) == offset


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("p. 9", "It has pages i to A-3."),
        ("par. 5", "It has paragraphs 1 to 4."),
        ("par. 0", "It has paragraphs 1 to 4."),
        ("@201", "It ends at @200."),
        ("101 %", "names no place"),
        ("", "names no place"),
        ("somewhere", "names no place"),
        ("9" * 30, "names no place"),
    ],
)
def test_a_place_that_is_not_there_is_refused_with_what_there_is(typed: str, said: str) -> None:
    with pytest.raises(WrongUsage, match=said):
        place_offset(typed, PLACES, 200)


def test_a_text_without_pages_or_paragraphs_says_so() -> None:
    with pytest.raises(WrongUsage, match="The text has no pages"):
        place_offset("p. 1", PlaceMap((0,)), 10)
    with pytest.raises(WrongUsage, match="It has no paragraphs"):
        place_offset("3", PlaceMap(()), 10)


@given(
    st.sets(st.integers(0, 200), min_size=1).map(sorted),
    st.sets(st.integers(0, 200)).map(sorted),
    st.integers(0, 200),
)
def test_every_citation_leads_to_the_paragraph_that_it_names(
    paragraphs: list[int], pages: list[int], offset: int
) -> None:
    labelled = tuple((start, str(number)) for number, start in enumerate(pages, 1))
    places = PlaceMap(tuple(paragraphs), labelled)
    found = place_offset(places.cite(Passage(offset, offset)), places, 200)
    assert found == places.paragraphs[max(places.paragraph_of(offset), 1) - 1]


@given(st.text(max_size=40))
def test_whatever_is_typed_gives_an_offset_of_the_text_or_a_sentence(typed: str) -> None:
    try:
        assert 0 <= place_offset(typed, PLACES, 200) <= 200
    except WrongUsage as refused:
        assert refused.what


LAW = PlaceMap(
    tuple(range(0, 100, 10)),
    numbers=((10, "Art. 1"), (20, "Art. 2(1)"), (30, "Art. 2(1)(i)"), (40, "第3条第1項"), (50, "第37条")),
)


@pytest.mark.parametrize(
    ("typed", "offset"),
    [
        ("Art. 1", 10),
        ("article 2 (1)(i)", 30),
        ("Art. 2", 20),
        ("第３条", 40),
        ("第三条第一項", 40),
        ("第三十七条", 50),
        ("第3", 20),
        ("Art. 1–Art. 2(1), para. 2-3", 10),
    ],
)
def test_numbers_of_the_text_are_places(typed: str, offset: int) -> None:
    assert place_offset(typed, LAW, 100) == offset


@given(st.integers(0, 99))
def test_what_is_cited_by_a_number_is_found_again(offset: int) -> None:
    found = place_offset(LAW.cite(Passage(offset, offset)), LAW, 100)
    assert LAW.paragraph_of(found) == LAW.paragraph_of(offset)


def test_a_number_that_the_text_has_not_is_no_place() -> None:
    with pytest.raises(WrongUsage, match="names no place"):
        place_offset("Art. 99", LAW, 100)
