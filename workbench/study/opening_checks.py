"""What is looked through on opening: what SQLite finds quickly, references, and the end of the log."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from workbench.errors import NotWhole, StudyFileError, WorkbenchError
from workbench.model.decision import decision_hash
from workbench.study.connecting import connect
from workbench.study.faults import UNTOUCHED, told_plainly
from workbench.study.log import Finding, read

QUICK = 32 * 1024 * 1024
"""Bytes of a study that is looked through within the blink of an eye."""
_LAST = 50
"""Decisions at the end of the log whose hashes are computed anew."""
_DO = "Run workbench check, and go back to the last backup that verifies."


def opening_findings(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Say what is not whole, as far as that can be said quickly; `workbench check` says the rest."""
    for (sentence,) in connection.execute("PRAGMA quick_check(1)"):
        if sentence != "ok":
            yield Finding("file", f"SQLite finds: {' '.join(sentence.split())}.", _DO)
            return
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield Finding(f"{table}, row {row}", f"It refers to something that is not in {parent}.", _DO)
        return
    yield from _log_findings(connection)


def _log_findings(connection: sqlite3.Connection) -> Iterator[Finding]:
    count, last = connection.execute("SELECT count(*), coalesce(max(seq), 0) FROM decisions").fetchone()
    if count != last:
        yield Finding("log", f"It holds {count} decisions, and the last is number {last}.", _DO)
        return
    previous = ""
    try:
        for decision in read(connection, "seq > ?", (last - _LAST,)):
            follows = decision.prev_hash == previous or not previous
            if not follows or decision_hash(decision.payload()) != decision.hash:
                yield Finding(f"decision {decision.seq}", "The record was changed after it was written.", _DO)
                return
            previous = decision.hash
    except (ValueError, TypeError) as error:
        yield Finding("end of the log", f"A record cannot be read: {error}.", _DO)


def refuse_not_whole(connection: sqlite3.Connection, path: Path) -> None:
    """Raise NotWhole with the first finding."""
    for finding in opening_findings(connection):
        what = f"{path.name} is not whole: {finding.place}: {finding.what}"
        raise NotWhole(what, safe=UNTOUCHED, do=finding.do)


def damage_of(connection: sqlite3.Connection, path: Path) -> WorkbenchError | None:
    """Give what a quick look finds to be damaged; None where it finds nothing."""
    try:
        with told_plainly(path, safe=UNTOUCHED):
            refuse_not_whole(connection, path)
    except WorkbenchError as error:
        return error
    return None


class LookingThrough:
    """The checks of opening in a thread, on a reading connection of their own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._found: WorkbenchError | None = StudyFileError(f"{path.name} could not be looked through.")
        self._thread = threading.Thread(target=self._look, name="looking through", daemon=True)
        self._thread.start()

    def _look(self) -> None:
        try:
            with told_plainly(self._path, safe=UNTOUCHED), closing(connect(self._path, "ro")) as connection:
                self._found = damage_of(connection, self._path)
        except WorkbenchError as error:
            self._found = error

    def end(self) -> WorkbenchError | None:
        """Wait for the end and give what was found; None where all is whole."""
        self._thread.join()
        return self._found
