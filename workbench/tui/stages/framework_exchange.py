"""Versions of the framework, and codebook files, as the framework screen asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.model.framework import FrameworkVersion
from workbench.tui.dialogs import AskText, Choice, ChooseFrom, Report
from workbench.tui.display import content
from workbench.tui.exporting import ask_file, write_export
from workbench.tui.saving import path_of, read_chosen
from workbench.tui.wording import several

if TYPE_CHECKING:
    from workbench.exchange.codebook import Codebook
    from workbench.model.framework_diff import Change
    from workbench.study.study import Study
    from workbench.tui.app import Workbench

_PRESENT = "present"


async def release_framework(app: Workbench) -> None:
    """Freeze the framework as the next version, with a reason."""
    from workbench.stages.framework_versions import release

    version = await app.attempt_with_reason(lambda reason: release(app.study, reason=reason))
    if version is not None:
        app.say(f"Version {version.number} is released.")


async def compare_versions(app: Workbench) -> None:
    """Show what changed from one version to another, or to the present framework."""
    from workbench.stages import framework_versions

    versions = app.study.all(FrameworkVersion, order="number")
    if not versions:
        app.say("No version is released yet: v releases one.")
        return
    rows = [Choice(str(v.number), f"version {v.number}", _told(v)) for v in reversed(versions)]
    first = await app.ask(ChooseFrom("What changed since which version?", rows))
    if not first:
        return
    later = [Choice(_PRESENT, "the present framework"), *(row for row in rows if row.id != first[0])]
    second = await app.ask(ChooseFrom(f"From version {first[0]} to which?", later))
    if not second:
        return
    new = None if second[0] == _PRESENT else int(second[0])
    changes = app.attempt(lambda: framework_versions.diff_versions(app.study, int(first[0]), new))
    if changes is not None:
        until = "the present framework" if new is None else f"version {new}"
        lines = [content(str(change), newlines=True) for change in changes]
        title = f"From version {first[0]} to {until}: {several(len(changes), 'change')}"
        await app.ask(Report(title, lines or [content("Nothing changed.")]))


def _told(version: FrameworkVersion) -> str:
    return f"{version.at[:10]}, {version.coder}: {version.reason}"


async def apply_codebook(app: Workbench) -> None:
    """Read a codebook file, show what it changes, and apply it with a reason."""
    from workbench.stages import framework_versions

    typed = await app.ask(AskText("Apply which codebook? Path of the file.", value="codebook.yaml"))
    if typed is None:
        return
    book = app.attempt(lambda: _read(app, typed))
    if book is None:
        return
    changes = app.attempt(lambda: framework_versions.preview_codebook(app.study, book))
    if changes is None or not await _agreed(app, changes):
        return
    applied = await app.attempt_with_reason(
        lambda reason: framework_versions.apply_codebook(app.study, book, reason=reason),
        what=f"The codebook makes {several(len(changes), 'change')}.",
    )
    if applied is not None:
        app.say(f"The codebook is applied: {several(len(applied), 'change')}.")


def _read(app: Workbench, typed: str) -> Codebook:
    from workbench.exchange.codebook import read_codebook

    path = path_of(typed, beside=app.path)
    return read_codebook(path.name, read_chosen(path))


async def _agreed(app: Workbench, changes: list[Change]) -> bool:
    """Show the changes to scroll through; enter agrees, escape does not."""
    rows = [Choice(str(place), str(change)) for place, change in enumerate(changes)]
    rows = rows or [Choice("none", "Nothing changes.")]
    title = f"Apply {several(len(changes), 'change')}? enter applies, esc does not."
    agreed = await app.ask(ChooseFrom(title, rows))
    return bool(agreed)


async def export_codebook(app: Workbench) -> None:
    """Write the framework and the vocabulary as a codebook file."""
    export = await ask_file(app, "Write the codebook to which file?", value="codebook.yaml", kind="codebook")
    if export is not None:
        await write_export(app, export, lambda study, _: _codebook_of(study))


def _codebook_of(study: Study) -> bytes:
    from workbench.exchange.codebook import write_codebook
    from workbench.exchange.derived import comment_of
    from workbench.stages.framework_versions import current_codebook

    return (comment_of(study) + write_codebook(current_codebook(study))).encode()
