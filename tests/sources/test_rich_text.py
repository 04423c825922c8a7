"""Rich Text files through the library, and what is made safe before."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from workbench.errors import UnreadableFile
from workbench.sources import read_bytes, read_file

SAMPLES = ["ansicpg1250", "bytes", "french", "hello", "issue_20", "nbsp", "specialchars", "unicode"]


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_give_the_expected_words(shared_data: Path, name: str) -> None:
    folder = shared_data / "nasty-docs/rtf-striprtf"
    _, (extraction,) = read_file(folder / f"{name}.rtf")
    assert extraction.content.split() == (folder / f"{name}.expected.txt").read_text(encoding="utf-8").split()


def test_cells_of_a_table_are_separated_by_tabs(shared_data: Path) -> None:
    _, (extraction,) = read_file(shared_data / "nasty-docs/rtf-striprtf/simple_table.rtf")
    assert extraction.content == "foo\tbar\n1\t1"


def test_links_give_their_text_only(shared_data: Path) -> None:
    _, (extraction,) = read_file(shared_data / "nasty-docs/rtf-striprtf/hyperlinks.rtf")
    assert extraction.content == "Wikipedia\nText\nSearch"


def test_footnotes_stand_after_the_text_behind_their_marks() -> None:
    source = (
        rb"{\rtf1\ansi One{\super 1}{\footnote \pard first {\b note}}.\par Two{\*\footnote\ftnalt last}.\par}"
    )
    (extraction,) = read_bytes("a.rtf", source)
    assert extraction.content == "One1[1].\nTwo[i].\n[1] first note\n[i] last"


@pytest.mark.parametrize(
    "body", [rb"\'93\'fa\'96\'7b\'8c\'ea", "日本語".encode("cp932"), rb"\u26085?\u26412?\u-30050?"]
)
def test_japanese_is_read_from_escapes_and_from_raw_bytes(body: bytes) -> None:
    (extraction,) = read_bytes("a.rtf", rb"{\rtf1\ansi\ansicpg932 " + body + rb"\par}")
    assert extraction.content == "日本語"


def test_characters_beyond_the_basic_plane_are_put_together() -> None:
    (extraction,) = read_bytes("a.rtf", rb"{\rtf1\ansi \u-10174?\u-8247?}")
    assert extraction.content == "\U00020bc9"


def test_the_title_of_the_file_is_not_part_of_its_text() -> None:
    (extraction,) = read_bytes("a.rtf", rb"{\rtf1\ansi{\info{\title Basic plan}{\author X}}Text\par}")
    assert (extraction.title, extraction.content) == ("Basic plan", "Text")


def test_pictures_leave_no_trace() -> None:
    picture = b"{\\pict\\pngblip " + b"0123456789abcdef" * 40_000 + b"}"
    started = time.monotonic()
    (extraction,) = read_bytes("a.rtf", rb"{\rtf1\ansi before" + picture + rb" after}")
    assert extraction.content == "before after"
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    "body",
    [
        b"{" * 200_000,
        b"{\\footnote " * 5_000,
        b'{\\field{\\*\\fldinst{HYPERLINK "' * 20_000,
        b"\\u99999999999999?",
    ],
)
def test_broken_and_hostile_sources_end_soon_in_a_reading_or_a_refusal(body: bytes) -> None:
    started = time.monotonic()
    try:
        read_bytes("a.rtf", b"{\\rtf1\\ansi " + body)
    except UnreadableFile as refusal:
        assert refusal.do
    assert time.monotonic() - started < 10


def test_a_hostile_font_table_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="list of fonts"):
        read_bytes("a.rtf", b"{\\rtf1{\\fonttbl " + b"\\f1" * 100_000 + b"}x}")


def test_a_file_that_is_no_rich_text_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="is not a Rich Text file"):
        read_bytes("a.rtf", b"Dear all")
