"""Open a study for the terminal, run the workbench on it and say how it ended."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import Refused, StudyHeld, WorkbenchError
from workbench.model.visible import visible

if TYPE_CHECKING:
    from workbench.study.study import Study
    from workbench.tui.app import Workbench


async def open_for(app: Workbench) -> Study | None:
    """Open the study of an app, for reading only where another process writes to it and the user agrees.

    None where it stays closed; `app.failure` then says why.
    """
    from workbench.study.file import open_study

    if not app.coder and not app.read_only:
        await _ask_coder(app)
    try:
        return open_study(app.path, coder=app.coder, read_only=app.read_only)
    except StudyHeld as held:
        app.failure = held
        if not await _agrees_to_read(app, held):
            return None
    except WorkbenchError as error:
        app.failure = error
        return None
    try:
        study = open_study(app.path, coder=app.coder, read_only=True)
    except WorkbenchError as error:
        app.failure = error
        return None
    app.failure = None
    return study


async def _ask_coder(app: Workbench) -> None:
    from workbench.tui.dialogs.ask_text import AskText

    name = await app.ask(AskText("Who decides? Your name goes into every decision.", placeholder="A. Mori"))
    app.coder = (name or "").strip()
    app.read_only = not app.coder


async def _agrees_to_read(app: Workbench, held: StudyHeld) -> bool:
    from workbench.tui.dialogs.confirm import Confirm

    answer = await app.ask(Confirm(f"{held.what}\nOpen it for reading only?"))
    return answer is True


def refuse_without_terminal() -> None:
    """Raise Refused where keys could not be typed or nothing could be drawn: in a pipe, in a script."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Refused(
            "This needs a terminal to type in.", do="Run it in one, or use the commands: workbench --help"
        )


def run_workbench(path: Path, *, coder: str = "", stage: str = "familiarise", read_only: bool = False) -> int:
    """Run the workbench on a study and return the exit status; the end of the log goes to stderr."""
    from workbench.tui.app import Workbench

    app = Workbench(path, coder=coder, stage=stage, read_only=read_only)
    _run(app)
    while app.leads_to is not None and app.failure is None and app.drafts_file is None:
        app = app.leads_to()
        _run(app)
    if app.failure is not None:
        _tell(visible(str(app.failure), newlines=True))
        return app.failure.exit_status
    if app.drafts_file is not None:
        _tell("What was typed and not saved is kept and will be offered at the next opening.")
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
