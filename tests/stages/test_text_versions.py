"""Versions of texts: who made them, drafts that are no evidence, and revisions that move nothing silently."""

from __future__ import annotations

import pytest

from tests.properties.test_every_action import small_codebook, tables
from workbench.errors import Refused, WorkbenchError
from workbench.exchange.register import RegisterRow
from workbench.model.case import Case
from workbench.model.cell import Cell, CellQuote, CellState
from workbench.model.claim import Claim, ClaimKind, ClaimState
from workbench.model.coding import Coding, Excerpt
from workbench.model.memo import Memo
from workbench.model.text import Passage, Text, TextKind
from workbench.model.translation import LeftBehind, LeftState, Method, Verdict, Verification
from workbench.model.word_difference import Kept
from workbench.sources import read_bytes
from workbench.stages import (
    carrying,
    chart,
    familiarise,
    framework,
    framework_versions,
    history,
    index,
    interpret,
    reviewing,
)
from workbench.stages.carrying import Look, Stopped
from workbench.stages.importing import ImportPlan, importing
from workbench.stages.revising import keep_excerpt, look_ahead, place_excerpt, revise_text, waiting_excerpts
from workbench.stages.revision_words import decided_of, not_carried, revision_summary
from workbench.stages.staleness import all_causes
from workbench.stages.text_tree import text_tree
from workbench.stages.text_versions import approve_text, describe_text, text_difference
from workbench.stages.verification import verify_translation
from workbench.study.check import check_study
from workbench.study.queries import cells_resting_on
from workbench.study.study import Study

OLD = (
    "Article 1. The city shall respect rights.\nIt may ask the council.\nNobody pays a fee here.\nIt ends.\n"
)
NEW = "Preamble.\nArticle 1. The city shall respect rights.\nIt must ask the council.\nIt ends.\n"


@pytest.fixture
def study(study: Study) -> Study:
    framework_versions.apply_codebook(study, small_codebook(), reason="start")
    return study


def add(study: Study, name: str, content: str, kind: TextKind = TextKind.ORIGINAL) -> Text:
    with importing(study, ImportPlan(case="Osaka", kind=kind, language="en")) as run:
        run.add(name, content.encode(), read_bytes(name, content.encode()))
    return next(text for text in study.all(Text) if text.file_name == name)


def code(study: Study, text: Text, words: str, code_id: str = "a1") -> Excerpt:
    start = study.text_content(text.content_hash).index(words)
    [coding] = index.code_passage(study, text.id, Passage(start, start + len(words)), [code_id])
    return study.get(Excerpt, coding.excerpt_id)


def charted(study: Study, excerpt: Excerpt, code_id: str, *, quote: str = "") -> Cell:
    case = study.all(Case)[0]
    chart.link_excerpts(study, case.id, code_id, [excerpt.id])
    chart.write_cell(study, case.id, code_id, summary="It is there.")
    if quote:
        chart.insert_quote(study, case.id, code_id, excerpt.id, quote)
    chart.mark_cell(study, case.id, code_id, CellState.CHARTED)
    return study.get(Cell, Cell.key(case.id, code_id))


def test_what_is_said_of_a_text_is_a_decision_and_its_words_stay(study: Study) -> None:
    source, text = add(study, "ja.txt", "権利。\n"), add(study, "en.txt", OLD)
    said = describe_text(
        study,
        text.id,
        kind=TextKind.OWN_TRANSLATION,
        translates=source.id,
        maker="J. Berg",
        made="2018-07-02",
    )
    assert (said.content_hash, said.is_translation) == (text.content_hash, True)
    decision = study.decisions(latest=1)[0]
    assert "maker" not in decision.before[f"text:{text.id}"]
    assert decision.after[f"text:{text.id}"]["translates"] == source.id
    with pytest.raises(Refused, match="translation of itself"):
        describe_text(study, source.id, translates=text.id)
    history.undo(study)
    assert study.get(Text, text.id) == text


def test_a_machine_draft_is_no_evidence_until_a_person_approves_it(study: Study) -> None:
    draft = add(study, "en.txt", OLD, TextKind.MACHINE_DRAFT)
    excerpt = code(study, draft, "The city shall respect rights.")
    case = study.all(Case)[0]
    chart.link_excerpts(study, case.id, "a1", [excerpt.id])
    with pytest.raises(Refused, match="machine draft that nobody has approved do not count"):
        chart.set_status(study, case.id, "a1", "yes")
    with pytest.raises(Refused, match="Approve the text"):
        describe_text(study, draft.id, kind=TextKind.OWN_TRANSLATION)
    with pytest.raises(WorkbenchError, match="reason"):
        approve_text(study, draft.id, reason=" ")
    approved = approve_text(study, draft.id, reason="Read against the source.", note="two terms changed")
    assert (approved.approved_by, approved.approval) == ("A. Mori", "two terms changed")
    chart.set_status(study, case.id, "a1", "yes")
    approval = next(d for d in study.decisions() if d.action == "approve text")
    with pytest.raises(Refused, match="set status"):
        history.undo(study, approval.seq)
    with pytest.raises(Refused, match="no machine draft"):
        approve_text(study, add(study, "o.txt", "Other.\n").id, reason="why")


def test_an_original_cannot_become_a_draft_under_a_status(study: Study) -> None:
    text = add(study, "en.txt", OLD)
    excerpt = code(study, text, "The city shall respect rights.")
    case = study.all(Case)[0]
    chart.link_excerpts(study, case.id, "a1", [excerpt.id])
    chart.set_status(study, case.id, "a1", "yes")
    before = tables(study)
    with pytest.raises(Refused, match="would lack"):
        describe_text(study, text.id, kind=TextKind.MACHINE_DRAFT)
    assert tables(study) == before


def test_two_versions_are_compared_word_by_word(study: Study) -> None:
    old, new = add(study, "old.txt", OLD), add(study, "new.txt", NEW)
    difference = text_difference(study, old.id, new.id)
    assert "".join(each.words for each in difference if each.kept is not Kept.NEW) == OLD
    assert "".join(each.words for each in difference if each.kept is not Kept.GONE) == NEW
    assert {each.words for each in difference if each.kept is Kept.GONE} >= {"may"}


def test_a_revision_carries_what_stands_there_and_lists_the_rest(study: Study) -> None:
    old = add(study, "old.txt", OLD)
    same = code(study, old, "The city shall respect rights.", "a1")
    changed = code(study, old, "It may ask the council.", "a2")
    lost = code(study, old, "Nobody pays a fee here.", "b1")
    fresh, stale, gone = (
        charted(study, same, "a1", quote="respect rights"),
        charted(study, changed, "a2", quote="may ask"),
        charted(study, lost, "b1"),
    )
    claim = interpret.make_claim(study, ClaimKind.CONCEPT, "Asking", statement="The city asks.")
    interpret.link_cell(study, claim.id, stale.id)
    interpret.hold_claim(study, claim.id)
    codings, before = study.all(Coding), tables(study)
    new = add(study, "new.txt", NEW, TextKind.REVISION)
    imported = tables(study)
    revised = revise_text(study, old.id, new.id, reason="amended")
    found = {each.excerpt.id: each.outcome for each in revised.excerpts}
    assert {key: found[key].found.value for key in found} == {
        same.id: "carried",
        changed.id: "uncertain",
        lost.id: "lost",
    }
    assert study.get(Text, new.id).revises == old.id
    moved = study.get(Excerpt, same.id)
    assert (moved.text_id, NEW[moved.start : moved.end]) == (new.id, same.quote)
    assert study.all(Coding) == codings
    assert study.get(Cell, fresh.id).state is CellState.CHARTED
    states = {cell.id: (cell.state, cell.stale_cause) for cell in study.all(Cell)}
    assert states[stale.id] == (
        CellState.STALE,
        "“It may ask the council.” is not found for certain in the new version of old.",
    )
    assert states[gone.id][0] is CellState.STALE
    assert "is not in the new version" in states[gone.id][1]
    assert study.get(Claim, claim.id).state is ClaimState.STALE
    resting = cells_resting_on(study, excerpts=[changed.id, lost.id])
    assert {cell.id for cell in study.all(Cell, state=CellState.STALE.value)} == {cell.id for cell in resting}
    waiting = {each.excerpt.id: each.left.state for each in waiting_excerpts(study) if each.left}
    assert waiting == {changed.id: LeftState.UNCERTAIN, lost.id: LeftState.LOST}
    history.undo(study)
    assert tables(study) == imported
    history.redo(study)
    assert check_study(study) == []
    assert before["coding"] == tables(study)["coding"]


def test_uncertain_excerpts_are_placed_by_hand_or_kept(study: Study) -> None:
    old = add(study, "old.txt", OLD)
    changed, lost = code(study, old, "It may ask the council."), code(study, old, "Nobody pays a fee here.")
    cell = charted(study, changed, "a1", quote="may ask")
    new = add(study, "new.txt", NEW)
    revise_text(study, old.id, new.id, reason="amended")
    chart.clear_stale(study, cell.case_id, "a1", reason="looked at")
    before = tables(study)
    moved = place_excerpt(study, changed.id)
    assert (moved.id, moved.quote, moved.text_id) == (changed.id, "It must ask the council.", new.id)
    assert study.all(CellQuote) == []
    assert "reads “It must ask" in study.get(Cell, cell.id).stale_cause
    with pytest.raises(Refused, match="latest version"):
        place_excerpt(study, changed.id)
    history.undo(study)
    assert tables(study) == before
    with pytest.raises(Refused, match="No place is proposed"):
        place_excerpt(study, lost.id)
    keep_excerpt(study, lost.id, reason="The fee is evidence of how it was.")
    with pytest.raises(Refused, match="already"):
        keep_excerpt(study, lost.id, reason="again")
    later = add(study, "later.txt", NEW + "Nobody pays a fee here.\nIt may ask the council.\n")
    found = {
        each.excerpt.id: each.outcome.found.value
        for each in revise_text(study, new.id, later.id, reason="amended again").excerpts
    }
    assert found == {changed.id: "carried"}, "what was kept stays; what waited is looked for again"
    assert [each.state for each in study.all(LeftBehind)] == [LeftState.KEPT]


def test_a_file_of_the_same_name_that_replaces_a_text_makes_stale_what_did_not_come_along(
    study: Study,
) -> None:
    old = add(study, "plan.txt", OLD)
    same, lost = (
        code(study, old, "The city shall respect rights."),
        code(study, old, "Nobody pays a fee here.", "b1"),
    )
    fresh, gone = charted(study, same, "a1"), charted(study, lost, "b1")
    plan = ImportPlan(kind=TextKind.ORIGINAL, language="en", revises=old.id, reason="amended")
    with importing(study, plan) as run:
        run.add("plan.txt", NEW.encode(), read_bytes("plan.txt", NEW.encode()))
    assert sorted(each.outcome.found.value for each in run.revision.excerpts) == ["carried", "lost"]
    assert study.get(Cell, fresh.id).state is CellState.CHARTED
    assert study.get(Cell, gone.id).state is CellState.STALE


def test_an_excerpt_left_behind_can_be_uncoded(study: Study) -> None:
    old = add(study, "old.txt", OLD)
    lost = code(study, old, "Nobody pays a fee here.")
    revise_text(study, old.id, add(study, "new.txt", NEW).id, reason="amended")
    index.uncode(study, study.all(Coding, excerpt_id=lost.id)[0].id)
    assert study.all(Excerpt) == []
    assert study.all(LeftBehind) == []
    history.undo(study)
    assert [each.excerpt_id for each in study.all(LeftBehind)] == [lost.id]


def test_a_place_that_is_taken_is_not_taken_twice(study: Study) -> None:
    old, new = add(study, "old.txt", OLD), add(study, "new.txt", NEW)
    code(study, old, "The city shall respect rights.")
    there = code(study, new, "The city shall respect rights.", "a2")
    [one] = revise_text(study, old.id, new.id, reason="amended").excerpts
    assert (one.outcome.found.value, one.outcome.passage) == ("uncertain", there.passage)
    with pytest.raises(Refused, match="an excerpt at that place"):
        place_excerpt(study, one.excerpt.id)


def test_a_text_is_replaced_once_and_not_by_itself(study: Study) -> None:
    old, new = add(study, "old.txt", OLD), add(study, "new.txt", NEW)
    with pytest.raises(Refused):
        revise_text(study, old.id, old.id, reason="why")
    revise_text(study, old.id, new.id, reason="why")
    with pytest.raises(Refused, match="already"):
        revise_text(study, old.id, add(study, "third.txt", "Third.\n").id, reason="why")
    with pytest.raises(Refused):
        revise_text(study, new.id, old.id, reason="why")


def test_statuses_do_not_lose_their_evidence_to_a_machine_draft(study: Study) -> None:
    old = add(study, "old.txt", OLD)
    excerpt = code(study, old, "The city shall respect rights.")
    case = study.all(Case)[0]
    chart.link_excerpts(study, case.id, "a1", [excerpt.id])
    chart.set_status(study, case.id, "a1", "yes")
    draft = add(study, "new.txt", NEW, TextKind.MACHINE_DRAFT)
    with pytest.raises(Refused, match="would lack"):
        revise_text(study, old.id, draft.id, reason="newer")
    approve_text(study, draft.id, reason="read")
    revise_text(study, old.id, draft.id, reason="newer")
    assert study.get(Excerpt, excerpt.id).text_id == draft.id


def test_what_was_reviewed_and_verified_goes_along_where_its_words_stand(study: Study) -> None:
    old = add(study, "old.txt", OLD, TextKind.OWN_TRANSLATION)
    rights = code(study, old, "The city shall respect rights.")
    memo = familiarise.write_memo(study, f"excerpt:{rights.id}", "Whose rights?")
    ends = OLD.index("It ends.")
    reviewing.mark_reviewed(study, old.id, Passage(OLD.index("It may"), ends + 8))
    for start, end in ((0, 41), (OLD.index("Nobody"), ends)):
        verify_translation(
            study,
            old.id,
            Passage(start, end),
            reader="K. Sato",
            method=Method.SECOND_READER,
            verdict=Verdict.SOUND,
        )
    newer = NEW.replace("It ends.", "It ends here and now.\nIt ends.")
    new = add(study, "new.txt", newer, TextKind.REVISION)
    imported = tables(study)
    revised = revise_text(study, old.id, new.id, reason="amended")
    told = {(each.what, each.words): each.is_carried for each in revised.passages}
    assert told == {
        ("reviewed", "It may ask the council."): False,
        ("reviewed", "Nobody pays a fee here."): False,
        ("reviewed", "It ends."): True,
        ("verification", OLD[:41]): True,
        ("verification", "Nobody pays a fee here.\n"): False,
    }
    [check] = study.all(Verification, text_id=new.id)
    assert (newer[check.start : check.end], check.reader) == (OLD[:41], "K. Sato")
    assert len(study.all(Verification, text_id=old.id)) == 2, "the old version keeps its own"
    assert study.get(Memo, memo.id).anchor == f"excerpt:{rights.id}"
    assert study.get(Excerpt, rights.id).text_id == new.id
    assert "Verifications: 1 carried, 1 not." in revision_summary(revised)
    assert len(list(not_carried(revised))) == 3
    history.undo(study)
    assert tables(study) == imported
    history.redo(study)
    assert check_study(study) == []


def test_of_a_reviewed_stretch_the_unchanged_sentences_go_along(study: Study) -> None:
    old = add(study, "old.txt", OLD)
    reviewing.mark_reviewed(study, old.id, old.whole)
    new = add(study, "new.txt", NEW)
    revised = revise_text(study, old.id, new.id, reason="amended")
    assert [each.is_carried for each in revised.passages] == [True, False, False, True]
    there = [NEW[each.start : each.end] for each in reviewing.reviewed_passages(study, new.id)]
    assert there == ["Article 1. The city shall respect rights.", "It ends."]
    assert reviewing.reviewed_passages(study, old.id) == [old.whole]


def test_a_verification_does_not_outlive_its_source(study: Study) -> None:
    source, amended = add(study, "ja.txt", "権利を守る。\n"), add(study, "ja2.txt", "義務を守る。\n")
    old, new = add(study, "old.txt", OLD), add(study, "new.txt", OLD + "More.\n")
    describe_text(study, old.id, translates=source.id)
    describe_text(study, new.id, translates=amended.id)
    verify_translation(
        study, old.id, Passage(0, 41), reader="K. Sato", method=Method.PANEL, verdict=Verdict.SOUND
    )
    [told] = revise_text(study, old.id, new.id, reason="amended").passages
    assert (told.is_carried, told.outcome.why) == (False, "The new version renders another text.")
    assert study.all(Verification, text_id=new.id) == []


def test_a_second_original_in_one_language_is_told_and_not_refused(study: Study) -> None:
    rows = [RegisterRow(2, "law", file="a.txt"), RegisterRow(3, "law", file="b.txt")]
    with importing(study, ImportPlan(language="en", register=rows)) as run:
        for name, content in (("a.txt", OLD), ("b.txt", NEW)):
            run.add(name, content.encode(), read_bytes(name, content.encode()))
    assert [bool(report.notes) for report in run.reports] == [False, True]
    assert "holds an original in en already: a.txt" in run.reports[1].notes[0]
    assert len(study.all(Text)) == 2


def test_texts_stand_in_a_tree_below_what_they_render_and_replace(study: Study) -> None:
    source = add(study, "law.txt", "権利。\n")
    english, alone = add(study, "a-en.txt", OLD), add(study, "zz.txt", "Other.\n")
    describe_text(study, english.id, kind=TextKind.OWN_TRANSLATION, translates=source.id)
    code(study, english, "It may ask the council.")
    newer = add(study, "b-en.txt", NEW, TextKind.REVISION)
    revise_text(study, english.id, newer.id, reason="amended")
    lines = text_tree(study)
    assert [(line.text.id, line.depth, line.relation) for line in lines] == [
        (source.id, 0, ""),
        (english.id, 1, "translates"),
        (newer.id, 2, "revises"),
        (alone.id, 0, ""),
    ]
    assert [(line.replaced_by, line.excerpts) for line in lines[1:3]] == [(newer.id, 1), ("", 0)]


def test_no_redo_makes_a_text_the_translation_of_itself(study: Study) -> None:
    one, two = add(study, "one.txt", OLD), add(study, "two.txt", NEW)
    describe_text(study, one.id, translates=two.id)
    history.undo(study)
    first, study.coder = study.coder, "Another"
    describe_text(study, two.id, translates=one.id)
    study.coder = first
    with pytest.raises(Refused, match=r"one\.txt would be a translation of itself"):
        history.redo(study)
    assert study.get(Text, one.id).translates is None


def test_texts_that_stand_below_each_other_in_a_circle_are_all_listed(study: Study) -> None:
    one, two = add(study, "one.txt", OLD), add(study, "two.txt", NEW)
    describe_text(study, one.id, translates=two.id)
    revise_text(study, one.id, two.id, reason="amended")
    assert {line.text.id for line in text_tree(study)} == {one.id, two.id}
    assert len(text_tree(study)) == 2


def test_what_is_decided_of_the_queue_is_counted_for_the_latest_versions(study: Study) -> None:
    old = add(study, "old.txt", OLD)
    changed, _ = code(study, old, "It may ask the council."), code(study, old, "Nobody pays a fee here.")
    new = add(study, "new.txt", NEW)
    revise_text(study, old.id, new.id, reason="amended")
    assert decided_of(study, waiting_excerpts(study)) == (0, 2)
    place_excerpt(study, changed.id)
    assert decided_of(study, waiting_excerpts(study)) == (1, 2)
    history.undo(study)
    assert decided_of(study, waiting_excerpts(study)) == (0, 2)


def test_what_is_stale_for_several_causes_names_them_all_once(study: Study) -> None:
    old = add(study, "old.txt", OLD)
    changed = code(study, old, "It may ask the council.")
    lost = code(study, old, "Nobody pays a fee here.")
    cell = charted(study, changed, "a1")
    chart.link_excerpts(study, cell.case_id, "a1", [lost.id])
    framework.edit_code(study, "a1", definition="Something else.", reason="sharper")
    revise_text(study, old.id, add(study, "new.txt", NEW).id, reason="amended")
    framework.edit_code(study, "a1", definition="Something else again.", reason="sharper still")
    told = study.get(Cell, cell.id).stale_cause.split(" Also: ")
    assert [words.partition("”")[0] for words in told][1:] == [
        "“It may ask the council.",
        "“Nobody pays a fee here.",
    ]
    assert told[0].startswith("The definition of")
    chart.clear_stale(study, cell.case_id, "a1", reason="looked at")
    assert study.get(Cell, cell.id).stale_cause == ""


def test_of_very_many_causes_it_is_said_that_there_are_more() -> None:
    causes = [f"Cause {number}." for number in range(7)]
    whole = ""
    for cause in causes:
        whole = all_causes(whole, cause)
    assert whole == all_causes(*causes) == f"{' Also: '.join(causes[:5])} Also: more."
    assert all_causes(whole, "Cause 2.") == whole
    assert all_causes("", "One.", "One.") == "One."


def test_what_was_looked_for_ahead_is_not_looked_for_again(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = add(study, "old.txt", OLD, TextKind.OWN_TRANSLATION)
    for words in ("The city shall respect rights.", "Nobody pays a fee here."):
        code(study, old, words)
    reviewing.mark_reviewed(study, old.id, old.whole)
    new = add(study, "new.txt", NEW, TextKind.REVISION)
    look = Look()
    look_ahead(study, old.id, NEW, "en", look)
    monkeypatch.setattr(carrying, "anchored", None)
    revised = revise_text(study, old.id, new.id, reason="amended", look=look)
    assert [each.outcome.found.value for each in revised.excerpts] == ["carried", "lost"]
    assert revised.passages


def test_looking_ahead_can_be_stopped(study: Study) -> None:
    old = add(study, "old.txt", OLD)
    code(study, old, "Nobody pays a fee here.")
    with pytest.raises(Stopped):
        look_ahead(study, old.id, NEW, "en", Look(lambda: True))
