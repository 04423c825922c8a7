"""SQLCipher, through the extra `encrypted`: its connections pass for those of sqlite3."""

from __future__ import annotations

import sqlite3
from functools import cache
from importlib.util import find_spec
from typing import Any, cast

from workbench.errors import StudyFileError
from workbench.study.keys import Key
from workbench.study.live import closed


def is_installed() -> bool:
    """Tell whether encrypted studies can be made and opened."""
    return find_spec("sqlcipher3") is not None


def refuse_without() -> None:
    """Raise StudyFileError, which says how to get it, where the extra is not installed."""
    if not is_installed():
        raise StudyFileError(
            "Encrypted studies need SQLCipher, which is not installed.",
            do="Install it with: pip install 'framework-workbench[encrypted]'",
        )


@cache
def _connection_class() -> Any:
    """Give the class of connections to encrypted files.

    The module has errors of its own names; from here on they are also those of sqlite3, so that one `except`
    catches both.
    """
    refuse_without()
    from sqlcipher3 import dbapi2

    for theirs, ours in (
        (dbapi2.DatabaseError, sqlite3.DatabaseError),
        (dbapi2.OperationalError, sqlite3.OperationalError),
        (dbapi2.IntegrityError, sqlite3.IntegrityError),
        (dbapi2.InterfaceError, sqlite3.InterfaceError),
    ):
        theirs.__bases__ = (*theirs.__bases__, ours)

    class Ciphered(dbapi2.Connection):  # type: ignore[misc]
        """A connection that can be kept in mind without being kept alive."""

        def close(self) -> None:
            """Close it, and forget it once its locks are gone."""
            super().close()
            closed(self)

    return Ciphered


def begin(uri: str, key: Key | None, one_thread: bool = True) -> sqlite3.Connection:
    """Open a file by its key, or one in the clear with None; nothing of it is read yet.

    What SQLCipher writes of its own to stderr is turned off: the error says it.
    """
    made = _connection_class()(
        uri,
        uri=True,
        isolation_level=None,
        timeout=5,
        cached_statements=256,
        check_same_thread=one_thread,
    )
    connection = cast(sqlite3.Connection, made)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        if key is not None:
            connection.execute(f'PRAGMA key = "{key.words}"')
    except BaseException:
        connection.close()
        raise
    return connection
