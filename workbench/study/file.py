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
from workbench.study.connecting import connect
from workbench.study.faults import told_plainly
from workbench.study.log import Finding, verify_chain
from workbench.study.past import Progress, cut_log, go_back, quiet
from workbench.study.refusals import UNTOUCHED, check_fitness, refuse_foreign
from workbench.study.replay import Follower, differences
from workbench.study.schema import VERSION
from workbench.study.study import Study
from workbench.study.whole_copy import whole_copy

if TYPE_CHECKING:
    from filelock import BaseFileLock

SUFFIX = ".workbench"
_COPIES = tuple(f"-{number}" for number in range(2, 1000))
_PAGE_SIZE = 8192
"""Bytes a page: texts of some tens of kilobytes are written about a tenth faster than with 4096."""


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
        raise _not_made(path, FileExistsError())
    if not path.parent.is_dir():
        raise StudyFileError(f"The folder {path.parent} does not exist.", do="Make it first.")
    if not coder:
        raise Refused("Nobody is named as the coder.", do="Say who decides with --as NAME.")
    lock = _take_lock(path)
    try:
        path.touch(exist_ok=False)
    except OSError as error:
        lock.release()
        raise _not_made(path, error) from error
    try:
        with told_plainly(path, safe="No study was made."):
            connection = connect(path, "rw")
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


def _not_made(path: Path, error: OSError) -> Refused | StudyFileError:
    if isinstance(error, FileExistsError):
        return Refused(f"{path.name} is already there.", do="Choose another name, or open it.")
    return StudyFileError(
        f"{path.name} cannot be made: {error.strerror}.", do="Check the name and the rights of the folder."
    )


def open_study(path: Path, *, coder: str = "", read_only: bool = False) -> Study:
    """Open a study file.

    Raises StudyHeld where another process has it open for writing, and StudyFileError for a file that is
    missing, foreign, newer, truncated or damaged. A refused file is not written to.
    """
    path = path.resolve()
    _refuse_unfit(path)
    _take_back_half_done(path)
    if read_only or not _may_write(path):
        with told_plainly(path, safe=UNTOUCHED):
            connection = connect(path, "ro")
            version = check_fitness(connection, path)
        if version < VERSION:
            connection.close()
            raise StudyFileError(
                f"{path.name} was made by an older version and must be brought up to date first.",
                safe=UNTOUCHED,
                do="Open it once for writing.",
            )
        return Study(connection, path, coder=coder, read_only=True)
    with told_plainly(path, safe=UNTOUCHED):
        looking = connect(path, "ro")
        try:
            version = check_fitness(looking, path)
            held_by = _owner(looking)
        finally:
            looking.close()
        _refuse_second_name(path)
        lock = _take_lock(path, held_by)
        try:
            connection = connect(path, "rw")
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version < VERSION:
                _keep_as_it_was(connection, path, version)
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


def _refuse_unfit(path: Path) -> None:
    if not path.exists():
        raise StudyFileError(f"There is no file {path.name}.", safe="", do="Make a study with: workbench new")
    if not path.is_file():
        raise StudyFileError(f"{path.name} is not a file.", safe="")
    if path.stat().st_size == 0:
        raise StudyFileError(f"{path.name} is empty.", safe=UNTOUCHED, do="Go back to a backup.")


def _take_back_half_done(path: Path) -> None:
    """Let SQLite roll back what a stopped program left half written; a read-only connection cannot.

    Nothing is done while another process holds the study.
    """
    journal = path.with_name(f"{path.name}-journal")
    if not journal.exists() or journal.stat().st_size == 0 or not _may_write(path):
        return
    try:
        lock = _take_lock(path)
    except StudyHeld:
        return
    try:
        refuse_foreign(path)
        with told_plainly(path, safe=UNTOUCHED):
            connection = connect(path, "rw")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            connection.close()
    finally:
        lock.release()


def _refuse_second_name(path: Path) -> None:
    """Refuse to write to a file of two names: each name has its own lock and its own journal."""
    if path.stat().st_nlink > 1:
        raise StudyFileError(
            f"{path.name} has a second name (a hard link), under which another could write to it.",
            safe=UNTOUCHED,
            do="Make a copy and open that, or open it with --read-only.",
        )


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


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
            safe=UNTOUCHED,
            do="Close it there, or open it here with --read-only.",
        ) from error
    except OSError as error:
        raise StudyFileError(
            f"No lock could be taken beside {path.name}: {error.strerror}.",
            safe=UNTOUCHED,
            do="Check the rights of the folder, or open it with --read-only.",
        ) from error
    return lock


def _keep_as_it_was(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Keep a whole copy of an older study beside it; refuse one whose log is not whole."""
    for finding in verify_chain(connection):
        raise StudyFileError(
            f"{path.name} is of an older version, and its log is not whole: {finding.place}: {finding.what}",
            safe=UNTOUCHED,
            do="Go back to the last copy that verifies.",
        )
    names = (f"{path.stem}.version-{version}{again}{path.suffix}" for again in ("", *_COPIES))
    whole_copy(connection, next(place for name in names if not (place := path.with_name(name)).exists()))


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    from workbench.study.migrations import bring_up_to_date

    bring_up_to_date(connection)


def study_in_memory(*, coder: str) -> Study:
    """Make an empty study that lives in memory only, for trying things out."""
    return Study(_empty(), Path("memory"), coder=coder)


def _empty() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    _bring_up_to_date(connection)
    return connection


def as_of(study: Study, seq: int, *, forward: bool | None = None, progress: Progress = quiet) -> Study:
    """Give the whole study as it stood after a decision, read-only, on a connection of its own.

    It may be made in one thread and read in another. `forward` chooses from which end of the log it is made.
    Raises StudyFileError where the log cannot be read.
    """
    with told_plainly(study.path, safe=UNTOUCHED):
        connection = connect(study.path, "ro", one_thread=False)
        try:
            go_back(connection, seq, forward=forward, progress=progress)
        except sqlite3.OperationalError as error:
            connection.close()
            if "JSON" not in str(error):
                raise
            raise StudyFileError(
                f"The log of {study.path.name} cannot be read: {error}.",
                safe=UNTOUCHED,
                do="See what is damaged with: workbench check",
            ) from error
        except BaseException:
            connection.close()
            raise
    return Study(connection, study.path, coder=study.coder, read_only=True, as_of=seq)


def once_more(study: Study) -> Study:
    """Open a study a second time for reading, for a thread of its own: today's, or the same past."""
    if study.as_of is not None:
        return as_of(study, study.as_of)
    return open_study(study.path, read_only=True)


def log_alone(study: Study) -> Study:
    """Open the log of a study, or of the past that is shown, on a connection that threads may share.

    Its tables are those of today.
    """
    with told_plainly(study.path, safe=UNTOUCHED):
        connection = connect(study.path, "ro", one_thread=False)
        if study.as_of is not None:
            cut_log(connection, study.as_of)
    return Study(connection, study.path, read_only=True, as_of=study.as_of)


def check_replay(study: Study, *, progress: Progress = quiet) -> list[Finding]:
    """Walk through the whole log, make every table anew from it and compare it with the study's."""
    follower = Follower(study.connection)
    broken = list(verify_chain(study.connection, follower=follower, progress=progress))
    if broken:
        return broken
    with as_of(study, study.head.count, forward=True, progress=progress) as anew:
        differing = differences(study.connection, anew.connection, progress=progress)
        return [*follower.findings(), *differing]
