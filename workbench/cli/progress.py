"""A bar on stderr while many files go by; silent where stderr is no terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

_WIDTH = 30
_EVERY_SECONDS = 0.1


def with_bar(items: Iterable[T], total: int) -> Iterator[T]:
    """Yield the items and draw how many are done."""
    if not sys.stderr.isatty():
        yield from items
        return
    drawn = 0.0
    try:
        for number, item in enumerate(items):
            if time.monotonic() - drawn > _EVERY_SECONDS:
                filled = _WIDTH * number // max(total, 1)
                sys.stderr.write(f"\r[{'#' * filled}{'.' * (_WIDTH - filled)}] {number}/{total}")
                sys.stderr.flush()
                drawn = time.monotonic()
            yield item
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
