"""Measure the reading pane and the matrix view against an empty screen in the same run.

Run `python benchmarks/panes.py [quick]`. Figures are processor milliseconds of this process, so that a busy
machine matters little; compare the ratios, not the milliseconds. Writing to a terminal is not included.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import sys
import time
import tracemalloc
from collections.abc import Awaitable, Callable

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widget import Widget

from workbench.tui.matrix.cells import CellFace
from workbench.tui.matrix.matrix_view import MatrixView
from workbench.tui.reading.lanes import Highlight
from workbench.tui.reading.pane import ReadingPane
from workbench.tui.reading.rows import Rows

SIZE = (120, 40)
WORDS = ["policy", "council", "shall", "the", "of", "residents", "city’s", "support", "“plan”", "ward", "in"]
SENTENCE = "これは、多文化共生の推進に関する条例です。「市民」とは、市内に住む者をいう（葛\U000e0100城市）。"
SENTENCE += "👨\u200d👩\u200d👧が\u3099"


def long_text(lines: int, length: int) -> str:
    """Write a text of which every third line or so is Japanese, with emoji, selectors and combining marks."""
    chance = random.Random(7)
    written = []
    for _ in range(lines):
        if chance.random() < 0.3:
            written.append((SENTENCE * (length // len(SENTENCE) + 1))[: chance.randint(length // 2, length)])
        else:
            written.append(" ".join(chance.choices(WORDS, k=length // 6)))
    return "\n".join(written)


def codings(length: int, count: int) -> list[Highlight]:
    """Scatter codings, overlapping, one in a hundred of them very long."""
    chance = random.Random(11)
    made = []
    for number in range(count):
        start = chance.randrange(length)
        size = 40_000 if number % 100 == 0 else chance.randint(20, 600)
        code = number % 24
        made.append(
            Highlight(f"c{number}", start, min(length, start + size), str(code), code, f"code {code}")
        )
    return made


class Empty(App[None]):
    """A screen with one focusable widget that draws nothing: the floor of every figure."""

    def compose(self) -> ComposeResult:
        yield self.make()

    def make(self) -> Widget:
        widget = Widget()
        widget.can_focus = True
        return widget

    def fill(self) -> None:
        """Put the content in."""

    def on_mount(self) -> None:
        self.animation_level = "none"
        self.fill()
        self.query_one("*", Widget).focus()


class Reading(Empty):
    def __init__(self, content: str, highlights: list[Highlight]) -> None:
        super().__init__()
        self.content, self.highlights = content, highlights

    def make(self) -> Widget:
        self.pane = ReadingPane()
        return self.pane

    def fill(self) -> None:
        self.pane.show(self.content, highlights=self.highlights)


class Matrix(Empty):
    def __init__(self, rows: int, columns: int) -> None:
        super().__init__()
        self.labels = (
            [f"Case {row}" for row in range(rows)],
            [f"{column}.1 A code" for column in range(columns)],
        )

    def make(self) -> Widget:
        self.view = MatrixView()
        return self.view

    def face(self, row: int, column: int) -> CellFace:
        number = (row * 31 + column * 17) % 46
        text = SENTENCE * (number % 4) if number % 3 == 0 else " ".join(WORDS[n % 11] for n in range(number))
        return CellFace(text, "Yes", "good", "3 excerpts")

    def fill(self) -> None:
        self.view.show(*self.labels, self.face)


async def processor_ms(work: Callable[[], Awaitable[object]]) -> float:
    begun = time.process_time()
    await work()
    return 1000 * (time.process_time() - begun)


async def keys(pilot: Pilot[None], key: str, times: int) -> float:
    """Press keys many times; the median for each round."""
    return statistics.median([await processor_ms(lambda: pilot.press(*key.split())) for _ in range(times)])


async def measure(make: Callable[[], Empty], pressed: tuple[str, ...], times: int) -> dict[str, float]:
    app = make()
    figures: dict[str, float] = {}
    begun = time.process_time()
    async with app.run_test(size=SIZE) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        figures["mount"] = 1000 * (time.process_time() - begun)
        for key in pressed:
            figures[key] = await keys(pilot, key, times)

        async def resize() -> None:
            await pilot.resize_terminal(SIZE[0] - 20, SIZE[1])
            await app.workers.wait_for_complete()
            await pilot.pause()

        figures["resize"] = await processor_ms(resize)
    return figures


def report(name: str, figures: dict[str, float], floor: dict[str, float]) -> None:
    print(f"\n{name}")
    for action, taken in figures.items():
        least = floor.get(action, floor["down"])
        print(f"  {action:20} {taken:9.1f} ms   {taken / least:6.1f} x the empty screen")


def memory(make: Callable[[], object]) -> float:
    tracemalloc.start()
    kept = make()
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del kept
    return size / 1e6


async def main(*, quick: bool) -> None:
    times = 5 if quick else 20
    reading_keys = ("down", "right", "shift+down", "pagedown", "ctrl+end ctrl+home")
    matrix_keys = ("down", "right", "pagedown", "ctrl+end ctrl+home")
    await measure(Empty, ("down",), 2)
    floor = await measure(Empty, ("down",), times)
    report("empty screen", floor, floor)
    lines, paragraphs = long_text(40_000, 40), long_text(4_000, 350)
    for name, content, count in (("40,000 lines", lines, 5_000), ("4,000 paragraphs", paragraphs, 5_000)):
        highlights = codings(len(content), count)
        size = f"{len(content.encode()) / 1e6:.1f} MB, {count:,} codings"
        report(
            f"reading pane, {name} ({size})",
            await measure(lambda c=content, h=highlights: Reading(c, h), reading_keys, times),  # type: ignore[misc]
            floor,
        )
        begun = time.process_time()
        rows = Rows(content, 90)
        print(f"  layout alone         {1000 * (time.process_time() - begun):9.1f} ms   {len(rows):,} rows")
        print(f"  layout holds         {memory(lambda c=content: Rows(c, 90)):9.1f} MB")  # type: ignore[misc]
    report("matrix, 500 x 100", await measure(lambda: Matrix(500, 100), matrix_keys, times), floor)
    small_keys = ("down", "right", "ctrl+end ctrl+home")
    report("matrix, 40 x 25", await measure(lambda: Matrix(40, 25), small_keys, times), floor)


if __name__ == "__main__":
    asyncio.run(main(quick="quick" in sys.argv[1:]))
