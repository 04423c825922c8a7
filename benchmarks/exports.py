"""Every format of a chart of 500 cases × 100 codes with 50,000 filled cells: time, size and memory.

`python -m benchmarks.exports [PATH]` makes the study at PATH where there is none, and measures it.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.matrix import make
from workbench.exchange.charts import FORMATS, write_chart
from workbench.study.file import open_study


def measure(path: Path, format: str) -> None:
    """Print what one format takes; a process for each, since memory is only ever told at its highest."""
    with open_study(path, read_only=True) as study:
        before = perf_counter()
        size = len(write_chart(study, format=format))
        taken = perf_counter() - before
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{format}: {taken:.1f} s, {size / 1e6:.1f} MB, at most {most:.0f} MB of memory", flush=True)


def main(path: Path) -> None:
    """Make the study where there is none, and measure every format."""
    if not path.exists():
        make(path)
    for format in FORMATS:
        subprocess.run([sys.executable, "-m", "benchmarks.exports", path, "--format", format], check=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path, nargs="?")
    parser.add_argument("--format", choices=list(FORMATS))
    chosen = parser.parse_args()
    if chosen.path is not None and chosen.format:
        measure(chosen.path, chosen.format)
    elif chosen.path is not None:
        main(chosen.path)
    else:
        with TemporaryDirectory() as folder:
            main(Path(folder) / "big.workbench")
