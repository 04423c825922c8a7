"""What makes a file a study: its mark, its version, and the tables it must and must not have."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from workbench.errors import StudyFileError
from workbench.study.faults import UNTOUCHED
from workbench.study.keys import FIRST_PAGE, salt_of
from workbench.study.schema import APPLICATION_ID, VERSION
from workbench.study.shape import expected, in_words, is_plain, table_names

__all__ = ["UNTOUCHED", "check_fitness", "refuse_by_header", "refuse_unfit"]

_BACK = "Restore a backup: workbench backups lists them."
_MARK_AT = 68
"""Where SQLite keeps the application id in the first page, four bytes, big-endian (file format, 1.3)."""
_WRITTEN_AS = slice(18, 20)
"""Where it says by which journal the file is written and read: 1 by a rollback journal, 2 ahead (WAL)."""


def refuse_unfit(path: Path) -> None:
    """Refuse what cannot be a study by what the folder says of it: nothing, no file, empty, a log ahead."""
    if not path.exists():
        raise StudyFileError(f"There is no file {path.name}.", safe="", do="Make a study with: workbench new")
    if not path.is_file():
        raise StudyFileError(f"{path.name} is not a file.", safe="")
    if path.stat().st_size == 0:
        raise StudyFileError(f"{path.name} is empty.", safe=UNTOUCHED, do=_BACK)
    ahead = path.with_name(f"{path.name}-wal")
    if ahead.exists():
        raise StudyFileError(
            f"Beside {path.name} is {ahead.name}, which no study has: another program changed it, or the two "
            "do not belong together.",
            safe=UNTOUCHED,
            do=f"Close that program, or move {ahead.name} away if it belongs to another file.",
        )


def refuse_by_header(path: Path) -> None:
    """Refuse a file by its first bytes, before SQLite opens it.

    Only for a file that nobody in this process has open: closing it here drops the locks of SQLite on it.
    """
    try:
        with path.open("rb") as file:
            head = file.read(FIRST_PAGE)
    except OSError as error:
        raise StudyFileError(
            f"{path.name} cannot be read: {error.strerror}.", safe=UNTOUCHED, do="Check its rights."
        ) from error
    if salt_of(head) is not None:
        return  # It may be encrypted: whoever opens it asks for the passphrase.
    if not head.startswith(b"SQLite format 3\0"):
        raise StudyFileError(
            f"{path.name} is not a study, or its beginning is damaged.", safe=UNTOUCHED, do=_BACK
        )
    if int.from_bytes(head[_MARK_AT : _MARK_AT + 4], "big") != APPLICATION_ID:
        raise _foreign(path)
    if head[_WRITTEN_AS] != b"\1\1":
        raise _ahead(path)


def _ahead(path: Path) -> StudyFileError:
    return StudyFileError(
        f"{path.name} was set by another program to be written ahead (WAL), which no study is.",
        safe=UNTOUCHED,
        do="Set it back there: PRAGMA journal_mode = DELETE.",
    )


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
    if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        raise _ahead(path)
    pages, size = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "page_size")
    )
    if path.stat().st_size < pages * size:
        raise StudyFileError(
            f"{path.name} is cut short: {path.stat().st_size} bytes of {pages * size}.",
            safe=UNTOUCHED,
            do=_BACK,
        )
    if connection.execute("PRAGMA encoding").fetchone()[0] != "UTF-8":
        raise _strange(path, "text", "in UTF-16")
    _check_schema(connection, path, today=version == VERSION)
    return version


def _check_schema(connection: sqlite3.Connection, path: Path, *, today: bool) -> None:
    """Refuse every table and index that is not written word for word as a study has it.

    A study of an earlier version may have other columns, but no expression, default, check, trigger or view.
    """
    known, should = table_names(), expected()
    found = {}
    for kind, name, table, sql in connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"):
        if kind not in ("table", "index") or table not in known:
            raise _strange(path, kind, f"named {name}")
        if sql is None and str(name).startswith("sqlite_autoindex_"):
            continue
        words = in_words(str(sql))
        if not is_plain(words) or (today and should.get(name) != words):
            raise _strange(path, kind, f"named {name}")
        found[name] = words
    missing = [name for name in should if name not in found] if today else []
    if missing:
        kind = "table" if should[missing[0]].startswith("create table") else "index"
        what = f"it lacks the {kind} {missing[0]}"
        raise StudyFileError(f"{path.name} is not whole: {what}.", safe=UNTOUCHED, do=_BACK)


def _strange(path: Path, kind: str, named: str) -> StudyFileError:
    return StudyFileError(
        f"{path.name} holds {'an' if kind == 'index' else 'a'} {kind} {named} that no study has.",
        safe="Nothing in it was run, and it was not touched.",
        do="Do not trust this file; ask where it comes from.",
    )
