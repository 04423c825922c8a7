"""Subtitles (srt, vtt), through pysubs2. One cue is one paragraph; its start time serves as page label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from workbench.sources.encoding import decode
from workbench.sources.extraction import Extraction
from workbench.sources.limits import MAX_OPEN_BRACKETS
from workbench.sources.paragraphs import Block, join_blocks
from workbench.sources.refusals import reading, refuse_empty, refuse_hostile

_SPEAKER = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]+([^<>\n]+)>")
_BLANK_LINES = re.compile(r"\n{3,}")


def read_srt(name: str, data: bytes, *, encoding: str | None = None) -> tuple[Extraction, ...]:
    """Read SubRip subtitles, with or without cue numbers."""
    return _read(name, data, "srt", encoding)


def read_vtt(name: str, data: bytes, *, encoding: str | None = None) -> tuple[Extraction, ...]:
    """Read WebVTT subtitles; a speaker named in a tag is put before the words as `Name: `."""
    return _read(name, data, "vtt", encoding)


def _read(name: str, data: bytes, format_name: str, encoding: str | None) -> tuple[Extraction, ...]:
    from pysubs2 import SSAFile
    from pysubs2.exceptions import Pysubs2Error

    decoded = decode(name, data, encoding=encoding)
    source = _BLANK_LINES.sub("\n\n", decoded.content)
    if format_name == "vtt":
        source = _cues_only(source)
    if any(_unclosed(source, *brackets) > MAX_OPEN_BRACKETS for brackets in ("<>", "{}")):
        raise refuse_hostile(name, "it opens thousands of tags without closing one")
    with reading(name, "subtitles", Pysubs2Error):
        cues = SSAFile.from_string(source, format_=format_name)
        blocks = [
            Block(text, ((0, _clock(cue.start)),))
            for cue in cues
            for text in _text(cue.plaintext, format_name)
        ]
    content, places = join_blocks(blocks)
    if not places.paragraphs:
        raise refuse_empty(name, "no subtitle with a start and an end time was found in it")
    notes = (*decoded.notes, "Times are the start times of the cues and stand in the place of pages.")
    return (Extraction(content, places, format_name, decoded.encoding, notes=notes),)


def _unclosed(source: str, opening: str, closing: str) -> int:
    """Count the most opening brackets that stand before a closing one."""
    return max(stretch.count(opening) for stretch in source.split(closing))


def _cues_only(source: str) -> str:
    """Leave out notes, styles and the names of cues, which the library would take for spoken words."""
    blocks = (
        block[block.rfind("\n", 0, block.index("-->")) + 1 :]
        for block in source.split("\n\n")
        if "-->" in block
    )
    return _SPEAKER.sub(r"\1: ", "WEBVTT\n\n" + "\n\n".join(blocks))


def _text(plain: str, format_name: str) -> Iterator[str]:
    """Give the lines of a cue as one paragraph; a cue without text gives none."""
    plain = unescape(plain) if format_name == "vtt" else plain
    lines = [line.strip() for line in plain.split("\n") if line.strip()]
    if lines:
        yield "\n".join(lines)


def _clock(milliseconds: int) -> str:
    seconds = milliseconds // 1000
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
