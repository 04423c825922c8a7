"""The screen of index scores: from an area to the answer, the code and the cell, and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.conftest import shown
from tests.tui.pilots import NORMAL, WIDE, actions, message, opened, press, type_in
from tests.tui.test_goldens import hold
from workbench.exchange.codebook import default_vocabulary
from workbench.exchange.index_sheet_reading import SheetReading, read_index_sheet
from workbench.model.case import Case, CaseDocument
from workbench.model.decision import Verb
from workbench.model.index_edition import Aggregation, IndexAnswer, IndexEdition, Indicator, IndicatorMapping
from workbench.stages.chart import record_search, set_status
from workbench.stages.edition_sheets import import_sheet
from workbench.stages.editions import answer_indicator
from workbench.stages.register import edit_case
from workbench.study.file import open_study
from workbench.tui.stages.chart import ChartScreen
from workbench.tui.stages.editions import EditionsScreen

SHEET = """\
area,dimension,indicator,sub_indicator,title,question,options,codes,case,as_of,answer,note
Language,speech,L1,,Interpreters [paid],Who pays?,"0 = nobody
50 = the family
100 = the city",1.1,Hamamatsu,2019,100,plan\u202e p. 3
Language,speech,L2,,Leaflets,,,1.2,Hamamatsu,2019,0,
Language,print,L3,,Notices,,,1.2,Hamamatsu,2019,50,
Language,print,L3,L3a,Notices of tax,,,,Hamamatsu,2019,0,
Rights,,R1,,Voting,,,,Hamamatsu,2019,missing,
Rights,,R2,,Petitions,,,,Hamamatsu,2019,50,
Rights,,,,,,,,Hamamatsu,2019,75,
"""


@pytest.fixture
def scored(small: Path) -> Path:
    with open_study(small, coder="A. Mori") as study:
        rules, statuses = default_vocabulary()
        study.decide(Verb.APPLY_CODEBOOK, "setting:title", put=[*rules, *statuses], reason="vocabulary")
        edit_case(study, study.all(Case, name="Hamamatsu")[0].id, attributes={"level": "local"})
        told = {"index": "Openness", "edition": "2020", "reference_date": "2020", "level": "national"}
        sheet = read_index_sheet("s.csv", SHEET.encode(), SheetReading(told))
        import_sheet(study, sheet, "s.csv")
    return small


@pytest.mark.parametrize("size", [NORMAL, WIDE])
async def test_scores_stand_with_k_of_n_and_warnings_and_open_into_indicators(
    scored: Path, size: tuple[int, int]
) -> None:
    async with opened(scored, stage="chart", size=size) as (app, pilot):
        await press(pilot, "I")
        assert isinstance(app.stage_screen, EditionsScreen)
        screen = shown(app)
        assert "Openness 2020 · mean of the indicators per area, mean of the areas" in screen
        assert "! Hamamatsu · 2019 · Openness 2020: the edition is as of 2020." in screen.replace("\n", " ")
        assert "▸ Language" in screen
        assert "50  4/5" in screen
        await press(pilot, "down", "enter", "down")
        screen = shown(app)
        assert "▾ Language" in screen
        assert "L1 Interpreters [paid]" in screen
        assert "answer: 100 · plan<U+202E> p. 3 · A. Mori" in screen
        assert "code: 1.1 Interpreters: not assessed" in screen
        await press(pilot, "escape")
        assert isinstance(app.stage_screen, ChartScreen)


@pytest.mark.parametrize("size", [NORMAL, WIDE])
async def test_the_screen_of_index_scores(scored: Path, size: tuple[int, int]) -> None:
    async with opened(scored, stage="editions", size=size) as (app, pilot):
        await press(pilot, "down", "enter", "down")
        hold(f"editions-{size[0]}x{size[1]}", shown(app))


async def test_an_indicator_leads_to_its_cell_and_back(scored: Path) -> None:
    async with opened(scored, stage="chart") as (app, pilot):
        await press(pilot, "I", "down", "enter", "down", "enter")
        assert isinstance(app.stage_screen, ChartScreen)
        assert "1.1 Interpreters" in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.stage_screen, EditionsScreen)
        await press(pilot, "escape")
        assert isinstance(app.stage_screen, ChartScreen)


async def test_an_answer_is_chosen_changed_with_a_reason_and_undone(scored: Path) -> None:
    async with opened(scored, stage="editions") as (app, pilot):
        await press(pilot, "down", "enter", "down", "right", "a")
        await type_in(pilot, "50")
        await press(pilot, "enter")
        await type_in(pilot, "fees")
        await press(pilot, "enter")
        await type_in(pilot, "2018")
        await press(pilot, "enter")
        kawasaki = app.study.all(Case, name="Kawasaki [city]")[0]
        [given] = app.study.all(IndexAnswer, case_id=kawasaki.id)
        assert (given.value, given.note, given.in_force, given.as_of) == ("50", "fees", "2018", "2020")
        assert "L1 Interpreters [paid], Kawasaki [city]: 50." in message(app)
        await press(pilot, "a", "enter", "ctrl+s")
        await type_in(pilot, "nobody pays")
        await press(pilot, "enter")
        assert app.study.get(IndexAnswer, given.id).value == "0"
        assert actions(app)[-1] == "change answer"
        await press(pilot, "u", "u")
        assert app.study.find(IndexAnswer, given.id) is None


async def test_a_case_is_answered_as_of_another_date(scored: Path) -> None:
    async with opened(scored, stage="editions") as (app, pilot):
        await press(pilot, "down", "enter", "down", "n", "backspace", "backspace")
        await type_in(pilot, "22")
        await press(pilot, "enter")
        assert "▸Hamamatsu 2022" in shown(app)
        await press(pilot, "a", "down", "enter", "ctrl+s")
        assert [answer.value for answer in app.study.all(IndexAnswer, as_of="2022")] == ["50"]
        assert "Different dates. 2019: Hamamatsu; 2022: Hamamatsu." in " ".join(shown(app).split())


async def test_another_rule_and_the_cells_give_other_scores(scored: Path) -> None:
    with open_study(scored, coder="A. Mori") as study:
        case = study.all(Case, name="Hamamatsu")[0]
        documents = [link.document_id for link in study.all(CaseDocument, case_id=case.id)]
        for code in ("interpreters", "printed"):
            record_search(study, case.id, code, documents=documents, terms=["x"])
            set_status(study, case.id, code, "no-not-found")
    async with opened(scored, stage="editions") as (app, pilot):
        await press(pilot, "r")
        await type_in(pilot, "dimension")
        await press(pilot, "enter")
        assert isinstance(app.stage_screen, EditionsScreen)
        assert app.stage_screen.view is not None
        assert app.stage_screen.view.rules.aggregation is Aggregation.DIMENSIONS
        await press(pilot, "down", "enter")
        assert "speech" in shown(app)
        await press(pilot, "c")
        await type_in(pilot, "half")
        await press(pilot, "enter")
        screen = shown(app)
        assert "Hamamatsu (cells)" in screen
        assert "0  3/3" in screen
        await press(pilot, "c")
        assert "Hamamatsu 2019" in shown(app)
        assert app.study.all(IndexEdition)[0].aggregation is Aggregation.AREAS


async def test_codes_are_mapped_and_an_indicator_and_the_rules_are_changed(scored: Path) -> None:
    async with opened(scored, stage="editions") as (app, pilot):
        await press(pilot, "down", "down", "enter", "down", "m")
        await type_in(pilot, "vote")
        await press(pilot, "tab", "enter")
        await type_in(pilot, "same question")
        await press(pilot, "enter")
        [voting] = app.study.all(Indicator, number="R1")
        [mapping] = app.study.all(IndicatorMapping, indicator_id=voting.id)
        assert (mapping.code_id, mapping.reason) == ("vote", "same question")
        await press(pilot, "d", "tab", "tab", "tab", "backspace", "3", "ctrl+s")
        await type_in(pilot, "it counts more")
        await press(pilot, "enter")
        assert app.study.get(Indicator, voting.id).weight == "3"
        await press(pilot, "R", "tab", "tab", "tab")
        await type_in(pilot, "Rights")
        await press(pilot, "equals_sign", "2", "ctrl+s")
        await type_in(pilot, "half of all")
        await press(pilot, "enter")
        assert app.study.all(IndexEdition)[0].area_weights == {"Rights": "2"}
        await press(pilot, "R", "tab", "tab", "tab", "tab", "tab")
        await press(pilot, *["backspace"] * 4)
        await type_in(pilot, "guess")
        await press(pilot, "ctrl+s")
        assert "“guess” is none of: drop, lowest, block." in message(app)
        await press(pilot, "delete")
        await type_in(pilot, "another edition")
        await press(pilot, "enter")
        assert app.study.count(IndexEdition) == 0
        await press(pilot, "u")
        assert app.study.count(IndexEdition) == 1


async def test_a_sheet_is_imported_and_exported_and_compared(scored: Path, tmp_path: Path) -> None:
    lens = "index,scale,area,indicator,case,answer\nLens,0 to 10,Talk,1,Hamamatsu,7\n"
    (tmp_path / "lens.csv").write_text(lens, encoding="utf-8")
    (tmp_path / "bad.csv").write_text(lens.replace("Hamamatsu", "Atlantis"), encoding="utf-8")
    async with opened(scored, stage="editions") as (app, pilot):
        await press(pilot, "p")
        assert "printed 75, follows 50" in shown(app)
        await press(pilot, "escape", "i")
        await type_in(pilot, "bad.csv")
        await press(pilot, "ctrl+s")
        assert "“Atlantis” is no case of this study." in message(app)
        await press(pilot, "i")
        await type_in(pilot, "lens.csv")
        await press(pilot, "ctrl+s")
        assert "Lens: 1 indicator, 1 answer, 0 printed scores." in message(app)
        assert "Lens · mean of" in shown(app)
        await press(pilot, "s")
        assert "Different scales, so different tables." in shown(app)
        await press(pilot, "escape", "x", "enter")
        assert (tmp_path / "lens.csv").exists()
        assert "is already there" in message(app)


async def test_without_an_edition_one_is_made_of_the_framework(small: Path) -> None:
    async with opened(small, stage="editions", size=NORMAL) as (app, pilot):
        assert "i imports an edition; f makes one of the framework." in shown(app)
        await press(pilot, "a", "m", "p", "r", "x", "R", "delete", "e")
        assert "There is no index edition yet" in message(app)
        await press(pilot, "f")
        await type_in(pilot, "Own")
        await press(pilot, "ctrl+s")
        assert "Own · mean of" in shown(app)
        assert len(app.study.all(Indicator)) == 3
        await press(pilot, "a")
        assert "This is about one indicator" in message(app)


async def test_what_is_read_only_is_not_decided(scored: Path) -> None:
    async with opened(scored, stage="editions", read_only=True) as (app, pilot):
        before = app.study.head
        await press(pilot, "down", "enter", "down", "a", "m", "d", "i", "f", "R", "delete")
        assert app.study.head == before
        assert "open for reading only" in message(app)


async def test_the_history_leads_to_the_indicator(scored: Path) -> None:
    with open_study(scored, coder="A. Mori") as study:
        [two] = study.all(Indicator, number="R2")
        answer_indicator(study, two.id, study.all(Case)[0].id, "100", as_of="2021")
    async with opened(scored, stage="history") as (app, pilot):
        assert "answer indicator" in shown(app)
        assert "× Petitions" in shown(app)
        await press(pilot, "g")
        assert isinstance(app.stage_screen, EditionsScreen)
        assert app.stage_screen.line is not None
        assert app.stage_screen.line.indicator == two


async def test_areas_stand_beside_the_counted_themes(scored: Path) -> None:
    async with opened(scored, stage="chart", size=WIDE) as (app, pilot):
        await press(pilot, "I", "b")
        screen = shown(app).replace("\n", " ")
        assert "Openness 2020 beside the counts" in screen
        assert "Unlike scales. A score lies on 0; 50; 100" in screen
        assert "1=         50  Language" in screen


async def test_the_heads_stand_over_their_scores_as_soon_as_the_screen_is_open(scored: Path) -> None:
    async with opened(scored, stage="chart", size=NORMAL) as (app, pilot):
        await press(pilot, "I")
        lines = shown(app).splitlines()
        heads = next(line for line in lines if "▸Hamamatsu 2019" in line)
        overall = next(line for line in lines if line.startswith(" Overall"))
        assert heads.index("Hamamatsu") == overall.index("50  4/5")
        assert heads.index("Kawasaki") == overall.index("undefined")
