"""`save-as`, and what commands say of a study that lies at risk, is damaged or may not be written."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.study.test_file import digest
from workbench.stages import register
from workbench.study.check import check_study
from workbench.study.file import create_study, open_study


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with create_study(tmp_path / "made.workbench", title="Made", coder="A. Mori") as study:
        register.add_case(study, "Osaka")
    return study.path


def change(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_study_is_saved_under_another_name(done: Run, path: Path, tmp_path: Path) -> None:
    before = digest(path)
    said = done("save-as", path, tmp_path / "copy.workbench")
    assert said.out == ""
    with open_study(tmp_path / "copy.workbench", read_only=True) as copy:
        assert f"Saved as copy.workbench: {copy.head}. made.workbench is as it was." in said.err
        assert check_study(copy) == []
    assert digest(path) == before


def test_a_study_that_another_process_writes_to_is_saved(done: Run, path: Path, tmp_path: Path) -> None:
    with open_study(path, coder="J. Berg") as study:
        register.add_case(study, "Kawasaki")
        done("save-as", path, tmp_path / "copy.workbench")
        with open_study(tmp_path / "copy.workbench", read_only=True) as copy:
            assert copy.head == study.head


def test_nothing_is_saved_over_another_file(workbench: Run, path: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.workbench").write_bytes(b"precious")
    said = workbench("save-as", path, tmp_path / "copy.workbench")
    assert said.status == 3
    assert "copy.workbench is already there." in said.err
    assert (tmp_path / "copy.workbench").read_bytes() == b"precious"


def test_a_damaged_study_is_not_saved_as_a_whole_one(workbench: Run, path: Path, tmp_path: Path) -> None:
    change(path, "UPDATE decisions SET reason = 'x' WHERE seq = 1")
    said = workbench("save-as", path, tmp_path / "copy.workbench")
    assert said.status == 3
    assert "decision 1: The record was changed after it was written" in said.err
    assert not (tmp_path / "copy.workbench").exists()


def test_writing_into_a_carried_folder_is_warned_of_and_done(done: Run, path: Path, tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    carried = tmp_path / "Dropbox" / "made.workbench"
    said = done("save-as", path, carried)
    assert "a folder that Dropbox carries to other machines" in said.err
    said = done("case", "add", carried, "Kawasaki")
    assert said.err.count("a folder that Dropbox carries to other machines") == 1
    assert "carries" not in done("cases", carried).err
    assert "a folder that Dropbox carries" in done("new", tmp_path / "Dropbox" / "new.workbench").err


def test_a_damaged_study_is_read_with_a_warning_and_not_written(workbench: Run, path: Path) -> None:
    change(path, "UPDATE decisions SET reason = 'x' WHERE seq = 2")
    before = digest(path)
    said = workbench("cases", path)
    assert (said.status, "Osaka" in said.out) == (0, True)
    assert "made.workbench is not whole: decision 2: The record was changed" in said.err
    said = workbench("case", "add", path, "Kawasaki")
    assert said.status == 3
    assert "Run workbench check, and go back to the last backup that verifies." in said.err
    assert digest(path) == before
    assert workbench("check", path).status == 1


def test_what_cannot_be_read_is_told_as_damage_and_listed_by_check(workbench: Run, path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE decisions SET after = CAST(x'7bff' AS TEXT) WHERE seq = 2")
    connection.execute("UPDATE case_records SET attributes = '{'")
    connection.commit()
    connection.close()
    said = workbench("cases", path)
    assert said.status == 3
    assert "Traceback" not in said.err
    said = workbench("check", path)
    assert said.status == 1
    assert "made.workbench is damaged" in said.out


def test_a_command_that_stumbles_over_damage_says_so(workbench: Run, path: Path) -> None:
    with open_study(path, coder="A. Mori") as study:
        for number in range(60):
            register.add_case(study, f"City {number}")
    change(path, "UPDATE decisions SET after = '{' WHERE seq = 2")
    said = workbench("log", "show", path, "--format", "json")
    assert said.status == 3
    assert "made.workbench is not whole: decision 2: The record cannot be read" in said.err
