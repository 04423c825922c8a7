"""Subtitles (srt, vtt), through pysubs2. One cue is one paragraph; its start time serves as page label."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.sources.encoding import decode
from workbench.sources.extraction import Extraction
from workbench.sources.paragraphs import Block, join_blocks
from workbench.sources.refusals import reading, refuse_empty


def read_srt(name: str, data: bytes, *, encoding: str | None = None) -> tuple[Extraction, ...]:
    """Read SubRip subtitles, with or without cue numbers."""
    return _read(name, data, "srt", encoding)


def read_vtt(name: str, data: bytes, *, encoding: str | None = None) -> tuple[Extraction, ...]:
    """Read WebVTT subtitles; notes, styles and speakers given in tags are left out by the library."""
    return _read(name, data, "vtt", encoding)


def _read(name: str, data: bytes, format_name: str, encoding: str | None) -> tuple[Extraction, ...]:
    from pysubs2 import SSAFile
    from pysubs2.exceptions import Pysubs2Error

    decoded = decode(name, data, encoding=encoding)
    with reading(name, "subtitles", Pysubs2Error):
        cues = SSAFile.from_string(decoded.content, format_=format_name)
        blocks = [Block(text, ((0, _clock(cue.start)),)) for cue in cues for text in _text(cue.plaintext)]
    content, places = join_blocks(blocks)
    if not places.paragraphs:
        raise refuse_empty(name, "no subtitle with a start and an end time was found in it")
    notes = (*decoded.notes, "Times are the start times of the cues and stand in the place of pages.")
    return (Extraction(content, places, format_name, decoded.encoding, notes=notes),)


def _text(plain: str) -> Iterator[str]:
    """Give the lines of a cue as one paragraph; a cue without text gives none."""
    lines = [line.strip() for line in plain.split("\n") if line.strip()]
    if lines:
        yield "\n".join(lines)


def _clock(milliseconds: int) -> str:
    seconds = milliseconds // 1000
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
