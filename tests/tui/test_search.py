"""The screen of searches: hits as they come, going there and back, and coding what is ticked."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import VISION, shown
from tests.tui.pilots import NORMAL, WIDE, message, opened, press, type_in
from tests.tui.waiting import until
from workbench.model.coding import Coding, Excerpt
from workbench.model.text import Passage, Text
from workbench.stages import index
from workbench.study.file import open_study
from workbench.tui.app import Workbench
from workbench.tui.reading.pane import ReadingPane
from workbench.tui.stages.index import IndexScreen
from workbench.tui.stages.search import SearchScreen
from workbench.tui.widgets.entry import EntryLine
from workbench.tui.widgets.hit_list import HitList


async def search_for(app: Workbench, pilot: Pilot[None], words: str) -> HitList:
    screen = app.stage_screen
    assert isinstance(screen, SearchScreen)
    if not screen.query_one(EntryLine).has_focus:
        await press(pilot, "slash")
    await type_in(pilot, words)
    await press(pilot, "enter")
    await until(
        pilot, lambda: "so far" not in shown(app) and "searching" not in shown(app).lower().split("\n")[2]
    )
    return screen.query_one(HitList)


@pytest.mark.parametrize("size", [NORMAL, WIDE])
async def test_hits_stand_in_context_and_lead_to_the_passage_and_back(
    small: Path, size: tuple[int, int]
) -> None:
    async with opened(small, stage="search", size=size) as (app, pilot):
        hits = await search_for(app, pilot, "HUMAN rights")
        assert hits.count == 2
        screen = shown(app)
        assert "2 hits in 2 of 3 texts searched" in screen
        assert "Hamamatsu · vision, para. 1" in screen
        assert "The city respects [human rights] of all residents." in screen
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.stage_screen, IndexScreen))
        await press(pilot)
        assert app.stage_screen is not None
        selection = app.stage_screen.query_one(ReadingPane).selection
        assert selection is not None
        assert VISION[selection.start : selection.end] == "human rights"
        await press(pilot, "escape", "escape")
        await until(pilot, lambda: isinstance(app.stage_screen, SearchScreen))
        assert hits.count == 2


async def test_two_character_words_are_found_and_all_ticked_hits_coded_and_undone_as_one(small: Path) -> None:
    async with opened(small, stage="search") as (app, pilot):
        hits = await search_for(app, pilot, "言語")
        assert hits.count == 1
        hits = await search_for(app, pilot, "s")
        assert hits.count > 5
        await press(pilot, "space", "a")
        await type_in(pilot, "2.1")
        await press(pilot, "enter")
        await type_in(pilot, "all of them")
        await press(pilot, "enter")
        assert app.study.count(Coding) == hits.count - 1
        assert "u takes all of them back" in message(app)
        assert app.study.decisions()[-1].reason == "all of them"
        await press(pilot, "u")
        assert app.study.count(Coding) == 0


async def test_a_pattern_with_a_mistake_is_told_and_changes_nothing(small: Path) -> None:
    async with opened(small, stage="search") as (app, pilot):
        await press(pilot, "escape", "tab", "m")
        await type_in(pilot, "regex")
        await press(pilot, "enter")
        hits = await search_for(app, pilot, "(rights")
        assert hits.count == 0
        assert message(app)


async def test_codings_that_stand_together_are_found(small: Path) -> None:
    with open_study(small, coder="A. Mori") as study:
        [vision] = [text for text in study.all(Text) if text.file_name == "vision.txt"]
        index.code_passage(study, vision.id, Passage(0, 20), ["vote"])
        index.code_passage(study, vision.id, Passage(10, 30), ["printed"])
        index.code_passage(study, vision.id, Passage(60, 80), ["vote"])
    async with opened(small, stage="search") as (app, pilot):
        await press(pilot, "escape", "tab", "m")
        await type_in(pilot, "codings")
        await press(pilot, "enter")
        hits = await search_for(app, pilot, "2.1 AND 1.2")
        assert [hit.passage for hit in hits.ticked] == [Passage(0, 20)]
        assert app.study.count(Excerpt) == 3


async def test_one_case_alone_can_be_searched(small: Path) -> None:
    async with opened(small, stage="search") as (app, pilot):
        await search_for(app, pilot, "city")
        await press(pilot, "i")
        await type_in(pilot, "kawasaki")
        await press(pilot, "enter")
        await until(pilot, lambda: "1 hit in 1 of 2 texts searched" in shown(app))
        assert "plain in Kawasaki [city]:" in shown(app)


async def test_documents_of_one_attribute_can_be_searched(small: Path) -> None:
    from workbench.stages import register

    with open_study(small, coder="A. Mori") as study:
        register.edit_document(study, register.find_document(study, "plan").id, type="plan")
    async with opened(small, stage="search") as (app, pilot):
        await search_for(app, pilot, "interpreters")
        await press(pilot, "i")
        await type_in(pilot, "document.type")
        await press(pilot, "equals_sign")
        await type_in(pilot, "plan")
        await press(pilot, "enter")
        await until(pilot, lambda: "1 hit in 1 of 2 texts searched" in shown(app))
        await press(pilot, "i")
        await type_in(pilot, "document.colour")
        await press(pilot, "equals_sign", "x", "enter")
        await until(pilot, lambda: "No document has colour" in message(app))


async def test_the_sentences_of_hits_can_be_coded(small: Path) -> None:
    async with opened(small, stage="search") as (app, pilot):
        await search_for(app, pilot, "human rights")
        await press(pilot, "s", "a")
        await type_in(pilot, "2.1")
        await press(pilot, "enter")
        await type_in(pilot, "whole sentences")
        await press(pilot, "enter")
        quotes = {app.study.get(Excerpt, coding.excerpt_id).quote for coding in app.study.all(Coding)}
        assert quotes == {
            "The city respects [human rights] of all residents.",
            "The city shall respect the human rights of every resident.",
        }
