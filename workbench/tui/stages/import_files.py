"""Import files from the terminal: ask what, read in a thread, write on this one, and report."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from workbench.errors import WorkbenchError, WrongUsage
from workbench.model.text import Text, TextKind
from workbench.tui.dialogs import Field, Form, Report
from workbench.tui.dialogs.progress import Progress
from workbench.tui.display import content

if TYPE_CHECKING:
    from workbench.exchange.register import RegisterRow
    from workbench.stages.carrying import Look
    from workbench.stages.importing import FileReport, ImportPlan, ImportRun
    from workbench.stages.revising import Revision
    from workbench.study.study import Study
    from workbench.tui.app import Workbench

_FIELDS = (
    Field("path", "File or folder"),
    Field("case", "Case for all of them (empty: none, or as the register says)"),
    Field("language", "Language, such as ja (empty: as the register says, or found out)"),
    Field("kind", "Kind of text: original, official translation, own translation, machine draft", "original"),
    Field("register", "Register file, CSV, with the files it names (empty: none)"),
    Field("encoding", "Encoding (empty: found out)"),
)


@dataclass(frozen=True, slots=True)
class _Wanted:
    files: Sequence[tuple[str, Path]]
    """(name to report and to match with the register, path)."""
    plan: ImportPlan
    encoding: str | None


class _Stopped(Exception):
    """The user asked to stop: leave the transaction without writing."""


async def import_files(workbench: Workbench) -> None:
    """Ask for files and import them, all in one decision; only inside a worker."""
    answer = await workbench.ask(Form("Import files", _FIELDS))
    if answer is None:
        return
    try:
        wanted = await asyncio.to_thread(_wanted, answer)
    except WorkbenchError as error:
        workbench.say(str(error), alarm=True)
        return
    run = await _imported(workbench, wanted)
    if run is None:
        return
    workbench.attempt(lambda: None, done=_counts(run.reports))
    await workbench.ask(Report(_counts(run.reports), _lines(run.reports)))


async def import_version(workbench: Workbench, old: Text, given: dict[str, str]) -> Revision | None:
    """Import one file in the place of a text; tells what became of what stood on it, None where it failed."""
    answer = {**given, "case": "", "register": ""}
    try:
        wanted = await asyncio.to_thread(_wanted, answer)
    except WorkbenchError as error:
        workbench.say(str(error), alarm=True)
        return None
    plan = replace(wanted.plan, revises=old.id, reason=given["reason"].strip())
    wanted = replace(wanted, plan=plan)
    language = plan.language or old.language
    look = await look_aside(workbench, old.id, language, lambda study: _only_content(wanted))
    run = await _imported(workbench, replace(wanted, plan=replace(plan, look=look))) if look else None
    if run is None:
        return None
    failed = [note for report in run.reports if report.outcome != "imported" for note in report.notes]
    if failed:
        workbench.say(failed[0], alarm=True)
        return None
    workbench.attempt(lambda: None)
    return run.revision


def _only_content(wanted: _Wanted) -> str:
    """Give the words of the one text that is to be imported; none where it cannot be read or is not one."""
    from workbench.sources.registry import read_file

    try:
        texts = [each for _, path in wanted.files for each in read_file(path, encoding=wanted.encoding)[1]]
    except WorkbenchError:
        return ""
    return texts[0].content if len(texts) == 1 else ""


async def look_aside(
    workbench: Workbench, old_id: str, language: str, words: Callable[[Study], str]
) -> Look | None:
    """Look in a thread for all that stands on a text in the words of a new version; None where stopped.

    What cannot be read is left for the decision to refuse.
    """
    from workbench.stages.carrying import Look, Stopped
    from workbench.stages.revising import look_ahead
    from workbench.tui.stages.chart_writing import reading

    progress = Progress("Looking for what stands on the old version", 1)
    look = Look(lambda: progress.stopped)

    def looked() -> None:
        with reading(workbench) as study:
            now = words(study)
            if now:
                look_ahead(study, old_id, now, language, look)

    await workbench.push_screen(progress)
    workbench.busy = True
    try:
        await asyncio.to_thread(looked)
    except WorkbenchError as error:
        workbench.say(str(error), alarm=True)
        return None
    finally:
        workbench.busy = False
        progress.dismiss(None)
    if progress.stopped:
        workbench.say(str(Stopped()))
        return None
    return look


async def _imported(workbench: Workbench, wanted: _Wanted) -> ImportRun | None:
    """Read and write under a bar; None where that was stopped or refused."""
    progress = Progress(f"Reading {len(wanted.files)} files", len(wanted.files))
    await workbench.push_screen(progress)
    workbench.busy = True
    try:
        return await _read_and_write(workbench, wanted, progress)
    finally:
        workbench.busy = False
        progress.dismiss(None)


def _wanted(answer: dict[str, str]) -> _Wanted:
    from workbench.exchange.register import read_register
    from workbench.stages.importing import ImportPlan

    named, register = answer["path"].strip(), answer["register"].strip()
    if not named and not register:
        raise WrongUsage("No file, folder or register is named.")
    kind = answer["kind"].strip() or TextKind.ORIGINAL
    if kind not in list(TextKind):
        raise WrongUsage(f"{kind} is no kind of text.", do=f"Use one of: {', '.join(TextKind)}.")
    rows = read_register(Path(register).name, _register_bytes(register)) if register else ()
    plan = ImportPlan(answer["case"].strip(), answer["language"].strip(), TextKind(kind), rows)
    files = files_under(Path(named).expanduser()) if named else []
    if register:
        at = Path(register).expanduser()
        files = _besides(files + _registered(at.parent, rows), at)
    return _Wanted(files, plan, answer["encoding"].strip() or None)


def _register_bytes(register: str) -> bytes:
    try:
        return Path(register).expanduser().read_bytes()
    except OSError as error:
        raise WrongUsage(f"The register {register} cannot be read: {error.strerror}.") from error


def files_under(path: Path) -> list[tuple[str, Path]]:
    """List a file, or the files of a folder and below, hidden ones and links left out, in order of name.

    Raises WrongUsage where there is nothing of the name, and for a folder that holds no files.
    """
    from workbench.exchange.files import name_in_utf8

    if not path.exists():
        raise WrongUsage(f"There is no file or folder {path}.")
    if not path.is_dir():
        return [(name_in_utf8(Path(path.name)), path)]
    found = []
    for file in sorted(path.rglob("*")):
        inner = file.relative_to(path)
        hidden = any(part.startswith(".") for part in inner.parts)
        if file.is_file() and not file.is_symlink() and not hidden:
            found.append((name_in_utf8(inner), file))
    if not found:
        raise WrongUsage(f"The folder {path.name} holds no files.")
    return found


def _registered(folder: Path, rows: Sequence[RegisterRow]) -> list[tuple[str, Path]]:
    """List the files that a register names, where they are in its own folder or below."""
    inside = folder.resolve()
    named = [(row.file, folder / row.file) for row in rows if row.file]
    return [(name, path) for name, path in named if path.is_file() and path.resolve().is_relative_to(inside)]


def _besides(files: Sequence[tuple[str, Path]], register: Path) -> list[tuple[str, Path]]:
    """Keep every file once, and the register itself out."""
    kept = {path.resolve(): (name, path) for name, path in reversed(files)}
    kept.pop(register.resolve(), None)
    return sorted(kept.values())


async def _read_and_write(workbench: Workbench, wanted: _Wanted, progress: Progress) -> ImportRun | None:
    from workbench.sources.registry import read_file
    from workbench.stages.importing import importing

    try:
        with importing(workbench.study, wanted.plan) as run:
            for name, path in wanted.files:
                if progress.stopped:
                    raise _Stopped
                progress.advance(name)
                try:
                    data, extractions = await asyncio.to_thread(read_file, path, encoding=wanted.encoding)
                except WrongUsage:
                    raise
                except WorkbenchError as error:
                    run.refuse(name, error)
                    continue
                run.add(name, data, extractions)
    except _Stopped:
        workbench.say("The import was stopped. Nothing was changed.")
        return None
    except WorkbenchError as error:
        workbench.say(str(error), alarm=True)
        return None
    return run


def _counts(reports: Sequence[FileReport]) -> str:
    counted: dict[str, int] = {}
    for report in reports:
        counted[report.outcome] = counted.get(report.outcome, 0) + 1
    return (
        ", ".join(f"{count} {outcome}" for outcome, count in sorted(counted.items())) or "Nothing to import."
    )


def _lines(reports: Sequence[FileReport]) -> list[Content]:
    """List the refused first, then whatever there is something to say about, then the rest."""
    order = sorted(reports, key=lambda report: (report.outcome != "refused", not report.notes))
    lines = []
    for report in order:
        sign = "✗" if report.outcome == "refused" else "✓" if report.outcome == "imported" else "="
        lines.append(content(f"{sign} {report.name}: {report.outcome}", "bold" if sign == "✗" else ""))
        lines += [content(f"    {note}", "dim") for note in report.notes]
    return lines
