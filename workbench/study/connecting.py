"""Connections to study files, with every guard that an untrusted file needs."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def connect(path: Path, mode: str, *, one_thread: bool = True) -> sqlite3.Connection:
    """Open a connection in explicit transactions; `mode` is `ro` or `rw`, and no file is made.

    Without `one_thread` it may be handed from one thread to another.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        timeout=5,
        cached_statements=256,
        check_same_thread=one_thread,
    )
    for pragma in (
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "mmap_size = 0",
        "foreign_keys = ON",
        "synchronous = FULL",
        "cache_size = -65536",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection
