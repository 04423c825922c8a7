"""Kill a writer at random moments, again and again: nothing acknowledged may be lost, nothing half done.

python -m benchmarks.soak [ROUNDS]
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from workbench.model.text import Text
from workbench.sources import read_bytes
from workbench.stages import framework
from workbench.stages.importing import ImportPlan, importing
from workbench.stages.setup import new_study
from workbench.study.check import check_study
from workbench.study.file import open_study

WRITER = """
import pathlib, random, sys
from workbench.model.text import Passage, Text
from workbench.sources import read_bytes
from workbench.stages import history, index
from workbench.stages.importing import ImportPlan, importing
from workbench.study.file import open_study
chance = random.Random(int(sys.argv[2]))
study = open_study(pathlib.Path(sys.argv[1]), coder="Soak")
text = study.all(Text)[0]
while True:
    kind = chance.random()
    if kind < 0.1:
        content = f"{study.head.count} {chance.random()} " + "x" * chance.randrange(200_000)
        with importing(study, ImportPlan()) as run:
            run.add(f"f{study.head.count}.txt", content.encode(), read_bytes("f.txt", content.encode()))
    elif kind < 0.3 and study.head.count > 10:
        history.undo(study)
    else:
        start = chance.randrange(text.characters - 40)
        try:
            index.code_passage(study, text.id, Passage(start, start + 30), ["code"])
        except Exception as refusal:
            if type(refusal).__name__ != "Refused":
                raise
    print(study.head.count, study.head.hash, flush=True)
"""


def one_round(path: Path, seed: int) -> tuple[int, bool]:
    """Kill a writer once; give the number of acknowledged decisions and whether a journal was left."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(seed)], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    first = writer.stdout.readline()
    time.sleep(random.Random(seed).random() * 0.15)
    writer.send_signal(signal.SIGKILL)
    told = [first, *writer.stdout.readlines()]
    writer.wait()
    whole = [line.split() for line in told if line.endswith("\n") and len(line.split()) == 2]
    journal = path.with_name(f"{path.name}-journal")
    left = journal.exists() and journal.stat().st_size > 0
    with open_study(path, coder="Soak") as study:
        for count, digest in whole:
            assert study.decision(int(count)).hash == digest, f"decision {count} was acknowledged and is lost"
        findings = check_study(study)
        assert findings == [], findings
    return len(whole), left


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "soak.workbench"
        with new_study(path, title="Soak", coder="Soak") as study:
            theme = framework.add_theme(study, "Theme")
            framework.add_code(study, theme.id, "Code")
            content = ("The city shall consult foreign residents. 市は意見を聴く。\n" * 200).encode()
            with importing(study, ImportPlan()) as run:
                run.add("text.txt", content, read_bytes("text.txt", content))
            assert study.all(Text)
        acknowledged = journals = 0
        for seed in range(rounds):
            count, left = one_round(path, seed)
            acknowledged += count
            journals += left
        print(f"{rounds} kills, {acknowledged} acknowledged decisions, {journals} journals left half written")
        print("none lost; every check held")


if __name__ == "__main__":
    main()
