"""The screen of memos: all of them, found, filtered, changed, written to a file, and the way back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.tui.conftest import VISION, shown
from tests.tui.pilots import NORMAL, WIDE, message, opened, press, type_in
from tests.tui.waiting import until
from workbench.model.memo import Memo, MemoKind
from workbench.model.text import Passage, Text
from workbench.stages import familiarise
from workbench.study.file import open_study
from workbench.tui.reading.pane import ReadingPane
from workbench.tui.stages.index import IndexScreen
from workbench.tui.stages.memos import MemosScreen


@pytest.fixture
def noted(small: Path) -> Path:
    with open_study(small, coder="A. Mori") as study:
        [vision] = [text for text in study.all(Text) if text.file_name == "vision.txt"]
        start = VISION.index("Interpreters")
        familiarise.note_passage(study, vision.id, Passage(start, start + 12), "Paid by [whom]?")
        familiarise.write_memo(study, "code:vote", "Suffrage or referendum?", kind=MemoKind.QUESTION)
    return small


@pytest.mark.parametrize("size", [NORMAL, WIDE])
async def test_all_memos_stand_in_one_place_and_lead_to_what_they_are_on(
    noted: Path, size: tuple[int, int]
) -> None:
    async with opened(noted, size=size, stage="memos") as (app, pilot):
        screen = shown(app)
        assert "2 memos, latest first" in screen
        assert "question on code 2.1 Right to vote · A. Mori" in screen
        assert "Paid by [whom]?" in screen
        await press(pilot, "down", "enter")
        await until(pilot, lambda: isinstance(app.stage_screen, IndexScreen))
        await press(pilot)
        assert app.stage_screen is not None
        selection = app.stage_screen.query_one(ReadingPane).selection
        assert selection is not None
        assert VISION[selection.start : selection.end] == "Interpreters"
        await press(pilot, "escape", "escape")
        await until(pilot, lambda: isinstance(app.stage_screen, MemosScreen))
        await press(pilot, "f4")
        await until(pilot, lambda: isinstance(app.stage_screen, IndexScreen))
        await press(pilot, "f8")
        await until(pilot, lambda: isinstance(app.stage_screen, MemosScreen))


async def test_memos_are_found_and_filtered(noted: Path) -> None:
    async with opened(noted, stage="memos") as (app, pilot):
        await press(pilot, "slash")
        await type_in(pilot, "REFERENDUM")
        await press(pilot, "enter")
        assert "1 memo: with “REFERENDUM” · w shows all" in shown(app)
        await press(pilot, "w", "o")
        await type_in(pilot, "passage")
        await press(pilot, "tab", "enter")
        assert "1 memo: on passage" in shown(app)
        assert "Suffrage" not in shown(app)


async def test_a_memo_is_written_changed_and_taken_away_with_undo(noted: Path) -> None:
    async with opened(noted, stage="memos") as (app, pilot):
        await press(pilot, "a", "enter", "enter")
        await type_in(pilot, "So far")
        await press(pilot, "ctrl+s")
        reflections = app.study.all(Memo, kind="reflection")
        assert [(memo.anchor, memo.content) for memo in reflections] == [("setting:title", "So far")]
        await press(pilot, "k")
        await type_in(pilot, "method")
        await press(pilot, "enter")
        assert app.study.get(Memo, reflections[0].id).kind is MemoKind.METHOD
        await press(pilot, "x", "y")
        assert app.study.find(Memo, reflections[0].id) is None
        await press(pilot, "u")
        assert app.study.get(Memo, reflections[0].id).content == "So far"


async def test_the_memos_shown_are_written_to_a_file(noted: Path) -> None:
    async with opened(noted, stage="memos") as (app, pilot):
        await press(pilot, "E")
        await type_in(pilot, "json")
        await press(pilot, "enter", "enter")
        written = json.loads(noted.with_name("memos.json").read_text(encoding="utf-8"))
        assert [row["content"] for row in written["memos"]] == ["Paid by [whom]?", "Suffrage or referendum?"]
        assert "Wrote" in message(app)
