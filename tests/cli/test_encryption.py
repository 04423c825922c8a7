"""Passphrases on the command line: where they come from, where they never go, and a scripted hour of work."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.conftest import REPOSITORY
from workbench.study import keys
from workbench.study.backup import backups_of

pytest.importorskip("sqlcipher3", reason="the extra `encrypted` is not installed")

PASSPHRASE = "walrus lantern harbour"
OTHER = "quartz meadow umbrella"
SECRETS = [
    word.encode()
    for word in (
        "Kanazawa",
        "Marmalade",
        "interpreters for",
        "通訳を学校に",
        "A. Morinaga",
        "SQLite format 3",
        PASSPHRASE,
        OTHER,
    )
]


@pytest.fixture(autouse=True)
def forgetful(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    keys.forget_keys()
    yield
    keys.forget_keys()


def held(tmp_path: Path, passphrase: str) -> Path:
    file = tmp_path / f"{passphrase.split(maxsplit=1)[0]}.passphrase"
    file.touch(0o600)
    file.write_text(f"{passphrase}\n")
    return file


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    return held(tmp_path, PASSPHRASE)


@pytest.fixture
def shut(done: Run, tmp_path: Path, secret: Path) -> Path:
    folder = tmp_path / "studies"
    folder.mkdir()
    path = folder / "shut.workbench"
    told = done("new", path, "--encrypted", "--title", "Marmalade", "--passphrase-file", secret)
    assert PASSPHRASE not in told.out + told.err
    keys.forget_keys()
    return path


def test_a_study_opens_by_a_file_or_a_descriptor(workbench: Run, shut: Path, secret: Path) -> None:
    assert workbench("cases", shut, "--passphrase-file", secret).status == 0
    keys.forget_keys()
    number = os.open(secret, os.O_RDONLY)
    assert workbench("case", "add", shut, "Osaka", "--passphrase-fd", number).status == 0
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(number)


def test_the_past_opens_wherever_the_passphrase_stands(workbench: Run, shut: Path, secret: Path) -> None:
    named = ("--passphrase-file", secret)
    for words in (("as-of", *named, shut, "2", "settings"), ("as-of", shut, "2", "settings", *named)):
        keys.forget_keys()
        said = workbench(*words)
        assert said.status == 0, said.err
        assert "Marmalade" in said.out


def test_without_a_passphrase_or_with_another_nothing_is_shown(
    workbench: Run, shut: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.cli.passphrases._TERMINAL", str(tmp_path / "no terminal"))
    before = shut.read_bytes()
    for words, told in (
        ((), "--passphrase-fd"),
        (("--passphrase-file", held(tmp_path, OTHER)), "not the passphrase"),
    ):
        for command in ("cases", "check", "backup"):
            keys.forget_keys()
            said = workbench(command, shut, *words)
            assert said.status == 3
            assert told in said.err
            assert OTHER not in said.err
            assert said.out == ""
    assert shut.read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
def test_a_file_that_others_may_read_is_refused(workbench: Run, shut: Path, secret: Path) -> None:
    for mode in (0o640, 0o604, 0o666):
        secret.chmod(mode)
        said = workbench("cases", shut, "--passphrase-file", secret)
        assert said.status == 3
        assert "may be read by others" in said.err


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe\n"])
def test_a_file_without_a_passphrase_is_refused(
    workbench: Run, shut: Path, secret: Path, content: bytes
) -> None:
    secret.write_bytes(content)
    assert workbench("cases", shut, "--passphrase-file", secret).status == 2


def test_odd_places_for_a_passphrase_are_refused(
    workbench: Run, shut: Path, secret: Path, tmp_path: Path
) -> None:
    for words, status in (
        (("--passphrase-fd", "987"), 2),
        (("--passphrase-fd", "-1"), 2),
        (("--passphrase-fd", "9" * 30), 2),
        (("--passphrase-fd", "3", "--passphrase-file", secret), 2),
        (("--passphrase-file", tmp_path / "none"), 3),
        (("--passphrase-file", tmp_path), 3),
        (("--passphrase", PASSPHRASE), 2),
    ):
        said = workbench("cases", shut, *words)
        assert (said.status, said.out) == (status, ""), said.err


def test_a_passphrase_without_encryption_makes_no_study(workbench: Run, tmp_path: Path, secret: Path) -> None:
    said = workbench("new", tmp_path / "new.workbench", "--passphrase-file", secret)
    assert said.status == 2
    assert "--encrypted" in said.err
    assert not (tmp_path / "new.workbench").exists()


def test_a_weak_passphrase_makes_no_study(workbench: Run, tmp_path: Path) -> None:
    weak = held(tmp_path, "short")
    said = workbench("new", tmp_path / "new.workbench", "--encrypted", "--passphrase-file", weak)
    assert said.status == 3
    assert "at least 12" in said.err
    assert not (tmp_path / "new.workbench").exists()


def test_a_study_is_encrypted_given_another_passphrase_and_decrypted(
    done: Run, workbench: Run, tmp_path: Path, secret: Path
) -> None:
    path, other = tmp_path / "clear.workbench", held(tmp_path, OTHER)
    done("new", path, "--title", "Marmalade")
    done("case", "add", path, "Kanazawa")
    done("backup", path)
    assert workbench("decrypt", path).status == 3
    told = done("encrypt", path, "--keep-unencrypted", "--passphrase-file", secret)
    assert "unencrypted: whoever gets that file can read it" in told.err
    assert workbench("encrypt", path, "--passphrase-file", secret).status == 3
    done("change-passphrase", path, "--passphrase-file", secret, "--new-passphrase-file", other)
    keys.forget_keys()
    assert workbench("cases", path, "--passphrase-file", secret).status == 3
    keys.forget_keys()
    assert "Kanazawa" in done("cases", path, "--passphrase-file", other).out
    done("decrypt", path, "--passphrase-file", other)
    keys.forget_keys()
    assert "Everything holds." in done("check", path).err
    assert all(b"Marmalade" in backup.path.read_bytes() for backup in backups_of(path))


def test_a_backup_that_cannot_be_encrypted_is_named(
    done: Run, workbench: Run, tmp_path: Path, secret: Path
) -> None:
    path = tmp_path / "clear.workbench"
    done("new", path)
    copy = Path(done("backup", path).first)
    with copy.open("r+b") as file:
        file.truncate(30_000)
    told = workbench("encrypt", path, "--passphrase-file", secret)
    assert told.status == 1
    assert told.first == str(copy)
    assert "can still be read by anybody" in told.err


def hour_of_work(path: Path, secret: Path, folder: Path) -> list[list[object]]:
    plan, plan_ja = folder / "plan.txt", folder / "plan_ja.txt"
    plan.write_text("The city pays interpreters for schools. It answers letters.\n" * 20)
    plan_ja.write_text("市は通訳を学校に派遣する。\n" * 20)
    return [
        ["case", "add", path, "Kanazawa"],
        ["import", path, plan, plan_ja, "--case", "Kanazawa"],
        ["framework", "add-theme", path, "Language"],
        ["framework", "add-code", path, "1", "Interpreters"],
        ["read", path, "--text", "plan", "--state", "read"],
        ["code", path, "--text", "plan", "--range", "0:30", "--code", "1.1"],
        ["memo", "add", path, "Kanazawa, interpreters for whom?", "--on", "study"],
        ["cell", "write", path, "Kanazawa", "1.1", "--summary", "Kanazawa pays interpreters for schools."],
        ["as-of", path, "3", "cases"],
        ["search", path, "interpreters"],
        ["search", path, "通訳"],
        ["chart", path],
        ["count", path],
        ["rank", path],
        ["codings", path],
        ["excerpts", path],
        ["log", "show", path],
        ["log", "verify", path],
        ["undo", path],
        ["redo", path],
        ["backup", path],
        ["backups", path, "--verify"],
        ["restore", path, "1", "--reason", "Kanazawa was wrong."],
        ["restore", path, "--back"],
        ["check", path],
        ["save-as", path, path.with_name("copy.workbench")],
        ["change-passphrase", path, "--new-passphrase-file", secret],
    ]


def in_the_clear(*folders: Path) -> list[str]:
    """Name the files below folders in which a secret stands, and the secret."""
    found = []
    for file in (file for folder in folders for file in folder.rglob("*") if file.is_file()):
        data = file.read_bytes()
        found += [f"{file.name}: {word.decode()}" for word in SECRETS if word in data]
    return found


def test_after_an_hour_of_work_nothing_stands_in_the_clear(
    workbench: Run, shut: Path, secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary, given = tmp_path / "temporary", tmp_path / "given"
    temporary.mkdir()
    given.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setenv("WORKBENCH_CODER", "A. Morinaga")
    for words in hour_of_work(shut, secret, given):
        before = words.index(shut)
        said = workbench(*words[:before], "--passphrase-file", secret, *words[before:])
        assert said.status in (0, 1), (words, said.err)
        assert "is encrypted" not in said.err
        assert in_the_clear(shut.parent, temporary) == [], words
    assert len(backups_of(shut)) >= 3


def test_the_passphrase_is_in_no_argument_and_no_environment(shut: Path, secret: Path) -> None:
    """The program as another process sees it, while it waits for the words of a memo."""
    command = [sys.executable, "-m", "workbench", "memo", "add", str(shut), "-", "--on", "study"]
    with secret.open("rb") as file:
        running = subprocess.Popen(
            [*command, "--passphrase-fd", str(file.fileno())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=[file.fileno()],
            cwd=REPOSITORY,
        )
    assert running.stdin is not None
    try:
        told = Path(f"/proc/{running.pid}")
        if told.is_dir():
            for what in ("cmdline", "environ"):
                assert PASSPHRASE.encode() not in (told / what).read_bytes()
    finally:
        _, said = running.communicate(b"A memo.", timeout=60)
    assert running.returncode == 0, said


def test_a_terminal_that_shows_what_is_typed_is_not_asked(
    workbench: Run, shut: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import getpass

    def shown(prompt: str) -> str:
        return getpass.fallback_getpass(prompt)  # type: ignore[attr-defined]

    monkeypatch.setattr(getpass, "getpass", shown)
    monkeypatch.setattr("workbench.cli.passphrases._has_terminal", lambda: True)
    told = workbench("cases", shut)
    assert told.status == 3
    assert "This terminal shows what is typed" in told.err


def test_the_terminal_is_asked_without_an_echo(shut: Path) -> None:
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(REPOSITORY)
        os.execv(sys.executable, [sys.executable, "-m", "workbench", "settings", str(shut)])
    said = b""
    answers = [(b"Passphrase of shut.workbench: ", OTHER), (b"not the passphrase. ", PASSPHRASE)]
    try:
        while more := os.read(terminal, 4096):
            said += more
            if answers and answers[0][0] in said and said.endswith(b": "):
                os.write(terminal, f"{answers.pop(0)[1]}\n".encode())
    except OSError:
        pass  # The terminal is closed once the program has ended.
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0, said
    assert b"Marmalade" in said
    assert PASSPHRASE.encode() not in said
    assert OTHER.encode() not in said
