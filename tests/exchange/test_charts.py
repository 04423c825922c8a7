"""Exported charts say everything, say it the same twice, and let nothing through that could act."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.hostile import FORMULAS, build_hostile
from tests.exchange.words import words_of, words_of_book
from tests.matrix.nagai import CITIES, build_nagai
from tests.matrix.small import build_small
from workbench.errors import Refused, WrongUsage
from workbench.exchange.charts import FORMATS, TEXT_FORMATS, write_chart
from workbench.exchange.csv import spreadsheet_safe
from workbench.exchange.markdown import escaped
from workbench.exchange.matrix_export import export_matrix
from workbench.matrix.chart import build_chart
from workbench.matrix.rounding import Rounding, RoundingRule
from workbench.model.case import Case
from workbench.model.cell import Cell, CellState, Footnote
from workbench.model.coding import Excerpt
from workbench.model.decision import Verb
from workbench.model.saved_chart import SavedChart
from workbench.model.visible import visible
from workbench.stages.chart import add_footnote
from workbench.stages.setup import change_setting
from workbench.study.study import Study

NEVER_RAW = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufffe\uffff]"
)


@pytest.fixture
def small(study: Study) -> Study:
    build_small(study)
    notes = [
        Footnote("f1", "theme:rights", "Note on the table.", 1),
        Footnote("f2", "code:vote", "Note on a head.", 2),
        Footnote("f3", "cell:Osaka.hate", "Note on a cell.", 3),
        Footnote("f4", "case:Hamamatsu", "Note on a row.", 4),
    ]
    study.decide(Verb.ADD_FOOTNOTE, "theme:rights", put=notes)
    return study


@pytest.fixture
def hostile(study: Study, shared_data: Path) -> Study:
    lines = json.loads((shared_data / "nasty-docs" / "blns.json").read_text(encoding="utf-8"))
    build_hostile(study, [*FORMULAS, *[line for line in lines if line]])
    return study


@pytest.fixture
def formulas(study: Study) -> Study:
    build_hostile(study, FORMULAS)
    return study


def book_of(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.parametrize("format", FORMATS)
def test_a_footnote_on_a_whole_framework_stands_on_the_table_of_all_its_themes(
    small: Study, format: str
) -> None:
    change_setting(small, "framework title", "Measures")
    add_footnote(small, "setting:framework title", "Note on everything.")
    whole = export_matrix(small)
    assert [(note.number, note.on) for note in whole.notes[:2]] == [(1, "All themes"), (2, "1 Rights")]
    assert whole.table_notes == (1, 2)
    assert "Note on everything." in words_of(small, format)
    assert "Note on everything." not in words_of(small, format, view=SavedChart("", "", theme_id="rights"))


def test_a_framework_without_a_title_takes_no_footnote_and_no_other_setting_does(small: Study) -> None:
    with pytest.raises(Refused, match="Set the title first"):
        add_footnote(small, "setting:framework title", "Note.")
    with pytest.raises(WrongUsage, match="a whole framework"):
        add_footnote(small, "setting:title", "Note.")


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_study_gives_the_same_bytes(small: Study, format: str) -> None:
    assert write_chart(small, format=format) == write_chart(small, format=format)


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_carries_the_whole_chart(small: Study, format: str) -> None:
    words = words_of(small, format)
    for expected in (
        "The city bans it.",
        "Early.",
        "hate speech",
        "憎悪表現",
        "osaka-ordinance",
        "p. 2, para. 2",
        "own translation",
        "e-en",
        "B. Sato",
        "Yes but restricted",
        "residents of 3 years",
        "Conflicting",
        "reviewed",
        "draft",
        "Searched in vain on 2026-01-02 for: hate; 憎悪",
        "Note on the table.",
        "Note on a head.",
        "Note on a cell.",
        "Note on a row.",
        "referendum",
        "Published rule",
        "half",
        small.head.hash,
        small.decision(small.head.count).at,
    ):
        assert expected in words, expected


@pytest.mark.parametrize(
    ("format", "named", "elsewhere"),
    [
        ("xlsx", "· Not assessed", 1),
        ("docx", "· Not assessed", 1),
        ("parquet", '"state": "not assessed"', 0),
        ("html", "· Not assessed</p>", 0),
        ("md", "· Not assessed", 1),
        ("csv", "· Not assessed", 1),
        ("json", '"state": "not assessed"', 0),
    ],
)
def test_a_cell_that_nobody_assessed_is_never_blank(
    small: Study, format: str, named: str, elsewhere: int
) -> None:
    assert words_of(small, format).count(named) == 3 + elsewhere


@pytest.mark.parametrize("format", FORMATS)
def test_evidence_in_translations_alone_is_marked(small: Study, format: str) -> None:
    words = words_of(small, format)
    lossless = format in ("json", "parquet")
    assert ('"translation_only": true' if lossless else "translation only") in words


@pytest.mark.parametrize("format", FORMATS)
def test_a_chart_names_the_rule_and_the_rounding_it_is_counted_by(
    study: Study, shared_data: Path, format: str
) -> None:
    build_nagai(study, shared_data / "nagai-2019")
    cut = Rounding(RoundingRule.TRUNCATED)
    words = words_of(study, format, rule_id="half", rounding=cut, average_over=CITIES)
    for expected in ("Half rule", "truncated", "5.6", "17/3", "33/2", "Mean of Hamamatsu, Kawasaki, Osaka"):
        assert expected in words
    assert "The city finances NPOs" in words


def test_an_unknown_theme_rule_or_format_is_told(small: Study) -> None:
    with pytest.raises(WrongUsage, match="no format pdf"):
        write_chart(small, format="pdf")
    with pytest.raises(WrongUsage, match=r"no counting rule mine\. Rules: published, strict, half"):
        write_chart(small, format="csv", rule_id="mine")
    with pytest.raises(WrongUsage, match="no theme gone"):
        write_chart(small, format="csv", view=SavedChart("", "", theme_id="gone"))


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_study_can_be_charted(study: Study, format: str) -> None:
    assert write_chart(study, format=format)


# spreadsheets


def test_no_cell_of_a_workbook_is_a_formula(hostile: Study) -> None:
    book = book_of(write_chart(hostile, format="xlsx"))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds == {"s", "n"}
    numbers = [
        cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "n" and cell.value is not None
    ]
    assert all(isinstance(value, int) for value in numbers)


def test_a_workbook_holds_hostile_words_as_they_are_shown(hostile: Study) -> None:
    data = write_chart(hostile, format="xlsx")
    book = book_of(data)
    quotes = [row[9].value for row in book["Evidence"].iter_rows(min_row=2) if row[3].value == "excerpt"]
    texts = [excerpt.quote for excerpt in excerpts_of(hostile)]
    assert quotes == [visible(text, newlines=True) for text in texts]
    assert not NEVER_RAW.search(words_of_book(data))


def excerpts_of(study: Study) -> list[Excerpt]:
    return [held.excerpt for cell in build_chart(study).cells.values() for held in cell.excerpts]


def test_every_link_of_a_workbook_stays_inside_it(hostile: Study) -> None:
    book = book_of(write_chart(hostile, format="xlsx"))
    links = [cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert links
    assert all(link.target is None and link.location for link in links)


def test_cell_and_evidence_lead_to_each_other(small: Study) -> None:
    book = book_of(write_chart(small, format="xlsx"))
    matrix, evidence = book["Matrix"], book["Evidence"]
    assert (matrix.freeze_panes, evidence.freeze_panes) == ("B5", "B2")
    words, link = matrix["B5"], matrix["B6"]
    assert words.value.startswith("Y Yes [3]\nThe city bans it.\n“hate speech” (E2)\nComment: Early.")
    assert (link.value, link.hyperlink.location) == ("Evidence: E1–E2", "'Evidence'!A2")
    assert [cell.value for cell in evidence[2]][:4] == ["E1", "Osaka", "1.1 Hate speech law", "excerpt"]
    assert evidence["A2"].hyperlink.location == "'Matrix'!B5"
    assert evidence["A5"].hyperlink.location == "'Matrix'!B7"


def test_a_workbook_prints_landscape_with_its_heads_on_every_page(small: Study) -> None:
    matrix = book_of(write_chart(small, format="xlsx"))["Matrix"]
    assert matrix.page_setup.orientation == "landscape"
    assert matrix.print_title_rows == "$3:$4"
    assert matrix.sheet_properties.pageSetUpPr.fitToPage
    assert small.head.hash[:16] in matrix.oddFooter.left.text


@pytest.mark.parametrize("letter", ["x", "𠮷"])
def test_words_that_do_not_fit_a_cell_are_cut_in_sight_and_kept_whole(small: Study, letter: str) -> None:
    whole = letter * 70_000 + "end"
    cell = Cell("Osaka.hate", "Osaka", "hate", whole, status_id="yes", state=CellState.CHARTED)
    small.decide(Verb.WRITE_CELL, "cell:Osaka.hate", put=[cell])
    book = book_of(write_chart(small, format="xlsx"))
    assert book["Matrix"]["B5"].value.endswith("the whole text is on the sheet About under Whole texts]")
    kept = [
        row[1].value for row in book["About"].iter_rows() if row[0].value == "Osaka × 1.1 Hate speech law"
    ]
    assert "".join(kept).split("\n")[1] == whole
    longest = max(
        len(str(cell.value).encode("utf-16-le")) // 2
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
    )
    assert longest <= 32_767


def test_a_table_for_spreadsheets_has_no_cell_that_computes(hostile: Study) -> None:
    data = write_chart(hostile, format="csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(data)))
    assert len({len(row) for row in rows}) == 1
    dangerous = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\0]")
    assert [cell for row in rows for cell in row if dangerous.match(cell)] == []
    assert not NEVER_RAW.search(data)


@pytest.mark.parametrize("text", FORMULAS[:13])
def test_what_could_be_a_formula_gets_an_apostrophe(text: str) -> None:
    assert spreadsheet_safe(text) == f"'{visible(text, newlines=True)}"


@given(st.text(max_size=20) | st.text("'=+-@＝ \t\r\n\0\u200bx", max_size=8))
def test_making_a_cell_safe_twice_adds_nothing(text: str) -> None:
    once = spreadsheet_safe(text)
    assert spreadsheet_safe(once) == once
    assert once[:1] not in tuple("=+-@\t\r＝＋－＠")


# text


def test_the_lossless_form_changes_nothing(hostile: Study) -> None:
    data = json.loads(write_chart(hostile, format="json"))
    texts = [excerpt.quote for excerpt in excerpts_of(hostile)]
    assert data["profile"].startswith("lossless")
    assert [cell["summary"] for cell in data["cells"] if cell["case"] == "c1"] == texts
    assert [row["quote"] for row in data["evidence"] if row["kind"] == "excerpt"] == texts
    assert [code["name"] for code in data["codes"]] == texts


@pytest.mark.parametrize("format", sorted(TEXT_FORMATS - {"json"}))
def test_nothing_that_a_terminal_would_obey_is_in_a_text_form(hostile: Study, format: str) -> None:
    assert not NEVER_RAW.search(write_chart(hostile, format=format).decode("utf-8-sig"))


def test_words_in_markdown_are_not_markup() -> None:
    assert escaped("a|b\n`c` <b> [x](http://y) www.z *d*") == (
        "a\\|b<br>\\`c\\` \\<b\\> \\[x\\](http\\://y) www\\.z \\*d\\*"
    )


def test_a_table_in_markdown_keeps_its_columns(formulas: Study) -> None:
    lines = write_chart(formulas, format="md").decode().splitlines()
    width = len(FORMULAS) + 1
    matrix = [line for line in lines if len(re.findall(r"(?<!\\)\|", line)) == width + 1]
    assert len(matrix) == 4, "heads, rule and two cases"


def test_a_page_keeps_room_for_the_names_of_its_cases(small: Study) -> None:
    assert ":root { --names: 12ch; }" in write_chart(small, format="html").decode()
    small.decide(Verb.EDIT_CASE, "case:Osaka", put=[Case("Osaka", "浜松市 " + "x" * 60, 1)])
    assert ":root { --names: 31ch; }" in write_chart(small, format="html").decode()
