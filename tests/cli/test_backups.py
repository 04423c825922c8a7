"""Backups, restores and the text form as commands."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run
from workbench.study.backup import backups_of


def listed(done: Run, path: Path) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(done("backups", path, "--format", "json").out)
    return rows


def test_backup_backups_and_restore(done: Run, workbench: Run, path: Path) -> None:
    assert workbench("backups", path).err == "There are none.\n"
    done("case", "add", path, "Kyoto")
    made = done("backup", path)
    assert Path(made.first) == backups_of(path)[0].path
    assert made.err == "Backup 1, verified.\n"
    assert done("backup", path).err == "Backup 1 holds all there is.\n"
    [row] = listed(done, path)
    assert (row["number"], row["decisions"], row["why"], row["verified"]) == (1, 2, "asked for", "yes")
    done("case", "add", path, "Osaka")
    refused = workbench("restore", path, 1)
    assert (refused.status, "needs a reason" in refused.err) == (3, True)
    done("restore", path, 1, "--reason", "Osaka was a mistake")
    assert [row["name"] for row in json.loads(done("cases", path, "--format", "json").out)] == ["Kyoto"]
    assert "Osaka was a mistake" in done("log", "show", path).out
    done("restore", path, "--back")
    assert len(json.loads(done("cases", path, "--format", "json").out)) == 2
    assert [row["why"] for row in listed(done, path)] == ["asked for", "before restore", "before restore"]
    done("check", path)


def test_a_restore_names_one_backup_or_the_way_back(workbench: Run, path: Path) -> None:
    assert workbench("restore", path).status == 2
    assert workbench("restore", path, 1, "--back").status == 2
    assert workbench("restore", path, 1, "--reason", "x").status == 2
    assert workbench("restore", path, "--back").status == 3


def test_backups_are_verified_anew_without_the_study(done: Run, workbench: Run, path: Path) -> None:
    done("case", "add", path, "Kyoto")
    broken = Path(done("backup", path).first)
    assert workbench("backups", path, "--verify").status == 0
    data = bytearray(broken.read_bytes())
    at = data.index(b'"name":"Kyoto"')
    data[at + 9] ^= 1
    broken.write_bytes(data)
    path.unlink()
    result = workbench("backups", path, "--verify")
    assert result.status == 1
    assert "changed after it was written" in result.out
    assert workbench("backup", path).status == 3


def test_a_backup_to_a_file_of_ones_own(done: Run, workbench: Run, path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "stick" / "copy.workbench"
    assert workbench("backup", path, "-o", copy).status == 3
    copy.parent.mkdir()
    assert "verified copy: 1 decisions" in done("backup", path, "-o", copy).err
    assert workbench("backup", path, "-o", copy).status == 3
    done("backup", path, "-o", copy, "--force")
    assert workbench("backup", path, "-o", path, "--force").status == 3
    done("check", copy)
    assert backups_of(path) == []


def test_text_there_and_back(done: Run, workbench: Run, path: Path, plan: Path, tmp_path: Path) -> None:
    done("import", path, plan)
    folder, again = tmp_path / "text", tmp_path / "again.workbench"
    head = done("log", "verify", path).first
    assert head in done("export", path, folder).err
    assert head in done("import-text", folder, again).err
    assert done("log", "verify", again).first == head
    assert workbench("export", path, folder).status == 3
    assert workbench("import-text", folder, again).status == 3
    (folder / "log.jsonl").write_text("{}")
    assert workbench("import-text", folder, tmp_path / "third.workbench").status == 3
    assert not (tmp_path / "third.workbench").exists()


def test_backups_are_not_imported_with_the_folder_they_lie_in(done: Run, path: Path, plan: Path) -> None:
    done("case", "add", path, "Kyoto")
    done("backup", path)
    copy = path.parent / "inside"
    copy.mkdir()
    plan.rename(copy / "plan.txt")
    backups_of(path)[0].path.parent.rename(copy / "small.workbench.backups")
    assert done("import", path, copy).err.startswith("1 imported.")


def test_a_copy_replaces_no_backup_and_no_study_with_work_of_its_own(
    workbench: Run, done: Run, path: Path, tmp_path: Path
) -> None:
    other, ahead = tmp_path / "other.workbench", tmp_path / "ahead.workbench"
    done("new", other)
    done("save-as", path, ahead)
    done("case", "add", ahead, "Kyoto")
    backup = Path(done("backup", path).first)
    done("case", "add", path, "Nara")
    before = [file.read_bytes() for file in (other, ahead, backup)]
    for target in (other, ahead, backup):
        assert workbench("backup", path, "-o", target, "--force").status == 3
    assert [file.read_bytes() for file in (other, ahead, backup)] == before
