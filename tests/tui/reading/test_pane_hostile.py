"""Texts made to hurt: they open at once, no key waits for them, nothing reaches the terminal raw."""

from __future__ import annotations

import gc
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.pilot import Pilot

from tests.speed import slowness
from tests.tui.reading.readers import Reader, coding
from workbench.model.text import Passage, places_of_lines

LENGTH = 600_000
ENDLESS = {
    "latin": "a" * LENGTH,
    "words": "word “quoted” " * (LENGTH // 14),
    "japanese": "市民は、共生を進める。" * (LENGTH // 11),
    "control": "\x1b" * LENGTH,
    "blanks": " " * LENGTH,
    "newlines": "\n" * LENGTH,
    "one stack": "e" + "\u0301" * LENGTH,
    "megabyte lines": ("word 漢字 " * 125_000 + "\n") * 2,
}
KEYS = (
    *(
        "down",
        "right",
        "left",
        "up",
        "end",
        "home",
        "ctrl+right",
        "ctrl+left",
        "shift+down",
        "ctrl+shift+right",
    ),
    *(
        "pagedown",
        "pageup",
        "ctrl+down",
        "ctrl+shift+down",
        "ctrl+up",
        "plus",
        "plus",
        "plus",
        "minus",
        "ctrl+c",
    ),
    *("ctrl+end", "ctrl+left", "up", "pageup", "ctrl+shift+home", "ctrl+home", "enter", "shift+pagedown"),
)


async def open_text(app: Reader, pilot: Pilot[None], content: str) -> float:
    """Show a text with a coding every thousand characters; processor seconds until it is on the screen."""
    highlights = [
        coding(number, number * 1_000, number * 1_000 + 3_000) for number in range(len(content) // 1_000)
    ]
    places = places_of_lines(content)
    app.content = content
    begun = time.process_time()
    app.pane.show(content, highlights=highlights, places=places)
    await app.workers.wait_for_complete()
    await pilot.pause()
    return time.process_time() - begun


async def slow_keys(pilot: Pilot[None], limit: float) -> dict[str, float]:
    """Press every key; those that took more processor milliseconds than the limit, with their time."""
    # What earlier tests left behind is not what a key has to wait for.
    gc.collect()
    gc.freeze()
    slow: dict[str, float] = {}
    for key in KEYS:
        begun = time.process_time()
        await pilot.press(key)
        taken = 1000 * (time.process_time() - begun)
        if taken > limit:
            slow[key] = taken
    return slow


@pytest.mark.parametrize("name", list(ENDLESS))
async def test_no_key_waits_for_a_text_of_one_endless_line(name: str) -> None:
    app = Reader("")
    async with app.run_test(size=(120, 40)) as pilot:
        taken = [await open_text(app, pilot, ENDLESS[name])]
        slow = await slow_keys(pilot, 50 * slowness())
        if slow or taken[0] > 0.5 * slowness():
            again = await open_text(app, pilot, ENDLESS[name] + "!")
            taken.append(again)
            slow = {
                key: time for key, time in (await slow_keys(pilot, 50 * slowness())).items() if key in slow
            }
        assert not slow
        assert min(taken) < slowness() * (0.5 if name in ("latin", "words", "japanese") else 1)


async def test_resizing_an_endless_line_keeps_selection_and_place() -> None:
    app = Reader("")
    async with app.run_test(size=(120, 40)) as pilot:
        await open_text(app, pilot, ENDLESS["japanese"])
        app.pane.go_to(400_000, Passage(300_000, 500_000))
        await pilot.pause()
        for size in ((60, 20), (120, 40)):
            await pilot.resize_terminal(*size)
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert app.pane.selection == Passage(300_000, 500_000)
            start, end = app.pane.rows.span(app.pane.scroll_offset.y)
            assert start <= app.pane.top_offset < end
            assert app.pane.rows.row_of(400_000) - app.pane.scroll_offset.y < 60


HOSTILE = [
    *(
        "\x00",
        "\x07",
        "\x1b]0;t\x07",
        "\x1b[2J",
        "\r",
        "\x85",
        "\x9b31m",
        "\u202e",
        "\u2066",
        "\u200f",
        "\u2028",
    ),
    *(
        "\u200b",
        "\ufeff",
        "\u00ad",
        "\u034f",
        "\ud800",
        "\udfff",
        "\U000e0041",
        "\ufffe",
        "\t",
        "\n",
        "a",
        "漢",
    ),
    *(
        "e" + "\u0301" * 300,
        "\u0301",
        "👩\u200d",
        "\u200d",
        "🇯",
        "[red]",
        "[/]",
        "[@click=app.quit]",
        "“",
        "…",
    ),
]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(HOSTILE), max_size=60).map("".join))
async def test_what_is_drawn_is_printable_whatever_the_text_is(content: str) -> None:
    app = Reader(content, highlights=[coding(1, 0, 9), coding(2, 3, 200)], places=places_of_lines(content))
    async with app.run_test(size=(70, 12)) as pilot:
        await pilot.press("ctrl+shift+end", "plus", "left")
        drawn = "".join(app.lines())
        drawn.encode()
        assert drawn.replace("\u0301", "").replace("\u200d", "").isprintable()
