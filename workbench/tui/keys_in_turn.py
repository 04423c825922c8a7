"""Keys are dealt with one after the other: the next waits until the dialog that the last one opens is there.

A burst of keys (a slow line, a paste, a macro) would otherwise reach the screen beneath a dialog that is just
being opened, and decide something there.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual.events import Key
from textual.screen import ModalScreen

if TYPE_CHECKING:
    from textual.app import App
    from textual.message_pump import MessagePump

_LONGEST_WAIT = 3.0
"""Seconds after which the next key is let through whatever is under way."""
_STEP = 0.004
_ROUNDS = 2
"""A key may cause a message that causes another; so often all that waits in the queues is let pass."""
_GROUPS = frozenset({"default", "stages"})
"""Groups of workers that open dialogs and screens; searches and counting are not waited for."""


class KeysInTurn:
    """Hold back keys while the one before is being dealt with."""

    def __init__(self, app: App[Any], forward: Callable[[Key], Awaitable[None]]) -> None:
        """Let keys through with `forward`, one at a time."""
        self._app = app
        self._forward = forward
        self._waiting: deque[Key] = deque()
        self._busy = False
        self._tasks: set[asyncio.Task[None]] = set()

    async def take(self, key: Key) -> None:
        """Deal with a key now, or after those before it."""
        if self._busy:
            self._waiting.append(key)
            return
        self._busy = True
        await self._forward(key)
        task = asyncio.create_task(self._go_on())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _go_on(self) -> None:
        """Let the keys that wait through, each when the one before has been dealt with."""
        try:
            await self._settled()
            while self._waiting:
                await self._forward(self._waiting.popleft())
                await self._settled()
        finally:
            self._busy = False

    async def _settled(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._dealt_with(), _LONGEST_WAIT)

    async def _dealt_with(self) -> None:
        for _ in range(_ROUNDS):
            for node in self._path():
                passed = asyncio.Event()
                if node.call_later(passed.set):
                    await passed.wait()
        while self._is_opening():
            await asyncio.sleep(_STEP)

    def _path(self) -> list[MessagePump]:
        """List what a key goes through: the focused widget, all around it, and the app."""
        target = self._app.focused or self._app.screen
        return [node for node in target.ancestors_with_self if node.is_running]

    def _is_opening(self) -> bool:
        """Tell whether a dialog or a screen is on its way."""
        screen = self._app.screen
        if isinstance(screen, ModalScreen):
            return not screen.is_mounted or (screen.focused is None and bool(screen.focus_chain))
        return any(worker.group in _GROUPS and worker.is_running for worker in self._app.workers)
