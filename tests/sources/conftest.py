"""Makers of small office documents, friendly and hostile."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Protocol

import pytest

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
ODF_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
ODF_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
CONTAINER = '<container><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>'


class MakeArchive(Protocol):
    def __call__(self, entries: Mapping[str, str | bytes], *, stored: bool = False) -> bytes: ...


def _archive(entries: Mapping[str, str | bytes], *, stored: bool = False) -> bytes:
    packed = BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.fixture
def make_archive() -> MakeArchive:
    return _archive


@pytest.fixture
def make_docx() -> Callable[..., bytes]:
    def make(body: str, *, prologue: str = "", entries: Mapping[str, str | bytes] | None = None) -> bytes:
        document = f'{prologue}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        return _archive({"word/document.xml": document, **(entries or {})})

    return make


@pytest.fixture
def make_odt() -> Callable[..., bytes]:
    def make(body: str, *, prologue: str = "", entries: Mapping[str, str | bytes] | None = None) -> bytes:
        names = f'xmlns:office="{OFFICE}" xmlns:text="{ODF_TEXT}" xmlns:table="{ODF_TABLE}"'
        content = (
            f"{prologue}<office:document-content {names}><office:body><office:text>{body}"
            "</office:text></office:body></office:document-content>"
        )
        return _archive({"content.xml": content, **(entries or {})})

    return make


@pytest.fixture
def make_epub() -> Callable[..., bytes]:
    def make(
        *pages: str, title: str = "", package: str = "", entries: Mapping[str, str | bytes] | None = None
    ) -> bytes:
        items = "".join(
            f'<item id="i{number}" href="p{number}.xhtml" media-type="application/xhtml+xml"/>'
            for number in range(len(pages))
        )
        spine = "".join(f'<itemref idref="i{number}"/>' for number in reversed(range(len(pages))))
        default = (
            f'<package><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></metadata>'
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
        )
        book = {f"p{number}.xhtml": page for number, page in enumerate(pages)}
        parts = {"META-INF/container.xml": CONTAINER, "book.opf": package or default, **book}
        return _archive({**parts, **(entries or {})})

    return make
