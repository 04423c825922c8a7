"""How the tables and indexes of a study are written, word for word: nothing else may be in its file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.study.schema import LOG_TABLES, TABLES, Table

_TYPES = {str: "text", int: "integer", bytes: "blob"}
_MIGRATIONS = "_sqlite_migrations"
_KEYS = {"decisions": "seq", "contents": "hash", "undone": "seq", "owner": "id"}
_FILLED = {
    "decisions": {"id", "at", "coder", "action", "subject", "before", "after", "prev_hash", "hash"},
    "contents": {"bytes"},
}
_STRANGE = re.compile(r'[^\w\s"(),]')
_MARK = re.compile(r"[(),]")
_COLUMN = r'"\w+" (?:text|integer|blob)(?: primary key)?(?: not null)?(?: references "\w+" \( "\w+" \))?'
_NAMES = r'\( "\w+"(?: , "\w+")* \)'
_TABLE = re.compile(
    rf'create table "\w+" \( {_COLUMN}(?: , {_COLUMN})*(?: , primary key {_NAMES})? \)( strict)?'
)
_INDEX = re.compile(rf'create (unique )?index "\w+" on "\w+" {_NAMES}')


def in_words(sql: str) -> str:
    """Write a statement of the schema in small letters with single spaces; empty where it holds more.

    How the library that made it breaks its lines is of no account; a string, operator or comment is.
    """
    if _STRANGE.search(sql):
        return ""
    return " ".join(_MARK.sub(r" \g<0> ", sql).lower().split())


def is_plain(words: str) -> bool:
    """Tell whether a statement makes a plain table or index: no expression, default or check in it."""
    return bool(_TABLE.fullmatch(words) or _INDEX.fullmatch(words))


def table_names() -> set[str]:
    """Name every table of a study."""
    return {*LOG_TABLES, _MIGRATIONS, *(table.name for table in TABLES.values())}


def expected() -> dict[str, str]:
    """Give every table and index of today's study by name, in the words of `in_words`."""
    return dict([*_of_the_log(), *(pair for table in TABLES.values() for pair in _of_records(table))])


def _of_the_log() -> Iterator[tuple[str, str]]:
    columns = '"id" integer primary key , "migration_set" text , "name" text , "applied_at" text'
    yield _MIGRATIONS, f'create table "{_MIGRATIONS}" ( {columns} )'
    yield _index(_MIGRATIONS, ("migration_set", "name"), unique=True)
    for name, held in LOG_TABLES.items():
        written = [
            f'"{column}" {_TYPES[kind]}'
            + (" primary key" if _KEYS.get(name) == column else "")
            + (" not null" if column in _FILLED.get(name, ()) else "")
            for column, kind in held.items()
        ]
        if name == "touches":
            written.append('primary key ( "key" , "seq" )')
        yield name, f'create table "{name}" ( {" , ".join(written)} ) strict'
    yield _index("decisions", ("id",), unique=True)
    yield _index("decisions", ("coder", "seq"))
    yield _index("decisions", ("action", "seq"))


def _of_records(table: Table) -> Iterator[tuple[str, str]]:
    written = []
    for column, kind in table.columns.items():
        parent = table.references.get(column)
        refers = f' references "{TABLES[parent].name}" ( "id" )' if parent else ""
        key = " primary key" if column == "id" else ""
        written.append(f'"{column}" {_TYPES[kind]}{key}{refers}')
    yield table.name, f'create table "{table.name}" ( {" , ".join(written)} ) strict'
    for columns in table.unique:
        yield _index(table.name, columns, unique=True)
    covered = {columns[0] for columns in table.unique}
    for columns in (*table.lookups, *((column,) for column in table.references if column not in covered)):
        yield _index(table.name, columns)


def _index(table: str, columns: tuple[str, ...], *, unique: bool = False) -> tuple[str, str]:
    name = "_".join(("idx", table, *columns))
    listed = " , ".join(f'"{column}"' for column in columns)
    return name, f'create {"unique " if unique else ""}index "{name}" on "{table}" ( {listed} )'
