"""Every released schema, as a study that the program of that time made: it migrates with all it holds."""

from __future__ import annotations

import gzip
import os
import re
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from workbench.model.decision import Verb
from workbench.stages import history
from workbench.stages.backups import restore_backup
from workbench.study import migrations
from workbench.study.backup import backups_of, findings_in
from workbench.study.backup_names import Why
from workbench.study.check import check_study
from workbench.study.file import open_study
from workbench.study.schema import TABLES, VERSION
from workbench.study.whole_copy import copy_findings

FIXTURES = Path(__file__).parent / "fixtures"
VERSIONS = sorted(int(re.sub(r"\D", "", file.name)) for file in FIXTURES.glob("schema-*.workbench.gz"))
OLDER = [version for version in VERSIONS if version < VERSION]


def unpacked(version: int, folder: Path) -> Path:
    path = folder / f"schema-{version}.workbench"
    path.write_bytes(gzip.decompress((FIXTURES / f"{path.name}.gz").read_bytes()))
    return path


def held(path: Path) -> dict[str, Any]:
    """Read what a migration must not change: the primary data, and how much the tables hold."""
    with sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) as connection:
        names = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        tables = [table.name for table in TABLES.values() if table.name in names]
        counts = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}
        primary = {
            name: connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall()
            for name in ("decisions", "contents", "touches", "undone")
        }
    connection.close()
    return {"counts": {name: count for name, count in counts.items() if count}, **primary}


def test_there_is_a_study_of_every_schema() -> None:
    assert list(range(1, VERSION + 1)) == VERSIONS
    assert all(file.stat().st_size < 400_000 for file in FIXTURES.iterdir())


@pytest.mark.parametrize("version", VERSIONS)
def test_a_study_of_every_schema_opens_with_all_it_holds(version: int, tmp_path: Path) -> None:
    path = unpacked(version, tmp_path)
    before, bytes_before = held(path), path.read_bytes()
    assert len({row[4] for row in before["decisions"]}) >= 50, "it uses most verbs"
    with open_study(path, coder="A. Mori") as study:
        assert study.connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert study.news == (
            ""
            if version == VERSION
            else f"{path.name} was brought up to date from schema {version} to {VERSION}; "
            "as it was, it is kept among its backups."
        )
        assert check_study(study) == []
    assert held(path) == before
    kept = backups_of(path)
    if version == VERSION:
        assert kept == []
        return
    assert [backup.why for backup in kept] == [Why.MIGRATION]
    assert held(kept[0].path) == before, "the old file is kept"
    with sqlite3.connect(kept[0].path) as old:
        assert old.execute("PRAGMA user_version").fetchone() == (version,)
        assert list(copy_findings(old)) == []
    old.close()
    assert findings_in(kept[0].path) == []
    assert bytes_before[:16] == b"SQLite format 3\0"


@pytest.mark.parametrize("version", OLDER)
def test_work_goes_on_in_a_study_of_an_older_schema(version: int, tmp_path: Path) -> None:
    path = unpacked(version, tmp_path)
    with open_study(path, coder="A. Mori") as study:
        undone = history.undo(study)
        assert undone.action == Verb.UNDO.label
        history.redo(study)
        assert check_study(study) == []


@pytest.mark.parametrize("version", OLDER)
@pytest.mark.parametrize("step", ["_create_view", "apply_changes", "_compare", "_stamp"])
def test_a_migration_killed_midway_leaves_the_old_study(version: int, step: str, tmp_path: Path) -> None:
    path = unpacked(version, tmp_path)
    before = held(path)
    program = textwrap.dedent(
        """
        import os, pathlib, sys
        from workbench.study import migrations
        from workbench.study.file import open_study
        path, step = pathlib.Path(sys.argv[1]), sys.argv[2]
        real, calls = getattr(migrations, step), 0
        def killed(*arguments, **named):
            global calls
            calls += 1
            if calls == (40 if step == "apply_changes" else 1):
                os._exit(9)
            return real(*arguments, **named)
        setattr(migrations, step, killed)
        open_study(path, coder="A. Mori")
        """
    )
    done = subprocess.run([sys.executable, "-c", program, str(path), step], check=False)
    assert done.returncode == 9
    journal = path.with_name(f"{path.name}-journal")
    if journal.exists():
        connection = sqlite3.connect(path)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.close()
    assert held(path) == before
    with sqlite3.connect(path) as old:
        assert old.execute("PRAGMA user_version").fetchone() == (version,)
    old.close()
    with open_study(path, coder="A. Mori") as study:
        assert check_study(study) == []
    assert held(path) == before
    assert [findings_in(backup.path) for backup in backups_of(path)] == [[]], "one backup, kept once"


def test_a_migration_that_loses_something_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = unpacked(OLDER[0], tmp_path)
    before = held(path)
    real = migrations._rebuild_views

    def careless(db: Any) -> None:
        real(db)
        db.execute("DELETE FROM contents WHERE hash = (SELECT min(hash) FROM contents)")

    monkeypatch.setattr(migrations, "_rebuild_views", careless)
    with pytest.raises(migrations.StudyFileError, match="contents"):
        open_study(path, coder="A. Mori")
    monkeypatch.undo()
    assert held(path) == before
    assert os.access(path, os.W_OK)
    open_study(path, coder="A. Mori").close()


@pytest.mark.parametrize("version", OLDER)
def test_the_old_file_can_be_restored_and_its_log_says_so(version: int, tmp_path: Path) -> None:
    path = unpacked(version, tmp_path)
    count = len(held(path)["decisions"])
    open_study(path, coder="A. Mori").close()
    done = restore_backup(path, "1", coder="A. Mori", reason="tried out")
    assert done.is_noted
    with open_study(path, read_only=True) as study:
        latest = study.decision(count + 1)
        assert (latest.action, latest.reason) == (Verb.RESTORE_BACKUP.label, "tried out")
        assert check_study(study) == []
    assert [backup.why for backup in backups_of(path)] == [Why.MIGRATION, Why.RESTORE]
