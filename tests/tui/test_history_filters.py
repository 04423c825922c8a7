"""The filters of the log, the way from anything to its decisions, and the study as it once stood."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from tests.tui.example import build_study
from tests.tui.waiting import open_stage, until, words_of
from workbench.model.case import Case
from workbench.model.decision import Verb
from workbench.model.decision_filter import DecisionFilter
from workbench.model.records import Setting
from workbench.stages import framework, register
from workbench.tui.app import Workbench
from workbench.tui.stages.history import HistoryScreen
from workbench.tui.widgets.decision_list import DecisionList
from workbench.tui.widgets.past_bar import PastBar


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "two.workbench"
    with build_study(made) as study:
        framework.edit_code(study, "assembly", definition="Other.", reason="Ｃlearer for all")
        study.coder = "B. Sato"
        study.decide(Verb.CHANGE_SETTING, "setting:note", put=[Setting("note", "x")])
    return made


def history_of(pilot: Pilot[None]) -> HistoryScreen:
    screen = pilot.app.screen
    assert isinstance(screen, HistoryScreen)
    return screen


def shown(screen: HistoryScreen) -> list[int]:
    log = screen._log
    assert log is not None
    return [log.at(place).seq for place in range(log.count)]


async def settled(pilot: Pilot[None]) -> None:
    screen = history_of(pilot)
    await until(pilot, lambda: screen._log is not None and screen._log.is_complete)


CHOSEN = {
    "c": ("B. Sato", DecisionFilter(coder="B. Sato")),
    "s": ("interpret", DecisionFilter(stage="interpret")),
    "a": ("edit code", DecisionFilter(action="edit code")),
    "i": ("North City", DecisionFilter(about=("case:north",))),
    "o": ("Assembly", DecisionFilter(about=("code:assembly",))),
    "d": ("north-plan", DecisionFilter(about=("document:d-north",))),
    "e": ("note", DecisionFilter(key="setting:note")),
    "r": ("CLEARER all", DecisionFilter(reason="CLEARER all")),
    "slash": ("assembly", DecisionFilter(words="assembly")),
}


@pytest.mark.parametrize("key", CHOSEN)
async def test_each_filter_shows_what_it_asks_for_and_w_shows_all_again(path: Path, key: str) -> None:
    from workbench.stages.history import decisions_that_fit

    typed, wanted = CHOSEN[key]
    async with open_stage(path, "history", (80, 24)) as pilot:
        screen = history_of(pilot)
        await pilot.press(key)
        await pilot.press(*("space" if letter == " " else letter for letter in typed), "enter")
        await until(pilot, lambda: screen.wanted == wanted)
        await settled(pilot)
        expected = [one.seq for one in decisions_that_fit(screen.study, wanted)]
        assert expected
        assert shown(screen) == expected[::-1]
        assert "w shows the whole log" in words_of(screen.query_one("#wanted", Static))
        await pilot.press("w")
        assert len(shown(screen)) == screen.study.head.count


async def test_filters_hold_together_and_are_said(path: Path) -> None:
    async with open_stage(path, "history", (120, 40)) as pilot:
        screen = history_of(pilot)
        await pilot.press("o", *"Assembly", "enter")
        await until(pilot, lambda: screen.wanted.about == ("code:assembly",))
        await pilot.press("s", *"framework", "enter")
        await until(pilot, lambda: screen.wanted.stage == "framework")
        await pilot.press("m", *"2001-01-01", "tab", *"2999-01-01", "ctrl+s")
        await until(pilot, lambda: screen.wanted.until == "2999-01-01T23:59:59.999Z")
        await settled(pilot)
        assert "edit code" in {screen.study.decision(seq).action for seq in shown(screen)}
        said = words_of(screen.query_one("#wanted", Static))
        assert (
            "stage framework, about code 1.1 Assembly, from 2001-01-01 00:00, until 2999-01-01 23:59" in said
        )


async def test_a_time_that_is_none_is_said_and_changes_nothing(path: Path) -> None:
    async with open_stage(path, "history", (80, 24)) as pilot:
        screen = history_of(pilot)
        await pilot.press("m", *"soon", "ctrl+s")
        await until(pilot, lambda: "soon is no time" in words_of(screen.query_one("#message", Static)))
        assert screen.wanted.is_all


WHERE = {
    "familiarise": "document:",
    "framework": "theme:local",
    "chart": "cell:north.assembly",
    "interpret": "claim:",
    "memos": "memo:",
    "index": "coding:",
}


@pytest.mark.parametrize("stage", WHERE)
async def test_one_key_leads_from_a_thing_to_its_decisions_and_back(path: Path, stage: str) -> None:
    from workbench.stages.familiarise import write_memo
    from workbench.tui.widgets.line_list import LineList

    async with open_stage(path, stage, (120, 40)) as pilot:
        app = pilot.app
        assert isinstance(app, Workbench)
        if stage == "memos":
            write_memo(app.study, "case:north", "look again")
            app.stage_screen.catch_up()  # type: ignore[union-attr]
        elif stage == "interpret":
            app.screen.query_one("#claims", LineList).focus()
        await pilot.pause()
        key = app.stage_screen.object_key()  # type: ignore[union-attr]
        assert key.startswith(WHERE[stage])
        await pilot.press("H")
        await until(pilot, lambda: app.current_mode == "history")
        await settled(pilot)
        found = [app.study.decision(seq) for seq in shown(history_of(pilot))]
        assert key in {each for one in found for each in one.keys}
        await pilot.press("escape")
        await until(pilot, lambda: app.current_mode == stage)


async def test_b_takes_in_what_belongs_to_the_record_and_leaves_it_out_again(path: Path) -> None:
    async with open_stage(path, "history", (80, 24)) as pilot:
        screen = history_of(pilot)
        screen.show_about("code:assembly")
        await settled(pilot)
        alone = shown(screen)
        await pilot.press("b")
        await settled(pilot)
        assert set(alone) < set(shown(screen))
        await pilot.press("b")
        await settled(pilot)
        assert shown(screen) == alone


async def test_the_way_back_keeps_filter_and_decision(path: Path) -> None:
    async with open_stage(path, "history", (120, 40)) as pilot:
        screen = history_of(pilot)
        screen.show_about("code:assembly")
        await settled(pilot)
        await pilot.press("b")
        await settled(pilot)
        await pilot.press("down", "down")
        decision, wanted = screen.decision, screen.wanted
        await pilot.press("g")
        await until(pilot, lambda: pilot.app.current_mode != "history")
        await pilot.pause()
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.current_mode == "history")
        await settled(pilot)
        await pilot.pause()
        assert (screen.decision, screen.wanted) == (decision, wanted)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_t_shows_every_screen_as_of_the_decision_and_f12_goes_back(
    path: Path, size: tuple[int, int]
) -> None:
    async with open_stage(path, "history", size) as pilot:
        app = pilot.app
        assert isinstance(app, Workbench)
        today, screen = app.study, history_of(pilot)
        register.edit_case(today, "north", name="Far North")
        framework.retire_code(today, "desk", reason="no")
        screen.catch_up()
        seq = today.decisions(action=Verb.MAKE_CLAIM.label)[0].seq
        screen.query_one(DecisionList).go_to(today.head.count - seq)
        await pilot.press("t")
        await until(pilot, lambda: app.study.as_of == seq)
        await until(pilot, lambda: app.screen is not screen and isinstance(app.screen, HistoryScreen))
        await pilot.pause()
        assert f"As of decision {seq}, " in words_of(app.screen.query_one(PastBar))
        assert history_of(pilot).decision == today.decision(seq)
        for key, stage in (("f2", "familiarise"), ("f3", "framework"), ("f4", "index"), ("f5", "chart")):
            await pilot.press(key)
            await until(pilot, lambda stage=stage: stage == app.stage_screen.STAGE)  # type: ignore[misc]
            await pilot.pause()
            assert app.screen.query_one(PastBar)
            assert app.stage_screen.study is app.study  # type: ignore[union-attr]
        assert app.study.get(Case, "north").name == "North City"
        await pilot.press("f12")
        await until(pilot, lambda: app.study is today)
        await until(pilot, lambda: app.current_mode == "chart")
        assert not app.screen.query(PastBar)
        await pilot.press("f7")
        await until(pilot, lambda: app.screen is screen)
        assert today.get(Case, "north").name == "Far North"


async def test_nothing_can_be_decided_in_the_past(path: Path) -> None:
    async with open_stage(path, "history", (120, 40)) as pilot:
        app = pilot.app
        assert isinstance(app, Workbench)
        head, screen = app.study.head, history_of(pilot)
        await pilot.press("down", "down", "t")
        await until(pilot, lambda: app.study.as_of is not None and app.screen is not screen)
        await pilot.pause()
        await pilot.press("u")
        assert "the past can only be read" in words_of(app.screen.query_one("#message", Static))
        await pilot.press("f4")
        await until(pilot, lambda: app.stage_screen.STAGE == "index")  # type: ignore[union-attr]
        await pilot.pause()
        await pilot.press("s", "a")
        assert "The past can only be read. F12" in words_of(app.screen.query_one("#message", Static))
        assert app.today.head == head


async def test_a_past_leads_to_an_earlier_one_and_to_today(path: Path) -> None:
    async with open_stage(path, "history", (120, 40)) as pilot:
        app = pilot.app
        assert isinstance(app, Workbench)
        today = app.study
        for given in ("9", "5"):
            await pilot.press("T", *given, "enter")
            await until(pilot, lambda given=given: app.study.as_of == int(given))  # type: ignore[misc]
            await until(pilot, lambda: getattr(app.screen, "past", None) is app.study)
            await pilot.pause()
        assert len(shown(history_of(pilot))) == 5
        await pilot.press("f12")
        await until(pilot, lambda: app.study is today and app.current_mode == "history")
        assert [name for name in app._screen_stacks if "as of" in name] == []


async def test_a_moment_that_is_none_is_said(path: Path) -> None:
    async with open_stage(path, "history", (80, 24)) as pilot:
        screen = history_of(pilot)
        await pilot.press("T", *"nonsense", "enter")
        await until(pilot, lambda: "is no time" in words_of(screen.query_one("#message", Static)))
        await pilot.press("f12")
        await until(pilot, lambda: "This is today" in words_of(screen.query_one("#message", Static)))


async def test_the_past_is_closed_with_the_program(path: Path) -> None:
    async with open_stage(path, "history", (80, 24)) as pilot:
        app = pilot.app
        assert isinstance(app, Workbench)
        head = str(app.study.head)
        await pilot.press("down", "t")
        await until(pilot, lambda: app.study.as_of is not None)
        await pilot.pause()
        await pilot.press("q")
    assert app.closing_head == head


async def test_a_study_that_moved_is_searched_where_it_is(path: Path, tmp_path: Path) -> None:
    from workbench.study.file import open_study

    moved = tmp_path / "moved.workbench"
    async with open_stage(path, "history", (80, 24)) as pilot:
        screen = history_of(pilot)
        screen.start(ABOUT_NORTH)
        await settled(pilot)
        before = shown(screen)
        moved.write_bytes(path.read_bytes())
        with open_study(moved, coder="A. Mori") as other:
            register.edit_case(other, "north", name="Far North")
            head = other.head.count
        screen.study.path = moved
        found: list[int] = []
        assert screen._search.run(ABOUT_NORTH, deliver=found.extend, is_stopped=lambda: False)
        assert found == [head, *before]


ABOUT_NORTH = DecisionFilter(about=("case:north",))
