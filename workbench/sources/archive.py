"""Zip archives, tamed: nothing is written to disk, and everything is counted while it is expanded.

Declared sizes are not believed. An archive with too many, overlapping, doubled or escaping entries is
refused before anything in it is expanded.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Sequence
from io import BytesIO
from xml.etree.ElementTree import Element

from workbench.errors import UnreadableFile
from workbench.sources.limits import (
    EXPANSION_FREE_BYTES,
    MAX_ARCHIVE_BYTES,
    MAX_ARCHIVE_ENTRIES,
    MAX_ENTRY_BYTES,
    MAX_EXPANSION,
    MAX_XML_TAGS,
    MEBIBYTE,
)
from workbench.sources.refusals import (
    reading,
    refuse_damaged,
    refuse_hostile,
    refuse_wrong_kind,
)

_CHUNK_BYTES = 64 * 1024
_DIRECTORY_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_ENCRYPTED_FLAG = 0x1
_LIBRARY_ERRORS = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, NotImplementedError)


class Archive:
    """The entries of one archive, expanded only when asked for and within limits."""

    def __init__(self, name: str, data: bytes, expected: str) -> None:
        if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            raise refuse_wrong_kind(name, data, expected)
        if data.count(_DIRECTORY_ENTRY) > MAX_ARCHIVE_ENTRIES:
            raise refuse_hostile(name, f"it packs more than {MAX_ARCHIVE_ENTRIES} files")
        self._name = name
        self._expected = expected
        with reading(name, expected, *_LIBRARY_ERRORS):
            self._zip = zipfile.ZipFile(BytesIO(data))
            infos = self._zip.infolist()
            _refuse_escapes(name, infos)
            _refuse_overlaps(name, data, infos, self._zip.start_dir)
        self._infos = {info.filename: info for info in infos}
        self._expanded_bytes = 0

    def __contains__(self, entry: str) -> bool:
        return entry in self._infos

    def read(self, entry: str) -> bytes:
        """Expand one entry; raises UnreadableFile where it is missing, damaged, encrypted or too large."""
        info = self._infos.get(entry)
        if info is None:
            raise refuse_damaged(self._name, self._expected, f"its part “{entry}” is missing")
        if info.flag_bits & _ENCRYPTED_FLAG:
            raise refuse_encrypted(self._name)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refuse_damaged(self._name, self._expected, "it is packed in a way these files never are")
        with reading(self._name, self._expected, *_LIBRARY_ERRORS):
            return self._expand(info)

    def tree(self, entry: str, *, document_type: bool = False) -> Element:
        """Parse one entry as XML without entities; `document_type` lets a harmless DOCTYPE pass."""
        return parse_xml(self._name, self._expected, self.read(entry), document_type=document_type)

    def _expand(self, info: zipfile.ZipInfo) -> bytes:
        pieces: list[bytes] = []
        expanded_bytes = 0
        with self._zip.open(info) as stream:
            while piece := stream.read(_CHUNK_BYTES):
                expanded_bytes += len(piece)
                self._expanded_bytes += len(piece)
                self._refuse_excess(expanded_bytes, info.compress_size)
                pieces.append(piece)
        return b"".join(pieces)

    def _refuse_excess(self, expanded_bytes: int, packed_bytes: int) -> None:
        if expanded_bytes > EXPANSION_FREE_BYTES and expanded_bytes > MAX_EXPANSION * packed_bytes:
            raise refuse_hostile(
                self._name, f"a part of it grows to more than {MAX_EXPANSION} times its size"
            )
        if expanded_bytes > MAX_ENTRY_BYTES:
            raise refuse_hostile(self._name, f"a part of it is larger than {MAX_ENTRY_BYTES // MEBIBYTE} MB")
        if self._expanded_bytes > MAX_ARCHIVE_BYTES:
            raise refuse_hostile(
                self._name, f"its parts are larger than {MAX_ARCHIVE_BYTES // MEBIBYTE} MB together"
            )


def refuse_encrypted(name: str) -> UnreadableFile:
    """Say that a file needs a password."""
    return UnreadableFile(
        f"“{name}” is encrypted with a password.",
        do="Open it in its own program, save a copy without the password and import the copy.",
    )


def parse_xml(name: str, expected: str, data: bytes, *, document_type: bool = False) -> Element:
    """Parse XML that defines no entities and fetches nothing; raises UnreadableFile otherwise."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    if data.count(b"<") > MAX_XML_TAGS:
        raise refuse_hostile(name, f"a part of it has more than {MAX_XML_TAGS} tags")
    try:
        with reading(name, expected, SyntaxError):
            tree: Element = fromstring(data, forbid_dtd=not document_type)
            return tree
    except UnreadableFile as error:
        if isinstance(error.__cause__, DefusedXmlException):
            detail = "it defines XML entities, which can exhaust memory or fetch other files"
            raise refuse_hostile(name, detail) from error.__cause__
        raise


def _refuse_escapes(name: str, infos: Sequence[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for info in infos:
        parts = info.filename.replace("\\", "/").split("/")
        if ".." in parts or parts[0] == "" or parts[0].endswith(":"):
            raise refuse_hostile(name, "the names of its parts reach outside of it")
        if info.filename in seen:
            raise refuse_hostile(name, "two of its parts have the same name")
        seen.add(info.filename)


def _refuse_overlaps(name: str, data: bytes, infos: Sequence[zipfile.ZipInfo], directory_start: int) -> None:
    """Refuse entries that share bytes: such an archive expands the same bytes many times over."""
    end = 0
    for info in sorted(infos, key=lambda each: each.header_offset):
        start = info.header_offset
        if start < end:
            raise refuse_hostile(name, "its parts overlap")
        signature, name_bytes, extra_bytes = _LOCAL_HEADER.unpack_from(data, start)
        if signature != b"PK\x03\x04":
            raise zipfile.BadZipFile("a part does not begin where the directory says")
        end = start + 30 + name_bytes + extra_bytes + info.compress_size
    if end > directory_start:
        raise refuse_hostile(name, "its parts overlap")
