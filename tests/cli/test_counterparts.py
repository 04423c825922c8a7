"""Whatever a screen can do, a command can do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_quotes_and_memos import coded
from tests.cli.test_records import held, rows
from workbench.cli.counterparts import COMMANDS, SCREEN_ONLY
from workbench.cli.parser import Parser, build_parser
from workbench.cli.reference import commands
from workbench.tui.actions import ACTIONS

__all__ = ["coded", "held"]


def _parsers() -> dict[str, Parser]:
    return {parser.prog.removeprefix("workbench "): parser for parser in commands(build_parser())}


def test_every_action_of_the_screens_has_a_command_or_only_moves_about() -> None:
    actions = {action.id for action in ACTIONS}
    assert actions - set(COMMANDS) - SCREEN_ONLY == set(), "name its command in cli/counterparts.py"
    assert (set(COMMANDS) | SCREEN_ONLY) - actions == set(), "no screen has this action"
    assert set(COMMANDS) & SCREEN_ONLY == set()


def test_every_command_named_there_is_one_with_its_options() -> None:
    parsers = _parsers()
    for action, command in COMMANDS.items():
        if command == "--help":
            continue
        words = command.split(" ")
        options = [word for word in words if word.startswith("--")]
        name = " ".join(words[: words.index(options[0])] if options else words)
        assert name in parsers, action
        known = {option for each in parsers[name]._actions for option in each.option_strings}
        assert set(options) <= known, action


def test_codings_in_doubt_are_listed(done: Run, coded: Path) -> None:
    first = done("code", coded, "--text", "plan", "--range", "0:8", "--code", "1.1").first
    done("code", coded, "--text", "plan", "--range", "9:22", "--code", "1.1")
    done("coding", "doubt", coded, first)
    assert [row["id"] for row in rows(done, "codings", coded, "--doubtful")] == [first]
    assert sorted(row["doubtful"] for row in rows(done, "codings", coded)) == [False, True]


def test_the_kind_of_a_memo_changes_without_its_words(done: Run, coded: Path) -> None:
    memo = done("memo", "add", coded, "Who pays?", "--on", "study").first
    done("memo", "edit", coded, memo, "--kind", "question")
    (row,) = rows(done, "memos", coded)
    assert (row["kind"], row["content"]) == ("question", "Who pays?")


@pytest.mark.parametrize("words", ["ｗｈｏ pays", "who"])
def test_decisions_are_found_by_their_words(done: Run, coded: Path, words: str) -> None:
    done("memo", "add", coded, "Who pays?", "--on", "study")
    done("memo", "add", coded, "Who asked?", "--on", "study")
    found = json.loads(done("log", "show", coded, "--search", words, "--format", "json").out)
    assert len(found) == (1 if "pays" in words else 2)
    (last,) = rows(done, "log", "show", coded, "--search", "who", "--last", "1")
    assert "Who asked?" in json.dumps(last)


@pytest.mark.parametrize(
    ("over", "place"), [("words", (13, 17)), ("sentences", (0, 22)), ("paragraphs", (0, 45))]
)
def test_hits_are_coded_with_what_stands_around_them(
    done: Run, coded: Path, tmp_path: Path, over: str, place: tuple[int, int]
) -> None:
    file = tmp_path / "two.txt"
    file.write_text("The city has desk one. The desk two is there.\n\nMore.\n", encoding="utf-8")
    done("import", coded, file, "--language", "en")
    hits = tmp_path / "hits.csv"
    hits.write_text("text,start,end\ntwo,13,17\n", encoding="utf-8")
    done("coding", "hits", coded, hits, "--code", "1.1", "--over", over, "--reason", "All of them.")
    (coding,) = rows(done, "codings", coded)
    assert (coding["start"], coding["end"]) == place
