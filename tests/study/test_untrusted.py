"""A study file is opened as a file of a stranger: what is refused is not written to, nor is its folder."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from workbench.errors import NotWhole, StudyFileError, WorkbenchError
from workbench.model.case import Case
from workbench.stages import register
from workbench.stages.backups import restore_backup
from workbench.study.backup import make_backup
from workbench.study.backup_names import Why
from workbench.study.check import check_study
from workbench.study.connecting import connect
from workbench.study.file import create_study, open_study
from workbench.study.opening_checks import damage_of
from workbench.study.schema import APPLICATION_ID, VERSION
from workbench.study.shape import expected, in_words, is_plain


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with create_study(tmp_path / "made.workbench", title="Made", coder="A. Mori") as made:
        register.add_case(made, "Osaka")
    made.path.with_name(".made.workbench.lock").unlink()
    return made.path


def folder_of(path: Path) -> dict[str, tuple[str, int]]:
    """Give every file of the folder with its hash and the time it was written."""
    return {
        file.name: (hashlib.sha256(file.read_bytes()).hexdigest(), file.stat().st_mtime_ns)
        for file in path.parent.iterdir()
        if file.is_file()
    }


def refused(path: Path, saying: str) -> None:
    """Open it both ways; it is refused, and nothing in its folder is written, made or removed."""
    before = folder_of(path)
    for read_only in (False, True):
        with pytest.raises(StudyFileError, match=saying) as told:
            open_study(path, coder="A. Mori", read_only=read_only)
        assert told.value.safe == "" or "not touched" in told.value.safe or "written" in told.value.safe
    assert folder_of(path) == before


def change(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def rewrite(path: Path, name: str, sql: str) -> None:
    """Put another statement into the schema, as only an attacker would."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (sql, name))
    connection.execute("PRAGMA writable_schema = OFF")
    connection.close()


def sql_of(path: Path, name: str) -> str:
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]
    connection.close()
    return str(found)


def test_every_table_and_index_of_a_new_study_is_as_expected(path: Path) -> None:
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    found = {name: in_words(sql) for name, sql in rows}
    connection.close()
    assert found == expected()
    assert all(is_plain(words) for words in found.values())


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON case_records BEGIN DELETE FROM decisions; END",
        "CREATE TRIGGER decisions AFTER INSERT ON case_records BEGIN DELETE FROM decisions; END",
        "CREATE VIEW v AS SELECT load_extension('/tmp/x.so')",
        "CREATE TABLE strange (x)",
        'CREATE TABLE "x\ny" (x)',
        "CREATE VIRTUAL TABLE f USING fts5(x)",
        "CREATE VIRTUAL TABLE f USING rtree(a, b, c)",
        "CREATE INDEX more ON case_records (name)",
        "CREATE INDEX more ON case_records (upper(name))",
        "CREATE INDEX more ON case_records (name) WHERE name > 'a'",
        "ALTER TABLE case_records ADD COLUMN extra TEXT DEFAULT 'x'",
        "ALTER TABLE case_records ADD COLUMN extra TEXT GENERATED ALWAYS AS (upper(name)) VIRTUAL",
        "ALTER TABLE case_records ADD COLUMN extra TEXT CHECK (length(extra) < 9)",
        "ALTER TABLE case_records RENAME COLUMN name TO title",
        "ANALYZE",
    ],
)
@pytest.mark.parametrize("version", [VERSION, 1])
def test_no_table_index_trigger_or_view_but_those_of_a_study_is_let_in(
    path: Path, statement: str, version: int
) -> None:
    change(path, statement, f"PRAGMA user_version = {version}")
    if version == 1 and statement in (
        "CREATE INDEX more ON case_records (name)",
        "ALTER TABLE case_records RENAME COLUMN name TO title",
    ):
        return  # A plain index or column is nothing that runs; an earlier version may have had it.
    refused(path, "that no study has")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("case_records", ") STRICT", ', CHECK (load_extension("/tmp/x.so"))) STRICT'),
        ("case_records", '"name" TEXT', '"name" TEXT DEFAULT (hex(randomblob(9)))'),
        ("case_records", '"name" TEXT', '"name" TEXT COLLATE NOCASE'),
        ("case_records", '"name" TEXT', '"name" TEXT /* hidden */'),
        ("case_records", '"name" TEXT', '"name" TEXT -- hidden\n'),
        ("case_records", ") STRICT", ")"),
        ("case_records", ") STRICT", ") STRICT, WITHOUT ROWID"),
        ("decisions", '"hash" TEXT NOT NULL', '"hash" TEXT NOT NULL ON CONFLICT REPLACE'),
        (
            "coding_records",
            'REFERENCES "code_records"("id")',
            'REFERENCES "code_records"("id") ON DELETE CASCADE',
        ),
        ("coding_records", 'REFERENCES "code_records"("id")', ""),
        ("idx_case_records_name", "UNIQUE ", ""),
    ],
)
def test_a_statement_of_the_schema_that_was_changed_is_refused(
    path: Path, name: str, old: str, new: str
) -> None:
    sql = sql_of(path, name)
    assert old in sql
    rewrite(path, name, sql.replace(old, new))
    refused(path, "that no study has|is damaged")


def test_a_trigger_that_gets_in_later_runs_nothing(path: Path) -> None:
    with open_study(path, coder="A. Mori") as study:
        change(path, "CREATE TRIGGER t AFTER INSERT ON case_records BEGIN DELETE FROM owner; END")
        with pytest.raises(StudyFileError, match=r"not allowed to run|damaged"):
            register.add_case(study, "Kawasaki")
        assert [case.name for case in study.all(Case)] == ["Osaka"]
    refused(path, "that no study has")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON case_records BEGIN SELECT 1; END",
        "CREATE TEMP TRIGGER t AFTER INSERT ON case_records BEGIN SELECT 1; END",
        "CREATE VIEW v AS SELECT 1",
        "CREATE VIRTUAL TABLE f USING fts5(x)",
        "PRAGMA writable_schema = ON",
        "SELECT load_extension('x')",
        "ATTACH ':memory:' AS a; ATTACH ':memory:' AS b",
    ],
)
def test_a_connection_refuses_what_no_study_needs(path: Path, statement: str) -> None:
    connection = connect(path, "rw")
    with pytest.raises(sqlite3.DatabaseError, match=r"prohibited|not authorized|too many"):
        for part in statement.split("; ") if "ATTACH" in statement else [statement]:
            connection.execute(part)
    connection.close()


def test_a_study_set_to_write_ahead_is_refused_without_a_trace(path: Path) -> None:
    change(path, "PRAGMA journal_mode = WAL")
    refused(path, "written ahead")


def test_a_study_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wide.workbench"
    change(
        path,
        "PRAGMA encoding = 'UTF-16le'",
        "CREATE TABLE t (x)",
        f"PRAGMA application_id = {APPLICATION_ID}",
    )
    refused(path, "UTF-16")


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 8192, b"SQLite format 3\0", b"SQLite format 3\0" + b"\xff" * 8176]
)
def test_a_file_that_only_begins_like_one_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "made.workbench"
    path.write_bytes(content)
    refused(path, "is empty|not a study")


def test_a_file_cut_at_every_page_is_refused_or_found(path: Path, tmp_path: Path) -> None:
    whole = path.read_bytes()
    size = int.from_bytes(whole[16:18], "big")
    folder = tmp_path / "cut"
    folder.mkdir()
    for length in (1, 15, 16, 99, 100, 4096, *range(size, len(whole), size), len(whole) - 1):
        (folder / "cut.workbench").write_bytes(whole[:length])
        refused(folder / "cut.workbench", r"cut short|damaged|not a study|is empty")


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
@pytest.mark.parametrize("size", [0, 5, 100_000])
def test_a_sidecar_that_is_nothing_of_the_study_is_not_played_in(path: Path, ending: str, size: int) -> None:
    beside = path.with_name(path.name + ending)
    beside.write_bytes(b"\xd9" * size)
    if ending == "-wal":
        refused(path, "which no study has")
        return
    before = path.read_bytes()
    with open_study(path, read_only=True) as study:
        assert check_study(study) == []
    assert path.read_bytes() == before


LEFT_HALF_WRITTEN = textwrap.dedent(
    """
    import os, pathlib, sys
    from workbench.study.file import open_study
    connection = open_study(pathlib.Path(sys.argv[1]), coder="A. Mori").connection
    connection.execute("PRAGMA cache_size = 2")
    connection.execute("BEGIN IMMEDIATE")
    for number in range(100):
        connection.execute("INSERT INTO contents VALUES (?, ?)", (str(number), b"x" * 5000))
    connection.execute("UPDATE decisions SET reason = 'half done'")
    os._exit(9)
    """
)


def left_half_written(path: Path) -> Path:
    subprocess.run([sys.executable, "-c", LEFT_HALF_WRITTEN, str(path)], check=False)
    journal = path.with_name(f"{path.name}-journal")
    assert journal.stat().st_size > 512
    return journal


def test_the_journal_of_another_study_is_not_played_in(path: Path, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    other = tmp_path / "b" / "made.workbench"
    with create_study(other, title="Other", coder="J. Berg") as study:
        for number in range(60):
            register.add_case(study, f"City {number}", attributes={"note": "y" * 300})
    shutil.copy(left_half_written(other), path.with_name(f"{path.name}-journal"))
    before = path.read_bytes()
    with pytest.raises(StudyFileError, match=r"it does not make a whole study.*move \S+-journal away"):
        open_study(path, coder="A. Mori")
    assert path.read_bytes() == before
    path.with_name(f"{path.name}-journal").unlink()
    with open_study(path, coder="A. Mori") as study:
        assert check_study(study) == []


def test_a_restore_sets_the_journal_of_another_study_aside_unplayed(path: Path, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    other = tmp_path / "b" / "made.workbench"
    with create_study(other, title="Other", coder="J. Berg") as study:
        for number in range(60):
            register.add_case(study, f"City {number}", attributes={"note": "y" * 300})
    with open_study(path, coder="A. Mori") as study:
        make_backup(study.connection, path, Why.ASKED)
    journal = path.with_name(f"{path.name}-journal")
    shutil.copy(left_half_written(other), journal)
    before = path.read_bytes(), journal.read_bytes()
    done = restore_backup(path, "1", coder="A. Mori", reason="Beside a foreign journal.")
    assert done.set_aside is not None
    kept = done.set_aside.path
    assert (kept.read_bytes(), kept.with_name(f"{kept.name}-journal").read_bytes()) == before
    assert not journal.exists()
    with open_study(path, coder="A. Mori") as study:
        assert check_study(study) == []


def test_the_journal_of_an_earlier_state_is_not_played_into_a_backup(path: Path, tmp_path: Path) -> None:
    shutil.copy(path, tmp_path / "backup")
    with open_study(path, coder="A. Mori") as study:
        for number in range(40):
            register.add_case(study, f"City {number}")
    left_half_written(path)
    shutil.copy(tmp_path / "backup", path)
    before = path.read_bytes()
    with pytest.raises(StudyFileError, match=r"with which it does not make a whole study"):
        open_study(path, coder="A. Mori")
    assert path.read_bytes() == before


def test_a_journal_that_names_further_files_is_not_played_in(path: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious\0")
    journal = left_half_written(path)
    name = os.fsencode(victim)
    checksum = sum(name).to_bytes(4, "big")
    journal.write_bytes(
        journal.read_bytes()
        + bytes.fromhex("ffffffff")
        + name
        + len(name).to_bytes(4, "big")
        + checksum
        + bytes.fromhex("d9d505f920a163d7")
    )
    with pytest.raises(StudyFileError, match="names further files"):
        open_study(path, coder="A. Mori")
    assert victim.read_bytes() == b"precious\0"


def test_a_half_written_study_without_its_journal_is_not_taken_for_whole(path: Path) -> None:
    with open_study(path, coder="A. Mori") as study:
        for number in range(60):
            register.add_case(study, f"City {number}", attributes={"note": "y" * 300})
    left_half_written(path).unlink()
    try:
        with open_study(path, coder="A. Mori") as study:
            found = [finding.what for finding in check_study(study)]
    except WorkbenchError as error:
        found = [error.what]
    assert found


def test_values_of_another_kind_than_the_columns_are_found_on_opening(path: Path) -> None:
    plain = sql_of(path, "case_records")
    rewrite(path, "case_records", plain.replace(") STRICT", ")"))
    change(path, "UPDATE case_records SET name = x'ff00'")
    rewrite(path, "case_records", plain)
    before = folder_of(path)
    with pytest.raises(NotWhole, match=r"made\.workbench is not whole: file: SQLite finds"):
        open_study(path, coder="A. Mori")
    assert folder_of(path) == before
    with open_study(path, read_only=True) as study:
        assert damage_of(study.connection, path) is not None


@pytest.mark.parametrize(
    ("statement", "saying"),
    [
        ("UPDATE decisions SET reason = 'x' WHERE seq = 2", "decision 2: The record was changed"),
        ("UPDATE decisions SET after = '{' WHERE seq = 2", "end of the log: A record cannot be read"),
        ("DELETE FROM decisions WHERE seq = 1", "log: It holds 1 decisions"),
        (
            "INSERT INTO code_records (id, theme_id) VALUES ('c', 'none')",
            "code_records, row 1: It refers to something that is not in theme_records",
        ),
    ],
)
def test_a_study_that_is_not_whole_is_not_written(path: Path, statement: str, saying: str) -> None:
    change(path, statement)
    before = folder_of(path)
    with pytest.raises(NotWhole, match=saying):
        open_study(path, coder="A. Mori")
    assert folder_of(path) == before
    open_study(path, read_only=True).close()


def test_a_large_study_is_looked_through_behind_its_reading(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.study.file.QUICK", 0)
    study = open_study(path, coder="A. Mori", behind=True)
    assert study.looking_through is not None
    assert [case.name for case in study.all(Case)] == ["Osaka"]
    register.add_case(study, "Kawasaki")
    assert study.looking_through is None
    study.close()
    change(path, "UPDATE decisions SET reason = 'x' WHERE seq = 2")
    before = path.read_bytes()
    study = open_study(path, coder="A. Mori", behind=True)
    for _ in range(2):
        with pytest.raises(StudyFileError, match="is not whole: decision 2"):
            register.add_case(study, "Sakai")
    assert study.read_only
    assert [case.name for case in study.all(Case, order="name")] == ["Kawasaki", "Osaka"]
    study.close()
    assert path.read_bytes() == before
