"""Units joined and split by hand: what links, remainders and verification then count by."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stages.test_text_versions import add
from workbench.errors import Refused
from workbench.language.units import SEGMENTER, sentences
from workbench.model.text import Passage, Text, TextKind
from workbench.model.translation import Method, Verdict
from workbench.model.unit_cut import UnitCut, mended
from workbench.stages import history, linking, units
from workbench.stages.revising import revise_text
from workbench.stages.text_versions import describe_text
from workbench.stages.verification import verified, verify_translation
from workbench.study.study import Study

WORDS = "The city acts. It must. Then it reports; it listens.\nThe end.\n"


def said(study: Study, text: Text) -> list[str]:
    content = study.text_content(text.content_hash)
    return [content[unit.start : unit.end] for unit in units.units_of(study, text)]


@pytest.fixture
def text(study: Study) -> Text:
    return add(study, "en.txt", WORDS, TextKind.OWN_TRANSLATION)


def test_units_are_joined_and_split_and_undone(study: Study, text: Text) -> None:
    before = said(study, text)
    assert before == ["The city acts.", "It must.", "Then it reports; it listens.", "The end."]
    made = units.join_units(study, text.id, Passage(3, 17))
    assert said(study, text)[0] == "The city acts. It must." == WORDS[made.start : made.end]
    units.split_unit(study, text.id, WORDS.index("it listens"))
    assert said(study, text)[1:3] == ["Then it reports;", "it listens."]
    assert units.segmenter_of(study, [text]) == f"{SEGMENTER}, 2 by hand"
    assert [unit.by_hand for unit in units.listed_units(study, text)] == ["joined", "split", "split", ""]
    history.undo(study)
    history.undo(study)
    assert said(study, text) == before


def test_a_split_takes_a_join_back_and_a_join_a_split(study: Study, text: Text) -> None:
    units.join_with_next(study, text.id, 0)
    first, second = units.split_unit(study, text.id, WORDS.index("It must"))
    assert (WORDS[first.start : first.end], WORDS[second.start : second.end]) == (
        "The city acts.",
        "It must.",
    )
    units.split_unit(study, text.id, 4)
    units.join_with_next(study, text.id, 1)
    assert study.all(UnitCut) == []
    assert units.segmenter_of(study, [text]) == SEGMENTER


def test_what_cannot_be_joined_or_split_is_refused(study: Study, text: Text) -> None:
    for place in (Passage(0, 3), Passage(14, 15)):
        with pytest.raises(Refused, match="nothing to join"):
            units.join_units(study, text.id, place)
    with pytest.raises(Refused, match="No unit follows"):
        units.join_with_next(study, text.id, len(WORDS) - 3)
    for offset in (0, 14, 15, len(WORDS), 10**9):
        with pytest.raises(Refused, match="no unit to split"):
            units.split_unit(study, text.id, offset)


def test_the_finder_gives_the_unit_around_an_offset(study: Study, text: Text) -> None:
    assert units.unit_finder(study, text)(16) == Passage(15, 23)
    units.join_with_next(study, text.id, 0)
    find = units.unit_finder(study, text)
    assert [find(offset) for offset in (0, 16)] == [Passage(0, 23)] * 2
    assert WORDS[find(40).start :].startswith("Then")


def test_runs_remainders_and_verification_count_by_them(study: Study, text: Text) -> None:
    source = add(study, "ja.txt", "市は動く。しなければならない。\n")
    describe_text(study, source.id, language="ja", maker="The city")
    describe_text(study, text.id, translates=source.id, maker="J. Berg")
    units.join_with_next(study, text.id, 0)
    units.join_with_next(study, source.id, 0)
    pair = linking.pair_for_run(study, source.id, text.id)
    assert (pair.source_words, pair.target_words[0]) == (
        ("市は動く。しなければならない。",),
        "The city acts. It must.",
    )
    run = linking.Run((linking.Proposed((0,), (0,), "length", 700, ()),), "test", 700, ())
    [link] = linking.record_run(study, pair, run)
    assert link.target == Passage(0, 23)
    assert study.all(type(link))[0] == link
    about = study.all(linking.Alignment)[0]
    assert about.segmenter == f"{SEGMENTER}, 2 by hand"
    left = linking.remainder(study, text.id, source.id)
    assert (left.whole, left.characters) == (23 + 28 + 8, 28 + 8)
    verify_translation(study, text.id, Passage(0, 23), reader="K", method=Method.PANEL, verdict=Verdict.SOUND)
    assert (verified(study, text.id).units, verified(study, text.id).of_units) == (1, 3)


@given(
    st.text(alphabet="ab .。!\n第1条(A", max_size=80),
    st.lists(st.tuples(st.integers(-3, 90), st.booleans()), max_size=8),
)
def test_mended_units_are_in_order_apart_trimmed_and_cover_what_is_not_blank(
    content: str, drawn: list[tuple[int, bool]]
) -> None:
    cuts = [UnitCut(UnitCut.key("t", offset), "t", offset, joined) for offset, joined in drawn]
    found = mended(content, sentences(content, "ja"), cuts)
    assert all(len(unit) and content[unit.start : unit.end].strip() for unit in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(content[unit.start : unit.end] == content[unit.start : unit.end].strip() for unit in found)
    covered = {place for unit in found for place in range(unit.start, unit.end)}
    assert {place for place, sign in enumerate(content) if not sign.isspace()} <= covered
    assert mended(content, found, ()) == found


def test_joins_and_splits_go_along_to_a_new_version_where_their_words_stand(study: Study, text: Text) -> None:
    units.join_units(study, text.id, Passage(3, 17))
    units.split_unit(study, text.id, WORDS.index("it listens"))
    units.split_unit(study, text.id, WORDS.index("end"))
    newer = "A new preamble of the city.\n" + WORDS.replace("acts. It", "acts.  It").replace(
        "The end", "No end"
    )
    after = add(study, "newer.txt", newer, TextKind.OWN_TRANSLATION)
    before = units.units_of(study, after)
    revise_text(study, text.id, after.id, reason="a preamble")
    assert said(study, after)[:4] == [
        "A new preamble of the city.",
        "The city acts.  It must.",
        "Then it reports;",
        "it listens.",
    ]
    assert len(study.all(UnitCut, text_id=text.id)) == 3
    assert len(study.all(UnitCut, text_id=after.id)) == 2
    history.undo(study)
    assert units.units_of(study, after) == before
    assert study.all(UnitCut, text_id=after.id) == []
