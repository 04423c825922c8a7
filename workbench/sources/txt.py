"""Plain text. The source text is kept verbatim; form feeds are taken as page ends."""

from __future__ import annotations

import re

from workbench.sources.encoding import decode
from workbench.sources.extraction import Extraction
from workbench.sources.refusals import refuse_empty

_VISIBLE = re.compile(r"\S")


def read_txt(name: str, data: bytes, *, encoding: str | None = None) -> tuple[Extraction, ...]:
    """Read a plain text file."""
    return (read_lines(name, data, "txt", encoding=encoding),)


def read_lines(name: str, data: bytes, format_name: str, *, encoding: str | None = None) -> Extraction:
    """Read a format whose source text is its text."""
    decoded = decode(name, data, encoding=encoding)
    if not _VISIBLE.search(decoded.content):
        raise refuse_empty(name)
    return Extraction(decoded.content, None, format_name, decoded.encoding, notes=decoded.notes)
