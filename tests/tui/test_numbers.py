"""The screen of numbers: counts, ranks, sensitivity, printed tables and checks, walked back to the cells."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot

from tests.matrix.ranked import PRINTED, build_ranked
from tests.tui.conftest import shown
from tests.tui.example import build_study
from tests.tui.pilots import NORMAL, WIDE, message, opened, press, type_in
from tests.tui.test_goldens import hold
from tests.tui.waiting import until
from workbench.matrix import questions
from workbench.model.cell import CellState
from workbench.model.decision import Verb
from workbench.model.records import Setting
from workbench.stages import chart, setup
from workbench.stages.checking import check
from workbench.study.file import create_study, open_study
from workbench.study.study import Study
from workbench.tui.app import Workbench
from workbench.tui.dialogs import AskText, ChooseFrom, Form, GiveReason
from workbench.tui.stages.chart import ChartScreen
from workbench.tui.stages.familiarise import FamiliariseScreen
from workbench.tui.stages.numbers import NumbersScreen

SIZES = [NORMAL, WIDE]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "ranked.workbench"
    study = create_study(made, title="Ranked", coder="A. Mori")
    build_ranked(study)
    study.close()
    return made


def screen_of(app: Workbench) -> NumbersScreen:
    screen = app.screen_stack[0]
    assert isinstance(screen, NumbersScreen)
    return screen


async def worked_out(pilot: Pilot[None], app: Workbench) -> str:
    """Wait until nothing is worked out any more, and give the screen."""
    await until(pilot, lambda: not screen_of(app).under_way)
    await press(pilot)
    return shown(app)


async def choose(pilot: Pilot[None], app: Workbench, key: str, *typed: str) -> str:
    """Press a key that opens a list of choices, narrow it and accept."""
    await press(pilot, key)
    await until(pilot, lambda: isinstance(app.screen, ChooseFrom))
    for words in typed:
        await type_in(pilot, words)
    await press(pilot, "enter")
    await until(pilot, lambda: len(app.screen_stack) == 1)
    return await worked_out(pilot, app)


@pytest.mark.parametrize("size", SIZES)
async def test_every_face_as_it_is_drawn(path: Path, size: tuple[int, int]) -> None:
    async with opened(path, stage="numbers", size=size) as (app, pilot):
        name = f"{size[0]}x{size[1]}"
        hold(f"numbers-counts-{name}", await worked_out(pilot, app))
        await press(pilot, "2")
        hold(f"numbers-ranks-{name}", shown(app))
        await press(pilot, "3", "down", "down")
        hold(f"numbers-sensitivity-{name}", shown(app))
        await press(pilot, "5")
        hold(f"numbers-check-{name}", await worked_out(pilot, app))


@pytest.mark.parametrize("size", SIZES)
async def test_a_count_walks_back_to_its_cell_in_two_keys(path: Path, size: tuple[int, int]) -> None:
    async with opened(path, stage="chart", size=size) as (app, pilot):
        await press(pilot, "number_sign")
        await until(pilot, lambda: isinstance(app.stage_screen, NumbersScreen))
        assert "4 of 5" in await worked_out(pilot, app)
        await press(pilot, "enter")
        assert "Kobe × Total" in shown(app)
        assert "Kobe × 1.1 Ban: Yes, counts 1" in shown(app)
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.stage_screen, ChartScreen))
        await press(pilot)
        assert "Kobe × 1.1 Ban" in shown(app)
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.stage_screen, NumbersScreen))
        assert screen_of(app).is_reading
        await press(pilot, "escape", "escape")
        await until(pilot, lambda: isinstance(app.stage_screen, ChartScreen))


async def test_a_rank_carries_its_ties_and_shares_and_leads_to_its_cells(path: Path) -> None:
    async with opened(path, stage="numbers") as (app, pilot):
        await worked_out(pilot, app)
        await press(pilot, "2")
        assert "1  Kobe: 4" in shown(app)
        assert "5 of 5 without one measure" in shown(app)
        drawn = await choose_ticked(pilot, app, "n", "lobbying")
        assert "1=  Kobe: 3 (no clear order with Kyoto)" in drawn
        assert "“Lobbying” counted once" in drawn
        await press(pilot, "down", "enter")
        assert "5 cells, counted Published rule" in shown(app)
        assert "Kyoto × 2.2 Talk: Partially, counts 1" in shown(app)


async def test_another_way_of_counting_is_taken_up_and_left_again(path: Path) -> None:
    async with opened(path, stage="numbers") as (app, pilot):
        await worked_out(pilot, app)
        await press(pilot, "3", "down")
        assert "≠ Kobe = Kyoto > Nara" in shown(app)
        await press(pilot, "enter")
        drawn = await worked_out(pilot, app)
        assert "as asked: Kobe = Kyoto > Nara" in drawn
        assert screen_of(app).question.once == ("Lobbying",)
        assert "z counts as listed" in message(app)
        await press(pilot, "z")
        assert "as asked: Kobe > Kyoto > Nara" in await worked_out(pilot, app)


async def test_measures_that_turn_a_rank_lead_to_their_cells(path: Path) -> None:
    async with opened(path, stage="numbers") as (app, pilot):
        await worked_out(pilot, app)
        await press(pilot, "3", "end")
        assert "≠ without" in shown(app)
        await press(pilot, "enter")
        assert "6 cells, counted" in shown(app)


async def test_rule_basis_cases_and_weights_are_changed_in_place(path: Path) -> None:
    async with opened(path, stage="numbers") as (app, pilot):
        await worked_out(pilot, app)
        await press(pilot, "2")
        assert "Strict rule" in await choose(pilot, app, "r", "strict")
        assert "1  Kobe: 100 %" not in shown(app)
        assert "Kobe: 80 % = 4/5" in await choose(pilot, app, "b", "share of")
        await press(pilot, "k")
        assert "2 School" in await worked_out(pilot, app)
        await press(pilot, "k", "z")
        await worked_out(pilot, app)
        assert "without 1.1 Ban" in await choose_ticked(pilot, app, "x", "ban")
        assert screen_of(app).question.left_out == ("ban",)
        await press(pilot, "z", "w")
        await until(pilot, lambda: isinstance(app.screen, AskText))
        await press(pilot, *"2", "full_stop", *"2", "equals_sign", *"3", "enter")
        drawn = await worked_out(pilot, app)
        assert "2.2 Talk weighs 3" in drawn
        assert drawn.index("Kyoto: 5") < drawn.index("Kobe: 4")


async def choose_ticked(pilot: Pilot[None], app: Workbench, key: str, words: str) -> str:
    """Tick what fits some words in a list of several."""
    await press(pilot, key)
    await until(pilot, lambda: isinstance(app.screen, ChooseFrom))
    await type_in(pilot, words)
    await press(pilot, "tab", "enter")
    await until(pilot, lambda: len(app.screen_stack) == 1)
    return await worked_out(pilot, app)


async def test_cases_theme_means_and_threshold_are_changed_in_place(path: Path) -> None:
    async with opened(path, stage="numbers") as (app, pilot):
        await worked_out(pilot, app)
        await press(pilot, "2")
        assert "Kobe:" not in await choose_ticked(pilot, app, "c", "kobe")
        assert screen_of(app).question.case_ids == ("Kyoto", "Nara")
        await press(pilot, "z")
        await worked_out(pilot, app)
        await choose_ticked(pilot, app, "m", "nara")
        assert screen_of(app).question.average_over == ("Kobe", "Kyoto")
        await press(pilot, "1")
        assert "Mean of 2" in shown(app)
        drawn = await choose(pilot, app, "T", "rights")
        assert "1 Rights · Published rule" in drawn
        await press(pilot, "z", "t")
        await until(pilot, lambda: isinstance(app.screen, AskText))
        await press(pilot, "backspace", *"2", "enter")
        await worked_out(pilot, app)
        await press(pilot, "2")
        assert "1=  Kobe: 4 (no clear order with Kyoto)" in shown(app)
        assert "threshold 2; less apart is no clear order" in shown(app)


@pytest.mark.parametrize(
    ("key", "typed", "words"),
    [
        ("t", "x", "The threshold: “0x” is no number."),
        ("w", "x", "“x” is not CODE=WEIGHT."),
        ("w", "none.csv", "none.csv cannot be read"),
    ],
)
async def test_what_cannot_be_read_is_named_and_changes_nothing(
    path: Path, key: str, typed: str, words: str
) -> None:
    async with opened(path, stage="numbers") as (app, pilot):
        await worked_out(pilot, app)
        before = screen_of(app).question
        await press(pilot, key)
        await until(pilot, lambda: isinstance(app.screen, AskText))
        await type_in(pilot, typed)
        await press(pilot, "enter")
        assert words in message(app)
        assert screen_of(app).question == before


@pytest.mark.parametrize("size", SIZES)
async def test_printed_figures_that_do_not_follow_lead_to_their_cells(
    path: Path, size: tuple[int, int]
) -> None:
    (path.parent / "t.csv").write_text(PRINTED, encoding="utf-8")
    async with opened(path, stage="numbers", size=size) as (app, pilot):
        await worked_out(pilot, app)
        await press(pilot, "4")
        await until(pilot, lambda: isinstance(app.screen, Form))
        await type_in(pilot, "t.csv")
        await press(pilot, "enter")
        await press(pilot, "M", *"ean", "equals_sign", *"Kobe", "comma", *"Kyoto", "comma", *"Nara", "ctrl+s")
        drawn = await worked_out(pilot, app)
        assert "2 of 12 printed figures do not follow" in drawn
        assert "t · School · Mean: printed 1.6, not 5/3 = 1.667" in drawn
        hold(f"numbers-compare-{size[0]}x{size[1]}", drawn)
        await press(pilot, "enter")
        assert "9 cells, counted Published rule" in shown(app)
        await press(pilot, "escape", "1", "4")
        assert "2 of 12 printed figures" in shown(app)
        await press(pilot, "4")
        await until(pilot, lambda: isinstance(app.screen, Form))
        assert "Mean=Kobe,Kyoto,Nara" in shown(app)


async def test_a_printed_table_with_unknown_rows_is_named(path: Path) -> None:
    (path.parent / "t.csv").write_text("area,Kobe,Uji\nRights,2,1\nHousing,1,1\n", encoding="utf-8")
    async with opened(path, stage="numbers") as (app, pilot):
        await worked_out(pilot, app)
        await press(pilot, "f")
        await until(pilot, lambda: isinstance(app.screen, Form))
        await type_in(pilot, "t.csv")
        await press(pilot, "ctrl+s")
        await worked_out(pilot, app)
        assert "“Uji” is no case of this study" in message(app)
        assert "“Housing” is no theme" in message(app)
        assert app.study.head.count == 2


async def test_findings_lead_to_cell_document_code_and_setting(path: Path) -> None:
    with open_study(path, coder="A. Mori") as study:
        study.decide(Verb.CHANGE_SETTING, "setting:cut-off", put=[Setting("cut-off", "summer")])
    async with opened(path, stage="numbers") as (app, pilot):
        await worked_out(pilot, app)
        await press(pilot, "5")
        await worked_out(pilot, app)
        lines = list(screen_of(app).lines["check"])
        heads = [line.head for line in lines]
        late = heads.index("late-access: setting cut-off")
        await press(pilot, *["down"] * late, "enter")
        await until(pilot, lambda: isinstance(app.screen, Form))
        await press(pilot, *["tab"] * 10, *["backspace"] * 6)
        await type_in(pilot, "2018-07-02")
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, GiveReason))
        await type_in(pilot, "agreed")
        await press(pilot, "enter")
        await until(pilot, lambda: app.study.setting("cut-off") == "2018-07-02")
        await worked_out(pilot, app)
        heads = [line.head for line in screen_of(app).lines["check"]]
        document = heads.index("late-access: document late-plan")
        await press(pilot, "home", *["down"] * document, "enter")
        await until(pilot, lambda: isinstance(app.stage_screen, FamiliariseScreen))
        await press(pilot)
        assert "late-plan" in shown(app)
        await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.stage_screen, NumbersScreen))
        cell = next(place for place, head in enumerate(heads) if head.startswith("evidence: cell Kobe, 1.1"))
        await press(pilot, "home", *["down"] * cell, "enter")
        await until(pilot, lambda: isinstance(app.stage_screen, ChartScreen))


async def test_the_check_runs_what_the_command_runs(path: Path) -> None:
    async with opened(path, stage="numbers") as (app, pilot):
        await worked_out(pilot, app)
        await press(pilot, "5")
        await worked_out(pilot, app)
        with open_study(path, read_only=True) as study:
            expected = [f"{found.rule}: {found.place}" for found in check(study)]
        assert [line.head for line in screen_of(app).lines["check"]] == expected
        app.study.connection.execute("UPDATE code_records SET name = 'Another' WHERE id = 'ban'")
        app.study.connection.commit()
        await press(pilot, "1", "5")
        screen_of(app).check()
        await worked_out(pilot, app)
        assert all(line.head.startswith("whole: ") for line in screen_of(app).lines["check"])
        assert "the study is not whole, nothing else was looked at" in shown(app)


async def test_settings_that_cannot_hold_are_refused_whole(path: Path) -> None:
    async with opened(path, stage="numbers") as (app, pilot):
        await worked_out(pilot, app)
        await press(pilot, "s")
        await until(pilot, lambda: isinstance(app.screen, Form))
        await press(pilot, *"New")
        app.screen.query_one("#field-cut-off").focus()
        await type_in(pilot, "summer")
        await press(pilot, "ctrl+s")
        assert "The cut-off “summer” is no date." in message(app)
        assert app.study.setting("title") == "Ranked"


async def test_another_question_is_asked_with_a_reason(path: Path) -> None:
    async with opened(path, stage="numbers") as (app, pilot):
        await worked_out(pilot, app)
        setup.change_setting(app.study, "question", "Who is heard?")
        before = app.study.head.count
        await press(pilot, "s")
        await until(pilot, lambda: isinstance(app.screen, Form))
        await press(pilot, "tab")
        await type_in(pilot, " And who is not?")
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, GiveReason))
        assert app.study.head.count == before
        await type_in(pilot, "The texts asked it.")
        await press(pilot, "enter")
        await until(pilot, lambda: "Changed: question." in message(app))
        assert app.study.setting("question") == "Who is heard? And who is not?"
        assert app.study.decisions(latest=1)[0].reason == "The texts asked it."


async def test_a_decision_is_counted_anew(path: Path) -> None:
    async with opened(path, stage="numbers") as (app, pilot):
        await worked_out(pilot, app)

        def decide(study: Study) -> None:
            chart.mark_cell(study, "Nara", "ban", CellState.DRAFT)

        app.attempt(lambda: decide(app.study))
        assert "1 draft" in await worked_out(pilot, app)


async def test_keys_are_answered_while_it_is_worked_out_and_escape_stops_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    going, begun = Event(), Event()
    real = questions.rank_chart

    def slow(*given: object, progress: questions.Progress, **rest: object) -> questions.Numbers:
        begun.set()
        going.wait(10)
        progress("slowly", 1, 2)
        return real(*given, progress=progress, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(questions, "rank_chart", slow)
    async with opened(path, stage="numbers") as (app, pilot):
        await until(pilot, begun.is_set)
        await press(pilot, "2")
        assert "escape stops" in shown(app)
        await press(pilot, "1", "right", "enter")
        assert "Kobe × 1 Rights" in shown(app)
        await press(pilot, "escape", "2", "escape")
        assert "stopped: what is shown was worked out before · z goes on" in shown(app)
        going.set()
        await press(pilot, "z")
        await worked_out(pilot, app)
        assert "1  Kobe: 4" in shown(app)


async def test_names_from_outside_are_shown_as_they_are(tmp_path: Path) -> None:
    hostile = tmp_path / "two.workbench"
    build_study(hostile).close()
    async with opened(hostile, stage="interpret", size=NORMAL) as (app, pilot):
        await press(pilot, "number_sign")
        await until(pilot, lambda: isinstance(app.stage_screen, NumbersScreen))
        assert "南市 [red]" in await worked_out(pilot, app)
        await press(pilot, "down", "enter")
        assert "南市 [red] × Total" in shown(app)
        assert "[bold]not markup[/bold]" in shown(app)
        assert "\x1b" not in shown(app)
        await press(pilot, "escape", "2")
        assert "南市 [red]: 1" in shown(app)
        await press(pilot, "3")
        assert "南市 [red]" in shown(app)


async def test_a_study_without_rule_says_so(tmp_path: Path) -> None:
    empty = tmp_path / "empty.workbench"
    create_study(empty, title="Empty", coder="A. Mori").close()
    async with opened(empty, stage="numbers") as (app, pilot):
        await worked_out(pilot, app)
        assert "This study has no counting rule." in message(app)
        await press(pilot, "2", "enter", "3", "5", "n", "x", "o", "1", "enter")
        await press(pilot, "escape")
