"""A chart written in a thread, on a reading connection of its own, with a bar and a way to stop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.tui.dialogs.progress import Progress

if TYPE_CHECKING:
    from workbench.exchange.xlsx import Progress as Tell
    from workbench.study.study import Study
    from workbench.tui.app import Workbench

_EVERY_SECONDS = 0.1


class _Stopped(Exception):
    """The user asked to stop: leave the writing without a file."""


async def written_in_background(app: Workbench, make: Callable[[Study, Tell], bytes]) -> bytes | None:
    """Make the bytes of a file while the screen stays free; None where that is stopped or refused.

    `make` is given the study on a connection of its own, and what to tell how far it has come.
    """
    progress = Progress("Writing the chart", 1)
    await app.push_screen(progress)
    app.busy = True
    try:
        return await asyncio.to_thread(_make, app, progress, make)
    except _Stopped:
        app.say("The writing was stopped. No file was written.")
    except WorkbenchError as error:
        app.say(str(error), alarm=True)
    finally:
        app.busy = False
        progress.dismiss(None)
    return None


def _make(app: Workbench, progress: Progress, make: Callable[[Study, Tell], bytes]) -> bytes:
    from workbench.study.file import once_more

    told = 0.0

    def tell(done: int, steps: int) -> None:
        nonlocal told
        if progress.stopped:
            raise _Stopped
        if time.monotonic() - told > _EVERY_SECONDS:
            told = time.monotonic()
            app.call_from_thread(progress.come_to, done, steps)

    with once_more(app.study) as study:
        return make(study, tell)
