"""Rows partition the text, fit the width, and lose no position on the way to the screen and back."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.model.text import Passage
from workbench.model.visible import visible
from workbench.tui.reading import wrapping
from workbench.tui.reading.graphemes import graphemes
from workbench.tui.reading.rows import Rows
from workbench.tui.reading.wrapping import NEVER_FIRST, NEVER_LAST

ALPHABET = list("ab cd  e漢字かなカナ。、「」（）ー〜々gaé’“”—…①-\n\n\t\x1b\u202eﾞｶ\u3000")
ALPHABET += [
    "か\u3099",
    "e\u0301",
    "👨\u200d👩\u200d👧",
    "👍🏽",
    "🇯🇵",
    "🇯",
    "葛\U000e0100",
    "❤\ufe0f",
    "\u200d",
]
ALPHABET += ["\u0301", "🏽", "한", "\u1112\u1161\u11ab", "ف\u200cف", "e" + "\u0301" * 12, "हिन्दी", "\u200b"]
texts = st.lists(st.sampled_from(ALPHABET), max_size=120).map("".join)
printable = st.text(st.sampled_from("ab cdé’“”—(),. "), max_size=200)
widths = st.integers(2, 40)


def boundaries(content: str) -> set[int]:
    return {piece.start for piece in graphemes(content)} | {len(content)}


@given(texts, widths, st.booleans())
def test_rows_partition_the_text_at_graphemes(content: str, width: int, wide: bool) -> None:
    rows = Rows(content, width, ambiguous_wide=wide)
    spans = [rows.span(row) for row in range(len(rows))]
    assert spans[0][0] == 0
    assert spans[-1][1] == len(content)
    assert all(before[1] == after[0] for before, after in pairwise(spans))
    assert {start for start, _ in spans} <= boundaries(content)
    assert "".join(content[slice(*span)] for span in spans) == content


@given(texts, widths, st.booleans())
def test_no_row_is_wider_than_the_pane_but_for_one_hanging_space(
    content: str, width: int, wide: bool
) -> None:
    rows = Rows(content, width, ambiguous_wide=wide)
    for row in range(len(rows)):
        pieces = [piece for piece in rows.graphemes(row) if piece.width]
        columns = rows.columns(row)
        hanging = bool(pieces) and pieces[-1].shown == " "
        assert columns <= width + hanging or len(pieces) - hanging == 1


@given(texts, widths, st.booleans())
def test_an_offset_comes_back_from_its_row_and_column(content: str, width: int, wide: bool) -> None:
    rows = Rows(content, width, ambiguous_wide=wide)
    for offset in sorted(boundaries(content)):
        row = rows.row_of(offset)
        start, end = rows.span(row)
        assert start <= offset < max(end, start + 1) or offset == len(content)
        assert rows.offset_at(row, rows.column_of(offset)) == offset


@given(texts, widths)
def test_either_half_of_a_wide_character_gives_its_start(content: str, width: int) -> None:
    rows = Rows(content, width)
    for row in range(len(rows)):
        column = 0
        for piece in rows.graphemes(row):
            for part in range(piece.width):
                assert rows.offset_at(row, column + part) == piece.start
            column += piece.width


@given(texts, widths)
def test_walking_by_grapheme_visits_every_boundary_both_ways(content: str, width: int) -> None:
    rows = Rows(content, width)
    forwards, offset = [0], 0
    while offset < len(content):
        offset = rows.next_grapheme(offset)
        forwards.append(offset)
    backwards = [offset]
    while offset > 0:
        offset = rows.previous_grapheme(offset)
        backwards.append(offset)
    assert forwards == sorted(boundaries(content)) == backwards[::-1]


@given(texts, widths)
def test_graphemes_drawn_one_after_the_other_are_the_visible_text(content: str, width: int) -> None:
    rows = Rows(content, width)
    shown = visible(content, newlines=True).replace("\n", "")
    assert "".join(piece.shown for piece in graphemes(content)) == shown
    assert "".join(piece.shown for row in range(len(rows)) for piece in rows.graphemes(row)) == shown


@given(printable, st.integers(2, 30))
def test_the_fast_way_and_the_careful_way_break_at_the_same_places(content: str, width: int) -> None:
    with patch.object(wrapping, "_is_narrow", return_value=False):
        careful = wrapping.row_starts(content, width)
    assert wrapping.row_starts(content, width) == careful


@given(texts, st.integers(8, 40))
def test_no_row_begins_or_ends_with_a_mark_that_may_not_where_it_can_be_helped(
    content: str, width: int
) -> None:
    rows = Rows(content, width)
    for row in range(1, len(rows)):
        start, _ = rows.span(row)
        if rows.begins_line(row) or content[start - 1] in " \t\u3000":
            continue
        if content[start] in NEVER_FIRST or content[start - 1] in NEVER_LAST:
            assert not _could_break_earlier(rows, content, row - 1)


def _could_break_earlier(rows: Rows, content: str, row: int) -> bool:
    pieces = rows.graphemes(row)
    for before, after in pairwise(pieces):
        last, first = content[before.end - 1], content[after.start]
        if last in " \t\u3000":
            return True
        allowed = first not in NEVER_FIRST and last not in NEVER_LAST and first not in " \t\u3000"
        if allowed and 2 in (before.width, after.width):
            return True
    return False


@given(texts, widths, st.data())
def test_words_are_made_of_whole_graphemes_and_hold_the_offset(
    content: str, width: int, data: st.DataObject
) -> None:
    rows = Rows(content, width)
    offset = data.draw(st.sampled_from(sorted(boundaries(content))))
    word = rows.word_at(offset)
    assert {word.start, word.end} <= boundaries(content)
    assert word.start <= offset < word.end or offset == len(content)
    assert rows.next_word(offset) > offset or offset == len(content)
    assert rows.previous_word(offset) < offset or offset == 0


def test_japanese_rows_follow_kinsoku() -> None:
    rows = Rows("市民は、「共生」を進める。ガイドライン（案）です。", 14)
    assert list(rows.lines()) == ["市民は、「共", "生」を進める。", "ガイドライン", "（案）です。"]


def test_english_rows_break_after_spaces_and_long_words_at_the_edge() -> None:
    rows = Rows("The council’s plan supercalifragilistic  end", 10)
    assert list(rows.lines()) == ["The ", "council’s ", "plan ", "supercalif", "ragilistic", " end"]


def test_control_characters_and_tabs_take_the_columns_of_what_is_drawn() -> None:
    rows = Rows("a\tb\x1bc", 40)
    assert rows.plain(0) == "a    b<U+001B>c"
    assert [rows.column_of(offset) for offset in range(6)] == [0, 1, 5, 6, 14, 15]
    assert rows.offset_at(0, 9) == 3


def test_ambiguous_characters_take_two_columns_where_the_terminal_says_so() -> None:
    assert Rows("“a”", 10).columns(0) == 3
    assert Rows("“a”", 10, ambiguous_wide=True).columns(0) == 5


def test_the_end_of_a_text_that_ends_in_a_newline_is_on_a_row_of_its_own() -> None:
    rows = Rows("ab\n", 10)
    assert len(rows) == 2
    assert rows.row_of(3) == 1
    assert rows.offset_at(0, 99) == 2
    assert rows.row_end(0) == 2


def test_an_empty_text_has_one_row() -> None:
    rows = Rows("", 10)
    assert (len(rows), rows.span(0), rows.offset_at(0, 5), rows.row_end(0)) == (1, (0, 0), 0, 0)


@pytest.mark.parametrize(
    ("content", "offset", "word"),
    [
        ("don’t stop", 3, "don’t"),
        ("多文化共生の推進", 1, "多文化共生"),
        ("多文化共生の推進", 5, "の"),
        ("ガイドライン案", 2, "ガイドライン"),
        ("カ\u3099イト\u3099案", 0, "カ\u3099イト\u3099"),
        ("cafe\u0301s", 0, "cafe\u0301s"),
        ("a, b", 1, ","),
    ],
)
def test_a_word_is_what_a_reader_would_double_click(content: str, offset: int, word: str) -> None:
    passage = Rows(content, 20).word_at(offset)
    assert content[passage.start : passage.end] == word


def test_a_passage_that_cuts_a_grapheme_is_widened() -> None:
    content = "a👨\u200d👩b"
    assert Rows(content, 10).snapped(Passage(2, 3)) == Passage(1, 4)


def test_rows_narrower_than_one_double_width_character_are_refused() -> None:
    with pytest.raises(ValueError, match="1 columns"):
        Rows("a", 1)


@pytest.mark.parametrize(
    "content",
    [
        "a" * 600_000,
        "漢、" * 300_000,
        "word " * 120_000,
        "e" + "\u0301" * 600_000,
        "👩\u200d" * 200_000,
        "\x1b" * 99_999,
    ],
)
def test_one_endless_paragraph_is_laid_out_whole(content: str) -> None:
    rows = Rows(content, 80)
    middle = rows.row_of(len(content) // 2)
    start, end = rows.span(middle)
    assert start <= len(content) // 2 < end
    assert rows.columns(middle) <= 81


def test_real_texts_fit_and_come_back(shared_data: Path) -> None:
    paths = sorted((shared_data / "udhr").rglob("*.txt"))
    assert paths
    for path in paths:
        content = path.read_bytes().decode("utf-8", "replace")[:6_000]
        rows = Rows(content, 50)
        for row in range(len(rows)):
            assert rows.columns(row) <= 51
        for offset in sorted(boundaries(content))[::7]:
            assert rows.offset_at(rows.row_of(offset), rows.column_of(offset)) == offset
