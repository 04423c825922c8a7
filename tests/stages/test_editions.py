"""Editions of indices in a study: taken in whole or not at all, every change a decision with its undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from tests.matrix.nagai import CASES, build_nagai, rows_of
from tests.matrix.small import build_small
from workbench.errors import NothingChanged, ReasonMissing, Refused, WrongUsage
from workbench.exchange.index_sheet_reading import SheetReading, read_index_sheet
from workbench.matrix.index_columns import (
    column_of_answers,
    column_of_cells,
    read_sheet,
    tables_of,
    warnings_of,
)
from workbench.matrix.index_scores import rules_of
from workbench.matrix.rounding import Rounding
from workbench.model.case import Case
from workbench.model.cell import CountingRule
from workbench.model.decision import Verb
from workbench.model.framework import Theme
from workbench.model.index_edition import (
    Aggregation,
    AnswerExcerpt,
    AnswerState,
    Competence,
    IndexAnswer,
    IndexEdition,
    Indicator,
    IndicatorMapping,
    MissingRule,
    PrintedScore,
)
from workbench.stages import editions, history
from workbench.stages.edition_export import export_sheet
from workbench.stages.edition_sheets import Imported, import_sheet
from workbench.stages.framework import add_code, merge_codes
from workbench.stages.index import uncode
from workbench.stages.register import edit_case, remove_case
from workbench.study.file import check_replay
from workbench.study.study import Study

SHEET = """\
index,edition,reference_date,area,dimension,indicator,sub_indicator,title,options,codes,mapping_reason,\
case,as_of,answer
Openness,2020,2019,Rights,law,1,,Hate speech,"0 = none
50 = some, or a plan
100 = a law",1.1,asks the same,Osaka,2019,100
Openness,2020,2019,Rights,law,2,,Consultation,,1.2; 1.3.1,two in one,Osaka,2019,missing
Openness,2020,2019,Rights,law,2,2a,Consultation by post,,,,Osaka,2019,50
Openness,2020,2019,Voting,,3,,Voting,,none,no code asks it,Osaka,2019,not applicable
Openness,2020,2019,Voting,,3,,Voting,,none,no code asks it,Hamamatsu,2019,0
Openness,2020,2019,Rights,,,,,,,,Osaka,2019,75
"""
Take = Callable[..., Imported]


@pytest.fixture
def small(study: Study) -> Study:
    build_small(study)
    return study


@pytest.fixture
def take(small: Study) -> Take:
    def taken(content: str, *, reason: str = "", **edition: str) -> Imported:
        sheet = read_index_sheet("sheet.csv", content.encode(), SheetReading(edition))
        return import_sheet(small, sheet, "sheet.csv", reason=reason)

    return taken


def indicator(study: Study, number: str) -> Indicator:
    return study.all(Indicator, number=number)[0]


def test_a_sheet_is_one_decision_that_is_undone_as_one(small: Study, take: Take) -> None:
    before = small.head.count
    imported = take(SHEET)
    assert (imported.indicators, imported.answers, imported.scores, imported.changed) == (4, 5, 1, 0)
    assert small.head.count == before + 1
    assert small.decision(before + 1).action == "import index edition"
    assert indicator(small, "2a").part_of == indicator(small, "2").id
    assert indicator(small, "1").choices[1] == ("50", "some, or a plan")
    mapped = {mapping.code_id for mapping in small.all(IndicatorMapping)}
    assert mapped == {"hate", "talk", "pupils", None}
    answers = {answer.state for answer in small.all(IndexAnswer)}
    assert answers == set(AnswerState)
    assert check_replay(small) == []
    history.undo(small)
    for kind in (IndexEdition, Indicator, IndicatorMapping, IndexAnswer, PrintedScore):
        assert small.count(kind) == 0
    history.redo(small)
    assert small.count(Indicator) == 4


def test_the_same_sheet_again_changes_nothing_and_another_needs_a_reason(small: Study, take: Take) -> None:
    take(SHEET)
    with pytest.raises(NothingChanged):
        take(SHEET)
    other = SHEET.replace("Osaka,2019,missing", "Osaka,2019,50")
    with pytest.raises(ReasonMissing, match="changes 1 record"):
        take(other)
    assert take(other, reason="the answer came").changed == 1
    renamed = other.replace("Hate speech,", "Hate speech act,")
    with pytest.raises(ReasonMissing, match="changes 1 record of the study, with another title or quest"):
        take(renamed)
    assert "Other title or question: 1." in take(renamed, reason="its full name").summary
    take(other, reason="as it was")
    more = (
        SHEET.splitlines()[0]
        + "\nOpenness,2020,2019,Rights,law,1,,Hate speech,,1.1,asks the same,Osaka,2021,50\n"
    )
    with pytest.raises(ReasonMissing):
        take(more)
    part = "index,edition,area,indicator,case,as_of,answer\nOpenness,2020,Rights,1,Hamamatsu,2019,50\n"
    assert take(part).changed == 0
    assert indicator(small, "1").title == "Hate speech"
    assert small.count(IndicatorMapping) == 4


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("Hamamatsu,2019,0", "Atlantis,2019,0", "Line 8: “Atlantis” is no case of this study."),
        ("Osaka,2019,100", "Osaka,2019,33", "Line 4: 1 cannot be answered 33; its options are 0; 50; 100."),
        (
            "Hamamatsu,2019,0",
            "Osaka,2019,0",
            "Line 8: the indicator 3 is there for Osaka, 2019, twice, first in line 7.",
        ),
        ("Hamamatsu,2019,0", "Hamamatsu,2019,often", "Line 8: the answer “often” to 3 is no number"),
        (
            "3,,Voting,,none,no code asks it,Hamamatsu",
            "1,,Voting,,none,x,Hamamatsu",
            "described otherwise than in line 4",
        ),
        ("1.2; 1.3.1", "9.9", "Line 5: the framework has no code 9.9."),
        ("none,no code asks it", "none,", "needs a mapping_reason"),
        (
            "Openness,2020,2019,Voting",
            "Openness,2015,2019,Voting",
            "Line 7: edition is “2015”, but line 4 says “2020”.",
        ),
        ("0 = none\n", "zero = none\n", "Line 4: the option “zero = none” begins with no number."),
        ("0 = none\n", "0 = none; 10 = few\n", "write each option on a line of its own"),
        (
            "Rights,,,,,,,,Osaka,2019,75",
            "Sport,,,,,,,,Osaka,2019,75",
            "of the area Sport is printed, which has no indicator",
        ),
        (",,,,Osaka,2019,75", ",,,,,2019,75", "Line 9: the printed score of Rights is for no case."),
        (
            "Voting,,none,no code asks it,Hamamatsu",
            "Voting,,none,Hamamatsu",
            "Line 8: it has 13 cells where the head has 14.",
        ),
        ("area,dim", "theme,dim", "Line 1: there is no column “area”."),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_nothing_is_taken_in(
    small: Study, take: Take, old: str, new: str, says: str
) -> None:
    head = small.head
    with pytest.raises(WrongUsage) as refused:
        take(SHEET.replace(old, new))
    assert says in str(refused.value)
    assert "Nothing was changed." in str(refused.value)
    assert small.head == head


def test_rules_and_scales_that_are_none_are_refused(small: Study, take: Take) -> None:
    plain = "index,area,indicator,case,answer\nOpenness,Rights,1,Osaka,0\n"
    for field, said in (
        ("aggregation", "median"),
        ("missing", "guess"),
        ("scale", "100; 0"),
        ("scale", "a to b"),
    ):
        with pytest.raises(WrongUsage, match=said):
            take(plain, **{field: said})
    with pytest.raises(WrongUsage, match="does not say of which index"):
        take(plain.replace("index,", "").replace("Openness,", ""))
    take(plain, scale="0 to 10")
    with pytest.raises(WrongUsage, match="An answer for Osaka"):
        take(plain.replace("Osaka,0", "Hamamatsu,1"), scale="1 to 3", reason="other scale")


def test_answers_are_given_changed_with_a_reason_and_taken_away(small: Study, take: Take) -> None:
    edition = take(SHEET).edition
    one, two = indicator(small, "1"), indicator(small, "2")
    given = editions.answer_indicator(small, one.id, "Hamamatsu", "50", note="in part", excerpt_ids=["e-en"])
    assert (given.as_of, given.coder, given.value) == ("2019", "A. Mori", "50")
    assert small.decisions(latest=1)[0].action == "answer indicator"
    with pytest.raises(NothingChanged):
        editions.answer_indicator(small, one.id, "Hamamatsu", "50.0")
    with pytest.raises(ReasonMissing):
        editions.answer_indicator(small, one.id, "Hamamatsu", "100")
    with pytest.raises(Refused, match="cannot be answered 33"):
        editions.answer_indicator(small, one.id, "Hamamatsu", "33")
    changed = editions.answer_indicator(small, one.id, "Hamamatsu", "100", reason="a law since May")
    assert (changed.note, small.count(AnswerExcerpt)) == ("in part", 1)
    editions.answer_indicator(small, two.id, "Hamamatsu", AnswerState.NOT_APPLICABLE, as_of="2021")
    held = read_sheet(small, edition.id).answers["Hamamatsu", "2021"]
    assert held[two.id].words == "not applicable"
    with pytest.raises(Refused, match="still used by"):
        remove_case(small, "Hamamatsu", reason="no city")
    editions.take_answer_away(small, changed.id, reason="withdrawn")
    assert (small.find(IndexAnswer, changed.id), small.count(AnswerExcerpt)) == (None, 0)
    assert check_replay(small) == []


def test_an_excerpt_that_an_answer_rests_on_stays_when_its_coding_goes(small: Study, take: Take) -> None:
    take(SHEET)
    editions.answer_indicator(small, indicator(small, "1").id, "Hamamatsu", "50", excerpt_ids=["e-ja"])
    uncode(small, "k3", reason="not this code")
    assert small.by_key("excerpt:e-ja") is not None


def test_an_indicator_is_mapped_to_codes_to_none_or_to_nothing(small: Study, take: Take) -> None:
    take(SHEET)
    one = indicator(small, "1")
    editions.map_indicator(small, one.id, ["talk", "vote"], reason="two halves")
    assert [m.code_id for m in small.all(IndicatorMapping, indicator_id=one.id)] == ["talk", "vote"]
    with pytest.raises(Refused, match="needs a reason"):
        editions.map_indicator(small, one.id, [], none=True)
    editions.map_indicator(small, one.id, [], none=True, reason="no code asks it")
    assert [m.code_id for m in small.all(IndicatorMapping, indicator_id=one.id)] == [None]
    editions.map_indicator(small, one.id, [])
    assert small.all(IndicatorMapping, indicator_id=one.id) == []
    with pytest.raises(NothingChanged):
        editions.map_indicator(small, one.id, [])


def test_rules_weights_and_indicators_change_with_a_reason(small: Study, take: Take) -> None:
    edition = take(SHEET).edition
    with pytest.raises(ReasonMissing):
        editions.edit_edition(small, edition.id, aggregation=Aggregation.DIMENSIONS)
    changed = editions.edit_edition(
        small, edition.id, missing=MissingRule.BLOCK, area_weights={"Rights": "2/4"}, reason="as published"
    )
    assert (changed.missing, changed.area_weights) == (MissingRule.BLOCK, {"Rights": "0.5"})
    for area, weight in (("Sport", "1"), ("Rights", "-1"), ("Rights", "much")):
        with pytest.raises(WrongUsage):
            editions.edit_edition(small, edition.id, area_weights={area: weight}, reason="x")
    one = indicator(small, "1")
    editions.edit_indicator(small, one.id, weight="3", competence=Competence.NATIONAL, reason="national law")
    assert indicator(small, "1").weight == "3"
    with pytest.raises(WrongUsage):
        editions.edit_indicator(small, one.id, weight="x", reason="x")
    editions.remove_edition(small, edition.id, reason="another edition")
    assert small.count(Indicator) == small.count(IndexAnswer) == small.count(PrintedScore) == 0
    history.undo(small)
    assert small.get(Indicator, one.id).weight == "3"


def test_options_that_an_answer_rests_on_are_not_undone_below_it(small: Study, take: Take) -> None:
    take("area,indicator,options,case,answer\nRights,1,0; 100,Osaka,0\n", index="Lens")
    take("index,area,indicator,options\nLens,Rights,1,0; 10; 100\n", reason="a third option")
    widened = small.head.count
    editions.answer_indicator(small, indicator(small, "1").id, "Osaka", "10", reason="read again")
    with pytest.raises(Refused, match="1 cannot be answered 10"):
        history.undo(small, widened)
    assert small.all(IndexAnswer)[0].value == "10"
    history.undo(small)
    history.undo(small, widened)
    assert dict(indicator(small, "1").options) == {"0": "", "100": ""}


def test_a_merged_code_is_followed_to_the_one_that_stands_for_it(small: Study, take: Take) -> None:
    new = add_code(small, "rights", "Hate speech, in letters")
    number = small.framework.number(new)
    edition = take(f"area,indicator,codes\nRights,1,{number}\n", index="Lens").edition
    rule, osaka, one = small.get(CountingRule, "half"), small.get(Case, "Osaka"), indicator(small, "1")
    sheet = read_sheet(small, edition.id)
    assert column_of_cells(small, sheet, osaka, rule).given[one.id].state is AnswerState.MISSING
    merge_codes(small, [new.id], "hate", reason="one thing")
    given = column_of_cells(small, sheet, osaka, rule).given[one.id]
    assert (given.value, given.told) == (Fraction(100), "code 1.1")


def test_editions_are_found_by_name_and_edition(small: Study, take: Take) -> None:
    first = take(SHEET).edition
    assert editions.find_edition(small, "openness").id == first.id
    take(SHEET.replace("Openness,2020", "Openness,2015"))
    assert editions.find_edition(small, "Openness 2020").id == first.id
    with pytest.raises(WrongUsage, match="several editions"):
        editions.find_edition(small, "Openness")
    with pytest.raises(WrongUsage, match="no indicator 9"):
        editions.find_indicator(small, first, "9")


def test_statuses_of_cells_become_scores_through_the_mapping(study: Study, shared_data: Path) -> None:
    folder = shared_data / "nagai-2019"
    build_nagai(study, folder)
    edition = editions.edition_from_framework(study, "Measures", edition="2018", reference_date="2018-07-02")
    sheet, half = read_sheet(study, edition.id), study.get(CountingRule, "half")
    assert len(sheet.indicators) == 34
    printed = next(
        row for row in rows_of(folder, "sensitivity.csv") if row["rule"].startswith("MIPEX-style 0/50/100")
    )
    columns = [column_of_cells(study, sheet, case, half) for case in study.all(Case, order="position")]
    for column in columns:
        written = Rounding(decimals=2).printed(column.result.overall.value)
        assert Fraction(written) == Fraction(printed[column.case.name])
    assert [column.case.name for column in columns] == list(CASES)
    assert columns[3].result.overall.k_of_n == "31 of 34 indicators"
    assert any("Not the same indicators are answered." in warning for warning in warnings_of(columns))
    assert not any(warning.startswith("Not the same") for warning in warnings_of(columns[:3]))
    assert columns[0].given[sheet.indicators[0].id].told == "code 1.1"


def test_what_cells_leave_open_is_missing_and_what_is_outside_does_not_apply(small: Study) -> None:
    edition = editions.edition_from_framework(small, "Own", theme_id="rights")
    sheet, rule = read_sheet(small, edition.id), small.get(CountingRule, "half")
    assert [(each.area, each.number) for each in sheet.indicators] == [
        ("Rights", "1.1"),
        ("Rights", "1.2"),
        ("School", "1.3.1"),
    ]
    osaka = column_of_cells(small, sheet, small.get(Case, "Osaka"), rule)
    states = [osaka.given[each.id].state.value for each in sheet.indicators]
    assert states == ["answered", "missing", "not applicable"]
    assert (osaka.result.overall.value, osaka.result.overall.k_of_n) == (
        Fraction(100),
        "1 of 3 indicators, 1 not applicable",
    )
    one, two = sheet.indicators[0], sheet.indicators[1]
    editions.map_indicator(small, one.id, ["hate", "vote", "pupils"])
    editions.map_indicator(small, two.id, [], none=True, reason="no code asks it")
    again = column_of_cells(small, read_sheet(small, edition.id), small.get(Case, "Osaka"), rule)
    assert again.given[one.id].value == 75
    assert again.given[one.id].told == "codes 1.1, 1.3.1, 2.1, 2 of 3 with a value"
    assert again.given[two.id].told == "no code stands for it"


def test_national_and_local_cases_and_unlike_scales_carry_a_warning(small: Study, take: Take) -> None:
    edit_case(small, "Osaka", attributes={"level": "local"})
    edit_case(small, "Hamamatsu", attributes={"level": "national"})
    edition = take(SHEET, level="national").edition
    editions.edit_indicator(
        small, indicator(small, "1").id, competence=Competence.NATIONAL, reason="a matter of the state"
    )
    other = take("index,area,indicator,case,answer\nLens,Rights,1,Osaka,7\n", scale="0 to 10").edition
    sheet, cases = read_sheet(small, edition.id), small.all(Case, order="position")
    columns = [column_of_answers(sheet, case, "2019") for case in cases]
    columns.append(column_of_answers(read_sheet(small, other.id), cases[0], ""))
    warnings = "\n".join(warnings_of(columns))
    assert "Different editions. Openness 2020: Osaka, Hamamatsu; Lens: Osaka." in warnings
    assert "Different scales, so different tables. 0; 50; 100: Osaka, Hamamatsu; 0 to 10: Osaka." in warnings
    assert "Different levels of government. local: Osaka; national: Hamamatsu." in warnings
    assert "Different dates. 2019: Osaka, Hamamatsu; no date: Osaka." in warnings
    assert "the edition asks about the national level, not local." in warnings
    assert "Osaka · 2019 · Openness 2020: answered although beyond what it decides: 1." in warnings
    assert [[column.edition.name for column in table] for table in tables_of(columns)] == [
        ["Openness", "Openness"],
        ["Lens"],
    ]
    assert rules_of(edition).name in columns[0].rules


def test_a_cell_without_a_value_and_the_ends_of_the_scale_are_minded(small: Study, take: Take) -> None:
    plain = "area,indicator,codes\nRights,1,1.1; 1.2\nRights,2,2.1\n"
    osaka, half = small.get(Case, "Osaka"), small.get(CountingRule, "half")
    edition = take(plain, index="Lens", scale="1 to 3", missing="block").edition
    blocked = column_of_cells(small, read_sheet(small, edition.id), osaka, half)
    one, two = indicator(small, "1"), indicator(small, "2")
    assert blocked.given[one.id].state is AnswerState.MISSING
    assert (blocked.given[two.id].value, blocked.result.overall.value) == (Fraction(2), None)
    editions.edit_edition(small, edition.id, missing=MissingRule.DROP, reason="fewer")
    dropped = column_of_cells(small, read_sheet(small, edition.id), osaka, half)
    assert (dropped.given[one.id].value, dropped.result.overall.value) == (Fraction(3), Fraction(5, 2))


def test_a_second_framework_makes_an_edition_of_its_own(small: Study) -> None:
    small.decide(Verb.ADD_THEME, "theme:city", put=[Theme("city", None, 1, "City", framework="C")])
    add_code(small, "city", "Language")
    first = editions.edition_from_framework(small, "Own")
    second = editions.edition_from_framework(small, "Citizenship", prefix="C")
    numbers = [[each.number for each in read_sheet(small, made.id).indicators] for made in (first, second)]
    assert numbers == [["1.1", "1.2", "1.3.1", "2.1"], ["C1.1"]]
    with pytest.raises(Refused, match="no active code"):
        editions.edition_from_framework(small, "Nothing", prefix="X")


def test_sums_and_means_of_one_scale_share_no_table(small: Study, take: Take) -> None:
    edition = take(SHEET).edition
    sheet, osaka = read_sheet(small, edition.id), small.get(Case, "Osaka")
    summed = replace(rules_of(edition), aggregation=Aggregation.SUM)
    columns = [column_of_answers(sheet, osaka, "2019", rules) for rules in (rules_of(edition), summed)]
    assert [len(table) for table in tables_of(columns)] == [1, 1]


def test_who_answered_is_kept_and_new_evidence_is_a_change(small: Study, take: Take) -> None:
    take(SHEET)
    small.coder = "B. Sato"
    with pytest.raises(NothingChanged):
        take(SHEET)
    assert {answer.coder for answer in small.all(IndexAnswer)} == {"A. Mori"}
    one = indicator(small, "1")
    with pytest.raises(ReasonMissing):
        editions.answer_indicator(small, one.id, "Osaka", "100", excerpt_ids=["e-en"])
    given = editions.answer_indicator(
        small, one.id, "Osaka", "100", excerpt_ids=["e-en"], reason="found the passage"
    )
    assert (given.coder, small.count(AnswerExcerpt)) == ("B. Sato", 1)


def test_a_sheet_to_fill_has_a_line_for_every_indicator(small: Study, take: Take) -> None:
    edition = take(SHEET).edition
    written = export_sheet(small, edition.id, to_fill=[("Hamamatsu", "2021")]).decode("utf-8-sig")
    assert written.count(",Hamamatsu,2021,") == 4
    filled = written.replace("Hamamatsu,2021,,", "Hamamatsu,2021,50,")
    assert take(filled).changed == 0
    held = read_sheet(small, edition.id).answers["Hamamatsu", "2021"]
    assert {answer.value for answer in held.values()} == {"50"}
    assert small.decisions(latest=1)[0].action == Verb.IMPORT_EDITION.label
