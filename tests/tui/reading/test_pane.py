"""Keys and mouse in, offsets and messages out; what is drawn is compared as plain text."""

from __future__ import annotations

import random

from textual import events

from tests.tui.reading.readers import FAMILY, PLACES, PLAN, Reader, chosen, coding
from workbench.model.text import Passage, PlaceMap
from workbench.tui.reading.graphemes import character_widths
from workbench.tui.reading.lanes import Highlight
from workbench.tui.reading.margin import margin_for
from workbench.tui.reading.pane import ReadingPane

CODINGS = [coding(1, 11, 60), coding(2, 27, 34), coding(12, 67, 69)]


async def test_a_text_is_drawn_with_paragraph_numbers_stripes_and_their_marks() -> None:
    app = Reader(highlights=CODINGS, places=PLACES)
    async with app.run_test(size=(60, 5)):
        assert app.lines() == [
            "1           Basic plan",
            "2 ┏1 ═2     The council shall support “newcomers” in",
            "  ┗         every ward.",
            f"3 ╺12       市民は、「共生」を進める。{FAMILY}がいる。",
            "4           End.",
        ]


async def test_a_narrow_pane_has_fewer_lanes_and_counts_the_others() -> None:
    app = Reader(highlights=CODINGS, places=PLACES)
    async with app.run_test(size=(36, 7)):
        assert app.lines() == [
            "1        Basic plan",
            "2 ┏1 +1  The council shall",
            "  ┃  +1  support “newcomers” in",
            "  ┗      every ward.",
            "3 ╺12    市民は、「共生」を進め",
            f"         る。{FAMILY}がいる。",
            "4        End.",
        ]


async def test_arrow_keys_move_by_grapheme_and_by_row_with_a_goal_column() -> None:
    app = Reader("abc\na👨\u200d👩\u200d👧\n漢字か\u3099x")
    async with app.run_test(size=(60, 8)) as pilot:
        await pilot.press("right", "right", "down")
        assert app.pane.cursor == 5
        await pilot.press("right")
        assert app.pane.cursor == 10
        await pilot.press("left", "left", "up", "end", "down")
        assert app.pane.cursor == 10
        await pilot.press("down", "right", "right")
        assert app.pane.cursor == 15
        assert [message.offset for message in app.of_kind(ReadingPane.CursorMoved)][:4] == [1, 2, 5, 10]


async def test_words_row_ends_and_text_ends_have_their_keys() -> None:
    app = Reader()
    async with app.run_test(size=(60, 8)) as pilot:
        await pilot.press("ctrl+right")
        assert app.pane.cursor == 6
        await pilot.press("end")
        assert app.pane.cursor == 10
        await pilot.press("ctrl+left", "home", "ctrl+end")
        assert app.pane.cursor == len(PLAN)
        await pilot.press("right", "ctrl+home", "left")
        assert app.pane.cursor == 0


async def test_shift_extends_the_selection_and_an_arrow_gives_it_up() -> None:
    app = Reader()
    async with app.run_test(size=(60, 8)) as pilot:
        await pilot.press("shift+right", "shift+right", "ctrl+shift+right")
        assert chosen(app) == "Basic "
        await pilot.press("shift+left")
        assert chosen(app) == "Basic"
        await pilot.press("shift+down")
        assert app.pane.selection == Passage(0, 16)
        await pilot.press("ctrl+shift+home")
        assert app.pane.selection is None
        await pilot.press("shift+end", "right")
        assert app.pane.selection is None
        assert app.of_kind(ReadingPane.SelectionChanged)[-1].passage is None


async def test_a_selected_unit_keeps_the_cursor_at_its_start_and_grows_at_its_end() -> None:
    app = Reader()
    async with app.run_test(size=(60, 8)) as pilot:
        app.pane.select_unit(Passage(11, 22))
        assert (chosen(app), app.pane.cursor) == ("The council", 11)
        await pilot.press("ctrl+shift+right", "ctrl+shift+right")
        assert chosen(app) == "The council shall "
        app.pane.clear_selection()
        assert app.pane.selection is None


async def test_a_passage_that_cuts_a_grapheme_is_selected_whole() -> None:
    app = Reader("a👨\u200d👩\u200d👧b")
    async with app.run_test(size=(60, 8)):
        app.pane.go_to(3, Passage(2, 4))
        assert (app.pane.cursor, app.pane.selection) == (1, Passage(1, 6))


async def test_words_and_paragraphs_are_selected_at_the_cursor() -> None:
    app = Reader(places=PLACES)
    async with app.run_test(size=(60, 8)):
        app.pane.go_to(16)
        app.pane.select_word()
        assert chosen(app) == "council"
        app.pane.select_paragraph()
        assert chosen(app) == "The council shall support “newcomers” in every ward."


async def test_enter_opens_the_codings_under_the_cursor_innermost_last() -> None:
    app = Reader(highlights=[coding(1, 0, 30), coding(2, 5, 8)])
    async with app.run_test(size=(60, 8)) as pilot:
        await pilot.press("enter")
        app.pane.go_to(6)
        await pilot.press("enter")
        app.pane.go_to(40)
        await pilot.press("enter")
        assert [message.keys for message in app.of_kind(ReadingPane.HighlightActivated)] == [
            ("c1",),
            ("c1", "c2"),
        ]


async def test_one_can_walk_from_coding_to_coding() -> None:
    app = Reader(highlights=[coding(1, 0, 4), coding(2, 15, 22), coding(3, 66, 69)])
    async with app.run_test(size=(60, 8)):
        assert (app.pane.next_highlight() or coding(0, 0, 0)).key == "c2"
        assert chosen(app) == "council"
        assert (app.pane.next_highlight() or coding(0, 0, 0)).key == "c3"
        assert app.pane.next_highlight() is None
        assert (app.pane.previous_highlight() or coding(0, 0, 0)).key == "c2"


async def test_dragging_selects_from_press_to_pointer_in_whole_wide_characters() -> None:
    app = Reader("市民は、共生を進める。")
    async with app.run_test(size=(60, 8)) as pilot:
        left = margin_for(58).columns
        await pilot.mouse_down(app.pane, offset=(left + 1, 0))
        await pilot.hover(app.pane, offset=(left + 5, 0))
        await pilot.mouse_up(app.pane, offset=(left + 5, 0))
        assert chosen(app) == "市民"
        await pilot.mouse_down(app.pane, offset=(left + 10, 0), shift=True)
        await pilot.mouse_up(app.pane, offset=(left + 10, 0))
        assert chosen(app) == "市民は、共"


async def test_two_clicks_select_the_unit_and_three_the_paragraph() -> None:
    app = Reader("One two. Three four.\nNext.")
    async with app.run_test(size=(60, 8)) as pilot:
        left = margin_for(58).columns
        await pilot.click(app.pane, offset=(left + 10, 0), times=2)
        assert chosen(app) == "Three"
        app.pane.unit_at = lambda offset: Passage(9, 20)
        await pilot.click(app.pane, offset=(left + 10, 0), times=2)
        assert chosen(app) == "Three four."
        await pilot.click(app.pane, offset=(left + 10, 0), times=3)
        assert chosen(app) == "One two. Three four."


async def test_a_press_on_a_stripe_opens_its_coding() -> None:
    app = Reader(highlights=[coding(1, 0, 30), coding(2, 5, 8)])
    async with app.run_test(size=(60, 8)) as pilot:
        await pilot.click(app.pane, offset=(3, 0))
        assert [message.keys for message in app.of_kind(ReadingPane.HighlightActivated)] == [("c2",)]
        assert app.pane.cursor == 0


async def test_dragging_beyond_the_edge_goes_on_scrolling_while_the_pointer_stays() -> None:
    app = Reader("\n".join(f"line {number}" for number in range(100)))
    async with app.run_test(size=(60, 8)) as pilot:
        await pilot.mouse_down(app.pane, offset=(30, 1))
        app.pane.on_mouse_move(events.MouseMove(app.pane, 30, 9, 0, 8, 1, False, False, False))
        while app.pane.scroll_offset.y < 10:
            await pilot.pause(0.01)
        await pilot.mouse_up(app.pane, offset=(30, 1))
        await pilot.pause()
        reached = app.pane.scroll_offset.y
        await pilot.pause(0.12)
        assert app.pane.scroll_offset.y == reached
        assert "line 9" in chosen(app)


async def test_pages_move_text_and_cursor_together() -> None:
    app = Reader("\n".join(f"line {number}" for number in range(100)))
    async with app.run_test(size=(60, 11)) as pilot:
        await pilot.press("down", "down", "pagedown")
        assert app.pane.scroll_offset.y == 10
        assert app.pane.rows.row_of(app.pane.cursor) == 12
        await pilot.press("pageup")
        assert app.pane.scroll_offset.y == 0
        assert app.pane.rows.row_of(app.pane.cursor) == 2
        await pilot.press("shift+pagedown")
        assert chosen(app).startswith("line 2\nline 3")
        assert app.of_kind(ReadingPane.FurthestRead)[-1].offset == app.pane.rows.span(20)[1]


async def test_the_offset_on_top_stays_there_when_the_pane_is_resized() -> None:
    app = Reader("\n".join(f"paragraph {number} " + "word " * 60 for number in range(80)))
    async with app.run_test(size=(120, 20)) as pilot:
        app.pane.scroll_to(y=50, animate=False)
        await pilot.pause()
        top = app.pane.top_offset
        for width in (60, 97, 44, 120):
            await pilot.resize_terminal(width, 20)
            await pilot.pause()
            row = app.pane.scroll_offset.y
            start, end = app.pane.rows.span(row)
            assert start <= top < end
            assert app.pane.top_offset == top
        assert app.pane.scroll_offset.y == 50


async def test_what_is_redrawn_in_part_is_the_same_as_what_would_be_drawn_anew() -> None:
    chance = random.Random(3)
    app = Reader(
        (PLAN + "\n") * 30, highlights=[coding(n, n * 50, n * 50 + 90) for n in range(40)], places=PLACES
    )
    names = ["up", "down", "left", "right", "pagedown", "pageup", "end", "home", "ctrl+right", "ctrl+left"]
    async with app.run_test(size=(70, 12)) as pilot:
        for _ in range(40):
            key = chance.choice(names)
            shifted = key.replace("ctrl+", "ctrl+shift+") if key.startswith("ctrl+") else f"shift+{key}"
            await pilot.press(key if chance.random() < 0.4 else shifted)
            shown = app.screen._compositor.render_strips()
            app.pane._strips.clear()
            width = app.pane.scrollable_content_region.width
            for y in range(12):
                anew = app.pane.render_line(y).simplify()
                assert list(shown[y].crop(0, width).simplify()) == list(anew)


async def test_a_paragraph_that_begins_within_a_row_is_numbered_there() -> None:
    app = Reader("  One\n\n  Two", places=PlaceMap((2, 9)))
    async with app.run_test(size=(60, 3)):
        assert app.lines() == ["1             One", "", "2             Two"]


async def test_going_far_brings_the_place_into_view() -> None:
    app = Reader("\n".join(f"line {number}" for number in range(1_000)))
    async with app.run_test(size=(60, 20)) as pilot:
        app.pane.go_to(app.content.index("line 700"))
        await pilot.pause()
        assert any("line 700" in line for line in app.lines())
        await pilot.press("ctrl+home")
        assert app.lines()[0].endswith("line 0")


async def test_codings_are_redrawn_without_moving_text() -> None:
    app = Reader("a\n" * 50)
    async with app.run_test(size=(60, 8)) as pilot:
        rows = app.pane.rows
        app.pane.set_highlights([coding(7, 0, 20)])
        await pilot.pause()
        assert app.pane.rows is rows
        assert app.lines()[0].startswith("┏7 ")


async def test_more_codings_than_lanes_are_counted() -> None:
    app = Reader("word " * 10, highlights=[coding(number, number, 40) for number in range(9)])
    async with app.run_test(size=(70, 4)):
        assert app.lines()[0].startswith("╺0 ═1 ─2 +6")


async def test_a_text_of_hostile_characters_is_shown_and_never_obeyed() -> None:
    hostile = "[/b] [@click=app.quit]x[/] \x1b]0;t\x07 a\u202eb \ufeff e" + "\u0301" * 50
    app = Reader(hostile, highlights=[Highlight("k", 0, 4, "\x1b[2J", 0, "[red]")])
    async with app.run_test(size=(120, 6)):
        drawn = "".join(app.lines())
        assert "[/b] [@click=app.quit]x[/] <U+001B>]0;t<U+0007> a<U+202E>b <U+FEFF> e" in drawn
        assert "<+42 marks>" in drawn
        assert drawn.replace("\u0301", "").isprintable()


async def test_a_long_text_is_laid_out_aside_and_takes_commands_meanwhile() -> None:
    content = "\n".join(f"line {number} of a long text" for number in range(30_000))
    app = Reader(content)
    async with app.run_test(size=(80, 10)) as pilot:
        app.pane.show(content + "\nlast", cursor=0)
        app.content = content + "\nlast"
        target = app.content.index("line 20000 ")
        app.pane.go_to(target, Passage(target, target + 10))
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert not app.pane.loading
        assert app.pane.is_laid_out
        assert chosen(app) == "line 20000"
        assert any("line 20000 of" in line for line in app.lines())
        await pilot.resize_terminal(50, 10)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.pane.rows.width < 50


async def test_in_a_terminal_with_wide_ambiguous_characters_every_row_still_fits() -> None:
    app = Reader("“quoted” — ①②③ × 漢字 " * 20, wide=True, highlights=[coding(1, 0, 300)])
    async with app.run_test(size=(60, 10)):
        widths = character_widths(ambiguous_wide=True)
        for y in range(4):
            strip = app.pane.render_line(y)
            assert strip.cell_length == app.pane.scrollable_content_region.width
            assert sum(map(widths.__getitem__, strip.text)) == strip.cell_length


async def test_the_pane_works_at_any_size() -> None:
    app = Reader(PLAN * 5, highlights=[coding(number, number, 200) for number in range(9)], places=PLACES)
    async with app.run_test(size=(200, 60)) as pilot:
        for size in ((80, 24), (40, 10), (20, 5), (6, 3)):
            await pilot.resize_terminal(*size)
            await pilot.press("down", "shift+right", "pagedown", "pageup")
            assert all(len(line) <= size[0] for line in app.lines())


async def test_every_key_has_an_id_and_says_what_it_does() -> None:
    bindings = [binding for binding in ReadingPane.BINDINGS if not isinstance(binding, tuple)]
    assert len({binding.id for binding in bindings}) == len(bindings)
    assert all((binding.id or "").startswith("reading.") and binding.tooltip for binding in bindings)


async def test_the_selected_passage_is_copied_exactly() -> None:
    app = Reader("a\x1bb\u202ec")
    async with app.run_test(size=(80, 5)) as pilot:
        await pilot.press("ctrl+shift+end", "ctrl+c")
        assert app.clipboard == "a\x1bb\u202ec"
