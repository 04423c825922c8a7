"""What has been worked out for a text, kept in the memory of one process by the hash of its content.

Nothing of it is written anywhere: the words of a study stay in the study.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from typing import Generic, TypeVar

T = TypeVar("T")


def hash_of(*parts: str) -> str:
    """Give the key of what was made from some texts."""
    made = hashlib.sha256()
    for part in parts:
        made.update(hashlib.sha256(part.encode("utf-8", "surrogatepass")).digest())
    return made.hexdigest()


class Remembered(Generic[T]):
    """Keeps the values used last, up to a number of bytes."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._held = 0
        self._values: OrderedDict[str, tuple[T, int]] = OrderedDict()

    def get(self, key: str) -> T | None:
        """Give what was kept under a key; None where it is not there, or no longer."""
        found = self._values.get(key)
        if found is None:
            return None
        self._values.move_to_end(key)
        return found[0]

    def put(self, key: str, value: T, size: int) -> None:
        """Keep a value of so many bytes; those not used for longest give way."""
        gone = self._values.pop(key, None)
        self._held -= gone[1] if gone else 0
        self._values[key] = value, size
        self._held += size
        while self._held > self._most:
            _, (_, freed) = self._values.popitem(last=False)
            self._held -= freed

    def __len__(self) -> int:
        return len(self._values)
