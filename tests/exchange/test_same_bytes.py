"""The same study gives the same bytes in every process, whatever order its sets and hashes have there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.matrix.small import build_small
from workbench.exchange.charts import FORMATS
from workbench.study.study import Study

_SEEDS = ("0", "1", "2", "4711")
_PROGRAM = """
import hashlib, sys
from pathlib import Path
from workbench.exchange.charts import write_chart
from workbench.study.file import open_study
with open_study(Path(sys.argv[1]), read_only=True) as study:
    for format in sys.argv[2:]:
        for _ in range(3):
            print(format, hashlib.sha256(write_chart(study, format=format)).hexdigest())
"""


def _written(path: Path, seed: str) -> list[str]:
    told = subprocess.run(
        [sys.executable, "-c", _PROGRAM, path, *FORMATS],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    return told.stdout.splitlines()


@pytest.fixture
def path(study: Study) -> Path:
    """Make a study with evidence and notes, and close it."""
    build_small(study)
    study.close()
    return study.path


def test_every_process_writes_the_same_bytes_from_the_first_time_on(path: Path) -> None:
    lines = [line for seed in _SEEDS for line in _written(path, seed)]
    assert len(lines) == len(_SEEDS) * 3 * len(FORMATS)
    assert len(set(lines)) == len(FORMATS)
