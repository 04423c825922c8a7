"""When the disk or the file fails: what was typed stays at hand until it is decided or kept."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from workbench.errors import StudyFileError, WorkbenchError
from workbench.tui.drafts import Draft, keep_drafts, typed_on

if TYPE_CHECKING:
    from textual.screen import ModalScreen

    from workbench.tui.app import Workbench

_typed: ContextVar[tuple[Draft, ...]] = ContextVar("typed", default=())
"""What was typed into the dialogs of the work that is under way, until it is decided."""


def remember_typed(dialog: ModalScreen[Any]) -> None:
    """Keep at hand what was typed into a dialog that is closed now, until it is decided."""
    left: Draft | None = getattr(dialog, "left", None)
    if left is not None:
        _typed.set((*_typed.get(), left))


def forget_typed() -> None:
    """Let go of what was typed: it is decided."""
    if _typed.get():
        _typed.set(())


def stand_by(app: Workbench, action: Callable[[], object], error: WorkbenchError, done: str) -> None:
    """Where the file or the disk refused what was typed in dialogs, hold it and ask how to go on."""
    typed = _typed.get()
    if typed and (isinstance(error, StudyFileError) or app.study.read_only):
        from workbench.tui.dialogs.trouble import weather

        forget_typed()
        app.run_worker(weather(app, action, error, done, typed), group="trouble")


def plain_fault(app: Workbench, error: BaseException) -> WorkbenchError | None:
    """Say in plain words what failed, where it was the disk or the file; None for another fault."""
    from workbench.study.faults import plain_error
    from workbench.study.unreadable import damage_behind

    cause = getattr(error, "error", None) or error
    if isinstance(cause, WorkbenchError):
        return cause
    if not app.is_open:
        return None
    return plain_error(cause, app.study.path) or damage_behind(app.study, cause)


def end_with(app: Workbench, error: BaseException) -> bool:
    """End the program because of an unforeseen fault, with what was typed kept; tell if it is said plainly.

    A fault of another kind than the disk or the file is left to the toolkit, which shows where it was.
    """
    keep_what_is_typed(app)
    fault = plain_fault(app, error)
    if fault is not None:
        app.failure = app.failure or fault
        app.exit(return_code=fault.exit_status)
    return fault is not None


def give_back(app: Workbench) -> None:
    """Keep the end of the log and close the study; one whose file is gone is kept elsewhere first."""
    from workbench.study.faults import told_plainly

    study = app.study
    try:
        with told_plainly(study.path):
            app.closing_head = str(study.head)
            if study.is_of_a_file and not study.read_only and not study.is_in_its_place:
                _rescue(app)
    except WorkbenchError as error:
        app.failure = app.failure or error
    study.close()


def _rescue(app: Workbench) -> None:
    """Keep what would be gone with the connection in the user's folder of states.

    Words that were kept for the study are found from there: they are kept by study, not by path.
    """
    from workbench.study.save_as import save_as
    from workbench.study.whose import folder_of_states

    folder = folder_of_states()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise WorkbenchError(
            f"{app.study.path.name} is not in its place, and {folder} cannot be made: {error.strerror}.",
            safe="",
        ) from error
    when = app.study.now().translate({ord(mark): None for mark in "-:.TZ"})
    place = folder / f"{app.study.path.stem}.{when}{app.study.path.suffix}"
    save_as(app.study, place)
    app.rescued = place


def keep_what_is_typed(app: Workbench) -> None:
    """Keep what is typed and not saved before the program ends; where no file takes it, it is printed."""
    if not app.is_open or app.drafts_file is not None:
        return
    drafts = typed_on(app._screen_stacks.values(), at=app.study.now(), coder=app.coder)
    if not drafts:
        return
    try:
        app.drafts_file = keep_drafts(app.whose, drafts)
    except WorkbenchError as error:
        app.failure = error
        app.unkept = drafts
