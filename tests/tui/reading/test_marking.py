"""Extending a selection and shrinking it leads over the same selections; redrawing forgets no row."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.model.text import Passage
from workbench.tui.reading.graphemes import graphemes
from workbench.tui.reading.marking import Marking, changed
from workbench.tui.reading.moves import destination
from workbench.tui.reading.rows import Rows

PIECES = [
    *"ab 漢か。、「」“”…—①\n\t",
    "か\u3099",
    "👨\u200d👩\u200d👧",
    "🇯🇵",
    "e\u0301",
    "葛\U000e0100",
    "\u202e",
]
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
widths = st.integers(2, 20)
BACK = {"right": "left", "left": "right"}


@given(texts, widths, st.booleans(), st.sampled_from(["left", "right"]), st.integers(0, 12), st.data())
def test_extending_by_characters_and_shrinking_leads_over_the_same_selections(
    content: str, width: int, wide: bool, name: str, times: int, data: st.DataObject
) -> None:
    rows = Rows(content, width, ambiguous_wide=wide)
    edges = [piece.start for piece in graphemes(content)] + [len(content)]
    marking = Marking.at(data.draw(st.sampled_from(edges)))
    seen = [marking]
    for _ in range(times):
        edge = destination(rows, name, marking.edge, column=0, page=5)
        if edge == marking.edge:
            break
        marking = marking.extended_to(edge)
        seen.append(marking)
        assert marking.selection is not None
        assert {marking.selection.start, marking.selection.end} <= set(edges)
    for before in reversed(seen[:-1]):
        marking = marking.extended_to(destination(rows, BACK[name], marking.edge, column=0, page=5))
        assert marking == before


@given(texts, widths, widths, st.data())
def test_a_marking_is_the_same_in_every_layout(
    content: str, width: int, other: int, data: st.DataObject
) -> None:
    offsets = st.integers(0, len(content))
    start, end = sorted((data.draw(offsets), data.draw(offsets)))
    marking = Marking.of(Passage(start, end)).snapped(Rows(content, width))
    assert marking.snapped(Rows(content, other)) == marking
    assert marking.snapped(Rows(content, width, ambiguous_wide=True)) == marking


@given(st.data())
def test_whatever_looks_different_is_redrawn(data: st.DataObject) -> None:
    def marking() -> Marking:
        start, end = sorted((data.draw(st.integers(0, 30)), data.draw(st.integers(0, 30))))
        return Marking.of(Passage(start, end), cursor=data.draw(st.sampled_from([start, end])))

    before, after = marking(), marking()
    stretches = changed(before, after)
    for offset in range(32):
        looks = [
            (
                each.cursor == offset,
                bool(each.selection and each.selection.start <= offset < each.selection.end),
            )
            for each in (before, after)
        ]
        if looks[0] != looks[1]:
            assert any(start <= offset <= last for start, last in stretches)
