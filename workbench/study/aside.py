"""What is kept beside a study for its owner alone: encrypted where the study is."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from workbench.errors import WorkbenchError
from workbench.study.keys import FIRST_PAGE, Key, salt_of
from workbench.study.live import door
from workbench.study.locked import key_of
from workbench.study.sqlcipher import begin

__all__ = ["key_of", "read_aside", "write_aside"]


def write_aside(place: Path, data: bytes, key: Key | None) -> None:
    """Put a file in the place of the former one, whole, for its owner's eyes only, encrypted with a key.

    Raises OSError where it cannot be written.
    """
    handle, name = tempfile.mkstemp(prefix=place.name, dir=place.parent)
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            if key is None:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        if key is not None:
            _seal(unfinished, data, key)
        os.replace(unfinished, place)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _seal(place: Path, data: bytes, key: Key) -> None:
    try:
        with door(), closing(begin(f"{place.absolute().as_uri()}?mode=rw", key)) as connection:
            connection.execute("PRAGMA journal_mode = MEMORY")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("CREATE TABLE aside (data BLOB)")
            connection.execute("INSERT INTO aside VALUES (?)", (data,))
    except sqlite3.DatabaseError as error:
        raise OSError(None, str(error)) from error


def read_aside(place: Path, most: int) -> bytes:
    """Read a file that was kept, up to one byte more than `most`; ValueError where that fails."""
    with place.open("rb") as file:
        data = file.read(max(most + 1, FIRST_PAGE))
    if salt_of(data) is None:
        return data[: most + 1]
    try:
        key = key_of(place)
        with door(), closing(begin(f"{place.absolute().as_uri()}?mode=ro", key)) as connection:
            row = connection.execute("SELECT substr(data, 1, ?) FROM aside", (most + 1,)).fetchone()
            return bytes(row[0])
    except (sqlite3.DatabaseError, WorkbenchError, TypeError) as error:
        raise ValueError(f"it is encrypted and does not open: {error}") from error
