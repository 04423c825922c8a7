"""Passphrases and the keys made from them: which encrypted files this process can open.

A file is encrypted as SQLCipher 4 does by default, so that its own tools open it with the same passphrase:
the first bytes of the file are a salt, and the key is drawn from salt and passphrase by PBKDF2. Copies keep
the salt, and with it the key: whoever has opened a study can open its backups.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from workbench.errors import Refused

SHORTEST = 12
"""Characters of the shortest passphrase that a study is encrypted with."""
LONGEST = 1024
_SALT = 16
_ROUNDS = 256_000
"""Rounds of PBKDF2-HMAC-SHA512, as SQLCipher 4 has them."""
FIRST_PAGE = 4096
_MAGIC = b"SQLite format 3\0"
_DISTINCT = 250
"""So many of the 256 bytes occur in a page that is encrypted; in one in the clear there are far fewer."""

Asker = Callable[[Path, int], str | None]
"""What asks for the passphrase of a file, with the number of the attempt; None ends the asking."""


@dataclass(frozen=True, slots=True)
class Key:
    """The key of a file and the salt it was made with; what it is shows nowhere."""

    salt: bytes = field(repr=False)
    secret: bytes = field(repr=False)

    @property
    def words(self) -> str:
        """Write it as SQLCipher takes it, in figures of its own alone, so that nothing needs quoting."""
        return f"x'{self.secret.hex()}{self.salt.hex()}'"


_by_salt: dict[bytes, Key] = {}
_passphrases: list[str] = []
_askers: list[Asker] = []
_given_up: set[bytes] = set()
"""Salts of files for which no passphrase was given."""


def new_key(passphrase: str) -> Key:
    """Make a key with a salt of its own; raises Refused for a passphrase that is too weak."""
    refuse_weak(passphrase)
    return key_from(passphrase, os.urandom(_SALT))


def refuse_weak(passphrase: str) -> None:
    """Refuse a passphrase that is too short, too uniform, or holds what cannot be typed."""
    passphrase = unicodedata.normalize("NFC", passphrase)
    if len(passphrase) < SHORTEST:
        raise Refused(
            f"The passphrase is too short: {len(passphrase)} of at least {SHORTEST} characters.",
            do="Take several words that do not belong together.",
        )
    if len(passphrase) > LONGEST or any(unicodedata.category(sign) in ("Cc", "Cs") for sign in passphrase):
        raise Refused(f"A passphrase is one line of at most {LONGEST} characters.", do="Choose another.")
    if len(set(passphrase)) < SHORTEST // 2:
        raise Refused("The passphrase repeats a few characters.", do="Take several words.")


def key_from(passphrase: str, salt: bytes) -> Key:
    """Draw the key from a passphrase and the salt of a file; takes some tenths of a second, on purpose."""
    data = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogateescape")
    return Key(salt, hashlib.pbkdf2_hmac("sha512", data, salt, _ROUNDS, 32))


def salt_of(first_page: bytes) -> bytes | None:
    """Give the salt of what may be an encrypted study, by its first page; None for anything else."""
    if len(first_page) < FIRST_PAGE or first_page.startswith(_MAGIC):
        return None
    return first_page[:_SALT] if len(set(first_page[:FIRST_PAGE])) >= _DISTINCT else None


def remember(key: Key, passphrase: str = "") -> None:
    """Know a key from now on, and the passphrase for files of the same one with another salt."""
    _by_salt[key.salt] = key
    if passphrase and passphrase not in _passphrases:
        _passphrases.append(passphrase)


def known(salt: bytes) -> Key | None:
    """Give the key of the files with a salt; None where it is not known."""
    return _by_salt.get(salt)


def passphrases() -> tuple[str, ...]:
    """Give the passphrases that have opened something in this process."""
    return tuple(_passphrases)


def forget_keys() -> None:
    """Know no key any more."""
    _by_salt.clear()
    _passphrases.clear()
    _askers.clear()
    _given_up.clear()


def ask_with(asker: Asker) -> None:
    """Let passphrases that are not known be asked for; without this, encrypted files stay shut."""
    _askers[:] = [asker]
    _given_up.clear()


def ask_nobody() -> None:
    """Let no passphrase be asked for where none is known; the screens ask before they open a study."""
    _askers.clear()


def give_up(salt: bytes) -> None:
    """Ask nobody again for the passphrase of the files with a salt."""
    _given_up.add(salt)


def asker_for(salt: bytes) -> Asker | None:
    """Give what asks for the passphrase of the files with a salt; None where nobody is to be asked."""
    return _askers[0] if _askers and salt not in _given_up else None
