"""Kill a writer at random moments, again and again: nothing acknowledged may be lost, nothing half done.

python -m benchmarks.soak [KILLS]

The writer imports, codes, writes cells, undoes, makes bulk changes and backups; migrates studies of older
schemas; restores backups and takes that back. It says on a pipe what it begins and what is done. After every
kill the study must open, every check must hold, every acknowledged decision must be in the log (or, after a
restore, in what was set aside), and every backup must verify.
"""

from __future__ import annotations

import gzip
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from workbench.errors import Refused
from workbench.model.case import Case
from workbench.model.text import Passage, Text
from workbench.sources import read_bytes
from workbench.stages import chart, coding_changes, framework, history, index, register
from workbench.stages.backups import restore_backup
from workbench.stages.importing import ImportPlan, importing
from workbench.stages.setup import new_study
from workbench.study.backup import backup_if_changed, backups_of, findings_in
from workbench.study.backup_names import Why, folder_of
from workbench.study.check import check_study
from workbench.study.file import open_study
from workbench.study.restore import put_back
from workbench.study.study import Study

FIXTURES = Path(__file__).parent.parent / "tests" / "study" / "fixtures"
OLDER = ("schema-1", "schema-2", "schema-3")
FRESH_EVERY = 40
"""Kills after which the study is begun anew, so that checking it stays quick."""
LONGEST = 1.0
"""Seconds from the start of the writer to the latest kill; the shorter ones are the more frequent."""

Say = Callable[[str], None]


# the writer


def _import(study: Study, chance: random.Random) -> None:
    content = f"{study.head.count} {chance.random()} ".encode() + b"x" * chance.randrange(200_000)
    with importing(study, ImportPlan()) as run:
        run.add(f"f{study.head.count}.txt", content, read_bytes("f.txt", content))


def _passage(study: Study, chance: random.Random) -> tuple[str, Passage]:
    text = study.all(Text, order="file_name")[-1]
    start = chance.randrange(max(text.characters - 30, 1))
    return text.id, Passage(start, min(start + 25, text.characters))


def _code(study: Study, chance: random.Random) -> None:
    index.code_passage(study, *_passage(study, chance), ["code"])


def _write_cell(study: Study, chance: random.Random) -> None:
    case = chance.choice(study.all(Case))
    chart.write_cell(
        study, case.id, "code", summary=f"Summary {chance.random()}. " * chance.randrange(1, 200)
    )


def _undo(study: Study, chance: random.Random) -> None:
    if study.head.count > 12:
        history.undo(study)


def _bulk(study: Study, chance: random.Random) -> None:
    hits = [_passage(study, chance) for _ in range(chance.randrange(2, 60))]
    coding_changes.code_hits(study, hits, ["code"], reason="all of them")


def _backup(study: Study, chance: random.Random) -> None:
    backup_if_changed(study.path, chance.choice([Why.ASKED, Why.TIMER, Why.TIMER]))


WORK = {
    "import": _import,
    "coding": _code,
    "cell": _write_cell,
    "undo": _undo,
    "bulk": _bulk,
    "backup": _backup,
}


def work(path: Path, chance: random.Random, say: Say) -> None:
    """Do one thing after the other, and acknowledge each."""
    say("begin open")
    with open_study(path, coder="Soak") as study:
        say(f"done {study.head.count} {study.head.hash}")
        while True:
            kind = chance.choice(list(WORK))
            say(f"begin {kind}")
            try:
                WORK[kind](study, chance)
            except Refused:
                # Nothing to undo, or the passage is coded already: a refusal changes nothing.
                continue
            say(f"done {study.head.count} {study.head.hash}")


def migrate(path: Path, chance: random.Random, say: Say) -> None:
    """Bring a study of an older schema up to date, and acknowledge that."""
    say("begin migration")
    with open_study(path, coder="Soak") as study:
        say(f"done {study.head.count} {study.head.hash}")
        while True:
            say("begin coding")
            register.add_case(study, f"City {chance.random()}")
            say(f"done {study.head.count} {study.head.hash}")


def restoring(path: Path, chance: random.Random, say: Say) -> None:
    """Restore backups and take that back, with work between."""
    while True:
        say("begin restore")
        backups = [backup for backup in backups_of(path) if backup.verified]
        if chance.random() < 0.3 and any(backup.why is Why.RESTORE for backup in backups):
            put_back(path)
        else:
            chosen = chance.choice(backups)
            restore_backup(path, str(chosen.path), coder="Soak", reason="soak")
        say("begin coding")
        with open_study(path, coder="Soak") as study:
            register.add_case(study, f"City {chance.random()}")
            say(f"done {study.head.count} {study.head.hash}")
            if chance.random() < 0.5:
                say("begin backup")
                backup_if_changed(path, Why.TIMER)


# the killer and the oracle


@dataclass
class Tally:
    """What the kills found."""

    kills: int = 0
    acknowledged: int = 0
    journals: int = 0
    backups: int = 0
    during: Counter[str] = field(default_factory=Counter)


def kill_once(path: Path, seed: int, act: Callable[[Path, random.Random, Say], None]) -> list[str]:
    """Let a writer work in a process of its own, kill it and give what it said."""
    reading, writing = os.pipe()
    writer = os.fork()
    if writer == 0:
        os.close(reading)
        try:
            act(path, random.Random(seed), lambda words: _say(writing, words))
        except BaseException:
            traceback.print_exc()
        os._exit(1)
    os.close(writing)
    chance = random.Random(-seed - 1)
    time.sleep(LONGEST * chance.random() ** 2)
    os.kill(writer, signal.SIGKILL)
    with os.fdopen(reading) as pipe:
        told = pipe.read()
    _, status = os.waitpid(writer, 0)
    assert os.WIFSIGNALED(status), "the writer stopped by itself"
    return told[: told.rfind("\n") + 1].splitlines()


def _say(pipe: int, words: str) -> None:
    os.write(pipe, f"{words}\n".encode())


def judge(path: Path, said: list[str], tally: Tally, verified: set[str], *, cut: bool = False) -> None:
    """Look after a kill: raises AssertionError for anything that was acknowledged and is not there."""
    journal = path.with_name(f"{path.name}-journal")
    tally.kills += 1
    tally.journals += journal.exists() and journal.stat().st_size > 0
    begun = [line.split()[1] for line in said if line.startswith("begin ")]
    tally.during[begun[-1] if begun and not said[-1].startswith("done") else "between"] += 1
    told = {int(line.split()[1]): line.split()[2] for line in said if line.startswith("done ")}
    tally.acknowledged += len(told)
    with open_study(path, coder="Soak") as study:
        findings = check_study(study)
        assert findings == [], findings
        missing = {seq: digest for seq, digest in told.items() if not _holds(study, seq, digest)}
    for backup in backups_of(path):
        if backup.verified and backup.path.name not in verified:
            findings = findings_in(backup.path)
            assert findings == [], (backup.path.name, findings)
            verified.add(backup.path.name)
            tally.backups += 1
    assert cut or not missing, f"acknowledged and lost: {missing}"
    for seq, digest in missing.items():
        assert any(_holds_copy(each.path, seq, digest) for each in backups_of(path)), f"{seq} is nowhere"


def _holds(study: Study, seq: int, digest: str) -> bool:
    return study.head.count >= seq and study.decision(seq).hash == digest


def _holds_copy(path: Path, seq: int, digest: str) -> bool:
    with open_study(path, read_only=True) as copy:
        return _holds(copy, seq, digest)


def begin(path: Path, *, passphrase: str = "") -> None:
    """Make a study to work on, with a backup."""
    with new_study(path, title="Soak", coder="Soak", passphrase=passphrase) as study:
        theme = framework.add_theme(study, "Theme")
        framework.add_code(study, theme.id, "Code")
        register.add_case(study, "Osaka")
        content = ("The city shall consult foreign residents. 市は意見を聴く。\n" * 200).encode()
        with importing(study, ImportPlan()) as run:
            run.add("z.txt", content, read_bytes("z.txt", content))
    backup_if_changed(path, Why.ASKED)


def forget(path: Path) -> None:
    """Take away a study with all that is beside it."""
    shutil.rmtree(folder_of(path), ignore_errors=True)
    for left in path.parent.glob(f"*{path.name}*"):
        left.unlink()


def run(kills: int, folder: Path) -> Tally:
    """Kill so many writers: seven of ten at work, one at a migration, two at a restore."""
    tally, verified, verified_restoring = Tally(), set[str](), set[str]()
    working, restored = folder / "work.workbench", folder / "restored.workbench"
    for number in range(kills):
        turn = number % 10
        if turn == 0:
            older = folder / f"{OLDER[number // 10 % len(OLDER)]}.workbench"
            forget(older)
            older.write_bytes(gzip.decompress((FIXTURES / f"{older.name}.gz").read_bytes()))
            judge(older, kill_once(older, number, migrate), tally, set())
            continue
        path, seen = (restored, verified_restoring) if turn in (4, 8) else (working, verified)
        if not path.exists() or number % FRESH_EVERY in (1, 4):
            forget(path)
            seen.clear()
            begin(path)
        act = restoring if path is restored else work
        judge(path, kill_once(path, number, act), tally, seen, cut=path is restored)
        if sys.stdout.isatty():
            print(f"\r{number + 1} of {kills}", end="", flush=True)
    return tally


def main() -> None:
    """Kill as often as asked and print what was found."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as folder:
        tally = run(kills, Path(folder))
    spread = ", ".join(f"{count} {what}" for what, count in tally.during.most_common())
    print(f"{tally.kills} kills ({spread})")
    print(f"{tally.acknowledged} acknowledged decisions, {tally.journals} journals left half written")
    print(f"{tally.backups} backups verified; none lost; every check held")


if __name__ == "__main__":
    main()
