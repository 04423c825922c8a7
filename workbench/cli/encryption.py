"""`workbench encrypt`, `decrypt` and `change-passphrase`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from workbench.cli.files import make_room
from workbench.cli.options import add_study_alone, stands_alone
from workbench.cli.output import put, say
from workbench.cli.passphrases import add_passphrase, new_passphrase
from workbench.cli.progress import telling
from workbench.errors import Refused
from workbench.study.encrypting import Changed, change_form
from workbench.study.keys import Key
from workbench.study.locked import is_encrypted, key_made, key_of
from workbench.study.refusals import refuse_unfit


def declare_encrypt(parser: ArgumentParser) -> None:
    """Declare `encrypt`."""
    stands_alone(parser, encrypt)
    add_study_alone(parser)
    parser.add_argument(
        "--keep-unencrypted",
        action="store_true",
        help="keep the study as it is now among its backups, where anybody can read it",
    )
    add_passphrase(parser, told=True)


def declare_decrypt(parser: ArgumentParser) -> None:
    """Declare `decrypt`."""
    stands_alone(parser, decrypt)
    add_study_alone(parser)
    add_passphrase(parser, told=True)


def declare_change(parser: ArgumentParser) -> None:
    """Declare `change-passphrase`."""
    stands_alone(parser, change_passphrase)
    add_study_alone(parser)
    add_passphrase(parser, told=True)
    add_passphrase(parser, new=True, told=True)


def encrypt(arguments: Namespace) -> int:
    """Encrypt a study and its backups with a passphrase, which nobody can recover.

    Leaves with 1 where a backup could not be encrypted.
    """
    path: Path = arguments.study
    refuse_unfit(path)
    if is_encrypted(path):
        raise Refused(
            f"{path.name} is encrypted already, or is no study.", do="Use workbench change-passphrase."
        )
    keep = arguments.keep_unencrypted
    changed = _changed(path, key_made(new_passphrase(arguments, path)), keep=keep)
    say(f"{path.name} is encrypted: {changed.head}. Keep the passphrase where you will find it.")
    if keep:
        say("The study as it was is kept among its backups, unencrypted: whoever gets that file can read it.")
    say(
        "Copies elsewhere are as they were, and the disk may still hold what the file was: see the guide to "
        "privacy."
    )
    return _told(changed, "encrypted", "can still be read by anybody")


def decrypt(arguments: Namespace) -> int:
    """Write an encrypted study and its backups in the clear again.

    Leaves with 1 where a backup could not be decrypted.
    """
    path: Path = arguments.study
    _opened(path)
    changed = _changed(path, None)
    say(f"{path.name} is in the clear: {changed.head}. Whoever gets the file can read it.")
    return _told(changed, "decrypted", "is still encrypted")


def change_passphrase(arguments: Namespace) -> int:
    """Encrypt a study and its backups anew with another passphrase.

    Copies made elsewhere before still open with the former one. Leaves with 1 where a backup does too.
    """
    path: Path = arguments.study
    _opened(path)
    changed = _changed(path, key_made(new_passphrase(arguments, path, "new_passphrase")))
    say(f"{path.name} has a new passphrase: {changed.head}.")
    say("Copies of it that were made elsewhere still open with the former one.")
    return _told(changed, "encrypted anew", "still needs its former passphrase")


def _opened(path: Path) -> Key:
    refuse_unfit(path)
    key = key_of(path)
    if key is None:
        raise Refused(f"{path.name} is not encrypted.", do="Encrypt it with: workbench encrypt")
    return key


def _changed(path: Path, key: Key | None, *, keep: bool = False) -> Changed:
    make_room(path.resolve())
    with telling() as tell:
        return change_form(path, key, keep=keep, tell=tell)


def _told(changed: Changed, done: str, still: str) -> int:
    if changed.backups:
        say(f"Backups {done}: {changed.backups}.")
    for path, why in changed.left:
        say(f"{path.name} {still}: {why}")
        put(str(path))
    return 1 if changed.left else 0
