"""Counts, the matrix on its screen and the workbook of 500 cases × 100 codes with 500,000 codings.

`python -m benchmarks.matrix [PATH]` makes the study at PATH where there is none, and measures it.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, thread_time

from benchmarks.terminal import Answer, Terminal
from workbench.exchange.codebook import Codebook, default_vocabulary
from workbench.matrix.chart import empty_chart
from workbench.matrix.counts import count_study
from workbench.model.case import Case, CaseDocument, Document
from workbench.model.cell import Cell, CellExcerpt, CellState
from workbench.model.coding import Coding, Excerpt
from workbench.model.decision import Verb
from workbench.model.framework import Code, Theme
from workbench.model.records import Record
from workbench.model.text import PlaceMap, Text, TextKind
from workbench.stages.setup import new_study
from workbench.study.file import open_study
from workbench.study.places import bytes_of_places
from workbench.study.queries import coding_counts_by_cell
from workbench.study.study import Study

CASES, THEMES, CODES, CODINGS = 500, 10, 10, 1_000
"""Cases, themes, codes of a theme, codings of a case."""
ROUNDS = 5
SENTENCE = "The city shall endeavour to hold consultations. 市は相談に応じるものとする。\n"
SUMMARY = "Consultations are held; the city shall endeavour to offer them in several languages (相談)."

BEST_STATUSES = (
    "SELECT c.case_id, k.theme_id, sum(CASE c.status_id WHEN 'yes' THEN 1 WHEN 'restricted' THEN 1 "
    "WHEN 'partial' THEN 1 ELSE 0 END), count(*) FROM cell_records c NOT INDEXED "
    "JOIN code_records k ON k.id = c.code_id GROUP BY c.case_id, k.theme_id"
)
BEST_CODINGS = (
    "SELECT cd.case_id, k.code_id, count(*) FROM coding_records k CROSS JOIN excerpt_records e "
    "ON e.id = k.excerpt_id JOIN text_records t ON t.id = e.text_id "
    "JOIN case_document_records cd ON cd.document_id = t.document_id GROUP BY cd.case_id, k.code_id"
)


def make(path: Path) -> None:
    """Write the study: each case has one document, each cell a summary, a status and two excerpts."""
    rules, statuses = default_vocabulary()
    themes = tuple(Theme(f"t{n}", None, n, f"Theme {n}") for n in range(1, THEMES + 1))
    codes = tuple(
        Code(f"t{t}c{n}", f"t{t}", n, f"Measure {t}.{n}")
        for t in range(1, THEMES + 1)
        for n in range(1, CODES + 1)
    )
    book = Codebook("Big", "", themes, codes, rules, statuses)
    rng = random.Random(7)
    with new_study(path, title="Big study", coder="A. Mori", codebook=book) as study, study.transaction():
        digest = study.store((SENTENCE * CODINGS).encode())
        places = study.store(bytes_of_places(PlaceMap(tuple(n * len(SENTENCE) for n in range(CODINGS)))))
        for number in range(CASES):
            _case(study, rng, number, codes, digest, places)


def _case(
    study: Study, rng: random.Random, number: int, codes: tuple[Code, ...], digest: str, places: str
) -> None:
    case = Case(f"case{number}", f"City {number}", number)
    document = Document(f"d{number}", f"plan-{number:03}", "")
    text = Text(
        f"x{number}",
        document.id,
        "en",
        TextKind.ORIGINAL,
        digest,
        places,
        digest,
        "a.txt",
        "",
        "txt",
        "utf-8",
        len(SENTENCE) * CODINGS,
    )
    put: list[Record] = [case, document, text, CaseDocument.of(case.id, document.id)]
    study.decide(Verb.IMPORT_TEXTS, f"document:{document.id}", put=put)
    coded: list[Record] = []
    cells: list[Record] = []
    for place in range(CODINGS):
        start = place * len(SENTENCE)
        excerpt = Excerpt(f"e{number}-{place}", text.id, start, start + len(SENTENCE) - 1, SENTENCE[:-1])
        coded += [excerpt, Coding(f"k{number}-{place}", excerpt.id, codes[place % len(codes)].id, "A. Mori")]
    for place, code in enumerate(codes):
        key = Cell.key(case.id, code.id)
        status = rng.choice(["yes", "yes", "restricted", "no-stated", "not-specified"])
        charted = CellState.CHARTED
        cells.append(Cell(key, case.id, code.id, SUMMARY, "", status, "adults", charted, "", "A. Mori"))
        cells += [CellExcerpt.of(key, f"e{number}-{place + step * len(codes)}") for step in range(2)]
    study.decide(Verb.CODE_HITS, f"text:{text.id}", put=coded, reason="measured")
    study.decide(Verb.LINK_EXCERPTS, f"case:{case.id}", put=cells)


def best(action: Callable[[], object], times: int = 5) -> float:
    """Give the shortest of some runs, in seconds of this thread."""
    taken = []
    for _ in range(times):
        before = thread_time()
        action()
        taken.append(thread_time() - before)
    return min(taken)


def measure_counts(study: Study) -> None:
    """Print the counts beside the best hand-written SQL on the same file."""
    connection = study.connection
    rule = empty_chart(study).rules[0]
    for what, ours, query in (
        ("statuses by theme and case", lambda: count_study(study, empty_chart(study), rule), BEST_STATUSES),
        ("coded excerpts by case and code", lambda: coding_counts_by_cell(study), BEST_CODINGS),
    ):
        sql = best(lambda query=query: connection.execute(query).fetchall())  # type: ignore[misc]
        mine = best(ours)
        print(f"{what}: {mine * 1000:.0f} ms, SQL {sql * 1000:.0f} ms, {mine / sql:.2f} ×")


KEYS = {
    "a key that does nothing": b"\x1b[24~",
    "down": b"\x1b[B",
    "up": b"\x1b[A",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "pagedown": b"\x1b[6~",
    "pageup": b"\x1b[5~",
}
FAR = {"ctrl+end": b"\x1b[1;5F", "ctrl+home": b"\x1b[1;5H"}
F5 = b"\x1b[15~"
REGISTER, CELL = "documents read", "Consultations"
"""Words that are on the screen when the first stage is filled, and when cells of the matrix are drawn."""


def measure_screen(path: Path) -> None:
    """Print what it takes from F5 to drawn cells, and what each key takes, in a pseudo-terminal."""
    command = [sys.executable, "-m", "workbench", "open", str(path), "--read-only"]
    for when, quiet in (("at once", 0.05), ("after a while", 1.5)):
        opened = []
        for _ in range(ROUNDS):
            terminal = Terminal(command)
            terminal.wait(REGISTER, quiet=quiet)
            opened.append(terminal.press(F5, mark=CELL, quiet=0.6))
            terminal.close()
        for what in fields(Answer):
            taken = [getattr(each, what.name) for each in opened]
            print(f"matrix opened {when}, {what.name}: {median(taken):.0f} ms, at most {max(taken):.0f} ms")
    terminal = Terminal([*command, "--stage", "chart"])
    terminal.wait(CELL, quiet=2.5)
    for name, key in (KEYS | FAR).items():
        answers = []
        for _ in range(16):
            answers.append(terminal.press(key))
            if name in FAR:
                terminal.press(next(other for far, other in FAR.items() if far != name))
        cpu, wall = [each.cpu for each in answers], [each.wall for each in answers]
        print(f"key {name}: {median(cpu):.1f} ms CPU, at most {max(cpu):.0f}; {median(wall):.0f} ms")
    terminal.close()


async def measure_memory(path: Path) -> None:
    """Print what memory the matrix adds; measuring it slows all down."""
    from workbench.tui.app import Workbench

    app = Workbench(path, coder="A. Mori", stage="familiarise", read_only=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        await pilot.press("f5")
        await pilot.pause()
        await app.workers.wait_for_complete()
        for key in ("down", "right", "pagedown", "end", "ctrl+end", "ctrl+home", "b", "o", "O"):
            for _ in range(8):
                await pilot.press(key)
        print(f"memory added: {(tracemalloc.get_traced_memory()[0] - before) / 2**20:.0f} MiB")
        tracemalloc.stop()


def measure_workbook(study: Study) -> None:
    """Print how long a workbook of all 50,000 cells takes."""
    from workbench.exchange.charts import write_chart

    cpu, clock = thread_time(), perf_counter()
    data = write_chart(study, format="xlsx")
    cpu, clock = thread_time() - cpu, perf_counter() - clock
    print(f"workbook: {cpu:.1f} s CPU, {clock:.1f} s, {len(data) / 2**20:.1f} MiB")


def main(path: Path) -> None:
    """Make the study where it is not there, and measure."""
    if not path.exists():
        clock = perf_counter()
        make(path)
        print(f"made in {perf_counter() - clock:.0f} s, {path.stat().st_size / 2**20:.0f} MiB")
    with open_study(path, read_only=True) as study:
        measure_counts(study)
    measure_screen(path)
    asyncio.run(measure_memory(path))
    with open_study(path, read_only=True) as study:
        measure_workbook(study)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path, nargs="?")
    chosen = parser.parse_args()
    if chosen.path is not None:
        main(chosen.path)
    else:
        with TemporaryDirectory() as folder:
            main(Path(folder) / "big.workbench")
