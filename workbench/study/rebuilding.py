"""A study taken apart into its primary data, and built anew from them."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from workbench.errors import Refused, StudyFileError
from workbench.model.decision import Decision
from workbench.study.check import check_study
from workbench.study.connecting import connect
from workbench.study.faults import told_plainly
from workbench.study.file import PAGE_SIZE
from workbench.study.hold import hold_alone
from workbench.study.log import Head
from workbench.study.replay import replay
from workbench.study.study import Study
from workbench.study.telling import Told
from workbench.study.unfinished import UNFINISHED, marked
from workbench.study.whole_copy import whole_copy

_NONE = "No study was made."


def primary_data(study: Study) -> tuple[Head, list[tuple[str, int]]]:
    """Give the end of the log and the hash and size of every content, as they stand at one moment.

    Neither a decision nor a content ever changes, so that both can be read afterwards while others write.
    """
    study.connection.execute("SAVEPOINT moment")
    try:
        query = "SELECT hash, length(bytes) FROM contents ORDER BY hash"
        return study.head, [(str(digest), int(size)) for digest, size in study.connection.execute(query)]
    finally:
        study.connection.execute("RELEASE moment")


def build_study(
    path: Path, *, contents: Iterable[tuple[str, bytes]], decisions: Iterable[Decision], tell: Told
) -> Head:
    """Make a study file from contents under their hashes and the decisions of a log.

    Both are taken as they come: whoever reads them from outside has verified hashes and chain. Raises
    StudyFileError where they do not make a study on which every check holds; nothing is left behind then.
    """
    try:
        # Whoever makes a study of this name holds its lock, so that the name stays free to the end.
        with hold_alone(path), _beside(path) as made:
            building = made / "study"
            building.touch()
            with (
                told_plainly(path, safe=_NONE),
                closing(connect(building, "rw")) as connection,
            ):
                _fill(connection, contents, decisions, path)
                tell("Checks", 0, 1)
                for finding in check_study(Study(connection, building, read_only=True)):
                    raise _not_whole(path, f"{finding.place}: {finding.what}")
                return whole_copy(connection, path, replace=True)
    except OSError as error:
        raise StudyFileError(
            f"{path.name} cannot be made: {error.strerror}.",
            safe=_NONE,
            do="Check the folder, its rights and its free space.",
        ) from error


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Give a folder beside a name that is free; it goes in any case."""
    if os.path.lexists(path):
        raise Refused(f"{path.name} is already there.", do="Choose another name.")
    with tempfile.TemporaryDirectory(prefix=marked(path), suffix=UNFINISHED, dir=path.parent) as made:
        yield Path(made)


def _fill(
    connection: sqlite3.Connection,
    contents: Iterable[tuple[str, bytes]],
    decisions: Iterable[Decision],
    path: Path,
) -> None:
    from workbench.study.migrations import bring_up_to_date

    connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
    # What is built here is copied once it is whole; only the copy has to be on the disk.
    connection.execute("PRAGMA synchronous = OFF")
    bring_up_to_date(connection)
    try:
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO contents (hash, bytes) VALUES (?, ?)", contents)
        connection.execute("COMMIT")
        replay(connection, decisions)
    except (sqlite3.IntegrityError, sqlite3.InterfaceError, OverflowError) as error:
        raise _not_whole(path, f"the records do not fit together: {error}") from error


def _not_whole(path: Path, what: str) -> StudyFileError:
    return StudyFileError(f"What was read makes no whole study: {what}", safe=f"{path.name} was not made.")


def decisions_up_to(study: Study, last: int) -> Iterator[Decision]:
    """Read the log up to a decision, some hundreds at a time, so that no writer waits for the reader."""
    for first in range(1, last + 1, 500):
        yield from study.decisions(first=first, last=min(first + 499, last))
