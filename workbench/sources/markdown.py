"""Markdown. The source text is kept verbatim and is not rendered, so that offsets are those of the file."""

from __future__ import annotations

import re
from dataclasses import replace

from workbench.sources.extraction import Extraction
from workbench.sources.txt import read_lines

_FRONT_MATTER = re.compile(r"\A---\n(.*?)^(?:---|\.\.\.)$", re.MULTILINE | re.DOTALL)
_FRONT_TITLE = re.compile(r"^title:[ \t]*[\"']?(.+?)[\"']?[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*$", re.MULTILINE)
_TITLE_WITHIN = 4_000
"""Characters from the start in which a title is looked for."""


def read_markdown(name: str, data: bytes, *, encoding: str | None = None) -> tuple[Extraction, ...]:
    """Read a Markdown file; the title is that of its front matter or its first heading of level 1."""
    extraction = read_lines(name, data, "md", encoding=encoding)
    return (replace(extraction, title=_title(extraction.content[:_TITLE_WITHIN])),)


def _title(beginning: str) -> str:
    front = _FRONT_MATTER.match(beginning)
    found = _FRONT_TITLE.search(front.group(1)) if front else None
    found = found or _HEADING.search(beginning, front.end() if front else 0)
    return found.group(1) if found else ""
