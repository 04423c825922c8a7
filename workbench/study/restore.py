"""Restore: a backup in the place of the study, with what stood there kept, and the way back."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from workbench.errors import Locked, Refused, StudyFileError, WorkbenchError, WrongUsage
from workbench.study.backup import (
    backups_of,
    findings_in,
    forget_damage,
    next_number,
    origin,
    prepare_folder,
)
from workbench.study.backup_names import DIGITS, Backup, Why, folder_of, name_of
from workbench.study.connecting import connect
from workbench.study.faults import told_plainly
from workbench.study.half_done import take_back_held
from workbench.study.hold import hold_alone
from workbench.study.locked import is_encrypted
from workbench.study.log import Head, read_head
from workbench.study.refusals import UNTOUCHED, check_fitness, refuse_by_header
from workbench.study.schema import VERSION
from workbench.study.study import Study
from workbench.study.telling import Told, quietly
from workbench.study.unfinished import UNFINISHED
from workbench.study.whole_copy import SIDECARS, forget_sidecars, sync_folder, whole_copy


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did."""

    source: Path
    """The file that was put in place."""
    head: Head | None
    """The end of the log now; None where a file that is not whole was put back."""
    set_aside: Backup | None
    """What stood there before; None where nothing did."""
    is_noted: bool = False
    """Whether the log of what is in place tells of the restore."""


Note = Callable[[Study, Restored], object]
"""What writes into the log of a restored study that it was restored."""


def chosen_backup(path: Path, named: str) -> Path:
    """Find a backup of a study by its number in the list, or a file by its path."""
    if named.isdecimal():
        for backup in backups_of(path):
            if backup.number == int(named):
                return backup.path
        raise WrongUsage(f"There is no backup {named}.", do=f"List them with workbench backups {path.name}.")
    given = Path(named)
    if not given.is_file():
        raise WrongUsage(f"There is no file {given.name}.", do="Name a backup by its number or its path.")
    return given


def restore(
    path: Path, chosen: Path, *, coder: str = "", note: Note | None = None, tell: Told = quietly
) -> Restored:
    """Put a backup in the place of a study, whatever state that is in; what stood there is kept.

    The note is in the log before the file takes its place; in one of an older schema it cannot be yet.
    Raises StudyHeld while another process writes to the study, StudyFileError for a backup that is not whole,
    and Refused for one of another study.
    """
    path = path.resolve()
    if chosen.resolve() == path:
        raise Refused("That is the study itself, not a backup of it.")
    with hold_alone(path):
        tell("Backup verified", 0, 4)
        if findings := findings_in(chosen):
            raise StudyFileError(
                f"{chosen.name} is not whole: {findings[0]}",
                safe=UNTOUCHED,
                do="Restore another backup: workbench backups --verify finds those that are whole.",
            )
        _refuse_to_lay_open(path, chosen)
        _take_back_half_done(path)
        ready = _ready(path)
        try:
            with told_plainly(chosen, safe=UNTOUCHED), closing(connect(chosen, "ro")) as backup:
                _refuse_other_study(path, chosen, origin(backup))
                tell("Backup copied", 1, 4)
                head = whole_copy(backup, ready, replace=True)
            tell("Study set aside", 2, 4)
            done = Restored(chosen, head, _set_aside(path))
            if note is not None:
                done = _noted(ready, path, done, coder, note)
            tell("Backup put in place", 3, 4)
            _put_in_place(ready, path)
        finally:
            ready.unlink(missing_ok=True)
            forget_sidecars(ready)
        forget_damage(path)
    return done


def _noted(ready: Path, path: Path, done: Restored, coder: str, note: Note) -> Restored:
    """Let the log of the file that is ready tell of the restore, where its schema is today's."""
    with told_plainly(path, safe=UNTOUCHED), closing(connect(ready, "rw")) as connection:
        if check_fitness(connection, ready) < VERSION:
            return done
        study = Study(connection, path, coder=coder)
        note(study, done)
        return replace(done, head=study.head, is_noted=True)


def put_back(path: Path) -> Restored:
    """Undo the latest restore: what it set aside is in place again, byte for byte, and so is its damage.

    What stands there now is kept in turn, so that doing this twice changes nothing. Raises Refused where no
    restore set anything aside.
    """
    path = path.resolve()
    with hold_alone(path):
        kept = next((b for b in reversed(backups_of(path)) if b.why is Why.RESTORE), None)
        if kept is None:
            raise Refused("No restore has set anything aside here.")
        if kept.verified and (findings := findings_in(kept.path)):
            raise StudyFileError(
                f"{kept.path.name} was whole when it was set aside, and is not now: {findings[0]}",
                do="Restore another backup: workbench backups.",
            )
        _take_back_half_done(path)
        ready = _ready(path)
        with _plainly(path):
            _copy_bytes(kept.path, ready)
        try:
            aside = _set_aside(path)
            _put_in_place(ready, path, sidecars_of=kept.path)
        finally:
            ready.unlink(missing_ok=True)
        forget_damage(path)
        state = _state_of(path)
    return Restored(kept.path, state.head if state and kept.verified else None, aside)


@dataclass(frozen=True, slots=True)
class _State:
    """Which study a file is of, and where its log ends."""

    study: str
    head: Head


def _state_of(path: Path) -> _State | None:
    """Read what stands at a place; None where nothing does, or nothing that can be read."""
    if not path.is_file():
        return None
    try:
        with closing(connect(path, "ro")) as connection:
            return _State(origin(connection), read_head(connection))
    except (sqlite3.DatabaseError, Locked):
        # Damaged beyond reading, or shut: a restore is what helps, so this is no obstacle to it.
        return None


def _refuse_other_study(path: Path, chosen: Path, study: str) -> None:
    """Refuse to put one study in the place of another; where that is not whole, nobody can tell."""
    present = _state_of(path)
    if present is not None and present.study != study and not findings_in(path):
        raise Refused(
            f"{chosen.name} is a backup of another study.",
            do="Copy it to a name of its own and open that, or move this study away first.",
        )


def _refuse_to_lay_open(path: Path, chosen: Path) -> None:
    """Refuse to put a copy in the clear in the place of an encrypted study."""
    if path.is_file() and is_encrypted(path) and not is_encrypted(chosen):
        raise Refused(
            f"{path.name} is encrypted, and {chosen.name} is not.",
            do="Encrypt the backup first (workbench encrypt), or move the encrypted study away.",
        )


def _ready(path: Path) -> Path:
    """Name the file that waits, verified, to take the place of the study; a killed restore leaves one."""
    return path.with_name(f".{path.name}.restoring")


def _take_back_half_done(path: Path) -> None:
    """Let SQLite roll back what a killed program left half written, if the file still lets it."""
    if not path.is_file():
        return
    try:
        refuse_by_header(path)
        take_back_held(path)
    except (sqlite3.DatabaseError, WorkbenchError):
        # Too damaged, shut, or another's journal: it is then set aside with the file that it lies beside.
        return


def _set_aside(path: Path) -> Backup | None:
    """Keep the bytes that stand at a place as a backup, whole or not; None where nothing stands there."""
    if not path.is_file():
        return None
    prepare_folder(path)
    unfinished = folder_of(path) / f".set-aside{UNFINISHED}"
    try:
        with _plainly(path):
            _copy_bytes(path, unfinished)
            backup = Backup(path, next_number(path), datetime.now(UTC), Why.RESTORE, "", 0, "")
            state = None if _sidecars(path) or findings_in(unfinished) else _state_of(unfinished)
            if state is not None:
                head = state.head
                backup = replace(backup, study=state.study, decisions=head.count, head=head.hash[:DIGITS])
            backup = replace(backup, path=folder_of(path) / name_of(backup))
            _copy_sidecars(path, backup.path)
            os.replace(unfinished, backup.path)
            sync_folder(folder_of(path))
    finally:
        unfinished.unlink(missing_ok=True)
    return backup


def _sidecars(path: Path) -> list[Path]:
    """Name what SQLite keeps beside a file that was not closed, and still needs to read it."""
    beside = (path.with_name(path.name + ending) for ending in SIDECARS)
    return [file for file in beside if file.is_file() and file.stat().st_size > 0]


def _copy_sidecars(source: Path, target: Path) -> None:
    for sidecar in _sidecars(source):
        _copy_bytes(sidecar, target.with_name(target.name + sidecar.name.removeprefix(source.name)))


def _put_in_place(ready: Path, path: Path, *, sidecars_of: Path | None = None) -> None:
    """Give the ready file the name of the study; a journal of what stood there must not outlive it."""
    with _plainly(path):
        forget_sidecars(path)
        os.replace(ready, path)
        if sidecars_of is not None:
            _copy_sidecars(sidecars_of, path)
        sync_folder(path.parent)


def _copy_bytes(source: Path, target: Path) -> None:
    """Copy a file that nobody in this process has open, and bring it to the disk."""
    shutil.copyfile(source, target)
    shutil.copymode(source, target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def _plainly(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StudyFileError(
            f"{path.name} cannot be set aside or replaced: {error.strerror}.",
            safe="What stood there is still there, or among the backups.",
            do="Check the folder, its rights and its free space, then do it again.",
        ) from error
