"""What makes a file a study: its mark, its version, and the tables it must and must not have."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from workbench.errors import StudyFileError
from workbench.study.schema import APPLICATION_ID, LOG_TABLES, TABLES, VERSION

UNTOUCHED = "The file was not touched."
_BACK = "Go back to the last copy that verifies (workbench log verify)."
_MIGRATIONS = ("_sqlite_migrations", "sqlite_sequence", "sqlite_stat1")
_STORAGE = {str: "TEXT", int: "INTEGER", bytes: "BLOB"}
_MARK_AT = 68
"""Where SQLite keeps the application id in the first page, four bytes, big-endian (file format, 1.3)."""


def refuse_foreign(path: Path) -> None:
    """Refuse a database of another program by the first bytes of its file, before SQLite opens it.

    Only for a file that nobody in this process has open: closing it here drops the locks of SQLite on it.
    """
    with path.open("rb") as file:
        head = file.read(_MARK_AT + 4)
    if head.startswith(b"SQLite format 3\0") and int.from_bytes(head[_MARK_AT:], "big") != APPLICATION_ID:
        raise _foreign(path)


def _foreign(path: Path) -> StudyFileError:
    return StudyFileError(
        f"{path.name} is a database, but not a study of this program.",
        safe=UNTOUCHED,
        do="Choose a study file.",
    )


def check_fitness(connection: sqlite3.Connection, path: Path) -> int:
    """Return the schema version; refuse a file that is foreign, newer, cut short or holds strange objects."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise _foreign(path)
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > VERSION:
        raise StudyFileError(
            f"{path.name} was written by a newer version of this program (schema {version} after {VERSION}).",
            safe=UNTOUCHED,
            do="Update the program, then open it again.",
        )
    pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    ahead = path.with_name(f"{path.name}-wal")
    if path.stat().st_size < pages * size and not (ahead.exists() and ahead.stat().st_size):
        raise StudyFileError(
            f"{path.name} is cut short: {path.stat().st_size} bytes of {pages * size}.",
            safe=UNTOUCHED,
            do="Go back to the last backup.",
        )
    _refuse_foreign_schema(connection, path)
    if version == VERSION:
        _refuse_missing(connection, path)
    return version


def _refuse_foreign_schema(connection: sqlite3.Connection, path: Path) -> None:
    known = {*LOG_TABLES, *_MIGRATIONS, *(table.name for table in TABLES.values())}
    for kind, name, table, sql in connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"):
        ours = kind in ("table", "index") and table in known
        if not ours or "VIRTUAL" in (sql or "").upper().split():
            raise StudyFileError(
                f"{path.name} holds a {kind} named {name} that no study has.",
                safe="Nothing in it was run, and it was not touched.",
                do="Do not trust this file; ask where it comes from.",
            )


def _refuse_missing(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that lacks a table, a column or a unique index, or has them otherwise."""
    found: dict[str, dict[str, str]] = {}
    query = (
        "SELECT m.name, c.name, c.type FROM sqlite_master m JOIN pragma_table_info(m.name) c "
        "WHERE m.type = 'table'"
    )
    for table, column, storage in connection.execute(query):
        found.setdefault(table, {})[column] = storage
    expected = LOG_TABLES | {table.name: table.columns for table in TABLES.values()}
    for name, columns in expected.items():
        if found.get(name) != {column: _STORAGE[kind] for column, kind in columns.items()}:
            what = (
                f"the table {name} is not as every study has it"
                if name in found
                else f"it lacks the table {name}"
            )
            raise StudyFileError(f"{path.name} is not whole: {what}.", safe=UNTOUCHED, do=_BACK)
    uniques = _unique_columns(connection)
    for table in TABLES.values():
        for together in table.unique:
            if together not in uniques.get(table.name, set()):
                raise StudyFileError(
                    f"{path.name} is not whole: nothing keeps {', '.join(together)} of {table.name} unique.",
                    safe=UNTOUCHED,
                    do=_BACK,
                )


def _unique_columns(connection: sqlite3.Connection) -> dict[str, set[tuple[str, ...]]]:
    query = (
        "SELECT m.name, i.name, c.name FROM sqlite_master m JOIN pragma_index_list(m.name) i "
        "JOIN pragma_index_info(i.name) c WHERE m.type = 'table' AND i.\"unique\" ORDER BY 1, 2, c.seqno"
    )
    indexes: dict[tuple[str, str], tuple[str, ...]] = {}
    for table, index, column in connection.execute(query):
        indexes[table, index] = (*indexes.get((table, index), ()), column)
    found: dict[str, set[tuple[str, ...]]] = {}
    for (table, _), columns in indexes.items():
        found.setdefault(table, set()).add(columns)
    return found
