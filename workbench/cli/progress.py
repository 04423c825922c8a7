"""How far work has come, on stderr; silent where stderr is no terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")

_WIDTH = 30
_EVERY_SECONDS = 0.1


def with_bar(items: Iterable[T], total: int) -> Iterator[T]:
    """Yield the items and draw how many are done."""
    with bar() as draw:
        for number, item in enumerate(items):
            draw(number, total)
            yield item


@contextmanager
def bar() -> Iterator[Callable[[int, int], None]]:
    """Give what draws how many steps are done of how many; the bar goes at the end."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    drawn = 0.0

    def draw(done: int, total: int) -> None:
        nonlocal drawn
        if time.monotonic() - drawn > _EVERY_SECONDS:
            filled = _WIDTH * done // max(total, 1)
            sys.stderr.write(f"\r[{'#' * filled}{'.' * (_WIDTH - filled)}] {done}/{total}")
            sys.stderr.flush()
            drawn = time.monotonic()

    try:
        yield draw
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


_PATIENCE = 1.0
"""Seconds after which something that works quietly says how far it has come."""


@contextmanager
def telling() -> Iterator[Callable[[str, int, int], None]]:
    """Give what is told how far work has come; it shows that on stderr once the work takes long."""
    began = drawn = time.monotonic()
    shown = False

    def tell(what: str, done: int, of: int) -> None:
        nonlocal drawn, shown
        now = time.monotonic()
        if now - began > _PATIENCE and now - drawn > _EVERY_SECONDS and sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[K{what}: {done}{f' of {of}' if of else ''} …")
            sys.stderr.flush()
            drawn, shown = now, True

    try:
        yield tell
    finally:
        if shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
