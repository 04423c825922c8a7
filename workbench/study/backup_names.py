"""What the name of a backup says, and which backups are thinned out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path


class Why(StrEnum):
    """What a backup was made for."""

    ASKED = "asked for"
    IMPORT = "before import"
    BULK = "before bulk change"
    MIGRATION = "before migration"
    RESTORE = "before restore"
    TIMER = "timer"


@dataclass(frozen=True, slots=True)
class Backup:
    """One file in the folder of backups; everything but its size is read from its name."""

    path: Path
    number: int
    """Counts up in the folder, whatever the clock says."""
    at: datetime
    why: Why
    study: str
    """First digits of the hash of the first decision, by which studies are told apart; empty if unknown."""
    decisions: int
    head: str
    """First digits of the head; empty in a file that did not verify when it was kept."""

    @property
    def verified(self) -> bool:
        """Tell whether the file was found whole when it was kept."""
        return bool(self.head)

    @property
    def size(self) -> int:
        """Give the bytes of the file."""
        return self.path.stat().st_size


DIGITS = 12
"""Digits of a hash that stand in a name."""
_ENDING = ".workbench"
_FOLDER = ".backups"
_NAME = re.compile(
    r"(\d{4,9})-(\d{8}T\d{6}Z)-(?:([0-9a-f]{12})-(\d{1,15})-([0-9a-f]{12})|damaged)-([a-z-]+)\.workbench"
)


def folder_of(study: Path) -> Path:
    """Name the folder of backups beside a study file, not beside a link to it."""
    place = study.resolve()
    return place.with_name(place.name + _FOLDER)


def is_of_backups(folder: str) -> bool:
    """Tell by its name whether a folder holds the backups of a study."""
    return folder.endswith(_ENDING + _FOLDER)


def name_of(backup: Backup) -> str:
    """Write the name that says all of a backup."""
    held = f"{backup.study}-{backup.decisions}-{backup.head}" if backup.verified else "damaged"
    at = backup.at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return f"{backup.number:04}-{at}-{held}-{backup.why.value.replace(' ', '-')}{_ENDING}"


def backup_named(path: Path) -> Backup | None:
    """Read the name of a file; None where it is not the name of a backup."""
    found = _NAME.fullmatch(path.name)
    if found is None:
        return None
    number, at, study, decisions, head, why = found.groups(default="")
    try:
        moment = datetime.strptime(at, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        purpose = Why(why.replace("-", " "))
    except ValueError:
        return None
    return Backup(path, int(number), moment, purpose, study, int(decisions or 0), head)


THINNED = (Why.IMPORT, Why.BULK, Why.TIMER)
LATEST = 10
"""So many of the latest automatic backups stay."""
PERIODS: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (7, lambda at: at.date()),
    (5, lambda at: at.isocalendar()[:2]),
    (12, lambda at: (at.year, at.month)),
)
"""And the last one of each of so many days, weeks and months that have one."""


def thinned(backups: Iterable[Backup]) -> list[Backup]:
    """Choose the backups that go: automatic ones of one study that stand for no period any more.

    Those that were asked for, those before a migration and what a restore set aside always stay: the last may
    hold decisions that are nowhere else. So does the latest that verified.
    """
    everything = sorted(backups, key=lambda backup: backup.number)
    candidates = [b for b in everything if b.verified and b.why in THINNED]
    stays = {b.number for b in candidates[-LATEST:]}
    for count, period_of in PERIODS:
        last = {period_of(b.at): b.number for b in candidates}
        stays |= set(_latest(list(last.values()), count))
    return [b for b in candidates if b.number not in stays]


def _latest(numbers: Sequence[int], count: int) -> Sequence[int]:
    return sorted(numbers)[-count:]
