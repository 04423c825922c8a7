"""Word documents (docx), read from their XML.

Tracked insertions are kept and deletions left out, as in Word's view "No markup". Text boxes follow the
paragraph they hang on. Comments, hidden text and readings over characters are reported, not included.
Pages are those of the last layout that Word saved; without one, the explicit page breaks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from xml.etree.ElementTree import Element

from workbench.sources.archive import Archive
from workbench.sources.extraction import Extraction
from workbench.sources.footnotes import Notes
from workbench.sources.paragraphs import PAGE_SIGN, join_blocks, turn_pages
from workbench.sources.refusals import refuse_damaged, refuse_empty
from workbench.sources.tables import row_paragraphs

_EXPECTED = "a Word document (docx)"
_LEFT_OUT = frozenset(
    {"del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText", "rPr", "tblPr", "trPr", "tcPr",
     "sectPr", "rt", "sdtPr", "sdtEndPr", "annotationRef", "footnoteRef", "endnoteRef", "fldData"}
)  # fmt: skip
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_COUNTED = {
    "del": "deletion", "moveFrom": "deletion", "ins": "insertion", "moveTo": "insertion", "rt": "reading",
    "commentReference": "comment", "OLEObject": "embedded object", "pict": "picture", "blip": "picture",
}  # fmt: skip


@dataclass(slots=True)
class _Reading:
    """What is gathered while the document is walked."""

    parts: dict[str, dict[str, Element]]
    """Notes by kind (`footnote`, `endnote`) and id."""
    page_sign: str
    """Name of the element that counts as a page break."""
    notes: Notes = field(default_factory=Notes)
    counts: dict[str, int] = field(default_factory=dict)
    boxes: list[Element] = field(default_factory=list)

    def count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1


def read_docx(name: str, data: bytes, *, encoding: str | None = None) -> tuple[Extraction, ...]:
    """Read a Word document; `encoding` does not apply."""
    archive = Archive(name, data, _EXPECTED)
    main = _main_part(name, archive)
    document = archive.tree(main)
    related = _relations(archive, main)
    reading = _Reading(
        {kind: _notes_of(archive, related.get(f"{kind}s", ""), kind) for kind in ("footnote", "endnote")},
        _page_sign(document),
    )
    body = _children(document, reading)
    content, places = join_blocks(turn_pages([*body, *reading.notes.paragraphs()]))
    if not places.paragraphs:
        raise refuse_empty(
            name, "the document holds no text" + (", only pictures" if "picture" in reading.counts else "")
        )
    return (
        Extraction(
            content, places, "docx", title=_title(archive), notes=_report(reading, bool(places.pages))
        ),
    )


def _main_part(name: str, archive: Archive) -> str:
    target = _relations(archive, "").get("officeDocument", "word/document.xml")
    if target not in archive:
        raise refuse_damaged(name, _EXPECTED, "its main part is missing")
    return target


def _relations(archive: Archive, part: str) -> dict[str, str]:
    """Find the parts that a part refers to, by the last word of the relation's type."""
    rels = join(dirname(part), "_rels", part.rpartition("/")[2] + ".rels")
    if rels not in archive:
        return {}
    found: dict[str, str] = {}
    for relation in archive.tree(rels):
        if relation.get("TargetMode") == "External":
            continue
        target = relation.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
        found.setdefault(relation.get("Type", "").rpartition("/")[2], path)
    return found


def _notes_of(archive: Archive, part: str, kind: str) -> dict[str, Element]:
    if not part or part not in archive:
        return {}
    return {_attribute(note, "id"): note for note in archive.tree(part) if _local(note) == kind}


def _page_sign(document: Element) -> str:
    saved = any(_local(element) == "lastRenderedPageBreak" for element in document.iter())
    return "lastRenderedPageBreak" if saved else "br"


def _paragraphs(element: Element, reading: _Reading) -> list[str]:
    """Turn a block-level element into paragraphs."""
    kind = _local(element)
    if kind in _COUNTED:
        reading.count(_COUNTED[kind])
    if kind in _LEFT_OUT:
        return []
    if kind == "p":
        if any(_local(each) == "numPr" for each in element.iter()):
            reading.count("number")
        return _paragraph(element, reading)
    if kind == "tr":
        return row_paragraphs([_children(cell, reading) for cell in _cells(element)])
    return _children(element, reading)


def _children(element: Element, reading: _Reading) -> list[str]:
    return [text for child in element for text in _paragraphs(child, reading)]


def _cells(row: Element) -> list[Element]:
    """List the cells of a row, also those inside content controls."""
    cells: list[Element] = []
    for child in row:
        if _local(child) == "tc":
            cells.append(child)
        elif _local(child) in {"sdt", "sdtContent", "customXml", "ins"}:
            cells.extend(_cells(child))
    return cells


def _paragraph(element: Element, reading: _Reading) -> list[str]:
    """Read a paragraph and, after it, the text boxes that hang on it."""
    outer, reading.boxes = reading.boxes, []
    text = _inline(element, reading)
    boxes, reading.boxes = reading.boxes, outer
    return [text, *(text for box in boxes for text in _children(box, reading))]


def _inline(element: Element, reading: _Reading) -> str:
    pieces: list[str] = []
    for child in element:
        kind = _local(child)
        if kind in _COUNTED:
            reading.count(_COUNTED[kind])
        if kind == "t":
            pieces.append(child.text or "")
        elif kind == "txbxContent":
            reading.boxes.append(child)
        elif kind == "r" and _is_hidden(child):
            reading.count("hidden run")
        elif kind not in _LEFT_OUT:
            pieces.append(_sign(child, kind, reading) or _inline(child, reading))
    return "".join(pieces)


def _sign(element: Element, kind: str, reading: _Reading) -> str:
    """Return the characters that an element without text stands for."""
    if kind == reading.page_sign and (kind != "br" or _attribute(element, "type") == "page"):
        return PAGE_SIGN
    if kind == "br":
        return "" if _attribute(element, "type") in {"page", "column"} else "\n"
    if kind == "sym":
        return _symbol(_attribute(element, "char"))
    if kind in {"footnoteReference", "endnoteReference"}:
        return _note(element, kind.removesuffix("Reference"), reading)
    return _SIGNS.get(kind, "")


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"


def _note(reference: Element, kind: str, reading: _Reading) -> str:
    note = reading.parts[kind].pop(_attribute(reference, "id"), None)
    if note is None:
        return ""
    paragraphs = _children(note, reading)
    return (
        reading.notes.add_footnote(paragraphs)
        if kind == "footnote"
        else reading.notes.add_endnote(paragraphs)
    )


def _is_hidden(run: Element) -> bool:
    for properties in run:
        if _local(properties) == "rPr":
            return any(
                _local(each) == "vanish" and _attribute(each, "val") not in {"0", "false", "off"}
                for each in properties
            )
    return False


def _title(archive: Archive) -> str:
    part = _relations(archive, "").get("core-properties", "")
    if part not in archive:
        return ""
    return next(((each.text or "").strip() for each in archive.tree(part) if _local(each) == "title"), "")


def _report(reading: _Reading, paged: bool) -> tuple[str, ...]:
    counts = reading.counts
    report = [*reading.notes.report()]
    if counts.get("comment"):
        report.append(f"Comments in the margin, not part of the text: {counts['comment']}.")
    if counts.get("insertion") or counts.get("deletion"):
        kept, left_out = counts.get("insertion", 0), counts.get("deletion", 0)
        report.append(f"Tracked changes: insertions kept {kept}, deletions left out {left_out}.")
    if counts.get("hidden run"):
        report.append(f"Hidden text found and left out; places: {counts['hidden run']}.")
    if counts.get("reading"):
        report.append(f"Readings over characters (furigana) left out: {counts['reading']}.")
    if counts.get("number"):
        report.append(f"Automatic list numbers and bullets, not part of the text: {counts['number']}.")
    if paged and reading.page_sign == "br":
        report.append(
            "Pages are counted by the explicit page breaks only and may differ from the printed ones."
        )
    elif paged:
        report.append("Pages are those of the last layout saved in the document.")
    return tuple(report)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _attribute(element: Element, name: str) -> str:
    """Read an attribute whatever namespace the document's dialect gives it."""
    for key, value in element.items():
        if key.rpartition("}")[2] == name:
            return value
    return ""
