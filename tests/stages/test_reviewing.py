from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.stages.conftest import PLAN, at, plan
from workbench.errors import Refused
from workbench.model.coding import Coding, Reviewed
from workbench.model.text import Passage
from workbench.stages import history, index, reviewing
from workbench.study.study import Study


def test_a_text_falls_into_indexed_reviewed_and_open(coded: Study) -> None:
    text = plan(coded)
    index.code_passage(coded, text.id, at("The city"), ["desk"])
    reviewing.mark_reviewed(coded, text.id, at("city sets up a desk.\n"))
    shares = reviewing.shares_of(coded, text)
    assert (shares.indexed, shares.reviewed) == (len("The city"), len(" sets up a desk.\n"))
    assert shares.total == len(PLAN)
    assert [PLAN[p.start : p.end] for p in shares.open_passages] == ["It answers in Portuguese. Nobody pays."]


def test_marks_that_touch_are_one_and_part_of_one_can_be_taken_back(coded: Study) -> None:
    text = plan(coded)
    for words in ("The city", " sets up", "Nobody"):
        reviewing.mark_reviewed(coded, text.id, at(words))
    assert [mark.passage for mark in coded.all(Reviewed, order="start")] == [
        at("The city sets up"),
        at("Nobody"),
    ]
    with pytest.raises(Refused, match="already"):
        reviewing.mark_reviewed(coded, text.id, at("city sets"))
    reviewing.unmark_reviewed(coded, text.id, at("city"))
    assert reviewing.reviewed_passages(coded, text.id) == [at("The "), at(" sets up"), at("Nobody")]
    with pytest.raises(Refused, match="not marked"):
        reviewing.unmark_reviewed(coded, text.id, at("city"))
    history.undo(coded)
    assert reviewing.reviewed_passages(coded, text.id) == [at("The city sets up"), at("Nobody")]


def test_the_work_of_one_coder_can_be_looked_at_alone(coded: Study) -> None:
    text = plan(coded)
    reviewing.mark_reviewed(coded, text.id, at("Nobody pays."))
    coded.coder = "B. Silva"
    index.code_passage(coded, text.id, at("Nobody"), ["fees"])
    everyone = reviewing.shares_of(coded, text)
    assert (everyone.indexed, everyone.reviewed) == (6, len(" pays.\n"))
    mine = reviewing.shares_of(coded, text, coder="B. Silva")
    assert (mine.indexed, mine.reviewed) == (6, 0)
    with pytest.raises(Refused, match="not marked"):
        reviewing.unmark_reviewed(coded, text.id, at("Nobody pays."))


@pytest.mark.parametrize("passage", [Passage(0, 0), Passage(24, 26), Passage(0, len(PLAN) + 1)])
def test_nothing_to_read_cannot_be_marked(coded: Study, passage: Passage) -> None:
    with pytest.raises(Refused, match="nothing to mark"):
        reviewing.mark_reviewed(coded, plan(coded).id, passage)


@st.composite
def place(draw: st.DrawFn) -> Passage:
    start = draw(st.integers(0, len(PLAN) - 1))
    return Passage(start, draw(st.integers(start + 1, len(PLAN))))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(place(), max_size=4), st.lists(place(), max_size=4))
def test_indexed_reviewed_and_open_are_the_whole_text(
    coded: Study, coded_places: list[Passage], marks: list[Passage]
) -> None:
    text = plan(coded)
    with coded.transaction():
        for passages, action in (
            (coded_places, lambda p: index.code_passage(coded, text.id, p, ["desk"])),
            (marks, lambda p: reviewing.mark_reviewed(coded, text.id, p)),
        ):
            for passage in passages:
                try:
                    action(passage)
                except Refused:
                    continue
        under_code = {
            i for c in coded.all(Coding) for p in [_passage(coded, c)] for i in range(p.start, p.end)
        }
        marked = {i for m in coded.all(Reviewed) for i in range(m.start, m.end)} - under_code
        shares = reviewing.shares_of(coded, text)
        assert shares.indexed + shares.reviewed + shares.open == shares.total == len(PLAN)
        printing = {i for i, character in enumerate(PLAN) if not character.isspace()}
        assert len(printing & under_code) <= shares.indexed
        assert len(printing & marked) <= shares.reviewed
        left = {i for p in shares.open_passages for i in range(p.start, p.end)}
        assert left & printing == printing - under_code - marked
        assert (shares.open == 0) == (not left)
        _take_all_back(coded)


def _passage(study: Study, coding: Coding) -> Passage:
    from workbench.model.coding import Excerpt

    return study.get(Excerpt, coding.excerpt_id).passage


def _take_all_back(study: Study) -> None:
    codings = [coding.id for coding in study.all(Coding)]
    if codings:
        index.uncode(study, *codings, reason="taken back")
    for mark in study.all(Reviewed):
        reviewing.unmark_reviewed(study, mark.text_id, mark.passage)
