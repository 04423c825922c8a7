"""The stored contents, and whether they are still the bytes that were stored."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator

from workbench.errors import StudyFileError, WrongUsage


def changed_contents(connection: sqlite3.Connection) -> Iterator[str]:
    """Hash every stored content anew and name those that changed; SQLite does not notice a changed byte."""
    for digest, data in connection.execute("SELECT hash, bytes FROM contents ORDER BY hash"):
        if not isinstance(data, bytes) or hashlib.sha256(data).hexdigest() != digest:
            yield str(digest)


def read_content(connection: sqlite3.Connection, digest: str) -> bytes:
    """Read stored bytes by their SHA-256.

    Raises WrongUsage where none are stored, and StudyFileError where they are no longer those.
    """
    row = connection.execute("SELECT bytes FROM contents WHERE hash = ?", (digest,)).fetchone()
    if row is None:
        raise WrongUsage(f"No content is stored under {digest}.")
    if not isinstance(row[0], bytes) or hashlib.sha256(row[0]).hexdigest() != digest:
        raise StudyFileError(
            f"The content {digest} is damaged: its bytes are not those that were stored.",
            safe="It is not shown, and nothing was changed.",
            do="Go back to the last backup that verifies.",
        )
    return bytes(row[0])
