"""Word and OpenDocument files, with all that hangs on their text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.errors import UnreadableFile
from workbench.sources import read_bytes, read_file

MakeFile = Callable[..., bytes]


def _run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def test_a_row_of_a_table_is_a_paragraph_of_cells_with_tabs(shared_data: Path) -> None:
    _, (extraction,) = read_file(shared_data / "nasty-docs/docx-mammoth/tables.docx")
    assert extraction.content == "Above\nTop left\tTop right\nBottom left\tBottom right\nBelow"
    assert len(extraction.places.paragraphs) == 4


def test_cells_with_several_paragraphs_stay_paragraphs(make_docx: MakeFile) -> None:
    cells = f"<w:tc><w:p>{_run('a')}</w:p><w:p>{_run('b')}</w:p></w:tc><w:tc><w:p>{_run('c')}</w:p></w:tc>"
    (extraction,) = read_bytes("t.docx", make_docx(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"))
    assert extraction.content == "a\nb\nc"


def test_word_footnotes_stand_after_the_text_behind_their_marks(shared_data: Path) -> None:
    _, (extraction,) = read_file(shared_data / "nasty-docs/docx-mammoth/footnotes.docx")
    assert extraction.content == "Ouch[1].[2]\n[1] A tachyon walks into a bar.\n[2] Fin."
    assert "set after the text: 2" in extraction.notes[0]


def test_opendocument_notes_keep_their_printed_labels(shared_data: Path) -> None:
    _, (extraction,) = read_file(shared_data / "nasty-docs/odt-odfdo/note.odt")
    first, footnote, endnote = extraction.content.split("\n")
    assert first == "Un paragraphe[1] d'apparence[i] banale."
    assert footnote.startswith("[1] C'est-à-dire")
    assert endnote == "[i] Les apparences sont trompeuses !"
    assert "commenté" not in extraction.content
    assert any("Comments in the margin" in note for note in extraction.notes)


def test_comments_are_reported_and_not_part_of_the_text(shared_data: Path) -> None:
    _, (extraction,) = read_file(shared_data / "nasty-docs/docx-mammoth/comments.docx")
    assert extraction.content == "Ouch."
    assert "Comments in the margin, not part of the text: 2." in extraction.notes


def test_the_text_of_a_text_box_is_read_once(shared_data: Path) -> None:
    _, (extraction,) = read_file(shared_data / "nasty-docs/docx-mammoth/text-box.docx")
    assert extraction.content == "Datum plane"


def test_nested_tables_keep_the_order_of_the_document(shared_data: Path) -> None:
    folder = shared_data / "nasty-docs/textract"
    _, (extraction,) = read_file(folder / "docx-paragraphs_and_tables.docx")
    expected = (folder / "docx-paragraphs_and_tables.txt").read_text(encoding="utf-8")
    assert extraction.content.split() == expected.split()


def test_spaces_and_tabs_of_an_opendocument_text_are_kept(shared_data: Path) -> None:
    folder = shared_data / "nasty-docs/textract"
    _, (extraction,) = read_file(folder / "odt-raw_text.odt")
    assert extraction.content == (folder / "odt-raw_text.txt").read_text(encoding="utf-8").rstrip("\n")


def test_a_byte_order_mark_inside_an_archive_does_no_harm(shared_data: Path) -> None:
    _, (extraction,) = read_file(shared_data / "nasty-docs/docx-mammoth/utf8-bom.docx")
    assert extraction.content == "This XML has a byte order mark."


def test_a_document_without_text_is_refused(shared_data: Path) -> None:
    with pytest.raises(UnreadableFile, match="holds no text"):
        read_file(shared_data / "nasty-docs/docx-mammoth/empty.docx")


def test_tracked_insertions_are_kept_and_deletions_left_out(make_docx: MakeFile) -> None:
    deleted = "<w:del><w:r><w:delText>not</w:delText></w:r></w:del>"
    body = f"<w:p>{_run('may ')}{deleted}<w:ins>{_run('always')}</w:ins></w:p>"
    (extraction,) = read_bytes("t.docx", make_docx(body))
    assert extraction.content == "may always"
    assert "insertions kept 1, deletions left out 1" in extraction.notes[0]


def test_hidden_text_and_readings_are_left_out_and_reported(make_docx: MakeFile) -> None:
    above, base = _run("きょうせい"), _run("共生")
    ruby = f"<w:r><w:ruby><w:rt>{above}</w:rt><w:rubyBase>{base}</w:rubyBase></w:ruby></w:r>"
    shown = _run("!", '<w:vanish w:val="0"/>')
    body = f"<w:p>{ruby}{_run('secret', '<w:vanish/>')}{shown}</w:p>"
    (extraction,) = read_bytes("t.docx", make_docx(body))
    assert extraction.content == "共生!"
    assert "Hidden text found and left out; places: 1." in extraction.notes
    assert "Readings over characters (furigana) left out: 1." in extraction.notes


def test_automatic_numbers_are_reported_as_missing(make_docx: MakeFile) -> None:
    body = f"<w:p><w:pPr><w:numPr/></w:pPr>{_run('Article')}</w:p>"
    (extraction,) = read_bytes("t.docx", make_docx(body))
    assert "Automatic list numbers and bullets, not part of the text: 1." in extraction.notes


def test_explicit_page_breaks_number_the_pages_with_a_caution(make_docx: MakeFile) -> None:
    turn = '<w:r><w:br w:type="page"/></w:r>'
    (extraction,) = read_bytes("t.docx", make_docx(f"<w:p>{_run('one')}{turn}</w:p><w:p>{_run('two')}</w:p>"))
    assert extraction.content == "one\ntwo"
    assert extraction.places.page_of(extraction.content.index("two")) == "2"
    assert "may differ from the printed ones" in extraction.notes[-1]


def test_the_layout_that_word_saved_goes_before_explicit_breaks(make_docx: MakeFile) -> None:
    turn = '<w:r><w:br w:type="page"/></w:r>'
    saved = "<w:r><w:lastRenderedPageBreak/></w:r>"
    body = f"<w:p>{_run('a')}{saved}{_run('b')}{turn}</w:p><w:p>{saved}{_run('c')}</w:p>"
    (extraction,) = read_bytes("t.docx", make_docx(body))
    assert (extraction.content, extraction.places.pages) == ("ab\nc", ((0, "1"), (1, "2"), (3, "3")))


def test_signs_of_word_become_their_characters(make_docx: MakeFile) -> None:
    signs = '<w:r><w:tab/><w:br/><w:noBreakHyphen/><w:softHyphen/><w:sym w:char="F0B7"/></w:r>'
    (extraction,) = read_bytes("t.docx", make_docx(f"<w:p>{_run('a')}{signs}{_run('b')}</w:p>"))
    assert extraction.content == "a\t\n\u2011\u00ad\uf0b7b"


def test_a_strict_open_xml_document_is_read_like_any_other(make_archive: MakeFile) -> None:
    body = "<w:body><w:p><w:r><w:t>strict</w:t></w:r></w:p></w:body>"
    document = f'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main">{body}</w:document>'
    kind = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
    relations = f'<Relationships><Relationship Type="{kind}" Target="word/main.xml"/></Relationships>'
    data = make_archive({"_rels/.rels": relations, "word/main.xml": document})
    assert read_bytes("s.docx", data)[0].content == "strict"


def test_titles_come_from_the_metadata(make_docx: MakeFile, make_odt: MakeFile) -> None:
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    entries = {
        "_rels/.rels": f'<r><Relationship Type="{kind}" Target="docProps/core.xml"/></r>',
        "docProps/core.xml": "<core><title>Basic plan</title></core>",
    }
    assert (
        read_bytes("t.docx", make_docx(f"<w:p>{_run('x')}</w:p>", entries=entries))[0].title == "Basic plan"
    )
    meta = {"meta.xml": "<meta><title>基本計画</title></meta>"}
    assert read_bytes("t.odt", make_odt("<text:p>x</text:p>", entries=meta))[0].title == "基本計画"


def test_opendocument_lists_tables_and_deletions(make_odt: MakeFile) -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:list><text:list-item><text:p>one</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p>before<text:soft-page-break/>after</text:p>"
    )
    (extraction,) = read_bytes("t.odt", make_odt(body))
    assert extraction.content == "one\na\tb\nbeforeafter"
    assert extraction.places.pages == ((0, "1"), (14, "2"))
    assert "Tracked changes: insertions kept, deletions left out 1." in extraction.notes


def test_the_title_field_is_text_and_the_title_of_a_picture_is_not(make_odt: MakeFile) -> None:
    picture = '<s:title xmlns:s="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0">Logo</s:title>'
    (extraction,) = read_bytes(
        "t.odt", make_odt(f"<text:p>On <text:title>Basic plan</text:title>{picture}</text:p>")
    )
    assert extraction.content == "On Basic plan"


def test_an_encrypted_opendocument_text_is_refused_as_encrypted(make_odt: MakeFile) -> None:
    manifest = {"META-INF/manifest.xml": "<manifest><file-entry><encryption-data/></file-entry></manifest>"}
    with pytest.raises(UnreadableFile, match="encrypted with a password"):
        read_bytes("t.odt", make_odt("", entries=manifest))


@pytest.mark.parametrize(
    ("name", "words"), [("a.docx", "old Microsoft Office"), ("a.odt", "old Microsoft Office")]
)
def test_an_old_word_file_under_a_new_name_is_told_apart(name: str, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        read_bytes(name, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512)


def test_a_word_document_with_a_password_is_refused_as_encrypted() -> None:
    stream = "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(UnreadableFile, match="encrypted with a password"):
        read_bytes("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + stream)


@pytest.mark.parametrize("name", ["bookmark.odt", "example.odt", "list.odt", "lorem.odt"])
def test_opendocument_samples_are_read(shared_data: Path, name: str) -> None:
    _, (extraction,) = read_file(shared_data / "nasty-docs/odt-odfdo" / name)
    assert extraction.places.paragraphs
    assert "\ufffd" not in extraction.content
