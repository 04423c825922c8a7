"""Choosing from what the texts of a document offer to its register entry."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.model.case import Document
from workbench.tui.dialogs import Choice, ChooseFrom
from workbench.tui.dialogs.progress import Progress
from workbench.tui.wording import several

if TYPE_CHECKING:
    from workbench.stages.attributes import Offered
    from workbench.tui.app import Workbench


async def choose_attributes(workbench: Workbench, document: Document) -> None:
    """Offer what the texts say of themselves; what is ticked is written as one decision."""
    from workbench.stages.attributes import accept_offers

    read = await _read(workbench, document)
    if read is None:
        return
    found, missing = read
    if not found:
        workbench.say(f"The texts of {document.key} offer nothing that the register does not say. {missing}")
        return
    rows = [Choice(each.id, _label(each), _detail(each)) for each in found]
    title = f"What the texts offer for {document.key}. {missing}".strip()
    answer = await workbench.ask(ChooseFrom(title, rows, multiple=True))
    chosen = [each for each in found if answer and each.id in answer]
    if chosen:
        workbench.attempt(
            lambda: accept_offers(workbench.study, document.id, chosen),
            done=f"{several(len(chosen), 'value')} written into the entry of {document.key}.",
        )


def _label(each: Offered) -> str:
    now = f" (now {each.now})" if each.now else ""
    return f"{each.offer.name.replace('_', ' ')}: {each.offer.value}{now}"


def _detail(each: Offered) -> str:
    return f"“{each.offer.words}” · {each.text.language} {each.place} · {each.offer.why}"


async def _read(workbench: Workbench, document: Document) -> tuple[list[Offered], str] | None:
    """Read the texts beside the screen, and say what is missing; None where it ended without."""
    dialog = Progress(f"Reading the texts of {document.key}", 1)
    await workbench.push_screen(dialog)
    workbench.busy = True
    try:
        return await asyncio.to_thread(_offered, workbench, document, dialog)
    except WorkbenchError as error:
        workbench.say(str(error), alarm=not dialog.stopped)
        return None
    finally:
        workbench.busy = False
        dialog.dismiss(None)


def _offered(workbench: Workbench, document: Document, dialog: Progress) -> tuple[list[Offered], str]:
    from workbench.language.english_model import lacking
    from workbench.stages.attributes import offered
    from workbench.study.faults import told_plainly
    from workbench.study.file import once_more

    told = -1

    def tell(done: int, of: int) -> bool:
        nonlocal told
        if done != told and of:
            told = done
            workbench.call_from_thread(dialog.come_to, done, of)
        return not dialog.stopped

    shown = workbench.study
    with told_plainly(shown.path, safe="Nothing was changed."), once_more(shown) as study:
        return offered(study, document.id, progress=tell), lacking()
