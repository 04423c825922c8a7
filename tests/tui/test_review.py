"""The screen of reviews: what is under a code, what waits since the framework changed, what is in doubt."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.conftest import shown
from tests.tui.pilots import NORMAL, WIDE, message, opened, press, type_in
from tests.tui.waiting import until
from workbench.model.coding import Coding
from workbench.model.text import Passage, Text
from workbench.stages import coding_changes, framework, index
from workbench.stages.reindex import waiting_codings
from workbench.study.file import open_study
from workbench.tui.stages.index import IndexScreen
from workbench.tui.stages.review import ReviewScreen


@pytest.fixture
def coded(small: Path) -> Path:
    with open_study(small, coder="A. Mori") as study:
        texts = {text.file_name: text for text in study.all(Text)}
        index.code_passage(study, texts["vision.txt"].id, Passage(0, 8), ["vote"])
        [doubted] = index.code_passage(study, texts["plan-en.txt"].id, Passage(4, 14), ["vote"])
        coding_changes.flag_doubt(study, doubted.id, "whose?")
        framework.edit_code(
            study, "vote", definition="Who may vote, and on what.", reason="referenda came up"
        )
    return small


@pytest.mark.parametrize("size", [NORMAL, WIDE])
async def test_what_waits_is_shown_with_the_reason_and_kept_with_one(
    coded: Path, size: tuple[int, int]
) -> None:
    async with opened(coded, stage="review", size=size) as (app, pilot):
        screen = shown(app)
        assert "2 codings to look at again since the framework changed" in screen
        assert "Hamamatsu · vision, para. 1 · 2.1 Right to vote · A. Mori" in screen
        assert "referenda came up" in screen
        await press(pilot, "space", "k")
        await type_in(pilot, "still holds")
        await press(pilot, "enter")
        assert len(waiting_codings(app.study)) == 1
        assert "1 coding looked at again and kept." in message(app)


async def test_everything_under_a_code_is_recoded_and_taken_away_as_one(coded: Path) -> None:
    async with opened(coded, stage="review") as (app, pilot):
        await press(pilot, "c")
        await type_in(pilot, "2.1")
        await press(pilot, "enter")
        assert "2.1 Right to vote: 2 codings across all cases" in shown(app)
        await press(pilot, "A", "R")
        await type_in(pilot, "1.2")
        await press(pilot, "enter")
        assert {coding.code_id for coding in app.study.all(Coding)} == {"vote"}, "it asks why first"
        await type_in(pilot, "reread")
        await press(pilot, "enter")
        assert {coding.code_id for coding in app.study.all(Coding)} == {"printed"}
        await press(pilot, "u")
        assert {coding.code_id for coding in app.study.all(Coding)} == {"vote"}
        await press(pilot, "A", "x")
        await type_in(pilot, "reread")
        await press(pilot, "enter")
        assert app.study.count(Coding) == 0
        await press(pilot, "u")
        assert app.study.count(Coding) == 2


async def test_doubts_are_listed_and_lead_to_their_passage_and_back(coded: Path) -> None:
    async with opened(coded, stage="review") as (app, pilot):
        await press(pilot, "d")
        assert "1 coding in doubt" in shown(app)
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.stage_screen, IndexScreen))
        await press(pilot, "y")
        await until(pilot, lambda: isinstance(app.stage_screen, ReviewScreen))
        await press(pilot)
        assert "2.1 Right to vote: 2 codings across all cases" in shown(app)
