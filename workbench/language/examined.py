"""Files of a third party, held against the hashes of those that were examined before anything uses them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path


def manifest(name: str) -> str:
    """Give a list of hashes of this repository as it is written."""
    return files("workbench.language").joinpath(f"data/{name}.sha256").read_text(encoding="utf-8")


def differing(folder: Path, name: str, *, concerns: Callable[[Path], bool]) -> list[str]:
    """List the files of a folder that are not as in a manifest: other, missing, or added."""
    lines = (line.split("  ", 1) for line in manifest(name).splitlines())
    expected = {file: digest for digest, file in lines}
    wrong = [
        file
        for file, digest in expected.items()
        if not (folder / file).is_file() or hashlib.sha256((folder / file).read_bytes()).hexdigest() != digest
    ]
    there = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file() and concerns(path))
    return sorted(wrong) + sorted(path.as_posix() for path in there if path.as_posix() not in expected)
