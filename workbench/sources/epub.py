"""E-books (epub): the documents of the spine in reading order, through the reader of web pages."""

from __future__ import annotations

from dataclasses import dataclass
from posixpath import dirname, join, normpath
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from workbench.sources.archive import Archive
from workbench.sources.encoding import decode
from workbench.sources.extraction import Extraction
from workbench.sources.html import HtmlReading, declared_encoding, paragraphs_of, parse_html
from workbench.sources.paragraphs import join_blocks, turn_pages
from workbench.sources.refusals import refuse_damaged, refuse_empty, refuse_wrong_kind

_EXPECTED = "an e-book (epub)"
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})


@dataclass(frozen=True, slots=True)
class _Package:
    """What the package document says."""

    title: str
    spine: tuple[str, ...]
    """Entries in reading order."""


def read_epub(name: str, data: bytes, *, encoding: str | None = None) -> tuple[Extraction, ...]:
    """Read an e-book; its table of contents is left out, `encoding` does not apply.

    A document of the spine that holds the book's title and nothing else is left out too: the title is
    kept as such.
    """
    archive = Archive(name, data, _EXPECTED)
    if _CONTAINER not in archive:
        raise refuse_wrong_kind(name, data, _EXPECTED)
    package = _package(name, archive)
    _refuse_protected(name, archive, package)
    found = HtmlReading()
    paragraphs: list[str] = []
    notes: list[str] = []
    for entry in package.spine:
        of_entry, reported = _document(name, archive, entry, found)
        notes.extend(reported)
        if [text.strip() for text in of_entry] != [package.title]:
            paragraphs.extend(of_entry)
    content, places = join_blocks(turn_pages(paragraphs, found.labels))
    if not places.paragraphs:
        raise refuse_empty(name, "the book holds no text, perhaps only pictures of its pages")
    return (Extraction(content, places, "epub", title=package.title, notes=(*notes, *found.report())),)


def _package(name: str, archive: Archive) -> _Package:
    container = archive.tree(_CONTAINER, document_type=True)
    path = next((each.get("full-path", "") for each in container.iter() if _local(each) == "rootfile"), "")
    if path not in archive:
        raise refuse_damaged(name, _EXPECTED, "its table of parts is missing")
    package = archive.tree(path, document_type=True)
    items = {each.get("id", ""): each for each in package.iter() if _local(each) == "item"}
    spine = []
    for reference in package.iter():
        item = items.get(reference.get("idref", "")) if _local(reference) == "itemref" else None
        if item is not None and _is_page(item) and reference.get("linear") != "no":
            spine.append(normpath(join(dirname(path), unquote(item.get("href", "").partition("#")[0]))))
    title = next(("".join(each.itertext()).strip() for each in package.iter() if _local(each) == "title"), "")
    return _Package(title, tuple(spine))


def _is_page(item: Element) -> bool:
    return item.get("media-type", "") in _PAGES and "nav" not in item.get("properties", "").split()


def _refuse_protected(name: str, archive: Archive, package: _Package) -> None:
    """Refuse books under digital rights management; scrambled fonts alone do no harm."""
    if _ENCRYPTION not in archive:
        return
    locked = {unquote(each.get("URI", "")) for each in archive.tree(_ENCRYPTION).iter()}
    if locked & set(package.spine):
        raise refuse_empty(name, "the book is protected against copying (DRM) and its text cannot be read")


def _document(
    name: str, archive: Archive, entry: str, found: HtmlReading
) -> tuple[list[str], tuple[str, ...]]:
    data = archive.read(entry)
    decoded = decode(f"{name}: {entry}", data, declared=declared_encoding(data))
    soup = parse_html(name, decoded.content)
    notes = tuple(f"{entry}: {note}" for note in decoded.notes)
    return paragraphs_of(soup, found), notes


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]
