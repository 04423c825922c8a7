"""A study with nothing in it yet: the screens say what is missing, and no key breaks them."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from tests.tui.waiting import open_stage, words_of
from workbench.study.file import create_study
from workbench.tui.actions import actions_of
from workbench.tui.screen import StageScreen

SAID = {
    "framework": ("#version", "not yet released"),
    "chart": ("#heading", "The framework has no theme yet"),
    "interpret": ("#rule", "no counting rule yet"),
    "history": ("#wanted", "1 decision"),
}


@pytest.mark.parametrize("stage", list(SAID))
async def test_every_key_of_a_stage_can_be_pressed_in_an_empty_study(tmp_path: Path, stage: str) -> None:
    path = tmp_path / "empty.workbench"
    create_study(path, title="Nothing yet", coder="A. Mori").close()
    async with open_stage(path, stage, (80, 24)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, StageScreen)
        name, words = SAID[stage]
        assert words in words_of(screen.query_one(name, Static))
        before = screen.study.head.count
        for action in actions_of(stage):
            if action.stage == stage:
                await pilot.press(action.keys.split(",")[0])
                await pilot.pause(0.05)
                while len(pilot.app.screen_stack) > 1:
                    await pilot.press("escape")
        await pilot.press("enter", "escape")
        assert screen.study.head.count == before
