"""What a stopped program left half written: tried on a copy first, then taken back in the file itself."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from workbench.errors import StudyFileError, StudyHeld, WorkbenchError
from workbench.study.connecting import connect
from workbench.study.faults import UNTOUCHED, is_half_done, told_plainly
from workbench.study.hold import is_open_here, take_lock
from workbench.study.locked import is_encrypted
from workbench.study.refusals import check_fitness
from workbench.study.whole_copy import copy_findings

_MAGIC = bytes.fromhex("d9d505f920a163d7")
"""Begins a journal, and ends one that names further files (SQLite file format, 3)."""
_COUNTER = slice(24, 28)
"""Where the first page counts the changes of the file."""


def journal_of(path: Path) -> Path:
    """Name the journal that SQLite keeps beside a file while it writes."""
    return path.with_name(f"{path.name}-journal")


def take_back_half_done(path: Path) -> None:
    """Let SQLite roll back what a stopped program left half written; a read-only connection cannot.

    A journal says nothing of the file it belongs to, and SQLite would play any into it. So it is played into
    a copy first, and only where that is a whole study, one change away at the most, into the file. Nothing is
    done while another process holds the study.
    """
    journal = journal_of(path)
    if not journal.exists() or journal.stat().st_size == 0 or is_open_here(path):
        return
    try:
        lock = take_lock(path)
    except StudyHeld:
        return
    try:
        take_back_held(path)
    finally:
        lock.release()


def take_back_held(path: Path) -> None:
    """Do the same for whoever holds the lock; raises StudyFileError where the journal is not the file's."""
    journal = journal_of(path)
    if not journal.exists() or journal.stat().st_size == 0:
        return
    with told_plainly(path, safe=UNTOUCHED):
        if _is_half_done(path):
            _try_on_a_copy(path, journal)
            with closing(connect(path, "rw")) as connection:
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _is_half_done(path: Path) -> bool:
    try:
        with closing(connect(path, "ro")) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        if is_half_done(error):
            return True
        raise
    return False


def _try_on_a_copy(path: Path, journal: Path) -> None:
    if journal.read_bytes()[-8:] == _MAGIC:
        raise _not_its_own(path, journal, "it names further files")
    with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
        copy = Path(folder) / path.name
        try:
            shutil.copyfile(path, copy)
            shutil.copyfile(journal, journal_of(copy))
            _refuse_unlike(path, journal, copy)
        except OSError as error:
            raise StudyFileError(
                f"{path.name} was left half written, and taking it back failed: {error.strerror}.",
                safe=UNTOUCHED,
                do="Free some space and open it again.",
            ) from error


def _refuse_unlike(path: Path, journal: Path, copy: Path) -> None:
    try:
        with told_plainly(copy), closing(connect(copy, "rw")) as connection:
            check_fitness(connection, copy)
            wrong = next((f"{finding.place}: {finding.what}" for finding in copy_findings(connection)), "")
    except WorkbenchError as error:
        raise _not_its_own(path, journal, error.what) from error
    if wrong:
        raise _not_its_own(path, journal, " ".join(wrong.split()))
    if is_encrypted(path):
        return  # The count of changes is encrypted too; pages of another key would not have been read.
    now, before = (_changes(file) for file in (path, copy))
    if now - before not in (0, 1):
        raise _not_its_own(path, journal, f"{now} changes in the file, {before} in the journal")


def _changes(file: Path) -> int:
    with file.open("rb") as opened:
        return int.from_bytes(opened.read(_COUNTER.stop)[_COUNTER], "big")


def _not_its_own(path: Path, journal: Path, why: str) -> StudyFileError:
    return StudyFileError(
        f"Beside {path.name} is {journal.name}, with which it does not make a whole study ({why}).",
        safe=UNTOUCHED,
        do=f"If {path.name} was put there from elsewhere, move {journal.name} away and open it again; "
        "otherwise go back to the last backup.",
    )
