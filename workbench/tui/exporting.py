"""The door of the screens for exports: what would leave is shown first, and leaves as it may."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
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


async def ask_file(
    app: Workbench,
    question: str,
    *,
    value: str,
    kind: str,
    view: SavedChart | None = None,
    pseudonyms: bool = False,
) -> Path | None:
    """Ask where an export of a kind goes, under a preview of what it would contain."""
    from workbench.tui.dialogs.ask_file import AskFile

    try:
        contains = await asyncio.to_thread(_preview, app, kind, view, pseudonyms)
    except WorkbenchError as error:
        app.say(str(error), alarm=True)
        return None
    typed = await app.ask(AskFile(question, value=value, contains=contains))
    return None if typed is None else path_of(typed, beside=app.path)


def _preview(app: Workbench, kind: str, view: SavedChart | None, pseudonyms: bool) -> str:
    from workbench.stages.export_preview import preview_export

    with reading(app) as study:
        return preview_export(study, kind, view=view, pseudonyms=pseudonyms).brief()


async def write_export(
    app: Workbench, path: Path, make: Callable[[Study, Tell], bytes], *, derives: bool = False
) -> None:
    """Make an export in the background from the study as it leaves, write it and say so.

    One that `derives` is given the study as it is.
    """
    cleared = clear_unfinished(path)
    data = await written_in_background(app, make, derives=derives)
    written = app.attempt(lambda: save_new(path, data)) if data is not None else None
    if written is not None:
        app.say(" ".join(filter(None, (cleared, f"Wrote {written}.{blacked_out(app)}"))))


def blacked_out(app: Workbench) -> str:
    """Say how many terms are blacked out in what leaves; nothing where none are."""
    from workbench.exchange.derived import redactions_of

    terms = len(redactions_of(app.study))
    return f" {several(terms, 'term')} of the redaction list blacked out in it." if terms else ""
