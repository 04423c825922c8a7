"""Import and coding against plain sqlite3: how much the log, the hashes and the rules cost."""

from __future__ import annotations

import hashlib
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

from workbench.model.text import Passage, Text
from workbench.sources import read_file
from workbench.stages import framework, index
from workbench.stages.importing import ImportPlan, importing
from workbench.stages.setup import new_study

FILES, SIZE, ROUNDS = 1_000, 20_000, 5
LINE = "The city shall consult foreign residents. 市は外国人住民の意見を聴くよう努めるものとする。\n"


def baseline(folder: Path, target: Path) -> float:
    """Read, hash and insert the files with plain sqlite3 in one transaction."""
    began = time.perf_counter()
    connection = sqlite3.connect(target)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE files (hash TEXT PRIMARY KEY, name TEXT, bytes BLOB)")
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        connection.execute(
            "INSERT INTO files VALUES (?, ?, ?)", (hashlib.sha256(data).hexdigest(), path.name, data)
        )
    connection.commit()
    connection.close()
    return time.perf_counter() - began


def ours(folder: Path, target: Path) -> float:
    """Import the same files into a study."""
    with new_study(target, title="T", coder="A. Mori") as study:
        began = time.perf_counter()
        with importing(study, ImportPlan(case="Osaka")) as run:
            for path in sorted(folder.iterdir()):
                run.add(path.name, *read_file(path))
        return time.perf_counter() - began


def codings(target: Path, count: int = 300) -> list[float]:
    """Time single codings, each durable before the next, in milliseconds."""
    times = []
    with new_study(target, title="T", coder="A. Mori") as study:
        theme = framework.add_theme(study, "Rights")
        code = framework.add_code(study, theme.id, "Consultation")
        with importing(study, ImportPlan()) as run:
            path = target.with_suffix(".txt")
            path.write_text(LINE * 1000, encoding="utf-8")
            run.add(path.name, *read_file(path))
        text_id = next(iter(study.all(Text))).id
        for number in range(count):
            began = time.perf_counter()
            index.code_passage(
                study, text_id, Passage(number * 50, number * 50 + 40), [code.id], reason="measured"
            )
            times.append((time.perf_counter() - began) * 1000)
    return times


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        folder = root / "files"
        folder.mkdir()
        for number in range(FILES):
            text = f"File {number}\n" + LINE * (SIZE // len(LINE.encode()))
            (folder / f"{number:04d}.txt").write_text(text, encoding="utf-8")
        ours(folder, root / "warm.workbench")
        plain, study = [], []
        for round_ in range(ROUNDS):
            plain.append(baseline(folder, root / f"plain{round_}.db"))
            study.append(ours(folder, root / f"study{round_}.workbench"))
        ratio = statistics.median(study) / statistics.median(plain)
        print(f"import of {FILES} files of {SIZE} bytes: {statistics.median(study):.3f} s")
        print(f"plain sqlite3: {statistics.median(plain):.3f} s; ratio {ratio:.2f}")
        times = codings(root / "codings.workbench")
        print(f"one durable coding: median {statistics.median(times):.2f} ms, worst {max(times):.1f} ms")


if __name__ == "__main__":
    main()
