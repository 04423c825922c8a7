"""Names for records: UUIDs that sort by time for decisions, short random ids for everything else."""

from __future__ import annotations

import re
import secrets
import time
import unicodedata
import uuid
from collections.abc import Container

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))}
)
"""What some systems take for a device, whatever follows behind a dot."""
_UNSAFE = re.compile(r"[^\w]+", re.UNICODE)


def decision_id() -> str:
    """Make a UUID of version 7 (RFC 9562, 5.7): 48 bits of milliseconds, the rest random."""
    milliseconds = time.time_ns() // 1_000_000
    bits = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62
    return str(uuid.UUID(int=bits | secrets.randbits(62)))


def record_id(letter: str) -> str:
    """Make a short id such as `e7k2m9qx4ab`: a letter for the kind and 50 random bits in base 32."""
    bits = secrets.randbits(50)
    return letter + "".join([_ALPHABET[bits >> shift & 31] for shift in range(0, 50, 5)])


def slug(name: str, taken: Container[str] = ()) -> str:
    """Make a readable id from a name that is not yet taken."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    base = _UNSAFE.sub("-", folded).strip("-_")[:60] or "unnamed"
    candidate, number = base, 2
    while candidate in taken or candidate in _DEVICES:
        candidate, number = f"{base}-{number}", number + 1
    return candidate
