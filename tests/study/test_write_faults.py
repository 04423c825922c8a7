"""Single writes that the system refuses, a selection; all of them: `python -m benchmarks.write_faults`."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.write_faults import Fault, make_study, may_trace, work_under

pytestmark = pytest.mark.skipif(not may_trace(), reason="strace is not here, or may not trace programs")


@pytest.fixture(scope="module")
def begin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("begin") / "begin.workbench"
    make_study(path)
    return path


@pytest.mark.parametrize(
    "fault",
    [
        Fault("pwrite64", "ENOSPC", 3, False),
        Fault("pwrite64", "ENOSPC", 60, False),
        Fault("pwrite64", "EIO", 117, True),
        Fault("pwrite64", "ENOSPC", 171, True),
        Fault("fdatasync", "EIO", 5, False),
        Fault("fsync", "EIO", 1, False),
        Fault("unlink", "EIO", 2, False),
        Fault("unlink", "ENOSPC", 9, True),
        Fault("unlink", "ENOSPC", 17, False),
        Fault("rename", "ENOSPC", 1, True),
        Fault("openat", "EIO", 6, False),
    ],
    ids=str,
)
def test_a_refused_write_loses_nothing_that_was_told(begin: Path, tmp_path: Path, fault: Fault) -> None:
    outcome = work_under(fault, begin, tmp_path)
    assert outcome.fired
    assert outcome.refused or outcome.told == 12, "what was not done is said"


def test_without_a_fault_the_whole_work_is_done(begin: Path, tmp_path: Path) -> None:
    outcome = work_under(Fault("pwrite64", "EIO", 60_000, False), begin, tmp_path)
    assert not outcome.fired
    assert outcome.refused == ()
    assert outcome.told == 12
