"""The screen of numbers over 200 measures and 50 cases: until it is worked out, and how long keys wait.

The longest wait is the longest time in which the screen could not have answered a key.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from pathlib import Path

from workbench.exchange.codebook import default_vocabulary
from workbench.model.case import Case
from workbench.model.cell import Cell, CellState
from workbench.model.decision import Verb
from workbench.model.framework import Code, Theme
from workbench.model.records import Record
from workbench.study.file import create_study
from workbench.tui.app import Workbench
from workbench.tui.stages.numbers import NumbersScreen

MEASURES, CASES, THEMES = 200, 50, 10
SEED, BLANK = 7, 0.05


def make(path: Path) -> None:
    """Write a study with an answer in most cells; some names stand in two themes."""
    rng = random.Random(SEED)
    rules, statuses = default_vocabulary()
    put: list[Record] = [*rules, *statuses]
    put += [Theme(f"t{number}", None, number, f"Theme {number}") for number in range(1, THEMES + 1)]
    put += [Case(f"c{number}", f"City {number}", number) for number in range(1, CASES + 1)]
    for number in range(MEASURES):
        theme, place = number % THEMES + 1, number // THEMES + 1
        name = f"Measure {place}" if place < 3 and theme < 3 else f"Measure {theme}.{place}"
        put.append(Code(f"m{number}", f"t{theme}", place, name))
        for case in range(1, CASES + 1):
            if rng.random() > BLANK:
                answer = rng.choice(["yes", "partial", "no-not-found"])
                key = Cell.key(f"c{case}", f"m{number}")
                put.append(Cell(key, f"c{case}", f"m{number}", status_id=answer, state=CellState.CHARTED))
    study = create_study(path, title="Numbers", coder="A. Mori")
    study.decide(Verb.APPLY_CODEBOOK, "setting:framework title", put=put, reason="a benchmark")
    study.close()


async def measure(path: Path) -> None:
    """Open the screen and go through its faces while everything is worked out."""
    app = Workbench(path, coder="A. Mori", stage="chart")
    async with app.run_test(size=(120, 40)) as pilot:
        while not app.is_open or app.stage_screen is None:
            await pilot.pause(0.02)
        await pilot.pause(0.2)
        waits: list[float] = []
        watching = asyncio.create_task(_watch(waits))
        began = time.perf_counter()
        app.open_numbers()
        screen = None
        while not isinstance(screen, NumbersScreen) or "counts" in screen.under_way or screen.counts is None:
            await asyncio.sleep(0.005)
            screen = app.screen
        print(f"counts shown after {time.perf_counter() - began:.2f} s")
        for key in "231":
            await pilot.press(key)
        while screen.under_way:
            await asyncio.sleep(0.02)
        print(f"all worked out after {time.perf_counter() - began:.2f} s")
        for key in ("3", "end", "home", "2", "enter", "escape", "5"):
            await pilot.press(key)
        while screen.under_way:
            await asyncio.sleep(0.02)
        watching.cancel()
        worst = sorted(waits, reverse=True)[:3]
        print(f"longest waits: {', '.join(f'{1000 * wait:.0f} ms' for wait in worst)}")


async def _watch(waits: list[float]) -> None:
    while True:
        began = time.perf_counter()
        await asyncio.sleep(0.001)
        waits.append(time.perf_counter() - began)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "numbers.workbench"
        make(path)
        asyncio.run(measure(path))


if __name__ == "__main__":
    main()
