"""Suggestions from a study: which texts, whose work, both sides of a link, answers and their precision."""

from __future__ import annotations

import pytest

from workbench.errors import ReasonMissing, Refused
from workbench.language.suggesting import Offer, Offers
from workbench.model.case import Document
from workbench.model.coding import Coding, Excerpt
from workbench.model.suggestion import METHOD, Answer, Basis, Suggestion
from workbench.model.text import Passage, Text, TextKind
from workbench.sources import read_bytes
from workbench.stages import framework, history, index, linking, register, revising, text_versions
from workbench.stages.importing import ImportPlan, importing
from workbench.stages.suggesting import offer_at, offers_for, question
from workbench.stages.suggestion_answers import (
    accept_suggestion,
    postpone_suggestion,
    precision_of,
    precisions,
    reject_suggestion,
)
from workbench.study.audit_queries import coders_of
from workbench.study.check import check_study
from workbench.study.file import check_replay
from workbench.study.study import Study

EN = "The city opens a desk.\nA desk gives advice.\nThe desk is free.\nA second desk follows.\nRoads lie.\n"
JA = "市は窓口を開く。\n窓口は助言する。\n窓口は無料である。\n次の窓口が続く。\n道路を直す。\n"


def add(study: Study, name: str, content: str, language: str) -> Text:
    before = {text.id for text in study.all(Text)}
    with importing(study, ImportPlan(case="Osaka", language=language)) as run:
        run.add(name, content.encode(), read_bytes(name, content.encode()))
    return next(text for text in study.all(Text) if text.id not in before)


@pytest.fixture
def desks(study: Study) -> Study:
    study.coder = "A. Mori"
    add(study, "plan-ja.txt", JA, "ja")
    add(study, "plan-en.txt", EN, "en")
    theme = framework.add_theme(study, "Services")
    framework.add_code(study, theme.id, "Desks", reason="first")
    framework.add_code(study, theme.id, "Roads", reason="first")
    framework.edit_code(study, "desks", cues=["desk"], reason="to look for them")
    return study


def text_of(study: Study, language: str) -> Text:
    return study.all(Text, language=language)[0]


def line(content: str, number: int) -> Passage:
    lines = content.split("\n")
    start = sum(len(each) + 1 for each in lines[:number])
    return Passage(start, start + len(lines[number]))


def offered(study: Study, *, count: int = 20, postponed: bool = False) -> Offers:
    return offers_for(question(study, "desks", postponed=postponed), count=count)


def places(offers: Offers) -> set[tuple[str, Passage]]:
    return {(each.text_id, each.passage) for each in offers.offers}


def due(study: Study) -> Offer:
    return next(each for each in offered(study).offers if not each.drawn)


def test_excluded_and_replaced_texts_are_not_suggested_from(desks: Study) -> None:
    en = text_of(desks, "en")
    assert offered(desks).units == 10
    newer = add(desks, "plan-en-2.txt", EN + "One more line.\n", "en")
    assert offered(desks).units == 16
    revising.revise_text(desks, en.id, newer.id, reason="amended")
    assert offered(desks).units == 11
    assert en.id not in {text for text, _ in places(offered(desks))}
    document = desks.get(Document, text_of(desks, "ja").document_id)
    register.exclude_document(desks, document.id, reason="out of scope")
    assert offered(desks).units == 6


def test_only_ones_own_codings_and_answers_count(desks: Study) -> None:
    en = text_of(desks, "en")
    for number in range(3):
        index.code_passage(desks, en.id, line(EN, number), ["desks"])
    assert question(desks, "desks").known.coded
    assert {each.basis for each in offered(desks).offers if each.text_id == en.id} == {Basis.LEARNED}
    assert question(desks, "desks", coder="J. Berg").known.coded == ()
    assert len(question(desks, "desks", coder="").known.coded) == 3
    assert question(desks, "roads").known.otherwise


def test_what_is_coded_on_one_side_is_an_example_on_the_other_and_not_offered(desks: Study) -> None:
    ja, en = text_of(desks, "ja"), text_of(desks, "en")
    text_versions.describe_text(desks, en.id, kind=TextKind.OWN_TRANSLATION, translates=ja.id)
    for number in range(4):
        linking.link_stretches(desks, (ja.id, line(JA, number)), (en.id, line(EN, number)))
    for number in range(3):
        index.code_passage(desks, en.id, line(EN, number), ["desks"])
    found = offered(desks)
    assert dict(found.examples) == {"en": 3, "ja": 3}
    assert (ja.id, line(JA, 0)) not in places(found)
    [other] = [each for each in found.offers if (each.text_id, each.passage) == (ja.id, line(JA, 3))]
    assert other.basis is Basis.LEARNED
    reject_suggestion(desks, "desks", other)
    assert (en.id, line(EN, 3)) not in places(offered(desks)), "rejected on either side"


def test_an_answer_is_two_decisions_and_its_undoing_offers_the_passage_again(desks: Study) -> None:
    offer = due(desks)
    coding = accept_suggestion(desks, "desks", offer, memo="as promised")
    suggested, accepted = desks.decisions()[-2:]
    assert (suggested.action, suggested.coder) == ("suggest code", METHOD)
    assert (accepted.action, accepted.coder) == ("accept suggestion", "A. Mori")
    made = desks.get(Suggestion, coding.suggestion)
    assert (made.answer, made.coder, made.passage) == (Answer.ACCEPTED, "A. Mori", offer.passage)
    assert any(reason.startswith("cue “desk” at") for reason in made.reasons)
    assert (offer.text_id, offer.passage) not in places(offered(desks))
    with pytest.raises(Refused, match="already has"):
        accept_suggestion(desks, "desks", offer)
    with pytest.raises(Refused, match="is answered: accepted"):
        reject_suggestion(desks, "desks", offer)
    history.undo(desks)
    assert desks.all(Coding) == []
    assert desks.get(Suggestion, made.id).answer is Answer.OPEN
    assert due(desks) == offer
    history.redo(desks)
    assert desks.all(Coding) == [coding]
    assert coders_of(desks) == ["A. Mori"], "a method is no coder"
    assert check_study(desks) == []
    assert check_replay(desks) == []


def test_precision_counts_what_was_answered_and_keeps_random_ones_apart(desks: Study) -> None:
    asked = {"drawn": 0, "ranked": 0}
    for number in range(6):
        offer = offered(desks, count=1).offers[0]
        asked["drawn" if offer.drawn else "ranked"] += 1
        if number % 2:
            reject_suggestion(desks, "desks", offer, note="no")
        else:
            accept_suggestion(desks, "desks", offer)
        if not any(not each.drawn for each in offered(desks).offers):
            break
    counted = precision_of(desks, "desks", "A. Mori")
    assert (counted.ranked.answered, counted.drawn.answered) == (asked["ranked"], asked["drawn"])
    assert counted.ranked.accepted + counted.drawn.accepted == desks.count(Coding)
    postpone_suggestion(desks, "desks", offered(desks, count=40, postponed=True).offers[0])
    again = precision_of(desks, "desks", "A. Mori")
    assert (again.ranked, again.drawn, again.postponed) == (counted.ranked, counted.drawn, 1)
    assert precisions(desks) == [again]
    assert precision_of(desks, "roads", "A. Mori").sentence == "none answered yet"


def test_other_bounds_are_right_and_another_code_is_not(desks: Study) -> None:
    offer = due(desks)
    wider = Passage(offer.passage.start, offer.passage.end + 3)
    coding = accept_suggestion(desks, "desks", offer, passage=wider)
    assert desks.get(Excerpt, coding.excerpt_id).passage == wider
    other = due(desks)
    moved = accept_suggestion(desks, "desks", other, other_code="roads")
    assert (moved.code_id, desks.get(Suggestion, moved.suggestion).answer) == ("roads", Answer.OTHER_CODE)
    counted = precision_of(desks, "desks", "A. Mori")
    assert (counted.by_cues.accepted, counted.by_cues.answered) == (1, 2)


def test_what_is_put_off_is_offered_again_only_when_asked_for(desks: Study) -> None:
    offer = due(desks)
    postpone_suggestion(desks, "desks", offer, note="ask J. Berg")
    assert (offer.text_id, offer.passage) not in places(offered(desks))
    again = offer_at(offered(desks, postponed=True), offer.text_id, offer.passage)
    accept_suggestion(desks, "desks", again)
    assert [each.answer for each in desks.all(Suggestion)] == [Answer.ACCEPTED]


@pytest.mark.unread
def test_nothing_is_answered_for_an_unread_case_a_retired_code_or_by_a_method(desks: Study) -> None:
    offer = due(desks)
    head = desks.head
    with pytest.raises(ReasonMissing, match="Nobody has read anything of Osaka yet"):
        accept_suggestion(desks, "desks", offer)
    with pytest.raises(Refused, match="not among the suggestions"):
        offer_at(offered(desks), offer.text_id, Passage(0, 1))
    desks.coder = METHOD
    with pytest.raises(Refused, match="name of a method"):
        reject_suggestion(desks, "desks", offer)
    desks.coder = "A. Mori"
    framework.retire_code(desks, "desks", reason="never used")
    with pytest.raises(Refused, match="is retired"):
        question(desks, "desks")
    assert desks.head.count == head.count + 1


def test_a_ranking_that_is_ended_says_so(desks: Study) -> None:
    add(desks, "new.txt", "Never read before, number seven.", "en")
    with pytest.raises(Refused, match="was ended"):
        offers_for(question(desks, "desks"), progress=lambda done, of: False)
