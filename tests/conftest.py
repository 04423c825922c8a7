"""What every test may use: the shared data where it is there, and small studies."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.stages import unread
from workbench.study.file import create_study, open_study
from workbench.study.study import Study
from workbench.study.whose import Whose, whose

REPOSITORY = Path(__file__).resolve().parents[1]


def pytest_configure() -> None:
    """Take the signals of a terminal as they are: programs under test would inherit that they are ignored."""
    for name in ("SIGHUP", "SIGTERM", "SIGINT"):
        if (number := getattr(signal, name, None)) and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL)


@pytest.fixture(autouse=True)
def cases_count_as_read(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let cases count as read, so that other tests can index at once."""
    if request.node.get_closest_marker("unread") is None:
        monkeypatch.setattr(unread, "unread_case", lambda study, text_id: None)


@pytest.fixture
def shared_data() -> Path:
    """Find the folder of real test documents beside the project, or skip."""
    folder = REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the folder of real test documents (../shared/data) is not on this machine")
    return folder


def held_by(path: Path) -> Whose:
    """Name a study file as one for which words are kept."""
    with open_study(path, read_only=True) as study:
        return whose(study)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Make an empty study for the coder A. Mori."""
    made = create_study(tmp_path / "small.workbench", title="Small study", coder="A. Mori")
    yield made
    made.close()
