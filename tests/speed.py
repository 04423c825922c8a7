"""How slow this machine is just now, so that limits in seconds mean the same on every one."""

from __future__ import annotations

import re
import time

_WORDS = "the city 計画 supports 12 residents\n" * 4_000
_REFERENCE = 0.012
"""Processor seconds that `_work` takes on the machine on which the limits were set, when it is quiet."""


def slowness() -> float:
    """Give how many times slower than the reference this machine is at this moment; at least 1."""
    return max(1.0, min(_seconds_of_work() for _ in range(3)) / _REFERENCE)


def _seconds_of_work() -> float:
    begun = time.process_time()
    found: dict[str, int] = {}
    for match in re.finditer(r"\w+", _WORDS):
        found[match.group()] = found.get(match.group(), 0) + match.end() - match.start()
    assert len(found) == 6
    return time.process_time() - begun
