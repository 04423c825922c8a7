"""Paragraphs and pages can be cited."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from workbench.model.text import places_of_lines
from workbench.sources import read_bytes
from workbench.sources.paragraphs import Block, join_blocks, turn_pages

LINES = st.text(st.sampled_from("aあ \t\u3000\u200b\n\f、"), max_size=200)


def test_a_paragraph_is_a_line_that_is_not_blank() -> None:
    assert places_of_lines("one\n\n  two\n\u3000三\n \t\nfour").paragraphs == (0, 7, 12, 17)


def test_markdown_keeps_its_source_and_takes_its_first_heading_as_title() -> None:
    source = "Preface\n\n# The *plan* #\n\ntext\n"
    (extraction,) = read_bytes("plan.md", source.encode())
    assert (extraction.content, extraction.title) == (source, "The *plan*")


def test_markdown_front_matter_gives_the_title() -> None:
    (extraction,) = read_bytes("plan.md", b'---\nauthor: A\ntitle: "Basic plan"\n---\n# Other\n')
    assert extraction.title == "Basic plan"


def test_form_feeds_turn_the_pages_of_plain_text() -> None:
    places = places_of_lines("first\n\fsecond\fthird")
    assert places.pages == ((0, "1"), (7, "2"), (14, "3"))
    assert places.page_of(9) == "2"


@given(LINES)
def test_every_paragraph_offset_is_the_first_visible_character_of_its_line(content: str) -> None:
    for offset in places_of_lines(content).paragraphs:
        line_start = content.rfind("\n", 0, offset) + 1
        assert not content[offset].isspace()
        assert content[line_start:offset].strip() == ""


@given(LINES)
def test_there_is_one_paragraph_for_each_line_that_is_not_blank(content: str) -> None:
    expected = sum(bool(line.strip()) for line in content.split("\n"))
    assert len(places_of_lines(content).paragraphs) == expected


@given(LINES)
def test_paragraphs_and_pages_partition_the_text(content: str) -> None:
    places = places_of_lines(content)
    starts = places.paragraphs
    assert all(before < after for before, after in pairwise(starts))
    pieces = [content[before:after] for before, after in pairwise((*starts, len(content)))]
    assert content[: starts[0] if starts else 0] + "".join(pieces) == (content if starts else "")
    assert all(before[0] < after[0] for before, after in pairwise(places.pages))


@given(st.lists(st.text(st.sampled_from("aあ \t\u3000"), max_size=8)))
def test_joined_blocks_give_one_paragraph_each_and_keep_their_text(texts: list[str]) -> None:
    content, places = join_blocks([Block(text) for text in texts])
    full = [text for text in texts if text.strip()]
    assert content == "\n".join(full)
    assert [content[offset] for offset in places.paragraphs] == [text.strip()[0] for text in full]


@given(st.lists(st.text(st.sampled_from("ab\f"), max_size=8)))
def test_page_signs_leave_the_text_and_pages_ascend(texts: list[str]) -> None:
    content, places = join_blocks(turn_pages(texts))
    assert "\f" not in content
    assert content.replace("\n", "") == "".join(texts).replace("\f", "")
    assert all(before[0] < after[0] for before, after in pairwise(places.pages))
    assert all(offset < len(content) for offset, _ in places.pages)


def test_a_page_that_begins_within_a_paragraph_begins_at_that_character() -> None:
    content, places = join_blocks(turn_pages(["one", "two th\free", "\f", "four"]))
    assert content == "one\ntwo three\nfour"
    assert places.pages == ((0, "1"), (10, "2"), (14, "3"))
