"""Connections to study files, with every guard that an untrusted file needs.

What each Python gives: 3.11 has the limits and the authorizer, by which nothing inside a trigger or a view
runs and none can be made; from 3.12 on SQLite's own defensive mode is on, and triggers and views are off.
SQLCipher gives the authorizer, not the limits; who made an encrypted file also knew its passphrase.
"""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

from workbench.study.keys import Key
from workbench.study.live import closed, door, opened
from workbench.study.locked import key_of
from workbench.study.sqlcipher import begin

_LIMITS = {
    sqlite3.SQLITE_LIMIT_ATTACHED: 1,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
    sqlite3.SQLITE_LIMIT_COLUMN: 200,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 100,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 1_000_000,
}
"""One attached file is what VACUUM INTO needs."""
_FORBIDDEN = frozenset(
    {
        sqlite3.SQLITE_CREATE_TRIGGER,
        sqlite3.SQLITE_CREATE_TEMP_TRIGGER,
        sqlite3.SQLITE_CREATE_VIEW,
        sqlite3.SQLITE_CREATE_TEMP_VIEW,
        sqlite3.SQLITE_CREATE_VTABLE,
        sqlite3.SQLITE_DROP_VTABLE,
    }
)


class _InTheClear(sqlite3.Connection):
    """A connection that can be kept in mind without being kept alive."""

    def close(self) -> None:
        """Close it, and forget it once its locks are gone."""
        super().close()
        closed(self)


def connect(path: Path, mode: str, *, key: Key | None = None, one_thread: bool = True) -> sqlite3.Connection:
    """Open a connection in explicit transactions; `mode` is `ro` or `rw`, and no file is made.

    The key of an encrypted file is found, or asked for; one that is empty becomes encrypted with `key`.
    Without `one_thread` it may be handed from one thread to another. Raises Locked where no passphrase is
    given.
    """
    key = key or key_of(path)
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    with door():
        connection = _in_the_clear(uri, one_thread) if key is None else begin(uri, key, one_thread)
        opened(connection, path, key)
    try:
        _guard(connection)
    except UnicodeDecodeError as error:
        connection.close()
        raise sqlite3.DatabaseError(f"Could not decode to UTF-8 a name in the schema: {error}") from error
    except BaseException:
        connection.close()
        raise
    return connection


def _in_the_clear(uri: str, one_thread: bool) -> sqlite3.Connection:
    return sqlite3.connect(
        uri,
        uri=True,
        isolation_level=None,
        timeout=5,
        cached_statements=256,
        check_same_thread=one_thread,
        factory=_InTheClear,
    )


def _guard(connection: sqlite3.Connection) -> None:
    in_the_clear = isinstance(connection, _InTheClear)
    if in_the_clear:
        for limit, most in _LIMITS.items():
            connection.setlimit(limit, most)
    for pragma in (
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "mmap_size = 0",
        "foreign_keys = ON",
        "synchronous = FULL",
        "cache_size = -65536",
    ):
        connection.execute(f"PRAGMA {pragma}")
    if sys.version_info >= (3, 12) and in_the_clear:
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER, False)
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_VIEW, False)
    connection.set_authorizer(_allowed)


def _allowed(
    action: int, first: str | None, second: str | None, database: str | None, inside: str | None
) -> int:
    """Answer SQLite, which asks before each part of a statement; `inside` names a trigger or a view."""
    if inside is not None or action in _FORBIDDEN:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and (first or "").lower() == "writable_schema":
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() == "load_extension":
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK
