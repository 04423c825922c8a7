"""Hostile words through every screen, dialog and command on a real terminal: none of them commands it."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import workbench.tui
from tests.conftest import held_by
from tests.hostile.files import make_files
from tests.hostile.strings import EATEN, SEQUENCES, TELL, evil, raw_in
from tests.hostile.study import OTHER, build
from tests.hostile.terminal import written_on_terminal
from tests.hostile.walk import LEFT_OUT
from workbench.model.records import KINDS
from workbench.model.visible import visible
from workbench.tui.actions import SCREENS, actions_of
from workbench.tui.dialogs.frame import Dialog
from workbench.tui.drafts import Draft, keep_drafts

COMMON = {"AskText", "ChooseFrom", "CommandPalette"}
WALKS: Mapping[tuple[str, ...], set[str]] = {
    ("familiarise", "framework", "index"): {
        *COMMON,
        "Form",
        "GiveReason",
        "ChooseCode",
        "Report",
        "Progress",
        "Help",
        "AskMemo",
    },
    ("chart", "editions", "parallel"): {
        *COMMON,
        "Form",
        "GiveReason",
        "Report",
        "QuoteWords",
        "AskFile",
        "ProposalList",
        "Progress",
    },
    ("interpret", "history", "memos", "search", "review", "numbers", "words"): {
        *COMMON,
        "Form",
        "ChooseCode",
        "Confirm",
    },
    ("suggestions", "checks"): {"AskText", "ChooseCode", "ChooseFrom", "CommandPalette", "GiveReason"},
    ("versions", "uncertain", "glossary"): {
        "ChooseFrom",
        "CommandPalette",
        "Form",
        "GiveReason",
        "ChoosePassage",
        "TextDifference",
        "AskFile",
    },
}
"""Screens walked in one go -> the dialogs that must have been drawn on the way."""
NOT_WALKED = {"Trouble", "AskPassphrase"}
"""Shown where a study cannot be written, or is encrypted; `tests/tui` makes that come about."""
REFUSING = {
    "workbench compare",
    "workbench save-as",
    "workbench export",
    "workbench version diff",
    "workbench untranslated",
}
"""Reading commands that have a reason to refuse what they are given, such as a file that is there."""


def prepared(folder: Path) -> Path:
    """Make the hostile study with hostile files and drafts beside it."""
    path = folder / "hostile.workbench"
    study = build(path)
    make_files(study, folder)
    study.close()
    return path


def places(folder: Path) -> dict[str, str]:
    """Keep the program out of the settings of whoever runs the tests."""
    return {"XDG_STATE_HOME": str(folder / "state"), "XDG_CONFIG_HOME": str(folder / "config")}


def test_the_search_for_raw_characters_finds_every_sequence() -> None:
    for sequence in SEQUENCES:
        if sequence == "\r\nover":  # the toolkit ends lines so itself
            continue
        assert list(raw_in(f"\x1b[3;4Hwords {sequence} words")), ascii(sequence)
    assert not list(raw_in("\x1b[3;4H\x1b[38;5;247;48;5;234mwords\x1b[0m\r\n\x1b[?25l"))


def test_every_sequence_has_a_form_that_commands_nothing() -> None:
    for number in range(len(SEQUENCES)):
        assert not list(raw_in(visible(evil(number))))


def test_the_study_holds_hostile_words_in_a_record_of_every_kind(tmp_path: Path) -> None:
    study = build(tmp_path / "s.workbench")
    try:
        assert [kind for kind, record in KINDS.items() if not study.all(record)] == []
        assert OTHER in {decision.coder for decision in study.decisions()}
    finally:
        study.close()


def test_the_walks_lead_to_every_screen_and_dialog_there_is() -> None:
    for module in pkgutil.walk_packages(workbench.tui.__path__, "workbench.tui."):
        importlib.import_module(module.name)
    known: set[str] = set()
    waiting: list[type[Any]] = [Dialog]
    while waiting:
        below = [each for each in waiting.pop().__subclasses__() if each.__module__.startswith("workbench.")]
        known |= {each.__name__ for each in below}
        waiting += below
    assert known - NOT_WALKED <= set().union(*WALKS.values())
    assert sorted(SCREENS) == sorted(stage for stages in WALKS for stage in stages)


def walked(folder: Path, stages: tuple[str, ...], size: tuple[int, int]) -> tuple[str, dict[str, Any]]:
    """Walk through screens on a terminal; give what was drawn, which commands nothing, and the report."""
    folder.mkdir()
    path, report = prepared(folder), folder / "report.json"
    keep_drafts(held_by(path), [Draft(evil(60), evil(61), about="memo:w1"), Draft(evil(62), evil(63))])
    arguments = ["-m", "tests.hostile.walk", str(path), str(report), str(folder), *stages]
    written, status = written_on_terminal(arguments, size=size, environment=places(folder))
    drawn = written.decode("utf-8")
    assert status == 0, drawn[-3000:]
    seen: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    assert sorted(set(raw_in(drawn))) == []
    assert seen["eaten"] == []
    return drawn, seen


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("stages", list(WALKS), ids=lambda stages: stages[0])
def test_no_screen_and_no_dialog_lets_hostile_words_through(
    tmp_path: Path, stages: tuple[str, ...], size: tuple[int, int]
) -> None:
    drawn, seen = walked(tmp_path / "walk", stages, size)
    dialogs = set(seen["dialogs"])
    if not dialogs >= WALKS[stages]:  # On a busy machine a dialog may come when the walk has gone on.
        dialogs |= set(walked(tmp_path / "again", stages, size)[1]["dialogs"])
    assert dialogs >= WALKS[stages]
    assert seen["shown"] > 50
    assert set(seen["screens"]) >= set(stages)
    own = {action.id for stage in stages for action in actions_of(stage) if action.stage == stage}
    assert own - LEFT_OUT <= set(seen["actions"])
    for mark in ("<U+001B>]0;OWNED", "<U+202E>", "<U+009B>77m", TELL):
        assert mark in drawn


def test_no_command_lets_hostile_words_through(tmp_path: Path) -> None:
    path, report = prepared(tmp_path), tmp_path / "report.json"
    arguments = ["-m", "tests.hostile.commands", str(path), str(report)]
    surroundings = {**places(tmp_path), "WORKBENCH_DEBUG": "1"}
    written, status = written_on_terminal(arguments, environment=surroundings)
    printed = written.decode("utf-8")
    assert status == 0, printed[-3000:]
    ran = json.loads(report.read_text(encoding="utf-8"))
    assert sorted(set(raw_in(printed))) == []
    assert ran["failed"] == []
    assert EATEN not in printed
    useless = [name for name in ran["readers"] if not {0, 1} & set(ran["ended"][name])]
    assert set(useless) <= REFUSING
    assert set().union(*ran["ended"].values()) <= {0, 1, 2, 3}
    for mark in ("<U+001B>]0;OWNED", "\\u001b]0;OWNED", "<U+202E>", "\\u202e"):
        assert mark in printed
