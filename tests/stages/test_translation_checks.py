"""Answers to questions about translations: kept with the passage, carried to new versions, told elsewhere."""

from __future__ import annotations

import pytest

from tests.properties.test_every_action import small_codebook, tables
from tests.stages.test_text_versions import add, charted, code
from workbench.errors import Refused
from workbench.exchange.statement import write_statement
from workbench.matrix.chart import build_chart
from workbench.matrix.lint import lint
from workbench.model.decision import Verb
from workbench.model.text import Passage, Text, TextKind
from workbench.model.translation_check import CheckAnswer, CheckKind, Reply
from workbench.stages import framework_versions, history, register
from workbench.stages.linking import link_stretches, unlink_stretches
from workbench.stages.revising import revise_text
from workbench.stages.text_versions import describe_text
from workbench.stages.translation_checks import (
    Question,
    answer_questions,
    questions,
    still_the_same,
    with_answers,
    withdraw_answer,
)
from workbench.stages.translation_statement import translation_statement
from workbench.stages.units import join_units
from workbench.study.check import check_study
from workbench.study.study import Study
from workbench.study.translation_queries import DOUBTED, Sides, links_between

JA = "市は35人に補助する。\n会議は公開しなければならない。\n附則。\n"
EN = "The city supports 53 people.\nThe council meets in public.\nThe fee is 20 yen.\n"


@pytest.fixture
def study(study: Study) -> Study:
    framework_versions.apply_codebook(study, small_codebook(), reason="start")
    return study


@pytest.fixture
def pair(study: Study) -> tuple[Text, Text]:
    source, target = add(study, "ja.txt", JA), add(study, "en.txt", EN, TextKind.OFFICIAL_TRANSLATION)
    describe_text(study, source.id, language="ja")
    describe_text(study, target.id, language="en", translates=source.id)
    for ours, theirs in ((0, 0), (1, 1)):
        link(study, (source, JA, ours), (target, EN, theirs))
    return study.get(Text, source.id), study.get(Text, target.id)


def line(content: str, number: int) -> Passage:
    words = content.splitlines()[number]
    return Passage(content.index(words), content.index(words) + len(words))


def link(study: Study, ours: tuple[Text, str, int], theirs: tuple[Text, str, int]) -> None:
    (source, ja, first), (target, en, second) = ours, theirs
    link_stretches(study, (source.id, line(ja, first)), (target.id, line(en, second)))


def asked(study: Study, kind: CheckKind) -> Question:
    [found] = [each for each in questions(study) if each.kind is kind]
    return found


def test_linked_and_lone_passages_are_asked_about_with_their_places(
    study: Study, pair: tuple[Text, Text]
) -> None:
    found = questions(study)
    assert [each.kind for each in found] == [
        CheckKind.NUMBERS,
        CheckKind.MODALITY,
        CheckKind.ADDED,
        CheckKind.MISSING,
    ]
    number = found[0]
    assert [JA[each.start : each.end] for each in number.source_seen] == ["35"]
    assert [EN[each.start : each.end] for each in number.target_seen] == ["53"]
    assert (number.source_passage, number.target_passage) == (line(JA, 0), line(EN, 0))
    assert {each.state for each in found} == {"open"}
    assert found[2].source_passage == Passage(0, 0)
    assert [each.kind for each in questions(study, kinds=[CheckKind.MODALITY])] == [CheckKind.MODALITY]
    assert questions(study, document_ids=["nowhere"]) == []


def test_an_answer_is_one_decision_with_a_reason_and_undo_takes_it_back(
    study: Study, pair: tuple[Text, Text]
) -> None:
    question = asked(study, CheckKind.NUMBERS)
    with pytest.raises(Refused):
        answer_questions(study, [question], Reply.ACCEPTED, reason=" ")
    before, count = tables(study), study.head.count
    [answer] = answer_questions(study, [question], Reply.ACCEPTED, reason="a slip of the pen")
    assert study.head.count == count + 1
    assert study.decision(count + 1).action == Verb.ANSWER_CHECK.label
    assert (answer.note, answer.coder, answer.question) == ("a slip of the pen", "A. Mori", question.question)
    assert asked(study, CheckKind.NUMBERS).answer == answer
    history.undo(study)
    assert tables(study) == before
    assert asked(study, CheckKind.NUMBERS).state == "open"


def test_an_answer_can_be_changed_and_withdrawn(study: Study, pair: tuple[Text, Text]) -> None:
    question = asked(study, CheckKind.NUMBERS)
    answer_questions(study, [question], Reply.DISMISSED, reason="they count otherwise")
    answer_questions(study, [question], Reply.NOTED, reason="after all")
    assert [each.reply for each in study.all(CheckAnswer)] == [Reply.NOTED]
    withdraw_answer(study, question.id)
    with pytest.raises(Refused):
        withdraw_answer(study, question.id)
    with pytest.raises(Refused):
        answer_questions(study, [], Reply.NOTED, reason="none")


def test_an_answer_stays_when_the_texts_are_linked_anew(study: Study, pair: tuple[Text, Text]) -> None:
    question = asked(study, CheckKind.NUMBERS)
    answer_questions(study, [question], Reply.NOTED, reason="as it is")
    unlink_stretches(study, [each.id for each in links_between(study, pair[0].id, pair[1].id)])
    assert questions(study) == []
    whole = Passage(0, line(JA, 1).end), Passage(0, line(EN, 1).end)
    link_stretches(study, (pair[0].id, whole[0]), (pair[1].id, whole[1]))
    again = asked(study, CheckKind.NUMBERS)
    assert (again.state, again.source_passage) == ("noted", whole[0])
    assert asked(study, CheckKind.MODALITY).state == "open"


def test_what_a_person_said_stands_alone_is_not_asked_about(study: Study, pair: tuple[Text, Text]) -> None:
    link_stretches(study, (pair[0].id, line(JA, 2)), (pair[1].id, Passage(0, 0)))
    assert CheckKind.MISSING not in {each.kind for each in questions(study)}


def test_answers_go_along_to_a_new_version_where_the_words_stand(
    study: Study, pair: tuple[Text, Text]
) -> None:
    for kind in (CheckKind.NUMBERS, CheckKind.MODALITY, CheckKind.MISSING):
        answer_questions(study, [asked(study, kind)], Reply.NOTED, reason=f"about {kind}")
    newer = "Preamble.\n" + EN.replace("meets in public", "meets once a year in public")
    new = add(study, "en-2.txt", newer, TextKind.REVISION)
    revise_text(study, pair[1].id, new.id, reason="Amended.")
    states = {each.kind: each.state for each in questions(study)}
    assert states[CheckKind.NUMBERS] == "noted"
    assert states[CheckKind.MISSING] == "noted"
    assert {each.target_id for each in study.all(CheckAnswer)} == {pair[1].id, new.id}
    assert len(study.all(CheckAnswer, target_id=pair[1].id)) == 3
    carried = study.all(CheckAnswer, target_id=new.id)
    assert sorted(each.kind for each in carried) == [CheckKind.MISSING, CheckKind.NUMBERS]
    assert check_study(study) == []
    history.undo(study)
    assert study.all(CheckAnswer, target_id=new.id) == []


def test_answers_go_along_when_the_source_is_revised(study: Study, pair: tuple[Text, Text]) -> None:
    answer_questions(study, [asked(study, CheckKind.NUMBERS)], Reply.NOTED, reason="as it is")
    new = add(study, "ja-2.txt", "前文。\n" + JA, TextKind.REVISION)
    describe_text(study, new.id, language="ja")
    revise_text(study, pair[0].id, new.id, reason="Amended.")
    again = asked(study, CheckKind.NUMBERS)
    assert (again.source.id, again.state) == (new.id, "noted")


def test_what_rests_on_a_faulty_translation_is_marked(study: Study, pair: tuple[Text, Text]) -> None:
    target = study.get(Text, pair[1].id)
    cell = charted(study, code(study, target, "53 people"), "a1")
    question = asked(study, CheckKind.NUMBERS)
    for reply, expected in ((Reply.DISMISSED, ()), (Reply.NOTED, ()), (Reply.ACCEPTED, (DOUBTED,))):
        answer_questions(study, [question], reply, reason="looked at")
        sides = Sides(study)
        assert sides.caveats(target, line(EN, 0)) == expected
        assert sides.caveats(target, line(EN, 1)) == ()
        assert sides.caveats(pair[0], line(JA, 0)) == ()
        found = build_chart(study).cells[cell.case_id, cell.code_id].caveats
        assert (DOUBTED in found) == bool(expected)
    assert any("doubtful or at fault" in each.what for each in lint(study, ["versions"]))


def test_the_statement_counts_answers_and_lists_faults(study: Study, pair: tuple[Text, Text]) -> None:
    assert "Nothing that the program asks" in write_statement(translation_statement(study)).decode()
    answer_questions(study, [asked(study, CheckKind.NUMBERS)], Reply.ACCEPTED, reason="Read 35.")
    answer_questions(study, [asked(study, CheckKind.MODALITY)], Reply.DISMISSED, reason="A free rendering.")
    told = write_statement(translation_statement(study)).decode()
    assert "2 questions answered (1 modality, 1 numbers): 1 accepted as faults, 0 noted, 1 dismissed" in told
    assert "Read 35." in told
    assert "A free rendering." not in told


def test_other_decisions_do_not_make_them_ask_again(study: Study, pair: tuple[Text, Text]) -> None:
    found, at = questions(study), study.head.count
    code(study, pair[1], "53 people")
    answer_questions(study, found[:1], Reply.NOTED, reason="seen")
    assert still_the_same(study, at)
    assert [each.state for each in with_answers(study, found)][:2] == ["noted", "open"]
    join_units(study, pair[1].id, Passage(0, 50))
    assert not still_the_same(study, at)


def test_texts_of_excluded_documents_are_not_asked_about(study: Study, pair: tuple[Text, Text]) -> None:
    register.exclude_document(study, pair[1].document_id, reason="out of scope")
    assert questions(study) == []


def test_asking_can_be_ended(study: Study, pair: tuple[Text, Text]) -> None:
    with pytest.raises(Refused):
        questions(study, progress=lambda done, of: False)
