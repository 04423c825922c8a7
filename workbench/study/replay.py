"""Replay: the tables rebuilt from the log, for checking, for time travel and for repair."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from workbench.model.decision import Decision
from workbench.model.records import KINDS, split_key
from workbench.study.log import Finding, insert
from workbench.study.rows import delete_sql, quoted, row_of, upsert_sql
from workbench.study.schema import BOOKKEEPING, TABLES


def apply_changes(
    connection: sqlite3.Connection, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    """Make the views say what `after` says of every record that `before` or `after` names."""
    for key in before:
        if key not in after:
            kind, identifier = split_key(key)
            connection.execute(delete_sql(kind), (identifier,))
    rows: dict[str, list[list[Any]]] = {}
    for key, data in after.items():
        kind, _ = split_key(key)
        rows.setdefault(kind, []).append(row_of(kind, data))
    for kind, of_kind in rows.items():
        connection.executemany(upsert_sql(kind), of_kind)


def replay(connection: sqlite3.Connection, decisions: Iterable[Decision]) -> None:
    """Write decisions and their effects into an empty study, in one transaction."""
    connection.execute("BEGIN")
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for decision in decisions:
        apply_changes(connection, decision.before, decision.after)
        insert(connection, decision)
    connection.execute("COMMIT")


def differences(ours: sqlite3.Connection, replayed: sqlite3.Connection) -> Iterator[Finding]:
    """Compare every view of two studies row by row."""
    for kind in KINDS:
        name = TABLES[kind].name
        for left, right in _paired(ours, replayed, name, "id"):
            identifier = (left or right or ("?",))[0]
            if left is None:
                yield Finding(
                    f"{kind}:{identifier}", "The log has this record, the table does not.", _REBUILD
                )
            elif right is None:
                yield Finding(
                    f"{kind}:{identifier}", "The table has this record, the log does not.", _REBUILD
                )
            else:
                yield Finding(f"{kind}:{identifier}", "The table says something else than the log.", _REBUILD)
    for name in BOOKKEEPING:
        if list(_rows(ours, name)) != list(_rows(replayed, name)):
            yield Finding(name, "The table does not follow from the log.", _REBUILD)


_REBUILD = "The log is what counts; keep this file and go back to the last copy that verifies."


def _rows(connection: sqlite3.Connection, name: str) -> Iterator[tuple[Any, ...]]:
    yield from connection.execute(f"SELECT * FROM {quoted(name)} ORDER BY 1, 2")


def _paired(
    ours: sqlite3.Connection, replayed: sqlite3.Connection, name: str, key: str
) -> Iterator[tuple[tuple[Any, ...] | None, tuple[Any, ...] | None]]:
    """Yield the rows that differ, side by side; None where one side lacks the row."""
    query = f"SELECT * FROM {quoted(name)} ORDER BY {quoted(key)}"
    left_rows, right_rows = ours.execute(query), replayed.execute(query)
    left, right = left_rows.fetchone(), right_rows.fetchone()
    while left is not None or right is not None:
        if right is None or (left is not None and left[0] < right[0]):
            yield left, None
            left = left_rows.fetchone()
        elif left is None or right[0] < left[0]:
            yield None, right
            right = right_rows.fetchone()
        else:
            if left != right:
                yield left, right
            left, right = left_rows.fetchone(), right_rows.fetchone()
