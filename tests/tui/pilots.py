"""Drive the workbench in a test: open it, press keys, wait until nothing is under way."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from workbench.tui.app import Workbench

NORMAL = (80, 24)
WIDE = (120, 40)


async def settle(pilot: Pilot[None]) -> None:
    """Wait until what the last keys set off is drawn."""
    for _ in range(4):
        await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after another, then wait."""
    await pilot.press(*keys)
    await settle(pilot)


async def type_in(pilot: Pilot[None], words: str) -> None:
    """Type words."""
    names = {" ": "space", ".": "full_stop", "/": "slash", "-": "minus", "_": "underscore"}
    await press(pilot, *(names.get(character, character) for character in words))


@asynccontextmanager
async def opened(
    path: Path,
    *,
    size: tuple[int, int] = WIDE,
    stage: str = "familiarise",
    coder: str = "A. Mori",
    read_only: bool = False,
) -> AsyncIterator[tuple[Workbench, Pilot[None]]]:
    """Open a study in a terminal of a size, and close it afterwards."""
    app = Workbench(path, coder=coder, stage=stage, read_only=read_only)
    async with app.run_test(size=size) as pilot:
        for _ in range(100):
            await settle(pilot)
            if app.is_open and app.stage_screen is not None:
                break
        await settle(pilot)
        yield app, pilot


def actions(app: Workbench) -> list[str]:
    """List the actions of the log."""
    return [decision.action for decision in app.study.decisions()]


def message(app: Workbench) -> str:
    """Give the sentence in the message line; empty before the screen is laid out."""
    from workbench.tui.widgets.message_line import MessageLine

    assert app.stage_screen is not None
    return "".join(line.message for line in app.stage_screen.query(MessageLine))
