"""How long a study takes to leave: derived with a redacted term, and as an audit bundle that is verified.

Run it with the path of a study, such as one that `benchmarks.big_study` makes:
`python -m benchmarks.leaving STUDY TERM`.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from workbench.exchange.audit_bundle import write_bundle
from workbench.exchange.derived import derive
from workbench.model.redaction import Redaction, RedactionMode
from workbench.study.file import open_study


def timed(what: str, work: Callable[[], object]) -> None:
    """Do something and print the processor time it took and the memory held at most until then."""
    began = time.process_time()
    told = work()
    taken = time.process_time() - began
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what}: {taken:.1f} s CPU, {held:.0f} MB at most; {told}", flush=True)


def main(path: Path, term: str) -> None:
    """Measure a bundle, its verification by its own script, and the derived study."""
    with tempfile.TemporaryDirectory(dir=path.parent) as place, open_study(path, read_only=True) as study:
        folder = Path(place) / "audit"
        timed("bundle", lambda: write_bundle(study, folder))
        began = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            [sys.executable, "-I", "verify.py"], cwd=folder, capture_output=True, text=True, check=True
        )
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken = ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime
        print(
            f"verified: {taken:.1f} s CPU, {ended.ru_maxrss / 1024:.0f} MB; {done.stdout.strip()}", flush=True
        )
        sought = [Redaction("1", RedactionMode.WORDS, term)]
        timed("derived", lambda: derive(study, sought).tally)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
