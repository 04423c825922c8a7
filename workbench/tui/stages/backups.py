"""The backups of the study: made, looked at and restored from the history screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.study.backup import backup_if_changed, backups_of, known_damage
from workbench.study.backup_names import Backup, Why
from workbench.tui.backing_up import looking_at, with_put_back, with_restored
from workbench.tui.dialogs import Choice, ChooseFrom, GiveReason
from workbench.tui.wording import several

if TYPE_CHECKING:
    from workbench.tui.app import Workbench

_NEW, _BACK, _LOOK, _RESTORE = "new", "back", "look", "restore"


async def manage_backups(app: Workbench) -> None:
    """List the backups, latest first; make one, or choose one to look at or to restore."""
    found = {str(backup.number): backup for backup in reversed(backups_of(app.path))}
    rows = [Choice(_NEW, "Make a backup now")] if _may_restore(app) else []
    if rows and any(backup.why is Why.RESTORE for backup in found.values()):
        rows.append(Choice(_BACK, "Undo the latest restore", "the study as it is now is kept"))
    rows += [Choice(number, _label(backup), _detail(backup)) for number, backup in found.items()]
    if not rows:
        app.say("There are no backups of this file.")
        return
    damage = known_damage(app.path)
    title = f"The study is known to be damaged: {damage}" if damage else "Backups, latest first"
    chosen = await app.ask(ChooseFrom(title, rows))
    if not chosen:
        return
    if chosen[0] == _NEW:
        _make(app)
    elif chosen[0] == _BACK:
        app.leave_for(lambda: with_put_back(app))
    else:
        await _use(app, found[chosen[0]])


def _may_restore(app: Workbench) -> bool:
    """Tell whether the study may be replaced: also one that is only read because it is damaged."""
    return not app.read_only and app.study.as_of is None


def _label(backup: Backup) -> str:
    held = f"{backup.decisions} decisions" if backup.verified else "not whole"
    return f"{backup.number}  {backup.at:%Y-%m-%d %H:%M}  {held}  {backup.why}"


def _detail(backup: Backup) -> str:
    return f"{backup.size / 1_000_000:.1f} MB  {backup.head}"


def _make(app: Workbench) -> None:
    made = app.attempt(lambda: backup_if_changed(app.path, Why.ASKED))
    latest, is_new = made or (None, False)
    if latest is not None:
        app.say(f"Backup {latest.number}: {'made and verified' if is_new else 'it holds all there is'}.")


async def _use(app: Workbench, backup: Backup) -> None:
    rows = [Choice(_LOOK, "Look at it", "for reading only; leaving it returns here")]
    if _may_restore(app):
        rows.append(Choice(_RESTORE, "Restore it", "the study as it is now is kept among the backups"))
    chosen = await app.ask(ChooseFrom(_label(backup), rows))
    if not chosen:
        return
    if chosen[0] == _LOOK:
        app.leave_for(lambda: looking_at(app, backup))
        return
    held = f"{several(backup.decisions, 'decision')} in place of {app.study.head.count}"
    reason = await app.ask(GiveReason(f"Restore backup {backup.number}: {held}."))
    if reason and reason.strip():
        app.leave_for(lambda: with_restored(app, backup, reason))
