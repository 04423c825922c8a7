"""Lanes, counts, pages, paragraph numbers and bookmarks beside a row."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from workbench.model.text import PlaceMap
from workbench.tui.reading.graphemes import character_widths
from workbench.tui.reading.lanes import Highlight, Lanes
from workbench.tui.reading.margin import (
    BARS,
    PLAIN_BARS,
    Margin,
    margin_for,
    page_beginning,
    paragraph_beginning,
)

ROW = 10


def highlight(number: int, start: int, end: int) -> Highlight:
    return Highlight(f"h{number}", start, end, str(number), number, f"code {number}")


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 40)), max_size=20).map(
    lambda pairs: [highlight(number, start, start + length) for number, (start, length) in enumerate(pairs)]
)


@given(spans, st.integers(0, 9), st.integers(6, 100), st.booleans())
def test_what_is_drawn_and_what_is_counted_are_all_the_codings_of_the_row(
    highlights: list[Highlight], row: int, columns: int, wide: bool
) -> None:
    margin = margin_for(columns, ambiguous_wide=wide)
    found = Lanes(highlights).within(row * ROW, row * ROW + ROW)
    stripes = margin.stripes(found, row * ROW, row * ROW + ROW)
    *lanes, count = stripes
    drawn = sum(stripe.colour is not None for stripe in lanes)
    assert drawn <= len(lanes) <= 6
    assert drawn + int(count.drawn.strip() or "0") == len(found)
    assert drawn == len({lane for lane, _ in found if lane < margin.lanes})
    widths = character_widths(ambiguous_wide=wide)
    assert sum(widths[each] for stripe in stripes for each in stripe.drawn) == margin.columns


@given(spans)
def test_a_coding_alone_in_its_lane_has_one_beginning_and_one_end_over_its_rows(
    highlights: list[Highlight],
) -> None:
    lanes, margin = Lanes(highlights), margin_for(100)
    for lane, one in lanes.within(0, 1_000):
        if lane >= margin.lanes:
            continue
        rows = range(one.start // ROW, (one.end - 1) // ROW + 1)
        cells = []
        for row in rows:
            alone = [
                (number, each) for number, each in lanes.within(row * ROW, row * ROW + ROW) if each is one
            ]
            cells.append(margin.stripes(alone, row * ROW, row * ROW + ROW)[lane].drawn)
        bars = BARS[lane]
        signs = "".join(cell[0] for cell in cells)
        if len(rows) == 1:
            assert signs == bars.single
        else:
            assert signs == bars.first + bars.middle * (len(rows) - 2) + bars.last
        assert cells[0][1:].strip() == one.mark
        assert all(cell[1:].strip() == "" for cell in cells[1:])


def test_lanes_are_told_apart_without_colour() -> None:
    for place in range(4):
        assert len({bars[place] for bars in BARS}) == 6
    assert all(len(set(bars)) == 4 for bars in BARS)
    assert len({bars.middle for bars in PLAIN_BARS}) == 6
    assert all(character_widths(ambiguous_wide=True)[each] == 1 for bars in PLAIN_BARS for each in bars)


def test_more_than_a_thousand_codings_on_a_row_are_not_counted_out() -> None:
    found = [(number, highlight(number, 0, 99)) for number in range(2_000)]
    assert margin_for(100).stripes(found[:1_005], 0, 10)[-1].drawn == "+999"
    assert margin_for(100).stripes(found, 0, 10)[-1].drawn == "+++ "


def test_pages_paragraphs_and_bookmarks_are_written_in_columns_of_their_own() -> None:
    margin = margin_for(80, paragraphs=120, pages=["i", "12"])
    assert margin.number(None) == "         "
    assert margin.number(7, page="12") == "p.12   7 "
    assert margin.number(120, page="i", bookmarked=True) == "p.i  120◆"
    assert margin_for(80, paragraphs=9, ambiguous_wide=True).number(3, bookmarked=True) == "3*"
    assert margin_for(50, paragraphs=120, pages=["i"]).number(7) == "  7 "


def test_a_foreign_page_label_is_shown_safely_and_cut() -> None:
    margin = margin_for(80, paragraphs=1, pages=["\x1b[2J", "very long label"])
    for label in ("\x1b[2J", "very long label", "漢字漢字漢字"):
        drawn = margin.number(1, page=label)
        assert drawn.isprintable()
        assert cell_len(drawn) == margin.page_columns + margin.number_columns


@given(st.sets(st.integers(0, 60)).map(sorted), st.sets(st.integers(0, 60)).map(sorted), st.integers(1, 20))
def test_every_page_and_paragraph_is_named_on_the_row_where_it_begins(
    paragraphs: list[int], pages: list[int], height: int
) -> None:
    places = PlaceMap(tuple(paragraphs), tuple((start, f"s{start}") for start in pages))
    for start in range(0, 61, height):
        end = start + height
        inside = [number for number, place in enumerate(paragraphs, 1) if start <= place < end]
        assert paragraph_beginning(places, start, end) == (inside[0] if inside else None)
        begun = [place for place in pages if start <= place < end]
        assert page_beginning(places, start, end) == (f"s{begun[-1]}" if begun else None)


def test_a_column_of_the_margin_belongs_to_its_lane() -> None:
    margin = Margin(page_columns=4, number_columns=3, lanes=2)
    assert [margin.lane_at(column) for column in (0, 6, 7, 9, 10, 12, 13)] == [None, None, 0, 0, 1, 1, None]
