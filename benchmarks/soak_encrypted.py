"""The kill test on encrypted studies: nothing may be lost, and nothing may stand in the clear on the disk.

python -m benchmarks.soak_encrypted [KILLS]

The writers work and restore as in `benchmarks.soak`, and give a study one passphrase after the other. After
every kill, and again once the study was opened and checked, every file of the folder, the temporary ones
included, is searched for words of the texts, the names, the summaries and the passphrases.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

from benchmarks.soak import FRESH_EVERY, Say, Tally, begin, forget, judge, kill_once, restoring, work
from workbench.study.encrypting import change_form
from workbench.study.keys import Key
from workbench.study.locked import key_made

PASSPHRASES = ("walrus lantern harbour", "quartz meadow umbrella")
SECRETS = [
    word.encode()
    for word in (
        "consult foreign residents",
        "意見を聴く",
        "Summary 0.",
        "SQLite format 3",
        "CREATE TABLE",
        '"summary":',
        *PASSPHRASES,
    )
]


def changing(path: Path, keys: list[Key], say: Say) -> None:
    """Encrypt a study anew under one key after the other."""
    while True:
        for key in keys:
            say("begin change")
            head = change_form(path, key).head
            say(f"done {head.count} {head.hash}")


def in_the_clear(folder: Path) -> list[str]:
    """Name the files below a folder in which a secret stands, and the secret."""
    found = []
    for file in folder.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            found += [f"{file.name}: {word.decode()}" for word in SECRETS if word in data]
    return found


def run(kills: int, folder: Path) -> tuple[Tally, int]:
    """Kill so many writers: six of ten at work, two at a restore, two at a change of the passphrase."""
    tally, searched = Tally(), 0
    keys = [key_made(passphrase) for passphrase in PASSPHRASES]
    seen: dict[Path, set[str]] = {}
    for number in range(kills):
        turn = number % 10
        name = "changed" if turn in (2, 6) else "restored" if turn in (4, 8) else "work"
        path = folder / f"{name}.workbench"
        if not path.exists() or number % FRESH_EVERY in (1, 2, 4):
            forget(path)
            seen[path] = set()
            begin(path, passphrase=PASSPHRASES[0])

        def act(path: Path, chance: random.Random, say: Say, name: str = name) -> None:
            if name == "changed":
                changing(path, keys, say)
            (restoring if name == "restored" else work)(path, chance, say)

        said = kill_once(path, number, act)
        assert in_the_clear(folder) == [], in_the_clear(folder)
        if name == "changed":
            seen[path].clear()
        judge(path, said, tally, seen[path], cut=name == "restored")
        assert in_the_clear(folder) == [], in_the_clear(folder)
        searched += 2
    return tally, searched


def main() -> None:
    """Kill as often as asked and print what was found."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as folder:
        temporary = Path(folder) / "temporary"
        temporary.mkdir()
        tempfile.tempdir = str(temporary)
        try:
            tally, searched = run(kills, Path(folder))
        finally:
            tempfile.tempdir = None
    spread = ", ".join(f"{count} {what}" for what, count in tally.during.most_common())
    print(f"{tally.kills} kills ({spread})")
    print(f"{tally.acknowledged} acknowledged decisions, {tally.journals} journals left half written")
    print(f"{tally.backups} backups verified; none lost; every check held")
    print(f"{searched} searches of all files: nothing in the clear")


if __name__ == "__main__":
    main()
