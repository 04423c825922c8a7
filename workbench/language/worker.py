"""The other side of `working`: what runs in the process that works on language."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import time
import traceback
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO

from workbench.errors import WorkbenchError

_NICENESS = 5
"""The screen goes first."""
_TOLD_SECONDS = 0.05


class _Calls:
    """The calls that come in, and whether the one under way is still wanted."""

    def __init__(self, incoming: BinaryIO) -> None:
        self.waiting: SimpleQueue[bytes] = SimpleQueue()
        self.is_ended = threading.Event()
        threading.Thread(target=self._listen, args=(incoming,), daemon=True).start()

    def _listen(self, incoming: BinaryIO) -> None:
        """Take what comes; when the other side is gone, nobody waits for anything any more."""
        while True:
            try:
                kind, *rest = pickle.load(incoming)
            except (EOFError, OSError, pickle.UnpicklingError):
                os._exit(0)
            if kind == "end":
                self.is_ended.set()
            else:
                self.waiting.put(rest[0])


def serve() -> None:
    """Answer calls one after the other, until the program that started this is gone."""
    incoming, outgoing = _pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _ask_for_no_socket()
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    calls = _Calls(incoming)
    while True:
        payload = calls.waiting.get()
        calls.is_ended.clear()
        answer = _answered(payload, _Telling(calls.is_ended, outgoing))
        _send(outgoing, ("answer", answer, held_memory()))


def _ask_for_no_socket() -> None:
    """Say that there is no IPv6: a library that spaCy imports would open a socket only to find out."""
    import socket

    socket.has_ipv6 = False


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep both pipes to oneself: what a library prints or asks for goes nowhere."""
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(nowhere, number)
    os.close(nowhere)
    return incoming, outgoing


def _send(outgoing: BinaryIO, message: tuple[Any, ...]) -> None:
    try:
        pickle.dump(message, outgoing)
        outgoing.flush()
    except BrokenPipeError:
        os._exit(0)


class _Telling:
    """What a function is given as `progress`: told often, it passes on a few times a second."""

    def __init__(self, is_ended: threading.Event, outgoing: BinaryIO) -> None:
        self._is_ended = is_ended
        self._outgoing = outgoing
        self._told = 0.0

    def __call__(self, done: int, of: int) -> bool:
        now = time.monotonic()
        if now - self._told > _TOLD_SECONDS:
            self._told = now
            _send(self._outgoing, ("progress", done, of))
        return not self._is_ended.is_set()


class _Caught:
    """Keeps what is raised inside, to be raised again on the other side."""

    error: BaseException | None = None

    def __enter__(self) -> _Caught:
        return self

    def __exit__(self, kind: object, error: BaseException | None, steps: object) -> bool:
        self.error = error
        return isinstance(error, Exception)


def _answered(payload: bytes, progress: _Telling) -> bytes:
    """Do what a call asks for, and write down its result, or what it raised and where."""
    with _Caught() as caught:
        function, arguments, named, wants_progress = pickle.loads(payload)
        if wants_progress:
            named["progress"] = progress
        return pickle.dumps((function(*arguments, **named), None, ""))
    assert caught.error is not None
    return _failed(caught.error)


def _failed(error: BaseException) -> bytes:
    places = "" if isinstance(error, WorkbenchError) else _places(error)
    with _Caught():
        written = pickle.dumps((None, error, places))
        pickle.loads(written)
        return written
    # It refuses to be written down, or to be made again: its name has to do.
    return pickle.dumps((None, RuntimeError(type(error).__name__), places))


def _places(error: BaseException) -> str:
    """Say where something was raised, without a word of what was worked on."""
    steps = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{Path(each.filename).name}:{each.lineno}" for each in reversed(steps))


def held_memory() -> int:
    """Tell how many bytes this process holds; the most it ever held where the system tells no more."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    if sys.platform == "win32":
        return 0
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
