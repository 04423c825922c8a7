"""Let the system refuse each single write of a piece of work, one after the other: nothing told may be lost.

python -m benchmarks.write_faults [--every N] [--calls pwrite64 ...] [--errors ENOSPC EIO]

The work runs under `strace`, which lets the n-th call on the study, its journal or its folder fail: once, or
from then on. For every n until none fires any more the work must end with plain words or with success, the
study must open afterwards, every check must hold, and the log must hold just the decisions that were told.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from workbench.sources import read_bytes
from workbench.stages import framework
from workbench.stages.importing import ImportPlan, importing
from workbench.stages.setup import new_study
from workbench.study.check import check_study
from workbench.study.file import open_study

WRITES = ("pwrite64", "fdatasync", "fsync", "ftruncate", "unlink", "rename", "openat")
ERRORS = ("ENOSPC", "EIO")
WORK = """
import pathlib, sys
from workbench.errors import WorkbenchError
from workbench.model.text import Passage, Text
from workbench.sources import read_bytes
from workbench.stages import chart, history, index, register
from workbench.stages.importing import ImportPlan, importing
from workbench.study.faults import told_plainly
from workbench.study.file import open_study
from workbench.study.save_as import save_as
study = None
def bring(name, size):
    content = (name * size).encode()
    with importing(study, ImportPlan()) as run:
        run.add(f"{name}.txt", content, read_bytes(f"{name}.txt", content))
def code(at):
    text = max(study.all(Text), key=lambda text: text.characters)
    index.code_passage(study, text.id, Passage(at, at + 30), list(study.framework.codes))
def several():
    with study.transaction():
        for number in range(5):
            register.add_case(study, f"Together {number}", attributes={"note": "x" * 4000})
work = [
    lambda: register.add_case(study, "Osaka"),
    lambda: bring("small", 10),
    lambda: code(0),
    lambda: history.undo(study),
    lambda: bring("large", 8_000),
    several,
    lambda: code(40),
    lambda: save_as(study, study.path.with_name("copy.workbench")),
    lambda: register.add_case(study, "Kawasaki"),
]
try:
    study = open_study(pathlib.Path(sys.argv[1]), coder="A. Mori")
    with told_plainly(study.path):
        told = study.head.count
        for action in work:
            try:
                action()
            except WorkbenchError as refused:
                print("refused", refused.what, flush=True)
            if study.head.count > told:
                told = study.head.count
                print("told", told, study.head.hash, flush=True)
        study.close()
except WorkbenchError as refused:
    print("ended", refused.what, flush=True)
    sys.exit(refused.exit_status)
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """The n-th call that fails, and whether all after it fail too."""

    call: str
    error: str
    nth: int
    lasting: bool

    def __str__(self) -> str:
        return f"{self.call} {self.nth}{'+' if self.lasting else ''}: {self.error}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the work said under a fault."""

    fired: bool
    told: int
    refused: tuple[str, ...]


def may_trace() -> bool:
    """Tell whether programs may be traced here."""
    program = shutil.which("strace")
    command = [program or "", "-f", "-e", "trace=close", "-o", "/dev/null", sys.executable, "-c", ""]
    return program is not None and subprocess.run(command, capture_output=True, check=False).returncode == 0


def make_study(path: Path) -> None:
    """Make the study that the work begins with."""
    with new_study(path, title="Faults", coder="A. Mori") as study:
        theme = framework.add_theme(study, "Theme")
        framework.add_code(study, theme.id, "Code")
        content = ("The city shall consult foreign residents. 市は意見を聴く。\n" * 50).encode()
        with importing(study, ImportPlan()) as run:
            run.add("text.txt", content, read_bytes("text.txt", content))


def work_under(fault: Fault, begin: Path, folder: Path) -> Outcome:
    """Do the work on a copy of a study while a call fails; raises AssertionError where anything is lost."""
    path = folder / "faults.workbench"
    shutil.rmtree(folder)
    folder.mkdir()
    shutil.copy(begin, path)
    trace = folder / "trace"
    when = f"{fault.nth}+" if fault.lasting else str(fault.nth)
    options = ["-f", "-qq", "-o", str(trace), "-e", f"trace={fault.call}"]
    if fault.call == "openat":
        # Python itself opens files too, but writes none.
        options += [word for place in (path, f"{path}-journal", folder) for word in ("-P", str(place))]
    options += ["-e", f"inject={fault.call}:error={fault.error}:when={when}"]
    done = subprocess.run(
        ["strace", *options, sys.executable, "-c", WORK, str(path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "Traceback" not in done.stderr, f"{fault}: {done.stderr[-2000:]}"
    assert done.returncode in (0, 3), f"{fault}: exit status {done.returncode}: {done.stderr[-2000:]}"
    told = [line.split() for line in done.stdout.splitlines() if line.startswith("told")]
    refused = [line for line in done.stdout.splitlines() if line.startswith(("refused", "ended"))]
    with open_study(begin, read_only=True) as study:
        first = study.head.count
    with open_study(path, coder="A. Mori") as study:
        findings = check_study(study)
        assert findings == [], f"{fault}: {findings}"
        for _, count, digest in told:
            assert study.decision(int(count)).hash == digest, f"{fault}: told decision {count} is lost"
        last = int(told[-1][1]) if told else first
        assert study.head.count == last, f"{fault}: {study.head.count} decisions, {last} told"
    for copy in [path.with_name("copy.workbench"), *folder.glob("*.backups/[!.]*.workbench")]:
        if copy.exists() and copy.stat().st_size:
            with open_study(copy, read_only=True) as study:
                assert check_study(study) == [], f"{fault}: {copy.name} is not whole"
    unfinished = [file.name for file in folder.rglob(".*.unfinished")]
    assert not unfinished or fault.lasting, f"{fault}: {unfinished} was left behind"
    return Outcome("INJECTED" in trace.read_text(), last - first, tuple(refused))


def faults(calls: tuple[str, ...], errors: tuple[str, ...], every: int) -> Generator[Fault, bool, None]:
    """Give every fault to try, `send` whether the last one fired; a call that fires no more is done."""
    for call in calls:
        for error in errors:
            for lasting in (False, True):
                nth = 1
                while (yield Fault(call, error, nth, lasting)):
                    nth += every


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--calls", nargs="+", default=list(WRITES))
    parser.add_argument("--errors", nargs="+", default=list(ERRORS))
    chosen = parser.parse_args()
    if not may_trace():
        raise SystemExit("strace may not trace programs here")
    counted: Counter[str] = Counter()
    said: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        begin, folder = Path(name) / "begin.workbench", Path(name) / "work"
        folder.mkdir()
        make_study(begin)
        trying = faults(tuple(chosen.calls), tuple(chosen.errors), chosen.every)
        fault = next(trying)
        while True:
            outcome = work_under(fault, begin, folder)
            counted[fault.call] += outcome.fired
            said.update(set(outcome.refused) if outcome.fired else set())
            try:
                fault, last = trying.send(outcome.fired), fault
                if fault.call != last.call:
                    print(f"{last.call}: {counted[last.call]} faults", flush=True)
            except StopIteration:
                break
    print(f"{counted.total()} faults: {dict(counted)}; nothing told was lost, every check held")
    for sentence, times in said.most_common():
        print(f"{times:5} {sentence}")


if __name__ == "__main__":
    main()
