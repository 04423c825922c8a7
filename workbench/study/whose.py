"""Which study something is kept for: found again where the file is moved or renamed, and by no other."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.study.backup_names import DIGITS
from workbench.study.connecting import connect
from workbench.study.locked import is_locked
from workbench.study.origin import first_hash

if TYPE_CHECKING:
    from workbench.study.study import Study

_ENDING = ".drafts.json"
_NOTE = ".place.json"


@dataclass(frozen=True, slots=True)
class Whose:
    """A study by where it is and by what every copy of it begins with."""

    path: Path
    begins: str
    """First digits of the hash of the first decision."""


def whose(study: Study) -> Whose:
    """Name a study that is open."""
    return Whose(study.path, first_hash(study)[:DIGITS])


def folder_of_states() -> Path:
    """Give the folder in which this program keeps what cannot be kept beside a study."""
    folder = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(folder) / "workbench"


def places_for_drafts(of: Whose) -> tuple[Path, Path]:
    """Give the file beside a study, and the one in the user's folder of states for where that fails."""
    path = of.path.resolve()
    beside = path.with_name(f".{path.name}.{of.begins}{_ENDING}")
    return beside, folder_of_states() / f"{path.name}.{_digest(path)}.{of.begins}{_ENDING}"


def note_place(of: Whose) -> None:
    """Note for whom drafts are kept, so that they are found where the study is moved to another folder."""
    path = of.path.resolve()
    # The drafts themselves are kept already; without the note, only a move to another folder loses them.
    with suppress(OSError):
        folder_of_states().mkdir(mode=0o700, parents=True, exist_ok=True)
        note = folder_of_states() / f"{of.begins}.{_digest(path)}{_NOTE}"
        note.write_text(json.dumps(str(path)), encoding="ascii")
        note.chmod(0o600)


def drafts_there(of: Whose) -> list[Path]:
    """List the files of drafts that are there: the study's own, and those of places where it no longer is."""
    own = of.path.resolve()
    found = [*places_for_drafts(of)]
    for path in dict.fromkeys([*_renamed_beside(own, of.begins), *_noted(of.begins)]):
        if path != own and not _stands(Whose(path, of.begins)):
            found += places_for_drafts(Whose(path, of.begins))
    return [place for place in dict.fromkeys(found) if place.exists()]


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _renamed_beside(own: Path, begins: str) -> Iterator[Path]:
    """Name the studies in the folder that drafts of this one were kept for."""
    ending = f".{begins}{_ENDING}"
    with suppress(OSError), os.scandir(own.parent) as entries:
        for entry in entries:
            if entry.name.startswith(".") and entry.name.endswith(ending):
                yield own.with_name(entry.name[1 : -len(ending)] or own.name)


def _noted(begins: str) -> Iterator[Path]:
    """Read for which places drafts of this study were kept; a note without drafts is taken away."""
    for note in sorted(folder_of_states().glob(f"{begins}.*{_NOTE}")):
        try:
            path = Path(json.loads(note.read_bytes()))
            if any(place.exists() for place in places_for_drafts(Whose(path, begins))):
                yield path
            else:
                note.unlink()
        except (OSError, ValueError, TypeError):
            continue  # Who may read the study may not read or clear this folder: what is beside it is found.


def _stands(of: Whose) -> bool:
    """Tell whether a study is in its place; where that cannot be seen, what is kept there is left to it."""
    if not of.path.is_file():
        return False
    if is_locked(of.path):
        return True
    try:
        with closing(connect(of.path, "ro")) as connection:
            row = connection.execute("SELECT hash FROM decisions WHERE seq = 1").fetchone()
    except (sqlite3.DatabaseError, WorkbenchError, OSError):
        return True
    return row is not None and str(row[0]).startswith(of.begins)
