"""The study file: what is refused, what is said, and that a refused file is not touched."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from workbench.errors import Refused, StudyFileError, StudyHeld
from workbench.model.case import Case
from workbench.stages import register
from workbench.study import file
from workbench.study.backup import backups_of
from workbench.study.backup_names import Why
from workbench.study.check import check_study
from workbench.study.file import check_replay, create_study, open_study
from workbench.study.migrations import STEPS
from workbench.study.schema import APPLICATION_ID, VERSION
from workbench.study.study import Study


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = create_study(tmp_path / "made.workbench", title="Made", coder="A. Mori")
    register.add_case(made, "Osaka")
    made.close()
    return made.path


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def refused(path: Path, saying: str) -> None:
    before = digest(path)
    with pytest.raises(StudyFileError, match=saying):
        open_study(path, coder="A. Mori")
    assert digest(path) == before


def test_a_study_is_identified_guarded_and_in_one_file(path: Path) -> None:
    study = open_study(path, coder="A. Mori")
    pragma = {
        name: study.connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in (
            "application_id",
            "user_version",
            "foreign_keys",
            "synchronous",
            "journal_mode",
            "trusted_schema",
        )
    }
    assert pragma == {
        "application_id": APPLICATION_ID,
        "user_version": VERSION,
        "foreign_keys": 1,
        "synchronous": 2,
        "journal_mode": "delete",
        "trusted_schema": 0,
    }
    study.close()
    assert [p.name for p in path.parent.iterdir() if not p.name.startswith(".")] == ["made.workbench"]


def test_the_version_counts_the_migrations() -> None:
    connection = sqlite3.connect(":memory:")
    from sqlite_utils import Database

    assert len(STEPS.pending(Database(connection))) == VERSION


def test_an_existing_file_is_never_written_over(path: Path) -> None:
    before = digest(path)
    with pytest.raises(Refused, match="already there"):
        create_study(path, title="Other", coder="A. Mori")
    assert digest(path) == before


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StudyFileError, match="workbench new"):
        open_study(tmp_path / "none.workbench")


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.workbench").touch()
    refused(tmp_path / "empty.workbench", "is empty")


def test_a_text_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.workbench").write_text("These are notes. " * 500)
    refused(tmp_path / "notes.workbench", "is not a study")


def test_a_foreign_database_is_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "other.workbench")
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    refused(tmp_path / "other.workbench", "not a study of this program")


def test_a_newer_file_is_refused(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    refused(path, "newer version")


@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_truncated_file_is_refused(path: Path, part: float) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * part)])
    refused(path, "cut short|damaged")


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER bad AFTER INSERT ON case_records BEGIN DELETE FROM decisions; END",
        "CREATE VIEW bad AS SELECT * FROM decisions",
        "CREATE TABLE strange (x)",
        "CREATE VIRTUAL TABLE bad USING fts5(x)",
    ],
)
def test_a_file_with_strange_objects_is_refused(path: Path, sql: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(sql)
    connection.close()
    refused(path, "that no study has")


def test_a_second_writer_is_told_who_holds_the_study(path: Path) -> None:
    first = open_study(path, coder="A. Mori")
    with pytest.raises(StudyHeld, match=rf"A\. Mori.*process {os.getpid()}.*--read-only"):
        open_study(path, coder="J. Berg")
    reader = open_study(path, coder="J. Berg", read_only=True)
    assert [case.name for case in reader.all(Case)] == ["Osaka"]
    with pytest.raises(Refused, match="reading only"):
        register.add_case(reader, "Kawasaki")
    register.add_case(first, "Kawasaki")
    assert reader.count(Case) == 2, "the reader sees what the writer commits"
    reader.close()
    first.close()
    open_study(path, coder="J. Berg").close()


def test_another_process_is_kept_out_and_let_in_after_a_kill(path: Path) -> None:
    program = textwrap.dedent(
        """
        import sys, pathlib, time
        from workbench.study.file import open_study
        study = open_study(pathlib.Path(sys.argv[1]), coder="Other process")
        print("held", flush=True)
        time.sleep(60)
        """
    )
    other = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(StudyHeld, match=f"Other process.*process {other.pid}"):
            open_study(path, coder="A. Mori")
    finally:
        other.kill()
        other.wait()
    study = open_study(path, coder="A. Mori")
    assert check_study(study) == []
    study.close()


def test_a_study_left_half_written_by_a_kill_opens_as_it_was(path: Path) -> None:
    program = textwrap.dedent(
        """
        import os, pathlib, sys
        from workbench.study.file import open_study
        connection = open_study(pathlib.Path(sys.argv[1]), coder="A. Mori").connection
        connection.execute("PRAGMA cache_size = 2")
        connection.execute("BEGIN IMMEDIATE")
        for number in range(300):
            connection.execute("INSERT INTO contents VALUES (?, ?)", (str(number), b"x" * 5000))
        connection.execute("UPDATE decisions SET reason = 'half done'")
        os._exit(9)
        """
    )
    for read_only in (True, False):
        subprocess.run([sys.executable, "-c", program, str(path)], check=False)
        assert path.with_name(f"{path.name}-journal").stat().st_size > 0, "the journal is left behind"
        with open_study(path, coder="A. Mori", read_only=read_only) as study:
            assert check_study(study) == []
            assert [case.name for case in study.all(Case)] == ["Osaka"]


def test_a_half_written_file_that_is_no_study_is_not_touched(tmp_path: Path) -> None:
    other = tmp_path / "other.workbench"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    other.with_name("other.workbench-journal").write_bytes(b"whatever")
    refused(other, "not a study")


def test_a_study_made_meanwhile_by_another_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "race.workbench"
    take = file.take_lock

    def late(wanted: Path, *rest: Any) -> Any:
        monkeypatch.setattr(file, "take_lock", take)
        create_study(path, title="Same", coder="J. Berg").close()
        return take(wanted, *rest)

    monkeypatch.setattr(file, "take_lock", late)
    with pytest.raises(Refused, match="already there"):
        create_study(path, title="Same", coder="A. Mori")
    with open_study(path, coder="A. Mori") as study:
        assert study.decision(1).coder == "J. Berg"


@pytest.mark.parametrize(
    ("sql", "saying"),
    [
        ("DROP TABLE memo_records", "lacks the table memo_records"),
        ("DROP TABLE touches", "lacks the table touches"),
        ("DROP TABLE owner", "lacks the table owner"),
        ("DROP INDEX idx_case_records_name", "lacks the index idx_case_records_name"),
        ("ALTER TABLE decisions ADD COLUMN extra TEXT", "a table named decisions that no study has"),
        ("ALTER TABLE memo_records DROP COLUMN became", "a table named memo_records that no study has"),
    ],
)
def test_a_study_with_a_part_missing_is_refused(path: Path, sql: str, saying: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(sql)
    connection.close()
    refused(path, saying)


def test_a_full_disk_loses_nothing_that_was_acknowledged(study: Study) -> None:
    pages = study.connection.execute("PRAGMA page_count").fetchone()[0]
    study.connection.execute(f"PRAGMA max_page_count = {pages + 3}")
    acknowledged = 0
    with pytest.raises(StudyFileError, match="The disk is full"):
        for number in range(1000):
            register.add_case(study, f"City {number}", attributes={"note": "x" * 500})
            acknowledged += 1
    assert study.count(Case) == acknowledged > 0
    study.connection.execute("PRAGMA max_page_count = 100000")
    assert check_study(study) == []
    register.add_case(study, "After the disk was cleared")
    assert study.count(Case) == acknowledged + 1


def test_an_interruption_inside_a_transaction_rolls_it_back(study: Study) -> None:
    with pytest.raises(KeyboardInterrupt), study.transaction():
        study.store(b"half of it")
        register.add_case(study, "Osaka")
        raise KeyboardInterrupt
    assert study.count(Case) == 0
    assert study.connection.execute("SELECT count(*) FROM contents").fetchone()[0] == 0
    assert check_study(study) == []


def test_every_flipped_bit_in_a_stored_text_is_found(study: Study) -> None:
    with study.transaction():
        digest = study.store("人権を尊重する。".encode())
    data = bytearray(study.content(digest))
    for bit in range(0, len(data) * 8, 7):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << (bit % 8)
        study.connection.execute("UPDATE contents SET bytes = ? WHERE hash = ?", (bytes(flipped), digest))
        assert [finding.place for finding in check_study(study)] == [f"content {digest}"]


def test_a_copy_of_the_file_is_a_whole_study(path: Path, tmp_path: Path) -> None:
    shutil.copy(path, tmp_path / "copy.workbench")
    copy = open_study(tmp_path / "copy.workbench", coder="A. Mori")
    assert check_study(copy) == []
    copy.close()


def test_a_file_of_the_first_version_is_brought_up_to_date_with_all_it_holds(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE reviewed_records")
    connection.execute("ALTER TABLE coding_records DROP COLUMN doubtful")
    connection.execute("ALTER TABLE coding_records DROP COLUMN confirmed")
    connection.execute("ALTER TABLE reading_records DROP COLUMN bookmarks")
    connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'doubts_and_reviewed_passages'")
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()
    with pytest.raises(StudyFileError, match="older version"):
        open_study(path, read_only=True)
    with open_study(path, coder="A. Mori") as study:
        assert check_replay(study) == []
        assert study.setting("title")
        assert study.connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert study.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    [backup] = backups_of(path)
    assert backup.why is Why.MIGRATION
    with sqlite3.connect(backup.path) as kept:
        assert kept.execute("PRAGMA user_version").fetchone() == (1,)
        assert kept.execute("SELECT count(*) FROM decisions").fetchone() == (2,)


def test_an_older_file_whose_log_was_changed_is_not_brought_up_to_date(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 1")
    connection.execute("UPDATE decisions SET reason = 'another' WHERE seq = 2")
    connection.commit()
    connection.close()
    refused(path, "decision 2: The record was changed")


def test_looking_at_a_study_again_does_not_give_its_lock_away(path: Path) -> None:
    program = (
        "import sqlite3, sys\nc = sqlite3.connect(sys.argv[1], timeout=0)\nc.execute('BEGIN IMMEDIATE')\n"
    )
    with open_study(path, coder="A. Mori") as study, study.transaction():
        register.add_case(study, "Kawasaki")
        open_study(path, read_only=True).close()
        other = subprocess.run(
            [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False
        )
    assert "database is locked" in other.stderr


def test_a_file_of_two_names_is_not_written_to(path: Path) -> None:
    os.link(path, path.with_name("second.workbench"))
    refused(path, "second name")
    open_study(path, read_only=True).close()


def test_a_framework_seen_in_a_transaction_that_failed_is_forgotten(study: Study) -> None:
    from workbench.stages import framework

    def fail() -> None:
        with study.transaction():
            framework.add_theme(study, "Ghost")
            assert [theme.name for theme in study.framework.roots()] == ["Ghost"]
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    register.add_case(study, "Osaka")
    assert study.framework.roots() == []
