"""Cells taken away whole, a status for several of them, and the wording for one case."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.stages.conftest import PLAN, at, plan
from workbench.errors import NothingChanged, ReasonMissing, Refused
from workbench.exchange.codebook import default_vocabulary
from workbench.exchange.register import RegisterRow
from workbench.model.case import Case, Document
from workbench.model.cell import Cell, CellExcerpt, CellQuote, CellState, Footnote, SearchRecord
from workbench.model.claim import Claim, ClaimKind, ClaimState
from workbench.model.decision import Verb
from workbench.model.framework import Code
from workbench.model.records import KINDS
from workbench.sources import read_bytes
from workbench.stages import chart, familiarise, framework, framework_versions, history, index, interpret
from workbench.stages.cell_removal import and_with, belongings, remove_cell
from workbench.stages.importing import ImportPlan, importing
from workbench.stages.register import add_case, assign_case
from workbench.study.chart_queries import decisions_about_cell
from workbench.study.check import check_study
from workbench.study.study import Study

PARTS = (Cell, CellExcerpt, CellQuote, SearchRecord, Footnote)


def code_id(study: Study, number: str) -> str:
    code = study.framework.find(number)
    assert isinstance(code, Code)
    return code.id


@pytest.fixture
def places(coded: Study) -> list[tuple[str, str]]:
    """Give Osaka and Kyoto under 1.1, each with an excerpt, and Kobe, which has none."""
    rules, statuses = default_vocabulary()
    book = replace(framework_versions.current_codebook(coded), rules=rules, statuses=statuses)
    framework_versions.apply_codebook(coded, book, reason="The usual answers.")
    desk, [document] = code_id(coded, "1.1"), coded.all(Document)
    assign_case(coded, document.id, add_case(coded, "Kyoto").id)
    assign_case(coded, document.id, add_case(coded, "Kobe").id)
    excerpt = index.code_passage(coded, plan(coded).id, at("The city sets up a desk."), [desk])[0].excerpt_id
    made = [(case.id, desk) for case in coded.all(Case, order="position")]
    for case, code in made[:2]:
        chart.link_excerpts(coded, case, code, [excerpt])
        chart.write_cell(coded, case, code, summary="A desk.")
        chart.mark_cell(coded, case, code, CellState.CHARTED)
    return made


def contents(study: Study) -> dict[str, list[object]]:
    return {kind: list(study.all(cls)) for kind, cls in KINDS.items()}


def test_a_cell_goes_with_all_that_belongs_to_it_and_undo_brings_all_back(
    coded: Study, places: list[tuple[str, str]]
) -> None:
    osaka, kyoto, _ = places
    [document] = coded.all(Document)
    excerpt = coded.all(CellExcerpt, cell_id=Cell.key(*osaka))[0].excerpt_id
    chart.insert_quote(coded, *osaka, excerpt, "a desk")
    chart.record_search(coded, *osaka, documents=[document.id], terms=["Korean"])
    chart.add_footnote(coded, f"cell:{Cell.key(*osaka)}", "As of 2019.")
    chart.add_footnote(coded, f"case:{osaka[0]}", "A port.")
    before = contents(coded)
    assert and_with(belongings(coded, *osaka)) == (
        " with 1 linked excerpt, 1 quote, 1 search record and 1 footnote"
    )
    with pytest.raises(ReasonMissing):
        remove_cell(coded, *osaka, reason=" ")
    assert contents(coded) == before
    remove_cell(coded, *osaka, reason="Charted for the wrong city.")
    assert belongings(coded, *osaka) == []
    assert [note.content for note in coded.all(Footnote)] == ["A port."]
    assert coded.get(Cell, Cell.key(*kyoto)).summary == "A desk."
    decision = coded.decision(coded.head.count)
    assert (decision.action, decision.reason) == (Verb.REMOVE_CELL.label, "Charted for the wrong city.")
    assert decision.subject == f"cell:{Cell.key(*osaka)}"
    history.undo(coded)
    assert contents(coded) == before
    history.redo(coded)
    assert check_study(coded) == []


def test_a_cell_that_a_claim_rests_on_stays_and_the_claims_are_named(
    coded: Study, places: list[tuple[str, str]]
) -> None:
    claim = interpret.make_claim(coded, ClaimKind.CONCEPT, "Desks everywhere", statement="Desks.")
    interpret.link_cell(coded, claim.id, Cell.key(*places[0]))
    before = contents(coded)
    with pytest.raises(Refused, match=r"Claims rest on the cell: “Desks everywhere”\."):
        remove_cell(coded, *places[0], reason="Wrong.")
    assert contents(coded) == before
    interpret.unlink_cell(coded, claim.id, Cell.key(*places[0]))
    remove_cell(coded, *places[0], reason="Wrong.")
    assert coded.find(Cell, Cell.key(*places[0])) is None


def test_a_cell_that_memos_stand_on_stays_and_they_are_quoted(
    coded: Study, places: list[tuple[str, str]]
) -> None:
    familiarise.write_memo(coded, f"cell:{Cell.key(*places[0])}", "Ask the city again, " + "and again " * 9)
    with pytest.raises(Refused, match=r"Memos stand on the cell: “Ask the city again, and again and again…”"):
        remove_cell(coded, *places[0], reason="Wrong.")


def test_a_search_without_a_cell_can_be_taken_away_and_nothing_at_all_cannot(
    coded: Study, places: list[tuple[str, str]]
) -> None:
    kobe = places[2]
    with pytest.raises(Refused, match="Nobody has assessed this cell"):
        remove_cell(coded, *kobe, reason="Wrong.")
    [document] = coded.all(Document)
    chart.record_search(coded, *kobe, documents=[document.id], terms=["Korean"])
    remove_cell(coded, *kobe, reason="Searched in the wrong edition.")
    assert coded.all(SearchRecord) == []


def test_several_cells_get_a_status_as_one_decision_with_its_reason(
    coded: Study, places: list[tuple[str, str]]
) -> None:
    both = places[:2]
    before, head = contents(coded), coded.head.count
    with pytest.raises(ReasonMissing):
        chart.set_statuses(coded, both, "yes", reason="")
    chart.set_statuses(coded, both, "yes", reason="Both have a desk.")
    assert coded.head.count == head + 1
    assert {coded.get(Cell, Cell.key(*place)).status_id for place in both} == {"yes"}
    with pytest.raises(NothingChanged):
        chart.set_statuses(coded, both, "yes", reason="Again.")
    history.undo(coded)
    assert contents(coded) == before


def test_a_status_for_several_cells_is_refused_for_all_where_one_lacks_its_evidence(
    coded: Study, places: list[tuple[str, str]]
) -> None:
    before = contents(coded)
    with pytest.raises(Refused, match=r"Kobe × 1\.1 Desk: “Yes” needs at least one linked excerpt"):
        chart.set_statuses(coded, places, "yes", reason="All have a desk.")
    assert contents(coded) == before
    with pytest.raises(Refused, match=r"needs .*a note in words"):
        chart.set_statuses(coded, places[:2], "restricted", reason="All.")


def test_codes_that_are_described_take_no_status_one_by_one_or_together(
    coded: Study, places: list[tuple[str, str]]
) -> None:
    framework.edit_code(coded, places[0][1], described=True, reason="Only words are asked for.")
    before = contents(coded)
    for give in (
        lambda: chart.set_status(coded, *places[0], "yes"),
        lambda: chart.set_statuses(coded, places[:2], "yes", reason="All."),
    ):
        with pytest.raises(Refused, match=r"Cells of 1\.1 Desk are described, not answered"):
            give()
    assert contents(coded) == before


def test_a_status_for_several_cells_leaves_those_that_have_it_and_their_notes(
    coded: Study, places: list[tuple[str, str]]
) -> None:
    osaka, kyoto, kobe = places
    chart.set_status(coded, *osaka, "restricted", note="Mondays only.")
    chart.set_status(coded, *kyoto, "yes")
    changed = chart.set_statuses(
        coded, [osaka, kyoto], "restricted", note="Mondays only.", reason="Read anew."
    )
    assert [cell.case_id for cell in changed] == [kyoto[0]]
    assert chart.set_statuses(coded, [osaka, kyoto, kobe], None, reason="Begun anew.")
    assert coded.find(Cell, Cell.key(*kobe)) is None, "nothing is taken from a cell that has no status"
    assert coded.get(Cell, Cell.key(*osaka)).status_note == ""


def test_a_status_for_several_cells_makes_their_claims_stale(
    coded: Study, places: list[tuple[str, str]]
) -> None:
    claim = interpret.make_claim(coded, ClaimKind.CONCEPT, "Desks", statement="Desks.")
    for place in places[:2]:
        interpret.link_cell(coded, claim.id, Cell.key(*place))
    interpret.hold_claim(coded, claim.id)
    chart.set_statuses(coded, places[:2], "yes", reason="Both.")
    assert coded.get(Claim, claim.id).state is ClaimState.STALE


def test_the_wording_for_one_case_makes_the_cell_of_that_case_stale(
    coded: Study, places: list[tuple[str, str]]
) -> None:
    osaka, kyoto = (Cell.key(*place) for place in places[:2])
    framework.edit_code(coded, places[0][1], wordings={"Osaka": "a counter"}, reason="As printed.")
    assert coded.get(Cell, osaka).stale_cause == "The wording for Osaka of 1.1 Desk changed."
    assert coded.get(Cell, kyoto).state is CellState.CHARTED
    framework.edit_code(coded, places[0][1], wordings={}, definition="A desk in a hall.", reason="Anew.")
    assert coded.get(Cell, osaka).stale_cause == (
        "The wording for Osaka of 1.1 Desk changed. Also: "
        "The definition and wording for Osaka of 1.1 Desk changed."
    )
    assert coded.get(Cell, kyoto).stale_cause == "The definition of 1.1 Desk changed."


def test_the_history_of_a_cell_holds_all_that_ever_hung_on_it_and_nothing_else(
    coded: Study, places: list[tuple[str, str]]
) -> None:
    osaka, kyoto, kobe = places
    excerpt = coded.all(CellExcerpt, cell_id=Cell.key(*osaka))[0].excerpt_id
    [document] = coded.all(Document)
    chart.record_search(coded, *osaka, documents=[document.id], terms=["Korean"])
    chart.record_search(coded, *kobe, documents=[document.id], terms=["Korean"])
    chart.remove_quote(coded, chart.insert_quote(coded, *osaka, excerpt, "a desk").id)
    chart.remove_footnote(coded, chart.add_footnote(coded, f"cell:{Cell.key(*osaka)}", "As of 2019.").id)
    chart.add_footnote(coded, f"code:{osaka[1]}", "Desks only.")
    chart.set_statuses(coded, [osaka, kyoto], "yes", reason="Both.")
    remove_cell(coded, *osaka, reason="The wrong city.")
    told = decisions_about_cell(coded, *osaka)
    assert [decision.action for decision in told] == [
        "link excerpts",
        "write cell",
        "mark cell",
        "record search",
        "insert quote",
        "remove quote",
        "add footnote",
        "remove footnote",
        "set status of cells",
        "remove cell",
    ]
    assert told[-2].keys == {f"cell:{Cell.key(*osaka)}"}
    assert [decision.action for decision in decisions_about_cell(coded, *kobe)] == ["record search"]


def test_another_version_of_a_text_makes_what_rests_on_the_earlier_one_stale(
    coded: Study, places: list[tuple[str, str]]
) -> None:
    [document] = coded.all(Document)
    row = RegisterRow(1, document.key, file="plan.txt")
    data = PLAN.replace("Nobody", "Everybody").encode()
    with importing(coded, ImportPlan(register=[row])) as run:
        run.add("plan.txt", data, read_bytes("plan.txt", data))
    osaka, kyoto, _ = (Cell.key(*place) for place in places)
    assert {coded.get(Cell, each).state for each in (osaka, kyoto)} == {CellState.STALE}
    assert coded.get(Cell, osaka).stale_cause == "Another version of plan.txt was imported."
    history.undo(coded)
    assert coded.get(Cell, osaka).state is CellState.CHARTED
