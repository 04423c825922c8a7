"""Tables give a document for each row, subtitles a paragraph for each cue."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.errors import UnreadableFile
from workbench.sources import read_bytes, read_file


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_row_is_a_document_with_its_other_columns(delimiter: str) -> None:
    rows = [
        ["id", "Title", "Text", "year"],
        ["1", "Plan", "Line, one;\nline two", "2006"],
        ["2", "Law", "Short", "2016"],
    ]
    source = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    first, second = read_bytes("a.csv", source.encode())
    assert (first.content, first.title, first.part) == ("Line, one;\nline two", "Plan", "row 2")
    assert first.fields == (("id", "1"), ("year", "2006"))
    assert first.places.paragraphs == (0, 11)
    assert (second.part, second.format) == ("row 3", "csv")


def test_without_a_named_column_the_longest_one_is_the_text_and_is_named() -> None:
    extractions = read_bytes("a.csv", b"a,answer\nxy,a long answer\nxyz,another answer\n")
    assert [extraction.content for extraction in extractions] == ["a long answer", "another answer"]
    assert "its text is the column “answer”" in extractions[0].notes[0]


def test_japanese_column_names_and_encodings_are_understood() -> None:
    source = "題名,本文\n計画,多文化共生をすすめる。\n条例,人権をまもる。\n"
    extractions = read_bytes("a.csv", source.encode("cp932"))
    assert [(each.title, each.content) for each in extractions][1] == ("条例", "人権をまもる。")
    assert extractions[0].encoding == "cp932"
    assert "cp932" in extractions[0].notes[0]


def test_rows_without_text_are_left_out_and_counted_but_keep_the_numbers() -> None:
    extractions = read_bytes("a.csv", b"id,text\n1,one\n2,  \n\n4,four\n")
    assert [extraction.part for extraction in extractions] == ["row 2", "row 5"]
    assert "Rows without a text, left out: 2 of 4." in extractions[0].notes


def test_uneven_rows_and_doubled_names_lose_no_cell() -> None:
    (extraction,) = read_bytes("a.csv", b"text,note,note,\na,b,c,d,e\n")
    assert extraction.fields == (("note", "b"), ("note (2)", "c"), ("column 4", "d"), ("column 5", "e"))
    assert "Rows with more or fewer cells than the table has columns: 1." in extraction.notes


def test_quotation_marks_that_are_not_in_order_are_reported() -> None:
    extractions = read_bytes("a.csv", b'id,text\n1,"open\n2,two\n')
    assert any("quotation marks" in note for note in extractions[0].notes)


def test_very_long_cells_are_read() -> None:
    (extraction,) = read_bytes("a.csv", b"id,text\n1," + b"x" * 300_000)
    assert len(extraction.content) == 300_000


@pytest.mark.parametrize("source", [b"text,id", b"text,id\n,1\n ,2\n", b"\n\n\n"])
def test_a_table_without_texts_is_refused(source: bytes) -> None:
    with pytest.raises(UnreadableFile, match="cannot be imported"):
        read_bytes("a.csv", source)


def test_a_real_table_is_read_row_by_row(shared_data: Path) -> None:
    _, extractions = read_file(shared_data / "nagai-2019" / "measures.csv")
    assert len(extractions) == 34
    assert extractions[0].part == "row 2"


@pytest.mark.parametrize("name", ["utf-8", "utf-16le-bom", "cp932-crlf", "no-indexes"])
def test_subtitles_in_every_encoding_give_the_same_cues(shared_data: Path, name: str) -> None:
    folder = shared_data / "nasty-docs" / "srt-derived"
    _, (reference,) = read_file(folder / "udhr-ja.utf-8.srt")
    _, (extraction,) = read_file(folder / f"udhr-ja.{name}.srt")
    assert extraction.content == reference.content
    assert extraction.places == reference.places
    assert "-->" not in extraction.content
    assert extraction.places.pages[1][1] == "00:00:07"


def test_a_cue_of_two_lines_is_one_paragraph_and_its_tags_disappear() -> None:
    first = "1\n00:00:01,000 --> 00:00:02,000\n<i>one</i>\n{\\an8}two\n\n"
    source = first + "2\n01:02:03,500 --> 01:02:04,000\nthree <3\n"
    (extraction,) = read_bytes("a.srt", source.encode())
    assert extraction.content == "one\ntwo\nthree <3"
    assert extraction.places.paragraphs == (0, 8)
    assert extraction.places.page_of(8) == "01:02:03"


def test_web_subtitles_are_read() -> None:
    first = (
        "WEBVTT\n\nNOTE a remark\n\nintro\n00:01.000 --> 00:02.000 align:start\nHello\n\nNOTE b\n\nouter\n"
    )
    source = first + "00:03.000 --> 00:04.000\n<v.loud Ms Mori>Rights &amp; <b>duties</b></v>\n"
    (extraction,) = read_bytes("a.vtt", source.encode())
    assert (extraction.content, extraction.format) == ("Hello\nMs Mori: Rights & duties", "vtt")


def test_a_file_without_cues_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="no subtitle"):
        read_bytes("a.srt", b"Just text.")


@pytest.mark.parametrize("noise", ["<a" * 100_000, "{" * 100_000])
def test_thousands_of_open_tags_are_refused_before_they_cost_time(noise: str) -> None:
    with pytest.raises(UnreadableFile, match="without closing"):
        read_bytes("a.srt", f"00:00:00,000 --> 00:00:01,000\n{noise}".encode())
