"""Files that commands read and write beside the study."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from codecs import BOM_UTF8
from collections.abc import Collection, Iterable
from pathlib import Path

from workbench.cli.output import put, say
from workbench.errors import Refused, WrongUsage
from workbench.exchange.files import read_whole, write_whole
from workbench.study.unfinished import clear_unfinished

_STDOUT = Path("-")


def add_output(parser: ArgumentParser, *, or_table: bool = False) -> None:
    """Take the file to write to, and how coders are named in it.

    With `or_table`, the command prints a table where no file is named.
    """
    parser.set_defaults(or_table=or_table)
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="write to this file; - writes to stdout"
    )
    parser.add_argument("--force", action="store_true", help="replace the file where it is there already")
    parser.add_argument(
        "--pseudonyms",
        action="store_true",
        help="name coders by number, everywhere and in what they wrote",
    )


def file_named(output: Path | None) -> Path | None:
    """Give the file to write to; None where stdout is meant."""
    return None if output == _STDOUT else output


def leaves(arguments: Namespace) -> bool:
    """Tell whether a command writes an export, and not a table to look at as it is.

    One that `derives` is given the study as it is and makes it ready to leave by itself.
    """
    if "or_table" not in arguments or "derives" in arguments:
        return False
    table = arguments.or_table and arguments.format in (None, "table")
    return not table or file_named(arguments.output) is not None or bool(arguments.pseudonyms)


def format_of_file(file: Path | None, formats: Collection[str]) -> str:
    """Tell the format from the name of a file, empty without one; raises WrongUsage where it says none."""
    if file is None:
        return ""
    suffix = file.suffix.lower().removeprefix(".")
    if suffix not in formats:
        raise WrongUsage(f"{file.name} does not say its format.", do=f"Give --format {'|'.join(formats)}.")
    return suffix


def bytes_of(path: Path) -> bytes:
    """Read a file that a command was given; raises UnreadableFile in plain words."""
    return read_whole(path)


def deliver(pieces: Iterable[bytes], *, output: Path | None, force: bool, text: bool) -> None:
    """Write an export to its file, or to stdout where no file or `-` is named.

    A pipe gets the bytes that the file would have, without a byte order mark; a terminal gets text made
    visible, and no binary data.
    """
    file = file_named(output)
    if file is not None:
        write_file(file, pieces, force=force)
        say(f"Wrote {file}.")
    elif text:
        _put_text(pieces)
    elif not sys.stdout.isatty():
        sys.stdout.flush()
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.buffer.flush()
    else:
        raise Refused("This format is not for a terminal.", do="Name a file with -o FILE.")


def _put_text(pieces: Iterable[bytes]) -> None:
    if sys.stdout.isatty():
        put(b"".join(pieces).decode("utf-8-sig").removesuffix("\n"))
        return
    sys.stdout.flush()
    for number, piece in enumerate(pieces):
        sys.stdout.buffer.write(piece if number else piece.removeprefix(BOM_UTF8))
    sys.stdout.buffer.flush()


def make_room(target: Path) -> None:
    """Remove, and say so, what a run that was killed left unfinished where something is to be written."""
    cleared = clear_unfinished(target)
    if cleared:
        say(cleared)


def write_file(path: Path, pieces: Iterable[bytes], *, force: bool) -> None:
    """Write a file whole or not at all; an existing one is replaced only with `force`."""
    make_room(path)
    write_whole(path, pieces, replace=force, way_out="Choose another name, or replace it with --force.")
