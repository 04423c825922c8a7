"""Open a study at a stage in a test, and wait until something has come about."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Static

from workbench.tui.app import Workbench
from workbench.tui.screen import StageScreen


@asynccontextmanager
async def open_stage(
    path: Path, stage: str, size: tuple[int, int], *, coder: str = "A. Mori"
) -> AsyncIterator[Pilot[None]]:
    """Run the workbench on a study at a stage, in a terminal of (columns, lines)."""
    app = Workbench(path, coder=coder, stage=stage)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, StageScreen) and stage == app.screen.STAGE)
        await pilot.pause()
        yield pilot
        app.close_study()


async def until(pilot: Pilot[None], come_about: Callable[[], bool], *, tries: int = 100) -> None:
    """Let the app work until something holds; fails where it never does."""
    for _ in range(tries):
        await pilot.pause(0.02)
        if come_about():
            return
    raise AssertionError("what the test waits for did not come about")


def words_of(widget: Static) -> str:
    """Give the words that a widget shows."""
    return str(widget.content)
