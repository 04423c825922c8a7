"""Backups: verified copies of a study in a folder beside it, made on request and before risky work."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from workbench.errors import Refused, StudyFileError
from workbench.model.decision import Verb
from workbench.study.backup_names import DIGITS, Backup, Why, backup_named, folder_of, name_of, thinned
from workbench.study.connecting import connect
from workbench.study.faults import told_plainly
from workbench.study.locked import is_locked
from workbench.study.log import Head, read_head
from workbench.study.refusals import UNTOUCHED, check_fitness, refuse_by_header
from workbench.study.study import Study
from workbench.study.unfinished import UNFINISHED
from workbench.study.whole_copy import copy_findings, sync_folder, whole_copy

_MADE_AGAIN = (
    Verb.CREATE_STUDY,
    Verb.APPLY_CODEBOOK,
    Verb.IMPORT_TEXTS,
    Verb.CHANGE_SETTING,
    Verb.RECORD_PROGRESS,
)
"""What files at hand, or nothing at all, make again: no backup is needed for these alone."""
_LARGE = 16_000_000
"""Bytes from which copying takes long enough to be noticed."""
_FRESH = timedelta(minutes=10)
"""So old a backup of a large study still serves before a bulk change."""
_LEFT_BEHIND = 24 * 3600
"""Seconds after which an unfinished copy belongs to nobody any more."""
_MARK = "damaged.txt"


def backups_of(path: Path) -> list[Backup]:
    """List the backups of a study file by their names, oldest first; other files of the folder are not."""
    folder = folder_of(path)
    if not folder.is_dir():
        return []
    files = (entry for entry in folder.iterdir() if entry.is_file() and not entry.is_symlink())
    found = [backup for entry in files if (backup := backup_named(entry)) is not None]
    return sorted(found, key=lambda backup: (backup.number, backup.path.name))


def known_damage(path: Path) -> str:
    """Give what was found when the study proved damaged; empty while nothing is known against it."""
    mark = folder_of(path) / _MARK
    return mark.read_text(encoding="utf-8").partition("\n")[0] if mark.is_file() else ""


def forget_damage(path: Path) -> None:
    """Take the mark of a damaged study away, once a whole one stands in its place."""
    (folder_of(path) / _MARK).unlink(missing_ok=True)


def make_backup(connection: sqlite3.Connection, path: Path, why: Why) -> Backup:
    """Copy a study into its folder of backups, verified, and thin out the old ones.

    `connection` is any to the study, outside a transaction. Where the study itself proves damaged, it is
    marked so, and StudyFileError says what was found; the backups stay as they are.
    """
    prepare_folder(path)
    with told_plainly(path, safe=UNTOUCHED):
        before = read_head(connection)
        backup = _next(path, before, why, origin(connection))
    try:
        # No other backup has this number, and a plain rename leaves no empty file of its name after a kill.
        head = whole_copy(connection, backup.path, replace=True)
    except StudyFileError as error:
        _mark_if_damaged(connection, path, error)
        raise
    try:
        if head != before:
            backup = _named_anew(backup, head)
        forget_damage(path)
        thin_out(path, backup.study)
    except OSError as error:
        raise StudyFileError(
            f"The folder of backups cannot be put in order: {error.strerror}.",
            safe="The backup is whole.",
            do="Check the rights of the folder and its free space.",
        ) from error
    return backup


def keep_before_migration(connection: sqlite3.Connection, path: Path) -> None:
    """Make a backup of a study of an older schema, unless one was made when the same was tried before."""
    head, of_study = read_head(connection), origin(connection)
    for backup in backups_of(path):
        same = (backup.study, backup.decisions, backup.head) == (of_study, head.count, head.hash[:DIGITS])
        if backup.why is Why.MIGRATION and same and not findings_in(backup.path):
            return
    make_backup(connection, path, Why.MIGRATION)


def prepare_folder(path: Path) -> None:
    """Make the folder of backups, and clear what a killed program left unfinished in it."""
    folder = folder_of(path)
    try:
        folder.mkdir(exist_ok=True)
        for entry in folder.glob(f".*{UNFINISHED}"):
            if time.time() - entry.stat().st_mtime > _LEFT_BEHIND:
                entry.unlink(missing_ok=True)
    except OSError as error:
        raise StudyFileError(
            f"The folder {folder.name} cannot be made or looked through: {error.strerror}.",
            do="Check the rights of the folder and its free space.",
        ) from error


def origin(connection: sqlite3.Connection) -> str:
    """Give the first digits of the hash of the first decision, which no two studies share."""
    row = connection.execute("SELECT hash FROM decisions WHERE seq = 1").fetchone()
    return str(row[0])[:DIGITS] if row else "0" * DIGITS


def next_number(path: Path) -> int:
    """Give the number of the next backup of a study file."""
    return max((backup.number for backup in backups_of(path)), default=0) + 1


def _next(path: Path, head: Head, why: Why, study: str) -> Backup:
    backup = Backup(path, next_number(path), datetime.now(UTC), why, study, head.count, head.hash[:DIGITS])
    return replace(backup, path=folder_of(path) / name_of(backup))


def _named_anew(backup: Backup, head: Head) -> Backup:
    """Let the name say the end of the log that the copy holds: somebody wrote on while it was made."""
    renamed = replace(backup, decisions=head.count, head=head.hash[:DIGITS])
    renamed = replace(renamed, path=backup.path.with_name(name_of(renamed)))
    backup.path.rename(renamed.path)
    sync_folder(renamed.path.parent)
    return renamed


def _mark_if_damaged(connection: sqlite3.Connection, path: Path, error: StudyFileError) -> None:
    """Note it beside the backups where it is the study that is not whole, and not only the copy of it."""
    try:
        finding = next(copy_findings(connection), None)
        what = f"{finding.place}: {finding.what}" if finding else ""
    except sqlite3.DatabaseError as failure:
        damaged = getattr(failure, "sqlite_errorname", "").startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))
        what = f"file: SQLite finds: {failure}" if damaged else ""
    if not what:
        return
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    advice = "No backup is made of it until it is restored, or until `workbench backup` finds it whole.\n"
    (folder_of(path) / _MARK).write_text(f"{now} {what}\n{advice}", encoding="utf-8")
    raise StudyFileError(
        f"{path.name} is damaged: {what}",
        safe="The backups are as they were, and nothing was written to the study.",
        do="Restore one of them: workbench backups, then workbench restore.",
    ) from error


def thin_out(path: Path, study: str) -> None:
    """Delete the automatic backups of a study that stand for no period any more.

    Only after a new one was verified: that one always stays.
    """
    for backup in thinned(backup for backup in backups_of(path) if backup.study == study):
        backup.path.unlink(missing_ok=True)


def last_backup(study: Study) -> Backup | None:
    """Give the latest verified backup that the study has grown from; None where there is none."""
    of_study = origin(study.connection)
    for backup in reversed(backups_of(study.path)):
        if backup.verified and backup.study == of_study and _holds(study, backup):
            return backup
    return None


def _holds(study: Study, backup: Backup) -> bool:
    query = "SELECT substr(hash, 1, ?) FROM decisions WHERE seq = ?"
    row = study.connection.execute(query, (DIGITS, backup.decisions)).fetchone()
    return row is not None and str(row[0]) == backup.head


def keep_before(study: Study, why: Why) -> Backup | None:
    """Make a backup before an import or a bulk change, where there is work that it would save.

    None where nothing was worked since the last one, where a backup of a large study is still fresh, and
    inside a transaction, which stands or falls as a whole. Raises StudyFileError where a backup is due and
    cannot be made: the change is then not begun.
    """
    if study.read_only or study.connection.in_transaction or not _has_file(study.connection):
        return None
    last = last_backup(study)
    if not _worked_since(study, last.decisions if last else 0):
        return None
    if last is not None and _is_large(study.path) and _age(last) < _FRESH:
        return None
    if damage := known_damage(study.path):
        raise StudyFileError(
            f"{study.path.name} is known to be damaged, and no backup can be made before this: {damage}",
            do="Restore a backup: workbench backups, then workbench restore.",
        )
    try:
        return make_backup(study.connection, study.path, why)
    except StudyFileError as error:
        raise StudyFileError(
            f"No backup could be made first: {error.what}",
            safe="The change was not begun; the study is as it was.",
            do=error.do,
        ) from error


def _has_file(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA database_list").fetchone()[2])


def _worked_since(study: Study, seq: int) -> bool:
    """Tell whether anything was decided that no file at hand would bring back."""
    marks = ", ".join("?" * len(_MADE_AGAIN))
    query = f"SELECT 1 FROM decisions WHERE seq > ? AND action NOT IN ({marks}) LIMIT 1"
    values = (seq, *(verb.label for verb in _MADE_AGAIN))
    return study.connection.execute(query, values).fetchone() is not None


def _is_large(path: Path) -> bool:
    return path.stat().st_size > _LARGE


def _age(backup: Backup) -> timedelta:
    return abs(datetime.now(UTC) - backup.at)


def backup_if_changed(path: Path, why: Why) -> tuple[Backup | None, bool]:
    """Make a backup unless the latest holds all there is; on a connection of its own, so in any thread.

    Gives the latest backup and whether it is new. One that is asked for is made anew where the latest is no
    longer whole; without being asked for, none is made of a study that is known to be damaged.
    """
    with told_plainly(path, safe=UNTOUCHED), closing(_reading(path)) as connection:
        study = Study(connection, path, read_only=True)
        last = last_backup(study)
        if last is not None and last.decisions == study.head.count:
            if why is not Why.ASKED or not findings_in(last.path):
                return last, False
        elif why is not Why.ASKED and known_damage(path):
            return last, False
        return make_backup(connection, path, why), True


def copy_to(path: Path, target: Path, *, replace: bool = False) -> Head:
    """Write a verified copy of a study to any place; raises Refused where a file is kept that is there."""
    if target.resolve() == path.resolve() or target.is_dir():
        raise Refused(f"{target.name} is no name for a copy of {path.name}.", do="Choose another name.")
    with told_plainly(path, safe=UNTOUCHED), closing(_reading(path)) as connection:
        if replace:
            _keep_other_work(connection, target, folder_of(path))
        return whole_copy(connection, target.absolute(), replace=replace)


def _keep_other_work(connection: sqlite3.Connection, target: Path, backups: Path) -> None:
    """Refuse to replace one of the backups, or a study with decisions that the copy would not hold."""
    if not target.is_file():
        return
    if target.resolve().parent == backups.resolve():
        raise Refused(f"{target.name} is one of the backups: none is replaced.", do="Choose another name.")
    try:
        refuse_by_header(target)
        with closing(_reading(target)) as there:
            head = read_head(there)
    except (StudyFileError, sqlite3.Error):
        if is_locked(target):
            raise
        return
    row = connection.execute("SELECT hash FROM decisions WHERE seq = ?", (head.count,)).fetchone()
    if row is None or row[0] != head.hash:
        raise Refused(
            f"{target.name} is a study with decisions that this copy would not hold.",
            do="Choose another name.",
        )


def _reading(path: Path) -> sqlite3.Connection:
    """Open a study for reading beside whoever has it open; refuses what is no study."""
    if not path.is_file():
        raise StudyFileError(f"There is no file {path.name}.", safe="", do="Check the path.")
    connection = connect(path, "ro")
    try:
        check_fitness(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def findings_in(backup: Path) -> list[str]:
    """Verify a backup anew and say what is not whole in it; an empty list means that all of it holds."""
    try:
        refuse_by_header(backup)
        with told_plainly(backup, safe=UNTOUCHED), closing(connect(backup, "ro")) as connection:
            check_fitness(connection, backup)
            found = [f"{finding.place}: {finding.what}" for finding in copy_findings(connection)]
            named = backup_named(backup)
            if named is not None and named.verified:
                head = read_head(connection)
                if (head.count, head.hash[:DIGITS]) != (named.decisions, named.head):
                    found.append("end of the log: It is not the one that its name says.")
    except StudyFileError as error:
        return [error.what]
    return found
