"""In the clear or encrypted: which of the two a file is, and the key that opens it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from hmac import compare_digest
from itertools import count
from pathlib import Path

from workbench.errors import Locked, WrongPassphrase
from workbench.study import keys
from workbench.study.faults import UNTOUCHED, is_half_done, told_plainly
from workbench.study.keys import FIRST_PAGE, Key
from workbench.study.live import door, open_with
from workbench.study.sqlcipher import begin, refuse_without


def key_of(path: Path) -> Key | None:
    """Give the key of a file, None for one in the clear; asks for the passphrase where it is not known.

    Raises Locked where none is given, and WrongPassphrase where it is not that of the file.
    """
    found = _seen(path)
    if not isinstance(found, bytes):
        return found
    for passphrase in keys.passphrases():
        key = keys.key_from(passphrase, found)
        if _opens(path, key):
            keys.remember(key)
            return key
    failed = _locked(path)
    ask = keys.asker_for(found)
    for attempt in count(1):
        answer = ask(path, attempt) if ask is not None else None
        if answer is None:
            keys.give_up(found)
            raise failed
        try:
            return unlock(path, answer)
        except WrongPassphrase as error:
            failed = error
    raise AssertionError("the asking ends by an answer or by none")


def unlock(path: Path, passphrase: str) -> Key | None:
    """Let a file be opened by its passphrase from now on; None for one in the clear.

    Raises WrongPassphrase where it is not that of the file, which is not touched.
    """
    found = _seen(path)
    if not isinstance(found, bytes):
        return found
    key = keys.key_from(passphrase, found)
    if not _opens(path, key):
        raise WrongPassphrase(
            f"That is not the passphrase of {path.name}, or the beginning of the file is damaged.",
            safe=UNTOUCHED,
            do="Type it again. A passphrase that is lost cannot be recovered.",
        )
    keys.remember(key, passphrase)
    return key


def is_passphrase_of(path: Path, passphrase: str) -> bool:
    """Tell whether a passphrase is that of an encrypted file that is open or known here already."""
    key = key_of(path)
    return key is not None and compare_digest(keys.key_from(passphrase, key.salt).secret, key.secret)


def key_made(passphrase: str) -> Key:
    """Make a new key and know it from now on; raises Refused for a weak passphrase."""
    refuse_without()
    key = keys.new_key(passphrase)
    keys.remember(key, passphrase)
    return key


def is_encrypted(path: Path) -> bool:
    """Tell whether a file is encrypted, or so foreign that it might be."""
    return _seen(path) is not None


def is_locked(path: Path) -> bool:
    """Tell whether a file needs a passphrase that was not given yet."""
    return isinstance(_seen(path), bytes)


def _seen(path: Path) -> Key | bytes | None:
    """Look at a file: its key where that is known, its salt where not, None where it needs neither."""
    with door():
        try:
            status = os.stat(path)
            is_open, key = open_with(status)
            if is_open:
                return key
            with path.open("rb") as opened_file:
                salt = keys.salt_of(opened_file.read(FIRST_PAGE))
        except OSError:
            return None  # SQLite says what is wrong with it.
    return None if salt is None else keys.known(salt) or salt


def _locked(path: Path) -> Locked:
    return Locked(
        f"{path.name} is encrypted, or is no study at all.",
        safe=UNTOUCHED,
        do="Run this in a terminal, which asks for the passphrase, or give --passphrase-file or "
        "--passphrase-fd.",
    )


def _opens(path: Path, key: Key) -> bool:
    """Try a key on the first page; where a stopped program left that half written, on a copy."""
    refuse_without()
    with told_plainly(path, safe=UNTOUCHED):
        try:
            return _reads(path, "mode=ro", key)
        except sqlite3.OperationalError as error:
            if not is_half_done(error):
                raise
        return _reads(path, "mode=ro&immutable=1", key) or _reads_as_it_was(path, key)


def _reads(path: Path, how: str, key: Key) -> bool:
    with door(), closing(begin(f"{path.absolute().as_uri()}?{how}", key)) as connection:
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorname == "SQLITE_NOTADB":
                return False
            raise
    return True


def _reads_as_it_was(path: Path, key: Key) -> bool:
    journal = path.with_name(f"{path.name}-journal")
    with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
        copy = Path(folder) / path.name
        shutil.copyfile(path, copy)
        shutil.copyfile(journal, copy.with_name(journal.name))
        return _reads(copy, "mode=rw", key)
