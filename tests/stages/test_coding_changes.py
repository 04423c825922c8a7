from __future__ import annotations

from typing import Any

import pytest

from tests.stages.conftest import at, plan
from workbench.errors import ReasonMissing, Refused
from workbench.model.case import Case, Document
from workbench.model.cell import Cell, CellExcerpt, CellState
from workbench.model.coding import Coding, Excerpt
from workbench.model.framework import Code
from workbench.model.memo import Memo, MemoKind
from workbench.model.records import key_of
from workbench.model.text import Passage
from workbench.stages import chart, coding_changes, familiarise, framework_versions, history, index, register
from workbench.study.study import Study


def quotes(study: Study) -> list[tuple[str, str]]:
    return sorted((c.code_id, study.get(Excerpt, c.excerpt_id).quote) for c in study.all(Coding))


def one(study: Study, words: str, code: str = "desk", memo: str = "") -> Coding:
    return index.code_passage(study, plan(study).id, at(words), [code], memo=memo)[0]


def test_many_hits_are_coded_at_once_and_undone_at_once(coded: Study) -> None:
    one(coded, "desk")
    hits = [(plan(coded).id, at(words)) for words in ("desk", "Portuguese", "pays", "pays")]
    with pytest.raises(ReasonMissing):
        coding_changes.code_hits(coded, hits, ["desk"], reason="")
    made = coding_changes.code_hits(coded, hits, ["desk", "fees"], reason="found by searching")
    assert len(made) == 5
    assert quotes(coded) == [
        ("desk", "Portuguese"),
        ("desk", "desk"),
        ("desk", "pays"),
        ("fees", "Portuguese"),
        ("fees", "desk"),
        ("fees", "pays"),
    ]
    with pytest.raises(Refused, match="have the codes already"):
        coding_changes.code_hits(coded, hits, ["desk"], reason="again")
    history.undo(coded)
    assert quotes(coded) == [("desk", "desk")]


def test_a_code_in_vivo_takes_its_name_from_the_passage(coded: Study) -> None:
    [theme] = coded.framework.roots()
    coding = coding_changes.code_in_vivo(coded, plan(coded).id, at("Nobody pays"), theme.id)
    code = coded.get(Code, coding.code_id)
    assert (code.name, code.source, code.examples) == ("Nobody pays", "in vivo", ("Nobody pays",))
    history.undo(coded)
    assert coded.find(Code, code.id) is None
    assert quotes(coded) == []
    framework_versions.release(coded, reason="done")
    with pytest.raises(ReasonMissing):
        coding_changes.code_in_vivo(coded, plan(coded).id, at("Nobody pays"), theme.id)


def test_a_resized_coding_keeps_its_memo_and_leaves_linked_cells_where_they_are(coded: Study) -> None:
    coding = one(coded, "a desk", memo="which desk?")
    case = coded.all(Case)[0]
    chart.link_excerpts(coded, case.id, "desk", [coding.excerpt_id])
    longer = coding_changes.resize_coding(coded, coding.id, at("sets up a desk"))
    assert longer.id == coding.id
    assert quotes(coded) == [("desk", "sets up a desk")]
    assert [memo.content for memo in coded.all(Memo, anchor=key_of(coding))] == ["which desk?"]
    assert [link.excerpt_id for link in coded.all(CellExcerpt)] == [coding.excerpt_id]
    with pytest.raises(Refused, match="just this passage"):
        coding_changes.resize_coding(coded, coding.id, at("sets up a desk"))
    one(coded, "city")
    with pytest.raises(Refused, match=r"already has 1\.1 Desk"):
        coding_changes.resize_coding(coded, coding.id, at("city"))


def test_an_excerpt_that_nothing_rests_on_goes_when_its_coding_is_resized(coded: Study) -> None:
    coding = one(coded, "a desk")
    coding_changes.resize_coding(coded, coding.id, at("desk"))
    assert coded.find(Excerpt, coding.excerpt_id) is None
    history.undo(coded)
    assert quotes(coded) == [("desk", "a desk")]


def test_a_split_coding_becomes_two_without_blanks_at_the_cut(coded: Study) -> None:
    coding = one(coded, "It answers in Portuguese. Nobody pays.", memo="two things")
    cut = at("Nobody").start
    coding_changes.split_coding(coded, coding.id, cut)
    assert quotes(coded) == [("desk", "It answers in Portuguese."), ("desk", "Nobody pays.")]
    assert coded.all(Memo)[0].anchor == key_of(coding)
    for outside in (cut + 30, at("It").start):
        with pytest.raises(Refused, match="inside the coding"):
            coding_changes.split_coding(coded, coding.id, outside)


def test_merged_codings_stand_on_the_whole_and_gather_the_memos(coded: Study) -> None:
    late = one(coded, "Nobody pays.", memo="late")
    early = one(coded, "It answers", memo="early")
    coding_changes.flag_doubt(coded, late.id)
    kept = coding_changes.merge_codings(coded, [late.id, early.id])
    assert kept.id == early.id
    assert kept.doubtful
    assert quotes(coded) == [("desk", "It answers in Portuguese. Nobody pays.")]
    assert {memo.anchor for memo in coded.all(Memo)} == {key_of(kept)}
    fees = one(coded, "city", "fees")
    with pytest.raises(Refused, match="one code, by one coder"):
        coding_changes.merge_codings(coded, [kept.id, fees.id])
    with pytest.raises(Refused, match="cannot be merged"):
        coding_changes.merge_codings(coded, [kept.id])


def test_a_doubt_is_flagged_with_a_question_and_cleared(coded: Study) -> None:
    coding = one(coded, "desk")
    coding_changes.flag_doubt(coded, coding.id, "Is that a service?")
    assert coded.get(Coding, coding.id).doubtful
    assert [(memo.kind, memo.content) for memo in coded.all(Memo)] == [
        (MemoKind.QUESTION, "Is that a service?")
    ]
    with pytest.raises(Refused, match="already"):
        coding_changes.flag_doubt(coded, coding.id)
    coding_changes.clear_doubt(coded, coding.id)
    assert not coded.get(Coding, coding.id).doubtful
    assert coded.count(Memo) == 1
    with pytest.raises(Refused, match="not in doubt"):
        coding_changes.clear_doubt(coded, coding.id)


def test_the_codings_of_another_coder_ask_for_a_reason(coded: Study) -> None:
    first, second = one(coded, "a desk"), one(coded, "city")
    coded.coder = "B. Silva"
    for change in (
        lambda reason: coding_changes.resize_coding(coded, first.id, at("desk"), reason=reason),
        lambda reason: coding_changes.split_coding(coded, first.id, at("desk").start, reason=reason),
        lambda reason: coding_changes.merge_codings(coded, [first.id, second.id], reason=reason),
        lambda reason: index.uncode(coded, first.id, second.id, reason=reason),
    ):
        with pytest.raises(Refused, match=r"A\. Mori's"):
            change("")
        change("agreed with A. Mori")
        history.undo(coded)


def test_codings_taken_away_together_come_back_together(coded: Study) -> None:
    first, second = one(coded, "a desk", memo="one"), one(coded, "city")
    familiarise.note_passage(coded, plan(coded).id, at("city"), "stays")
    with pytest.raises(ReasonMissing, match="2 codings at once"):
        index.uncode(coded, first.id, second.id)
    index.uncode(coded, first.id, second.id, reason="a rereading")
    assert quotes(coded) == []
    assert [excerpt.quote for excerpt in coded.all(Excerpt)] == ["city"]
    history.undo(coded)
    assert quotes(coded) == [("desk", "a desk"), ("desk", "city")]


def test_a_passage_beyond_the_text_is_refused_whole(coded: Study) -> None:
    text = plan(coded)
    hits = [(text.id, at("desk")), (text.id, Passage(0, text.characters + 1))]
    with pytest.raises(Refused, match="characters"):
        coding_changes.code_hits(coded, hits, ["desk"], reason="found")
    assert quotes(coded) == []


def test_a_part_that_is_coded_already_is_refused_in_plain_words(coded: Study) -> None:
    coding = one(coded, "It answers in Portuguese. Nobody pays.")
    one(coded, "Nobody pays.")
    with pytest.raises(Refused, match=r"already has 1\.1 Desk"):
        coding_changes.split_coding(coded, coding.id, at("Nobody").start)


def test_a_memo_of_another_coder_goes_only_with_a_reason(coded: Study) -> None:
    coding = one(coded, "desk")
    coded.coder = "B. Silva"
    familiarise.write_memo(coded, key_of(coding), "Which desk?")
    coded.coder = "A. Mori"
    with pytest.raises(ReasonMissing, match=r"memo by B\. Silva"):
        index.uncode(coded, coding.id)
    index.uncode(coded, coding.id, reason="settled with B. Silva")
    assert coded.count(Memo) == 0


@pytest.fixture
def charted(coded: Study) -> tuple[Study, Coding]:
    """Chart a cell on one coding and say that it is reviewed."""
    [coding] = index.code_passage(coded, plan(coded).id, at("It answers in Portuguese."), ["desk"])
    case = coded.all(Case)[0].id
    chart.link_excerpts(coded, case, "desk", [coding.excerpt_id])
    chart.write_cell(coded, case, "desk", summary="It answers.")
    chart.mark_cell(coded, case, "desk", CellState.CHARTED)
    chart.mark_cell(coded, case, "desk", CellState.REVIEWED)
    return coded, coding


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda s, k: index.uncode(s, k.id), "“It answers in Portuguese.” under 1.1 Desk was uncoded."),
        (lambda s, k: index.recode(s, k.id, "languages"), "is 1.2 Languages now."),
        (lambda s, k: coding_changes.resize_coding(s, k.id, at("It answers")), "was given other bounds."),
        (lambda s, k: coding_changes.split_coding(s, k.id, at("in Portuguese").start), "was cut in two."),
    ],
)
def test_a_cell_is_stale_once_the_coding_it_rests_on_is_changed(
    charted: tuple[Study, Coding], change: Any, told: str
) -> None:
    study, coding = charted
    cell = Cell.key(study.all(Case)[0].id, "desk")
    change(study, coding)
    assert study.get(Cell, cell).state is CellState.STALE
    assert study.get(Cell, cell).stale_cause.endswith(told)
    history.undo(study)
    assert study.get(Cell, cell).state is CellState.REVIEWED


def test_a_cell_stands_while_another_coder_codes_what_it_rests_on(charted: tuple[Study, Coding]) -> None:
    study, coding = charted
    study.coder = "J. Berg"
    index.code_passage(study, plan(study).id, at("It answers in Portuguese."), ["desk"])
    study.coder = "A. Mori"
    index.uncode(study, coding.id)
    assert [cell.state for cell in study.all(Cell)] == [CellState.REVIEWED]


def test_a_cell_is_stale_once_its_document_is_left_out(charted: tuple[Study, Coding]) -> None:
    study, _ = charted
    register.exclude_document(study, study.all(Document)[0].id, reason="a draft")
    [cell] = study.all(Cell)
    assert cell.state is CellState.STALE
    assert cell.stale_cause == "plan was left out of the corpus: a draft"


def test_a_stale_cell_is_not_made_fresh_by_marking_it_a_draft(charted: tuple[Study, Coding]) -> None:
    study, coding = charted
    index.uncode(study, coding.id)
    case = study.all(Case)[0].id
    for state in (CellState.DRAFT, CellState.CHARTED, CellState.REVIEWED):
        with pytest.raises(Refused, match="The cell is stale"):
            chart.mark_cell(study, case, "desk", state)


def test_a_search_in_vain_is_in_documents_of_the_case_for_words_that_are_not_there(coded: Study) -> None:
    case, document = coded.all(Case)[0].id, coded.all(Document)[0].id
    other = register.add_case(coded, "Sakai").id
    with pytest.raises(Refused, match="plan: no document of Sakai"):
        chart.record_search(coded, other, "desk", documents=[document], terms=["tax"])
    with pytest.raises(Refused, match="“portuguese” does stand in plan"):
        chart.record_search(coded, case, "desk", documents=[document], terms=["tax", "portuguese"])
    note = "only the language of the desk"
    made = chart.record_search(coded, case, "desk", documents=[document], terms=["portuguese"], note=note)
    assert made.note == note
    assert chart.record_search(coded, case, "desk", documents=[document], terms=["税", "tax"]).terms
