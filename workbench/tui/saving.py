"""Files that the screens write and read beside the study."""

from __future__ import annotations

from pathlib import Path

from workbench.errors import Refused, UnreadableFile, WorkbenchError


def save_new(path: Path, data: bytes) -> Path:
    """Write a file that is not there yet; raises Refused where it is."""
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError as error:
        raise Refused(f"{path.name} is already there.", do="Choose another name.") from error
    except OSError as error:
        raise WorkbenchError(
            f"{path.name} cannot be written: {error.strerror}.",
            safe="The study is as it was.",
            do="Check the folder and its rights.",
        ) from error
    return path


def read_chosen(path: Path) -> bytes:
    """Read a file whose path was typed; raises UnreadableFile in plain words."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            f"{path.name} cannot be read: {error.strerror}.", do="Check the path."
        ) from error


def path_of(typed: str, *, beside: Path) -> Path:
    """Give the path that was typed: `~` is the home folder, a relative one is beside the study."""
    path = Path(typed.strip()).expanduser()
    return path if path.is_absolute() else beside.parent / path
