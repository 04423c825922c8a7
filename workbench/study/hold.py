"""What this process holds open: the file by its identity, and the lock beside it where it may write."""

from __future__ import annotations

import os
import socket
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from workbench.errors import StudyFileError, StudyHeld
from workbench.study.refusals import UNTOUCHED

if TYPE_CHECKING:
    from filelock import BaseFileLock

_SAFE = "Everything acknowledged before is in the file that was opened; this action is not."


@dataclass(frozen=True, slots=True)
class Owner:
    """Who has a study open for writing."""

    coder: str
    host: str
    pid: int
    at: str

    def __str__(self) -> str:
        return f"{self.coder or 'somebody'} on {self.host} (process {self.pid}, since {self.at})"


def owner_of(connection: sqlite3.Connection) -> Owner | None:
    """Read who opened a study for writing last."""
    row = connection.execute("SELECT coder, host, pid, at FROM owner").fetchone()
    return Owner(*row) if row else None


def sign(connection: sqlite3.Connection, coder: str, at: str) -> None:
    """Write down who has a study open for writing."""
    connection.execute(
        "INSERT INTO owner (id, coder, host, pid, at) VALUES (1, ?, ?, ?, ?) "
        "ON CONFLICT(id) DO UPDATE SET coder=excluded.coder, host=excluded.host, pid=excluded.pid, "
        "at=excluded.at",
        (coder, socket.gethostname(), os.getpid(), at),
    )


def take_lock(path: Path, owner: Owner | None = None) -> BaseFileLock:
    """Take the lock beside a study; raises StudyHeld, naming the owner, where another process has it."""
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


@contextmanager
def hold_alone(path: Path) -> Iterator[None]:
    """Hold the lock of a study without opening it; raises StudyHeld where another process has it."""
    lock = take_lock(path)
    try:
        yield
    finally:
        lock.release()


class Hold:
    """One study file that this process has open."""

    _all: ClassVar[weakref.WeakSet[Hold]] = weakref.WeakSet()

    def __init__(self, path: Path, lock: BaseFileLock | None = None) -> None:
        self._path = path
        self._lock = lock
        self._file = _identity(path)
        self._lock_file = _identity(Path(lock.lock_file)) if lock is not None else None
        self._all.add(self)

    @property
    def is_there(self) -> bool:
        """Tell whether the file that was opened is still under its name."""
        try:
            return _identity(self._path) == self._file
        except OSError:
            return False

    def refuse_if_lost(self) -> None:
        """Raise StudyFileError where another file is under the name by now, or the lock is another's.

        Only names are looked at: to open the live file here would drop the locks of SQLite on it.
        """
        try:
            found = _identity(self._path)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise self._lost("was moved or deleted while it was open") from error
        except OSError as error:
            raise self._lost(f"cannot be reached any more: {error.strerror}") from error
        if found != self._file:
            raise self._lost("was replaced by another file while it was open")
        self._keep_lock()

    def _lost(self, how: str) -> StudyFileError:
        return StudyFileError(
            f"{self._path.name} {how}.",
            safe=_SAFE,
            do="Save the study elsewhere (S) before closing it, or put the file back and do it again.",
        )

    def _keep_lock(self) -> None:
        """Take the lock again where its file was removed; raises StudyHeld where another was quicker."""
        if self._lock is None:
            return
        place = Path(self._lock.lock_file)
        try:
            if _identity(place) == self._lock_file:
                return
        except FileNotFoundError:
            pass  # Taken again below, like one that was replaced.
        except OSError as error:
            raise self._lost(f"cannot be reached any more: {error.strerror}") from error
        lock = take_lock(self._path)
        self._lock.release()
        self._lock, self._lock_file = lock, _identity(place)

    def release(self) -> None:
        """Give the lock back; the file is this process's no longer."""
        self._all.discard(self)
        if self._lock is not None:
            self._lock.release()


def is_open_here(path: Path) -> bool:
    """Tell whether this process has a file open as a study."""
    found = _identity(path)
    return any(hold._file == found for hold in list(Hold._all))


def _identity(path: Path) -> tuple[int, int]:
    status = os.stat(path)
    return status.st_dev, status.st_ino
