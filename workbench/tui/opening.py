"""Open a study for the terminal, run the workbench on it and say how it ended."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import (
    Locked,
    NotWhole,
    Refused,
    StudyHeld,
    WorkbenchError,
    WrongPassphrase,
)
from workbench.model.visible import visible
from workbench.study.faults import UNTOUCHED
from workbench.tui.actions import SCREENS

if TYPE_CHECKING:
    from workbench.study.study import Study
    from workbench.tui.app import Workbench

_NEEDED_BY_CHARTS = ("workbench.matrix.arrangement", "workbench.matrix.chart", "workbench.language.summaries")


async def open_for(app: Workbench) -> Study | None:
    """Open the study of an app; for reading only where it cannot be written and the user agrees.

    None where it stays closed; `app.failure` then says why. What is to be known of it is `app.notice`.
    """
    from workbench.study.file import open_study
    from workbench.study.whereabouts import warning_about

    if not await _unlocked(app):
        return None
    doubt = ""
    try:
        if not app.coder and not app.read_only:
            await _ask_coder(app)
        elif not app.read_only:
            doubt = await asyncio.to_thread(_doubt_about, app.path, app.coder)
    except Refused as error:
        app.failure = error
        return None
    try:
        study = open_study(app.path, coder=app.coder, read_only=app.read_only, behind=True)
        known = warning_about(study.path) if not study.read_only else study.why_read_only
        app.notice = " ".join(filter(None, (study.news, known, doubt)))
    except WorkbenchError as error:
        app.failure = error
        return None if app.read_only else await _open_to_read(app, error)
    return study


async def _open_to_read(app: Workbench, refused: WorkbenchError) -> Study | None:
    """Offer to read a study that cannot be written; None where nobody wants to, or it cannot be read."""
    from workbench.study.file import open_study

    try:
        study = open_study(app.path, coder=app.coder, read_only=True)
    except WorkbenchError:
        return None  # Why it could not be opened for writing is the first thing to mend.
    if not isinstance(refused, NotWhole) and not await _agrees_to_read(app, refused):
        study.close()
        return None
    app.failure = None
    app.notice = str(refused) if isinstance(refused, NotWhole) else ""
    if not isinstance(refused, StudyHeld):
        study.why_read_only = refused.what.rstrip(".")
    return study


async def end_looking_through(app: Workbench) -> None:
    """Wait for the checks of opening behind the reading; what they find makes the study read-only."""
    study = app.today
    looking = study.looking_through
    if looking is None:
        return
    await asyncio.to_thread(looking.end)
    try:
        study.end_looking_through()
    except WorkbenchError as error:
        app.say(str(error), alarm=True)
    if app.stage_screen is not None:
        app.stage_screen.catch_up()


async def _unlocked(app: Workbench) -> bool:
    """Ask for the passphrase of an encrypted study until it opens; tell whether it may be opened."""
    from workbench.study.locked import is_locked, unlock
    from workbench.study.sqlcipher import refuse_without

    told = f"{app.path.name} is encrypted, or is no study at all."
    while is_locked(app.path):
        from workbench.tui.dialogs.passphrase import AskPassphrase

        try:
            refuse_without()
            passphrase = await app.ask(AskPassphrase(told))
            if passphrase is None:
                raise Locked(f"{app.path.name} stays closed: no passphrase was given.", safe=UNTOUCHED)
            await asyncio.to_thread(unlock, app.path, passphrase)
        except WrongPassphrase as error:
            told = str(error)
        except WorkbenchError as error:
            app.failure = error
            return False
    return True


async def _ask_coder(app: Workbench) -> None:
    from workbench.tui.dialogs.ask_text import AskText
    from workbench.tui.dialogs.confirm import Confirm

    told = "Who decides? Your name goes into every decision."
    typed = ""
    while True:
        answer = await app.ask(AskText(told, value=typed, placeholder="A. Mori"))
        app.coder = (answer or "").strip()
        app.read_only = not app.coder
        try:
            doubt = await asyncio.to_thread(_doubt_about, app.path, app.coder) if app.coder else ""
        except Refused as error:
            told, typed = f"{error.what} {error.do}", ""
            continue
        if not doubt or await app.ask(Confirm(f"{doubt}\nDecide as {app.coder} all the same?")):
            return
        told, typed = f"{doubt} Who decides?", app.coder


def _doubt_about(path: Path, coder: str) -> str:
    from workbench.stages.name_rules import doubt_about_coder, refuse_hidden
    from workbench.study.faults import told_plainly
    from workbench.study.file import open_study

    refuse_hidden(coder, "coder")
    try:
        with told_plainly(path), open_study(path, read_only=True) as study:
            return doubt_about_coder(study, coder)
    except WorkbenchError:
        return ""  # What is wrong with the file is said when it is opened to be written.


async def _agrees_to_read(app: Workbench, refused: WorkbenchError) -> bool:
    from workbench.tui.dialogs.confirm import Confirm

    answer = await app.ask(Confirm(f"{refused.what}\nOpen it for reading only?"))
    return answer is True


def load_what_comes_later(is_stopped: Callable[[], bool]) -> None:
    """Import what the other stages need while the first is looked at, so that a visit only has to draw.

    It runs in a thread of its own, and keys are answered meanwhile.
    """
    for name in (*(f"workbench.tui.stages.{stage}" for stage in SCREENS), *_NEEDED_BY_CHARTS):
        if is_stopped():
            return
        import_module(name)
    gc.freeze()


def refuse_without_terminal() -> None:
    """Raise Refused where keys could not be typed or nothing could be drawn: in a pipe, in a script."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Refused(
            "This needs a terminal to type in.", do="Run it in one, or use the commands: workbench --help"
        )


def run_workbench(path: Path, *, coder: str = "", stage: str = "familiarise", read_only: bool = False) -> int:
    """Run the workbench on a study and return the exit status; the end of the log goes to stderr."""
    from workbench.study.keys import ask_nobody
    from workbench.tui.app import Workbench

    ask_nobody()
    app = Workbench(path, coder=coder, stage=stage, read_only=read_only)
    _run(app)
    while app.leads_to is not None and app.failure is None and app.drafts_file is None and not app.unkept:
        app = app.leads_to()
        _run(app)
    if app.drafts_file is not None:
        _tell("What was typed and not saved is kept and will be offered at the next opening.")
    if app.rescued is not None:
        _tell(
            visible(f"{app.path.name} was no longer in its place. All of the study is kept as {app.rescued}.")
        )
    for draft in app.unkept:
        _tell(visible(f"{draft.title}:\n{draft.text}", newlines=True))
    if app.failure is not None:
        _tell(visible(str(app.failure), newlines=True))
        return app.failure.exit_status
    if app.closing_head:
        _tell(f"{visible(app.path.name)}: {app.closing_head}")
    return app.return_code or 0


def _run(app: Workbench) -> None:
    try:
        app.run()
    finally:
        app.close_study()


def _tell(words: str) -> None:
    try:
        print(words, file=sys.stderr, flush=True)
    except OSError:
        # The terminal is gone, and nobody is there to be told.
        return
