"""What SQLite says of a disk or a file, in plain sentences."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError
from pathlib import Path

from workbench.errors import StudyFileError

_BACK = "Go back to the last copy that verifies (workbench log verify)."
_SENTENCES = {
    "SQLITE_FULL": ("The disk is full.", "Free some space and do it again."),
    "SQLITE_READONLY_ROLLBACK": (
        "A program was stopped in the middle of writing {name}.",
        "Open it once where it can be written; what was half done is then taken back.",
    ),
    "SQLITE_READONLY": ("{name} cannot be written.", "Check the rights of the file and its folder."),
    "SQLITE_IOERR": ("Reading or writing {name} failed.", "Check the disk, then open the study again."),
    "SQLITE_CORRUPT": ("{name} is damaged.", _BACK),
    "SQLITE_NOTADB": ("{name} is not a study, or its beginning is damaged.", _BACK),
    "SQLITE_BUSY": ("Another program is writing {name}.", "Wait for it to finish and do it again."),
    "SQLITE_LOCKED": ("Another program is writing {name}.", "Wait for it to finish and do it again."),
    "SQLITE_CANTOPEN": (
        "{name} cannot be opened.",
        "Check the path and the rights of the file and its folder.",
    ),
    "SQLITE_TOOBIG": ("One entry is larger than SQLite can hold.", "Split it and do it again."),
}
_DAMAGED = "Nothing was written to it; how much of it is whole is not known."
SAFE = "Everything that was acknowledged before is in the file; this action is not."


@contextmanager
def told_plainly(path: Path, *, safe: str = SAFE) -> Iterator[None]:
    """Turn SQLite's errors into StudyFileError with what happened, what is safe and what to do."""
    try:
        yield
    except (sqlite3.DatabaseError, UnicodeDecodeError, JSONDecodeError) as error:
        name = getattr(error, "sqlite_errorname", "") or ""
        if not isinstance(error, sqlite3.DatabaseError) or str(error).startswith("Could not decode"):
            # Python cannot turn what SQLite hands over into text, or the text into a record.
            name = "SQLITE_CORRUPT"
        for beginning, (what, advice) in _SENTENCES.items():
            if name.startswith(beginning):
                told = safe if advice is not _BACK else _DAMAGED
                raise StudyFileError(what.format(name=path.name), safe=told, do=advice) from error
        raise
