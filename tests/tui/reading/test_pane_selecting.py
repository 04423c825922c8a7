"""Units, paragraphs and sections by key; growing and shrinking; places to go to and to come back to."""

from __future__ import annotations

import pytest

from tests.tui.reading.readers import PLACES, PLAN, Reader, chosen, coding
from workbench.errors import WrongUsage
from workbench.language.headings import headings, sections_at
from workbench.language.units import sentence_at
from workbench.model.text import Passage, places_of_lines
from workbench.tui.reading.pane import ReadingPane

LAW = """第一章　総則

第一条　この法律は、目的を定める。国は、これを守る。

第二条　市は、計画を立てる。市は、これを公表する。

第二章　雑則

第三条　細則は、別に定める。
"""


def reader(content: str = LAW) -> Reader:
    """Make an app with a pane that knows units, paragraphs and sections."""
    app = Reader(content, places=places_of_lines(content))
    found = headings(content, "ja")
    app.pane.unit_at = lambda offset: sentence_at(content, offset, "ja")
    app.pane.sections_at = lambda offset: sections_at(found, offset, len(content))
    return app


async def test_the_selection_grows_from_word_to_sentence_paragraph_section_and_text_and_shrinks_again() -> (
    None
):
    app = reader()
    async with app.run_test(size=(70, 20)) as pilot:
        app.pane.go_to(LAW.index("立てる"))
        grown = []
        for _ in range(7):
            await pilot.press("plus")
            grown.append(chosen(app))
        article = LAW[LAW.index("第二条") : LAW.index("第二章")]
        assert grown == [
            "立",
            "第二条　市は、計画を立てる。",
            article.rstrip(),
            article,
            LAW[: LAW.index("第二章")],
            LAW,
            LAW,
        ]
        assert app.pane.cursor == LAW.index("立てる")
        for before in [*grown[4::-1], ""]:
            await pilot.press("minus")
            assert chosen(app) == before
        assert not app.pane.shrink_selection()


async def test_a_selection_that_was_changed_grows_from_where_it_is_and_shrinks_no_further() -> None:
    app = reader()
    async with app.run_test(size=(70, 20)) as pilot:
        app.pane.go_to(LAW.index("細則"))
        await pilot.press("plus", "shift+right")
        assert chosen(app) == "細則は"
        assert not app.pane.shrink_selection()
        await pilot.press("plus")
        assert chosen(app) == "第三条　細則は、別に定める。"
        await pilot.press("minus")
        assert chosen(app) == "細則は"


async def test_growing_needs_no_units_and_no_sections() -> None:
    app = Reader("One two.\n\nThree.")
    async with app.run_test(size=(60, 8)) as pilot:
        await pilot.press("plus")
        assert chosen(app) == "One"
        await pilot.press("plus")
        assert chosen(app) == "One two."
        await pilot.press("plus", "plus", "plus")
        assert chosen(app) == "One two.\n\nThree."


async def test_alt_and_ctrl_with_arrows_walk_and_extend_by_sentence_and_paragraph() -> None:
    app = reader()
    async with app.run_test(size=(70, 20)) as pilot:
        await pilot.press("alt+down", "alt+down")
        assert app.pane.cursor == LAW.index("国は")
        await pilot.press("alt+shift+down")
        assert chosen(app) == "国は、これを守る。"
        await pilot.press("alt+shift+down")
        assert chosen(app) == "国は、これを守る。\n\n第二条　市は、計画を立てる。"
        await pilot.press("alt+shift+up")
        assert chosen(app) == "国は、これを守る。"
        await pilot.press("alt+shift+up", "alt+shift+up")
        assert chosen(app) == "第一条　この法律は、目的を定める。"
        await pilot.press("ctrl+down")
        assert app.pane.cursor == LAW.index("第二条")
        await pilot.press("ctrl+shift+down", "ctrl+shift+down")
        assert chosen(app) == LAW[LAW.index("第二条") : LAW.index("\n\n第三条")]
        await pilot.press("ctrl+up")
        assert app.pane.cursor == LAW.index("第二章")
        await pilot.press("ctrl+up", "ctrl+up")
        assert app.pane.cursor == LAW.index("第一条")
        await pilot.press("alt+up", "alt+up")
        assert app.pane.cursor == 0


async def test_unit_and_section_are_selected_at_the_cursor() -> None:
    app = reader()
    async with app.run_test(size=(70, 20)):
        app.pane.go_to(LAW.index("公表"))
        app.pane.select_unit()
        assert chosen(app) == "市は、これを公表する。"
        assert app.pane.select_section()
        assert chosen(app).startswith("第二条")
        app.pane.sections_at = None
        assert not app.pane.select_section()


async def test_one_goes_to_a_typed_place_and_back_and_forward() -> None:
    content = "\n".join(f"line {number}" for number in range(500))
    app = Reader(content, places=places_of_lines(content))
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("right", "right")
        app.pane.go_to_place("par. 300")
        assert app.pane.cursor == content.index("line 299")
        app.pane.go_to_place("@4")
        with pytest.raises(WrongUsage, match="no paragraph 501"):
            app.pane.go_to_place("501")
        await pilot.press("alt+left")
        assert app.pane.cursor == content.index("line 299")
        await pilot.press("alt+left")
        assert app.pane.cursor == 2
        assert not app.pane.go_back()
        await pilot.press("alt+right", "alt+right")
        assert app.pane.cursor == 4
        await pilot.press("ctrl+end", "alt+left")
        assert app.pane.cursor == 4


async def test_steps_on_the_screen_are_no_jumps_and_another_text_has_none() -> None:
    app = Reader(PLAN, places=PLACES, highlights=[coding(1, 11, 14), coding(2, 30, 40)])
    async with app.run_test(size=(60, 20)) as pilot:
        app.pane.next_highlight()
        app.pane.next_highlight()
        assert not app.pane.go_back()
        await pilot.press("ctrl+end")
        app.pane.show("Another text")
        assert not app.pane.go_back()


async def test_bookmarks_stand_in_the_margin_and_are_walked_round() -> None:
    app = Reader(places=PLACES)
    async with app.run_test(size=(60, 5)) as pilot:
        app.pane.go_to(PLAN.index("市民"))
        assert app.pane.toggle_bookmark()
        app.pane.go_to(3)
        assert app.pane.toggle_bookmark()
        await pilot.pause()
        assert [line[:2] for line in app.lines()] == ["1◆", "2 ", "  ", "3◆", "4 "]
        assert app.pane.next_bookmark() == PLAN.index("市民")
        assert app.pane.next_bookmark() == 3
        assert app.pane.previous_bookmark() == PLAN.index("市民")
        assert not app.pane.toggle_bookmark()
        assert app.pane.bookmarks == (3,)
        app.pane.show(PLAN, places=PLACES)
        assert app.pane.bookmarks == (3,)
        app.pane.show("Another text")
        assert app.pane.bookmarks == ()
        assert app.pane.next_bookmark() is None
        assert app.pane.previous_bookmark() is None


async def test_the_codings_at_an_offset_are_told() -> None:
    app = Reader(highlights=[coding(1, 0, 30), coding(2, 5, 8)])
    async with app.run_test(size=(60, 8)):
        assert [each.key for each in app.pane.highlights_at(6)] == ["c1", "c2"]
        assert app.pane.highlights_at(40) == []


async def test_the_width_of_ambiguous_characters_can_be_changed_while_a_passage_is_selected() -> None:
    app = Reader("“quoted” — ①②③ 漢字 " * 40)
    async with app.run_test(size=(60, 10)) as pilot:
        app.pane.go_to(5, Passage(5, 300))
        narrow = len(app.pane.rows)
        app.pane.ambiguous_wide = True
        await pilot.pause()
        assert app.pane.rows.ambiguous_wide
        assert len(app.pane.rows) > narrow
        assert app.pane.selection == Passage(5, 300)
        app.pane.ambiguous_wide = False
        await pilot.pause()
        assert len(app.pane.rows) == narrow


async def test_cursor_and_selection_stay_what_they_are_at_every_width() -> None:
    app = Reader((PLAN + "\n") * 20, highlights=[coding(1, 11, 60)])
    async with app.run_test(size=(120, 20)) as pilot:
        app.pane.go_to(800, Passage(700, 900))
        await pilot.pause()
        posted = len(app.posted)
        before = (app.pane.cursor, app.pane.selection)
        for width, height in ((60, 20), (33, 8), (97, 40), (20, 5), (120, 20)):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            assert (app.pane.cursor, app.pane.selection) == before
            start, end = app.pane.rows.span(app.pane.scroll_offset.y)
            assert start <= app.pane.top_offset < end
        assert not [each for each in app.posted[posted:] if not isinstance(each, ReadingPane.FurthestRead)]
        await pilot.press("shift+right")
        assert app.pane.selection == Passage(700, 901)
