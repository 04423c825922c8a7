"""A whole, verified copy of a study: made beside its place, checked, and only then given its name."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from workbench.errors import Refused, StudyFileError
from workbench.study.connecting import connect
from workbench.study.contents import changed_contents
from workbench.study.faults import told_plainly
from workbench.study.log import Finding, Head, read_head, verify_chain
from workbench.study.unfinished import UNFINISHED, marked

SIDECARS = ("-journal", "-wal", "-shm")
"""Ends of the names of what SQLite keeps beside a file while it is written."""
_SAFE = "No copy was made; the study is as it was."


def whole_copy(source: sqlite3.Connection, target: Path, *, replace: bool = False) -> Head:
    """Copy a study to a name of its own and give the end of the log that the copy holds.

    `source` is any connection to it outside a transaction; another may go on writing meanwhile. The copy
    takes its name only once SQLite, the log, the contents and the end of the log were found whole in it and
    it is on the disk. Raises Refused where the name is taken and `replace` is false, and StudyFileError
    where no whole copy can be made; nothing is left behind then that the system lets be removed.
    """
    if not replace and os.path.lexists(target):
        raise _taken(target)
    unfinished = _begin(source, target)
    try:
        with told_plainly(target, safe=_SAFE):
            before = read_head(source)
            source.execute("VACUUM INTO ?", (str(unfinished),))
            head = _verified(source, before, unfinished, target)
        name_copy(unfinished, target, replace=replace)
    except OSError as error:
        raise _not_made(target, error) from error
    finally:
        # Where even this is refused, what failed first is what is told; the ending marks what is left.
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return head


def _begin(source: sqlite3.Connection, target: Path) -> Path:
    """Make an empty file beside the place of the copy, as open to others as the study is."""
    try:
        handle, name = tempfile.mkstemp(prefix=marked(target), suffix=UNFINISHED, dir=target.parent)
        os.close(handle)
        original = source.execute("PRAGMA database_list").fetchone()[2]
        if original:
            with suppress(FileNotFoundError):
                shutil.copymode(original, name)
    except OSError as error:
        raise _not_made(target, error) from error
    return Path(name)


def _verified(source: sqlite3.Connection, before: Head, unfinished: Path, target: Path) -> Head:
    with closing(connect(unfinished, "ro")) as copy:
        for finding in copy_findings(copy):
            raise StudyFileError(
                f"The copy {target.name} is not whole: {finding.place}: {finding.what}",
                safe="It was taken away; the study is as it was.",
                do="Run workbench check on the study.",
            )
        head = read_head(copy)
    known = source.execute("SELECT hash FROM decisions WHERE seq = ?", (head.count,)).fetchone()
    if head.count < before.count or (head.count > 0 and known != (head.hash,)):
        raise StudyFileError(
            f"The copy {target.name} does not end where the study ends.", safe=_SAFE, do="Make it again."
        )
    return head


def copy_findings(copy: sqlite3.Connection) -> Iterator[Finding]:
    """Say what is not whole in a copy: the file, what refers to what, the log and the contents."""
    for (sentence,) in copy.execute("PRAGMA quick_check(1)"):
        if sentence != "ok":
            yield Finding("file", f"SQLite finds: {sentence}")
    for table, row, parent, _ in copy.execute("PRAGMA foreign_key_check"):
        yield Finding(f"{table}, row {row}", f"It refers to something that is not in {parent}.")
    yield from verify_chain(copy)
    for digest in changed_contents(copy):
        yield Finding(f"content {digest}", "The stored bytes are not those that were stored.")


def name_copy(unfinished: Path, target: Path, *, replace: bool) -> None:
    """Bring the copy to the disk and give it its name; a name taken meanwhile is left to its owner."""
    with unfinished.open("rb+") as file:
        os.fsync(file.fileno())
    if not replace:
        try:
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError as error:
            raise _taken(target) from error
    try:
        forget_sidecars(target)
        os.replace(unfinished, target)
    except OSError:
        if not replace:
            target.unlink()
        raise
    sync_folder(target.parent)


def forget_sidecars(target: Path) -> None:
    """Remove what a killed program left beside a name: SQLite would write it into any file of that name."""
    for ending in SIDECARS:
        target.with_name(target.name + ending).unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk; only where the system can do so."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _taken(target: Path) -> Refused:
    return Refused(f"{target.name} is already there.", do="Choose another name.")


def _not_made(target: Path, error: OSError) -> StudyFileError:
    return StudyFileError(
        f"The copy {target.name} cannot be made: {error.strerror}.",
        safe=_SAFE,
        do="Choose another folder, or check its rights and its free space.",
    )
