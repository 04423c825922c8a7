"""Rich Text (rtf), through striprtf.

Before conversion the source is made safe for the library: raw bytes become escapes, pictures are taken
out, links keep their text only and footnotes are set after the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from workbench.sources.encoding import note_replacements
from workbench.sources.extraction import Extraction
from workbench.sources.footnotes import Notes
from workbench.sources.limits import MAX_RTF_BYTES, MAX_RTF_FONT_TABLE_BYTES, MEBIBYTE
from workbench.sources.paragraphs import Block, join_blocks
from workbench.sources.refusals import reading, refuse_empty, refuse_hostile, refuse_wrong_kind

_EXPECTED = "a Rich Text file (rtf)"
_PICTURE_DIGITS = re.compile(r"[0-9A-Fa-f]{512,}+|(?:[0-9A-Fa-f]{32,}+[\r\n]++){8,}+")
_HIGH_BYTE = re.compile(r"[\x80-\xff]")
_HIGH_PAIR = re.compile(r"([\x81-\x9f\xe0-\xfc])([\x40-\x7e\x80-\xfc])")
_CODE_PAGE = re.compile(r"\\ansicpg(\d{1,5})")
_FIELD = re.compile(r"(\\fldinst)\{", re.IGNORECASE)
_CELL = re.compile(r"\\(?:nest)?cell(?![a-z])")
_FONT_TABLE = re.compile(r"\{\s*\\fonttbl")
_FOOTNOTE = re.compile(r"\{\s*(?:\\\*\s*)?\\footnote(?![a-z])")
_ENDNOTE = re.compile(r"\\ftnalt(?![a-z])")
_TITLE = re.compile(r"\{\s*(?:\\\*\s*)?\\title(?![a-z])")
_SPECIAL = re.compile(r"\\.|[{}]", re.DOTALL)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_BLANK_LINES = re.compile(r"\n+")


def read_rtf(name: str, data: bytes, *, encoding: str | None = None) -> tuple[Extraction, ...]:
    """Read a Rich Text file; it declares its own code pages, so `encoding` does not apply."""
    if not data.lstrip()[:5].lower().startswith(b"{\\rtf"):
        raise refuse_wrong_kind(name, data, _EXPECTED)
    source = _prepared(name, data)
    header = _header(name, source)
    body, raw_notes = _cut_groups(source, _FOOTNOTE)
    body, titles = _cut_groups(body, _TITLE)
    notes = Notes()
    with reading(name, _EXPECTED):
        marked = _mark_notes(body, raw_notes, header, notes)
        paragraphs = [*_lines(_convert(marked)), *notes.paragraphs()]
        title = " ".join(_convert(header + _unwrap(titles[0], _TITLE) + "}").split()) if titles else ""
    content, places = join_blocks([Block(text) for text in paragraphs])
    if not places.paragraphs:
        raise refuse_empty(name)
    report = (*notes.report(), *note_replacements(content))
    return (Extraction(content, places, "rtf", title=title, notes=report),)


def _prepared(name: str, data: bytes) -> str:
    source = _PICTURE_DIGITS.sub("", data.decode("latin-1"))
    if len(source) > MAX_RTF_BYTES:
        raise refuse_hostile(name, f"it holds more than {MAX_RTF_BYTES // MEBIBYTE} MB besides its pictures")
    page = _CODE_PAGE.search(source)
    if page and page.group(1) in {"932", "936", "949", "950"}:
        source = _HIGH_PAIR.sub(lambda pair: _escaped(pair.group(1)) + _escaped(pair.group(2)), source)
    source = _HIGH_BYTE.sub(lambda byte: _escaped(byte.group()), source)
    return _CELL.sub(r"\\tab", _FIELD.sub(r"\1 {", source))


def _escaped(character: str) -> str:
    return f"\\'{ord(character):02x}"


def _header(name: str, source: str) -> str:
    """Return what a group cut out of the file needs in order to be read by itself."""
    table = _FONT_TABLE.search(source)
    fonts = source[table.start() : _end_of_group(source, table.start())] if table else ""
    if len(fonts) > MAX_RTF_FONT_TABLE_BYTES or any(len(line) > 20_000 for line in fonts.split(";}")):
        raise refuse_hostile(name, "its list of fonts is too large")
    page = _CODE_PAGE.search(source)
    return "{\\rtf1\\ansi" + (page.group() if page else "") + fonts + " "


def _cut_groups(source: str, opening: re.Pattern[str]) -> tuple[str, list[str]]:
    """Take all groups with this beginning out, leaving `{\\x1a}` in the place of each."""
    kept: list[str] = []
    groups: list[str] = []
    position = 0
    while found := opening.search(source, position):
        end = _end_of_group(source, found.start())
        kept.append(source[position : found.start()])
        kept.append("{\x1a}")
        groups.append(source[found.start() : end])
        position = end
    return "".join((*kept, source[position:])), groups


def _end_of_group(source: str, start: int) -> int:
    depth = 0
    for sign in _SPECIAL.finditer(source, start):
        depth += {"{": 1, "}": -1}.get(sign.group(), 0)
        if depth == 0 and sign.group() == "}":
            return sign.end()
    return len(source)


def _mark_notes(body: str, raw_notes: list[str], header: str, notes: Notes) -> str:
    """Put the mark of each note where the note stood, and keep its paragraphs."""
    first, *rest = body.split("{\x1a}")
    pieces = [first]
    for raw, following in zip(raw_notes, rest, strict=False):
        paragraphs = _lines(_convert(header + _unwrap(raw, _FOOTNOTE) + "}"))
        mark = notes.add_endnote(paragraphs) if _ENDNOTE.search(raw[:80]) else notes.add_footnote(paragraphs)
        pieces.extend((mark, following))
    pieces.extend(rest[len(raw_notes) :])
    return "".join(pieces)


def _unwrap(group: str, opening: re.Pattern[str]) -> str:
    return "{" + opening.sub("", group, count=1)


def _convert(source: str) -> str:
    from striprtf.striprtf import rtf_to_text

    convert: Callable[..., str] = rtf_to_text
    text = convert(source, errors="replace").replace("\x1a", "")
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _lines(text: str) -> list[str]:
    """Split converted text into paragraphs; cells end in a tab, which the last of a row does not need."""
    return [line.rstrip("\t ") for line in _BLANK_LINES.split(text.replace("\r", "\n")) if line.strip()]
