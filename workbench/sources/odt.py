"""OpenDocument texts (odt), read from their XML.

Footnotes and endnotes keep their printed labels. Comments and tracked deletions are reported, not
included; generated tables of contents and list numbers are as the document stores them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from workbench.sources.archive import Archive, refuse_encrypted
from workbench.sources.extraction import Extraction
from workbench.sources.footnotes import Notes
from workbench.sources.paragraphs import PAGE_SIGN, join_blocks, turn_pages
from workbench.sources.refusals import refuse_empty, refuse_wrong_kind
from workbench.sources.tables import row_paragraphs

_EXPECTED = "an OpenDocument text (odt)"
_CONTENT = "content.xml"
_COUNTED = {
    "annotation": "comment",
    "deletion": "deletion",
    "ruby-text": "reading",
    "hidden-text": "hidden",
    "list-item": "number",
    "frame": "frame",
}
_LEFT_OUT = frozenset(
    {"annotation", "tracked-changes", "sequence-decls", "variable-decls", "user-field-decls", "forms",
     "ruby-text", "hidden-text", "script", "index-title-template"}
)  # fmt: skip
_DRAWING = "xmlns:svg-compatible:"
_WHITE_SPACE = re.compile(r"[ \t\n\r]+")


@dataclass(slots=True)
class _Reading:
    """What is gathered while the document is walked."""

    notes: Notes = field(default_factory=Notes)
    counts: dict[str, int] = field(default_factory=dict)
    boxes: list[Element] = field(default_factory=list)


def read_odt(name: str, data: bytes, *, encoding: str | None = None) -> tuple[Extraction, ...]:
    """Read an OpenDocument text; `encoding` does not apply."""
    archive = Archive(name, data, _EXPECTED)
    if _CONTENT not in archive:
        raise refuse_wrong_kind(name, data, _EXPECTED)
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise refuse_encrypted(name)
    reading = _Reading()
    body = [text for part in _bodies(archive.tree(_CONTENT)) for text in _children(part, reading)]
    content, places = join_blocks(turn_pages([*body, *reading.notes.paragraphs()]))
    if not places.paragraphs:
        raise refuse_empty(
            name, "the document holds no text" + (", only pictures" if "frame" in reading.counts else "")
        )
    return (
        Extraction(content, places, "odt", title=_title(archive), notes=_report(reading, bool(places.pages))),
    )


def _bodies(document: Element) -> list[Element]:
    return [part for body in document if _local(body) == "body" for part in body]


def _paragraphs(element: Element, reading: _Reading) -> list[str]:
    kind = _local(element)
    _count(element, kind, reading)
    if _is_left_out(element, kind):
        return []
    if kind in {"p", "h"}:
        return _paragraph(element, reading)
    if kind == "table-row":
        cells = [cell for cell in element if _local(cell) == "table-cell"]
        return row_paragraphs([_children(cell, reading) for cell in cells])
    if kind == "soft-page-break":
        return [PAGE_SIGN]
    return _children(element, reading)


def _is_left_out(element: Element, kind: str) -> bool:
    """Tell what is no text of the body; titles and descriptions are such where they belong to a picture."""
    return kind in _LEFT_OUT or (kind in {"title", "desc"} and _DRAWING in element.tag)


def _count(element: Element, kind: str, reading: _Reading) -> None:
    if kind == "tracked-changes":
        reading.counts["deletion"] = sum(_local(each) == "deletion" for each in element.iter())
    elif kind in _COUNTED:
        reading.counts[_COUNTED[kind]] = reading.counts.get(_COUNTED[kind], 0) + 1


def _children(element: Element, reading: _Reading) -> list[str]:
    return [text for child in element for text in _paragraphs(child, reading)]


def _paragraph(element: Element, reading: _Reading) -> list[str]:
    """Read a paragraph and, after it, the text boxes that hang on it."""
    outer, reading.boxes = reading.boxes, []
    text = _inline(element, reading).strip(" ")
    boxes, reading.boxes = reading.boxes, outer
    return [text, *(text for box in boxes for text in _children(box, reading))]


def _inline(element: Element, reading: _Reading) -> str:
    pieces = [_collapse(element.text)]
    for child in element:
        kind = _local(child)
        _count(child, kind, reading)
        if not _is_left_out(child, kind):
            pieces.append(_sign(child, kind, reading))
        pieces.append(_collapse(child.tail))
    return "".join(pieces)


def _sign(element: Element, kind: str, reading: _Reading) -> str:
    """Return the characters that an inline element stands for."""
    if kind == "s":
        return " " * min(_number(element), 1_000)
    if kind == "tab":
        return "\t"
    if kind == "line-break":
        return "\n"
    if kind == "note":
        return _note(element, reading)
    if kind == "text-box":
        reading.boxes.append(element)
        return ""
    if kind == "soft-page-break":
        return PAGE_SIGN
    return _inline(element, reading)


def _number(element: Element) -> int:
    value = _attribute(element, "c")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 5 else 1


def _note(element: Element, reading: _Reading) -> str:
    label = ""
    paragraphs: list[str] = []
    for part in element:
        if _local(part) == "note-citation":
            label = "".join(part.itertext()).strip()
        elif _local(part) == "note-body":
            paragraphs = _children(part, reading)
    if _attribute(element, "note-class") == "endnote":
        return reading.notes.add_endnote(paragraphs, label)
    return reading.notes.add_footnote(paragraphs, label)


def _collapse(text: str | None) -> str:
    """Collapse white space as the format prescribes; further spaces are elements of their own."""
    return _WHITE_SPACE.sub(" ", text) if text else ""


def _title(archive: Archive) -> str:
    if "meta.xml" not in archive:
        return ""
    found = (each for each in archive.tree("meta.xml").iter() if _local(each) == "title")
    return next(((each.text or "").strip() for each in found), "")


def _report(reading: _Reading, paged: bool) -> tuple[str, ...]:
    counts = reading.counts
    report = [*reading.notes.report()]
    if counts.get("comment"):
        report.append(f"Comments in the margin, not part of the text: {counts['comment']}.")
    if counts.get("deletion"):
        report.append(f"Tracked changes: insertions kept, deletions left out {counts['deletion']}.")
    if counts.get("hidden"):
        report.append(f"Hidden text found and left out; places: {counts['hidden']}.")
    if counts.get("reading"):
        report.append(f"Readings over characters (furigana) left out: {counts['reading']}.")
    if counts.get("number"):
        report.append(f"Automatic list numbers and bullets, not part of the text: {counts['number']}.")
    if paged:
        report.append("Pages are those of the last layout saved in the document.")
    return tuple(report)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _attribute(element: Element, name: str) -> str:
    for key, value in element.items():
        if key.rpartition("}")[2] == name:
            return value
    return ""
