"""Commands run in process, with what they print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from workbench.cli import main
from workbench.study.file import create_study

CODER = "A. Mori"


@dataclass(frozen=True, slots=True)
class Result:
    """What one command left behind."""

    status: int
    out: str
    err: str

    @property
    def first(self) -> str:
        """Give the first line of the data, such as the id of what was made."""
        return self.out.partition("\n")[0]


Run = Callable[..., Result]


@pytest.fixture
def workbench(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run commands as A. Mori."""
    monkeypatch.setenv("WORKBENCH_CODER", CODER)

    def run(*words: object) -> Result:
        capsys.readouterr()
        status = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return Result(status, out, err)

    return run


@pytest.fixture
def done(workbench: Run) -> Run:
    """Run commands that must succeed."""

    def run(*words: object) -> Result:
        result = workbench(*words)
        assert result.status == 0, result.err
        return result

    return run


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Make an empty study file and close it."""
    place = tmp_path / "small.workbench"
    create_study(place, title="Small study", coder=CODER).close()
    return place


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Write a small plan in plain text."""
    file = tmp_path / "plan.txt"
    file.write_text("The city opens a desk.\n\nThe desk answers in four languages.\n", encoding="utf-8")
    return file
