"""An edited workbook comes back as proposals, and nothing is overwritten that somebody else changed."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.editing import edit
from tests.matrix.small import build_small
from workbench.errors import ReasonMissing, Refused
from workbench.exchange.charts import write_chart
from workbench.exchange.edited_workbook import read_edited
from workbench.model.cell import Cell, CellExcerpt, CellState, Status
from workbench.model.decision import Verb
from workbench.model.memo import Memo
from workbench.model.records import Record
from workbench.stages import chart, history
from workbench.stages.framework import edit_code
from workbench.stages.proposal_reading import proposals_of
from workbench.stages.proposals import Part, Proposal, Proposals, Standing, accept, leave
from workbench.study.check import check_study
from workbench.study.file import check_replay, create_study
from workbench.study.study import Study

WHY = "The coordinator checked it."
OSAKA_HATE, OSAKA_TALK, OSAKA_VOTE, HAMAMATSU_TALK = "5", "6", "8", "10"
"""Rows of the sheet `Cells`."""


@pytest.fixture
def small(study: Study) -> Study:
    build_small(study)
    return study


def book_of(study: Study) -> bytes:
    return write_chart(study, format="xlsx")


def read(study: Study, data: bytes) -> Proposals:
    return proposals_of(study, read_edited("chart.xlsx", data))


def only(study: Study, data: bytes) -> Proposal:
    found = read(study, data)
    assert found.findings == ()
    (proposal,) = found.items
    return proposal


def test_a_workbook_that_nobody_edited_proposes_nothing(small: Study) -> None:
    assert read(small, book_of(small)) == Proposals((), ())


def test_an_edited_summary_is_one_proposal_and_one_decision(small: Study) -> None:
    data = edit(book_of(small), {f"E{OSAKA_HATE}": "The city forbids it. [E2]"})
    proposal = only(small, data)
    assert (proposal.number, proposal.part, proposal.place) == (1, Part.SUMMARY, "Cells!E5")
    assert proposal.words == ("The city bans it.", "The city forbids it. [E2]", "The city bans it.")
    assert (proposal.standing, proposal.label) == (Standing.OPEN, "Osaka × 1.1 Hate speech law")
    before = small.head.count
    accept(small, proposal, reason=WHY)
    decision = small.decision(before + 1)
    assert small.head.count == before + 1
    assert decision.action == Verb.WRITE_CELL.label
    digest = proposal.digest
    assert decision.reason == f"Proposal from chart.xlsx (SHA-256 {digest}), row 5: {WHY}"
    cell = small.get(Cell, "Osaka.hate")
    assert (cell.summary, dict(cell.citations)) == ("The city forbids it.", {"20": "e-en"})
    assert only(small, data).standing is Standing.DONE


def test_a_status_goes_with_its_note(small: Study) -> None:
    data = edit(book_of(small), {f"C{OSAKA_HATE}": "Yes but restricted", f"D{OSAKA_HATE}": "in public"})
    proposal = only(small, data)
    assert proposal.words[:2] == ("Yes", "Yes but restricted: in public")
    accept(small, proposal, reason=WHY)
    cell = small.get(Cell, "Osaka.hate")
    assert (cell.status_id, cell.status_note) == ("restricted", "in public")


@pytest.mark.parametrize("written", ["restricted", "R", " yes but restricted "])
def test_a_status_may_be_named_by_id_mark_or_label(small: Study, written: str) -> None:
    data = edit(book_of(small), {f"C{OSAKA_HATE}": written, f"D{OSAKA_HATE}": "in public"})
    assert only(small, data).edited.status_id == "restricted"


def test_a_cell_that_nobody_assessed_can_be_charted_in_a_workbook(small: Study) -> None:
    row = HAMAMATSU_TALK
    written = {
        f"C{row}": "Not applicable",
        f"D{row}": "no such task",
        f"E{row}": "Nothing to say.",
        f"G{row}": "charted",
    }
    data = edit(book_of(small), written)
    found = read(small, data)
    assert [item.part for item in found.items] == [Part.SUMMARY, Part.STATUS, Part.STATE]
    for item in found.without_conflict:
        accept(small, item, reason=WHY)
    cell = small.get(Cell, "Hamamatsu.talk")
    assert (cell.summary, cell.status_id, cell.state) == (
        "Nothing to say.",
        "not-applicable",
        CellState.CHARTED,
    )
    assert read(small, data).open == ()


def test_what_the_rules_refuse_is_refused_and_leaves_the_others(small: Study) -> None:
    row = HAMAMATSU_TALK
    data = edit(book_of(small), {f"C{row}": "Yes", f"F{row}": "A comment."})
    comment, status = read(small, data).items
    with pytest.raises(Refused, match="needs"):
        accept(small, status, reason=WHY)
    accept(small, comment, reason=WHY)
    assert small.get(Cell, "Hamamatsu.talk").comment == "A comment."
    assert [item.part for item in read(small, data).open] == [Part.STATUS]


def test_nothing_is_taken_without_a_reason(small: Study) -> None:
    proposal = only(small, edit(book_of(small), {f"F{OSAKA_HATE}": ""}))
    for act in (accept, leave):
        with pytest.raises(ReasonMissing):
            act(small, proposal, reason=" ")
    assert small.get(Cell, "Osaka.hate").comment == "Early."


def test_an_accepted_proposal_is_undone_like_any_decision_and_is_open_again(small: Study) -> None:
    data = edit(book_of(small), {f"F{OSAKA_HATE}": "Late."})
    accept(small, only(small, data), reason=WHY)
    history.undo(small)
    assert small.get(Cell, "Osaka.hate").comment == "Early."
    assert only(small, data).standing is Standing.OPEN


# three ways


def test_a_cell_changed_since_the_export_is_a_conflict_with_three_texts(small: Study) -> None:
    data = edit(book_of(small), {f"E{OSAKA_HATE}": "The city forbids it."})
    chart.write_cell(small, "Osaka", "hate", summary="The city punishes it.")
    proposal = only(small, data)
    assert proposal.standing is Standing.CONFLICT
    assert proposal.words == ("The city bans it.", "The city forbids it.", "The city punishes it.")
    assert read(small, data).without_conflict == ()
    accept(small, proposal, reason=WHY)
    assert small.get(Cell, "Osaka.hate").summary == "The city forbids it."


def test_another_part_of_the_cell_changed_since_is_a_conflict_as_well(small: Study) -> None:
    data = edit(book_of(small), {f"F{OSAKA_HATE}": "Late."})
    chart.write_cell(small, "Osaka", "hate", summary="The city punishes it.")
    assert only(small, data).standing is Standing.CONFLICT


def test_what_was_accepted_from_the_same_row_is_no_conflict(small: Study) -> None:
    data = edit(
        book_of(small), {f"E{OSAKA_HATE}": "New.", f"F{OSAKA_HATE}": "Late.", f"G{OSAKA_HATE}": "draft"}
    )
    for part in (Part.SUMMARY, Part.COMMENT, Part.STATE):
        (item,) = [each for each in read(small, data).without_conflict if each.part is part]
        accept(small, item, reason=WHY)
    assert [item.standing for item in read(small, data).items] == [Standing.DONE] * 3
    assert small.get(Cell, "Osaka.hate").state is CellState.DRAFT


def test_the_same_edit_made_in_both_places_is_done(small: Study) -> None:
    data = edit(book_of(small), {f"F{OSAKA_HATE}": "Late."})
    chart.write_cell(small, "Osaka", "hate", comment="Late.")
    assert only(small, data).standing is Standing.DONE


def test_a_cell_made_and_taken_back_since_is_compared_with_what_was_exported(small: Study) -> None:
    data = edit(book_of(small), {f"F{HAMAMATSU_TALK}": "Mine."})
    chart.write_cell(small, "Hamamatsu", "talk", comment="Yours.")
    assert only(small, data).standing is Standing.CONFLICT
    history.undo(small)
    assert only(small, data).standing is Standing.OPEN


def test_a_state_that_somebody_else_moved_is_a_conflict(small: Study) -> None:
    data = edit(book_of(small), {f"G{OSAKA_VOTE}": "charted"})
    assert only(small, data).standing is Standing.OPEN
    chart.mark_cell(small, "Osaka", "vote", CellState.CHARTED)
    chart.mark_cell(small, "Osaka", "vote", CellState.REVIEWED)
    assert only(small, data).standing is Standing.CONFLICT


def test_a_stale_cell_is_cleared_by_marking_it_reviewed(small: Study) -> None:
    edit_code(small, "hate", definition="Narrower.", reason="pilot")
    data = edit(book_of(small), {f"G{OSAKA_HATE}": "reviewed"})
    before = small.head.count
    accept(small, only(small, data), reason=WHY)
    assert small.decision(before + 1).action == Verb.CLEAR_STALE.label
    assert small.get(Cell, "Osaka.hate").state is CellState.REVIEWED


def test_a_cell_that_changed_after_the_reading_is_not_overwritten(small: Study) -> None:
    proposal = only(small, edit(book_of(small), {f"F{OSAKA_HATE}": "Late."}))
    chart.write_cell(small, "Osaka", "hate", comment="Between.")
    with pytest.raises(Refused, match="changed since the proposals were read"):
        accept(small, proposal, reason=WHY)


# left as it is


def test_a_proposal_that_is_left_is_a_memo_and_is_known_again(small: Study) -> None:
    data = edit(book_of(small), {f"F{OSAKA_HATE}": "Late.", f"F{HAMAMATSU_TALK}": "Nobody."})
    for item in read(small, data).items:
        leave(small, item, reason="Not convincing.")
    memos = {memo.anchor: memo.content for memo in small.all(Memo)}
    assert set(memos) == {"cell:Osaka.hate", "code:talk"}
    assert "row 5, comment, left as it is: Not convincing." in memos["cell:Osaka.hate"]
    assert memos["cell:Osaka.hate"].endswith("Osaka × 1.1 Hate speech law: the workbook says: Late.")
    again = proposals_of(small, read_edited("renamed.xlsx", data))
    assert [item.standing for item in again.items] == [Standing.LEFT, Standing.LEFT]
    with pytest.raises(Refused, match="left as it is already"):
        accept(small, again.items[0], reason=WHY)
    history.undo(small)
    assert [item.standing for item in read(small, data).items] == [Standing.LEFT, Standing.OPEN]


def test_numbers_stay_while_the_file_is_the_same(small: Study) -> None:
    data = edit(book_of(small), {"F5": "Late.", "F6": "Six.", "F7": "Seven."})
    first, second, third = read(small, data).items
    accept(small, first, reason=WHY)
    leave(small, second, reason=WHY)
    assert [item.number for item in read(small, data).open] == [third.number] == [3]


# what cannot be taken


@pytest.mark.parametrize(
    ("place", "words", "what"),
    [
        ("C5", "Perhaps", "There is no status Perhaps."),
        ("G5", "done", "A cell cannot be marked “done”."),
        ("G5", "stale", "A cell cannot be marked “stale”."),
        ("G5", "", "A cell cannot be marked “”."),
        ("E5", "It cites. [E9]", "[E9] names no evidence of this cell"),
    ],
)
def test_words_that_mean_nothing_are_named_with_their_cell(
    small: Study, place: str, words: str, what: str
) -> None:
    found = read(small, edit(book_of(small), {place: words}))
    (finding,) = found.findings
    assert (found.items, finding.place) == ((), f"Cells!{place}")
    assert finding.what.startswith(what)


def test_an_edit_of_a_text_that_was_cut_is_not_taken(small: Study) -> None:
    chart.write_cell(small, "Osaka", "vote", summary="x" * 40_000)
    assert read(small, book_of(small)) == Proposals((), ())
    (finding,) = read(small, edit(book_of(small), {f"E{OSAKA_VOTE}": "short"})).findings
    assert "longer than a cell of a workbook" in finding.what


def test_an_edit_of_a_case_that_is_gone_is_named(small: Study) -> None:
    small.decide(Verb.ADD_CASE, "case:Kyoto", put=[_case("Kyoto")])
    data = edit(book_of(small), {"F13": "Nothing.", "F5": "Late."})
    small.decide(Verb.REMOVE_CASE, "case:Kyoto", remove=["case:Kyoto"], reason="out of scope")
    found = read(small, data)
    assert [item.part for item in found.items] == [Part.COMMENT]
    assert [finding.what for finding in found.findings] == [
        "The case of Kyoto × 1.1 Hate speech law is no longer in the study; the row is not read."
    ]


def _case(name: str) -> Record:
    from workbench.model.case import Case

    return Case(name, name, 9)


def test_the_workbook_of_another_study_is_refused(small: Study, tmp_path: Path) -> None:
    with create_study(tmp_path / "other.workbench", title="Small study", coder="A. Mori") as other:
        build_small(other)
        with pytest.raises(Refused, match="exported from another study"):
            read(other, book_of(small))


def test_a_workbook_of_a_later_state_is_refused(small: Study, tmp_path: Path) -> None:
    copy = tmp_path / "copy.workbench"
    copy.write_bytes(small.path.read_bytes())
    chart.write_cell(small, "Osaka", "hate", comment="Late.")
    later = book_of(small)
    from workbench.study.file import open_study

    with open_study(copy, coder="B. Sato") as held:
        with pytest.raises(Refused, match="a later state or another copy"):
            read(held, later)
        chart.write_cell(held, "Osaka", "hate", comment="Otherwise.")
        with pytest.raises(Refused, match="a later state or another copy"):
            read(held, later)


# for any words

WORDS = st.text(max_size=60) | st.text(
    "=+-@'\"\t\r\n \x00\x1b\u202e\u2066\u200b\ufffe_x0041<>&[]E1市🙂é\u0301", max_size=40
)
LONG = st.sampled_from(["y" * 32_767, "z" * 32_768, "𠮷" * 16_384, "a\u202e" * 5_000, "\n" * 300])
SAID = WORDS | LONG
TYPED = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff[]"), max_size=40
) | st.text("=+-@' \n<U+202E>_x0041市🙂", max_size=20)


@contextmanager
def study_saying(words: list[str]) -> Iterator[Study]:
    with tempfile.TemporaryDirectory() as folder:
        study = create_study(Path(folder) / "any.workbench", title="Any", coder="A. Mori")
        build_small(study)
        summary, comment, note, name = words
        cell = Cell("Osaka.hate", "Osaka", "hate", summary, comment, "yes", status_note=note)
        cell = replace(cell, citations={str(len(summary)): "e-en"})
        other = Cell("Osaka.vote", "Osaka", "vote", comment, summary, "restricted", status_note=name)
        other = replace(other, state=CellState.STALE, stale_cause=note)
        put: list[Record] = [cell, other, Status("named", name or "named", "X", 40)]
        study.decide(Verb.WRITE_CELL, "cell:Osaka.hate", put=put)
        yield study
        study.close()


MANY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def writable(words: str) -> bool:
    return not re.search("[\ud800-\udfff]", words)


@MANY
@given(st.lists(SAID.filter(writable), min_size=4, max_size=4))
def test_any_study_comes_back_as_no_proposal(words: list[str]) -> None:
    with study_saying(words) as study:
        assert read(study, book_of(study)) == Proposals((), ())


@MANY
@given(
    st.lists(WORDS.filter(writable), min_size=4, max_size=4),
    st.sampled_from(["D", "E", "F"]),
    TYPED,
)
def test_any_edit_is_one_proposal_that_the_next_export_says(
    words: list[str], column: str, typed: str
) -> None:
    with study_saying(words) as study:
        data = book_of(study)
        place = f"{column}{OSAKA_VOTE}"
        found = read(study, edit(data, {place: f"{typed}!"}))
        assert found.findings == ()
        (proposal,) = found.items
        try:
            accept(study, proposal, reason=WHY)
        except Refused as error:
            assert "needs" in error.what
            return
        again = read(study, edit(data, {place: f"{typed}!"}))
        assert [item.standing for item in again.items] == [Standing.DONE]
        assert read(study, book_of(study)) == Proposals((), ())
        said = study.get(Cell, "Osaka.vote")
        assert {"D": said.status_note, "E": said.summary, "F": said.comment}[column] == f"{typed}!".strip()
        check_replay(study)


def test_an_edit_beside_hidden_characters_keeps_them(study: Study) -> None:
    build_small(study)
    chart.write_cell(study, "Osaka", "vote", summary="right\u202eto left\tand on")
    data = edit(book_of(study), {f"E{OSAKA_VOTE}": "right<U+202E>to left    and further"})
    accept(study, only(study, data), reason=WHY)
    assert study.get(Cell, "Osaka.vote").summary == "right\u202eto left\tand further"
    assert list(check_study(study)) == []


def test_what_a_cell_cites_comes_back_by_its_refs(small: Study) -> None:
    small.decide(Verb.LINK_EXCERPTS, "cell:Osaka.vote", put=[CellExcerpt.of("Osaka.vote", "e-ja")])
    chart.write_cell(small, "Osaka", "vote", summary="One. Two.", citations={"4": "e-ja"})
    data = book_of(small)
    refs = read_edited("chart.xlsx", edit(data, {f"F{OSAKA_VOTE}": "x"})).rows[0].refs
    (ref,) = refs
    proposal = only(small, edit(data, {f"E{OSAKA_VOTE}": f"One. Two. [{ref}]"}))
    assert proposal.words[:2] == (f"One. [{ref}] Two.", f"One. Two. [{ref}]")
    accept(small, proposal, reason=WHY)
    assert dict(small.get(Cell, "Osaka.vote").citations) == {"9": "e-ja"}
