"""What SQLite says of a disk or a file, in plain sentences."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError
from pathlib import Path

from workbench.errors import StudyFileError

_BACK = "Restore a backup: workbench backups lists them."
_ELSEWHERE = "or save the study elsewhere (S, workbench save-as)."
_SENTENCES = {
    "SQLITE_FULL": ("The disk is full.", f"Free some space and do it again, {_ELSEWHERE}"),
    "SQLITE_READONLY_ROLLBACK": (
        "A program was stopped in the middle of writing {name}.",
        "Open it once where it can be written; what was half done is then taken back.",
    ),
    "SQLITE_READONLY_DBMOVED": (
        "{name} was moved or deleted while it was open.",
        "Save the study elsewhere (S) before closing it, or put the file back and do it again.",
    ),
    "SQLITE_READONLY": (
        "{name} cannot be written.",
        f"Check the rights of the file and its folder, {_ELSEWHERE}",
    ),
    "SQLITE_IOERR": (
        "Reading or writing {name} failed.",
        f"Check the disk and do it again, {_ELSEWHERE}",
    ),
    "SQLITE_CORRUPT": ("{name} is damaged.", _BACK),
    "SQLITE_NOTADB": ("{name} is not a study, or its beginning is damaged.", _BACK),
    "SQLITE_BUSY": ("Another program is writing {name}.", "Wait for it to finish and do it again."),
    "SQLITE_LOCKED": ("Another program is writing {name}.", "Wait for it to finish and do it again."),
    "SQLITE_CANTOPEN": (
        "{name} cannot be opened.",
        "Check the path and the rights of the file and its folder.",
    ),
    "SQLITE_TOOBIG": ("One entry is larger than SQLite can hold.", "Split it and do it again."),
    "SQLITE_INTERRUPT": ("It was stopped.", ""),
    "SQLITE_AUTH": ("{name} holds something that is not allowed to run.", _BACK),
}
_DAMAGED = "Nothing was written to it; how much of it is whole is not known."
SAFE = "Everything that was acknowledged before is in the file; this action is not."
UNTOUCHED = "The file was not touched."

_UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError, JSONDecodeError)


@contextmanager
def told_plainly(path: Path, *, safe: str = SAFE) -> Iterator[None]:
    """Turn SQLite's errors into StudyFileError with what happened, what is safe and what to do."""
    try:
        yield
    except _UNREADABLE as error:
        told = plain_error(error, path, safe=safe)
        if told is None:
            raise
        raise told from error


def is_half_done(error: sqlite3.DatabaseError) -> bool:
    """Tell by an error on reading whether a journal must be taken back first; SQLCipher says less of it."""
    name = getattr(error, "sqlite_errorname", "")
    return name in ("SQLITE_READONLY_ROLLBACK", "SQLITE_READONLY")


def plain_error(error: BaseException, path: Path, *, safe: str = SAFE) -> StudyFileError | None:
    """Say in plain words what SQLite says of a disk or a file; None for an error of another kind."""
    if not isinstance(error, _UNREADABLE):
        return None
    name = getattr(error, "sqlite_errorname", None) or ""
    if not isinstance(error, sqlite3.DatabaseError) or str(error).startswith("Could not decode"):
        # Python cannot turn what SQLite hands over into text, or the text into a record.
        name = "SQLITE_CORRUPT"
    for beginning, (what, advice) in _SENTENCES.items():
        if name.startswith(beginning):
            held = safe if advice is not _BACK else _DAMAGED
            return StudyFileError(what.format(name=path.name), safe=held, do=advice)
    return None
