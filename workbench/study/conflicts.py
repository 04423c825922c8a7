"""What a decision would change, and the records already in the study that stand against it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from workbench.errors import Refused, WrongUsage
from workbench.model.records import Record, key_of, split_key, to_json
from workbench.study.rows import json_of, select_sql
from workbench.study.schema import ANCHORED, TABLES


def changes(
    connection: sqlite3.Connection, put: Iterable[Record], remove: Iterable[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give the records before and after a decision; those already as they shall be are left out.

    Raises WrongUsage where a record to be removed is not there.
    """
    shall = {key_of(record): to_json(record) for record in put}
    gone = set(remove)
    were = present(connection, [*shall, *gone])
    for key in gone:
        if key not in were:
            raise WrongUsage(f"There is no {spoken(key)} in this study.")
    after = {key: data for key, data in shall.items() if were.get(key) != data}
    before = {key: data for key, data in were.items() if key in after or key in gone}
    return before, after


def present(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Read the JSON of the records that exist, with one query for some hundreds of a kind."""
    wanted: dict[str, list[str]] = {}
    for key in keys:
        kind, identifier = split_key(key)
        wanted.setdefault(kind, []).append(identifier)
    found = {}
    for kind, identifiers in wanted.items():
        for first in range(0, len(identifiers), 500):
            some = identifiers[first : first + 500]
            query = f"{select_sql(kind)} WHERE id IN ({', '.join('?' * len(some))})"
            for row in connection.execute(query, some):
                data = json_of(kind, row)
                found[f"{kind}:{data['id']}"] = data
    return found


def refuse_dangling(holders_of: Callable[[str], list[str]], removed: set[str], kept: set[str]) -> None:
    """Raise StillInUse where a record that stays refers to one that goes."""
    for key in removed:
        holders = [holder for holder in holders_of(key) if holder not in removed | kept]
        if holders:
            raise StillInUse(key, holders)


def refuse_orphans(connection: sqlite3.Connection, after: Mapping[str, Any]) -> None:
    """Raise Missing for records that refer to something that is not there."""
    parents: dict[str, str] = {}
    for key, data in after.items():
        kind, _ = split_key(key)
        for column, parent in TABLES[kind].references.items():
            if data.get(column) is not None:
                parents[f"{parent}:{data[column]}"] = key
        if kind in ANCHORED:
            parents[data["anchor"]] = key
    outside = [parent for parent in parents if parent not in after]
    found = present(connection, outside)
    missing = [parent for parent in outside if parent not in found]
    if missing:
        raise Missing(missing[0], parents[missing[0]])


class StillInUse(Refused):
    """A record that cannot go because others refer to it."""

    def __init__(self, key: str, holders: list[str]) -> None:
        self.key = key
        self.holders = holders
        shown = ", ".join(map(spoken, holders[:5]))
        more = f" and {len(holders) - 5} more" if len(holders) > 5 else ""
        super().__init__(
            f"{spoken(key)} is still used by {shown}{more}.",
            do="Remove or redirect those first, or undo the decisions that made them.",
        )


class Missing(Refused):
    """A record that refers to something that is not there."""

    def __init__(self, missing: str, key: str) -> None:
        self.holders = [missing]
        super().__init__(f"{spoken(key)} rests on {spoken(missing)}, which is not in the study.")


class Taken(Refused):
    """A record that would be the second of its name or place."""

    def __init__(self, constraint: str, keys: set[str]) -> None:
        self.holders = sorted(keys)
        columns = constraint.rpartition(":")[2].replace("_records", "").strip()
        super().__init__(
            f"There is already another with the same {columns}.", do="Choose another, or use that one."
        )


def spoken(key: str) -> str:
    """Name a record by its kind and id."""
    return key.replace(":", " ", 1)
