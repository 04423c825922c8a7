"""A stranger verifies an audit bundle with `sha256sum` and the standard library alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from tests.exchange.held import SECRET, build_held
from workbench.errors import Refused, WorkbenchError
from workbench.exchange.audit_classes import CLASSES
from workbench.exchange.audit_folder import new_folder
from workbench.exchange.audit_verifying import LOG, VERIFIER
from workbench.model.memo import MemoKind
from workbench.model.records import KINDS
from workbench.model.redaction import RedactionMode
from workbench.stages.audit import export_bundle
from workbench.stages.history import undo
from workbench.stages.redaction import add_redaction
from workbench.study.study import Study


@pytest.fixture
def held(study: Study) -> Study:
    build_held(study)
    undo(study)
    return study


@pytest.fixture
def bundle(held: Study, tmp_path: Path) -> Path:
    export_bundle(held, tmp_path / "audit")
    return tmp_path / "audit"


def files_are_whole(folder: Path) -> bool:
    """Ask `sha256sum`, in an environment of nothing."""
    if shutil.which("sha256sum") is None:
        pytest.skip("sha256sum is not on this machine")
    command = ["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"]
    return subprocess.run(command, cwd=folder, env={}, capture_output=True, check=False).returncode == 0


def verify(folder: Path, *arguments: str) -> tuple[int, str]:
    """Run the script of the bundle with the standard library alone."""
    command = [sys.executable, "-I", "-S", "verify.py", *arguments]
    done = subprocess.run(command, cwd=folder, env={}, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def seal(folder: Path) -> None:
    """Write the sums anew, as somebody who changes a bundle would."""
    files = sorted(f for f in folder.rglob("*") if f.is_file() and f.name != "SHA256SUMS")
    lines = [f"{sha256(f.read_bytes()).hexdigest()}  {f.relative_to(folder).as_posix()}\n" for f in files]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def test_a_bundle_as_it_was_written_verifies(held: Study, bundle: Path) -> None:
    head = held.head
    assert files_are_whole(bundle)
    told = f"{head.count} decisions, head {head.hash}, 0 findings\n"
    assert verify(bundle) == (0, told)
    assert verify(bundle, head.hash) == (0, told)


def changed(lines: list[str]) -> None:
    lines[4] = lines[4].replace("A. Mori", "B. Sato")


def rehashed(lines: list[str]) -> None:
    record = json.loads(lines[4]) | {"coder": "B. Sato"}
    del record["hash"]
    written = json.dumps(record, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    whole = record | {"hash": sha256(written.encode()).hexdigest()}
    lines[4] = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":")) + "\n"


def removed(lines: list[str]) -> None:
    del lines[4]


def swapped(lines: list[str]) -> None:
    lines[4], lines[5] = lines[5], lines[4]


@pytest.mark.parametrize(
    ("change", "place"),
    [(changed, 5), (rehashed, 6), (removed, 5), (swapped, 5)],
    ids=lambda case: str(case)[:18],
)
def test_a_change_of_the_log_is_found_at_its_decision(
    bundle: Path, change: Callable[[list[str]], None], place: int
) -> None:
    file = bundle / LOG
    lines = [line + "\n" for line in file.read_text(encoding="utf-8").split("\n") if line]
    change(lines)
    file.write_text("".join(lines), encoding="utf-8")
    assert not files_are_whole(bundle)
    seal(bundle)
    assert files_are_whole(bundle), "the sums alone cannot tell once they are written anew"
    status, told = verify(bundle)
    assert status == 1
    assert f"decision {place}: changed, missing or out of order" in told.splitlines()


@pytest.mark.parametrize(
    "line", [b"not JSON", b"[]", b"7", b"{}", b"\xff\xfe", b'{"hash": {}}', b"[" * 100_000, b""], ids=repr
)
def test_a_line_of_the_log_that_cannot_be_read_is_named(bundle: Path, line: bytes) -> None:
    lines = (bundle / LOG).read_bytes().splitlines()
    lines[4] = line
    (bundle / LOG).write_bytes(b"\n".join(lines) + b"\n")
    status, told = verify(bundle)
    assert status == 1
    assert f"{LOG}, line 5: cannot be read: " in told
    assert f"{LOG}: not as listed" in told
    assert "Traceback" not in told


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("manifest.json", b"{"),
        ("manifest.json", b"[]"),
        ("1-raw-data/records/case.jsonl", b"{}\n"),
        ("1-raw-data/records/case.jsonl", b"case\n"),
        ("SHA256SUMS", b"no sums\n"),
        ("SHA256SUMS", b"\xff\n"),
    ],
)
def test_a_file_of_the_bundle_that_cannot_be_read_is_named(bundle: Path, name: str, content: bytes) -> None:
    (bundle / name).write_bytes(content)
    status, told = verify(bundle)
    assert status == 1
    assert f"{name}: cannot be read: " in told
    assert "Traceback" not in told


def test_an_empty_or_missing_log_is_found(bundle: Path) -> None:
    (bundle / LOG).write_bytes(b"")
    status, told = verify(bundle)
    assert (status, "0 decisions" in told) == (1, True)
    (bundle / LOG).unlink()
    status, told = verify(bundle)
    assert (status, f"{LOG}: cannot be read: FileNotFoundError" in told) == (1, True)


def test_a_name_that_a_terminal_would_obey_is_written_out(bundle: Path) -> None:
    (bundle / "a\x1b]0;owned\x07b\nc").write_text("more")
    told = verify(bundle)[1]
    assert "\x1b" not in told
    assert "a\\x1b]0;owned\\x07b\\nc: not as listed" in told.splitlines()


def test_a_log_cut_short_with_its_tables_is_found_with_the_head_that_was_noted(
    held: Study, tmp_path: Path
) -> None:
    noted = held.head.hash
    undo(held, held.head.count - 2)
    export_bundle(held, tmp_path / "later")
    later = held.head.hash
    assert verify(tmp_path / "later", later)[0] == 0
    status, told = verify(tmp_path / "later", noted)
    assert (status, f"head {later}: not {noted}" in told) == (1, True)


def test_a_log_cut_short_alone_leaves_tables_that_do_not_follow(bundle: Path) -> None:
    file = bundle / LOG
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-1]))
    seal(bundle)
    status, told = verify(bundle)
    assert status == 1
    assert "not as the log has it" in told
    assert "head " in told


@pytest.mark.parametrize("name", ["1-raw-data/originals/original-0001.txt", "1-raw-data/records/case.jsonl"])
def test_a_changed_original_or_table_is_found(bundle: Path, name: str) -> None:
    file = bundle / name
    file.write_bytes(file.read_bytes().replace(b"Tanaka", b"Suzuki", 1))
    assert not files_are_whole(bundle)
    assert f"{name}: not as listed" in verify(bundle)[1]
    seal(bundle)
    status, told = verify(bundle)
    assert status == 1
    assert "missing" in told or "not as the log has it" in told


def test_a_file_that_was_added_or_taken_is_found(bundle: Path) -> None:
    (bundle / "more.txt").write_text("more")
    (bundle / "README.md").unlink()
    told = verify(bundle)[1].splitlines()
    assert {"more.txt: not as listed", "README.md: not as listed"} <= set(told)


def test_the_instructions_hold_the_script_as_it_is_in_the_bundle(held: Study, bundle: Path) -> None:
    told = (bundle / "VERIFY.md").read_text(encoding="utf-8")
    printed = told[told.index("    import hashlib") :]
    assert "".join(line[4:] for line in printed.splitlines(keepends=True)) == VERIFIER
    assert (bundle / "verify.py").read_text(encoding="utf-8") == VERIFIER
    assert len(VERIFIER.splitlines()) <= 22
    assert held.head.hash in told


def test_every_kind_of_record_and_memo_has_its_class() -> None:
    kinds = [kind for of in CLASSES for kind in of.kinds]
    assert sorted(kinds) == sorted(KINDS)
    memos = [kind for of in CLASSES for kind in of.memos]
    assert sorted(memos) == sorted(MemoKind)


def test_a_derived_bundle_verifies_and_names_the_original(held: Study, tmp_path: Path) -> None:
    add_redaction(held, SECRET, mode=RedactionMode.PLAIN, reason="Asked for.")
    folder = tmp_path / "derived"
    written = export_bundle(held, folder, pseudonyms=True)
    assert files_are_whole(folder)
    assert verify(folder, written.bundled.head)[0] == 0
    assert written.bundled.head != held.head.hash
    for name in ("README.md", "VERIFY.md", "manifest.json", "4-process-notes/decisions.md"):
        told = (folder / name).read_text(encoding="utf-8").casefold()
        assert "derived" in told, name
        assert held.head.hash in told, name
    for file in folder.rglob("*"):
        if file.is_file():
            words = file.read_text(encoding="utf-8").casefold()
            assert SECRET.casefold() not in words, file
            assert "a. mori" not in words, file
    assert written.bundled.withheld == 1
    assert not (folder / "1-raw-data" / "originals").exists()


def test_nothing_that_is_there_is_touched(held: Study, tmp_path: Path) -> None:
    place = tmp_path / "audit"
    place.mkdir()
    (place / "mine.txt").write_text("mine")
    with pytest.raises(Refused, match="already there"):
        export_bundle(held, place)
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "nowhere")
    with pytest.raises(Refused, match="already there"):
        export_bundle(held, link)
    assert [file.name for file in place.iterdir()] == ["mine.txt"]


class _Stop(Exception):
    pass


@pytest.mark.parametrize("what", ["Writing the log as md", "Writing documents", "Writing charts"])
def test_a_bundle_that_is_stopped_leaves_nothing(held: Study, tmp_path: Path, what: str) -> None:
    place = tmp_path / "out"
    place.mkdir()

    def stop(doing: str, done: int, of: int) -> None:
        if doing == what:
            raise _Stop

    with pytest.raises(_Stop):
        export_bundle(held, place / "audit", progress=stop)
    assert list(place.iterdir()) == []


def test_a_bundle_that_cannot_be_written_leaves_nothing(
    held: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "out"
    place.mkdir()
    left = 40

    def full(_: int) -> None:
        nonlocal left
        left -= 1
        if not left:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WorkbenchError, match="No space left on device") as refused:
        export_bundle(held, place / "audit")
    assert "no half of a folder is left" in str(refused.value)
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("name", ["../out", "/etc/out", "a/../../b", "a//b", "", ".hidden", "a/b/c/d", "ü"])
def test_only_names_that_the_program_made_are_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no new name"), new_folder(tmp_path / "audit") as folder:
        folder.write(name, [b"x"])
    assert list(tmp_path.iterdir()) == []
