"""The screen of words: its faces, its scopes, and the way to the passages and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import add_framework, add_text, shown
from tests.tui.pilots import NORMAL, WIDE, message, opened, press, type_in
from tests.tui.test_goldens import hold
from tests.tui.waiting import until
from workbench.language import working
from workbench.stages.text_versions import describe_text
from workbench.study.file import create_study
from workbench.tui.app import Workbench
from workbench.tui.stages.words import WordsScreen
from workbench.tui.widgets.line_list import LineList


@pytest.fixture
def cities(tmp_path: Path) -> Path:
    path = tmp_path / "cities.workbench"
    with create_study(path, title="Cities", coder="A. Mori") as study:
        add_framework(study)
        for case, words in (
            ("Kobe", "Roads need gravel. Roads need money. Roads need people. Nobody votes."),
            ("Osaka", "The city supports residents. Residents vote. Residents ask. The city answers."),
            ("Osaka", "市は計画を公表する。計画は市民と作る。"),
        ):
            text = add_text(study, f"{case}-{len(words)}.txt", words, case=case)
            language = "ja" if "市" in words else "en"
            describe_text(study, text.id, language=language, maker="The city")
    return path


async def counted(app: Workbench, pilot: Pilot[None]) -> WordsScreen:
    screen = app.stage_screen
    assert isinstance(screen, WordsScreen)
    await until(pilot, lambda: not screen._under_way, tries=1000)
    await pilot.pause()
    return screen


@pytest.mark.parametrize("size", [NORMAL, WIDE])
async def test_frequent_key_and_paired_words(cities: Path, size: tuple[int, int]) -> None:
    async with opened(cities, stage="familiarise", size=size) as (app, pilot):
        await press(pilot, "W")
        await until(pilot, lambda: isinstance(app.stage_screen, WordsScreen))
        await counted(app, pilot)
        hold(f"words-{size[0]}x{size[1]}", shown(app))
        await press(pilot, "2")
        await counted(app, pilot)
        hold(f"words-key-{size[0]}x{size[1]}", shown(app))
        await press(pilot, "3")
        await counted(app, pilot)
        assert "road … need" in shown(app)


async def test_a_word_leads_to_its_hits_and_back(cities: Path) -> None:
    async with opened(cities, stage="words", size=NORMAL) as (app, pilot):
        screen = await counted(app, pilot)
        assert screen._line is not None
        word = screen._line.terms[0]
        await press(pilot, "enter")
        await until(pilot, lambda: f"lemma in the whole corpus: {word}" in shown(app))
        await until(pilot, lambda: "hits in" in shown(app) or "hit in" in shown(app))
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.stage_screen, WordsScreen))
        assert app.stage_screen is not None
        assert app.stage_screen.query_one(LineList).has_focus


async def test_a_word_that_stands_elsewhere_is_searched_everywhere(cities: Path) -> None:
    async with opened(cities, stage="words", size=NORMAL) as (app, pilot):
        await counted(app, pilot)
        await press(pilot, "2")
        screen = await counted(app, pilot)
        await press(pilot, "end", "enter")
        assert screen._line is not None
        word = screen._line.terms[0]
        await until(pilot, lambda: f"lemma in the whole corpus: {word}" in shown(app))


async def test_another_part_language_and_case_are_chosen(cities: Path) -> None:
    async with opened(cities, stage="words", size=WIDE) as (app, pilot):
        screen = await counted(app, pilot)
        language = screen._counted and screen._counted.language
        await press(pilot, "l")
        await counted(app, pilot)
        assert screen._counted is not None
        assert screen._counted.language != language
        await press(pilot, "right_square_bracket")
        await counted(app, pilot)
        name = screen._counted.name
        assert screen._wanted.asked.case_id
        await press(pilot, "left_square_bracket")
        await counted(app, pilot)
        assert screen._counted.name != name
        await press(pilot, "i")
        await type_in(pilot, "the whole")
        await press(pilot, "enter")
        await counted(app, pilot)
        assert screen._counted.name == "The whole corpus"
        await press(pilot, "g")
        await counted(app, pilot)
        assert screen._wanted.all_words


async def test_a_part_without_words_is_told_and_counting_is_stopped(
    cities: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(cities, stage="words", size=NORMAL) as (app, pilot):
        await counted(app, pilot)
        await press(pilot, "i")
        await type_in(pilot, "1.2")
        await press(pilot, "enter")
        screen = await counted(app, pilot)
        assert "has no words to count" in message(app)
        assert "Nothing was counted." in shown(app)
        working.end()
        await press(pilot, "i")
        await type_in(pilot, "the whole")
        await press(pilot, "enter", "escape")
        await until(pilot, lambda: not screen._under_way)
        assert "stopped" in shown(app) or "enter searches" in shown(app)
