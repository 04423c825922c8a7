"""The disk is full or the file is gone while somebody types: the words stay, and the work goes on."""

from __future__ import annotations

import json
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from tests.conftest import held_by
from tests.hostile.strings import evil
from tests.tui.example import build_study
from tests.tui.pilots import actions, message, opened, press, settle, type_in
from tests.tui.waiting import until, words_of
from workbench.model.claim import Claim
from workbench.model.visible import marks
from workbench.study import opening_checks
from workbench.study.check import check_study
from workbench.study.file import open_study
from workbench.study.whose import places_for_drafts
from workbench.tui.app import Workbench
from workbench.tui.dialogs import AskText, ChooseFrom, Confirm, Form
from workbench.tui.dialogs.trouble import Trouble
from workbench.tui.drafts import Draft, keep_drafts, kept_drafts
from workbench.tui.stages.chart import ChartScreen


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    path = tmp_path / "folder" / "two.workbench"
    path.parent.mkdir()
    build_study(path).close()
    return path


async def retitle(app: Workbench, pilot: Pilot[None], typed: str) -> None:
    """Change the title of the claim in its form, as far as it goes."""
    await press(pilot, "e")
    assert isinstance(app.screen, Form)
    app.screen.query(Input).first().value = typed
    await press(pilot, "ctrl+s")
    assert isinstance(app.screen, ChooseFrom)
    await press(pilot, "escape")


def titles(app: Workbench) -> list[str]:
    return [claim.title for claim in app.study.all(Claim)]


def told(app: Workbench) -> str:
    return words_of(app.screen.query_one("#dialog-title", Static))


async def choose(pilot: Pilot[None], words: str) -> None:
    await type_in(pilot, words)
    await press(pilot, "enter")


async def in_trouble(app: Workbench, pilot: Pilot[None]) -> None:
    await until(pilot, lambda: isinstance(app.screen, Trouble) and app.screen.is_mounted)
    await settle(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_was_typed_waits_until_the_disk_has_room(two: Path, size: tuple[int, int]) -> None:
    async with opened(two, stage="interpret", size=size) as (app, pilot):
        before = app.study.head.count
        pages = app.study.connection.execute("PRAGMA page_count").fetchone()[0]
        app.study.connection.execute(f"PRAGMA max_page_count = {pages}")
        long = "Openness of assemblies " * 3000
        await retitle(app, pilot, long)
        await in_trouble(app, pilot)
        assert "The disk is full. Everything that was acknowledged before is in the file" in told(app)
        assert "Still here: Title: Openness of assemblies" in told(app)
        await choose(pilot, "try")
        await in_trouble(app, pilot)
        assert (titles(app), app.study.head.count) == (["Openness"], before)
        app.study.connection.execute("PRAGMA max_page_count = 1000000")
        await choose(pilot, "try")
        await until(pilot, lambda: titles(app) == [long.strip()])
        assert app.study.head.count == before + 1
        assert not isinstance(app.screen, Trouble)
        assert check_study(app.study) == []


async def test_a_study_whose_file_is_gone_is_saved_elsewhere_and_gone_on_with(
    two: Path, tmp_path: Path
) -> None:
    new = tmp_path / "saved.workbench"
    async with opened(two, stage="interpret") as (app, pilot):
        head = app.study.head
        two.unlink()
        await retitle(app, pilot, "Openness to all")
        await in_trouble(app, pilot)
        assert "two.workbench was moved or deleted while it was open" in told(app)
        await choose(pilot, "elsewhere")
        assert isinstance(app.screen, AskText)
        app.screen.query_one(Input).value = str(tmp_path / "none" / "saved")
        await press(pilot, "enter")
        assert "cannot be made: No such file" in told(app)
        app.screen.query_one(Input).value = str(tmp_path / "saved")
        await press(pilot, "enter")
        await until(pilot, lambda: titles(app) == ["Openness to all"])
        assert app.study.path == app.path == new
        assert app.study.head.count == head.count + 1
        await press(pilot, "u")
        assert titles(app) == ["Openness"]
    with open_study(new, read_only=True) as study:
        assert study.decision(head.count).hash == head.hash
        assert check_study(study) == []
    assert not two.exists()


@pytest.mark.parametrize("how", ["chosen", "escape", "signal"])
async def test_what_was_typed_can_be_kept_for_later(two: Path, how: str) -> None:
    async with opened(two, stage="interpret") as (app, pilot):
        two.rename(two.with_name("moved.workbench"))
        await retitle(app, pilot, "Openness to all")
        await in_trouble(app, pilot)
        if how == "chosen":
            await choose(pilot, "keep")
        elif how == "escape":
            await press(pilot, "escape")
        else:
            app.end_at_once()
        await settle(pilot)
        if how != "signal":
            assert "will be offered at the next opening" in message(app)
            assert titles(app) == ["Openness"], "it can still be read"
    [kept] = kept_drafts(app.whose)[0]
    assert (kept.draft.text, kept.draft.coder) == ("Title:\nOpenness to all", "A. Mori")
    assert kept.draft.about.startswith("claim:")


async def test_a_reason_that_was_typed_is_given_again(two: Path) -> None:
    async with opened(two) as (app, pilot):
        before = actions(app)
        await press(pilot, "end", "x")
        await type_in(pilot, "only a draft")
        two.rename(two.with_name("moved.workbench"))
        await press(pilot, "enter")
        await in_trouble(app, pilot)
        assert "Still here: only a draft" in told(app)
        await choose(pilot, "try")
        await in_trouble(app, pilot)
        two.with_name("moved.workbench").rename(two)
        await choose(pilot, "try")
        await until(pilot, lambda: len(actions(app)) == len(before) + 1)
        assert app.study.decision(len(before) + 1).reason == "only a draft"


async def test_a_summary_stays_in_its_editor_until_it_can_be_saved(two: Path) -> None:
    async with opened(two, stage="chart") as (app, pilot):
        screen = app.stage_screen
        assert isinstance(screen, ChartScreen)
        await press(pilot, "e", *" More!")
        two.rename(two.with_name("moved.workbench"))
        await press(pilot, "ctrl+s")
        assert "was moved or deleted" in message(app)
        assert screen.view.editor.words == "Open to all residents. More!"
        assert screen.view.is_editing
        two.with_name("moved.workbench").rename(two)
        await press(pilot, "ctrl+s")
        assert screen.parts is not None
        assert screen.parts.cell is not None
        assert screen.parts.cell.summary == "Open to all residents. More!"


async def test_f12_saves_the_study_elsewhere_and_goes_on_there(two: Path, tmp_path: Path) -> None:
    async with opened(two, stage="interpret") as (app, pilot):
        head, reviewed = app.study.head, two.read_bytes()
        await press(pilot, "S")
        assert isinstance(app.screen, AskText)
        app.screen.query_one(Input).value = str(tmp_path / "other.workbench")
        await press(pilot, "enter")
        await until(pilot, lambda: app.study.path.name == "other.workbench")
        assert app.study.head == head
        await until(pilot, lambda: "Saved as other.workbench" in message(app))
        await retitle(app, pilot, "Elsewhere")
        await until(pilot, lambda: titles(app) == ["Elsewhere"])
        with open_study(two, coder="B. Sato") as former:
            assert former.head == head, "the former file is free again and as it was"
    assert reviewed != b""
    with open_study(tmp_path / "other.workbench", read_only=True) as study:
        assert study.head.count == head.count + 1


async def test_a_name_that_is_taken_is_asked_for_again(two: Path, tmp_path: Path) -> None:
    (tmp_path / "other.workbench").write_bytes(b"precious")
    async with opened(two) as (app, pilot):
        await press(pilot, "S")
        assert isinstance(app.screen, AskText)
        app.screen.query_one(Input).value = str(tmp_path / "other.workbench")
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, AskText) and "already there" in told(app))
        await press(pilot, "escape")
        assert app.study.path == two
    assert (tmp_path / "other.workbench").read_bytes() == b"precious"


async def test_a_large_study_is_read_while_it_is_looked_through_and_then_written(
    two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, real = threading.Event(), opening_checks.damage_of

    def slow(connection: sqlite3.Connection, path: Path) -> Any:
        assert go_on.wait(20)
        return real(connection, path)

    monkeypatch.setattr(opening_checks, "damage_of", slow)
    monkeypatch.setattr("workbench.study.file.QUICK", 0)
    async with opened(two, stage="interpret") as (app, pilot):
        assert titles(app) == ["Openness"]
        assert app.status.startswith("looking through, read-only until then")
        await press(pilot, "e")
        assert "still being looked through" in message(app)
        assert not isinstance(app.screen, Form)
        go_on.set()
        await until(pilot, lambda: app.status.startswith("saved"))
        await retitle(app, pilot, "Later")
        await until(pilot, lambda: titles(app) == ["Later"])


@pytest.mark.parametrize("large", [False, True])
async def test_a_study_that_is_not_whole_is_opened_for_reading_with_a_word(
    two: Path, monkeypatch: pytest.MonkeyPatch, large: bool
) -> None:
    connection = sqlite3.connect(two)
    connection.execute("UPDATE decisions SET reason = 'x' WHERE seq = (SELECT max(seq) FROM decisions)")
    connection.commit()
    connection.close()
    before = two.read_bytes()
    if large:
        monkeypatch.setattr("workbench.study.file.QUICK", 0)
    async with opened(two, stage="interpret") as (app, pilot):
        await until(pilot, lambda: "two.workbench is not whole: decision" in message(app))
        assert app.status.startswith("read-only")
        assert titles(app) == ["Openness"]
        await press(pilot, "e")
        assert "is not whole" in message(app)
        assert "Save it elsewhere" in message(app)
    assert two.read_bytes() == before


async def test_a_folder_carried_elsewhere_is_told_on_opening(two: Path, tmp_path: Path) -> None:
    two.parent.rename(tmp_path / "Dropbox")
    async with opened(tmp_path / "Dropbox" / two.name) as (app, _):
        assert "a folder that Dropbox carries to other machines" in message(app)
        assert not app.study.read_only


async def test_a_study_that_may_not_be_written_is_offered_for_reading(two: Path) -> None:
    two.with_name("second.workbench").hardlink_to(two)
    async with opened(two) as (app, pilot):
        assert isinstance(app.screen, Confirm)
        assert "has a second name" in told(app)
        await press(pilot, "y")
        await until(pilot, lambda: app.is_open and app.stage_screen is not None)
        assert app.study.read_only


async def test_a_disk_that_fails_in_the_middle_ends_plainly_with_what_was_typed_kept(two: Path) -> None:
    failure = sqlite3.OperationalError("disk I/O error")
    failure.sqlite_errorname = "SQLITE_IOERR_READ"
    app = Workbench(two, coder="A. Mori", stage="interpret")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: app.is_open and app.stage_screen is not None)
        await settle(pilot)
        await press(pilot, "e", *" to all")
        assert isinstance(app.screen, Form)

        async def broken() -> None:
            raise failure

        app.run_worker(broken())
        await until(pilot, lambda: app.failure is not None)
    assert app.failure is not None
    assert "Reading or writing two.workbench failed" in str(app.failure)
    assert app.return_code == 3
    [kept] = kept_drafts(app.whose)[0]
    assert kept.draft.text == "Title:\nOpenness to all"
    with open_study(two, coder="A. Mori") as study:
        assert check_study(study) == []


async def test_what_no_file_can_take_is_handed_over_to_be_printed(
    two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    async with opened(two, stage="interpret") as (app, pilot):
        await press(pilot, "e", *" to all")
        monkeypatch.setattr("workbench.study.aside.tempfile.mkstemp", full)
        app.end_at_once()
        await settle(pilot)
    assert "could not be kept" in str(app.failure)
    assert [draft.text for draft in app.unkept] == ["Title:\nOpenness to all"]


@pytest.mark.parametrize("how", ["quit", "signal"])
async def test_a_study_whose_file_is_gone_is_not_lost_on_leaving(two: Path, how: str) -> None:
    async with opened(two, stage="interpret") as (app, pilot):
        await retitle(app, pilot, "Decided before")
        await until(pilot, lambda: titles(app) == ["Decided before"])
        head = app.study.head
        keep_drafts(held_by(two), [Draft("Title", "words")])
        two.unlink()
        if how == "quit":
            await press(pilot, "q")
        else:
            app.end_at_once()
        await settle(pilot)
    assert app.rescued is not None
    assert app.failure is None
    assert [kept.draft for kept in kept_drafts(held_by(app.rescued))[0]] == [Draft("Title", "words")]
    with open_study(app.rescued, read_only=True) as study:
        assert study.head == head
        assert check_study(study) == []


def test_the_folder_of_a_study_that_is_gone_is_not_made_anew(two: Path, tmp_path: Path) -> None:
    of = held_by(two)
    for file in two.parent.iterdir():
        file.unlink()
    two.parent.rmdir()
    kept = keep_drafts(of, [Draft("Title", "words")])
    assert not two.parent.exists()
    assert kept == places_for_drafts(of)[1]
    assert json.loads(kept.read_text())["drafts"][0]["text"] == "words"
    assert kept.is_relative_to(tmp_path / "state")


@pytest.mark.parametrize("number", [3, 17, 31])
async def test_hostile_words_stay_words_where_something_fails(two: Path, number: int) -> None:
    path = two.rename(two.with_name("[red]two\x1b]0;x\x07.workbench"))
    async with opened(path, stage="interpret", size=(80, 24)) as (app, pilot):
        path.unlink()
        await retitle(app, pilot, evil(number))
        await in_trouble(app, pilot)
        drawn = [
            "".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()
        ]
        assert "[red]two<U+001B>]0;x<U+0007>.workbench" in "".join(drawn)
        assert [line for line in drawn if list(marks(line))] == []
        await choose(pilot, "keep")
        await settle(pilot)
    [kept] = kept_drafts(app.whose)[0]
    assert "[@click=app.quit]" in kept.draft.text
