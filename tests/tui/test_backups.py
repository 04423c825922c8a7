"""Backups in the terminal: on a timer, made by hand, looked at, restored and taken back."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tests.tui.example import build_study
from tests.tui.pilots import message, type_in
from tests.tui.waiting import open_stage, until
from workbench.model.case import Case
from workbench.model.decision import Verb
from workbench.stages import register
from workbench.study import backup
from workbench.study.backup import backup_if_changed, backups_of, findings_in, folder_of
from workbench.study.backup_names import Why
from workbench.study.check import check_study
from workbench.study.file import open_study
from workbench.tui import backing_up
from workbench.tui.app import Workbench
from workbench.tui.dialogs import ChooseFrom, GiveReason
from workbench.tui.opening import run_workbench
from workbench.tui.preferences import preferences_path
from workbench.tui.widgets.message_line import MessageLine


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "two.workbench"
    build_study(made).close()
    return made


def decisions(path: Path) -> int:
    with open_study(path, read_only=True) as study:
        return study.head.count


async def leads_to(path: Path, *answers: str) -> Workbench:
    """Press k in the history, type the answers to what is asked, and give the workbench that comes next."""
    async with open_stage(path, "history", (80, 24)) as pilot:
        app = pilot.app
        assert isinstance(app, Workbench)
        await pilot.press("k")
        for answer in answers:
            await until(pilot, lambda: isinstance(app.screen, ChooseFrom | GiveReason))
            dialog = app.screen
            await type_in(pilot, answer)
            await pilot.press("enter")
            await until(pilot, lambda dialog=dialog: app.screen is not dialog or app.leads_to is not None)
    assert app.leads_to is not None
    return app.leads_to()


async def said_by(app: Workbench) -> str:
    """Open what comes next, and give what it says first."""
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.is_open and bool(app.screen.query(MessageLine)) and message(app) != "")
        said = message(app)
        app.close_study()
    return said


async def test_a_backup_made_by_hand_says_so(path: Path) -> None:
    async with open_stage(path, "history", (80, 24)) as pilot:
        app = pilot.app
        assert isinstance(app, Workbench)
        for said in ("made and verified", "it holds all there is"):
            await pilot.press("k")
            await until(pilot, lambda: isinstance(app.screen, ChooseFrom))
            await type_in(pilot, "make")
            await pilot.press("enter")
            await until(pilot, lambda said=said: message(app) == f"Backup 1: {said}.")
    assert [findings_in(b.path) for b in backups_of(path)] == [[]]


async def test_a_backup_is_looked_at_for_reading_only_and_leads_back(path: Path) -> None:
    backup_if_changed(path, Why.ASKED)
    before = decisions(path)
    other = await leads_to(path, "asked for", "look")
    assert (other.read_only, other.path) == (True, backups_of(path)[0].path)
    assert await said_by(other) == "This is backup 1, for reading only. Leaving it returns to the study."
    assert other.leads_to is not None
    assert (other.leads_to().path, other.leads_to().read_only) == (path, False)
    assert decisions(path) == before


async def test_a_restore_asks_why_and_can_be_taken_back(path: Path) -> None:
    backup_if_changed(path, Why.ASKED)
    with open_study(path, coder="A. Mori") as study:
        register.add_case(study, "Narnia")
        head = study.head
    other = await leads_to(path, "asked for", "restore", "it is no place")
    assert (await said_by(other)).startswith("Backup 1 is restored.")
    with open_study(path, read_only=True) as study:
        latest = study.decisions(latest=1)[0]
        assert (latest.action, latest.reason) == (Verb.RESTORE_BACKUP.label, "it is no place")
        assert "Narnia" not in {case.name for case in study.all(Case)}
    other = await leads_to(path, "undo")
    assert await said_by(other) == "What stood there before the latest restore is back."
    with open_study(path, read_only=True) as study:
        assert "Narnia" in {case.name for case in study.all(Case)}
        assert study.head == head
    assert [b.why for b in backups_of(path)] == [Why.ASKED, Why.RESTORE, Why.RESTORE]


async def test_a_restore_that_is_refused_leaves_the_study_and_says_why(path: Path) -> None:
    made, _ = backup_if_changed(path, Why.ASKED)
    assert made is not None
    with open_study(path, coder="A. Mori") as study:
        register.add_case(study, "Narnia")
    before = decisions(path)
    made.path.write_bytes(made.path.read_bytes()[:9000])
    other = await leads_to(path, "asked for", "restore", "try")
    assert (await said_by(other)).startswith("Not restored.")
    assert decisions(path) == before


async def test_a_damaged_study_is_restored_from_the_screen(path: Path) -> None:
    backup_if_changed(path, Why.ASKED)
    data = bytearray(path.read_bytes())
    data[data.index(b'"name":"') + 8] ^= 1
    path.write_bytes(data)
    other = await leads_to(path, "asked for", "restore", "it is damaged")
    assert (await said_by(other)).startswith("Backup 1 is restored.")
    with open_study(path, coder="A. Mori") as study:
        assert check_study(study) == []
    assert [b.verified for b in backups_of(path)] == [True, False]


async def test_without_a_reason_nothing_is_restored(path: Path) -> None:
    backup_if_changed(path, Why.ASKED)
    async with open_stage(path, "history", (80, 24)) as pilot:
        app = pilot.app
        assert isinstance(app, Workbench)
        await pilot.press("k")
        for answer in ("asked for", "restore"):
            await until(pilot, lambda: isinstance(app.screen, ChooseFrom))
            dialog = app.screen
            await type_in(pilot, answer)
            await pilot.press("enter")
            await until(pilot, lambda dialog=dialog: app.screen is not dialog)
        await until(pilot, lambda: isinstance(app.screen, GiveReason))
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, GiveReason))
        assert app.leads_to is None
        assert app.is_open


def test_one_workbench_after_the_other_until_none_follows(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []

    def run(app: Workbench) -> None:
        shown.append(app.path)
        if len(shown) == 1:
            app.leads_to = lambda: Workbench(path.with_name("other"), coder="A. Mori")

    monkeypatch.setattr(Workbench, "run", run)
    assert run_workbench(path, coder="A. Mori") == 0
    assert shown == [path, path.with_name("other")]


# on a timer


async def test_a_backup_is_made_on_a_timer_in_a_thread_where_something_changed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backing_up, "_MINUTE", 0.005)
    threads: list[bool] = []
    real = backup.backup_if_changed

    def watched(*arguments: object) -> object:
        threads.append(threading.current_thread() is threading.main_thread())
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(backup, "backup_if_changed", watched)
    async with open_stage(path, "history", (80, 24)) as pilot:
        app = pilot.app
        assert isinstance(app, Workbench)
        await until(pilot, lambda: len(threads) > 2)
        assert [b.why for b in backups_of(path)] == [Why.TIMER], "nothing changed after the first"
        register.add_case(app.study, "Narnia")
        await until(pilot, lambda: len(backups_of(path)) == 2)
    assert not any(threads)
    assert [findings_in(b.path) for b in backups_of(path)] == [[], []]


async def test_a_backup_that_cannot_be_made_is_said_and_work_goes_on(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backing_up, "_MINUTE", 0.005)
    folder_of(path).write_text("a file where the folder should be")
    async with open_stage(path, "history", (80, 24)) as pilot:
        app = pilot.app
        assert isinstance(app, Workbench)
        await until(pilot, lambda: message(app).startswith("No backup was made."))
        register.add_case(app.study, "Narnia")
        assert app.is_open


@pytest.mark.parametrize("reading", [True, False])
async def test_none_is_made_where_none_is_wanted(
    path: Path, reading: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backing_up, "_MINUTE", 0.005)
    if not reading:
        preferences_path().parent.mkdir(parents=True)
        preferences_path().write_text("backup minutes: 0")
    app = Workbench(path, coder="A. Mori", stage="history", read_only=reading)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.is_open and app.stage_screen is not None)
        await pilot.pause(0.5)
        app.close_study()
    assert backups_of(path) == []
