"""`workbench import`: files, folders and registers into the study, all of a run or nothing of it."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from workbench.cli import lookup
from workbench.cli.files import bytes_of
from workbench.cli.import_report import put_report, refuse_report, report_of, write_report
from workbench.cli.options import add_format, writes
from workbench.cli.output import say
from workbench.cli.progress import with_bar
from workbench.cli.uncertain import tell_revision
from workbench.errors import UnreadableFile, WorkbenchError, WrongUsage
from workbench.exchange.files import name_in_utf8
from workbench.exchange.register import RegisterRow, read_register
from workbench.model.text import TextKind
from workbench.sources import read_file
from workbench.stages.importing import ImportPlan, ImportRun, importing
from workbench.stages.revising import kind_of_revision
from workbench.study.backup_names import is_of_backups
from workbench.study.study import Study


def declare(parser: ArgumentParser) -> None:
    """Declare `import`."""
    writes(parser, import_files)
    parser.add_argument(
        "paths", metavar="PATH", nargs="*", type=Path, help="files, or folders that are walked through"
    )
    parser.add_argument("--case", default="", help="case that every document serves; made where it is new")
    parser.add_argument(
        "--register",
        type=Path,
        metavar="FILE",
        help="CSV with a line per document; its `file` column is read relative to it",
    )
    parser.add_argument("--language", default="", help="language of the texts, such as ja")
    parser.add_argument(
        "--kind",
        choices=[kind.value for kind in TextKind],
        help="what the texts are (default original, or revision with --revises)",
    )
    parser.add_argument(
        "--translates", metavar="TEXT", help="id of the text that these render, or key of a document with one"
    )
    parser.add_argument(
        "--revises",
        metavar="TEXT",
        help="id of the text that the file is a new version of; its excerpts are carried; needs --reason",
    )
    parser.add_argument("--encoding", help="encoding of plain text files, where it is known")
    parser.add_argument("--dry-run", action="store_true", help="find out only, and write nothing")
    parser.add_argument(
        "--report", type=Path, metavar="FILE", help="write what became of every file to this CSV or JSON file"
    )
    add_format(parser)


def import_files(study: Study, arguments: Namespace) -> int:
    """Import files, folders or the files of a register; prints what became of them.

    Leaves with 1 where some files were refused or missing and others taken in, and with 3 where none was.
    """
    if arguments.report is not None:
        refuse_report(arguments.report)
    register = _register(arguments.register)
    paths = list(_files(arguments.paths, arguments.register, register))
    if not paths and not register:
        raise WrongUsage("There is nothing to import.", do="Name files, folders or a --register.")
    with importing(study, _plan(study, arguments, register), dry=arguments.dry_run) as run:
        for path in with_bar(paths, len(paths)):
            _take_in(run, path, encoding=arguments.encoding)
    report = report_of(run.reports, register)
    put_report(report, arguments.format)
    if arguments.revises:
        tell_revision(run.revision)
    if arguments.dry_run:
        say("This was a dry run: nothing was changed.")
    if arguments.report is not None:
        write_report(arguments.report, report, dry=arguments.dry_run)
    return report.status


def _plan(study: Study, arguments: Namespace, register: Sequence[RegisterRow]) -> ImportPlan:
    source = lookup.text(study, arguments.translates).id if arguments.translates else ""
    if not arguments.revises:
        kind = TextKind(arguments.kind or TextKind.ORIGINAL)
        return ImportPlan(arguments.case, arguments.language, kind, register, translates=source)
    old = lookup.text(study, arguments.revises)
    kind = TextKind(arguments.kind or kind_of_revision(old))
    return ImportPlan(
        arguments.case,
        arguments.language or old.language,
        kind,
        register,
        revises=old.id,
        translates=source,
        reason=arguments.reason,
    )


def _register(path: Path | None) -> tuple[RegisterRow, ...]:
    """Read the register, with each file named in the one form that a path has."""
    rows = () if path is None else read_register(path.name, bytes_of(path))
    return tuple(replace(row, file=PurePath(row.file).as_posix()) if row.file else row for row in rows)


def _take_in(run: ImportRun, path: Path, *, encoding: str | None) -> None:
    try:
        if path.is_symlink() and not path.exists():
            raise UnreadableFile(f"“{path.name}” points to a file that is not there.")
        data, extractions = read_file(path, encoding=encoding)
    except WrongUsage:
        raise
    except WorkbenchError as error:
        run.refuse(name_in_utf8(path), error)
    else:
        run.add(name_in_utf8(path), data, extractions)


def _files(paths: Sequence[Path], register: Path | None, rows: Sequence[RegisterRow]) -> Iterator[Path]:
    """Give every file once: those of the register, those named and those in the folders named.

    The register comes first, since only the path it gives is sure to end in what it calls the file.
    """
    seen: set[Path] = set()
    named = [path for start in paths for path in (_walk(start) if start.is_dir() else [start])]
    own = register.resolve() if register else None
    for path in [*_registered(register, rows), *named]:
        place = path.resolve()
        if place not in seen and place != own:
            seen.add(place)
            yield path


def _walk(folder: Path) -> Iterator[Path]:
    """Give the files below a folder in sorted order, but no hidden ones, no backups and none outside."""
    inside = folder.resolve()
    for here, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not is_of_backups(name))
        for name in sorted(files):
            path = Path(here, name)
            if not name.startswith(".") and path.resolve().is_relative_to(inside):
                yield path


def _registered(register: Path | None, rows: Sequence[RegisterRow]) -> Iterator[Path]:
    if register is None:
        return
    inside = register.resolve().parent
    for row in rows:
        path = register.parent / row.file
        if row.file and path.is_file():
            if not path.resolve().is_relative_to(inside):
                raise UnreadableFile(
                    f"The register, line {row.line}, names a file outside its folder: {row.file}.",
                    do="Put the file beside the register, or name it as a PATH.",
                )
            yield path
