"""The door of the screens for exports: what would leave is shown first, and leaves as it may."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.study.unfinished import clear_unfinished
from workbench.tui.saving import path_of, save_new
from workbench.tui.stages.chart_writing import reading, written_in_background
from workbench.tui.wording import several

if TYPE_CHECKING:
    from workbench.exchange.xlsx import Progress as Tell
    from workbench.model.saved_chart import SavedChart
    from workbench.study.study import Study
    from workbench.tui.app import Workbench


@dataclass(frozen=True, slots=True)
class Export:
    """Where an export goes, and how coders are named in it."""

    path: Path
    pseudonyms: bool


async def ask_file(
    app: Workbench, question: str, *, value: str, kind: str, view: SavedChart | None = None
) -> Export | None:
    """Ask where an export of a kind goes, under a preview of what it would contain."""
    from workbench.tui.dialogs.ask_file import AskFile

    try:
        contains, renamed = await asyncio.to_thread(_previews, app, kind, view)
    except WorkbenchError as error:
        app.say(str(error), alarm=True)
        return None
    dialog = AskFile(question, value=value, contains=contains, renamed=renamed)
    typed = await app.ask(dialog)
    return None if typed is None else Export(path_of(typed, beside=app.path), dialog.pseudonyms)


def _previews(app: Workbench, kind: str, view: SavedChart | None) -> tuple[str, str]:
    from workbench.stages.export_preview import preview_export, with_pseudonyms

    with reading(app) as study:
        shown = preview_export(study, kind, view=view)
        return shown.brief(), with_pseudonyms(study, shown).brief()


async def write_export(
    app: Workbench, export: Export, make: Callable[[Study, Tell], bytes], *, derives: bool = False
) -> None:
    """Make an export in the background from the study as it leaves, write it and say so.

    One that `derives` is given the study as it is.
    """
    cleared = clear_unfinished(export.path)
    pseudonyms = export.pseudonyms and not derives
    data = await written_in_background(app, make, derives=derives, pseudonyms=pseudonyms)
    written = app.attempt(lambda: save_new(export.path, data)) if data is not None else None
    if written is not None:
        app.say(" ".join(filter(None, (cleared, f"Wrote {written}.", changed_in_it(app, export)))))


def changed_in_it(app: Workbench, export: Export) -> str:
    """Say what stands otherwise in what leaves than in the study; nothing where nothing does."""
    from workbench.exchange.derived import redactions_of

    terms = len(redactions_of(app.study))
    said = ["Coders are named by number in it."] if export.pseudonyms else []
    if terms:
        said.append(f"{several(terms, 'term')} of the redaction list blacked out in it.")
    return " ".join(said)
