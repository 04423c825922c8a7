from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import PLAN_EN, VISION, shown
from tests.tui.pilots import NORMAL, WIDE, actions, message, opened, press, type_in
from workbench.model.case import Document
from workbench.model.coding import Coding, Excerpt
from workbench.model.memo import Memo
from workbench.model.text import Passage, Text
from workbench.stages import units
from workbench.study.file import open_study
from workbench.tui.app import Workbench
from workbench.tui.dialogs import ChooseCode, ChooseFrom, GiveReason, Report
from workbench.tui.reading.pane import ReadingPane
from workbench.tui.stages.index import IndexScreen


async def open_vision(app: Workbench, pilot: Pilot[None]) -> ReadingPane:
    await press(pilot, "o")
    await type_in(pilot, "vision")
    await press(pilot, "enter")
    assert isinstance(app.stage_screen, IndexScreen)
    return app.stage_screen.query_one(ReadingPane)


def coded(app: Workbench) -> list[tuple[str, str]]:
    return sorted(
        (coding.code_id, app.study.get(Excerpt, coding.excerpt_id).quote) for coding in app.study.all(Coding)
    )


FIRST = VISION.splitlines()[0]


@pytest.mark.parametrize("size", [NORMAL, WIDE])
async def test_a_paragraph_is_coded_by_the_number_of_a_code(small: Path, size: tuple[int, int]) -> None:
    async with opened(small, stage="index", size=size) as (app, pilot):
        await open_vision(app, pilot)
        await press(pilot, "p", "a", "2")
        assert isinstance(app.screen, ChooseCode)
        assert "“The city respects [human rights] of" in shown(app)
        await press(pilot, "full_stop", "1", "enter")
        assert coded(app) == [("vote", FIRST)]
        assert actions(app)[-1] == "code passage"
        assert message(app) == "para. 1: 2.1 Right to vote"
        screen = shown(app)
        assert "1 coding" in screen
        assert "21 " in screen
        assert "2.1 Right to vote" in screen


async def test_the_panel_says_code_definition_coder_and_citation_where_there_is_room(small: Path) -> None:
    async with opened(small, stage="index", size=WIDE) as (app, pilot):
        await open_vision(app, pilot)
        await press(pilot, "p", "a")
        await type_in(pilot, "named")
        await press(pilot, "enter")
        screen = shown(app)
        assert "2.2 Human rights [named]" in screen
        assert "A. Mori · para. 1" in screen
        await press(pilot, "down", "down")
        assert "para. 2: nothing is coded here." in shown(app)


async def test_several_codes_are_one_decision_and_can_be_repeated_elsewhere(small: Path) -> None:
    async with opened(small, stage="index") as (app, pilot):
        pane = await open_vision(app, pilot)
        before = app.study.head.count
        await press(pilot, "p", "a")
        await type_in(pilot, "12 1.1")
        await press(pilot, "enter")
        assert app.study.head.count == before + 1
        assert [code for code, _ in coded(app)] == ["interpreters", "printed"]
        await press(pilot, "escape", "down", "down", "p", "full_stop")
        assert pane.selection is not None
        assert len(coded(app)) == 4
        assert app.study.head.count == before + 2


async def test_codes_used_last_come_first_also_after_a_restart(small: Path) -> None:
    async with opened(small, stage="index") as (app, pilot):
        await open_vision(app, pilot)
        await press(pilot, "p", "a", "2", "1", "enter")
    async with opened(small, stage="index") as (app, pilot):
        await open_vision(app, pilot)
        await press(pilot, "down", "down", "p", "a")
        assert isinstance(app.screen, ChooseCode)
        await press(pilot, "enter")
        assert [code for code, _ in coded(app)] == ["vote", "vote"]


async def test_indexing_goes_on_where_the_coder_coded_last(small: Path) -> None:
    async with opened(small, stage="index") as (app, pilot):
        await open_vision(app, pilot)
        await press(pilot, "down", "down", "p", "a", "2", "1", "enter")
    async with opened(small, stage="index") as (app, pilot):
        assert "vision · ? original · 1 coding" in shown(app)
        assert app.screen.query_one(ReadingPane).cursor == VISION.index("Interpreters")
    async with opened(small, stage="index", coder="B. Sato") as (app, pilot):
        assert "No text is open." in shown(app)


async def test_a_code_that_the_passage_has_already_is_refused_and_said(small: Path) -> None:
    async with opened(small, stage="index") as (app, pilot):
        await open_vision(app, pilot)
        await press(pilot, "p", "a", "2", "1", "enter", "full_stop")
        assert message(app) == "This passage already has 2.1 Right to vote. Nothing was changed."
        assert len(coded(app)) == 1


async def test_uncoding_asks_which_where_codings_overlap_and_undo_brings_it_back(small: Path) -> None:
    async with opened(small, stage="index") as (app, pilot):
        await open_vision(app, pilot)
        await press(pilot, "p", "a", "1", "1", "space", "2", "1", "enter", "x")
        assert isinstance(app.screen, ChooseFrom)
        await press(pilot, "down", "enter")
        assert [code for code, _ in coded(app)] == ["interpreters"]
        await press(pilot, "u")
        assert [code for code, _ in coded(app)] == ["interpreters", "vote"]
        assert "2 codings" in shown(app)


async def test_a_coding_of_another_coder_is_taken_away_only_with_a_reason(small: Path) -> None:
    async with opened(small, stage="index", coder="B. Sato") as (app, pilot):
        await open_vision(app, pilot)
        await press(pilot, "p", "a", "2", "1", "enter")
    async with opened(small, stage="index") as (app, pilot):
        await open_vision(app, pilot)
        await press(pilot, "x")
        assert isinstance(app.screen, GiveReason)
        await press(pilot, "escape")
        assert len(coded(app)) == 1
        await press(pilot, "x")
        await type_in(pilot, "not about voting")
        await press(pilot, "enter")
        assert coded(app) == []
        assert app.study.decisions(latest=1)[0].reason == "not about voting"


async def test_recoding_puts_one_code_in_place_of_another_and_the_history_tells(small: Path) -> None:
    async with opened(small, stage="index") as (app, pilot):
        await open_vision(app, pilot)
        await press(pilot, "p", "a", "2", "1", "enter", "R")
        await type_in(pilot, "printed")
        await press(pilot, "enter")
        assert coded(app) == [("printed", FIRST)]
        await press(pilot, "h")
        assert isinstance(app.screen, Report)
        screen = shown(app)
        assert "code passage" in screen
        assert "2.1 Right to vote" in screen
        assert "recode" in screen
        assert "1.2 Printed languages" in screen


async def test_a_memo_is_written_on_the_coding_under_the_cursor(small: Path) -> None:
    async with opened(small, stage="index") as (app, pilot):
        await open_vision(app, pilot)
        await press(
            pilot, "p", "a", "2", "1", "enter", "ctrl+end", "left_square_bracket", "home", "m", "enter"
        )
        await type_in(pilot, "weak")
        await press(pilot, "ctrl+s")
        (memo,) = app.study.all(Memo)
        assert memo.anchor == f"coding:{app.study.all(Coding)[0].id}"
        assert "▪ note by A. Mori: weak" in shown(app)


async def test_brackets_go_from_coding_to_coding(small: Path) -> None:
    async with opened(small, stage="index") as (app, pilot):
        pane = await open_vision(app, pilot)
        await press(pilot, "ctrl+end", "up", "p", "a", "2", "1", "enter", "ctrl+home", "right_square_bracket")
        assert message(app) == "2.1 Right to vote · A. Mori"
        assert pane.selection is not None
        await press(pilot, "right_square_bracket")
        assert message(app) == "There is no coding after the cursor."


async def test_the_translation_is_shown_at_the_same_paragraph(small: Path) -> None:
    async with opened(small, stage="index") as (app, pilot):
        await press(pilot, "o")
        await type_in(pilot, "plan ja")
        await press(pilot, "enter", "down", "down", "t")
        pane = app.screen.query_one(ReadingPane)
        assert pane.cursor == PLAN_EN.index("It sends")
        await press(pilot, "t")
        assert "plan · ja original" in shown(app)


async def test_words_are_found_one_place_after_the_other(small: Path) -> None:
    async with opened(small, stage="index") as (app, pilot):
        pane = await open_vision(app, pilot)
        await press(pilot, "slash")
        await type_in(pilot, "are")
        await press(pilot, "enter")
        first = pane.selection
        await press(pilot, "n")
        second = pane.selection
        assert first is not None
        assert second is not None
        assert VISION[first.start : first.end] == VISION[second.start : second.end] == "are"
        assert second.start > first.start


async def test_a_passage_opened_from_elsewhere_is_selected_and_escape_returns(small: Path) -> None:
    async with opened(small) as (app, pilot):
        (document,) = app.study.all(Document, key="vision")
        (text,) = app.study.all(Text, document_id=document.id)
        app.open_passage(text.id, Passage(4, 8))
        await press(pilot)
        assert isinstance(app.stage_screen, IndexScreen)
        pane = app.stage_screen.query_one(ReadingPane)
        assert pane.selection == Passage(4, 8)
        await press(pilot, "escape")
        assert app.current_mode == "familiarise"
        assert [d.action for d in app.study.decisions(action="record reading progress")] == []


async def test_the_text_that_was_read_is_taken_along_to_indexing(small: Path) -> None:
    async with opened(small) as (app, pilot):
        await press(pilot, "end", "enter", "down", "down", "f4")
        assert isinstance(app.stage_screen, IndexScreen)
        assert app.stage_screen.indexed is not None
        assert app.stage_screen.query_one(ReadingPane).cursor == VISION.index("Interpreters")


async def test_s_selects_the_sentence_under_the_cursor(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, int, str]] = []

    def sentence_at(content: str, offset: int, language: str) -> Passage:
        asked.append((content, offset, language))
        return Passage(4, 17)

    monkeypatch.setattr(units, "sentence_at", sentence_at)
    async with opened(small, stage="index") as (app, pilot):
        pane = await open_vision(app, pilot)
        await press(pilot, "right", "s")
        assert asked[-1] == (VISION, 1, "")
        assert pane.selection == Passage(4, 17)


async def test_coding_without_a_text_says_what_to_do(small: Path) -> None:
    async with opened(small, stage="index") as (app, pilot):
        await press(pilot, "a")
        assert message(app) == "No text is open. Press o to choose one."


async def test_coding_without_a_selection_takes_a_unit_and_shows_it_before_anything_is_decided(
    small: Path,
) -> None:
    async with opened(small, stage="index") as (app, pilot):
        pane = await open_vision(app, pilot)
        before = app.study.head.count
        await press(pilot, "a")
        assert isinstance(app.screen, ChooseCode)
        assert pane.selection is not None
        await press(pilot, "escape")
        assert app.study.head.count == before


async def test_a_selection_by_mouse_is_coded(small: Path) -> None:
    async with opened(small, stage="index") as (app, pilot):
        pane = await open_vision(app, pilot)
        start = pane.rows.span(0)[0]
        left = next(x for x in range(40) if shown(app).splitlines()[2][x : x + 3] == "The")
        await pilot.mouse_down(pane, offset=(left, 0))
        await pilot.hover(pane, offset=(left + 8, 0))
        await pilot.mouse_up(pane, offset=(left + 8, 0))
        await press(pilot)
        assert pane.selection is not None
        assert pane.selection.start == start
        await press(pilot, "a", "2", "1", "enter")
        assert coded(app)[0][1].startswith("The city")


async def test_what_was_coded_is_in_the_file_after_closing(small: Path) -> None:
    async with opened(small, stage="index") as (app, pilot):
        await open_vision(app, pilot)
        await press(pilot, "p", "a", "2", "1", "enter", "q")
    again = open_study(small, read_only=True)
    assert [coding.code_id for coding in again.all(Coding)] == ["vote"]
    again.close()


async def test_a_digit_applies_a_code_used_lately(small: Path) -> None:
    async with opened(small, stage="index") as (app, pilot):
        await open_vision(app, pilot)
        await press(pilot, "p", "1")
        assert "No code has that digit yet" in message(app)
        await press(pilot, "a", "2", "1", "enter", "a", "1", "1", "enter", "escape")
        await press(pilot, "down", "down")
        assert "1 2.1 Right to vote" in shown(app)
        await press(pilot, "1")
        assert "Press the key again" in message(app)
        await press(pilot, "1")
        assert ("vote", "Interpreters are sent to schools.") in coded(app)


async def test_a_passage_with_nothing_in_it_is_marked_and_what_is_open_comes_next(small: Path) -> None:
    async with opened(small, stage="index") as (app, pilot):
        pane = await open_vision(app, pilot)
        await press(pilot, "e")
        assert "para. 1 reviewed, nothing here" in message(app)
        await press(pilot, "ctrl+home", "right_curly_bracket")
        assert pane.selection is not None
        assert VISION[pane.selection.start :].startswith("Interpreters")
        assert "% of the text is indexed or reviewed" in message(app)
        await press(pilot, "e", "right_curly_bracket", "e", "right_curly_bracket")
        assert "all of this text is indexed or reviewed" in message(app)
        await press(pilot, "ctrl+home", "E")
        await press(pilot, "right_curly_bracket")
        assert pane.selection == Passage(0, len(FIRST))


async def test_a_coding_is_moved_cut_joined_and_doubted_by_keys(small: Path) -> None:
    async with opened(small, stage="index") as (app, pilot):
        pane = await open_vision(app, pilot)
        await press(pilot, "down", "down", "s", "a", "2", "1", "enter")
        start = VISION.index("Interpreters")
        pane.go_to(start, Passage(start, VISION.index("\n\nNobody")))
        await press(pilot, "z")
        assert coded(app) == [("vote", VISION.split("\n\n")[1])]
        pane.go_to(VISION.index("Notices"))
        await press(pilot, "c")
        assert [words[:7] for _, words in coded(app)] == ["Interpr", "Notices"]
        pane.go_to(start)
        await press(pilot, "j")
        assert len(coded(app)) == 1
        await press(pilot, "d")
        await type_in(pilot, "which")
        await press(pilot, "enter")
        assert [coding.doubtful for coding in app.study.all(Coding)] == [True]
        assert [memo.content for memo in app.study.all(Memo)] == ["which"]
        assert "in doubt" in shown(app)
        await press(pilot, "d")
        assert [coding.doubtful for coding in app.study.all(Coding)] == [False]
        await press(pilot, *"uuuuu")
        assert coded(app) == [("vote", "Interpreters are sent to schools.")]


async def test_a_code_is_made_in_the_words_of_the_passage(small: Path) -> None:
    async with opened(small, stage="index") as (app, pilot):
        await open_vision(app, pilot)
        await press(pilot, "down", "down", "s", "v", "enter", "enter")
        [coding] = app.study.all(Coding)
        assert app.study.framework.codes[coding.code_id].name == "Interpreters are sent to schools."
        await press(pilot, "u")
        assert coded(app) == []
        assert "no theme has a code" not in message(app).lower()
        await press(pilot, "O")
        assert "No theme has a code for what does not fit" in message(app)


async def test_places_are_gone_to_bookmarked_and_returned_to(small: Path) -> None:
    async with opened(small, stage="index") as (app, pilot):
        pane = await open_vision(app, pilot)
        await press(pilot, "g")
        await type_in(pilot, "par. 3")
        await press(pilot, "enter")
        assert VISION[pane.cursor :].startswith("Nobody")
        await press(pilot, "b", "ctrl+home", "B")
        assert VISION[pane.cursor :].startswith("Nobody")
        await press(pilot, "g")
        await type_in(pilot, "p. 9")
        await press(pilot, "enter")
        assert "The text has no pages" in shown(app)
        await press(pilot, "escape")
    async with opened(small, stage="index") as (app, pilot):
        pane = await open_vision(app, pilot)
        await press(pilot, "B")
        assert VISION[pane.cursor :].startswith("Nobody")


async def test_only_the_codings_that_are_wanted_are_drawn(small: Path) -> None:
    async with opened(small, stage="index") as (app, pilot):
        await open_vision(app, pilot)
        await press(pilot, "p", "a", "2", "1", "enter", "a", "1", "1", "enter", "f")
        await type_in(pilot, "vote")
        await press(pilot, "enter")
        assert "1 of 2 codings: 2.1 Right to vote" in shown(app)
        await press(pilot, "f", "enter")
        assert "2 codings" in shown(app)


async def test_headings_are_gone_to_by_their_words(tmp_path: Path) -> None:
    from tests.tui.conftest import add_text
    from workbench.study.file import create_study

    law = "".join(f"第{number}条　市は、住民の意見を聴く。\n\n" for number in "一二三四五")
    path = tmp_path / "law.workbench"
    study = create_study(path, title="Law", coder="A. Mori")
    add_text(study, "vision.txt", law)
    study.close()
    async with opened(path, stage="index") as (app, pilot):
        pane = await open_vision(app, pilot)
        await press(pilot, "g", "第", "四", "enter")
        assert law[pane.cursor :].startswith("第四条")
        await press(pilot, "plus", "plus", "plus", "plus")
        assert pane.selection is not None


async def test_sentences_are_joined_and_split_and_that_is_undone(small: Path) -> None:
    async with opened(small, stage="index", size=NORMAL) as (app, pilot):
        pane = await open_vision(app, pilot)
        await press(pilot, "s")
        first = pane.selection
        assert first is not None
        await press(pilot, "escape", "home", "J")
        assert actions(app)[-1] == "join units"
        joined = pane.selection
        assert joined is not None
        assert (joined.start, joined.end > first.end) == (first.start, True)
        pane.go_to(first.start)
        await press(pilot, "escape", "s")
        assert pane.selection == joined
        pane.go_to(first.start + 4)
        await press(pilot, "escape", "C")
        assert actions(app)[-1] == "split unit"
        assert "Two units now" in message(app)
        assert pane.selection == Passage(first.start + 4, joined.end)
        await press(pilot, "u", "u")
        pane.go_to(first.start)
        await press(pilot, "escape", "s")
        assert pane.selection == first
