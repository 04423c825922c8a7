"""Passphrases of encrypted studies: asked for on the terminal, or read from a file or a descriptor."""

from __future__ import annotations

import argparse
import os
import stat
import sys
import warnings
from argparse import ArgumentParser, Namespace
from pathlib import Path

from workbench.errors import Refused, WrongUsage

_MOST = 8192
"""Bytes that are read of what holds a passphrase."""
_ATTEMPTS = 3
_TERMINAL = "/dev/tty"


def add_passphrase(parser: ArgumentParser, *, new: bool = False, told: bool = False) -> None:
    """Take where a passphrase is read from; help names it only where `told`, as every command has it."""
    which, dest = ("new-passphrase", "new_passphrase") if new else ("passphrase", "passphrase")
    named = "the new passphrase" if new else "the passphrase of an encrypted study"
    of_file, of_number = (
        (
            f"read {named} from the first line of this file, which only its owner may read",
            f"read {named} from the first line of this file descriptor",
        )
        if told
        else (argparse.SUPPRESS, argparse.SUPPRESS)
    )
    parser.add_argument(f"--{which}-file", dest=f"{dest}_file", type=Path, metavar="FILE", help=of_file)
    parser.add_argument(f"--{which}-fd", dest=f"{dest}_fd", type=int, metavar="N", help=of_number)


def ask_as_told(arguments: Namespace) -> None:
    """Let the passphrases of this command come from where its options say, or from the terminal."""
    from workbench.study.keys import ask_with

    within: list[str] | None = getattr(arguments, "words", None)
    if within is not None and not is_given(arguments):
        # They may stand among the words of a command that is run within this one.
        inner = ArgumentParser(add_help=False, allow_abbrev=False)
        add_passphrase(inner)
        inner.parse_known_args(within, arguments)
    ask_with(_Asker(arguments))


class _Asker:
    """Give what the options name once, and what is typed up to three times."""

    def __init__(self, arguments: Namespace) -> None:
        self._arguments = arguments

    def __call__(self, path: Path, attempt: int) -> str | None:
        if is_given(self._arguments):
            return given(self._arguments) if attempt == 1 else None
        if attempt > _ATTEMPTS or not _has_terminal():
            return None
        again = "That is not the passphrase. " if attempt > 1 else ""
        return _typed(f"{again}Passphrase of {path.name}: ") or None


def given(arguments: Namespace, which: str = "passphrase") -> str | None:
    """Read the passphrase that the options name; None where they name none."""
    file: Path | None = getattr(arguments, f"{which}_file", None)
    number: int | None = getattr(arguments, f"{which}_fd", None)
    option = which.replace("_", "-")
    if file is not None and number is not None:
        raise WrongUsage(f"Give --{option}-file or --{option}-fd, not both.")
    data: bytes | None
    if number is not None:
        data = _of_descriptor(number, option)
        # Read once: it may be asked for again, for a backup.
        setattr(arguments, f"{which}_fd", None)
        setattr(arguments, f"{which}_read", data)
    elif file is not None:
        data = _of_file(file)
    else:
        data = getattr(arguments, f"{which}_read", None)
    return None if data is None else _first_line(data, option)


def is_given(arguments: Namespace) -> bool:
    """Tell whether the options name a passphrase."""
    return any(getattr(arguments, f"passphrase_{how}", None) is not None for how in ("file", "fd", "read"))


def _of_descriptor(number: int, option: str) -> bytes:
    data = b""
    try:
        while b"\n" not in data and len(data) < _MOST and (more := os.read(number, _MOST)):
            data += more
        if number > 2:
            os.close(number)
    except (OSError, OverflowError) as error:
        raise WrongUsage(f"Nothing can be read for --{option}-fd {number}: {error}.") from error
    return data


def _of_file(path: Path) -> bytes:
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        try:
            status = os.fstat(handle)
            data = os.read(handle, _MOST) if stat.S_ISREG(status.st_mode) else b""
        finally:
            os.close(handle)
    except OSError as error:
        raise Refused(f"{path.name} cannot be read: {error.strerror}.") from error
    if not stat.S_ISREG(status.st_mode):
        raise Refused(f"{path.name} is not a file.", do="Use --passphrase-fd for pipes.")
    if os.name == "posix" and (status.st_mode & 0o077 or status.st_uid != os.geteuid()):
        raise Refused(
            f"{path.name} may be read by others than you.",
            do=f"Make it yours alone: chmod 600 {path.name}. Then think of changing the passphrase.",
        )
    return data


def _first_line(data: bytes, option: str) -> str:
    line = data.split(b"\n")[0].removesuffix(b"\r")
    try:
        passphrase = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise WrongUsage(f"What --{option} names is not UTF-8.") from error
    if not passphrase:
        raise WrongUsage(f"What --{option} names is empty.", do="Write the passphrase into its first line.")
    return passphrase


def new_passphrase(arguments: Namespace, path: Path, which: str = "passphrase") -> str:
    """Give the passphrase that a study is to have: as the options say, or typed twice.

    Raises Refused where nothing can be asked and for one that is too weak.
    """
    from workbench.cli.output import say
    from workbench.study.keys import SHORTEST, refuse_weak

    passphrase = given(arguments, which)
    if passphrase is not None:
        refuse_weak(passphrase)
        return passphrase
    if not _has_terminal():
        option = which.replace("_", "-")
        raise Refused(
            "There is no terminal to ask for a passphrase on.", do=f"Give --{option}-file or --{option}-fd."
        )
    say(
        f"Choose a passphrase for {path.name}, of at least {SHORTEST} characters. Nobody can recover it: "
        "whoever loses it has lost the study and its encrypted backups."
    )
    for _ in range(_ATTEMPTS):
        try:
            passphrase = _typed("New passphrase: ")
            refuse_weak(passphrase)
        except Refused as error:
            say(str(error))
            continue
        if _typed("The same once more: ") == passphrase:
            return passphrase
        say("The two are not the same.")
    raise Refused("No passphrase was chosen.")


def _has_terminal() -> bool:
    if os.name != "posix":
        return sys.stdin.isatty()
    try:
        os.close(os.open(_TERMINAL, os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True


def _typed(prompt: str) -> str:
    """Ask without an echo on the terminal itself, wherever stdin and stdout lead."""
    from getpass import GetPassWarning, getpass

    from workbench.model.visible import visible

    try:
        with warnings.catch_warnings():
            # Where the echo cannot be turned off, getpass warns, and then reads what all can see.
            warnings.simplefilter("error", GetPassWarning)
            return getpass(visible(prompt))
    except GetPassWarning as warning:
        raise Refused(
            "This terminal shows what is typed, so no passphrase is asked for on it.",
            do="Give --passphrase-file or --passphrase-fd.",
        ) from warning
    except KeyboardInterrupt:
        print(file=sys.stderr)
        raise
    except EOFError:
        return ""
    except UnicodeDecodeError as error:
        raise Refused("What was typed is not text in the encoding of this terminal.") from error
