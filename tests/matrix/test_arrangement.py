"""The same cells under other rows and columns."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.matrix.small import build_small
from workbench.errors import WrongUsage
from workbench.exchange.codebook import read_codebook
from workbench.exchange.matrix_export import export_matrix
from workbench.exchange.matrix_words import NOTHING_LINKED, SEARCHED, legend, status_line
from workbench.matrix.arrangement import Arrangement, arrange
from workbench.matrix.chart import Chart, build_chart, empty_chart
from workbench.matrix.counts import count_study, count_theme
from workbench.matrix.row_order import number_of
from workbench.model.case import Case, CaseDocument, Document
from workbench.model.cell import Cell, CellState
from workbench.model.decision import Verb
from workbench.model.framework import Code
from workbench.model.records import Record
from workbench.model.saved_chart import Columns, SavedChart
from workbench.stages import framework, framework_versions, register
from workbench.stages.chart import record_search
from workbench.study.study import Study

PLAIN = SavedChart("", "")


@pytest.fixture
def small(study: Study) -> Study:
    build_small(study)
    register.edit_case(study, "Osaka", attributes={"people": "2,722,098", "coast": "west"})
    register.edit_case(study, "Hamamatsu", attributes={"people": "804,621", "coast": "east"})
    put: list[Record] = [
        Case("Kawasaki", "Kawasaki", 3, {"coast": "east"}),
        Document("d2", "plan", "A plan", issuer="Hamamatsu", type="plan", adopted="2018-03-20"),
        CaseDocument.of("Hamamatsu", "d2"),
    ]
    study.decide(Verb.EDIT_DOCUMENT, "document:d2", put=put)
    register.edit_document(study, "d1", issuer="Osaka City", adopted="2016-01-18")
    return study


def laid_out(study: Study, **fields: object) -> Arrangement:
    return arrange(study, empty_chart(study), replace(PLAIN, **fields))  # type: ignore[arg-type]


def rows(arrangement: Arrangement) -> list[str]:
    return arrangement.heads[0]


def test_cases_by_codes_is_the_chart_itself(small: Study) -> None:
    chart = build_chart(small)
    plain = arrange(small, chart, PLAIN)
    assert plain.is_plain
    assert plain.words == ""
    assert rows(plain) == ["Osaka", "Hamamatsu", "Kawasaki"]
    places = [plain.crossing(row, column).single for row in range(3) for column in range(plain.size[1])]
    assert places == [(case.id, code.id) for case in chart.cases for code in chart.codes]


AXES = st.sampled_from(["cases", "attribute:coast", "documents", "issuers", "years"])
VIEWS = st.builds(
    SavedChart,
    st.just(""),
    st.just(""),
    rows=AXES,
    columns=st.sampled_from([Columns.CODES, Columns.THEMES]),
    turned=st.booleans(),
    descending=st.booleans(),
    sort=st.sampled_from(["", "name"]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(view=VIEWS)
def test_every_cell_stands_somewhere_and_groups_of_cases_hold_each_once(
    small: Study, view: SavedChart
) -> None:
    chart = build_chart(small)
    arrangement = arrange(small, chart, view)
    height, width = arrangement.size
    held = [
        place
        for row in range(height)
        for column in range(width)
        for place in arrangement.crossing(row, column).places
    ]
    if view.rows in ("cases", "attribute:coast"):
        assert sorted(held) == sorted(chart.cells)
    for case_id, code_id in chart.cells:
        place = arrangement.place_of(case_id, code_id)
        if view.rows in ("cases", "attribute:coast"):
            assert place is not None
        if place is not None:
            assert (case_id, code_id) in arrangement.crossing(*place).places


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(view=VIEWS)
def test_turning_a_chart_twice_gives_it_back(small: Study, view: SavedChart) -> None:
    chart = empty_chart(small)
    one, other = arrange(small, chart, view), arrange(small, chart, replace(view, turned=not view.turned))
    assert one.heads == other.heads[::-1]
    assert one.size == other.size[::-1]
    for row in range(one.size[0]):
        for column in range(one.size[1]):
            assert one.crossing(row, column) == other.crossing(column, row)


def shares(chart: Chart) -> Fraction:
    counts = count_theme(chart, chart.rules[0])
    return sum((tally.value for tally in counts.tallies.values()), Fraction(0))


def test_the_order_of_cases_changes_no_count(small: Study) -> None:
    before = shares(build_chart(small))
    register.reorder_cases(small, [case.id for case in build_chart(small).cases][::-1])
    assert shares(build_chart(small)) == before


def test_a_document_shows_only_the_cells_that_rest_on_it(small: Study) -> None:
    chart = build_chart(small)
    by_document = arrange(small, chart, replace(PLAIN, rows="documents"))
    assert rows(by_document) == ["osaka-ordinance", "plan"]
    held = [by_document.crossing(row, 0).members(chart) for row in range(2)]
    assert [[(cell.case_id, len(cell.excerpts)) for cell in cells] for cells in held] == [[("Osaka", 2)], []]
    assert by_document.crossing(0, 0).single is None


def test_a_document_searched_in_vain_looks_otherwise_than_one_never_searched(small: Study) -> None:
    view = replace(PLAIN, rows="documents")
    export = export_matrix(small, view=view)
    before = [status_line(cell) for row in export.cells for cell in row if not cell.state]
    assert set(before) == {NOTHING_LINKED}
    code = export.columns[-1].id
    record_search(small, "Hamamatsu", code, documents=["d2"], terms=["fee"])
    after = export_matrix(small, view=view)
    row = next(place for place, head in enumerate(after.rows) if head.id == "d2")
    told = {(cell.row, cell.column): status_line(cell) for cells in after.cells for cell in cells}
    searched = [place for place, words in told.items() if words == SEARCHED]
    assert searched == [(row, len(after.columns) - 1)]
    found = [line for line in after.evidence if (line.row, line.column) in searched]
    assert [line.kind for line in found] == ["search"]
    assert SEARCHED in {label for label, _, _ in legend(after)}
    assert SEARCHED not in {label for label, _, _ in legend(export)}


def test_rows_are_issuers_and_years(small: Study) -> None:
    assert rows(laid_out(small, rows="issuers")) == ["Osaka City", "Hamamatsu"]
    assert rows(laid_out(small, rows="years")) == ["2016", "2018"]
    assert rows(laid_out(small, rows="years", descending=True)) == ["2018", "2016"]


def test_rows_that_share_a_value_are_one_and_its_cells_stand_together(small: Study) -> None:
    chart = build_chart(small)
    coasts = arrange(small, chart, replace(PLAIN, rows="attribute:coast"))
    assert rows(coasts) == ["west", "east"]
    assert [cell.case_id for cell in coasts.crossing(1, 0).members(chart)] == ["Hamamatsu", "Kawasaki"]


def test_attributes_stand_beside_the_heads_or_alone(small: Study) -> None:
    beside = laid_out(small, attributes=("people",), frozen=1)
    assert beside.heads[1][:2] == ["people", "1.1 Hate speech law"]
    assert beside.frozen == 2
    assert beside.crossing(0, 0).words == "2,722,098"
    alone = laid_out(small, columns=Columns.ATTRIBUTES)
    assert alone.heads[1] == ["coast", "people"]


def test_rows_are_sorted_by_numbers_then_words_and_what_is_missing_comes_last(small: Study) -> None:
    assert rows(laid_out(small, sort="people")) == ["Hamamatsu", "Osaka", "Kawasaki"]
    assert rows(laid_out(small, sort="people", descending=True)) == ["Osaka", "Hamamatsu", "Kawasaki"]
    register.edit_case(small, "Kawasaki", attributes={"people": "unknown"})
    mixed = laid_out(small, sort="people")
    assert rows(mixed) == ["Hamamatsu", "Osaka", "Kawasaki"]
    assert mixed.remarks == ("Not every people is a number, so words stand apart: Kawasaki (“unknown”).",)


def test_rows_are_sorted_by_what_they_answer(small: Study) -> None:
    assert rows(laid_out(small, sort="hate", descending=True)) == ["Osaka", "Hamamatsu", "Kawasaki"]
    assert rows(laid_out(small, sort="hate")) == ["Hamamatsu", "Osaka", "Kawasaki"]


@pytest.mark.parametrize(
    ("condition", "kept"),
    [
        ("coast=east", ["Hamamatsu", "Kawasaki"]),
        ("coast != east", ["Osaka"]),
        ("1.1=yes", ["Osaka"]),
        ("1.1=not assessed", ["Kawasaki"]),
        ("Hate speech law!=yes", ["Hamamatsu", "Kawasaki"]),
    ],
)
def test_rows_are_filtered_by_attributes_and_answers(small: Study, condition: str, kept: list[str]) -> None:
    assert rows(laid_out(small, where=(condition,))) == kept


def test_rows_stand_together_by_a_group_and_can_be_hidden(small: Study) -> None:
    grouped = laid_out(small, group="coast", sort="name")
    assert rows(grouped) == ["east: Hamamatsu", "east: Kawasaki", "west: Osaka"]
    hidden = laid_out(small, hidden_rows=("Osaka",), hidden_columns=("hate",))
    assert hidden.size == (2, 3)
    assert hidden.words == "1 row hidden; 1 column hidden"


def test_words_count_what_is_really_left_out(small: Study) -> None:
    gone = laid_out(small, hidden_rows=("Osaka", "Hamamatsu", "Kobe"), hidden_columns=("other",))
    assert gone.words == (
        "2 rows hidden; a hidden row is not in this chart: Kobe; a hidden column is not in this chart: other"
    )
    many = laid_out(small, hidden_columns=tuple("vwxyz"))
    assert many.words == "5 hidden columns are not in this chart: v, w, x and 2 more"
    rights = build_chart(small, theme_id="rights")
    other_theme = arrange(small, rights, replace(PLAIN, theme_id="rights", hidden_columns=("vote",)))
    assert other_theme.words == "a hidden column is not in this chart: 2.1 Voting"
    framework.retire_code(small, "pupils", reason="Nobody is one.")
    retired = laid_out(small, hidden_columns=("pupils",))
    assert retired.words == "1 column hidden", "it has a cell, so it is still a column"
    assert laid_out(small, columns=Columns.THEMES, hidden_columns=("hate", "rights")).words.endswith(
        "1 column hidden"
    )
    already = laid_out(small, where=("coast=east",), hidden_rows=("Osaka",))
    assert already.words == "where coast=east"


def test_words_name_the_order_and_the_groups_as_the_heads_do(small: Study) -> None:
    assert laid_out(small, sort="hate", descending=True).words == "sorted by 1.1 Hate speech law, descending"
    assert laid_out(small, columns=Columns.THEMES, sort="rights").words.endswith("sorted by 1 Rights")
    assert laid_out(small, sort="attribute:people").words == "sorted by people"
    assert laid_out(small, rows="attribute:coast").words == "groups by coast"
    by_themes = laid_out(small, rows="attribute:coast", columns=Columns.THEMES)
    assert by_themes.words == "groups by coast, columns are themes"


def test_columns_of_attributes_can_be_hidden(small: Study) -> None:
    alone = laid_out(small, columns=Columns.ATTRIBUTES, hidden_columns=("attribute:people",))
    assert (alone.heads[1], alone.words) == (["coast"], "cases by attributes; 1 column hidden")
    beside = laid_out(small, attributes=("people", "coast"), hidden_columns=("attribute:people",), frozen=1)
    assert (beside.heads[1][:2], beside.frozen) == (["coast", "1.1 Hate speech law"], 2)


def test_columns_are_themes_with_attributes(small: Study) -> None:
    framework.edit_theme(small, "rights", attributes={"actor": "city"}, reason="who acts")
    themes = laid_out(small, columns=Columns.THEMES, theme_attributes=("actor",))
    assert themes.heads[1] == ["1 Rights [actor: city]", "2 Participation"]
    only = laid_out(small, columns_where=("actor=city",))
    assert [column.id for column in only.columns] == ["hate", "talk", "pupils"]


def test_frameworks_are_charted_apart(small: Study) -> None:
    book = b"title: Kinds\nprefix: C\nthemes:\n  - name: Kinds\n    codes:\n      - name: Language\n"
    before = shares(build_chart(small))
    framework_versions.apply_codebook(small, read_codebook("c.yaml", book), reason="second")
    assert [code.id for code in build_chart(small, prefix="C").codes] == ["c-language"]
    assert "c-language" not in {code.id for code in build_chart(small).codes}
    assert shares(build_chart(small)) == before
    with pytest.raises(WrongUsage, match="There is no framework D"):
        build_chart(small, prefix="D")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"rows": "attribute:size"}, "There is no attribute size. Attributes: coast, people."),
        ({"rows": "towns"}, "Rows cannot be towns"),
        ({"sort": "size"}, "There is no attribute or column size"),
        ({"where": ("size=1",)}, "There is no attribute or code size"),
        ({"where": ("coast",)}, "is no condition"),
        ({"where": ("1.1=maybe",)}, "There is no status maybe"),
        ({"group": "size"}, "There is no attribute size"),
        ({"attributes": ("size",)}, "There is no attribute size"),
        ({"theme_attributes": ("size",)}, "There is no attribute of themes size"),
        ({"columns_where": ("size=1",)}, "No theme has an attribute size"),
    ],
)
def test_what_is_not_there_is_named(small: Study, fields: dict[str, object], told: str) -> None:
    with pytest.raises(WrongUsage, match=told):
        laid_out(small, **fields)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("804,621", Fraction(804621)),
        ("2.9 %", Fraction(29, 10)),
        ("−3", Fraction(-3)),
        ("1/2", None),
        ("2,9", None),
        ("1e30000000", None),
        ("1,234.5", Fraction(2469, 2)),
        ("", None),
    ],
)
def test_numbers_are_read_as_people_write_them(words: str, number: Fraction | None) -> None:
    assert number_of(words) == number


def test_rows_are_chosen_by_what_a_cell_without_a_status_is(small: Study) -> None:
    described = Cell("Hamamatsu.talk", "Hamamatsu", "talk", "A desk is open.", state=CellState.CHARTED)
    small.decide(Verb.WRITE_CELL, "cell:Hamamatsu.talk", put=[described])
    assert rows(laid_out(small, where=("1.2=described but not answered",))) == ["Hamamatsu"]
    assert "Hamamatsu" not in rows(laid_out(small, where=("1.2=not assessed",)))
    assert "Hamamatsu" in rows(laid_out(small, where=("1.2=",)))
    with pytest.raises(WrongUsage, match="not assessed, described but not answered"):
        laid_out(small, where=("1.2=gone",))
    assert rows(laid_out(small, sort="talk")) == ["Osaka", "Hamamatsu", "Kawasaki"]


def test_counts_read_from_the_study_equal_those_of_the_chart(small: Study) -> None:
    described = Cell("Hamamatsu.talk", "Hamamatsu", "talk", "A desk is open.", state=CellState.CHARTED)
    limit = Code("limit", "rights", 9, "A limit", described=True)
    small.decide(Verb.WRITE_CELL, "cell:Hamamatsu.talk", put=[described, limit])
    chart = build_chart(small)
    assert "limit" in [code.id for code in chart.codes]
    for rule in chart.rules:
        assert count_study(small, empty_chart(small), rule) == count_theme(chart, rule)
        one = empty_chart(small, theme_id="rights", case_ids=["Osaka"])
        assert count_study(small, one, rule) == count_theme(
            build_chart(small, theme_id="rights", case_ids=["Osaka"]), rule
        )
