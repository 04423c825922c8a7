"""Files that the screens write and read beside the study."""

from __future__ import annotations

from pathlib import Path

from workbench.exchange.files import read_whole, write_whole


def save_new(path: Path, data: bytes) -> Path:
    """Write a file that is not there yet; raises Refused where it is."""
    return write_whole(path, [data], replace=False, way_out="Choose another name.")


def read_chosen(path: Path) -> bytes:
    """Read a file whose path was typed; raises UnreadableFile in plain words."""
    return read_whole(path)


def path_of(typed: str, *, beside: Path) -> Path:
    """Give the path that was typed: `~` is the home folder, a relative one is beside the study."""
    path = Path(typed.strip()).expanduser()
    return path if path.is_absolute() else beside.parent / path
