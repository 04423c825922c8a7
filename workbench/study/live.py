"""The connections that this process has open: of which file, and with which key."""

from __future__ import annotations

import os
import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from workbench.study.keys import Key

_door = threading.RLock()
_live: weakref.WeakKeyDictionary[sqlite3.Connection, tuple[tuple[int, int], Key | None]] = (
    weakref.WeakKeyDictionary()
)
_by_name: dict[Path, Key] = {}
"""Encrypted files by the names under which they were opened last."""


@contextmanager
def door() -> Iterator[None]:
    """Keep other threads from looking at files while a connection to one is made.

    Whoever reads the beginning of a file drops, on closing it, the locks that SQLite has on it here.
    """
    with _door:
        yield


def opened(connection: sqlite3.Connection, path: Path, key: Key | None) -> None:
    """Keep in mind what a connection was opened with, until it is closed."""
    status = os.stat(path)
    _live[connection] = ((status.st_dev, status.st_ino), key)
    if key is not None:
        _by_name[path.resolve()] = key
    else:
        _by_name.pop(path.resolve(), None)


def closed(connection: Any) -> None:
    """Forget a connection that was closed."""
    _live.pop(connection, None)


def key_last_used(path: Path) -> Key | None:
    """Give the key that a file was opened with last under a name, also where it is no longer there."""
    return _by_name.get(path.resolve())


def open_with(status: os.stat_result) -> tuple[bool, Key | None]:
    """Tell whether a file is open here, and the key it was opened with."""
    for file, key in list(_live.values()):
        if file == (status.st_dev, status.st_ino):
            return True, key
    return False, None
