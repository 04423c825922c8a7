"""How older study files become today's: ordered steps, each with its record, all in one transaction.

Log and contents are all that a step may change. The views are made anew from the log, once, after the last
step: so a step that concerns them alone has nothing to do but to say what is new in them.
"""

from __future__ import annotations

import hashlib
import sqlite3

from sqlite_utils import Database, Migrations

from workbench.errors import StudyFileError
from workbench.study.log import read
from workbench.study.replay import apply_changes
from workbench.study.schema import APPLICATION_ID, LOG_TABLES, TABLES, VERSION, Table

STEPS = Migrations("framework-workbench")


@STEPS()
def first_schema(db: Database) -> None:
    """Create the log, the contents and a table per kind of record."""
    _create_primary(db)
    for table in TABLES.values():
        _create_view(db, table)


@STEPS()
def doubts_and_reviewed_passages(db: Database) -> None:
    """Views: codings carry doubts, readings bookmarks, reviewed passages have a table."""


@STEPS()
def citations_frameworks_and_charts(db: Database) -> None:
    """Views: cells carry citations, themes a framework and attributes; charts have a table."""


@STEPS()
def described_codes(db: Database) -> None:
    """Views: codes say whether their cells are described and not answered."""


@STEPS()
def versions_of_texts(db: Database) -> None:
    """Views: texts say who made them and what they render; links have a table."""


@STEPS()
def glossary_checks_and_suggestions(db: Database) -> None:
    """Views: terms, answers to checks and suggestions, units cut by hand have tables."""


def _rebuild_views(db: Database) -> None:
    """Make the tables of today's records anew and fill them from the log."""
    db.execute("PRAGMA defer_foreign_keys = ON")
    for table in reversed(TABLES.values()):
        db.table(table.name).drop(ignore=True)
    for table in TABLES.values():
        _create_view(db, table)
    for decision in read(db.conn):
        apply_changes(db.conn, decision.before, decision.after)


def _create_primary(db: Database) -> None:
    decisions = db.table("decisions")
    decisions.create(
        LOG_TABLES["decisions"],
        pk="seq",
        not_null={"id", "at", "coder", "action", "subject", "before", "after", "prev_hash", "hash"},
        strict=True,
    )
    decisions.create_index(["id"], unique=True)
    decisions.create_index(["coder", "seq"])
    decisions.create_index(["action", "seq"])
    db.table("contents").create(LOG_TABLES["contents"], pk="hash", not_null={"bytes"}, strict=True)
    db.table("touches").create(LOG_TABLES["touches"], pk=("key", "seq"), strict=True)
    db.table("undone").create(LOG_TABLES["undone"], pk="seq", strict=True)
    db.table("owner").create(LOG_TABLES["owner"], pk="id", strict=True)


def _create_view(db: Database, table: Table) -> None:
    created = db.table(table.name)
    created.create(
        table.columns,
        pk="id",
        foreign_keys=[(column, TABLES[kind].name, "id") for column, kind in table.references.items()],
        strict=True,
    )
    for columns in table.unique:
        created.create_index(list(columns), unique=True)
    covered = {columns[0] for columns in table.unique}
    for columns in (*table.lookups, *((column,) for column in table.references if column not in covered)):
        created.create_index(list(columns))


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Run the steps a file has not had yet and stamp it with identity and version: all of it or nothing.

    Raises StudyFileError where log or contents would not be after it what they were before.
    """
    db = Database(connection)
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    with db.atomic():
        before = _primary(connection) if version else None
        STEPS.apply(db)
        if before is not None:
            _rebuild_views(db)
            _compare(before, _primary(connection))
        _stamp(connection)


def _primary(connection: sqlite3.Connection) -> dict[str, tuple[int, str]]:
    """Count the rows of the primary tables, and hash all that they hold."""
    found = {}
    for name, query in (
        ("decisions", "SELECT hash, before, after, reason FROM decisions ORDER BY seq"),
        ("contents", "SELECT hash, bytes FROM contents ORDER BY hash"),
    ):
        digest, count = hashlib.sha256(), 0
        for row in connection.execute(query):
            count += 1
            for value in row:
                data = value if isinstance(value, bytes) else str(value).encode()
                digest.update(len(data).to_bytes(8, "big") + data)
        found[name] = (count, digest.hexdigest())
    return found


def _compare(before: dict[str, tuple[int, str]], after: dict[str, tuple[int, str]]) -> None:
    for name, held in before.items():
        if after[name] != held:
            raise StudyFileError(
                f"Bringing the study up to date would have changed its {name}: {held[0]} before, "
                f"{after[name][0]} after.",
                safe="It was taken back; the study is as it was.",
                do="Keep using the program it was made with, and report this.",
            )


def _stamp(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
