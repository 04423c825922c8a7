"""Files that commands read and write beside the study."""

from __future__ import annotations

import os
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from workbench.cli.output import put, say
from workbench.errors import Refused, UnreadableFile, WorkbenchError


def add_output(parser: ArgumentParser) -> None:
    """Take the file to write to."""
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to this file")
    parser.add_argument("--force", action="store_true", help="replace the file where it is there already")


def bytes_of(path: Path) -> bytes:
    """Read a file that a command was given; raises UnreadableFile in plain words."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            f"{path.name} cannot be read: {error.strerror}.", do="Check the path."
        ) from error


def deliver(pieces: Iterable[bytes], *, output: Path | None, force: bool, text: bool) -> None:
    """Write an export to its file, or to stdout where no file is named.

    A pipe gets the bytes that the file would have; a terminal gets text made visible, and no binary data.
    """
    if output is not None:
        write_file(output, pieces, force=force)
        say(f"Wrote {output}.")
    elif not sys.stdout.isatty():
        sys.stdout.flush()
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.buffer.flush()
    elif text:
        put(b"".join(pieces).decode("utf-8-sig").removesuffix("\n"))
    else:
        raise Refused("This format is not for a terminal.", do="Name a file with -o FILE.")


def write_file(path: Path, pieces: Iterable[bytes], *, force: bool) -> None:
    """Write a file whole or not at all; an existing one is replaced only with `force`."""
    if path.exists() and not force:
        raise Refused(f"{path.name} is already there.", do="Choose another name, or replace it with --force.")
    temporary: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = Path(file.name)
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
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


def _umask() -> int:
    """Read the umask, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
