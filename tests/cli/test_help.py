"""Every command explains itself, help is quick, and the reference is what the program says."""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from workbench.cli.nouns import NOUNS
from workbench.cli.options import Access
from workbench.cli.parser import build_parser, children, parse
from workbench.cli.reference import commands, render

REPOSITORY = Path(__file__).resolve().parents[2]
COMMANDS = {command.prog: command for command in commands(build_parser())}
HEAVY = ("textual", "sqlite3", "sqlite_utils", "numpy", "spacy", "yaml", "filelock", "rich", "lxml", "bs4")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_prints_its_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        parse([*name.split()[1:], "--help"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: {name}")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_in_a_sentence_what_it_does(name: str) -> None:
    description = COMMANDS[name].description or ""
    assert description[:1].isupper()
    assert description.rstrip().endswith(".")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_argument_has_help(name: str) -> None:
    silent = [action.dest for action in COMMANDS[name]._actions if not action.help]
    assert silent == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_can_be_run(name: str) -> None:
    assert callable(COMMANDS[name].get_default("run"))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_writing_command_takes_coder_and_reason(name: str) -> None:
    options = {option for action in COMMANDS[name]._actions for option in action.option_strings}
    if COMMANDS[name].get_default("access") is Access.WRITE:
        assert {"--as", "--reason"} <= options


def test_every_verb_has_a_line_in_the_help_of_its_noun() -> None:
    for noun in children(build_parser()).values():
        for action in noun._actions:
            if isinstance(action, argparse._SubParsersAction):
                helped = {choice.dest for choice in action._choices_actions if choice.help}
                assert helped == set(action.choices)


def test_the_overview_names_every_command() -> None:
    overview = build_parser("").format_help()
    assert all(f"\n  {noun.name} " in overview for noun in NOUNS)


def _modules_after(code: str) -> set[str]:
    script = f"import sys, json\n{code}\njson.dump(sorted(sys.modules), sys.stderr)"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, cwd=REPOSITORY)
    return set(json.loads(ended.stderr))


@pytest.mark.parametrize(
    "code", ["import workbench.cli", "from workbench.cli import main; main(['--help'])", "import workbench"]
)
def test_help_loads_none_of_the_rooms(code: str) -> None:
    loaded = _modules_after(code)
    assert not loaded & set(HEAVY)
    assert not {name for name in loaded if name.startswith(("workbench.study", "workbench.stages"))}


def test_help_takes_little_time() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run(
        [sys.executable, "-m", "workbench", "--help"], capture_output=True, check=True, cwd=REPOSITORY
    )
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 0.15


def test_the_reference_is_what_the_program_says() -> None:
    written = (REPOSITORY / "docs" / "reference-cli.md").read_text(encoding="utf-8")
    assert written == render(), "write it anew: python -m workbench.cli.reference > docs/reference-cli.md"
