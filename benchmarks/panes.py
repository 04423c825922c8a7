"""Measure the reading pane and the matrix view against an empty screen in the same run, as a Markdown table.

Run `python benchmarks/panes.py [quick]`. Headless figures are processor milliseconds of this process, so that
a busy machine matters little; figures of the pseudo-terminal are wall milliseconds from the key written to
the last byte read, for a child process whose output is read at once. Compare the ratios to the empty screen.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import random
import select
import statistics
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.text import Text
from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widget import Widget

from workbench.model.text import places_of_lines
from workbench.tui.matrix.cells import CellFace
from workbench.tui.matrix.matrix_view import MatrixView
from workbench.tui.reading.lanes import Highlight
from workbench.tui.reading.pane import ReadingPane

SIZE = (120, 40)
WORDS = ["policy", "council", "shall", "the", "of", "residents", "city’s", "support", "“plan”", "ward", "in"]
SENTENCE = "これは、多文化共生の推進に関する条例です。「市民」とは、市内に住む者をいう（葛\U000e0100城市）。"
SENTENCE += "👨\u200d👩\u200d👧が\u3099"
OPEN = "O"
READING_KEYS = ("down", "right", "shift+down", "pagedown", "ctrl+right", "ctrl+end")
MATRIX_KEYS = ("down", "right", "pagedown")
LIMITS = {OPEN: 500.0, "pagedown": 30.0, "ctrl+end": 30.0, "memory": 20.0}
CURSOR_LIMIT = 5.0
_PATIENCE = 10.0
BYTES = {
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "shift+down": b"\x1b[1;2B",
    "pagedown": b"\x1b[6~",
    "ctrl+right": b"\x1b[1;5C",
    "ctrl+end": b"\x1b[1;5F",
    "ctrl+home": b"\x1b[1;5H",
    OPEN: b"O",
}


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


class Line(Widget, can_focus=True):
    """One line that is drawn again at every key: the least that a key can cost."""

    DEFAULT_CSS = "Line { height: 1; }"

    def on_key(self, event: events.Key) -> None:
        self.refresh()

    def render(self) -> Text:
        return Text("-")


class Bench(App[None]):
    """A screen that is filled when the key O is pressed."""

    BINDINGS = [(OPEN, "fill", "Fill")]  # noqa: RUF012
    name = "empty screen"

    def compose(self) -> ComposeResult:
        yield Line()

    def on_mount(self) -> None:
        self.animation_level = "none"
        self.query("*").first().focus()

    def action_fill(self) -> None:
        """Put the content in."""
        self.query_one(Line).refresh()


class Reading(Bench):
    """A reading pane with codings."""

    def __init__(self, content: str, count: int) -> None:
        super().__init__()
        self.content, self.highlights = content, codings(len(content), count)
        self.places = places_of_lines(content)
        self.pane = ReadingPane()

    def compose(self) -> ComposeResult:
        yield self.pane

    def action_fill(self) -> None:
        self.pane.show(self.content, highlights=self.highlights, places=self.places)


class Matrix(Bench):
    """A matrix view."""

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__()
        self.labels = (
            [f"Case {row}" for row in range(rows)],
            [f"{column}.1 A code" for column in range(columns)],
        )
        self.view = MatrixView()

    def compose(self) -> ComposeResult:
        yield self.view

    def face(self, row: int, column: int) -> CellFace:
        number = (row * 31 + column * 17) % 46
        text = SENTENCE * (number % 4) if number % 3 == 0 else " ".join(WORDS[n % 11] for n in range(number))
        return CellFace(text, "Yes", "good", "3 excerpts")

    def action_fill(self) -> None:
        self.view.show(*self.labels, self.face)


@dataclass(frozen=True)
class Scene:
    """Something that is measured."""

    title: str
    make: Callable[[], Bench]
    keys: Sequence[str]


SCENES = {
    "empty": Scene("empty screen", Bench, ("down",)),
    "lines": Scene(
        "40,000 lines, 5,000 codings", lambda: Reading(long_text(40_000, 42), 5_000), READING_KEYS
    ),
    "paragraphs": Scene(
        "4,000 paragraphs, 5,000 codings", lambda: Reading(long_text(4_000, 400), 5_000), READING_KEYS
    ),
    "endless": Scene(
        "one paragraph of 600,000 characters, 600 codings",
        lambda: Reading(long_text(6_000, 130).replace("\n", " ")[:600_000], 600),
        READING_KEYS,
    ),
    "matrix": Scene("matrix, 500 x 100", lambda: Matrix(500, 100), MATRIX_KEYS),
    "small matrix": Scene("matrix, 40 x 25", lambda: Matrix(40, 25), ("down", "right")),
}


# Headless


async def processor_ms(work: Callable[[], Awaitable[object]]) -> float:
    begun = time.process_time()
    await work()
    return 1000 * (time.process_time() - begun)


async def headless(scene: Scene, times: int) -> dict[str, float]:
    """Measure median processor milliseconds of each key, without writing to a terminal."""
    app = scene.make()
    figures: dict[str, float] = {}
    async with app.run_test(size=SIZE) as pilot:

        async def settle(*keys: str) -> None:
            await pilot.press(*keys)
            await app.workers.wait_for_complete()
            await pilot.pause()

        figures[OPEN] = await processor_ms(lambda: settle(OPEN))
        for key in scene.keys:
            figures[key] = await _median(pilot, key, times)

        async def resize() -> None:
            await pilot.resize_terminal(SIZE[0] - 20, SIZE[1])
            await settle()

        figures["resize"] = await processor_ms(resize)
    return figures


async def _median(pilot: Pilot[None], key: str, times: int) -> float:
    taken = []
    for _ in range(times):
        taken.append(await processor_ms(lambda: pilot.press(key)))
        if key == "ctrl+end":
            await pilot.press("ctrl+home")
    return statistics.median(taken)


# Pseudo-terminal


class Terminal:
    """A child process in a pseudo-terminal, all of whose output is read at once."""

    def __init__(self, scene: str) -> None:
        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        environment["PYTHONPATH"] = str(Path(__file__).resolve().parents[1])
        self._child = subprocess.Popen(
            [sys.executable, __file__, "child", scene],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
        )
        os.close(slave)
        self.until_quiet(1.0, least=1)

    def until_quiet(self, quiet: float, *, least: int = 0) -> float:
        """Read until nothing came for so many seconds; the time of the last byte."""
        begun = last = time.perf_counter()
        count = 0
        while True:
            ready, _, _ = select.select([self._master], [], [], quiet)
            if ready:
                count += len(os.read(self._master, 1 << 16))
                last = time.perf_counter()
            elif count >= least:
                return last
            elif time.perf_counter() - begun > _PATIENCE:
                raise TimeoutError("the child drew nothing")

    def press(self, key: str, *, quiet: float = 0.12) -> float:
        """Press a key; wall milliseconds until its last byte."""
        begun = time.perf_counter()
        os.write(self._master, BYTES[key])
        return 1000 * (self.until_quiet(quiet, least=1) - begun)

    def megabytes(self) -> float:
        """Give the memory that the child has in use."""
        pages = int(Path(f"/proc/{self._child.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def close(self) -> None:
        self._child.kill()
        self._child.wait()
        os.close(self._master)


def in_terminal(name: str, times: int) -> dict[str, float]:
    """Measure the median wall milliseconds of each key in a pseudo-terminal, and the memory added."""
    terminal = Terminal(name)
    figures: dict[str, float] = {}
    try:
        terminal.press("down" if name == "empty" else OPEN, quiet=1.0)
        terminal.close()
        terminal = Terminal(name)
        before = terminal.megabytes()
        figures[OPEN] = terminal.press(OPEN, quiet=1.0)
        for key in SCENES[name].keys:
            taken = []
            for _ in range(times):
                taken.append(terminal.press(key))
                if key == "ctrl+end":
                    terminal.press("ctrl+home")
            figures[key] = statistics.median(taken)
        figures["memory"] = terminal.megabytes() - before
    finally:
        terminal.close()
    return figures


def limit(name: str, key: str) -> str:
    """Give the limit of a figure of the reading pane."""
    if name not in ("lines", "paragraphs", "endless") or key == "resize":
        return ""
    return f"{LIMITS.get(key, CURSOR_LIMIT):g}"


def ratio(figure: float | None, floor: float) -> str:
    return "| |" if figure is None else f"{figure:.1f} | {figure / floor:.1f} x |"


async def main(*, quick: bool) -> None:
    times = 5 if quick else 15
    await headless(SCENES["empty"], 2)
    print("| | | headless CPU ms | to empty | pty wall ms | to empty | limit |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    floors: tuple[float, float] | None = None
    for name, scene in SCENES.items():
        drawn, shown = await headless(scene, times), in_terminal(name, times)
        memory = shown.pop("memory")
        floors = floors or (drawn["down"], shown["down"])
        for key in {**drawn, **shown}:
            row = (
                f"{ratio(drawn.get(key), floors[0])} {ratio(shown.get(key), floors[1])} {limit(name, key)} |"
            )
            print(f"| {scene.title} | {'open' if key == OPEN else key} | {row}")
        print(
            f"| {scene.title} | memory added, MB | | | {memory:.1f} | | {limit(name, 'memory')} |", flush=True
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["child"]:
        SCENES[sys.argv[2]].make().run()
    else:
        asyncio.run(main(quick="quick" in sys.argv[1:]))
