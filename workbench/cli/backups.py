"""`workbench backup`, `backups` and `restore`: verified copies of a study and the way back to them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from workbench.cli.options import add_coder, add_format, add_study, stands_alone
from workbench.cli.output import put, put_rows, say
from workbench.cli.progress import telling
from workbench.cli.session import coder_named
from workbench.errors import WrongUsage
from workbench.study.backup import backup_if_changed, backups_of, copy_to, findings_in, known_damage
from workbench.study.backup_names import Backup, Why

_COLUMNS = ("number", "date", "decisions", "head", "size", "why", "verified", "file")


def declare_backup(parser: ArgumentParser) -> None:
    """Declare `backup`."""
    stands_alone(parser, backup)
    add_study(parser)
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="write it here, not to the folder of backups"
    )
    parser.add_argument("--force", action="store_true", help="replace FILE where it is there already")


def declare_list(parser: ArgumentParser) -> None:
    """Declare `backups`."""
    stands_alone(parser, backups)
    add_study(parser)
    parser.add_argument("--verify", action="store_true", help="read every backup whole and verify it anew")
    add_format(parser)


def declare_restore(parser: ArgumentParser) -> None:
    """Declare `restore`."""
    stands_alone(parser, restore)
    add_study(parser)
    parser.add_argument(
        "backup", metavar="BACKUP", nargs="?", default="", help="number of a backup in the list, or its path"
    )
    parser.add_argument("--back", action="store_true", help="undo the latest restore")
    add_coder(parser)
    parser.add_argument("--reason", default="", metavar="WHY", help="why; kept in the log with the decision")


def backup(arguments: Namespace) -> int:
    """Make a verified copy of a study, also while somebody writes to it; prints its path.

    Without FILE it goes into the folder of backups beside the study, unless the latest there holds all there
    is already.
    """
    path: Path = arguments.study
    if arguments.output is not None:
        head = copy_to(path, arguments.output, replace=arguments.force)
        put(str(arguments.output))
        say(f"Wrote a verified copy: {head}.")
        return 0
    latest, is_new = backup_if_changed(path, Why.ASKED)
    if latest is not None:
        put(str(latest.path))
        say(f"Backup {latest.number}, verified." if is_new else f"Backup {latest.number} holds all there is.")
    return 0


def backups(arguments: Namespace) -> int:
    """List the backups of a study, which may be damaged or missing; leaves with 1 where one is not whole.

    `verified` says whether the file was whole when it was made, or now with --verify.
    """
    found = backups_of(arguments.study)
    rows, broken = [], 0
    with telling() as tell:
        for number, each in enumerate(found):
            tell("Backups verified", number, len(found))
            findings = findings_in(each.path) if arguments.verify else []
            broken += bool(findings) and each.verified
            rows.append(_row(each, findings))
    put_rows(_COLUMNS, rows, arguments.format)
    if damage := known_damage(arguments.study):
        say(f"The study is known to be damaged: {damage}")
    return 1 if broken else 0


def _row(backup: Backup, findings: list[str]) -> dict[str, Any]:
    return {
        "number": backup.number,
        "date": backup.at.strftime("%Y-%m-%d %H:%M:%S"),
        "decisions": backup.decisions if backup.verified else None,
        "head": backup.head,
        "size": backup.size,
        "why": backup.why.value,
        "verified": findings[0] if findings else "yes" if backup.verified else "no",
        "file": backup.path.name,
    }


def restore(arguments: Namespace) -> int:
    """Put a backup in the place of the study; what stood there is kept among the backups.

    The study may be damaged or missing, and may not be open for writing elsewhere. The log of the restored
    study says so, with the reason. --back puts in place again what the latest restore set aside.
    """
    from workbench.stages.backups import restore_backup
    from workbench.study.restore import put_back

    path: Path = arguments.study
    if arguments.back == bool(arguments.backup):
        raise WrongUsage("Name one backup, or --back.", do=f"List them with workbench backups {path.name}.")
    if arguments.back:
        done = put_back(path)
    else:
        coder = coder_named(arguments.coder)
        with telling() as tell:
            done = restore_backup(path, arguments.backup, coder=coder, reason=arguments.reason, tell=tell)
    say(f"In place again: {done.source.name}{f' · {done.head}' if done.head else ' (not whole)'}")
    if done.set_aside is not None:
        say(f"What stood there is backup {done.set_aside.number}. Undo this with: workbench restore --back")
    return 0
