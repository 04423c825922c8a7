"""Bring a study and its backups into another form: encrypted, in the clear, or under another passphrase."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from workbench.errors import Refused, StudyFileError, WorkbenchError
from workbench.study.backup import backups_of, make_backup, origin
from workbench.study.backup_names import Backup, Why
from workbench.study.connecting import connect
from workbench.study.faults import UNTOUCHED, told_plainly
from workbench.study.file import PAGE_SIZE, refuse_second_name
from workbench.study.half_done import take_back_half_done
from workbench.study.hold import hold_alone
from workbench.study.keys import Key
from workbench.study.live import door
from workbench.study.locked import key_of
from workbench.study.log import Head, read_head
from workbench.study.refusals import check_fitness, refuse_unfit
from workbench.study.rows import quoted
from workbench.study.sqlcipher import begin, refuse_without
from workbench.study.telling import Told, quietly
from workbench.study.unfinished import UNFINISHED, marked
from workbench.study.whole_copy import copy_findings, name_copy
from workbench.study.whose import Whose, drafts_there

_SAFE = "The study is as it was."


@dataclass(frozen=True, slots=True)
class Changed:
    """What came of bringing a study into another form."""

    head: Head
    backups: int
    """How many backups are in the new form too."""
    left: tuple[tuple[Path, str], ...]
    """The backups that are still in their former form, and why."""


def change_form(path: Path, key: Key | None, *, keep: bool = False, tell: Told = quietly) -> Changed:
    """Write a study and its backups anew, encrypted with a key or in the clear.

    Each file is copied whole, the copy compared with it row by row, and only then put in its place; the study
    comes last, so that it is in its former form until all is done. With `keep`, a backup in the former form
    is made first, and stays so. Raises StudyHeld while another process writes to the study.
    """
    path = path.resolve()
    refuse_without()
    refuse_unfit(path)
    refuse_second_name(path)
    take_back_half_done(path)
    with hold_alone(path):
        _refuse_drafts(path)
        stays = _kept(path, tell) if keep else None
        others = [backup for backup in backups_of(path) if stays is None or backup.path != stays.path]
        left = []
        for number, backup in enumerate(others):
            tell("Backups", number, len(others))
            try:
                _write_anew(backup.path, key)
            except WorkbenchError as error:
                left.append((backup.path, error.what))
        tell("Study", 0, 1)
        head = _write_anew(path, key)
    return Changed(head, len(others) - len(left), tuple(left))


def _refuse_drafts(path: Path) -> None:
    with told_plainly(path, safe=UNTOUCHED), closing(connect(path, "ro")) as connection:
        of = Whose(path, origin(connection))
    if drafts_there(of):
        raise Refused(
            f"Something that was typed and not saved is kept for {path.name}.",
            do="Open it in the terminal, and take that up or throw it away first.",
        )


def _kept(path: Path, tell: Told) -> Backup:
    tell("Backup", 0, 1)
    with told_plainly(path, safe=UNTOUCHED), closing(connect(path, "ro")) as connection:
        check_fitness(connection, path)
        return make_backup(connection, path, Why.ASKED)


def _write_anew(path: Path, key: Key | None) -> Head:
    """Put a file in another form in the place of one; a file that is in that form already stays."""
    former = key_of(path)
    with told_plainly(path, safe=_SAFE):
        if former == key:
            with closing(connect(path, "ro")) as connection:
                return read_head(connection)
        with closing(connect(path, "ro")) as connection:
            check_fitness(connection, path)
        unfinished = _begin(path)
        try:
            _export(path, former, unfinished, key)
            head = _verified(path, unfinished, key)
            name_copy(unfinished, path, replace=True)
        except OSError as error:
            raise StudyFileError(
                f"{path.name} cannot be written anew: {error.strerror}.",
                safe=_SAFE,
                do="Check the folder, its rights and its free space.",
            ) from error
        finally:
            for left in (unfinished, unfinished.with_name(f"{unfinished.name}-journal")):
                left.unlink(missing_ok=True)
    return head


def _begin(path: Path) -> Path:
    try:
        handle, name = tempfile.mkstemp(prefix=marked(path), suffix=UNFINISHED, dir=path.parent)
        os.close(handle)
        shutil.copymode(path, name)
    except OSError as error:
        raise StudyFileError(
            f"No copy of {path.name} can be made: {error.strerror}.", safe=_SAFE, do="Check the folder."
        ) from error
    return Path(name)


def _export(path: Path, former: Key | None, target: Path, key: Key | None) -> None:
    """Let SQLCipher copy every table; it does not copy what marks a file as a study."""
    with door(), closing(begin(f"{target.as_uri()}?mode=rw", key)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA journal_mode = MEMORY")
        if key is None:
            connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
        source = f"{path.as_uri()}?mode=ro"
        connection.execute("ATTACH DATABASE ? AS former KEY ?", (source, former.words if former else ""))
        connection.execute("SELECT sqlcipher_export('main', 'former')").fetchone()
        for mark in ("application_id", "user_version"):
            number = int(connection.execute(f"PRAGMA former.{mark}").fetchone()[0])
            connection.execute(f"PRAGMA main.{mark} = {number}")
        connection.execute("DETACH DATABASE former")


def _verified(path: Path, unfinished: Path, key: Key | None) -> Head:
    with closing(connect(path, "ro")) as former, closing(connect(unfinished, "ro")) as copy:
        if key_of(unfinished) != key:
            raise _not_alike(path, "it is not in the form that was asked for")
        check_fitness(copy, unfinished)
        for finding in copy_findings(copy):
            raise _not_alike(path, f"{finding.place}: {finding.what}")
        tables = _tables(former)
        if tables != _tables(copy):
            raise _not_alike(path, "its tables are not the same")
        for name in tables:
            if name[0] == "table" and not _same_rows(former, copy, name[1]):
                raise _not_alike(path, f"table {name[1]} is not the same")
        return read_head(copy)


def _tables(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    query = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name"
    return [(str(kind), str(name), str(sql)) for kind, name, sql in connection.execute(query)]


def _same_rows(one: sqlite3.Connection, other: sqlite3.Connection, table: str) -> bool:
    query = f"SELECT * FROM {quoted(table)} ORDER BY rowid"
    pairs = zip_longest(one.execute(query), other.execute(query))
    return all(left == right for left, right in pairs)


def _not_alike(path: Path, what: str) -> StudyFileError:
    return StudyFileError(
        f"The copy of {path.name} in the new form is not whole: {what}.",
        safe=f"It was taken away. {_SAFE}",
        do="Run workbench check on the study.",
    )
