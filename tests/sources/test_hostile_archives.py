"""Archives that try to exhaust the machine or to reach outside are put down."""

from __future__ import annotations

import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from workbench.errors import UnreadableFile
from workbench.sources import archive as archive_module
from workbench.sources import read_bytes
from workbench.sources.archive import Archive
from workbench.sources.limits import MAX_ARCHIVE_ENTRIES, MEBIBYTE

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lol [<!ENTITY a "lol">'
    + "".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">'
        for before, after in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)
FETCH = '<?xml version="1.0"?><!DOCTYPE lol [<!ENTITY j SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("prologue", [LAUGHS, FETCH])
@pytest.mark.parametrize("kind", ["docx", "odt", "epub"])
def test_xml_entities_are_refused(request: pytest.FixtureRequest, prologue: str, kind: str) -> None:
    make = request.getfixturevalue(f"make_{kind}")
    bodies = {"docx": "<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", "odt": "<text:p>&j;</text:p>"}
    if kind == "epub":
        data = make("<p>x</p>", package=f"{prologue}<package><title>&j;</title></package>")
    else:
        data = make(bodies[kind], prologue=prologue)
    with pytest.raises(UnreadableFile, match="XML entities"):
        read_bytes(f"laughs.{kind}", data)


@pytest.mark.parametrize("prologue", [LAUGHS, FETCH])
def test_entities_in_the_pages_of_a_book_or_on_the_web_are_not_expanded(
    make_epub: Callable[..., bytes], prologue: str
) -> None:
    page = f"{prologue}<html><body><p>before &j; after</p></body></html>"
    for name, data in (("laughs.epub", make_epub(page)), ("laughs.html", page.encode())):
        (extraction,) = read_bytes(name, data)
        assert "before &j; after" in extraction.content
        assert len(extraction.content) < 1_000


def test_a_part_that_grows_without_bound_is_refused_in_little_memory(make_docx: Callable[..., bytes]) -> None:
    data = make_docx(" " * (40 * MEBIBYTE))
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableFile, match="200 times its size"):
            read_bytes("bomb.docx", data)
        assert tracemalloc.get_traced_memory()[1] < 20 * MEBIBYTE
    finally:
        tracemalloc.stop()


def test_parts_that_are_too_large_together_are_refused(
    make_archive: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_module, "MAX_ARCHIVE_BYTES", 2_500)
    archive = Archive(
        "a.docx", make_archive({"a": "x" * 1_000, "b": "x" * 1_000, "c": "x" * 1_000}), "a file"
    )
    archive.read("a")
    archive.read("b")
    with pytest.raises(UnreadableFile, match="together"):
        archive.read("c")


def test_a_single_part_that_is_too_large_is_refused(
    make_archive: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_module, "MAX_ENTRY_BYTES", 999)
    with pytest.raises(UnreadableFile, match="a part of it is larger"):
        Archive("a.docx", make_archive({"a": "x" * 1_000}), "a file").read("a")


def test_an_archive_of_very_many_files_is_refused_before_its_directory_is_read() -> None:
    entry = struct.pack("<4s42x", b"PK\x01\x02")
    data = b"PK\x03\x04" + entry * (MAX_ARCHIVE_ENTRIES + 1)
    with pytest.raises(UnreadableFile, match="more than 10000 files"):
        read_bytes("many.docx", data)


def _with_declared_size(data: bytes, declared: int) -> bytes:
    changed = bytearray(data)
    struct.pack_into("<I", changed, changed.index(b"PK\x01\x02") + 24, declared)
    return bytes(changed)


def test_a_declared_size_that_is_too_small_does_not_cut_the_text_silently(
    make_docx: Callable[..., bytes],
) -> None:
    data = make_docx("<w:p><w:r><w:t>" + "text " * 1_000 + "</w:t></w:r></w:p>")
    with pytest.raises(UnreadableFile, match="is damaged"):
        read_bytes("lying.docx", _with_declared_size(data, 10))


def test_a_declared_size_that_is_too_large_is_not_believed(make_docx: Callable[..., bytes]) -> None:
    data = make_docx("<w:p><w:r><w:t>text</w:t></w:r></w:p>")
    assert read_bytes("lying.docx", _with_declared_size(data, 4_000_000_000))[0].content == "text"


def test_entries_that_share_bytes_are_refused(make_archive: Callable[..., bytes]) -> None:
    data = bytearray(make_archive({"word/document.xml": "<a/>" * 50, "b": "<b/>"}))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    struct.pack_into("<I", data, second + 42, 0)
    with pytest.raises(UnreadableFile, match="overlap"):
        read_bytes("quine.docx", bytes(data))


@pytest.mark.parametrize("name", ["../../evil", "/etc/passwd", "word/../../x", "..\\evil", "C:/evil"])
def test_names_that_reach_outside_are_refused(make_docx: Callable[..., bytes], name: str) -> None:
    data = make_docx("<w:p><w:r><w:t>text</w:t></w:r></w:p>", entries={name: "x"})
    with pytest.raises(UnreadableFile, match="reach outside"):
        read_bytes("traversal.docx", data)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_entries_of_the_same_name_are_refused() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
        archive.writestr("word/document.xml", "<b/>")
    with pytest.raises(UnreadableFile, match="same name"):
        read_bytes("double.docx", packed.getvalue())


def test_a_relation_that_points_outside_of_the_archive_is_refused(make_docx: Callable[..., bytes]) -> None:
    relations = '<r><Relationship Type="x/officeDocument" Target="../../../etc/passwd"/></r>'
    data = make_docx("<w:p/>", entries={"_rels/.rels": relations})
    with pytest.raises(UnreadableFile, match="main part is missing"):
        read_bytes("outside.docx", data)


def test_parts_nested_very_deeply_are_refused(make_docx: Callable[..., bytes]) -> None:
    with pytest.raises(UnreadableFile, match="nested too deeply"):
        read_bytes("deep.docx", make_docx("<w:x>" * 5_000 + "</w:x>" * 5_000))


def test_a_part_with_millions_of_tags_is_refused(
    make_docx: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_module, "MAX_XML_TAGS", 100)
    with pytest.raises(UnreadableFile, match="more than 100 tags"):
        read_bytes("tags.docx", make_docx("<w:p/>" * 200))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_archive_is_refused_as_damaged(make_docx: Callable[..., bytes], share: float) -> None:
    data = make_docx("<w:p><w:r><w:t>text</w:t></w:r></w:p>")
    with pytest.raises(UnreadableFile, match="is damaged"):
        read_bytes("cut.docx", data[: int(len(data) * share)])


def test_a_flipped_byte_in_packed_data_is_noticed(make_docx: Callable[..., bytes]) -> None:
    data = bytearray(make_docx("<w:p><w:r><w:t>" + "text " * 100 + "</w:t></w:r></w:p>"))
    data[60] ^= 0xFF
    with pytest.raises(UnreadableFile, match="is damaged"):
        read_bytes("flipped.docx", bytes(data))


def test_an_entry_with_a_password_is_refused_as_encrypted(make_docx: Callable[..., bytes]) -> None:
    data = bytearray(make_docx("<w:p/>"))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableFile, match="encrypted with a password"):
        read_bytes("locked.docx", bytes(data))
