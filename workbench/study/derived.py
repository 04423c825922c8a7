"""A study that was derived from another for an export: some contents of its own, the others from there."""

from __future__ import annotations

import sqlite3

from workbench.study.origin import Origin
from workbench.study.study import Study


class DerivedStudy(Study):
    """What leaves in place of a study; it is only read."""

    def __init__(self, connection: sqlite3.Connection, source: Study, origin: Origin) -> None:
        super().__init__(connection, source.path, coder=source.coder, read_only=True)
        self.origin = origin
        self._source = source

    def content(self, digest: str) -> bytes:
        """Read stored bytes by their SHA-256: those put in place of others, or those of the source."""
        query = "SELECT bytes FROM contents WHERE hash = ?"
        row = self.connection.execute(query, (digest,)).fetchone()
        return self._source.content(digest) if row is None else bytes(row[0])
