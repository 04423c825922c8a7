"""The stored contents, and whether they are still the bytes that were stored."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator


def changed_contents(connection: sqlite3.Connection) -> Iterator[str]:
    """Hash every stored content anew and name those that changed; SQLite does not notice a changed byte."""
    for digest, data in connection.execute("SELECT hash, bytes FROM contents ORDER BY hash"):
        if not isinstance(data, bytes) or hashlib.sha256(data).hexdigest() != digest:
            yield str(digest)
