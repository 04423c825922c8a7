"""Save an open study under another name, and go on there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from workbench.errors import Refused
from workbench.study.file import open_study
from workbench.study.half_done import journal_of
from workbench.study.log import Head
from workbench.study.study import Study
from workbench.study.whole_copy import whole_copy

_OFTEN = 20_000
"""Steps of SQLite after which it is asked whether to stop; about a millisecond."""


def save_as(study: Study, target: Path, *, stopped: Callable[[], bool] | None = None) -> Head:
    """Write a whole, verified copy of an open study to another name and give the end of its log.

    It also works where the file was moved, deleted or replaced: what was opened is still at hand. Where
    `stopped` comes to be true, no copy is made.
    """
    if not study.is_of_a_file:
        raise Refused(
            "This is a view of the study as it once stood, which has no file.", do="Save the study itself."
        )
    if not study.is_in_its_place and journal_of(study.path).exists():
        raise Refused(
            f"Another program is writing where {study.path.name} was.", do="Wait a moment and do it again."
        )
    study.connection.set_progress_handler(stopped, _OFTEN)
    try:
        return whole_copy(study.connection, target.absolute())
    finally:
        study.connection.set_progress_handler(None, 0)


def go_on_in(study: Study, path: Path) -> None:
    """Let an open study go on in another file that holds the same decisions; the former one is let go."""
    other = open_study(path, coder=study.coder, read_only=not study.coder)
    if other.head != study.head:
        other.close()
        raise Refused(f"{path.name} does not hold the same decisions.", do="Save the study once more.")
    study.move_into(other)
