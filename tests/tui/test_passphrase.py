"""An encrypted study in the terminal: the passphrase is asked for, and what is typed is kept encrypted."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.conftest import held_by
from tests.tui.example import build_study
from tests.tui.pilots import message, opened, press, settle, type_in
from tests.tui.test_signals import Terminal, offered
from tests.tui.waiting import until
from workbench.model.memo import Memo
from workbench.study import keys
from workbench.study.backup import backups_of, make_backup
from workbench.study.backup_names import Why
from workbench.study.encrypting import change_form
from workbench.study.file import open_study
from workbench.study.locked import is_encrypted, is_passphrase_of, key_made, key_of, unlock
from workbench.study.whose import places_for_drafts
from workbench.tui.app import Workbench
from workbench.tui.dialogs import ChooseFrom
from workbench.tui.dialogs.passphrase import AskPassphrase
from workbench.tui.drafts import Draft, drop_draft, keep_drafts, kept_drafts

pytest.importorskip("sqlcipher3", reason="the extra `encrypted` is not installed")

PASSPHRASE = "walrus lantern harbour"


@pytest.fixture(autouse=True)
def no_keys() -> Iterator[None]:
    keys.forget_keys()
    yield
    keys.forget_keys()


@pytest.fixture
def shut(tmp_path: Path) -> Path:
    path = tmp_path / "shut.workbench"
    build_study(path).close()
    change_form(path, key_made(PASSPHRASE))
    return path


def asks(app: Workbench) -> bool:
    return isinstance(app.screen, AskPassphrase) and app.screen.is_mounted


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_passphrase_is_asked_for_until_it_is_right(shut: Path, size: tuple[int, int]) -> None:
    keys.forget_keys()
    app = Workbench(shut, coder="A. Mori")
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: asks(app))
        await press(pilot, "enter")
        assert asks(app), "nothing was typed yet"
        first = app.screen
        await type_in(pilot, "something else entirely")
        field = app.screen.query_one(Input)
        assert "something" not in str(field.render_line(0))
        await press(pilot, "enter")
        await until(pilot, lambda: asks(app) and app.screen is not first)
        assert not app.is_open
        await type_in(pilot, PASSPHRASE)
        await press(pilot, "enter")
        await until(pilot, lambda: app.is_open and app.stage_screen is not None)
        assert not app.study.read_only


async def test_escape_leaves_it_closed_and_says_so(shut: Path) -> None:
    keys.forget_keys()
    before = shut.read_bytes()
    app = Workbench(shut, coder="A. Mori")
    async with app.run_test() as pilot:
        await until(pilot, lambda: asks(app))
        await press(pilot, "escape")
    assert app.failure is not None
    assert "no passphrase was given" in str(app.failure)
    assert app.return_code == 3
    assert shut.read_bytes() == before


async def test_without_the_extra_it_says_how_to_get_it(shut: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys.forget_keys()
    monkeypatch.setattr("workbench.study.sqlcipher.is_installed", lambda: False)
    app = Workbench(shut, coder="A. Mori")
    async with app.run_test() as pilot:
        await settle(pilot)
        await until(pilot, lambda: app.failure is not None)
    assert "framework-workbench[encrypted]" in str(app.failure)


async def test_a_study_whose_passphrase_is_known_opens_at_once(shut: Path) -> None:
    async with opened(shut) as (app, _):
        assert app.is_open


def test_drafts_of_an_encrypted_study_are_encrypted(shut: Path) -> None:
    first, second = (Draft("Memo", f"Words nobody may read {number}") for number in (1, 2))
    with open_study(shut, coder="A. Mori"):
        place = keep_drafts(held_by(shut), [first])
        assert keep_drafts(held_by(shut), [second]) == place
    assert b"nobody may read" not in place.read_bytes()
    found, unread = kept_drafts(held_by(shut))
    assert ([each.draft for each in found], unread) == ([first, second], [])
    drop_draft(found[0])
    assert b"nobody may read" not in place.read_bytes()
    assert [each.draft for each in kept_drafts(held_by(shut))[0]] == [second]
    drop_draft(kept_drafts(held_by(shut))[0][0])
    assert not place.exists()


def test_drafts_under_a_passphrase_that_is_not_known_are_left(shut: Path) -> None:
    with open_study(shut, coder="A. Mori"):
        of = held_by(shut)
        place = keep_drafts(of, [Draft("Memo", "Words")])
    keys.forget_keys()
    assert kept_drafts(of) == ([], [place])


async def test_words_typed_outlive_the_terminal_encrypted(shut: Path) -> None:
    terminal = Terminal(shut, "interpret")
    terminal.wait_for("Passphrase")
    terminal.type(f"{PASSPHRASE}\r")
    terminal.wait_for("Openness")
    terminal.type("e")
    terminal.type(" of secret assemblies")
    terminal.running.send_signal(signal.SIGTERM)
    assert terminal.ends() == 0
    assert b"will be offered at the next opening" in terminal.written
    assert PASSPHRASE.encode() not in terminal.written
    place = places_for_drafts(held_by(shut))[0]
    assert place.exists()
    for file in shut.parent.rglob("*"):
        data = file.read_bytes() if file.is_file() else b""
        assert b"secret assemblies" not in data, file
        assert PASSPHRASE.encode() not in data, file
    unlock(shut, PASSPHRASE)
    async with opened(shut) as (app, pilot):
        await until(pilot, lambda: "secret assemblies" in offered(app))
        await type_in(pilot, "memo")
        await press(pilot, "enter")
        [memo] = app.study.all(Memo)
        assert "secret assemblies" in memo.content
        assert not place.exists()


async def in_new_form(path: Path, chosen: str, *typed: str) -> Workbench:
    """Choose what is done with the encryption of a study, type passphrases, and give what comes next."""
    async with opened(path, stage="history") as (app, pilot):
        await press(pilot, "E")
        await until(pilot, lambda: isinstance(app.screen, ChooseFrom))
        await type_in(pilot, chosen)
        await press(pilot, "enter")
        for words in typed:
            await until(pilot, lambda: isinstance(app.screen, AskPassphrase))
            dialog = app.screen
            await type_in(pilot, words)
            await press(pilot, "enter")
            await until(pilot, lambda dialog=dialog: app.screen is not dialog or app.leads_to is not None)
        await until(pilot, lambda: app.leads_to is not None)
    assert app.leads_to is not None
    return app.leads_to()


async def said_first(app: Workbench) -> str:
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.is_open and "likewise" in message(app))
        return message(app)


async def test_the_screen_encrypts_changes_and_decrypts(tmp_path: Path) -> None:
    path = tmp_path / "two.workbench"
    with build_study(path) as study:
        make_backup(study.connection, path, Why.ASKED)
        head = study.head
    weak, other = "short", "quartz meadow umbrella"
    app = await in_new_form(path, "encrypt", weak, PASSPHRASE, other, PASSPHRASE, PASSPHRASE)
    assert "The study is encrypted. 1 backup likewise." in await said_first(app)
    first = key_of(path)
    assert first is not None
    app = await in_new_form(path, "another", other, PASSPHRASE, other, other)
    assert "The study is encrypted. 1 backup likewise." in await said_first(app)
    assert key_of(path) != first
    assert is_passphrase_of(path, other)
    app = await in_new_form(path, "clear", other)
    assert "The study is in the clear" in await said_first(app)
    assert not is_encrypted(path)
    assert [is_encrypted(backup.path) for backup in backups_of(path)] == [False]
    with open_study(path, read_only=True) as study:
        assert study.head == head


async def test_escape_at_any_question_leaves_the_study_as_it_is(shut: Path) -> None:
    before = key_of(shut)
    async with opened(shut, stage="history") as (app, pilot):
        for typed in ((), (PASSPHRASE,), (PASSPHRASE, "quartz meadow umbrella")):
            await press(pilot, "E")
            await until(pilot, lambda: isinstance(app.screen, ChooseFrom))
            await press(pilot, "enter")
            for words in typed:
                await until(pilot, lambda: isinstance(app.screen, AskPassphrase))
                dialog = app.screen
                await type_in(pilot, words)
                await press(pilot, "enter")
                await until(pilot, lambda dialog=dialog: app.screen is not dialog)
            await until(pilot, lambda: isinstance(app.screen, AskPassphrase))
            await press(pilot, "escape")
            await until(pilot, lambda: app.screen is app.stage_screen)
        assert app.leads_to is None
    assert key_of(shut) == before


async def test_without_the_extra_nothing_is_encrypted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = tmp_path / "two.workbench"
    build_study(two).close()
    monkeypatch.setattr("workbench.study.sqlcipher.is_installed", lambda: False)
    async with opened(two, stage="history") as (app, pilot):
        await press(pilot, "E")
        await until(pilot, lambda: "framework-workbench[encrypted]" in message(app))
