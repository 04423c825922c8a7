"""What is asked for is a readable file of a known format, or a sentence says why not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from workbench.errors import UnreadableFile, WorkbenchError
from workbench.sources import SUPPORTED, is_supported, read_bytes, read_file
from workbench.sources.limits import MAX_FILE_BYTES

HEAVY = [
    "bs4",
    "lxml",
    "docx",
    "odfdo",
    "striprtf",
    "pypdfium2",
    "pysubs2",
    "charset_normalizer",
    "defusedxml",
]


def test_importing_the_readers_loads_no_format_library() -> None:
    program = f"import sys, workbench.sources; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_bytes_come_back_with_the_text(tmp_path: Path) -> None:
    path = tmp_path / "Plan.TXT"
    path.write_bytes(b"\xef\xbb\xbfone\r\n")
    data, (extraction,) = read_file(path)
    assert (data, extraction.content) == (b"\xef\xbb\xbfone\r\n", "one\n")


def test_support_is_decided_by_the_extension_in_any_case() -> None:
    assert is_supported("A.DocX")
    assert not is_supported("a.doc")
    assert not is_supported("README")
    assert {".txt", ".md", ".html", ".docx", ".odt", ".rtf", ".pdf", ".epub", ".srt", ".vtt", ".csv"} <= set(
        SUPPORTED
    )


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"no file “absent\.txt”"):
        read_file(tmp_path / "absent.txt")


def test_a_folder_is_refused_even_with_a_known_extension(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(UnreadableFile, match="is a folder"):
        read_file(tmp_path / "folder.txt")


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(UnreadableFile, match="not a file"):
        read_file(tmp_path / "pipe.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(UnreadableFile, match="may not be read"):
        read_file(path)


def test_a_name_the_system_cannot_hold_is_refused(tmp_path: Path) -> None:
    for name in ("a" * 5_000 + ".txt", "nul\0.txt"):
        with pytest.raises(UnreadableFile, match="cannot be read"):
            read_file(tmp_path / name)


def test_an_enormous_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    with pytest.raises(UnreadableFile, match="larger than 200 MB"):
        read_file(path)


@pytest.mark.parametrize("name", sorted(f"empty{extension}" for extension in SUPPORTED))
def test_an_empty_file_is_refused_in_every_format(name: str) -> None:
    with pytest.raises(UnreadableFile, match="is empty"):
        read_bytes(name, b"")


@pytest.mark.parametrize("name", ["a.doc", "a.xlsx", "a.json", "a", "a.zip"])
def test_an_unknown_format_is_refused_with_a_way_out(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(UnreadableFile, match="there is no reader") as refusal:
        read_file(tmp_path / name)
    assert "docx" in refusal.value.do or "csv" in refusal.value.do


@pytest.mark.parametrize("extension", sorted(SUPPORTED))
@pytest.mark.parametrize(
    "data", [b"PK\x03\x04 zip", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\0\1\2\3" * 99]
)
def test_content_that_does_not_fit_its_name_is_refused_in_a_sentence(extension: str, data: bytes) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_bytes(f"wrong{extension}", data)
    assert refusal.value.do


def test_every_nasty_document_is_read_or_refused_in_a_sentence(shared_data: Path) -> None:
    read, refused = 0, 0
    for path in sorted((shared_data / "nasty-docs").rglob("*.*")):
        try:
            _, extractions = read_file(path)
        except WorkbenchError as refusal:
            assert refusal.do, path.name
            refused += 1
        else:
            assert all(each.places.paragraphs for each in extractions), path.name
            read += 1
    assert read >= 35
    assert refused >= 6


def test_naughty_strings_are_kept_to_the_last_character(shared_data: Path) -> None:
    path = shared_data / "nasty-docs" / "blns.txt"
    data, (extraction,) = read_file(path)
    expected = data.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    assert extraction.content == expected
