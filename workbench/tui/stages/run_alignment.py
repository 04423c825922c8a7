"""Run the aligner over the two texts on the screen, with a bar and a way to stop it."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.tui.dialogs import Report
from workbench.tui.dialogs.progress import Progress
from workbench.tui.display import content
from workbench.tui.stages.link_lines import about_run
from workbench.tui.wording import several

if TYPE_CHECKING:
    from workbench.stages.linking import Pair, Run
    from workbench.tui.app import Workbench
    from workbench.tui.stages.linked_texts import LinkedTexts

_EVERY_SECONDS = 0.1


async def align_pair(workbench: Workbench, linked: LinkedTexts) -> None:
    """Propose links as one decision and show what does not fit together; escape ends it without a trace."""
    from workbench.stages.linking import record_run

    progress = Progress("Aligning the two texts", 1)
    await workbench.push_screen(progress)
    workbench.busy = True
    try:
        pair, run = await asyncio.to_thread(_find, workbench, linked, progress)
    except WorkbenchError as error:
        said = "The run was stopped. Nothing was changed." if progress.stopped else str(error)
        workbench.say(said, alarm=not progress.stopped)
        return
    finally:
        workbench.busy = False
        progress.dismiss(None)
    found = workbench.attempt(lambda: record_run(workbench.study, pair, run))
    if found is None:
        return
    workbench.say(f"{several(len(found), 'link')} proposed, trust {run.trust} per mille. u takes them back.")
    if run.warnings:
        lines = about_run(linked)
        note = [content(run.note, "dim")] if run.note else []
        await workbench.ask(Report("What does not fit together", [*lines, *note]))


def _find(workbench: Workbench, linked: LinkedTexts, progress: Progress) -> tuple[Pair, Run]:
    from workbench.language import working
    from workbench.stages.aligning import run_aligner
    from workbench.stages.linking import pair_for_run
    from workbench.tui.stages.chart_writing import reading

    told = 0.0

    def tell(done: int, of: int) -> bool:
        nonlocal told
        if time.monotonic() - told > _EVERY_SECONDS:
            told = time.monotonic()
            workbench.call_from_thread(progress.come_to, done, max(1, of))
        return not progress.stopped

    with reading(workbench) as study:
        pair = pair_for_run(study, linked.texts[0].id, linked.texts[1].id)
    return pair, working.run(run_aligner, pair, progress=tell)
