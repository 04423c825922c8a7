"""Make, open and close study files: identity, version, owner and lock."""

from __future__ import annotations

import os
import socket
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import Refused, StudyFileError, StudyHeld
from workbench.model.decision import Verb
from workbench.model.records import Setting
from workbench.study.faults import told_plainly
from workbench.study.log import Finding, read, verify_chain
from workbench.study.replay import differences, replay
from workbench.study.schema import APPLICATION_ID, BOOKKEEPING, PRIMARY, TABLES, VERSION
from workbench.study.study import Study

if TYPE_CHECKING:
    from filelock import BaseFileLock

SUFFIX = ".workbench"
_PAGE_SIZE = 8192
"""Bytes a page: texts of some tens of kilobytes are written about a tenth faster than with 4096."""

_UNTOUCHED = "The file was not touched."


@dataclass(frozen=True, slots=True)
class Owner:
    """Who has a study open for writing."""

    coder: str
    host: str
    pid: int
    at: str

    def __str__(self) -> str:
        return f"{self.coder or 'somebody'} on {self.host} (process {self.pid}, since {self.at})"


def create_study(path: Path, *, title: str, coder: str) -> Study:
    """Make a new study file and open it; raises Refused where something is already there."""
    path = path.absolute()
    if path.exists():
        raise Refused(f"{path.name} is already there.", do="Choose another name, or open it.")
    if not path.parent.is_dir():
        raise StudyFileError(f"The folder {path.parent} does not exist.", do="Make it first.")
    if not coder:
        raise Refused("Nobody is named as the coder.", do="Say who decides with --as NAME.")
    lock = _take_lock(path)
    try:
        with told_plainly(path, safe="No study was made."):
            connection = _connect(path, "rwc")
            connection.execute(f"PRAGMA page_size = {_PAGE_SIZE}")
            _bring_up_to_date(connection)
            study = _writable(connection, path, coder, lock)
            settings = [Setting("title", title)]
            study.decide(Verb.CREATE_STUDY, "setting:title", put=settings)
    except BaseException:
        lock.release()
        path.unlink(missing_ok=True)
        raise
    return study


def open_study(path: Path, *, coder: str = "", read_only: bool = False) -> Study:
    """Open a study file.

    Raises StudyHeld where another process has it open for writing, and StudyFileError for a file that is
    missing, foreign, newer, truncated or damaged. A refused file is not written to.
    """
    path = path.resolve()
    _refuse_unfit(path)
    if read_only or not _may_write(path):
        with told_plainly(path, safe=_UNTOUCHED):
            connection = _connect(path, "ro")
            version = _check_identity(connection, path)
        if version < VERSION:
            connection.close()
            raise StudyFileError(
                f"{path.name} was made by an older version and must be brought up to date first.",
                safe=_UNTOUCHED,
                do="Open it once for writing.",
            )
        return Study(connection, path, coder=coder, read_only=True)
    with told_plainly(path, safe=_UNTOUCHED):
        looking = _connect(path, "ro")
        try:
            version = _check_identity(looking, path)
            held_by = _owner(looking)
        finally:
            looking.close()
        lock = _take_lock(path, held_by)
        try:
            connection = _connect(path, "rw")
            if version < VERSION:
                _bring_up_to_date(connection)
            return _writable(connection, path, coder, lock)
        except BaseException:
            lock.release()
            raise


def _writable(connection: sqlite3.Connection, path: Path, coder: str, lock: BaseFileLock) -> Study:
    study = Study(connection, path, coder=coder, on_close=lock.release)
    connection.execute(
        "INSERT INTO owner (id, coder, host, pid, at) VALUES (1, ?, ?, ?, ?) "
        "ON CONFLICT(id) DO UPDATE SET coder=excluded.coder, host=excluded.host, pid=excluded.pid, "
        "at=excluded.at",
        (coder, socket.gethostname(), os.getpid(), study.now()),
    )
    return study


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    """Open a connection in explicit transactions with every guard that an untrusted file needs."""
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=5, cached_statements=256
    )
    for pragma in (
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "mmap_size = 0",
        "foreign_keys = ON",
        "synchronous = FULL",
        "cache_size = -65536",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _refuse_unfit(path: Path) -> None:
    if not path.exists():
        raise StudyFileError(f"There is no file {path.name}.", safe="", do="Make a study with: workbench new")
    if not path.is_file():
        raise StudyFileError(f"{path.name} is not a file.", safe="")
    if path.stat().st_size == 0:
        raise StudyFileError(f"{path.name} is empty.", safe=_UNTOUCHED, do="Go back to a backup.")


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _check_identity(connection: sqlite3.Connection, path: Path) -> int:
    """Return the schema version; refuse a file that is foreign, newer, cut short or holds strange objects."""
    identity = connection.execute("PRAGMA application_id").fetchone()[0]
    if identity != APPLICATION_ID:
        raise StudyFileError(
            f"{path.name} is a database, but not a study of this program.",
            safe=_UNTOUCHED,
            do="Choose a study file.",
        )
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > VERSION:
        raise StudyFileError(
            f"{path.name} was written by a newer version of this program (schema {version} after {VERSION}).",
            safe=_UNTOUCHED,
            do="Update the program, then open it again.",
        )
    pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    if path.stat().st_size < pages * size:
        raise StudyFileError(
            f"{path.name} is cut short: {path.stat().st_size} bytes of {pages * size}.",
            safe=_UNTOUCHED,
            do="Go back to the last backup.",
        )
    _refuse_foreign_schema(connection, path)
    return version


def _refuse_foreign_schema(connection: sqlite3.Connection, path: Path) -> None:
    known = {*PRIMARY, *BOOKKEEPING, "owner", "_sqlite_migrations", "sqlite_sequence", "sqlite_stat1"}
    known |= {table.name for table in TABLES.values()}
    for kind, name, table, sql in connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"):
        ours = kind in ("table", "index") and table in known
        if not ours or "VIRTUAL" in (sql or "").upper().split():
            raise StudyFileError(
                f"{path.name} holds a {kind} named {name} that no study has.",
                safe="Nothing in it was run, and it was not touched.",
                do="Do not trust this file; ask where it comes from.",
            )


def _owner(connection: sqlite3.Connection) -> Owner | None:
    row = connection.execute("SELECT coder, host, pid, at FROM owner").fetchone()
    return Owner(*row) if row else None


def _take_lock(path: Path, owner: Owner | None = None) -> BaseFileLock:
    from filelock import FileLock, Timeout

    lock = FileLock(str(path.with_name(f".{path.name}.lock")))
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise StudyHeld(
            f"{path.name} is open for writing by {owner or 'another process'}.",
            safe=_UNTOUCHED,
            do="Close it there, or open it here with --read-only.",
        ) from error
    except OSError as error:
        raise StudyFileError(
            f"No lock could be taken beside {path.name}: {error.strerror}.",
            safe=_UNTOUCHED,
            do="Check the rights of the folder, or open it with --read-only.",
        ) from error
    return lock


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    from workbench.study.migrations import bring_up_to_date

    bring_up_to_date(connection)


def study_in_memory(*, coder: str) -> Study:
    """Make an empty study that lives in memory only, for trying things out."""
    return Study(_empty(), Path("memory"), coder=coder)


def as_of(study: Study, seq: int) -> Study:
    """Give the whole study as it stood after a decision, read-only, in memory."""
    connection = _empty()
    replay(connection, read(study.connection, "seq <= ?", (seq,)))
    return Study(connection, study.path, coder=study.coder, read_only=True, contents_of=study)


def _empty() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    _bring_up_to_date(connection)
    return connection


def check_replay(study: Study) -> list[Finding]:
    """Replay the whole log into memory and compare every table with the file's."""
    broken = list(verify_chain(study.connection))
    if broken:
        return broken
    connection = _empty()
    try:
        replay(connection, read(study.connection))
        return list(differences(study.connection, connection))
    finally:
        connection.close()
