"""What goes wrong outside: bad files, bad studies, full disks and Ctrl-C end in one plain sentence."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from signal import SIGINT

import pytest

from tests.cli.conftest import CODER, Run
from workbench.model.case import Case
from workbench.model.decision import Verb
from workbench.study.file import create_study, open_study

Content = Callable[[], bytes]

_LIMITED = """
import resource, signal, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from workbench.cli import main
sys.exit(main(sys.argv[2:]))
"""
_INTERRUPTED = """
import os, signal, sys
from workbench.cli import imports, main
read, seen = imports.read_file, []
def read_and_interrupt(path, *, encoding):
    seen.append(path)
    if len(seen) == 1000:
        os.kill(os.getpid(), signal.SIGINT)
    return read(path, encoding=encoding)
imports.read_file = read_and_interrupt
sys.exit(main(sys.argv[1:]))
"""


def _locked(name: str) -> bytes:
    """Make an archive whose entry says that it needs a password."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, "words")
    data = bytearray(packed.getvalue())
    data[data.find(b"PK\x03\x04") + 6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _office_with_password() -> bytes:
    return (
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(999)
    )


def _run(program: str, *words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "WORKBENCH_CODER": CODER},
    )


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.txt", b"", "the file is empty"),
        ("empty.docx", b"", "the file is empty"),
        ("empty.pdf", b"", "the file is empty"),
        ("binary.txt", bytes(range(256)) * 40, "holds binary data, not text"),
        ("corrupt.docx", b"PK\x03\x04 nothing more", "is damaged"),
        ("corrupt.pdf", b"%PDF-1.7\nnothing more", "is damaged"),
        ("locked.docx", _office_with_password(), "is encrypted with a password"),
        ("locked-entry.docx", _locked("word/document.xml"), "is encrypted with a password"),
        ("archive.zip", _locked("a.txt"), "there is no reader for files ending in “.zip”"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_alone_and_says_what_to_do(
    workbench: Run, path: Path, plan: Path, tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    alone = workbench("import", path, file)
    assert alone.status == 3
    assert told in alone.out
    assert "Nothing was changed. " in alone.out.replace("\n", " ")
    beside = workbench("import", path, file, plan)
    assert (beside.status, "1 imported, 1 refused." in beside.err) == (1, True)
    assert workbench("check", path).status == 0


def test_a_file_of_three_gigabytes_is_refused_without_being_read(
    workbench: Run, path: Path, tmp_path: Path
) -> None:
    file = tmp_path / "huge.txt"
    with file.open("wb") as made:
        made.truncate(3 * 1024**3)
    begun = time.monotonic()
    result = workbench("import", path, file)
    assert (result.status, "larger than 200 MB and was not read" in result.out) == (3, True)
    assert time.monotonic() - begun < 5


def test_an_encrypted_pdf_is_refused_as_encrypted(workbench: Run, path: Path, shared_data: Path) -> None:
    (file, *_) = sorted(shared_data.rglob("*encrypted*.pdf"))
    result = workbench("import", path, file)
    assert (result.status, "is encrypted with a password" in result.out) == (3, True)


def test_a_missing_file_is_said_to_be_missing(workbench: Run, path: Path, tmp_path: Path) -> None:
    result = workbench("import", path, tmp_path / "none.txt")
    assert (result.status, "There is no file “none.txt”" in result.out) == (3, True)


def test_a_file_that_only_the_register_knows_is_a_finding(workbench: Run, path: Path, plan: Path) -> None:
    register = plan.parent / "register.csv"
    register.write_text("document,file\nplan,plan.txt\nlost,lost.txt\n", encoding="utf-8")
    for _ in range(2):
        result = workbench("import", path, "--register", register)
        assert result.status == 1
        assert "1 named by the register and not there." in result.err
        assert "Not there: lost.txt" in result.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("uncode", "STUDY", "k9"), "There is no coding k9"),
        (("code", "STUDY", "--text", "plan", "--range", "0:3", "--code", "9.9"), "There is no code 9.9"),
        (("cell", "show", "STUDY", "Nowhere", "9.9"), "There is no case Nowhere"),
        (("history", "STUDY", "code:9.9"), "There is no code 9.9"),
        (("search", "STUDY", "--codings", "9.9 AND 1"), "9.9"),
        (("case", "add", "STUDY", "\udcff"), "not UTF-8"),
    ],
)
def test_an_unknown_name_is_wrong_usage(
    workbench: Run, path: Path, plan: Path, words: tuple[str, ...], told: str
) -> None:
    assert workbench("import", path, plan).status == 0
    result = workbench(*(path if word == "STUDY" else word for word in words))
    assert (result.status, result.out) == (2, "")
    assert told in result.err


def _directory(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _sql(statement: str) -> Callable[[Path], None]:
    def change(file: Path) -> None:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute(statement)
            connection.commit()

    return change


def _zeros_in_the_middle(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[8192 * 2 : 8192 * 40] = bytes(8192 * 38)
    file.write_bytes(data)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda file: file.unlink(), "There is no file small.workbench. Make a study with"),
        (_directory, "small.workbench is not a file."),
        (lambda file: file.write_bytes(b""), "small.workbench is empty."),
        (lambda file: file.write_text("words"), "is not a study, or its beginning is damaged."),
        (lambda file: file.write_bytes(file.read_bytes()[:20_000]), "small.workbench is damaged."),
        (_zeros_in_the_middle, "small.workbench is damaged."),
        (_sql("PRAGMA application_id = 7"), "is a database, but not a study of this program."),
        (_sql("PRAGMA user_version = 9000"), "was written by a newer version of this program"),
        (_sql("DROP TABLE memo_records"), "it lacks the table memo_records"),
        (_sql("DROP TABLE contents"), "it lacks the table contents"),
    ],
    ids=[
        "missing",
        "directory",
        "empty",
        "foreign",
        "truncated",
        "damaged",
        "other database",
        "newer",
        "no memos",
        "no contents",
    ],
)
@pytest.mark.parametrize("command", [("check",), ("case", "add")], ids=["reading", "writing"])
def test_a_study_that_cannot_be_trusted_is_refused_and_not_touched(
    workbench: Run, path: Path, spoil: Callable[[Path], None], told: str, command: tuple[str, ...]
) -> None:
    spoil(path)
    before = path.read_bytes() if path.is_file() else None
    result = workbench(*command, path, *(["Kyoto"] if command != ("check",) else []))
    if command == ("check",) and told == "small.workbench is damaged." and result.status == 1:
        assert (
            told in result.out or "SQLite finds" in result.out
        )  # Damage that leaves the file readable is listed.
    else:
        assert (result.status, result.out) == (3, "")
        assert told in result.err
    assert "Traceback" not in result.err
    if told != "small.workbench is damaged.":
        assert (path.read_bytes() if path.is_file() else None) == before


def test_a_full_disk_in_the_middle_of_an_import_leaves_the_study_as_it_was(
    done: Run, path: Path, tmp_path: Path
) -> None:
    done("case", "add", path, "Kyoto")
    head = done("log", "verify", path).out
    folder = _folder(tmp_path, files=200, size=5_000)
    limit = path.stat().st_size + 100_000
    stopped = _run(_LIMITED, limit, "import", path, folder)
    assert stopped.returncode == 3
    assert stopped.stderr.count("\n") == 1
    assert "Everything that was acknowledged before is in the file; this action is not." in stopped.stderr
    assert done("log", "verify", path).out == head
    done("check", path)
    done("import", path, folder)


def test_a_full_disk_is_called_by_its_name(done: Run, tmp_path: Path) -> None:
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root may make a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk], check=False).returncode:
        pytest.skip("no disk may be made here")
    try:
        study = disk / "small.workbench"
        done("new", study)
        folder = _folder(tmp_path, files=500, size=10_000)
        stopped = _run(
            "import sys; from workbench.cli import main; sys.exit(main())", "import", study, folder
        )
        assert (stopped.returncode, stopped.stdout) == (3, "")
        assert stopped.stderr.startswith("The disk is full.")
        done("check", study)
    finally:
        subprocess.run(["umount", disk], check=True)


def test_an_export_to_a_full_disk_leaves_no_file(workbench: Run, path: Path, tmp_path: Path) -> None:
    output = tmp_path / "log.csv"
    stopped = _run(_LIMITED, 30, "log", "export", path, "-o", output)
    assert stopped.returncode == 3
    assert stopped.stderr.startswith("log.csv cannot be written: File too large. The study and any file")
    assert not list(tmp_path.glob("*log.csv*"))
    assert workbench("check", path).status == 0


def test_a_study_that_cannot_be_made_leaves_no_file(tmp_path: Path) -> None:
    stopped = _run(_LIMITED, 9_000, "new", tmp_path / "new.workbench")
    assert (stopped.returncode, "No study was made." in stopped.stderr) == (3, True)
    assert not (tmp_path / "new.workbench").exists()


def _folder(tmp_path: Path, *, files: int, size: int) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(files):
        (folder / f"{number:04}.txt").write_text(f"Plan {number}. " + f"Words {number}. " * (size // 12))
    return folder


def test_ctrl_c_in_the_middle_of_2000_files_leaves_nothing_half_done(
    workbench: Run, path: Path, tmp_path: Path
) -> None:
    folder = _folder(tmp_path, files=2_000, size=2_000)
    stopped = _run(_INTERRUPTED, "import", path, folder)
    assert (stopped.returncode, stopped.stdout) == (3, "")
    assert stopped.stderr == "Interrupted. Nothing was changed. Run the command again when you are ready.\n"
    assert workbench("documents", path).out == ""
    assert workbench("check", path).status == 0
    again = workbench("import", path, folder)
    assert (again.status, "2000 imported." in again.err) == (0, True)


@pytest.mark.parametrize("delay", [0.15, 0.3, 0.45, 0.6])
def test_ctrl_c_at_any_time_leaves_all_of_an_import_or_nothing(tmp_path: Path, delay: float) -> None:
    path = tmp_path / "small.workbench"
    create_study(path, title="Small study", coder=CODER).close()
    folder = _folder(tmp_path, files=2_000, size=500)
    words = [sys.executable, "-m", "workbench", "import", path, folder, "--format", "json", "--as", CODER]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as running:
        time.sleep(delay)
        running.send_signal(SIGINT)
        _, told = running.communicate(timeout=30)
    with closing(sqlite3.connect(path)) as connection:
        (texts,) = connection.execute("SELECT count(*) FROM text_records").fetchone()
        (decisions,) = connection.execute("SELECT count(*) FROM decisions").fetchone()
    assert (texts, decisions) in ((0, 1), (2_000, 2))
    # While a class is being made from text, Python ends by the signal whoever catches the interruption.
    assert running.returncode in (0, 3, -SIGINT) or "Interrupted" not in told
    if "Nothing was changed" in told:
        assert texts == 0
    if "What was decided until then" in told:
        assert texts == 2_000


def test_bytes_in_a_file_name_that_are_no_utf_8_are_kept_as_words(
    done: Run, path: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / os.fsdecode(b"plan\xff.txt")).write_text("Words.", encoding="utf-8")
    assert "plan\\xff.txt" in done("import", path, folder).out
    assert "plan\\xff" in done("documents", path).out
    done("check", path)


def test_controls_bidi_and_markup_are_printed_as_visible_text(done: Run, path: Path, tmp_path: Path) -> None:
    file = tmp_path / "[red]a\u202eb\x1b[2J.txt"
    file.write_text("A [bold]plan[/bold] with \x1b[31mred\u2066.", encoding="utf-8")
    taken = done("import", path, file, "--case", "Kyoto [link]")
    with open_study(path, coder=CODER) as study:
        named = replace(study.all(Case, name="Kyoto [link]")[0], name="Kyo\x1b]0;x\x07to [link]")
        study.decide(Verb.EDIT_CASE, f"case:{named.id}", put=[named])
    assert "[red]a<U+202E>b<U+001B>[2J.txt" in taken.out
    assert "Kyo<U+001B>]0;x<U+0007>to [link]" in done("cases", path).out
    found = done("search", path, "plan").out
    assert "[bold]>>plan<<[/bold] with <U+001B>[31mred<U+2066>." in found
