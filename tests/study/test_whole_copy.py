"""Copies of a study: whole, verified, and never half-made or over something else."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from tests.study.test_file import digest
from workbench.errors import Refused, StudyFileError
from workbench.model.case import Case
from workbench.stages import register
from workbench.study import whole_copy as module
from workbench.study.check import check_study
from workbench.study.connecting import connect
from workbench.study.file import create_study, open_study
from workbench.study.study import Study
from workbench.study.whole_copy import whole_copy


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = create_study(tmp_path / "made.workbench", title="Made", coder="A. Mori")
    register.add_case(made, "Osaka")
    with made.transaction():
        made.store("人権を尊重する。".encode())
    return made


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(".lock"))


def test_a_copy_is_the_whole_study_and_ends_where_it_ends(study: Study) -> None:
    target = study.path.with_name("copy.workbench")
    assert whole_copy(study.connection, target) == study.head
    with open_study(target, coder="J. Berg") as copy:
        assert copy.head == study.head
        assert check_study(copy) == []
        assert [case.name for case in copy.all(Case)] == ["Osaka"]
    assert names(study.path.parent) == ["copy.workbench", "made.workbench"]


def test_a_copy_is_made_by_one_who_only_reads(study: Study) -> None:
    reader = connect(study.path, "ro")
    assert whole_copy(reader, study.path.with_name("copy.workbench")) == study.head
    reader.close()


def test_a_copy_is_as_open_to_others_as_the_study(study: Study) -> None:
    study.path.chmod(0o640)
    whole_copy(study.connection, study.path.with_name("copy.workbench"))
    assert study.path.with_name("copy.workbench").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("kind", ["file", "folder", "link to nothing"])
def test_a_name_that_is_taken_is_left_alone(study: Study, kind: str) -> None:
    target = study.path.with_name("copy.workbench")
    if kind == "file":
        target.write_bytes(b"precious")
    elif kind == "folder":
        target.mkdir()
    else:
        target.symlink_to("nowhere")
    with pytest.raises(Refused, match="already there"):
        whole_copy(study.connection, target)
    assert names(study.path.parent) == ["copy.workbench", "made.workbench"]
    assert kind != "file" or target.read_bytes() == b"precious"


def test_a_name_taken_while_the_copy_is_made_is_left_alone(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = study.path.with_name("copy.workbench")
    name = module.name_copy

    def late(unfinished: Path, wanted: Path, *, replace: bool) -> None:
        target.write_bytes(b"precious")
        name(unfinished, wanted, replace=replace)

    monkeypatch.setattr(module, "name_copy", late)
    with pytest.raises(Refused, match="already there"):
        whole_copy(study.connection, target)
    assert target.read_bytes() == b"precious"
    assert names(study.path.parent) == ["copy.workbench", "made.workbench"]


def test_a_copy_in_place_of_another_is_whole_or_the_other_stays(study: Study) -> None:
    target = study.path.with_name("copy.workbench")
    whole_copy(study.connection, target)
    kept = digest(target)
    register.add_case(study, "Kawasaki")
    study.connection.execute("UPDATE contents SET bytes = x'00'")
    with pytest.raises(StudyFileError, match="not whole: content"):
        whole_copy(study.connection, target, replace=True)
    assert digest(target) == kept
    assert names(study.path.parent) == ["copy.workbench", "made.workbench"]


@pytest.mark.parametrize(
    ("sql", "saying"),
    [
        ("UPDATE decisions SET reason = 'x' WHERE seq = 2", "decision 2: The record was changed"),
        ("DELETE FROM decisions WHERE seq = 1", "Decision 1 is missing"),
        ("INSERT INTO code_records (id, theme_id) VALUES ('c', 'none')", "code_records, row 1: It refers"),
    ],
)
def test_no_copy_is_made_of_a_study_that_is_not_whole(study: Study, sql: str, saying: str) -> None:
    study.connection.execute("PRAGMA foreign_keys = OFF")
    study.connection.execute(sql)
    with pytest.raises(StudyFileError, match=saying):
        whole_copy(study.connection, study.path.with_name("copy.workbench"))
    assert names(study.path.parent) == ["made.workbench"]


def test_a_copy_into_nowhere_is_refused_plainly(study: Study) -> None:
    with pytest.raises(StudyFileError, match=r"cannot be made: No such file.*No copy was made"):
        whole_copy(study.connection, study.path.parent / "none" / "copy.workbench")


@pytest.mark.parametrize("call", ["replace", "fsync"])
def test_a_copy_that_the_disk_refuses_leaves_nothing_behind(
    study: Study, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, full)
    with pytest.raises(StudyFileError, match=r"No space left.*No copy was made"):
        whole_copy(study.connection, study.path.with_name("copy.workbench"))
    monkeypatch.undo()
    assert names(study.path.parent) == ["made.workbench"]
    register.add_case(study, "Kawasaki")


def test_a_copy_that_ends_elsewhere_is_refused(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    begin = module._begin

    def meanwhile(source: sqlite3.Connection, target: Path) -> Path:
        monkeypatch.setattr(module, "read_head", lambda _: study.head.__class__(9, "0" * 64))
        return begin(source, target)

    monkeypatch.setattr(module, "_begin", meanwhile)
    with pytest.raises(StudyFileError, match="does not end where the study ends"):
        whole_copy(study.connection, study.path.with_name("copy.workbench"))
    assert names(study.path.parent) == ["made.workbench"]
