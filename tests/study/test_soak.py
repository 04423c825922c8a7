"""A shorter run of the kill test; the long one is `python -m benchmarks.soak 1200`."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import REPOSITORY


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the writer is forked")
def test_a_few_kills_lose_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.soak", "25"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("25 kills (")
    assert "none lost; every check held" in done.stdout


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the writer is forked")
def test_after_kills_of_encrypted_studies_nothing_is_lost_or_in_the_clear() -> None:
    pytest.importorskip("sqlcipher3", reason="the extra `encrypted` is not installed")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.soak_encrypted", "20"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("20 kills (")
    assert "40 searches of all files: nothing in the clear" in done.stdout
