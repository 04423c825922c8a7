"""The matrix answers to keys and mouse with cells, draws what is in view, and asks for nothing else."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.message import Message

from workbench.tui.matrix.cells import CellFace
from workbench.tui.matrix.matrix_view import MatrixView
from workbench.tui.reading.graphemes import character_widths

CASES = ["Hamamatsu", "Kawasaki 川崎市", "Vienna"]
CODES = ["1.1 Advisory body of foreign residents", "1.2 相談窓口", "2.1 Voting [local]"]
FACES = {
    (0, 0): CellFace("Council since 1996, members appointed by the mayor.", "Yes", "good", "3 excerpts"),
    (0, 1): CellFace("外国人相談窓口を設け、「やさしい日本語」で案内する。", "Part", "partial"),
    (1, 0): CellFace("", "–", "muted"),
    (1, 2): CellFace("[/b] \x1b[2J a\u202eb", "No", "bad", "stale"),
}


class Charts(App[None]):
    def __init__(self, rows: int = 3, columns: int = 3, *, wide: bool = False) -> None:
        super().__init__()
        self.asked = list[tuple[int, int]]()
        self.posted = list[Message]()
        self.rows = CASES if rows == 3 else [f"Case {number}" for number in range(rows)]
        self.columns = CODES if columns == 3 else [f"{number}.1 Code" for number in range(columns)]
        self.view = MatrixView(ambiguous_wide=wide)

    def compose(self) -> ComposeResult:
        yield self.view

    def face(self, row: int, column: int) -> CellFace:
        self.asked.append((row, column))
        if len(self.rows) == 3:
            return FACES.get((row, column), CellFace())
        return CellFace(f"cell {row}/{column} " + "word " * 20, "Yes")

    def on_mount(self) -> None:
        self.animation_level = "none"
        self.view.show(self.rows, self.columns, self.face, corner="Case")
        self.view.focus()

    def on_matrix_view_cell_moved(self, message: MatrixView.CellMoved) -> None:
        self.posted.append(message)

    def on_matrix_view_cell_opened(self, message: MatrixView.CellOpened) -> None:
        self.posted.append(message)

    def lines(self) -> list[str]:
        return [strip.text.rstrip() for strip in self.screen._compositor.render_strips()]


async def test_a_matrix_is_drawn_with_frozen_headers_wrapped_cells_and_rules() -> None:
    app = Charts()
    async with app.run_test(size=(80, 18)):
        assert app.lines()[:14] == [
            "Case               │1.1 Advisory body of       │1.2 相談窓口               │2.",
            "                   │foreign residents          │                           │",
            "───────────────────┼───────────────────────────┼───────────────────────────┼──",
            "Hamamatsu          ┃Yes Council since 1996,    │Part 外国人相談窓口を設    │",
            "                   ┃members appointed by the   │け、「やさしい日本語」で案 │",
            "                   ┃mayor.                     │内する。                   │",
            "                   ┃3 excerpts                 │                           │",
            "───────────────────┼───────────────────────────┼───────────────────────────┼──",
            "Kawasaki 川崎市    │–                          │                           │No",
            "                   │                           │                           │a<",
            "                   │                           │                           │",
            "                   │                           │                           │st",
            "───────────────────┼───────────────────────────┼───────────────────────────┼──",
            "Vienna             │                           │                           │",
        ]


async def test_keys_move_from_cell_to_cell_and_stop_at_the_edges() -> None:
    app = Charts()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("up", "left", "down", "right", "end")
        assert app.view.cursor == (1, 2)
        await pilot.press("ctrl+end", "down", "right")
        assert app.view.cursor == (2, 2)
        await pilot.press("home", "ctrl+home", "enter")
        assert app.view.cursor == (0, 0)
        moved = [(m.row, m.column) for m in app.posted if isinstance(m, MatrixView.CellMoved)]
        assert moved == [(1, 0), (1, 1), (1, 2), (2, 2), (2, 0), (0, 0)]
        opened = [(m.row, m.column) for m in app.posted if isinstance(m, MatrixView.CellOpened)]
        assert opened == [(0, 0)]


async def test_a_click_goes_to_a_cell_and_two_open_it() -> None:
    app = Charts(20, 10)
    async with app.run_test(size=(80, 24)) as pilot:
        grid = app.view.grid
        place = (grid.case_width + grid.column_width + 3, grid.header_height + grid.row_height + 1)
        await pilot.click(app.view, offset=place)
        assert app.view.cursor == (1, 1)
        await pilot.click(app.view, offset=(2, grid.header_height + 1))
        assert app.view.cursor == (0, 1)
        await pilot.click(app.view, offset=place, times=2)
        opened = [(m.row, m.column) for m in app.posted if isinstance(m, MatrixView.CellOpened)]
        assert opened == [(1, 1)]


async def test_only_cells_in_view_are_asked_for_and_each_only_once() -> None:
    app = Charts(500, 100)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        grid = app.view.grid
        in_view = len(grid.visible_rows(0)) * len(grid.visible_columns(0))
        assert len(app.asked) == len(set(app.asked)) == in_view
        await pilot.press("down", "right", "up", "left")
        assert len(app.asked) == len(set(app.asked))
        await pilot.press("ctrl+end")
        assert app.view.cursor == (499, 99)
        assert len(app.asked) <= 3 * in_view
        assert any("Case 499" in line and "cell 499/99" in line for line in app.lines())


async def test_one_cell_is_asked_for_again_when_it_changed() -> None:
    app = Charts()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.asked.clear()
        app.view.refresh_cell(0, 1)
        await pilot.pause()
        assert app.asked == [(0, 1)]
        app.view.refresh_cells()
        await pilot.pause()
        assert set(app.asked) >= set(FACES) - {(1, 2)}


async def test_lines_that_are_kept_are_those_that_would_be_drawn_anew() -> None:
    app = Charts(500, 100)
    async with app.run_test(size=(100, 30)) as pilot:
        keys = "down right pagedown right down plus left up end greater_than_sign ctrl+end up home ctrl+home"
        for key in keys.split():
            await pilot.press(key)
            kept = [list(line) for line in app.view.render_lines(app.view.size.region)]
            app.view.refresh_cells()
            assert kept == [list(line) for line in app.view.render_lines(app.view.size.region)], key
        resting = [list(line) for line in app.view.render_lines(app.view.size.region)]
        app.screen.set_focus(None)
        await pilot.pause()
        assert [list(line) for line in app.view.render_lines(app.view.size.region)] != resting
        assert all(line.cell_length == 100 for line in app.view.render_lines(app.view.size.region))


async def test_lines_follow_a_change_of_theme_and_of_a_single_cell() -> None:
    app = Charts()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        before = [list(line) for line in app.view.render_lines(app.view.size.region)]
        app.theme = "textual-light"
        await pilot.pause()
        assert [list(line) for line in app.view.render_lines(app.view.size.region)] != before
        FACES[0, 2] = CellFace("written since")
        try:
            app.view.refresh_cell(0, 2)
            app.view.go_to(0, 2)
            await pilot.press("enter")
            assert any("written" in line for line in app.lines())
        finally:
            del FACES[0, 2]


async def test_pages_move_by_the_rows_that_fit() -> None:
    app = Charts(500, 100)
    async with app.run_test(size=(120, 40)) as pilot:
        fit = app.view.grid.whole_rows
        await pilot.press("pagedown")
        assert app.view.cursor == (fit, 0)
        assert app.view.scroll_offset.y == fit * app.view.grid.row_height
        await pilot.press("pageup")
        assert (app.view.cursor, app.view.scroll_offset.y) == ((0, 0), 0)


async def test_row_height_and_column_width_change_by_keys_and_the_cursor_stays_in_view() -> None:
    app = Charts(500, 100)
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.go_to(250, 50)
        await pilot.press("plus", "plus", "greater_than_sign")
        assert (app.view.grid.row_height, app.view.grid.column_width) == (7, 32)
        assert any("cell 250/50" in line for line in app.lines())
        await pilot.press(*["minus"] * 9, *["less_than_sign"] * 9)
        assert (app.view.grid.row_height, app.view.grid.column_width) == (1, 12)
        assert any("Case 250" in line for line in app.lines())
        assert app.view.cursor == (250, 50)


async def test_headers_stay_while_the_body_scrolls() -> None:
    app = Charts(500, 100)
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.go_to(30, 7)
        await pilot.pause()
        lines = app.lines()
        assert "7.1 Code" in lines[0]
        assert any(line.startswith("Case 30") for line in lines)


async def test_it_works_at_any_size_and_when_there_is_nothing_to_show() -> None:
    app = Charts(20, 10)
    async with app.run_test(size=(200, 60)) as pilot:
        for size in ((80, 24), (40, 10), (20, 6), (8, 3)):
            await pilot.resize_terminal(*size)
            await pilot.press("down", "right", "pagedown", "end", "plus")
            assert all(len(line) <= size[0] for line in app.lines())
        app.view.show([], [], app.face)
        await pilot.press("down", "enter", "pagedown", "ctrl+end")
        assert app.view.cursor == (0, 0)


async def test_foreign_strings_in_cells_and_headers_are_shown_and_never_obeyed() -> None:
    app = Charts()
    async with app.run_test(size=(120, 20)) as pilot:
        app.view.show(["\x1b]0;t\x07"], ["[red]", "a\u202eb"], lambda row, column: FACES[1, 2])
        await pilot.pause()
        drawn = "\n".join(app.lines())
        assert "No [/b] <U+001B>[2J" in drawn
        assert "[red]" in drawn
        assert "a<U+202E>b" in drawn
        assert drawn.replace("\n", "").isprintable()


async def test_in_a_terminal_with_wide_ambiguous_characters_every_line_still_fits() -> None:
    app = Charts(wide=True)
    async with app.run_test(size=(75, 20)):
        app.view.show(["“市”"], ["①②"] * 5, lambda row, column: CellFace("“引用”— × " * 20, "○"))
        widths = character_widths(ambiguous_wide=True)
        width = app.view.scrollable_content_region.width
        for y in range(15):
            strip = app.view.render_line(y)
            assert sum(map(widths.__getitem__, strip.text)) == strip.cell_length == width


async def test_every_key_has_an_id_and_says_what_it_does() -> None:
    bindings = [binding for binding in MatrixView.BINDINGS if not isinstance(binding, tuple)]
    assert len({binding.id for binding in bindings}) == len(bindings)
    assert all((binding.id or "").startswith("matrix.") and binding.tooltip for binding in bindings)
