"""Files changed under the terminal: backups on a timer, looked at or restored; a study in another form."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.tui.wording import several

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.study.backup_names import Backup
    from workbench.study.keys import Key
    from workbench.tui.app import Workbench

_MINUTE = 60.0


def begin_backups(app: Workbench) -> None:
    """Make a backup every so many minutes, as preferred, where the study changed; 0 minutes makes none."""
    minutes = app.preferences.backup_minutes
    if minutes and not app.read_only:
        app.set_interval(minutes * _MINUTE, lambda: _begin_one(app))


def _begin_one(app: Workbench) -> None:
    """Begin a backup, beside the work; in the middle of a transaction it is left to the next time."""
    if app.is_open and not app.busy and not app.study.read_only:
        app.run_worker(lambda: _in_thread(app), thread=True, group="backup", exclusive=True)


def _in_thread(app: Workbench) -> None:
    from workbench.study.backup import backup_if_changed
    from workbench.study.backup_names import Why

    try:
        backup_if_changed(app.path, Why.TIMER)
    except WorkbenchError as error:
        app.call_from_thread(app.say, f"No backup was made. {error}", alarm=True)
    except OSError as error:
        app.call_from_thread(app.say, f"No backup was made: {error.strerror}.", alarm=True)


def looking_at(app: Workbench, backup: Backup) -> Workbench:
    """Give the workbench that shows a backup for reading only and leads back to the study."""
    other = _another(app, backup.path, read_only=True)
    other.greeting = f"This is backup {backup.number}, for reading only. Leaving it returns to the study."
    other.leads_to = lambda: _another(app, app.path)
    return other


def with_restored(app: Workbench, backup: Backup, reason: str) -> Workbench:
    """Put a backup in the place of the closed study, and give the workbench that shows what came of it."""
    from workbench.stages.backups import restore_backup

    named = str(backup.path)
    done = f"Backup {backup.number} is restored. {_WAY_BACK}"
    return _after(app, lambda: restore_backup(app.path, named, coder=app.coder, reason=reason), done)


def with_put_back(app: Workbench) -> Workbench:
    """Undo the latest restore of the closed study, and give the workbench that shows what came of it."""
    from workbench.study.restore import put_back

    return _after(app, lambda: put_back(app.path), "What stood there before the latest restore is back.")


_WAY_BACK = "The study as it was is among the backups, and can be put back from there."


def with_new_form(app: Workbench, key: Key | None) -> Workbench:
    """Write the closed study and its backups anew, encrypted or in the clear, and give what shows it."""
    from workbench.study.encrypting import change_form

    said = ""

    def write() -> None:
        nonlocal said
        changed = change_form(app.path, key)
        kept = "in the clear: whoever gets the file can read it" if key is None else "encrypted"
        said = f"The study is {kept}. {several(changed.backups, 'backup')} likewise."
        if changed.left:
            said += f" Not so {', '.join(path.name for path, _ in changed.left)}: {changed.left[0][1]}"

    other = _after(app, write, "", failed="The study is kept as it was.")
    other.greeting = said or other.greeting
    return other


def _after(
    app: Workbench, action: Callable[[], object], done: str, *, failed: str = "Not restored."
) -> Workbench:
    other = _another(app, app.path)
    with suppress(OSError):  # A terminal that is gone is told nothing.
        print("Putting the file in place …", file=sys.stderr, flush=True)
    try:
        action()
    except WorkbenchError as error:
        other.greeting = f"{failed} {error}"
    else:
        other.greeting = done
    return other


def _another(app: Workbench, path: Path, *, read_only: bool = False) -> Workbench:
    from workbench.tui.app import Workbench

    return Workbench(path, coder=app.coder, stage="history", read_only=read_only or app.read_only)
