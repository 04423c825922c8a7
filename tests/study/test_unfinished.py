"""What a killed program left unfinished: removed where it is sure to be nobody's, and said."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from workbench.cli import main
from workbench.stages import register
from workbench.study.file import create_study
from workbench.study.unfinished import UNFINISHED, clear_unfinished, marked

pytestmark = pytest.mark.skipif(os.name != "posix", reason="only there is it known which process is gone")


@pytest.fixture(scope="module")
def gone() -> int:
    """Give the id of a process that is no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "made.workbench"
    with create_study(made, title="Made", coder="A. Mori") as study:
        with study.transaction():
            study.store("人権を尊重する。".encode())
        register.add_case(study, "Osaka")
    return made


def left_by(pid: int, target: Path) -> Path:
    return target.with_name(f"{marked(target).replace(str(os.getpid()), str(pid))}x1{UNFINISHED}")


def test_what_a_process_that_is_gone_left_is_removed_and_said(tmp_path: Path, gone: int) -> None:
    target = tmp_path / "audit"
    folder = left_by(gone, target)
    folder.mkdir()
    (folder / "log.jsonl").write_text("half")
    assert clear_unfinished(target) == "Removed what a stopped run had left unfinished of audit."
    file = left_by(gone, target)
    for name in (file.name, f"{file.name}-journal"):
        (tmp_path / name).write_text("half")
    assert clear_unfinished(target)
    assert list(tmp_path.iterdir()) == []
    assert clear_unfinished(target) == ""


def test_what_may_be_somebodys_stays(tmp_path: Path, gone: int, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "audit"
    alive, others = left_by(os.getpid(), target), left_by(gone, tmp_path / "audit2")
    of_another_machine = left_by(gone, target)
    alive.touch()
    others.touch()
    of_another_machine.touch()
    (tmp_path / f".audit.mine{UNFINISHED}").touch()
    target.touch()
    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr(socket, "gethostname", lambda: "elsewhere")
    assert clear_unfinished(target) == ""
    assert sorted(tmp_path.iterdir()) == before


def test_a_link_is_removed_and_not_followed(tmp_path: Path, gone: int) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "work.txt").write_text("work")
    left_by(gone, tmp_path / "audit").symlink_to(mine)
    assert clear_unfinished(tmp_path / "audit")
    assert (mine / "work.txt").read_text() == "work"


def test_the_name_a_killed_copy_had_taken_is_free_again(tmp_path: Path, gone: int) -> None:
    target = tmp_path / "copy.workbench"
    target.touch()
    assert clear_unfinished(target) == ""
    assert target.exists()
    left_by(gone, target).touch()
    assert clear_unfinished(target)
    assert not target.exists()
    target.write_text("somebody's")
    left_by(gone, target).touch()
    assert clear_unfinished(target)
    assert target.read_text() == "somebody's"


KILLED = """
import os, signal, sys
from pathlib import Path
from workbench.study.file import open_study
kill = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
with open_study(Path(sys.argv[1]), read_only=True) as study:
    if sys.argv[2] == "copy":
        os.replace = kill
        from workbench.study.save_as import save_as
        save_as(study, Path(sys.argv[3]))
    elif sys.argv[2] == "bundle":
        from workbench.stages.audit import export_bundle
        export_bundle(study, Path(sys.argv[3]), progress=lambda what, *_: "tables" in what and kill())
    else:
        from workbench.exchange.lossless import export_text
        export_text(study, Path(sys.argv[3]), tell=kill)
"""


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("copy", ("save-as",)),
        ("bundle", ("log", "export")),
        ("text", ("export",)),
    ],
)
def test_the_next_run_clears_what_a_killed_one_left(
    path: Path, tmp_path: Path, what: str, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out" / ("copy.workbench" if what == "copy" else "made")
    target.parent.mkdir()
    command = [sys.executable, "-c", KILLED, str(path), what, str(target)]
    assert subprocess.run(command, check=False).returncode == -9
    assert list(target.parent.glob(f".*{UNFINISHED}"))
    option = ["-o"] if what == "bundle" else []
    assert main([*words, str(path), *option, str(target)]) == 0
    assert f"left unfinished of {target.name}." in capsys.readouterr().err
    assert [file.name for file in target.parent.iterdir()] == [target.name]
