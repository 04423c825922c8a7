"""What is written beside its place until it is whole: whose it is, and what a killed program left of it."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import socket
import stat
from contextlib import suppress
from pathlib import Path

UNFINISHED = ".unfinished"
"""End of the name of what is not whole yet."""


def marked(target: Path) -> str:
    """Give the beginning of a name beside a target, which says that this process writes there."""
    return f".{target.name}.{_machine()}-{os.getpid()}."


def clear_unfinished(target: Path) -> str:
    """Remove what processes of this machine that are gone left unfinished of a target, and say so.

    An empty file of the target's own name goes with what a copy left that was killed while it took the name.
    What another machine began in a shared folder stays, as does what cannot be removed.
    """
    name = re.compile(
        rf"{re.escape(f'.{target.name}.{_machine()}-')}(\d+)\.\w+{re.escape(UNFINISHED)}(-\w+)?"
    )
    left = []
    with suppress(OSError), os.scandir(target.parent) as entries:
        for entry in entries:
            found = name.fullmatch(entry.name)
            if found and not _is_alive(int(found[1])):
                left.append(Path(entry.path))
    cleared = sum(_removed(path) for path in left)
    if cleared and _is_placeholder(target):
        _removed(target)
    return f"Removed what a stopped run had left unfinished of {target.name}." if cleared else ""


def _machine() -> str:
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]


def _is_alive(pid: int) -> bool:
    """Tell whether a process may still be at work; where the system cannot be asked, it may."""
    if os.name != "posix":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _is_placeholder(target: Path) -> bool:
    try:
        found = os.lstat(target)
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and found.st_size == 0


def _removed(path: Path) -> bool:
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    except OSError:
        return False
    return True
