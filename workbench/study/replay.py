"""Replay: the tables made from the log, and whether a study's tables follow from it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from workbench.model.decision import Decision, Verb, canonical_records
from workbench.model.records import KINDS, split_key
from workbench.study.log import FIELDS, Finding, insert
from workbench.study.rows import delete_sql, quoted, row_of, upsert_sql
from workbench.study.schema import TABLES


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


class Follower:
    """Follow the log from its beginning: does every decision start from what stood, and do its lists agree?

    What stood is kept only of records that several decisions touched: of others nothing can stand before.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._several = {
            key for (key,) in connection.execute("SELECT key FROM touches GROUP BY key HAVING count(*) > 1")
        }
        self._standing: dict[str, int] = {}
        """Key -> hash of the record as it stands; of nothing for one that is gone."""
        self._touches = connection.execute("SELECT seq, key FROM touches ORDER BY seq, key")
        self._next_touch: tuple[int, str] | None = self._touches.fetchone()
        self._undone: dict[int, int] = {}
        self._undone_said = dict(connection.execute("SELECT seq, by_seq FROM undone").fetchall())
        self._found: list[Finding] = []

    def take(self, row: tuple[Any, ...], before: dict[str, Any], after: dict[str, Any]) -> None:
        """Look at one decision, the next of the log."""
        seq, action, reverses = row[0], row[_ACTION], row[_REVERSES]
        self._compare_touches(seq, sorted({*before, *after}))
        for key in before.keys() | after.keys():
            if key not in self._several:
                if key in before:
                    self._found.append(
                        Finding(f"decision {seq}", f"{key} was not there to be changed.", _REBUILD)
                    )
                continue
            if self._standing.get(key, _NOTHING) != _print_of(before.get(key)):
                self._found.append(
                    Finding(f"decision {seq}", f"{key} stood otherwise before than it says.", _REBUILD)
                )
            self._standing[key] = _print_of(after.get(key))
        if action == Verb.UNDO.label:
            self._undone[reverses] = seq
        elif action == Verb.REDO.label:
            self._undone.pop(reverses, None)

    def _compare_touches(self, seq: int, keys: list[str]) -> None:
        said = []
        while self._next_touch is not None and self._next_touch[0] <= seq:
            said.append(self._next_touch)
            self._next_touch = self._touches.fetchone()
        if said != [(seq, key) for key in keys]:
            self._found.append(Finding("touches", f"It does not follow from decision {seq}.", _REBUILD))

    def findings(self) -> list[Finding]:
        """List what was found once the whole log was gone through."""
        found = list(self._found)
        if self._next_touch is not None:
            found.append(Finding("touches", "It names decisions that the log has not.", _REBUILD))
        if self._undone != self._undone_said:
            found.append(Finding("undone", "The table does not follow from the log.", _REBUILD))
        return found


def _print_of(data: Any) -> int:
    """Give what tells a record from any other; None, for one that is not there, has one too."""
    return hash(canonical_records(data))


_NOTHING = _print_of(None)
_ACTION, _REVERSES = FIELDS.index("action"), FIELDS.index("reverses")


def differences(
    ours: sqlite3.Connection, anew: sqlite3.Connection, *, progress: Callable[[str, int, int], None]
) -> Iterator[Finding]:
    """Compare every table of two studies row by row."""
    for done, kind in enumerate(KINDS):
        progress("comparing the tables", done, len(KINDS))
        for left, right in _paired(ours, anew, TABLES[kind].name, "id"):
            identifier = (left or right or ("?",))[0]
            if left is None:
                what = "The log has this record, the table does not."
            elif right is None:
                what = "The table has this record, the log does not."
            else:
                what = "The table says something else than the log."
            yield Finding(f"{kind}:{identifier}", what, _REBUILD)


_REBUILD = "The log is what counts. Restore a backup: workbench backups lists them. This file is kept."


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
