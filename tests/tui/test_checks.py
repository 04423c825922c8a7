"""The screen of questions about translations: both sides, answers, filters, and the way to the place."""

from __future__ import annotations

import random
import secrets
import threading
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Static

from tests.tui.conftest import shown
from tests.tui.pilots import NORMAL, WIDE, actions, message, opened, press, settle, type_in
from tests.tui.test_goldens import hold
from tests.tui.waiting import until
from workbench.errors import Refused
from workbench.model.text import Passage, Text, TextKind
from workbench.model.translation_check import CheckAnswer, CheckKind, Reply
from workbench.sources import read_bytes
from workbench.stages.importing import ImportPlan, importing
from workbench.stages.linking import link_stretches
from workbench.study.file import create_study
from workbench.study.study import Study
from workbench.tui.app import Workbench
from workbench.tui.stages.checks import ChecksScreen
from workbench.tui.stages.index import IndexScreen

JA = (
    "対象は[35]人とする。\n定員は[35]人とする。\n会議は公開しなければならない。\n神戸で開く。\n"
    "これは認められない。\n"
)
EN = (
    "It is open to [53] people.\nThere are [53] places\u202e.\nMeetings may be open.\nIt is held in Kyoto.\n"
    "That is granted.\nMembers receive a fee for each of the meetings.\n"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a study once, with two texts that are linked line by line."""
    path = tmp_path_factory.mktemp("checks") / "checks.workbench"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(secrets, "randbits", random.Random(7).getrandbits)
        with create_study(path, title="Questions", coder="A. Mori") as study:
            source = _add(study, "law-ja.txt", JA, ImportPlan(case="Osaka", language="ja"))
            kind = TextKind.OWN_TRANSLATION
            plan = ImportPlan(case="Osaka", kind=kind, language="en", translates=source.id)
            target = _add(study, "law-en.txt", EN, plan)
            for ours, theirs in zip(JA.splitlines(), EN.splitlines(), strict=False):
                link_stretches(study, (source.id, _place(JA, ours)), (target.id, _place(EN, theirs)))
    return path


@pytest.fixture
def checks(made: Path, tmp_path: Path) -> Path:
    """Give a copy of the study."""
    return Path(copyfile(made, tmp_path / "checks.workbench"))


def _add(study: Study, name: str, content: str, plan: ImportPlan) -> Text:
    with importing(study, plan) as run:
        run.add(name, content.encode(), read_bytes(name, content.encode()))
    return study.all(Text, file_name=name)[0]


def _place(content: str, words: str) -> Passage:
    return Passage(content.index(words), content.index(words) + len(words))


async def _asked(pilot: Pilot[None], app: Workbench) -> ChecksScreen:
    """Wait for the questions."""
    screen = app.stage_screen
    assert isinstance(screen, ChecksScreen)
    await until(pilot, lambda: screen.question is not None, tries=1000)
    await settle(pilot)
    return screen


async def _answer(pilot: Pilot[None], key: str, why: str) -> None:
    await press(pilot, key)
    await type_in(pilot, why)
    await press(pilot, "enter")


def _lit(screen: ChecksScreen) -> set[str]:
    """Give the words that stand out in the details."""
    drawn = screen.query_one("#details", Static).content
    assert isinstance(drawn, Content)
    return {drawn.plain[span.start : span.end] for span in drawn.spans if "reverse" in str(span.style)}


@pytest.mark.parametrize("size", [NORMAL, WIDE])
async def test_both_sides_are_shown(checks: Path, size: tuple[int, int]) -> None:
    async with opened(checks, stage="checks", size=size) as (app, pilot):
        screen = await _asked(pilot, app)
        assert _lit(screen) == {"35", "53"}
        hold(f"checks-{size[0]}x{size[1]}", shown(app))


async def test_each_answer_is_one_decision_with_a_reason_and_undo_brings_it_back(checks: Path) -> None:
    async with opened(checks, stage="index") as (app, pilot):
        await press(pilot, "K")
        screen = await _asked(pilot, app)
        assert "5 open, 0 answered" in shown(app)
        first = screen.question
        await _answer(pilot, "a", "a slip")
        assert "1 question accepted" in message(app)
        assert "4 open, 1 answered" in shown(app)
        assert screen.question != first
        assert actions(app)[-1:] == ["answer translation check"]
        await _answer(pilot, "n", "free")
        await _answer(pilot, "d", "meant")
        assert [each.reply for each in app.study.all(CheckAnswer)].count(Reply.ACCEPTED) == 1
        assert "2 open, 3 answered" in shown(app)
        await press(pilot, "u")
        assert "3 open, 2 answered" in shown(app)
        await press(pilot, "d", "escape")
        assert "3 open, 2 answered" in shown(app)


async def test_questions_alike_are_answered_as_one_decision(checks: Path) -> None:
    async with opened(checks, stage="checks") as (app, pilot):
        screen = await _asked(pilot, app)
        await press(pilot, "D", "enter")
        await type_in(pilot, "counted otherwise")
        await press(pilot, "enter")
        assert "2 questions dismissed" in message(app)
        assert actions(app)[-1:] == ["answer translation check"]
        assert {each.kind for each in app.study.all(CheckAnswer)} == {CheckKind.NUMBERS}
        assert screen.question is not None
        assert screen.question.kind is not CheckKind.NUMBERS


async def test_kinds_documents_and_answered_ones_are_chosen(checks: Path) -> None:
    async with opened(checks, stage="checks") as (app, pilot):
        screen = await _asked(pilot, app)
        await press(pilot, "k")
        await type_in(pilot, "modal")
        await press(pilot, "tab", "enter")
        assert "1 of 1 shown" in shown(app)
        assert "filtered" in shown(app)
        await _answer(pilot, "a", "must")
        assert "Nothing is open here" in shown(app)
        await press(pilot, "o")
        assert "A. Mori" in shown(app)
        assert screen.question is not None
        assert screen.question.state == "accepted"
        await press(pilot, "delete")
        assert "open again" in message(app)
        assert app.study.all(CheckAnswer) == []
        await press(pilot, "t", "tab", "enter")
        assert "1 of 1 shown" in shown(app)


async def test_hints_on_negation_come_only_when_they_are_wanted(checks: Path) -> None:
    async with opened(checks, stage="checks") as (app, pilot):
        await _asked(pilot, app)
        await press(pilot, "h")
        await until(pilot, lambda: "6 open" in shown(app), tries=1000)
        assert "negation · law-en" in shown(app)


async def test_enter_leads_to_the_place_and_escape_comes_back(checks: Path) -> None:
    async with opened(checks, stage="checks") as (app, pilot):
        screen = await _asked(pilot, app)
        await press(pilot, "enter")
        assert isinstance(app.stage_screen, IndexScreen)
        assert app.stage_screen.indexed is not None
        assert app.stage_screen.indexed.language == "en"
        await press(pilot, "escape")
        assert app.screen is screen
        await press(pilot, "s")
        there = app.screen
        assert isinstance(there, IndexScreen)
        assert there.indexed is not None
        assert there.indexed.language == "ja"


async def test_asking_can_be_stopped_and_begun_again(checks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from workbench.stages import translation_checks

    held = threading.Event()
    real = translation_checks.questions

    def slow(study: Study, **given: Any) -> list[Any]:
        while not held.is_set() and given["progress"](1, 9):
            held.wait(0.01)
        if not held.is_set():
            raise Refused("The questions were not all asked.")
        return real(study, **given)

    monkeypatch.setattr(translation_checks, "questions", slow)
    async with opened(checks, stage="checks") as (app, pilot):
        await until(pilot, lambda: "11 %" in shown(app))
        await press(pilot, "escape")
        assert "stopped" in shown(app)
        held.set()
        await press(pilot, "f4", "K")
        await _asked(pilot, app)
        assert "5 open" in shown(app)


async def test_who_only_reads_is_told_so(checks: Path) -> None:
    async with opened(checks, stage="checks", read_only=True) as (app, pilot):
        await _asked(pilot, app)
        await press(pilot, "a")
        assert app.screen is app.stage_screen
        assert "read-only" in shown(app)
