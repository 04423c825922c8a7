"""Make, open and close study files: identity, version, owner and lock."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from workbench.errors import Refused, StudyFileError
from workbench.model.decision import Verb
from workbench.model.records import Setting
from workbench.study.connecting import connect
from workbench.study.faults import UNTOUCHED, told_plainly
from workbench.study.half_done import take_back_half_done
from workbench.study.hold import Hold, is_open_here, owner_of, take_lock
from workbench.study.locked import key_made
from workbench.study.log import Finding, verify_chain
from workbench.study.opening_checks import QUICK, LookingThrough, refuse_not_whole
from workbench.study.past import Progress, cut_log, go_back, quiet
from workbench.study.refusals import check_fitness, refuse_by_header, refuse_unfit
from workbench.study.replay import Follower, differences
from workbench.study.schema import VERSION
from workbench.study.study import Study

SUFFIX = ".workbench"
PAGE_SIZE = 8192
"""Bytes a page: texts of some tens of kilobytes are written about a tenth faster than with 4096.

An encrypted study has the 4096 of SQLCipher, so that its own tools open it.
"""


def create_study(path: Path, *, title: str, coder: str, passphrase: str = "") -> Study:
    """Make a new study file and open it, encrypted where a passphrase is given.

    Raises Refused where something is already there, and for a passphrase that is too weak.
    """
    path = path.absolute()
    key = key_made(passphrase) if passphrase else None
    if path.exists():
        raise _not_made(path, FileExistsError())
    if not path.parent.is_dir():
        raise StudyFileError(f"The folder {path.parent} does not exist.", do="Make it first.")
    if not coder:
        raise Refused("Nobody is named as the coder.", do="Say who decides with --as NAME.")
    lock = take_lock(path)
    try:
        path.touch(exist_ok=False)
    except OSError as error:
        lock.release()
        raise _not_made(path, error) from error
    try:
        with told_plainly(path, safe="No study was made."):
            connection = connect(path, "rw", key=key)
            if key is None:
                connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
            _bring_up_to_date(connection)
            study = Study(connection, path, coder=coder, hold=Hold(path, lock))
            study.sign()
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


def open_study(path: Path, *, coder: str = "", read_only: bool = False, behind: bool = False) -> Study:
    """Open a study file.

    Raises StudyHeld where another process has it open for writing, NotWhole where a quick look finds damage
    and it was to be written, and StudyFileError for a file that is missing, foreign, newer or damaged. A
    refused file is not written to. With `behind`, a large study is looked through while it is read already;
    the first decision waits for that.
    """
    path = path.resolve()
    refuse_unfit(path)
    if not is_open_here(path):
        refuse_by_header(path)
    if not read_only and (hindrance := _hindrance(path)):
        return _open_for_reading(path, coder, hindrance)
    if _hindrance(path) == "":
        take_back_half_done(path)
    if read_only:
        return _open_for_reading(path, coder)
    return _open_for_writing(path, coder, behind=behind)


def _open_for_reading(path: Path, coder: str, why: str = "") -> Study:
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
    study = Study(connection, path, coder=coder, read_only=True, hold=Hold(path))
    study.why_read_only = why
    return study


def _open_for_writing(path: Path, coder: str, *, behind: bool) -> Study:
    with told_plainly(path, safe=UNTOUCHED):
        with closing(connect(path, "ro")) as looking:
            version = check_fitness(looking, path)
            held_by = owner_of(looking)
            later = behind and version == VERSION and path.stat().st_size > QUICK
            if not later:
                refuse_not_whole(looking, path)
        refuse_second_name(path)
        lock = take_lock(path, held_by)
        try:
            connection = connect(path, "rw")
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version < VERSION:
                _keep_as_it_was(connection, path, version)
                _bring_up_to_date(connection)
            study = Study(connection, path, coder=coder, hold=Hold(path, lock))
            if version < VERSION:
                study.news = (
                    f"{path.name} was brought up to date from schema {version} to {VERSION}; "
                    "as it was, it is kept among its backups."
                )
            if later:
                study.looking_through = LookingThrough(path)
            else:
                study.sign()
        except BaseException:
            lock.release()
            raise
    return study


def _hindrance(path: Path) -> str:
    """Say why a study cannot be written where it is; empty where it can."""
    for place, what in ((path, "file"), (path.parent, "folder")):
        try:
            if os.name == "posix" and os.statvfs(place).f_flag & os.ST_RDONLY:
                return f"the medium of {path.name} is read-only"
        except OSError as error:
            return f"{path.name} cannot be reached: {error.strerror}"
        if not os.access(place, os.W_OK):
            return f"the {what} {place.name} may not be written"
    return ""


def refuse_second_name(path: Path) -> None:
    """Refuse to write to a file of two names: each name has its own lock and its own journal."""
    if path.stat().st_nlink > 1:
        raise StudyFileError(
            f"{path.name} has a second name (a hard link), under which another could write to it.",
            safe=UNTOUCHED,
            do="Make a copy and open that, or open it with --read-only.",
        )


def _keep_as_it_was(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Keep a backup of an older study; refuse one whose log is not whole."""
    from workbench.study.backup import keep_before_migration

    for finding in verify_chain(connection):
        raise StudyFileError(
            f"{path.name} is of an older version, and its log is not whole: {finding.place}: {finding.what}",
            safe=UNTOUCHED,
            do="Restore a backup: workbench backups lists them.",
        )
    keep_before_migration(connection, path)


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    from workbench.study.migrations import bring_up_to_date

    bring_up_to_date(connection)


def study_in_memory(*, coder: str) -> Study:
    """Make an empty study that lives in memory only, for trying things out."""
    return Study(_empty(), Path("memory"), coder=coder)


def _empty() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    # What is sorted must not be laid out on the disk: the study may be encrypted.
    connection.execute("PRAGMA temp_store = MEMORY")
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
