"""The log: append a decision, read decisions, and check their chain."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any, Protocol

from workbench.errors import Refused
from workbench.model.decision import (
    GENESIS,
    Decision,
    Verb,
    canonical,
    canonical_records,
    decision_json,
    hash_of_json,
    records_of,
)

FIELDS = tuple(field.name for field in fields(Decision))
_COLUMNS = ", ".join(f'"{name}"' for name in FIELDS)
_MARKS = ", ".join("?" for _ in FIELDS)


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the log: how many decisions, and the hash of the last."""

    count: int
    hash: str

    def __str__(self) -> str:
        return f"{self.count} decisions, head {self.hash}"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a check found: where, what it is and what to do about it."""

    place: str
    what: str
    do: str = ""
    key: str = ""
    """Key of the record it is about; empty where it is about none, or about several alike."""
    rule: str = ""
    """Name of the rule that found it."""


def read_head(connection: sqlite3.Connection) -> Head:
    """Read the end of the log."""
    row = connection.execute("SELECT seq, hash FROM decisions ORDER BY seq DESC LIMIT 1").fetchone()
    return Head(row[0], row[1]) if row else Head(0, GENESIS)


def append(connection: sqlite3.Connection, payload: dict[str, Any]) -> Decision:
    """Chain a decision to the end of the log and write it with its touches.

    The caller holds the transaction. `payload` lacks `seq` and `prev_hash`. Raises Refused for text that
    cannot be written as UTF-8.
    """
    head = read_head(connection)
    payload = {**payload, "seq": head.count + 1, "prev_hash": head.hash}
    before, after = canonical_records(payload["before"]), canonical_records(payload["after"])
    try:
        digest = hash_of_json(decision_json(payload, before, after))
    except UnicodeEncodeError as error:
        raise Refused("The text holds bytes that are no characters.", do="Type it again.") from error
    decision = Decision(**payload, hash=digest)
    _insert(connection, decision, before, after)
    return decision


def insert(connection: sqlite3.Connection, decision: Decision) -> None:
    """Write a decision as it is, hash included, and the views of the log that follow from it."""
    _insert(connection, decision, canonical(decision.before), canonical(decision.after))


def _insert(connection: sqlite3.Connection, decision: Decision, before: str, after: str) -> None:
    values = [getattr(decision, name) for name in FIELDS]
    values[FIELDS.index("before")], values[FIELDS.index("after")] = before, after
    connection.execute(f"INSERT INTO decisions ({_COLUMNS}) VALUES ({_MARKS})", values)
    connection.executemany(
        "INSERT INTO touches (key, seq) VALUES (?, ?)", [(key, decision.seq) for key in sorted(decision.keys)]
    )
    if decision.action == Verb.UNDO.label:
        connection.execute(
            "INSERT INTO undone (seq, by_seq) VALUES (?, ?)", (decision.reverses, decision.seq)
        )
    elif decision.action == Verb.REDO.label:
        connection.execute("DELETE FROM undone WHERE seq = ?", (decision.reverses,))


def decision_of(row: tuple[Any, ...]) -> Decision:
    """Turn a row of the log into a decision; raises ValueError where its JSON does not parse."""
    values = [*row[:6], json.loads(row[6]), json.loads(row[7]), *row[8:]]
    return Decision(*values)


def read(
    connection: sqlite3.Connection, where: str = "1", values: tuple[Any, ...] = (), tail: str = ""
) -> Iterator[Decision]:
    """Read decisions in the order of the log unless `tail` says otherwise."""
    query = f"SELECT {_COLUMNS} FROM decisions WHERE {where} {tail or 'ORDER BY seq'}"
    for row in connection.execute(query, values):
        yield decision_of(row)


class Follower(Protocol):
    """What looks at every decision while the chain is checked."""

    def take(self, row: tuple[Any, ...], before: dict[str, Any], after: dict[str, Any]) -> None:
        """Look at one decision: its row and its records."""


def verify_chain(
    connection: sqlite3.Connection,
    *,
    against: str = "",
    follower: Follower | None = None,
    progress: Callable[[str, int, int], None] = lambda what, done, of: None,
) -> Iterator[Finding]:
    """Check that the log is whole: numbers, links and hashes, and optionally that a known head is in it.

    `against` is a head hash that left the file earlier; a log cut short or written anew does not hold it.
    `follower` is shown every decision that can be read, `progress` told how far it has come.
    """
    previous, expected, seen, count = GENESIS, 1, not against, read_head(connection).count
    for row in connection.execute(f"SELECT {_COLUMNS} FROM decisions ORDER BY seq"):
        seq, digest = row[0], row[-1]
        if seq % _TOLD_EACH == 0:
            progress("decisions", seq, count)
        place = f"decision {seq}"
        if seq != expected:
            yield Finding(place, f"Decision {expected} is missing.", _RESTORE)
        expected, follows = seq + 1, row[-2] == previous
        previous, seen = str(digest), seen or digest == against
        try:
            before, after = records_of(row[_BEFORE]), records_of(row[_BEFORE + 1])
            written = decision_json(dict(zip(FIELDS, row, strict=True)), row[_BEFORE], row[_BEFORE + 1])
        except (ValueError, TypeError) as error:
            yield Finding(place, f"The record cannot be read: {error}.", _RESTORE)
            continue
        if not follows:
            yield Finding(place, "The record does not follow the one before it.", _RESTORE)
        if hash_of_json(written) != digest:
            yield Finding(place, "The record was changed after it was written.", _RESTORE)
        if follower is not None:
            follower.take(row, before, after)
    if not seen:
        yield Finding(
            "end of the log", f"No decision has the hash {against}: cut short or written anew.", _RESTORE
        )


_BEFORE = FIELDS.index("before")
_TOLD_EACH = 1000
_RESTORE = "Restore a backup: workbench backups lists them. This file is kept."
