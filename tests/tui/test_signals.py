"""The terminal goes away or the program is told to stop: what was typed is kept and offered again."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Static

from tests.conftest import held_by
from tests.tui.example import build_study
from tests.tui.pilots import message, opened, press, settle, type_in
from tests.tui.waiting import until, words_of
from workbench.errors import WorkbenchError
from workbench.model.claim import Claim
from workbench.model.coding import Excerpt
from workbench.model.memo import Memo
from workbench.study.file import open_study
from workbench.study.whose import places_for_drafts
from workbench.tui.app import Workbench
from workbench.tui.dialogs import AskText, ChooseFrom
from workbench.tui.drafts import (
    Draft,
    KeptDraft,
    drop_draft,
    keep_drafts,
    kept_drafts,
)
from workbench.tui.stages.chart import ChartScreen

REPOSITORY = Path(__file__).resolve().parents[2]
BOTH = [signal.SIGHUP, signal.SIGTERM]


class Terminal:
    """The workbench in a process of its own, on a pseudo-terminal."""

    def __init__(self, path: Path, stage: str) -> None:
        pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
        self._ours, theirs = pty.openpty()
        self.written = b""
        command = ["-m", "workbench", "open", str(path), "--as", "A. Mori", "--stage", stage]
        self.running = subprocess.Popen(
            [sys.executable, *command],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=REPOSITORY,
            env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"},
            start_new_session=True,
        )
        os.close(theirs)

    def read(self, seconds: float) -> None:
        """Take what is drawn, for so long."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            if select.select([self._ours], [], [], 0.05)[0]:
                try:
                    self.written += os.read(self._ours, 65536)
                except OSError:
                    return

    def wait_for(self, words: str) -> None:
        """Wait until words are drawn."""
        limit = time.monotonic() + 40
        while words.encode() not in self.written:
            assert time.monotonic() < limit, f"{words} was never drawn: {self.written[-2000:]!r}"
            self.read(0.1)

    def type(self, keys: str) -> None:
        """Press keys and let them take effect."""
        os.write(self._ours, keys.encode())
        self.read(0.7)
        limit = time.monotonic() + 30
        before = ("", "")
        while (now := self._at_work()) != before or now[0] != "S":
            assert time.monotonic() < limit, "the program does not come to rest"
            before = now
            self.read(0.3)

    def _at_work(self) -> tuple[str, str]:
        """Give the state of the program and the time its keys have taken so far, to a tenth of a second."""
        fields = Path(f"/proc/{self.running.pid}/stat").read_text().rpartition(") ")[2].split()
        return fields[0], str((int(fields[11]) + int(fields[12])) // 10)

    def ends(self) -> int:
        """Wait for the end of the program."""
        limit = time.monotonic() + 30
        while self.running.poll() is None:
            assert time.monotonic() < limit, "the program goes on"
            self.read(0.1)
        self.read(0.2)
        os.close(self._ours)
        return self.running.returncode

    def vanish(self) -> int:
        """Close the terminal and tell the program nothing; gives the exit status."""
        os.close(self._ours)
        return self.running.wait(30)

    def hang_up(self) -> int:
        """Close the terminal and tell the program, as a shell does; gives the exit status."""
        os.close(self._ours)
        self.running.send_signal(signal.SIGHUP)
        return self.running.wait(30)


@pytest.fixture
def two(tmp_path: Path) -> Path:
    path = tmp_path / "two.workbench"
    build_study(path).close()
    return path


def drafts_in(path: Path) -> list[dict[str, Any]]:
    drafts: list[dict[str, Any]] = json.loads(places_for_drafts(held_by(path))[0].read_text())["drafts"]
    return drafts


def offered(app: Workbench) -> str:
    """Give the question that offers a draft."""
    assert isinstance(app.screen, ChooseFrom)
    return words_of(app.screen.query_one("#dialog-title", Static))


def opens_for_writing(path: Path) -> bool:
    with open_study(path, coder="B. Sato") as study:
        return not study.read_only


def test_a_terminal_that_vanishes_without_a_word_ends_the_program(two: Path) -> None:
    terminal = Terminal(two, "interpret")
    terminal.wait_for("Openness")
    terminal.type("e")
    terminal.type(" of assemblies")
    assert terminal.vanish() == 0
    [kept] = drafts_in(two)
    assert kept["text"] == "Title:\nOpenness of assemblies"
    assert opens_for_writing(two)


@pytest.mark.parametrize("number", BOTH)
async def test_words_typed_into_a_dialog_outlive_the_terminal(two: Path, number: signal.Signals) -> None:
    with open_study(two, read_only=True) as study:
        before, [claim] = study.head.count, study.all(Claim)
    terminal = Terminal(two, "interpret")
    terminal.wait_for("Openness")
    terminal.type("e")
    terminal.type(" of assemblies 会議")
    terminal.running.send_signal(number)
    assert terminal.ends() == 0
    assert b"will be offered at the next opening" in terminal.written
    assert b"two.workbench: " in terminal.written
    [kept] = drafts_in(two)
    assert (kept["title"], kept["coder"]) == ("Association: Openness", "A. Mori")
    assert kept["text"] == "Title:\nOpenness of assemblies 会議"
    assert kept["about"] == f"claim:{claim.id}"
    assert os.stat(places_for_drafts(held_by(two))[0]).st_mode & 0o777 == 0o600
    assert opens_for_writing(two)
    async with opened(two, coder="B. Sato") as (app, pilot):
        assert "by A. Mori: Association: Openness — Title: Openness of assemblies" in offered(app)
        assert app.study.head.count == before
        await type_in(pilot, "memo")
        await press(pilot, "enter")
        [memo] = app.study.all(Memo)
        assert (memo.anchor, memo.coder) == (kept["about"], "B. Sato")
        assert memo.content == f"{kept['title']}\n\n{kept['text']}"
        assert not places_for_drafts(held_by(two))[0].exists()


async def test_a_summary_outlives_a_closed_terminal_and_is_gone_on_with_in_its_cell(two: Path) -> None:
    with open_study(two, read_only=True) as study:
        before = study.head.count
    terminal = Terminal(two, "chart")
    terminal.wait_for("Assembly")
    terminal.type("e")
    terminal.type(" More was typed.")
    assert terminal.hang_up() == 0
    [kept] = drafts_in(two)
    assert (kept["about"], kept["field"]) == ("cell:north.assembly", "summary")
    assert kept["text"] == "Open to all residents. More was typed."
    async with opened(two) as (app, pilot):
        assert app.study.head.count == before
        await type_in(pilot, "go on")
        await press(pilot, "enter")
        screen = app.stage_screen
        assert isinstance(screen, ChartScreen)
        await until(pilot, lambda: screen.view.editor.words == kept["text"])
        assert screen.view.editor.is_changed
        assert not places_for_drafts(held_by(two))[0].exists()
        await press(pilot, "ctrl+s")
        assert screen.parts is not None
        assert screen.parts.cell is not None
        assert screen.parts.cell.summary == kept["text"]


@pytest.mark.parametrize("number", BOTH)
def test_a_signal_with_nothing_typed_leaves_no_file(two: Path, number: signal.Signals) -> None:
    terminal = Terminal(two, "interpret")
    terminal.wait_for("Openness")
    terminal.type("e")
    terminal.running.send_signal(number)
    assert terminal.ends() == 0
    assert b"two.workbench: " in terminal.written
    assert not any(place.exists() for place in places_for_drafts(held_by(two)))
    assert opens_for_writing(two)


def test_a_closed_terminal_with_nothing_typed_ends_the_program(two: Path) -> None:
    terminal = Terminal(two, "familiarise")
    terminal.wait_for("Familiarise")
    terminal.type("")
    assert terminal.hang_up() == 0
    assert opens_for_writing(two)


async def test_a_note_on_a_passage_is_kept_with_its_passage(small: Path) -> None:
    async with opened(small) as (app, pilot):
        await press(pilot, "end", "enter", *["shift+right"] * 8, "n")
        assert isinstance(app.screen, AskText)
        await type_in(pilot, "who says so")
        app.end_at_once()
        await settle(pilot)
    [kept] = drafts_in(small)
    assert kept["about"].startswith("text:")
    async with opened(small) as (app, pilot):
        await type_in(pilot, "memo on the passage")
        await press(pilot, "enter")
        [memo] = app.study.all(Memo)
        assert memo.content == "who says so"
        excerpt = app.study.get(Excerpt, memo.anchor.removeprefix("excerpt:"))
        assert (excerpt.start, excerpt.end) == (kept["start"], kept["end"])


KEPT = Draft("Note [red]", "some words\u202e", about="claim:gone", at="2026-11-21T10:42:00.000Z", coder="C")


async def test_a_draft_about_something_gone_becomes_a_memo_on_the_study(two: Path) -> None:
    keep_drafts(held_by(two), [KEPT])
    async with opened(two) as (app, pilot):
        assert "Note [red] — some words<U+202E>" in offered(app)
        await type_in(pilot, "memo on the study")
        await press(pilot, "enter")
        [memo] = app.study.all(Memo)
        assert (memo.anchor, memo.content) == ("setting:title", "Note [red]\n\nsome words\u202e")


async def test_escape_keeps_it_and_copying_asks_again(two: Path) -> None:
    keep_drafts(held_by(two), [KEPT, replace(KEPT, text="second")])
    async with opened(two) as (app, pilot):
        await type_in(pilot, "copy")
        await press(pilot, "enter")
        assert app.clipboard == KEPT.text
        assert offered(app).startswith("Copied, and still kept.")
        await press(pilot, "escape")
        assert "second" in offered(app)
        await type_in(pilot, "throw")
        await press(pilot, "enter")
        assert app.screen is app.stage_screen
    assert kept_drafts(held_by(two)) == ([KeptDraft(KEPT, places_for_drafts(held_by(two))[0])], [])


async def test_a_study_open_for_reading_offers_no_memo(two: Path) -> None:
    keep_drafts(held_by(two), [KEPT])
    async with opened(two, read_only=True) as (app, pilot):
        await type_in(pilot, "memo")
        await press(pilot, "enter")
        assert "some words" in offered(app)
        await press(pilot, "escape")
        assert app.screen is app.stage_screen


@pytest.mark.parametrize("written", ["", "[]", '{"drafts": [{"title": 1}]}', '{"drafts": [{"x": ""}]}', "{"])
async def test_a_file_of_drafts_that_cannot_be_read_is_named_and_left(two: Path, written: str) -> None:
    beside, elsewhere = places_for_drafts(held_by(two))
    beside.write_text(written)
    async with opened(two) as (app, _):
        assert f"{beside.name}, which cannot be read. It is left as it is." in message(app)
    assert keep_drafts(held_by(two), [KEPT]) == elsewhere
    assert beside.read_text() == written
    assert kept_drafts(held_by(two)) == ([KeptDraft(KEPT, elsewhere)], [beside])


def test_drafts_add_up_and_the_file_goes_with_the_last(two: Path) -> None:
    file = keep_drafts(held_by(two), [KEPT])
    other = replace(KEPT, text="\ud800 half a character")
    assert keep_drafts(held_by(two), [other]) == file
    assert [each.draft for each in kept_drafts(held_by(two))[0]] == [KEPT, other]
    drop_draft(KeptDraft(KEPT, file))
    assert [each.draft for each in kept_drafts(held_by(two))[0]] == [other]
    drop_draft(KeptDraft(other, file))
    assert not file.exists()
    assert list(file.parent.glob(".*drafts*")) == []


def test_where_nothing_can_be_written_the_user_is_told(two: Path) -> None:
    for place in places_for_drafts(held_by(two)):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.mkdir()
    with pytest.raises(WorkbenchError, match="What was typed could not be kept"):
        keep_drafts(held_by(two), [KEPT])


async def test_a_renamed_study_offers_what_was_typed_and_another_in_its_place_does_not(two: Path) -> None:
    keep_drafts(held_by(two), [KEPT])
    two.rename(two.with_name("renamed.workbench"))
    build_study(two).close()
    async with opened(two) as (app, pilot):
        await settle(pilot)
        assert app.screen is app.stage_screen
    async with opened(two.with_name("renamed.workbench")) as (app, pilot):
        assert "some words" in offered(app)
        await type_in(pilot, "throw")
        await press(pilot, "enter")
    assert list(two.parent.glob(".*drafts*")) == []
