"""Keys that come in a burst reach the dialog they are meant for, and decide nothing beneath it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from tests.tui.pilots import actions, opened, press
from tests.tui.test_index import coded, open_vision
from tests.tui.waiting import until
from workbench.model.framework import Code
from workbench.tui.app import Workbench
from workbench.tui.stages.index import IndexScreen


def burst(app: Workbench, *keys: str) -> None:
    """Let keys arrive all at once, as from a slow line."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))


async def test_a_code_typed_at_once_is_the_one_that_is_applied(small: Path) -> None:
    async with opened(small, stage="index") as (app, pilot):
        await open_vision(app, pilot)
        before = app.study.head.count
        burst(app, "p", "a", "1", "full_stop", "2", "enter")
        await until(pilot, lambda: app.study.head.count > before)
        await press(pilot)
        assert [code for code, _ in coded(app)] == ["printed"]
        burst(app, "escape", "down", "down", "s", "a", "2", "1", "enter", "u", "a", "1", "1", "enter")
        await until(pilot, lambda: actions(app)[-3:] == ["code passage", "undo", "code passage"])
        assert [code for code, _ in coded(app)] == ["interpreters", "printed"]


async def test_a_text_is_opened_by_words_typed_at_once(small: Path) -> None:
    async with opened(small, stage="index") as (app, pilot):
        burst(app, "o", *"vision", "enter")
        await until(pilot, lambda: isinstance(s := app.screen, IndexScreen) and s.indexed is not None)
        assert isinstance(app.screen, IndexScreen)
        assert app.screen.indexed is not None
        assert app.screen.indexed.file_name == "vision.txt"


async def test_one_dialog_opens_however_often_its_key_comes(small: Path) -> None:
    async with opened(small, stage="index") as (app, pilot):
        await open_vision(app, pilot)
        burst(app, "p", "v", "v", "v", "escape")
        await press(pilot)
        await until(pilot, lambda: isinstance(app.screen, IndexScreen))
        assert "code in vivo" not in actions(app)


async def test_a_form_gets_all_that_was_typed(small: Path) -> None:
    async with opened(small, stage="framework") as (app, pilot):
        burst(app, "down", "e", "tab", *"XYZ", "ctrl+s")
        await until(pilot, lambda: len(app.screen_stack) > 1 or actions(app)[-1] == "edit code")
        await press(pilot)
        if len(app.screen_stack) > 1:
            burst(app, *"why", "enter")
            await until(pilot, lambda: actions(app)[-1] == "edit code")
        changed = [code for code in app.study.all(Code) if "XYZ" in code.definition]
        assert len(changed) == 1


@pytest.mark.parametrize("stage", ["memos", "history"])
async def test_screens_change_before_the_next_key_counts(small: Path, stage: str) -> None:
    async with opened(small, stage="familiarise") as (app, pilot):
        burst(app, {"memos": "f8", "history": "f7"}[stage], "f4", "o", *"vision", "enter")
        await until(pilot, lambda: isinstance(s := app.screen, IndexScreen) and s.indexed is not None)
