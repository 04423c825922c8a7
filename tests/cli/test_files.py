"""Exports to files: whole or not at all, and never over another file unasked."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from workbench.cli.files import bytes_of, deliver, write_file
from workbench.errors import Refused, UnreadableFile, WorkbenchError
from workbench.study.keys import FIRST_PAGE


def test_a_file_is_written_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    write_file(tmp_path / "chart.xlsx", [b"da", b"ta"], force=False)
    assert (tmp_path / "chart.xlsx").read_bytes() == b"data"
    assert [path.name for path in tmp_path.iterdir()] == ["chart.xlsx"]


def test_an_existing_file_is_kept_unless_forced(tmp_path: Path) -> None:
    file = tmp_path / "chart.xlsx"
    file.write_bytes(b"old")
    with pytest.raises(Refused, match="already there"):
        write_file(file, [b"new"], force=False)
    assert file.read_bytes() == b"old"
    write_file(file, [b"new"], force=True)
    assert file.read_bytes() == b"new"


def test_what_may_be_an_encrypted_study_is_not_replaced(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(FIRST_PAGE)
    shut, sheet, text = (tmp_path / name for name in ("shut.workbench", "chart.xlsx", "chart.csv"))
    shut.write_bytes(noise)
    sheet.write_bytes(b"PK\x03\x04" + noise)
    text.write_text("".join(map(chr, range(0x20, 0xD000, 9))), encoding="utf-8")
    with pytest.raises(Refused, match="may be an encrypted study: no export replaces it"):
        write_file(shut, [b"new"], force=True)
    assert shut.read_bytes() == noise
    for file in (sheet, text):
        write_file(file, [b"new"], force=True)
        assert file.read_bytes() == b"new"


def test_a_write_that_fails_leaves_the_old_file_and_no_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "chart.xlsx"
    file.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WorkbenchError, match="No space left"):
        write_file(file, [b"new"], force=True)
    assert file.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["chart.xlsx"]


def test_a_folder_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(WorkbenchError, match=r"chart\.xlsx cannot be written"):
        write_file(tmp_path / "none" / "chart.xlsx", [b"da", b"ta"], force=False)


def test_an_export_has_the_rights_that_any_new_file_has(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    write_file(tmp_path / "chart.csv", [b"da", b"ta"], force=False)
    assert (tmp_path / "chart.csv").stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize("output", [None, Path("-")])
def test_a_pipe_gets_the_bytes_of_the_file_without_a_byte_order_mark(
    capsysbinary: pytest.CaptureFixture[bytes], output: Path | None
) -> None:
    pieces = ["\ufeffa\u202eb\n".encode(), "\ufeffc\n".encode()]
    deliver(pieces, output=output, force=False, text=True)
    assert capsysbinary.readouterr().out == "a\u202eb\n\ufeffc\n".encode()


def test_a_file_of_text_keeps_its_byte_order_mark(tmp_path: Path) -> None:
    data = "\ufeffa\n".encode()
    deliver([data], output=tmp_path / "chart.csv", force=False, text=True)
    assert (tmp_path / "chart.csv").read_bytes() == data


def test_a_terminal_gets_text_made_visible(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    deliver(["\ufeffa\u202eb\n".encode()], output=None, force=False, text=True)
    assert capsys.readouterr().out == "a<U+202E>b\n"


def test_binary_data_never_go_to_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with pytest.raises(Refused, match="-o FILE"):
        deliver([b"PK\x03\x04"], output=None, force=False, text=False)


def test_a_file_that_cannot_be_read_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"codebook\.yaml cannot be read"):
        bytes_of(tmp_path / "codebook.yaml")
