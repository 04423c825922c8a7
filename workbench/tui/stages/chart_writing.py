"""A file written in a thread, on a reading connection of its own, with a bar and a way to stop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, TypeVar

from workbench.errors import WorkbenchError
from workbench.tui.dialogs.progress import Progress

if TYPE_CHECKING:
    from workbench.exchange.xlsx import Progress as Tell
    from workbench.study.study import Study
    from workbench.tui.app import Workbench

T = TypeVar("T")

_EVERY_SECONDS = 0.1


class _Stopped(Exception):
    """The user asked to stop: leave the writing without a file."""


async def written_in_background(
    app: Workbench,
    make: Callable[[Study, Tell], T],
    *,
    title: str = "Writing the file",
    derives: bool = False,
    pseudonyms: bool = False,
) -> T | None:
    """Make what an export writes while the screen stays free; None where that is stopped or refused.

    `make` is given the study as it leaves, on a connection of its own, and what to tell how far it has come.
    One that `derives` is given the study as it is; with `pseudonyms`, the others are given one that names
    coders by number.
    """
    progress = Progress(title, 1)
    await app.push_screen(progress)
    app.busy = True
    try:
        work = make if derives else _from_leaving(app, make, pseudonyms)
        return await asyncio.to_thread(_make, app, progress, work)
    except _Stopped:
        app.say("The writing was stopped. No file was written.")
    except WorkbenchError as error:
        app.say(str(error), alarm=True)
    finally:
        app.busy = False
        progress.dismiss(None)
    return None


def _from_leaving(
    app: Workbench, make: Callable[[Study, Tell], T], pseudonyms: bool
) -> Callable[[Study, Tell], T]:
    """Give an export the study as it leaves, with the redactions of today."""

    def made(study: Study, tell: Tell) -> T:
        from workbench.exchange.derived import as_it_leaves
        from workbench.study.file import open_study

        with open_study(app.path, read_only=True) as now:
            leaving = as_it_leaves(
                study, now=now, pseudonyms=pseudonyms, progress=lambda _, done, of: tell(done, of)
            )
        return make(leaving, tell)

    return made


def _make(app: Workbench, progress: Progress, make: Callable[[Study, Tell], T]) -> T:
    told = 0.0

    def tell(done: int, steps: int) -> None:
        nonlocal told
        if progress.stopped:
            raise _Stopped
        if time.monotonic() - told > _EVERY_SECONDS:
            told = time.monotonic()
            app.call_from_thread(progress.come_to, done, steps)

    with reading(app) as study:
        return make(study, tell)


def reading(app: Workbench) -> AbstractContextManager[Study]:
    """Open what the screens show once more, for reading in a thread."""
    from workbench.study.file import once_more

    return once_more(app.study)
