"""Files beside the study: read in plain words, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from workbench.errors import Refused, UnreadableFile, WorkbenchError
from workbench.study.keys import FIRST_PAGE, salt_of
from workbench.study.live import door
from workbench.study.unfinished import UNFINISHED, marked


def read_whole(path: Path) -> bytes:
    """Read a file that a user named; raises UnreadableFile in plain words."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            f"{path.name} cannot be read: {error.strerror}.", do="Check the path."
        ) from error


def write_whole(path: Path, pieces: Iterable[bytes], *, replace: bool, way_out: str) -> Path:
    """Write a file whole or not at all; an existing one is kept unless `replace` is true.

    Raises Refused with `way_out` where a file is there that shall be kept, also where it holds a database,
    whatever `replace` says, and WorkbenchError where the system refuses.
    """
    if path.exists() and not replace:
        raise Refused(f"{path.name} is already there.", do=way_out)
    _keep_databases(path)
    temporary: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=marked(path), suffix=UNFINISHED, delete=False
        ) as file:
            temporary = Path(file.name)
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        os.replace(temporary, path)
    except OSError as error:
        raise WorkbenchError(
            f"{path.name} cannot be written: {error.strerror}.",
            safe="The study and any file of that name are as they were.",
            do="Check the folder and its rights.",
        ) from error
    finally:
        if temporary is not None:
            with suppress(FileNotFoundError):
                temporary.unlink()
    return path


def _keep_databases(path: Path) -> None:
    """Refuse to put an export in the place of a study: that is a slip, and nothing would bring it back.

    An encrypted one begins with what no text and none of the other formats that leave can begin with.
    """
    if not path.is_file():
        return
    with suppress(OSError), door(), path.open("rb") as file:
        head = file.read(FIRST_PAGE)
        if head.startswith(_DATABASE):
            raise Refused(f"{path.name} is a database: no export replaces it.", do="Choose another name.")
        if salt_of(head) is not None and not head.startswith(_EXPORTS):
            raise Refused(
                f"{path.name} may be an encrypted study: no export replaces it.", do="Choose another name."
            )


_DATABASE = b"SQLite format 3\0"
_EXPORTS = (b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"PAR1")
"""Begins docx and xlsx, pictures, and tables in parquet."""


def name_in_utf8(path: Path) -> str:
    """Give a path as text that can be kept: bytes of it that are no UTF-8 are written as `\\xff`."""
    return os.fsencode(path).decode("utf-8", errors="backslashreplace")


def _umask() -> int:
    """Read the umask, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
