"""Two versions side by side: cut at lines, nothing lost, and laid out for any width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.model.word_difference import Kept, Stretch, word_difference
from workbench.tui.widgets.difference_list import _drawn, changes_of

WORDS = st.text(alphabet="ab 住\n\u202e", max_size=60).map(lambda words: words * 4)


@given(old=WORDS, new=WORDS)
def test_what_is_cut_gives_both_versions_back(old: str, new: str) -> None:
    stretches = [each for change in changes_of(word_difference(old, new)) for each in change.stretches]
    assert "".join(each.words for each in stretches if each.kept is not Kept.NEW) == old
    assert "".join(each.words for each in stretches if each.kept is not Kept.GONE) == new


@given(old=WORDS, new=WORDS, columns=st.integers(8, 130))
def test_every_line_fits(old: str, new: str, columns: int) -> None:
    for change in changes_of(word_difference(old, new)):
        for line in _drawn(change, columns):
            assert "\n" not in line.plain
            assert line.cell_length <= max(columns, 40)


def test_changes_of_different_lines_stand_apart_and_long_stays_are_folded() -> None:
    old = "One may ask.\nTwo is free.\n" + "It stays as it is. " * 20 + "\nThree pays.\n"
    new = old.replace("may", "must").replace("free", "dear").replace("pays", "owes")
    changes = list(changes_of(word_difference(old, new)))
    assert [change.is_kept for change in changes] == [False, False, True, False]
    drawn = [line.plain for change in changes for line in _drawn(change, 80)]
    assert drawn[0].split("│")[0].rstrip() == "One [-may-] ask."
    assert drawn[0].split("│")[1].strip() == "One {+must+} ask."
    assert "characters unchanged" in drawn[2]
    narrow = [line.plain for line in _drawn(changes[0], 40)]
    assert narrow == ["− One [-may-] ask.", "+ One {+must+} ask."]


@pytest.mark.parametrize("columns", [40, 80])
def test_equal_texts_show_no_change(columns: int) -> None:
    [change] = changes_of([Stretch("The same.\n", Kept.SAME)])
    assert change.is_kept
    assert list(_drawn(change, columns))
