"""Measure the log: as it once stood, checked, opened on the screen and filtered, at 200,000 decisions."""

from __future__ import annotations

import argparse
import asyncio
import gc
import random
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.big_study import make
from workbench.model.decision import Verb
from workbench.model.decision_filter import DecisionFilter
from workbench.model.memo import Memo, MemoKind
from workbench.stages import history
from workbench.study.check import check_study
from workbench.study.file import as_of, open_study
from workbench.study.study import Study
from workbench.tui.app import Workbench
from workbench.tui.stages.history import HistoryScreen
from workbench.tui.widgets.decision_list import DecisionList

KEYS = ("down", "pagedown", "end", "pageup", "up", "home", "enter", "escape")


def measured(what: str, work: Callable[[], object]) -> None:
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    print(f"{what}: {time.process_time() - cpu:.2f} s CPU, {time.perf_counter() - wall:.2f} s")


def edit(study: Study, count: int) -> None:
    """Write, change, take away and undo as well, so that the log does not only grow records."""
    rng = random.Random(5)
    with study.transaction():
        for number in range(count):
            memo = Memo(
                f"m{number % 500}",
                f"case:case{number % 40 + 1}",
                MemoKind.NOTE,
                f"{number}",
                "A. Mori",
                "2026",
            )
            study.decide(Verb.WRITE_MEMO, f"memo:{memo.id}", put=[memo], reason="a second thought")
            if rng.random() < 0.1:
                history.undo(study)


def find(study: Study) -> None:
    finder = history.finder(study)
    head = study.head.count
    for name, wanted in {
        "coder": DecisionFilter(coder="A. Mori"),
        "stage": DecisionFilter(stage="index"),
        "code, the first time": DecisionFilter(about=("code:t1c1",)),
        "code and case": DecisionFilter(about=("code:t1c1", "case:case3")),
        "document": DecisionFilter(about=("document:d7",)),
        "time": DecisionFilter(since=study.decision(head // 2).at),
        "words in reasons": DecisionFilter(reason="second thought"),
        "words anywhere": DecisionFilter(words="Plan number 4990"),
    }.items():
        measured(f"filter by {name}", lambda wanted=wanted: list(finder.find(wanted)))  # type: ignore[misc]


async def on_screen(path: Path) -> None:
    app = Workbench(path, coder="A. Mori", stage="familiarise", read_only=True)
    async with app.run_test(size=(120, 40)) as pilot:
        while not app.is_open or app.stage_screen is None:
            await pilot.pause()
        began = time.thread_time()
        await pilot.press("f7")
        while not isinstance(app.screen, HistoryScreen):
            await pilot.pause()
        await pilot.pause()
        print(
            f"History opened from another screen: {(time.thread_time() - began) * 1000:.0f} ms of its thread"
        )
        screen = app.screen
        for wanted, name in (
            (DecisionFilter(), "whole log"),
            (DecisionFilter(about=("code:t1c1",)), "one code"),
        ):
            screen.start(wanted)
            while screen._log is None or not screen._log.is_complete:
                await pilot.pause(0.05)
            for key in KEYS:
                screen.query_one(DecisionList).focus()
                times = []
                for _ in range(15):
                    began = time.thread_time()
                    await pilot.press(key)
                    times.append((time.thread_time() - began) * 1000)
                print(f"{name}, {key}: {median(times):.1f} ms median, {max(times):.1f} at most")


def main(path: Path, decisions: int) -> None:
    if not path.exists():
        make(path, documents=5_000, codings=decisions - 5_000 - 6_000)
        with open_study(path, coder="A. Mori") as study:
            edit(study, 6_000)
    with open_study(path, read_only=True) as study:
        head = study.head.count
        print(f"{head} decisions, {path.stat().st_size / 1e6:.0f} MB")
        for part in (1, 0.75, 0.5, 0.25, 0):
            seq = max(1, int(head * part))
            measured(f"as of decision {seq}", lambda seq=seq: as_of(study, seq).close())  # type: ignore[misc]
        measured("full check", lambda: check_study(study))
        find(study)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path, help="a study, made where there is none")
    parser.add_argument("--decisions", type=int, default=200_000)
    parser.add_argument("--screen", action="store_true", help="only the screen, in a process of its own")
    chosen = parser.parse_args()
    if chosen.screen:
        asyncio.run(on_screen(chosen.path))
    else:
        main(chosen.path, chosen.decisions)
