"""Flip single bits of a study file: each flip is harmless to what the study holds, or it is found.

python -m benchmarks.bit_flips [STUDY] [--flips N] [--seed S]

Half of the flips are anywhere in the file, half in bytes that are not zero. After each, the file is opened
for writing and for reading, checked, and read by some commands. Without a study, the worked example is made.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from workbench.cli import main as command_line
from workbench.errors import WorkbenchError
from workbench.model.records import KINDS
from workbench.study.check import check_study
from workbench.study.file import open_study
from workbench.study.schema import TABLES
from workbench.study.study import Study

READING = (("documents",), ("codings",), ("log", "show"), ("chart",), ("excerpts",))


def content_of(study: Study) -> str:
    """Hash all that a study holds: log, contents and records; not who had it open last."""
    digest = hashlib.sha256()
    tables = ["decisions", "contents", "touches", "undone", *(TABLES[kind].name for kind in KINDS)]
    for table in tables:
        for row in study.connection.execute(f'SELECT * FROM "{table}" ORDER BY 1, 2'):
            digest.update(repr(row).encode())
    return digest.hexdigest()


def flips(data: bytes, number: int, seed: int) -> Iterator[tuple[int, int]]:
    """Choose bytes and bits, always the same for the same seed."""
    chance = random.Random(seed)
    filled = [place for place, byte in enumerate(data) if byte]
    for count in range(number):
        place = chance.choice(filled) if count % 2 else chance.randrange(len(data))
        yield place, chance.randrange(8)


def after_flip(whole: bytes, flip: tuple[int, int], path: Path, content: str) -> str:
    """Write a study with one flipped bit and say what became of it; AssertionError where it is missed."""
    place, bit = flip
    data = bytearray(whole)
    data[place] ^= 1 << bit
    shutil.rmtree(path.parent)
    path.parent.mkdir()
    path.write_bytes(data)
    found = _found(path, content, flip)
    if found == "harmless":
        return found
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        for words in READING:
            status = command_line([*words, str(path)])
            assert status in range(4), f"byte {place}, bit {bit}: {words} ends with {status}"
    return found


def _found(path: Path, content: str, flip: tuple[int, int]) -> str:
    try:
        with open_study(path, coder="A. Mori") as study:
            if check_study(study):
                return "found by check"
            assert content_of(study) == content, f"byte {flip[0]}, bit {flip[1]}: changed, and not found"
            return "harmless"
    except WorkbenchError:
        pass
    try:
        with open_study(path, read_only=True) as study:
            findings = check_study(study)
    except WorkbenchError:
        return "found on opening"
    assert findings, f"byte {flip[0]}, bit {flip[1]}: not opened for writing, and nothing found"
    return "found on opening"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("study", type=Path, nargs="?")
    parser.add_argument("--flips", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        begin, folder = Path(name) / "begin.workbench", Path(name) / "flipped"
        folder.mkdir()
        if chosen.study is not None:
            shutil.copy(chosen.study, begin)
        else:
            from workbench.stages.worked_example import build_example

            build_example(begin, coder="A. Mori", progress=lambda _: None)
        with open_study(begin, read_only=True) as study:
            content = content_of(study)
        whole, became, longest = begin.read_bytes(), Counter[str](), 0.0
        for flip in flips(whole, chosen.flips, chosen.seed):
            started = time.monotonic()
            became[after_flip(whole, flip, folder / "flipped.workbench", content)] += 1
            longest = max(longest, time.monotonic() - started)
        print(f"{chosen.flips} flips in {len(whole)} bytes: {dict(became)}; longest {longest:.1f} s")


if __name__ == "__main__":
    main()
