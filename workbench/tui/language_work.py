"""Work on language begun by a screen: done in the process beside it, told to the screen, ended with it.

A screen calls `working.run` in a thread of its own (`@work(thread=True)`); keys are answered meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

if TYPE_CHECKING:
    from workbench.language.working import Progress
    from workbench.tui.app import Workbench


def told_to(app: Workbench, tell: Callable[[int, int], None]) -> Progress:
    """Give what a call of `working.run` takes as `progress`, for the thread worker that asks for it.

    `tell` is called on the screen's thread when more is done; the call ends when that worker is cancelled.
    """
    worker = get_current_worker()
    said = (0, 0)

    def progress(done: int, of: int) -> bool:
        nonlocal said
        if worker.is_cancelled:
            return False
        if (done, of) != said:
            said = done, of
            app.call_from_thread(tell, done, of)
        return True

    return progress
