"""Clauses: where units are taken apart, and that what was aligned by clauses comes back as units."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from workbench.language.alignment import align
from workbench.language.clauses import Parts, clauses, put_together, taken_apart
from workbench.language.meaning import Meaning


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("The city decides.", ["The city decides."]),
        ("The city decides; the ward carries out.", ["The city decides;", "the ward carries out."]),
        ("市が定め、\n区が行う。", ["市が定め、", "区が行う。"]),
        (
            "A sentence that a printer\nwrapped, as they do.",
            ["A sentence that a printer\nwrapped, as they do."],
        ),
        ("；", ["；"]),
        ("  ", ["  "]),
    ],
)
def test_units_are_cut_at_semicolons_and_at_lines_that_all_go_on(unit: str, expected: list[str]) -> None:
    assert clauses(unit) == expected


def test_a_sentence_with_a_semicolon_stands_for_two() -> None:
    found = align(
        [
            "第18条の権利は、思想の自由である。",
            "この権利は、宗教を変更する自由を含む。",
            "第19条は、意見の自由である。",
        ],
        [
            "The right is freedom of thought; this right includes freedom to change religion.",
            "Opinion is free.",
        ],
    )
    assert [(link.source, link.target) for link in found.links] == [((0, 1), (0,)), ((2,), (1,))]


@given(st.data())
def test_what_comes_back_is_in_order_whole_and_holds_every_link(data: st.DataObject) -> None:
    sizes = [data.draw(st.lists(st.integers(1, 3), min_size=1, max_size=5)) for _ in range(2)]
    parts = [
        Parts(["x"] * sum(each), [unit for unit, many in enumerate(each) for _ in range(many)])
        for each in sizes
    ]
    beads, at = [], [0, 0]
    while at != [sum(each) for each in sizes]:
        room = [sum(each) - place for each, place in zip(sizes, at, strict=True)]
        steps = data.draw(
            st.tuples(*(st.integers(0, min(2, each)) for each in room)).filter(lambda each: sum(each) > 0)
        )
        beads.append((tuple(range(at[0], at[0] + steps[0])), tuple(range(at[1], at[1] + steps[1]))))
        at = [place + step for place, step in zip(at, steps, strict=True)]
    found = put_together(beads, (parts[0], parts[1]))
    for side in (0, 1):
        units = [unit for bead in found for unit in bead[side]]
        assert units == sorted(set(units))
    for bead in beads:
        if all(bead):
            owners = [{parts[side].owners[place] for place in bead[side]} for side in (0, 1)]
            assert sum(owners[0] <= set(ours) and owners[1] <= set(theirs) for ours, theirs in found) == 1


def test_clauses_of_units_are_found_again() -> None:
    parts = taken_apart(["One; two.", "Three.", "Four; five; six."])
    assert parts.owners == [0, 0, 1, 2, 2, 2]
    assert parts.of([2, 0]) == [0, 1, 3, 4, 5]


class _Letters:
    """Vectors that count letters, so that what a joined text means is known."""

    name = "letters"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.array([[text.count(letter) + 0.01 for letter in "abcdef"] for text in texts], np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32).reshape(-1, 6)


def test_joined_units_are_read_as_one_text() -> None:
    meaning = Meaning(_Letters(), ["aa bb", "cc", "dd", "ee"], ["ab", "aabbcc", "dd", "ff"])
    assert meaning.likeness((0, 1), (1,)) > meaning.likeness((0,), (1,))
    assert meaning.likeness((2,), (2,)) > 0.8 > meaning.likeness((3,), (2,))
    assert [rows.shape for rows in meaning.units] == [(4, 6), (4, 6)]


def test_a_lonely_unit_comes_in_only_where_it_brings_its_neighbour_nearer() -> None:
    source = ["aaaa bbbb is said here.", "cccc eeee is said there.", "ffff is another matter."]
    joined = align(
        source,
        ["aaaa bbbb cccc eeee, all of it said here and there.", "ffff is another matter."],
        languages=("en", "en"),
        embedder=_Letters(),
    )
    assert [(link.source, link.target) for link in joined.links] == [((0, 1), (0,)), ((2,), (1,))]
    alone = align(
        source,
        ["aaaa bbbb is said here.", "ffff is another matter."],
        languages=("en", "en"),
        embedder=_Letters(),
    )
    assert [(link.source, link.target) for link in alone.links] == [((0,), (0,)), ((2,), (1,))]
    assert alone.source_alone == (1,)
