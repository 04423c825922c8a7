"""Bytes become the right characters, or the user is told."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import UnreadableFile, WrongUsage
from workbench.sources import read_bytes, read_file
from workbench.sources.encoding import decode

JAPANESE = (
    "この法律は、多文化共生の推進に関し、基本理念を定める。\nカタカナと漢字とひらがながまざる文章である。\n"
)
JAPANESE_SENTENCES = st.lists(
    st.sampled_from(
        [
            "多文化共生を推進する。",
            "日本語を学ぶ",
            "外国人住民の人権",
            "市は、これを支援する。",
            "ガイドライン",
        ]
    ),
    min_size=3,
    max_size=30,
).map("\n".join)
WITHOUT_NUL_AND_ENDS = st.characters(exclude_characters="\0\r\ufeff\ufffd", exclude_categories=["Cs"])


def test_every_file_of_the_encoding_collection_gives_the_expected_text(shared_data: Path) -> None:
    folder = shared_data / "encodings"
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    for name, facts in expected.items():
        _, (extraction,) = read_file(folder / name)
        digest = hashlib.sha256(extraction.content.encode("utf-8")).hexdigest()
        assert digest == facts["decoded_sha256"], name


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
def test_a_detected_encoding_is_named_in_a_note_with_the_way_out(encoding: str) -> None:
    (extraction,) = read_bytes("a.txt", JAPANESE.encode(encoding))
    assert extraction.content == JAPANESE
    assert extraction.encoding == encoding.replace("_", "-")
    assert extraction.encoding in extraction.notes[0]
    assert "--encoding" in extraction.notes[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "iso2022_jp"])
def test_encodings_that_are_certain_pass_without_a_note(encoding: str) -> None:
    (extraction,) = read_bytes("a.txt", JAPANESE.encode(encoding))
    assert extraction.content == JAPANESE
    assert extraction.notes == ()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_without_a_mark_are_recognised_and_reported(encoding: str) -> None:
    (extraction,) = read_bytes("a.txt", JAPANESE.encode(encoding))
    assert (extraction.content, extraction.encoding) == (JAPANESE, encoding)
    assert encoding in extraction.notes[0]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。", "gb18030"),
        ("人人生而自由，在尊嚴和權利上一律平等。他們賦有理性和良心，並應以兄弟關係的精神相對待。", "big5"),
        ("모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.", "cp949"),
        ("Le café est situé à côté de l'école. Les élèves étudient la géographie européenne.", "cp1252"),
        ("The city’s plan — “multicultural coexistence” — is described below.", "cp1252"),
        ("The city’s plan: “multicultural coexistence” is described below.", "cp932"),
        ("Верховный Суд в составе коллегии судей второй судебной палаты", "cp1251"),
    ],
)
def test_other_encodings_are_detected_and_reported(text: str, encoding: str) -> None:
    decoded = decode("a.txt", text.encode(encoding))
    assert (decoded.content, decoded.encoding) == (text, encoding)
    assert encoding in decoded.notes[0]


@pytest.mark.parametrize(
    "data",
    [
        "東京都 大阪市 川崎市".encode("euc_jp"),
        "Všichni lidé rodí se svobodní a sobě rovní co do práv.".encode("cp1250"),
    ],
)
def test_bytes_that_fit_two_encodings_equally_are_refused_with_both_names(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"could be in .+ or .+") as refusal:
        read_bytes("names.txt", data)
    assert "--encoding" in refusal.value.do


def test_utf_8_with_a_broken_character_is_not_taken_for_another_encoding() -> None:
    data = JAPANESE.encode() + "末".encode()[:2]
    with pytest.raises(UnreadableFile, match="broken characters in 1 places") as refusal:
        read_bytes("cut.txt", data)
    assert "--encoding utf-8" in refusal.value.do
    (extraction,) = read_bytes("cut.txt", data, encoding="utf-8")
    assert extraction.content == JAPANESE + "\ufffd"


def test_the_given_encoding_overrules_detection_without_a_note() -> None:
    (extraction,) = read_bytes("a.txt", "東京都".encode("euc_jp"), encoding="EUC-JP")
    assert (extraction.content, extraction.encoding, extraction.notes) == ("東京都", "euc-jp", ())


def test_a_given_encoding_that_does_not_fit_is_counted_with_its_first_place() -> None:
    (extraction,) = read_bytes("a.txt", b"abc\x81\xffdef\xff", encoding="utf-8")
    assert extraction.content == "abc\ufffd\ufffddef\ufffd"
    assert "3 replacement characters were put in" in extraction.notes[0]
    assert "first at offset 3" in extraction.notes[1]


def test_replacement_characters_of_the_source_are_counted() -> None:
    (extraction,) = read_bytes("a.txt", "one \ufffd two".encode())
    assert "1 replacement character (U+FFFD)" in extraction.notes[0]
    assert "offset 4" in extraction.notes[0]


@pytest.mark.parametrize("name", ["klingon", "rot13", "base64", "punycode", "unicode_escape", "", "a\0b"])
def test_an_unknown_encoding_is_wrong_usage(name: str) -> None:
    with pytest.raises(WrongUsage, match="no text encoding"):
        read_bytes("a.txt", b"abc", encoding=name)


def test_a_given_encoding_against_a_byte_order_mark_is_reported() -> None:
    (extraction,) = read_bytes("a.txt", "abc".encode("utf-16"), encoding="cp1252")
    assert "although a byte-order mark says utf-16-le" in extraction.notes[0]


def test_line_ends_become_newlines_and_nothing_else_changes() -> None:
    source = "a\u200b\u202eb\x1b[31m\u0301\r\nか\u3099\rc\u2028d\x85e\n"
    (extraction,) = read_bytes("a.txt", ("\ufeff" + source + "\ufeff").encode())
    assert extraction.content == source.replace("\r\n", "\n").replace("\r", "\n") + "\ufeff"


@pytest.mark.parametrize(
    "data", [b"text\0with\0nul", bytes(range(1, 9)) * 100, b"\x89PNG\r\n\x1a\n rest", b"%PDF-1.7 rest"]
)
def test_binary_data_under_a_text_name_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"binary data|is not a text file"):
        read_bytes("a.txt", data)


@given(st.text(WITHOUT_NUL_AND_ENDS, min_size=1))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    assert decode("a.txt", text.encode("utf-8"), encoding="utf-8").content == text


@given(st.text(WITHOUT_NUL_AND_ENDS, min_size=1), st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_a_byte_order_mark_decides_for_any_text(text: str, encoding: str) -> None:
    assert decode("a.txt", text.encode(encoding)).content == text


@given(JAPANESE_SENTENCES, st.sampled_from(["cp932", "euc_jp", "iso2022_jp", "utf-8", "utf-16"]))
def test_japanese_prose_comes_back_from_every_encoding_in_use(text: str, encoding: str) -> None:
    assert decode("a.txt", text.encode(encoding)).content == text


@given(st.binary(max_size=400))
def test_arbitrary_bytes_are_read_or_refused_in_a_sentence(data: bytes) -> None:
    try:
        decoded = decode("a.txt", data)
    except UnreadableFile as refusal:
        assert refusal.do
    else:
        assert "\r" not in decoded.content
