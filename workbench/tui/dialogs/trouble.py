"""Hold what was typed while the disk or the file fails; save the study elsewhere and go on there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.study.unfinished import clear_unfinished
from workbench.tui.dialogs.ask_text import AskText
from workbench.tui.dialogs.choose_from import Choice, ChooseFrom
from workbench.tui.display import shortened
from workbench.tui.drafts import Draft, keep_drafts, typed_on

if TYPE_CHECKING:
    from workbench.study.log import Head
    from workbench.tui.app import Workbench


class Trouble(ChooseFrom):
    """Say what failed, hold what was typed, and ask how to go on."""

    def __init__(self, told: str, typed: tuple[Draft, ...]) -> None:
        self._typed = typed
        shown = shortened(" ".join(self._words.split()), 120)
        rows = [
            Choice("again", "Try again"),
            Choice("elsewhere", "Save the study elsewhere and go on there"),
            Choice("later", "Keep what was typed for later"),
            Choice("copy", "Copy what was typed to the clipboard"),
            Choice("drop", "Throw away what was typed"),
        ]
        super().__init__(f"{told}\nStill here: {shown}", rows)

    @property
    def _words(self) -> str:
        return "\n\n".join(draft.text for draft in self._typed)

    def draft(self) -> Draft:
        """Hand over what was typed, all of it under what was asked first."""
        first = self._typed[0]
        return Draft(first.title, self._words, first.about, first.start, first.end)


async def weather(
    app: Workbench, action: Callable[[], object], error: WorkbenchError, done: str, typed: tuple[Draft, ...]
) -> None:
    """Hold what was typed until it is decided, kept or thrown away."""
    told = str(error)
    while True:
        trouble = Trouble(told, typed)
        match await app.push_screen_wait(trouble):
            case ["drop"]:
                return
            case ["copy"]:
                app.copy_to_clipboard(trouble.draft().text)
                told = f"Copied. {error}"
                continue
            case ["elsewhere"]:
                if not await save_elsewhere(app):
                    continue
                done = f"{done} The work goes on in {app.path.name}.".strip()
            case ["again"]:
                pass
            case _:
                told = _kept(app, trouble.draft())
                if not told:
                    return
                continue
        app.last_refusal = ""
        app.attempt(action, done=done)
        if not app.last_refusal:
            return
        told = app.last_refusal


def _kept(app: Workbench, draft: Draft) -> str:
    """Keep what was typed in a file; gives why that failed."""
    try:
        keep_drafts(app.whose, typed_on([], at=app.study.now(), coder=app.coder, also=[draft]))
    except WorkbenchError as error:
        return str(error)
    app.say("What was typed is kept and will be offered at the next opening.")
    return ""


# saving elsewhere


async def save_elsewhere(app: Workbench) -> bool:
    """Ask for another name, write a whole copy there and go on in it; tell whether that was done."""
    from workbench.tui.saving import path_of

    name = app.study.path
    told, typed = "Save the study as", str(Path.home() / f"{name.stem}-saved{name.suffix}")
    while True:
        answer = await app.push_screen_wait(AskText(told, value=typed))
        if answer is None:
            return False
        typed = answer
        target = path_of(typed, beside=name)
        if not target.suffix:
            target = target.with_suffix(name.suffix)
        cleared = clear_unfinished(target)
        try:
            head = await _saved(app, target)
        except WorkbenchError as error:
            told = f"{error}\nSave the study as"
            continue
        app.study_moved()
        done = f"Saved as {target.name}: {head}. The work goes on there; {name.name} is left as it is."
        app.say(f"{cleared} {done}" if cleared else done)
        return True


async def _saved(app: Workbench, target: Path) -> str:
    from workbench.study.save_as import go_on_in, save_as
    from workbench.tui.dialogs.progress import Progress

    study = app.study
    if not study.is_of_a_file or not study.is_in_its_place:
        # What is no longer under its name can be read on the connection of this thread alone.
        head = save_as(study, target)
    else:
        progress = Progress("Saving the study elsewhere, and checking the copy", 1)
        await app.push_screen(progress)
        app.busy = True
        try:
            head = await asyncio.to_thread(_copy, study.path, target, lambda: progress.stopped)
        finally:
            app.busy = False
            progress.dismiss(None)
    go_on_in(study, target)
    return str(head)


def _copy(path: Path, target: Path, stopped: Callable[[], bool]) -> Head:
    from workbench.study.file import open_study
    from workbench.study.save_as import save_as

    with open_study(path, read_only=True) as study:
        return save_as(study, target, stopped=stopped)
