"""A program on a pseudo-terminal of a size, and the bytes it wrote there."""

from __future__ import annotations

import os
import select
import struct
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


def written_on_terminal(
    arguments: Sequence[str],
    *,
    size: tuple[int, int] = (80, 24),
    seconds: float = 300,
    environment: Mapping[str, str] | None = None,
    under: Sequence[str] = (),
) -> tuple[bytes, int]:
    """Run Python on a terminal of (columns, lines), under another program where one is named.

    Gives what was written there and how it ended.
    """
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    fcntl, termios = pytest.importorskip("fcntl"), pytest.importorskip("termios")
    ours, theirs = pty.openpty()
    columns, lines = size
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    surroundings = {
        **os.environ,
        **(environment or {}),
        "TERM": "xterm-256color",
        "PYTHONPATH": str(REPOSITORY),
    }
    for name in ("COLUMNS", "LINES", "NO_COLOR"):
        surroundings.pop(name, None)
    running = subprocess.Popen(
        [*under, sys.executable, *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=REPOSITORY,
        env=surroundings,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        written = _drained(ours, running, time.monotonic() + seconds)
    finally:
        if running.poll() is None:
            running.kill()
        status = running.wait()
        os.close(ours)
    return written, status


def _drained(ours: int, running: subprocess.Popen[bytes], limit: float) -> bytes:
    written = bytearray()
    while time.monotonic() < limit:
        if not select.select([ours], [], [], 0.1)[0]:
            if running.poll() is not None:
                break
            continue
        try:
            read = os.read(ours, 65_536)
        except OSError:  # how Linux reports that the other side has closed
            break
        if not read:
            break
        written += read
    return bytes(written)
