"""The sheets of a workbook beside matrix and evidence: cells to edit, sensitivity and log."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.exchange.hostile import FORMULAS, build_hostile
from tests.exchange.test_other_programs import convert
from tests.matrix.nagai import build_nagai
from tests.matrix.small import build_small
from workbench.exchange import xlsx_log, xlsx_sensitivity
from workbench.exchange.charts import write_chart
from workbench.exchange.edited_workbook import read_edited
from workbench.matrix.chart import build_chart
from workbench.matrix.sensitivity import sensitivity
from workbench.matrix.variants import Variant
from workbench.model.cell import Cell, Status
from workbench.model.decision import Verb
from workbench.model.saved_chart import Rows, SavedChart
from workbench.stages import chart, history
from workbench.stages.proposal_reading import proposals_of
from workbench.stages.proposals import Proposals
from workbench.study.study import Study


@pytest.fixture
def small(study: Study) -> Study:
    build_small(study)
    return study


def book_of(study: Study) -> Any:
    return openpyxl.load_workbook(io.BytesIO(write_chart(study, format="xlsx")))


def words(sheet: Any, row: int) -> list[str]:
    return [str(cell.value or "") for cell in sheet[row]]


# cells


def test_every_case_and_code_has_a_row_to_edit(small: Study) -> None:
    sheet = book_of(small)["Cells"]
    assert sheet["A1"].value.startswith("This is the sheet to edit")
    assert words(sheet, 4)[:10] == [
        *("Case", "Code", "Status", "Note", "Summary", "Comment", "State", "Quotes", "Footnotes", "Evidence")
    ]
    assert words(sheet, 5)[:10] == [
        *("Osaka", "1.1 Hate speech law", "Yes", "", "The city bans it.", "Early.", "reviewed"),
        *("“hate speech” (E2)", "", "E1–E2"),
    ]
    assert words(sheet, 12)[6] == "not assessed"
    assert sheet.max_row == 4 + 8
    assert sheet.auto_filter.ref == "A4:K12"
    assert sheet.freeze_panes == "C5"


def test_ids_and_fingerprints_are_out_of_sight_and_what_is_typed_stays_words(small: Study) -> None:
    sheet = book_of(small)["Cells"]
    hidden = [letter for letter, column in sheet.column_dimensions.items() if column.hidden]
    assert hidden == ["K"]
    assert sheet["K4"].value == "As exported"
    assert len(sheet["K5"].value) > 100
    assert (sheet.row_dimensions[5].height or 0) < 50, "what is hidden makes no row higher"
    assert sheet["E5"].number_format == "@"
    assert sheet.column_dimensions["D"].width > 10
    listed = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    assert listed["G5:G12"] == '"draft,charted,reviewed"'
    assert listed["C5:C12"].startswith('"Yes,Yes but restricted,')


def test_a_status_with_a_comma_is_told_instead_of_offered(small: Study) -> None:
    small.decide(
        Verb.APPLY_CODEBOOK, "status:half", put=[Status("half", "Yes, in part", "H", 90)], reason="x"
    )
    sheet = book_of(small)["Cells"]
    kinds = {str(each.sqref)[0]: each.type for each in sheet.data_validations.dataValidation}
    assert kinds == {"C": None, "G": "list"}


def test_a_chart_arranged_otherwise_cannot_be_edited_and_says_so(small: Study) -> None:
    data = write_chart(small, format="xlsx", view=SavedChart("", "", rows=Rows.DOCUMENTS))
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Cells"]
    assert sheet["A1"].value.startswith("This chart is not arranged as cases by codes.")
    assert sheet.max_row == 1


# sensitivity


def test_the_ranks_are_those_of_the_sensitivity_of_the_chart(study: Study, shared_data: Path) -> None:
    build_nagai(study, shared_data / "nagai-2019")
    sheet = book_of(study)["Sensitivity"]
    held = sensitivity(build_chart(study), Variant("", study_rule(study)))
    names = {case.id: case.name for case in build_chart(study).cases}
    for row, rank in enumerate(held.ranks, 6):
        assert words(sheet, row)[:2] == [names[rank.place.name], rank.place.printed]
        assert words(sheet, row)[3] == str(rank.place.score)
        shares = words(sheet, row)[5:8]
        for said, share in zip(shares, (rank.variants, *rank.dropping), strict=True):
            assert said.removesuffix(" %") == f"{float((share or 0) * 100):.1f}".removesuffix(".0")
    orders = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=11) if row[1].value}
    assert len(orders) == 1 + 1 + len(held.others)
    singles, pairs = held.droppings
    told = [str(row[0].value) for row in sheet.iter_rows()]
    for drop, what in ((singles, "one measure"), (pairs, "two measures")):
        turning = len(drop.turning)
        assert f"Without {what}: {turning} of {drop.tried} leave a case at another rank" in told


def study_rule(study: Study) -> str:
    return build_chart(study).rules[0].id


def test_what_would_take_long_is_left_out_and_says_why(small: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_sensitivity, "MOST_SETS", 1)
    sheet = book_of(small)["Sensitivity"]
    assert "Leaving out two measures is left out" in sheet["A3"].value
    assert words(sheet, 6)[7] == "left out"
    monkeypatch.setattr(xlsx_sensitivity, "MOST_FIGURES", 10)
    sheet = book_of(small)["Sensitivity"]
    assert sheet["A2"].value.startswith("Left out: 8 cells counted in at least 9 ways would take long.")


def test_a_study_without_cases_or_rules_has_no_ranks(study: Study) -> None:
    assert book_of(study)["Sensitivity"]["A2"].value.startswith("There is nothing to rank")


# log


def test_the_log_says_who_decided_what_about_which_cell_when_and_why(
    small: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.standing_reason = "After the second reading."
    chart.write_cell(small, "Hamamatsu", "talk", summary="Residents are heard.")
    history.undo(small)
    sheet = book_of(small)["Log"]
    assert small.head.hash in sheet["A2"].value
    latest, before = words(sheet, 6), words(sheet, 7)
    assert latest[0] == str(small.head.count)
    assert before[1:5] == [
        small.decision(small.head.count - 1).at,
        "A. Mori",
        "write cell",
        "Hamamatsu × 1.2 Consultation",
    ]
    assert "summary: Residents are heard." in before[5]
    assert f"undone by decision {small.head.count}" in before[5]
    assert before[6] == "After the second reading."
    monkeypatch.setattr(xlsx_log, "MOST", 1)
    sheet = book_of(small)["Log"]
    assert sheet["A3"].value.startswith("The latest 1 of ")
    assert sheet.max_row == 6


# through the office suite


def test_the_office_suite_saves_a_workbook_without_making_proposals(study: Study, tmp_path: Path) -> None:
    build_hostile(
        study,
        [*FORMULAS, "one\n\ntwo\n  three  ", "a\n" * 6_000, "1e5", "2024-05-01", "TRUE", "市\u3000長 🙂"],
    )
    source = tmp_path / "chart.xlsx"
    source.write_bytes(write_chart(study, format="xlsx"))
    unread = proposals_of(study, read_edited("chart.xlsx", source.read_bytes()))
    assert unread == Proposals((), ())
    for step, name in (("ods", "chart.xlsx"), ("xlsx:Calc MS Excel 2007 XML", "chart.ods")):
        convert(tmp_path, tmp_path / name, step)
    through_ods = source.read_bytes()
    assert proposals_of(study, read_edited("chart.xlsx", through_ods)) == Proposals((), ())


def test_the_office_suite_keeps_the_longest_words_of_a_workbook(small: Study, tmp_path: Path) -> None:
    for code, words in (("talk", "b" * 32_767), ("pupils", "c" * 40_000), ("vote", "𠮷" * 16_383)):
        cell = replace(small.get(Cell, f"Osaka.{code}"), summary=words)
        small.decide(Verb.WRITE_CELL, f"cell:{cell.id}", put=[cell])
    (tmp_path / "made").mkdir()
    source, saved = tmp_path / "made" / "chart.xlsx", tmp_path / "chart.xlsx"
    source.write_bytes(write_chart(small, format="xlsx"))
    convert(tmp_path, source, "xlsx:Calc MS Excel 2007 XML")
    assert saved.read_bytes() != source.read_bytes()
    assert proposals_of(small, read_edited("chart.xlsx", saved.read_bytes())) == Proposals((), ())
