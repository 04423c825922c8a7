"""Whole screens as text, against files; WRITE_GOLDENS=1 writes them anew."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.tui.conftest import VISION, shown
from tests.tui.pilots import NORMAL, WIDE, opened, press, type_in
from tests.tui.waiting import until
from workbench.model import identity
from workbench.model.text import Passage, Text
from workbench.stages import coding_changes, familiarise, framework, index, reviewing
from workbench.study.file import open_study

GOLDENS = Path(__file__).parent / "goldens"


@pytest.fixture
def worked(small: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Code, doubt, review and redefine, with the same ids each time, so that every screen has something."""
    monkeypatch.setattr(identity.secrets, "randbits", random.Random(11).getrandbits)
    with open_study(small, coder="A. Mori") as study:
        texts = {text.file_name: text for text in study.all(Text)}
        vision, plan = texts["vision.txt"], texts["plan.txt"]
        sentence = VISION.index("Interpreters")
        [first] = index.code_passage(study, vision.id, Passage(0, 51), ["vote"], memo="Whose rights?")
        index.code_passage(study, vision.id, Passage(4, 30), ["interpreters", "printed"])
        index.code_passage(study, vision.id, Passage(sentence, sentence + 32), ["interpreters"])
        index.code_passage(study, plan.id, Passage(0, 18), ["vote"])
        coding_changes.flag_doubt(study, first.id, "Is this a right?")
        reviewing.mark_reviewed(study, vision.id, Passage(sentence + 33, len(VISION)))
        familiarise.set_bookmarks(study, vision.id, [sentence])
        framework.edit_code(study, "vote", definition="Who may vote, and on what.", reason="referenda")
    return small


def hold(name: str, drawn: str) -> None:
    """Compare a screen with its file."""
    golden = GOLDENS / f"{name}.txt"
    if os.environ.get("WRITE_GOLDENS"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(drawn + "\n", encoding="utf-8")
    assert drawn + "\n" == golden.read_text(encoding="utf-8"), (
        f"look at {golden.name}; WRITE_GOLDENS=1 writes"
    )


@pytest.mark.parametrize("size", [NORMAL, WIDE])
async def test_the_index_screen(worked: Path, size: tuple[int, int]) -> None:
    async with opened(worked, stage="index", size=size) as (app, pilot):
        await press(pilot, "o")
        await type_in(pilot, "vision")
        await press(pilot, "enter", "ctrl+home", "right_square_bracket")
        hold(f"index-{size[0]}x{size[1]}", shown(app))
        await press(pilot, "s", "a")
        await type_in(pilot, "vot")
        hold(f"palette-{size[0]}x{size[1]}", shown(app))


async def test_the_index_screen_without_colours(worked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(worked, stage="index", size=NORMAL) as (app, pilot):
        await press(pilot, "o")
        await type_in(pilot, "vision")
        await press(pilot, "enter", "ctrl+home", "right_square_bracket")
        hold("index-80x24-monochrome", shown(app))


@pytest.mark.parametrize("size", [NORMAL, WIDE])
async def test_the_screen_of_searches(worked: Path, size: tuple[int, int]) -> None:
    async with opened(worked, stage="search", size=size) as (app, pilot):
        await type_in(pilot, "rights")
        await press(pilot, "enter")
        await until(pilot, lambda: "hits in" in shown(app))
        await press(pilot, "down", "space")
        hold(f"search-{size[0]}x{size[1]}", shown(app))


@pytest.mark.parametrize("size", [NORMAL, WIDE])
async def test_the_screen_of_reviews(worked: Path, size: tuple[int, int]) -> None:
    async with opened(worked, stage="review", size=size) as (app, pilot):
        await press(pilot, "space")
        hold(f"review-{size[0]}x{size[1]}", shown(app))
