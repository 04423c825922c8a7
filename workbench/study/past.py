"""The past: tables as they stood after a decision, made from the log beside the tables of the file.

They are temporary tables and views of the same names on a connection of its own: SQLite looks there first, so
every query that reads today's study reads the past one, and the contents are those of the file.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from workbench.model.decision import Verb
from workbench.model.records import FieldForm, empty_value, forms, split_key
from workbench.study.rows import quoted, row_of, upsert_sql
from workbench.study.schema import TABLES, Table

Progress = Callable[[str, int, int], None]
"""`progress(what, done, of)`; it may raise to stop the work."""

_CUT = ("decisions", "touches")
"""Tables of the log that end at the decision; a view of the same name stands before each."""

_NUL = "'\\u0000'"
"""SQLite's JSON functions cut a string at this escape; records with it are read in Python."""


def quiet(what: str, done: int, of: int) -> None:
    """Tell nobody how far work has come."""


@dataclass(frozen=True, slots=True)
class _Side:
    """Which end of the log the past is made from: what was said last until then, or what changed first."""

    column: str
    pick: str
    test: str

    def seqs(self, kind: str) -> str:
        """Select the decisions that say how any record of a kind stood."""
        within = f"key >= '{kind}:' AND key < '{kind};'"
        return f"SELECT {self.pick}(seq) FROM main.touches WHERE {within} AND {self.test} GROUP BY key"

    def seq(self, key: str) -> str:
        """Select the decision that says how one record stood."""
        return f"SELECT {self.pick}(seq) FROM main.touches WHERE key = {key} AND {self.test}"


def go_back(
    connection: sqlite3.Connection, seq: int, *, forward: bool | None = None, progress: Progress = quiet
) -> None:
    """Let a connection show the study as it stood after a decision.

    The tables are made from what was decided until then or, for a decision of the later half, from today's
    tables and what later decisions changed; `forward` chooses. Raises OperationalError where the log does not
    parse.
    """
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("BEGIN")
    count = connection.execute("SELECT coalesce(max(seq), 0) FROM main.decisions").fetchone()[0]
    if forward is None:
        forward = seq <= count // 2
    side = _Side("after", "max", f"seq <= {seq:d}") if forward else _Side("before", "min", f"seq > {seq:d}")
    for done, (kind, table) in enumerate(TABLES.items()):
        progress("making the tables", done, len(TABLES))
        _create(connection, table)
        if not forward:
            _keep_untouched(connection, table, side)
        _fill(connection, kind, side)
    _fill_in_python(connection, side)
    for table in TABLES.values():
        _index(connection, table)
    cut_log(connection, seq)
    connection.execute("COMMIT")


def _create(connection: sqlite3.Connection, table: Table) -> None:
    types = {int: "INTEGER", str: "TEXT"}
    columns = ", ".join(
        f"{quoted(name)} {types[kind]}{' PRIMARY KEY' if name == 'id' else ''}"
        for name, kind in table.columns.items()
    )
    connection.execute(f"CREATE TEMP TABLE {quoted(table.name)} ({columns}) STRICT, WITHOUT ROWID")


def _keep_untouched(connection: sqlite3.Connection, table: Table, side: _Side) -> None:
    name = quoted(table.name)
    changed = f"SELECT 1 FROM main.touches WHERE key = '{table.kind}:' || id AND {side.test}"
    connection.execute(f"INSERT INTO temp.{name} SELECT * FROM main.{name} WHERE NOT EXISTS ({changed})")


def _fill(connection: sqlite3.Connection, kind: str, side: _Side) -> None:
    """Put the records of a kind as the decisions chosen say they stood."""
    columns = ", ".join(_column(form) for form in forms(kind))
    said = f"main.decisions d, json_each(d.{side.column}) r"
    connection.execute(
        f"INSERT INTO temp.{quoted(TABLES[kind].name)} SELECT {columns} FROM {said} "
        f"WHERE d.seq IN ({side.seqs(kind)}) AND r.key >= '{kind}:' AND r.key < '{kind};' "
        f"AND d.seq = ({side.seq('r.key')}) AND instr(d.{side.column}, {_NUL}) = 0"
    )


def _column(form: FieldForm) -> str:
    """Read a field from the JSON of a record as `row_of` would store it."""
    found = f"""json_extract(r.value, '$."{form.name}"')"""
    empty = empty_value(form)
    if empty is None:
        return found
    if form.shape in ("list", "map"):
        return f"coalesce({found}, '{'[]' if form.shape == 'list' else '{}'}')"
    return f"coalesce({found}, {int(empty) if form.shape in ('integer', 'truth') else repr('')})"


def _fill_in_python(connection: sqlite3.Connection, side: _Side) -> None:
    query = (
        f"SELECT seq, {side.column} FROM main.decisions "
        f"WHERE {side.test} AND instr({side.column}, {_NUL}) > 0"
    )
    for seq, said in connection.execute(query).fetchall():
        for key, data in json.loads(said).items():
            kind, _ = split_key(key)
            if connection.execute(side.seq("?"), (key,)).fetchone()[0] == seq:
                connection.execute(upsert_sql(kind), row_of(kind, data))


def _index(connection: sqlite3.Connection, table: Table) -> None:
    covered = {columns[0] for columns in table.unique}
    others = (*table.lookups, *((column,) for column in table.references if column not in covered))
    for columns in (*table.unique, *others):
        name = quoted(f"past_{table.name}_{'_'.join(columns)}")
        unique = "UNIQUE " if columns in table.unique else ""
        on = ", ".join(map(quoted, columns))
        connection.execute(f"CREATE {unique}INDEX temp.{name} ON {quoted(table.name)} ({on})")


def cut_log(connection: sqlite3.Connection, seq: int) -> None:
    """Let the log and what follows from it end at a decision."""
    connection.set_authorizer(_allowed)
    for name in _CUT:
        connection.execute(f"CREATE TEMP VIEW {name} AS SELECT * FROM main.{name} WHERE seq <= {seq:d}")
    connection.execute("CREATE TEMP TABLE undone (seq INTEGER PRIMARY KEY, by_seq INTEGER) STRICT")
    connection.executemany("INSERT INTO undone (seq, by_seq) VALUES (?, ?)", undone_until(connection, seq))


def _allowed(
    action: int, first: str | None, second: str | None, database: str | None, inside: str | None
) -> int:
    """Answer SQLite, which asks before each part of a statement: only the two views made here may be read."""
    if inside not in (None, *_CUT) or action in _FORBIDDEN:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() == "load_extension":
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


_FORBIDDEN = frozenset(
    {sqlite3.SQLITE_CREATE_TEMP_TRIGGER, sqlite3.SQLITE_CREATE_VTABLE, sqlite3.SQLITE_ATTACH}
)


def undone_until(connection: sqlite3.Connection, seq: int) -> Iterator[tuple[int, int]]:
    """List the decisions that are undone after a decision, each with the one that undid it."""
    query = (
        "SELECT reverses, max(seq), action FROM main.decisions "
        "WHERE action IN (?, ?) AND seq <= ? GROUP BY reverses"
    )
    for reversed_one, by_seq, action in connection.execute(query, (Verb.UNDO.label, Verb.REDO.label, seq)):
        if action == Verb.UNDO.label:
            yield reversed_one, by_seq
