"""The way into the past and back: the same workbench on the study as it stood after a decision."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.tui.actions import SCREENS
from workbench.tui.dialogs.progress import Progress
from workbench.tui.ways import screen_of

if TYPE_CHECKING:
    from workbench.study.study import Study
    from workbench.tui.app import Workbench

_EVERY_SECONDS = 0.1


class _Stopped(Exception):
    """The user asked to stop: stay where one is."""


async def go_to_past(app: Workbench, seq: int) -> None:
    """Show the whole study as it stood after a decision, read-only, on the stage that is shown.

    The screens of today stay as they are until one is back.
    """
    if (screen := app.stage_screen) is not None:
        screen.leave()
    past = await _made(app, seq)
    if past is None or screen is None:
        return
    before, modes = app.study, _modes(app)
    app.show_of(past)
    for name in SCREENS:
        app.add_mode(app.mode_of(name), partial(screen_of, name, past))
    await app.show_stage(screen.STAGE)
    await _put_away(app, before, modes)


async def go_to_today(app: Workbench) -> None:
    """Show the study as it is today, on the stage that was looked at in the past."""
    before, screen, modes = app.study, app.stage_screen, _modes(app)
    if before.as_of is None or screen is None:
        app.say("This is today. t in the log (F7) shows the study as it stood after a decision.")
        return
    screen.leave()
    app.show_of(None)
    await app.show_stage(screen.STAGE)
    await _put_away(app, before, modes)


def _modes(app: Workbench) -> list[str]:
    return [app.mode_of(name) for name in SCREENS]


async def _put_away(app: Workbench, study: Study, modes: Sequence[str]) -> None:
    """Take away the screens of a past and close it; those of today stay."""
    if study.as_of is not None:
        for mode in modes:
            await app.remove_mode(mode)
        study.close()


async def _made(app: Workbench, seq: int) -> Study | None:
    progress = Progress(f"Making the study as of decision {seq}", 1)
    await app.push_screen(progress)
    app.busy = True
    try:
        return await asyncio.to_thread(_make, app, progress, seq)
    except _Stopped:
        app.say("Stopped. This is still the study that was shown.")
    except WorkbenchError as error:
        app.say(str(error), alarm=True)
    finally:
        app.busy = False
        progress.dismiss(None)
    return None


def _make(app: Workbench, progress: Progress, seq: int) -> Study:
    from workbench.study.file import as_of

    told = 0.0

    def tell(what: str, done: int, of: int) -> None:
        nonlocal told
        if progress.stopped:
            raise _Stopped
        if time.monotonic() - told > _EVERY_SECONDS:
            told = time.monotonic()
            app.call_from_thread(progress.come_to, done, of)

    return as_of(app.today, seq, progress=tell)
