"""A folder that is there whole or not at all, with the SHA-256 of every file in it."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from workbench.errors import Refused, WorkbenchError
from workbench.study.unfinished import UNFINISHED, marked

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}(?:/[A-Za-z0-9][A-Za-z0-9._-]{0,80}){0,2}")
"""Names that this program made; none of them leads out of the folder."""


class NewFolder:
    """A folder in the making."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self.sums: dict[str, str] = {}
        """Name of a file -> SHA-256."""

    def write(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write one file under a name that the program made; no name is written twice."""
        if not _NAME.fullmatch(name) or name in self.sums:
            raise ValueError(f"{name!r} is no new name for a file of a bundle")
        path = self._place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        with path.open("xb") as file:
            for piece in pieces:
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        self.sums[name] = digest.hexdigest()

    def sealed(self) -> bytes:
        """Write the sums in the form that `sha256sum --check` reads."""
        return "".join(f"{digest}  {name}\n" for name, digest in sorted(self.sums.items())).encode()


@contextmanager
def new_folder(folder: Path) -> Iterator[NewFolder]:
    """Make a folder beside its place and put it there when all is written; nothing is left otherwise.

    Raises Refused where something of that name is there, and WorkbenchError where the system refuses.
    """
    if folder.exists() or folder.is_symlink():
        raise Refused(f"{folder.name} is already there.", do="Choose another name for the folder.")
    temporary: Path | None = None
    try:
        temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=marked(folder), suffix=UNFINISHED))
        yield NewFolder(temporary)
        temporary.chmod(0o755)
        if folder.exists():
            raise Refused(f"{folder.name} is already there.", do="Choose another name for the folder.")
        temporary.rename(folder)
    except OSError as error:
        raise WorkbenchError(
            f"{folder.name} cannot be written: {error.strerror}.",
            safe="The study is as it was, and no half of a folder is left.",
            do="Check the folder, its rights and the room on the disk.",
        ) from error
    finally:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)
