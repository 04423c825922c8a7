"""Restores as the log tells them: which backup took the place of what, and why."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from workbench.errors import ReasonMissing, Refused
from workbench.model.decision import Decision, Verb
from workbench.model.records import Setting
from workbench.stages.reason import is_given
from workbench.study.backup_names import Backup
from workbench.study.file import open_study
from workbench.study.restore import Restored, chosen_backup, restore
from workbench.study.study import Study
from workbench.study.telling import Told, quietly

RESTORED = "restored"
"""Name of the setting that says what the latest restore did."""


def restore_backup(path: Path, named: str, *, coder: str, reason: str, tell: Told = quietly) -> Restored:
    """Put a backup, by its number or path, in the place of a study, and let its log say so.

    The study may be damaged or missing. Raises ReasonMissing without a reason.
    """
    if not is_given(reason):
        raise ReasonMissing("To restore a backup needs a reason.", do="Give it with --reason.")
    if not coder:
        raise Refused("Nobody is named as the coder.", do="Say who decides with --as NAME.")
    note = partial(note_restore, reason=reason)
    restored = restore(path, chosen_backup(path, named), coder=coder, note=note, tell=tell)
    if not restored.is_noted:
        with open_study(path, coder=coder) as study:
            note(study, restored)
            restored = replace(restored, head=study.head, is_noted=True)
    return restored


def note_restore(study: Study, restored: Restored, *, reason: str) -> Decision:
    """Write the decision by which the log of a restored study tells where it was cut."""
    note = f"{restored.source.name}, in place of {_told(restored.set_aside)}"
    return study.decide(
        Verb.RESTORE_BACKUP, f"setting:{RESTORED}", put=[Setting(RESTORED, note)], reason=reason
    )


def _told(aside: Backup | None) -> str:
    if aside is None:
        return "a file that was missing"
    held = f"{aside.decisions} decisions, head {aside.head}…" if aside.verified else "a damaged file"
    return f"{held}, kept as {aside.path.name}"
