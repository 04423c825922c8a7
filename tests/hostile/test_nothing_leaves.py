"""What an hour's work asks of the system: no network, and no file written where none should be."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.terminal import REPOSITORY, written_on_terminal

WRITING = (
    "creat,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,link,linkat,symlink,symlinkat,"
    "truncate,mknod,mknodat,chmod,fchmodat"
)
NETWORK = "socket,socketpair,connect,bind,listen,accept,accept4"
TRACED = f"{NETWORK},open,openat,chdir,{WRITING}"
_CALL = re.compile(r"^(?:\d+\s+)?(\w+)\((.*?)\)\s+= (-?\w+)")
_PATH = re.compile(r'(?:<([^<>]*)>, )?"((?:[^"\\]|\\.)*)"')
_WITHIN = re.compile(r"AF_UNIX|AF_LOCAL")


@pytest.fixture(scope="module")
def strace() -> str:
    """Find strace, or skip where it is missing or may not look at processes."""
    found = shutil.which("strace")
    if found is None:
        pytest.skip("strace is not on this machine")
    tried = subprocess.run([found, "-qq", "-o", os.devnull, "true"], capture_output=True, check=False)
    if tried.returncode:
        pytest.skip("this machine does not let strace look at processes")
    return found


class Surroundings:
    """A home, a folder for temporary files and a folder to work in, each by itself."""

    def __init__(self, folder: Path, strace: str) -> None:
        self.folder = folder
        self.work, self.home, self.state, self.temporary, self.trace = (
            folder / name for name in ("work", "home", "state", "temporary", "trace")
        )
        for each in (self.work, self.home, self.temporary):
            each.mkdir()
        self.under = [
            strace,
            "-f",
            "--seccomp-bpf",
            "-y",
            "-qq",
            "-e",
            f"trace={TRACED}",
            "-o",
            str(self.trace),
        ]
        self.environment = {
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "XDG_STATE_HOME": str(self.state),
            "XDG_CONFIG_HOME": str(self.home / ".config"),
            "WORKBENCH_CODER": "Ann",
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def calls(self) -> Iterator[tuple[str, str]]:
        """List the calls that did something: (name, arguments)."""
        for line in self.trace.read_text(encoding="utf-8", errors="replace").splitlines():
            found = _CALL.match(line)
            if found and not found[3].startswith("-"):
                yield found[1], found[2]

    def on_the_network(self) -> list[str]:
        """List the calls for sockets, but for the pairs by which asyncio wakes itself up."""
        return [
            f"{name}({arguments})"
            for name, arguments in self.calls()
            if name in NETWORK.split(",") and not (name == "socketpair" and _WITHIN.search(arguments))
        ]

    def written(self) -> set[str]:
        """List the paths that were written to, made, renamed or taken away."""
        paths, here = set(), str(REPOSITORY)
        for name, arguments in self.calls():
            if name == "chdir":
                here = os.path.join(here, _PATH.findall(arguments)[0][1])
            opened = name in ("open", "openat")
            if (opened and re.search(r"O_WRONLY|O_RDWR|O_CREAT", arguments)) or name in WRITING.split(","):
                for at, path in _PATH.findall(arguments):
                    paths.add(os.path.normpath(os.path.join(at or here, path)))
        return paths

    def outside(self) -> list[str]:
        """List the paths written to beside the folder of the study, of states, and the terminal."""
        drawing = self.home / ".cache" / "matplotlib"
        # The library of locks tries out links in the temporary folder and leaves nothing there.
        allowed = (self.work, self.state, drawing, self.home / ".config" / "matplotlib", self.temporary)
        assert list(self.temporary.iterdir()) == []
        return sorted(
            path
            for path in self.written()
            if not path.startswith(("/dev/null", "/dev/tty", "/dev/pts/"))
            and not any(Path(path).is_relative_to(place) or place.is_relative_to(path) for place in allowed)
        )


@pytest.fixture
def around(tmp_path: Path, strace: str) -> Surroundings:
    return Surroundings(tmp_path, strace)


def test_commands_reach_no_network_and_write_only_where_they_are_told(around: Surroundings) -> None:
    pytest.importorskip("matplotlib", reason="pictures need the extra `pictures`")
    ended = subprocess.run(
        [*around.under, sys.executable, "-m", "tests.hostile.hour", str(around.work)],
        cwd=REPOSITORY,
        env={**os.environ, **around.environment, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    assert around.on_the_network() == []
    assert around.outside() == []
    assert {str(around.work / f"chart.{format}") for format in ("xlsx", "docx", "csv")} <= around.written()


def test_the_screens_reach_no_network_and_write_only_beside_the_study(around: Surroundings) -> None:
    from tests.hostile.files import make_files
    from tests.hostile.study import build

    study = build(around.work / "s.workbench")
    make_files(study, around.work)
    study.close()
    report = around.work / "report.json"
    stages = ["familiarise", "search", "history"]
    arguments = ["-m", "tests.hostile.walk", str(study.path), str(report), str(around.work), *stages]
    written, status = written_on_terminal(
        arguments, seconds=280, environment=around.environment, under=around.under
    )
    assert status == 0, written[-2000:]
    assert json.loads(report.read_text(encoding="utf-8"))["done"]
    assert around.on_the_network() == []
    assert around.outside() == []
    assert str(study.path) in around.written()


def test_a_socket_and_a_file_elsewhere_would_be_seen(around: Surroundings) -> None:
    program = (
        "import socket, pathlib; socket.socketpair(); socket.socket().close(); "
        f"pathlib.Path({str(around.folder / 'elsewhere')!r}).write_text('x')"
    )
    subprocess.run([*around.under, sys.executable, "-c", program], check=True)
    assert [call.partition("(")[0] for call in around.on_the_network()] == ["socket"]
    assert around.outside() == [str(around.folder / "elsewhere")]
