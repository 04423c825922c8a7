"""Where cells are: pure arithmetic, held against brute force."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.tui.matrix.cells import CellFace, Line, cell_lines
from workbench.tui.matrix.grid import Grid

grids = st.builds(
    lambda rows, columns, width, height, lines, cell, frozen: (
        Grid(rows, columns, frozen=frozen)
        .sized(width, height)
        .with_row_height(lines)
        .with_column_width(cell)
        .with_header(2)
    ),
    st.integers(1, 50),
    st.integers(1, 30),
    st.integers(30, 200),
    st.integers(10, 60),
    st.integers(1, 12),
    st.integers(12, 60),
    st.integers(0, 5),
)


def drawn(lines: list[Line]) -> list[str]:
    return ["".join(piece.drawn for piece in line).rstrip() for line in lines]


@given(grids, st.data())
def test_showing_a_cell_brings_it_whole_into_view_where_it_fits(grid: Grid, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, grid.rows - 1))
    column = data.draw(st.integers(0, grid.columns - 1))
    start_x = data.draw(st.integers(0, max(0, grid.virtual_size[0] - grid.width)))
    start_y = data.draw(st.integers(0, max(0, grid.virtual_size[1] - grid.height)))
    x, y = grid.scroll_to_show(row, column, start_x, start_y)
    assert 0 <= x <= max(0, grid.virtual_size[0] - grid.width)
    assert column in grid.visible_columns(x)
    assert row in grid.visible_rows(y)
    box = grid.row_box(row, y)
    assert box.y >= grid.header_height
    if grid.row_height <= grid.body_height:
        assert box.y + box.height <= grid.height
    assert grid.scroll_to_show(row, column, x, y) == (x, y)


@given(grids, st.data())
def test_a_point_names_the_column_drawn_there(grid: Grid, data: st.DataObject) -> None:
    x = grid.scroll_of_column(data.draw(st.integers(0, grid.columns - 1)))
    shown = grid.visible_columns(x)
    assert shown == sorted(set(shown))
    assert shown[: grid.held] == list(range(min(grid.frozen, grid.held)))
    for place, column in enumerate(shown):
        at = grid.case_width + place * grid.column_width
        if at < grid.width:
            assert grid.place_at(at, 0, x, 0) == (None, column)


@given(grids, st.data())
def test_every_point_of_a_visible_row_names_that_row(grid: Grid, data: st.DataObject) -> None:
    scroll_y = data.draw(st.integers(0, max(0, grid.virtual_size[1] - grid.height)))
    for y in range(grid.header_height, grid.height):
        row, line = grid.line(scroll_y, y)
        assert 0 <= line < grid.row_height
        place = grid.place_at(grid.case_width, y, 0, scroll_y)
        if row < grid.rows:
            assert row in grid.visible_rows(scroll_y)
            assert place == (row, 0)
            box = grid.row_box(row, scroll_y)
            assert box.y <= y < box.y + box.height
        else:
            assert place is None


def test_points_in_the_header_and_the_case_column_name_only_half_a_cell() -> None:
    grid = Grid(5, 5).sized(80, 24)
    assert grid.place_at(grid.case_width + 1, 0, 0, 0) == (None, 0)
    assert grid.place_at(0, grid.header_height, 0, 0) == (0, None)
    assert grid.place_at(grid.case_width + grid.column_width, grid.header_height, 28, 0) == (0, 2)


def test_sizes_stay_within_limits() -> None:
    grid = Grid(5, 5).with_row_height(0).with_column_width(3)
    assert (grid.row_height, grid.column_width, grid.text_lines) == (1, 12, 1)
    assert Grid(5, 5).with_row_height(99).row_height == 20


faces = st.builds(
    CellFace,
    st.text(st.sampled_from("ab 漢、「é\n\x1b\u202e“"), max_size=80),
    st.text(st.sampled_from("Y●否\x1b"), max_size=12),
    footnote=st.text(st.sampled_from("3 件"), max_size=40),
)


@given(faces, st.integers(10, 40), st.integers(1, 8))
def test_a_cell_is_laid_out_in_exactly_its_lines_and_columns(face: CellFace, width: int, height: int) -> None:
    lines = cell_lines(face, width, height)
    assert len(lines) == height
    assert all(sum(piece.columns for piece in line) == width for line in lines)
    assert all(piece.drawn.isprintable() for line in lines for piece in line)


def test_a_cell_shows_mark_summary_and_footnote_and_says_when_there_is_more() -> None:
    face = CellFace("Plan names consultation in six languages", "Yes", "good", "3 excerpts")
    assert drawn(cell_lines(face, 14, 4)) == ["Yes Plan names", "consultation", "in six…", "3 excerpts"]
    assert drawn(cell_lines(face, 14, 1)) == ["Yes Plan name…"]
    assert drawn(cell_lines(CellFace(), 14, 2)) == ["", ""]
    assert [piece.part for piece in cell_lines(face, 14, 4)[0]] == ["mark", "text"]


def test_an_unknown_tone_is_refused() -> None:
    with pytest.raises(ValueError, match="purple"):
        CellFace("a", tone="purple")
