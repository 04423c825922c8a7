"""Importing from the command line: folders, registers, refusals and interruptions."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from workbench.sources import read_file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder with texts, a hidden file and one that has no reader."""
    folder = tmp_path / "corpus"
    (folder / "sub" / ".git").mkdir(parents=True)
    (folder / "b.txt").write_text("Second text.", encoding="utf-8")
    (folder / "a.txt").write_text("First text.", encoding="utf-8")
    (folder / "sub" / "c.md").write_text("# Third\n\ntext", encoding="utf-8")
    (folder / ".hidden.txt").write_text("not this", encoding="utf-8")
    (folder / "sub" / ".git" / "d.txt").write_text("nor this", encoding="utf-8")
    return folder


def _reports(result: Any) -> list[tuple[str, str]]:
    return [(row["outcome"], Path(row["file"]).name) for row in json.loads(result.out)]


def test_a_folder_is_walked_in_order_without_hidden_files(done: Run, path: Path, folder: Path) -> None:
    result = done("import", path, folder, "--format", "json")
    assert _reports(result) == [("imported", "a.txt"), ("imported", "b.txt"), ("imported", "c.md")]
    assert result.err.startswith("3 imported.\ndecision 2 · head ")


def test_files_refused_beside_others_are_findings(workbench: Run, path: Path, folder: Path) -> None:
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    result = workbench("import", path, folder, "--format", "json")
    assert result.status == 1
    assert ("refused", "picture.png") in _reports(result)
    assert "3 imported, 1 refused." in result.err


def test_only_refused_files_change_nothing(workbench: Run, path: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    result = workbench("import", path, tmp_path / "empty.txt", tmp_path / "missing.txt")
    assert result.status == 3
    assert [line.split()[0] for line in result.out.splitlines()[::2]] == ["refused", "refused"]
    assert workbench("log", "verify", path).out.startswith("1 decisions")


def test_the_same_files_again_are_known_and_decide_nothing(done: Run, path: Path, folder: Path) -> None:
    done("import", path, folder)
    again = done("import", path, folder, "--format", "json")
    assert {outcome for outcome, _ in _reports(again)} == {"already there"}
    assert "decision" not in again.err


def test_a_file_named_twice_is_read_once(done: Run, path: Path, folder: Path) -> None:
    result = done("import", path, folder / "a.txt", folder / "sub" / ".." / "a.txt", "--format", "json")
    assert _reports(result) == [("imported", "a.txt")]


def test_a_dry_run_writes_nothing(done: Run, path: Path, folder: Path) -> None:
    before = json.loads(done("log", "show", path, "--format", "json").out)
    result = done("import", path, folder, "--dry-run", "--format", "json")
    assert len(_reports(result)) == 3
    assert "nothing was changed" in result.err
    assert json.loads(done("log", "show", path, "--format", "json").out) == before


def test_the_options_say_what_the_texts_are(done: Run, path: Path, plan: Path) -> None:
    done("import", path, plan, "--case", "Kyoto", "--language", "en", "--kind", "official translation")
    (text,) = json.loads(done("texts", path, "--case", "Kyoto", "--format", "json").out)
    assert (text["language"], text["kind"]) == ("en", "official translation")


def test_a_register_alone_brings_its_files(done: Run, path: Path, folder: Path) -> None:
    register = folder / "register.csv"
    register.write_text(
        "document,title,file,cases,issuer\n"
        "first,The first,a.txt,Kyoto;Osaka,City of Kyoto\n"
        "third,The third,sub/c.md,Kyoto,City of Kyoto\n"
        "known,Only known of,,Osaka,\n",
        encoding="utf-8",
    )
    result = done("import", path, "--register", register, "--format", "json")
    assert _reports(result) == [
        ("imported", "a.txt"),
        ("imported", "c.md"),
        ("registered without a file", "-"),
    ]
    documents = json.loads(done("documents", path, "--fields", "all", "--format", "json").out)
    assert [(row["document"], row["cases"], row["issuer"]) for row in documents] == [
        ("first", ["Kyoto", "Osaka"], "City of Kyoto"),
        ("known", ["Osaka"], ""),
        ("third", ["Kyoto"], "City of Kyoto"),
    ]


def test_a_register_finds_its_files_from_any_folder(
    done: Run, path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "register.csv").write_text("document,file\nthird,./sub/c.md\n", encoding="utf-8")
    monkeypatch.chdir(folder / "sub")
    done("import", path, ".", "--register", "../register.csv")
    assert done("documents", path, "--format", "csv").out.splitlines()[1].startswith("third,")


def test_a_register_cannot_reach_outside_its_folder(workbench: Run, path: Path, folder: Path) -> None:
    (folder.parent / "secret.txt").write_text("not yours", encoding="utf-8")
    register = folder / "register.csv"
    register.write_text("document,file\nx,../secret.txt\n", encoding="utf-8")
    result = workbench("import", path, "--register", register)
    assert result.status == 3
    assert "outside its folder" in result.err
    assert workbench("documents", path).out == ""


def test_a_link_out_of_a_folder_is_not_followed(done: Run, path: Path, folder: Path) -> None:
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("not yours", encoding="utf-8")
    (folder / "link.txt").symlink_to(outside / "secret.txt")
    (folder / "links").symlink_to(outside)
    assert len(_reports(done("import", path, folder, "--format", "json"))) == 3


def test_nothing_named_is_wrong_usage(workbench: Run, path: Path) -> None:
    assert workbench("import", path).status == 2


def test_an_unknown_encoding_is_wrong_usage(workbench: Run, path: Path, plan: Path) -> None:
    assert workbench("import", path, plan, "--encoding", "klingon").status == 2


def test_an_interrupted_import_leaves_nothing(
    workbench: Run, path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(file: Path, *, encoding: str | None) -> object:
        if file.name == "b.txt":
            raise KeyboardInterrupt
        return read_file(file, encoding=encoding)

    monkeypatch.setattr("workbench.cli.imports.read_file", interrupted)
    result = workbench("import", path, folder)
    assert (result.status, result.out) == (3, "")
    assert result.err == "Interrupted. Nothing was changed. Run the command again when you are ready.\n"
    assert workbench("texts", path).out == ""
    assert workbench("check", path).status == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused_alone(workbench: Run, path: Path, folder: Path) -> None:
    (folder / "a.txt").chmod(0)
    result = workbench("import", path, folder, "--format", "json")
    assert result.status == 1
    assert ("refused", "a.txt") in _reports(result)


def test_bytes_already_read_in_another_encoding_are_refused_with_the_way_out(
    workbench: Run, path: Path, tmp_path: Path
) -> None:
    file = tmp_path / "plan.txt"
    file.write_bytes("市は相談窓口を置く。人権を尊重する。".encode("cp932"))
    assert workbench("import", path, file, "--encoding", "latin-1").status == 0
    again = workbench("import", path, file, "--encoding", "cp932")
    assert again.status == 3
    assert "To read them as cp932, undo that import first" in again.out + again.err
    assert workbench("undo", path).status == 0
    assert workbench("import", path, file, "--encoding", "cp932").status == 0


def test_the_whole_list_of_an_import_goes_to_a_file(workbench: Run, path: Path, folder: Path) -> None:
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    listed = folder.parent / "list.json"
    result = workbench("import", path, folder, "--report", listed)
    assert (result.status, "Wrote the list of all 4 to " in result.err) == (1, True)
    rows = json.loads(listed.read_bytes())
    assert [row["outcome"] for row in rows] == ["imported", "imported", "refused", "imported"]
    again = workbench("import", path, folder, "--report", listed)
    assert (again.status, again.out) == (2, "")
    assert workbench("import", path, folder, "--report", folder.parent / "list.doc").status == 2


def test_a_terminal_gets_twenty_refused_files_and_the_way_to_the_rest(
    workbench: Run, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(50):
        (folder / f"{number:02}-{'long-' * 30}.txt").touch()
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    result = workbench("import", path, folder)
    assert result.out.count("the file is empty") == 20
    assert result.out.endswith("… and 30 more\n")
    assert result.err.startswith("50 refused.\n")
    assert "--report FILE" in result.err
