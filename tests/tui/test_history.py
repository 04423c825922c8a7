"""The history screen: decisions latest first, what each changed, and the way to what it was about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from tests.tui.example import HOSTILE, build_study
from tests.tui.waiting import open_stage, until, words_of
from workbench.model.decision import Verb
from workbench.model.framework import Code
from workbench.model.records import Setting
from workbench.stages import framework
from workbench.study.study import Study
from workbench.tui.stages.history import HistoryScreen
from workbench.tui.widgets.decision_list import DecisionList

SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "two.workbench"
    build_study(made).close()
    return made


def screen_of(pilot: Pilot[None]) -> HistoryScreen:
    screen = pilot.app.screen
    assert isinstance(screen, HistoryScreen)
    return screen


@pytest.mark.parametrize("size", SIZES)
async def test_the_latest_decision_stands_first_with_what_it_changed(
    path: Path, size: tuple[int, int]
) -> None:
    async with open_stage(path, "history", size) as pilot:
        screen = screen_of(pilot)
        latest = screen.study.decisions(latest=1)[0]
        assert screen.decision == latest
        assert "link evidence" in words_of(screen.query_one("#changed", Static))
        assert f"{latest.seq} " in "".join(s.text for s in screen.query_one(DecisionList).render_line(0))


async def test_enter_shows_each_changed_field_before_and_after(path: Path) -> None:
    async with open_stage(path, "history", (120, 40)) as pilot:
        screen = screen_of(pilot)
        marked = screen.study.decisions(action=Verb.MARK_CELL.label)[-1]
        screen.query_one(DecisionList).go_to(screen.study.head.count - marked.seq)
        await pilot.press("enter")
        told = words_of(screen.query_one("#changed", Static))
        assert "− state: draft" in told
        assert "+ state: charted" in told
        assert "North City × 1.1 Assembly" in told
        assert screen.query_one("#difference").has_focus
        await pilot.press("escape")
        assert screen.query_one(DecisionList).has_focus


async def test_a_changed_text_is_told_word_by_word_and_a_list_item_by_item(path: Path) -> None:
    async with open_stage(path, "history", (120, 40)) as pilot:
        screen = screen_of(pilot)
        code = screen.study.get(Code, "assembly")
        framework.edit_code(screen.study, "assembly", examples=("kept", "first"), reason="pilot")
        framework.edit_code(
            screen.study,
            "assembly",
            definition=f"{code.definition} An assembly meets at least twice a year in public.",
            examples=("kept", "second"),
            reason="pilot",
        )
        screen.catch_up()
        told = words_of(screen.query_one("#changed", Static))
        assert "~ definition: What counts as assembly.{+ An assembly meets" in told
        assert "− examples: first" in told
        assert "+ examples: second" in told
        assert "kept" not in told


async def test_u_undoes_the_decision_at_the_cursor_and_not_the_latest(path: Path) -> None:
    async with open_stage(path, "history", (120, 40)) as pilot:
        screen = screen_of(pilot)
        screen.study.decide(Verb.CHANGE_SETTING, "setting:question", put=[Setting("question", "Who?")])
        screen.study.decide(Verb.CHANGE_SETTING, "setting:note", put=[Setting("note", "later")])
        screen.catch_up()
        await pilot.press("down", "u")
        decision = screen.study.decisions(latest=1)[0]
        assert decision.action == Verb.UNDO.label
        assert screen.study.setting("question") == ""
        assert screen.study.setting("note") == "later"
        assert decision.reverses is not None
        screen.query_one(DecisionList).go_to(screen.study.head.count - decision.reverses)
        await pilot.pause()
        assert "Undone by decision" in words_of(screen.query_one("#changed", Static))


async def test_a_refused_undo_names_the_work_that_rests_on_it(path: Path) -> None:
    async with open_stage(path, "history", (80, 24)) as pilot:
        screen = screen_of(pilot)
        before = screen.study.head.count
        made = screen.study.decisions(action=Verb.MAKE_CLAIM.label)[0]
        screen.query_one(DecisionList).go_to(before - made.seq)
        await pilot.press("u")
        assert screen.study.head.count == before
        assert "ater work rests on it" in words_of(screen.query_one("#message", Static))


@pytest.mark.parametrize(("key", "choice"), [("c", "B. Sato"), ("a", Verb.CHANGE_SETTING.label)])
async def test_the_log_narrows_to_one_coder_or_one_action(path: Path, key: str, choice: str) -> None:
    async with open_stage(path, "history", (80, 24)) as pilot:
        screen = screen_of(pilot)
        screen.study.coder = "B. Sato"
        decision = screen.study.decide(
            Verb.CHANGE_SETTING, "setting:question", put=[Setting("question", "Who?")]
        )
        screen.study.coder = "A. Mori"
        screen.study.decide(Verb.WRITE_MEMO, "setting:x", put=[Setting("x", "y")])
        screen.catch_up()
        await pilot.press(key)
        await pilot.press(*choice, "enter")
        await until(pilot, lambda: screen.query_one(DecisionList).count == 1)
        assert screen.decision == decision
        await pilot.press("w")
        assert screen.query_one(DecisionList).count == screen.study.head.count


async def test_words_are_found_in_what_the_log_keeps(path: Path) -> None:
    async with open_stage(path, "history", (80, 24)) as pilot:
        screen = screen_of(pilot)
        await pilot.press("slash")
        await pilot.press(*"open to ALL", "enter")
        await until(pilot, lambda: 0 < screen.query_one(DecisionList).count < 10)
        assert screen.decision is not None
        assert "Open to all residents." in str(screen.decision.after) + str(screen.decision.before)


async def test_hostile_words_stand_in_the_difference_as_they_are(path: Path) -> None:
    async with open_stage(path, "history", (120, 40)) as pilot:
        screen = screen_of(pilot)
        written = screen.study.decisions(action=Verb.WRITE_CELL.label)[-1]
        assert any(HOSTILE in record.get("summary", "") for record in written.after.values())
        screen.query_one(DecisionList).go_to(screen.study.head.count - written.seq)
        await pilot.pause()
        told = words_of(screen.query_one("#changed", Static))
        assert "[bold]not markup[/bold]" in told
        assert "<U+001B>[31m red <U+202E> turned" in told
        assert "\x1b" not in told


def long_log(study: Study, decisions: int) -> Iterator[None]:
    with study.transaction():
        for number in range(decisions):
            study.decide(Verb.CHANGE_SETTING, "setting:note", put=[Setting("note", str(number))])
    yield


async def test_a_long_log_is_read_page_by_page(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_stage(path, "history", (80, 24)) as pilot:
        screen = screen_of(pilot)
        list(long_log(screen.study, 3000))
        read: list[int] = []
        plain = Study.decisions

        def counted(study: Study, **wanted: int) -> object:
            found = plain(study, **wanted)  # type: ignore[arg-type]
            read.append(len(found))
            return found

        monkeypatch.setattr(Study, "decisions", counted)
        screen.catch_up()
        await pilot.pause()
        assert sum(read) <= 200
        await pilot.press("end")
        assert screen.decision is not None
        assert screen.decision.seq == 1
        assert sum(read) <= 400


@pytest.mark.parametrize(
    ("verb", "stage"),
    [
        (Verb.SET_STATUS, "chart"),
        (Verb.MAKE_CLAIM, "interpret"),
        (Verb.CODE_PASSAGE, "index"),
        (Verb.RETIRE_CODE, "framework"),
    ],
)
async def test_g_goes_to_what_a_decision_was_about_and_escape_comes_back(
    path: Path, verb: Verb, stage: str
) -> None:
    async with open_stage(path, "history", (120, 40)) as pilot:
        screen = screen_of(pilot)
        framework.retire_code(screen.study, "desk", reason="pilot")
        screen.catch_up()
        seq = screen.study.decisions(action=verb.label)[-1].seq
        screen.query_one(DecisionList).go_to(screen.study.head.count - seq)
        await pilot.press("g")
        await until(pilot, lambda: pilot.app.current_mode == stage)
        await pilot.pause()
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.current_mode == "history")
        assert screen.decision is not None
        assert screen.decision.seq == seq


async def test_a_decision_about_a_setting_has_no_place_to_go_to(path: Path) -> None:
    async with open_stage(path, "history", (80, 24)) as pilot:
        screen = screen_of(pilot)
        screen.study.decide(Verb.CHANGE_SETTING, "setting:note", put=[Setting("note", "x")])
        screen.catch_up()
        await pilot.press("g")
        assert pilot.app.current_mode == "history"
        assert "has no place of its own" in words_of(screen.query_one("#message", Static))


async def test_the_screen_is_the_one_the_app_opens(path: Path) -> None:
    async with open_stage(path, "history", (80, 24)) as pilot:
        assert pilot.app.screen.__class__ is HistoryScreen
