"""Exit codes, streams and who decides: what scripts rely on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from workbench.cli import main
from workbench.model.decision import GENESIS


def test_no_words_print_the_overview(workbench: Run) -> None:
    result = workbench()
    assert result.status == 0
    assert "Interpret:" in result.out
    assert result.err == ""


def test_an_unknown_command_is_wrong_usage(workbench: Run) -> None:
    result = workbench("chrat", "x")
    assert (result.status, result.out) == (2, "")
    assert "invalid choice" in result.err


def test_a_wrong_option_shows_the_usage_of_the_command(workbench: Run, path: Path) -> None:
    result = workbench("case", "add", path, "Osaka", "--colour", "red")
    assert result.status == 2
    assert result.err.startswith("usage: workbench case add")
    assert result.err.endswith("workbench case add: unrecognized arguments: --colour red\n")


def test_a_noun_without_its_verb_is_wrong_usage(workbench: Run) -> None:
    assert workbench("case").status == 2


def test_options_cannot_be_shortened(workbench: Run, path: Path) -> None:
    assert workbench("cases", path, "--form", "json").status == 2


def test_a_missing_study_is_refused_without_a_traceback(workbench: Run, tmp_path: Path) -> None:
    result = workbench("cases", tmp_path / "none.workbench")
    assert (result.status, result.out) == (3, "")
    assert result.err == "There is no file none.workbench. Make a study with: workbench new\n"


def test_a_name_that_is_not_there_is_wrong_usage(workbench: Run, path: Path) -> None:
    result = workbench("case", "edit", path, "Nowhere", "--name", "Kyoto")
    assert result.status == 2
    assert "There is no case Nowhere." in result.err


def test_data_go_to_stdout_and_talk_to_stderr(done: Run, path: Path) -> None:
    added = done("case", "add", path, "Kyoto")
    assert added.err.startswith("Added the case Kyoto.\ndecision 2 · head ")
    rows = json.loads(done("cases", path, "--format", "json").out)
    assert [(row["name"], row["id"]) for row in rows] == [("Kyoto", added.first)]


def test_an_empty_listing_is_empty_data(done: Run, path: Path) -> None:
    assert done("cases", path).out == ""
    assert done("cases", path, "--format", "csv").out == "position,name,documents,attributes,id\n"
    assert json.loads(done("cases", path, "--format", "json").out) == []


def test_nobody_decides_without_a_name(workbench: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORKBENCH_CODER")
    refused = workbench("case", "add", path, "Kyoto")
    assert refused.status == 3
    assert "--as NAME" in refused.err
    assert workbench("case", "add", path, "Kyoto", "--as", "B. Silva").status == 0
    assert "B. Silva" in workbench("log", "show", path, "--last", "1").out


def test_the_option_wins_over_the_environment(done: Run, path: Path) -> None:
    done("case", "add", path, "Kyoto", "--as", "B. Silva")
    rows = json.loads(done("log", "show", path, "--last", "1", "--format", "json").out)
    assert rows[0]["coder"] == "B. Silva"


def test_a_reason_goes_with_every_decision(done: Run, path: Path) -> None:
    done("case", "add", path, "Kyoto", "--reason", "The capital until 1868.")
    rows = json.loads(done("log", "show", path, "--last", "1", "--format", "json").out)
    assert rows[0]["reason"] == "The capital until 1868."


def test_a_decision_that_needs_a_reason_is_refused_without(workbench: Run, path: Path) -> None:
    workbench("case", "add", path, "Kyoto")
    assert workbench("case", "remove", path, "Kyoto").status == 3
    assert workbench("case", "remove", path, "Kyoto", "--reason", "Out of scope.").status == 0


def test_reading_leaves_the_file_byte_for_byte(done: Run, path: Path) -> None:
    before = path.read_bytes()
    for words in (("cases", path), ("log", "show", path), ("check", path), ("documents", path)):
        done(*words)
    assert path.read_bytes() == before


def test_an_interrupted_command_changes_nothing(
    workbench: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("workbench.cli.cases.add_case", interrupted)
    result = workbench("case", "add", path, "Kyoto")
    assert (result.status, result.out) == (3, "")
    assert result.err == "Interrupted. Nothing was changed. Run the command again when you are ready.\n"


def test_an_interrupt_after_a_decision_says_that_it_stands(
    workbench: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("workbench.cli.cases.put", interrupted)
    result = workbench("case", "add", path, "Kyoto")
    assert result.status == 3
    assert "Nothing was changed" not in result.err
    assert "decision 2 · head " in result.err
    assert "Kyoto" in workbench("cases", path).out


def test_a_closed_pipe_is_no_error(path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "workbench", "log", "show", str(path), "--format", "json"]
    ended = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert ended.returncode == 0
    assert ended.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_under_the_output_is_said_plainly(path: Path) -> None:
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "workbench", "log", "show", str(path)]
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert ended.returncode == 3
    assert ended.stderr == (
        b"The system refused: No space left on device. Every decision that was told is in the study. "
        b"Check the disk and the rights, then do it again.\n"
    )


def test_output_is_utf8_whatever_the_locale(done: Run, path: Path) -> None:
    done("case", "add", path, "浜松市")
    command = [sys.executable, "-m", "workbench", "cases", str(path)]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    ended = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert "浜松市" in ended.stdout.decode("utf-8")


def test_a_whole_log_verifies_against_its_own_head(workbench: Run, path: Path) -> None:
    head = workbench("log", "verify", path).first.rpartition(" ")[2]
    workbench("case", "add", path, "Kyoto")
    assert workbench("log", "verify", path, "--against", head).status == 0


def test_a_whole_study_prints_its_head_and_no_finding(done: Run, path: Path) -> None:
    assert done("check", path).out == done("log", "verify", path).out
    assert json.loads(done("check", path, "--format", "json").out) == []


def test_a_head_that_is_not_in_the_log_is_a_finding(workbench: Run, path: Path) -> None:
    result = workbench("log", "verify", path, "--against", "f" * 64)
    assert result.status == 1
    assert "cut short or written anew" in result.out


def test_a_shortened_head_is_wrong_usage(workbench: Run, path: Path) -> None:
    assert workbench("log", "verify", path, "--against", GENESIS[:12]).status == 2


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("workbench ")
