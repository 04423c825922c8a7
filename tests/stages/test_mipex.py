"""A published index for real: answers and printed scores of one country in two years."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from workbench.exchange.index_sheet_reading import SheetReading, read_index_sheet
from workbench.matrix.index_columns import column_of_answers, read_sheet, warnings_of
from workbench.matrix.index_printed import departures
from workbench.matrix.index_scores import rules_of
from workbench.matrix.rounding import Rounding
from workbench.model.case import Case
from workbench.model.index_edition import Aggregation, IndexEdition, PrintedScore
from workbench.stages.edition_sheets import import_sheet
from workbench.stages.register import add_case
from workbench.study.study import Study

READING = SheetReading(
    {"index": "MIPEX", "edition": "2020", "reference_date": "2019", "scale": "0 to 100", "level": "national"},
    area_lines=frozenset("abcdefgh"),
    cases={"JP": "Japan"},
)
PLAIN = {
    "Labour Market Mobility",
    "Family Reunification",
    "Education",
    "Political Participation",
    "Citizenship",
}
DIMENSIONS = {
    "Permanent Residence": {"eb88": "security", "eb89": "security", "eb90": "security"},
    "Health": {"152c": "access", "153c": "access", "156a": "responsive", "159": "responsive"}
    | {"163": "change", "165": "change"}
    | dict.fromkeys(("145a", "148", "146a", "149", "147a", "150"), "entitlement"),
}
"""Groups of the indicators that the sheet does not name; elsewhere the second letter of a number does."""


@pytest.fixture
def folder(shared_data: Path) -> Path:
    return shared_data / "mipex-extract"


@pytest.fixture
def mipex(study: Study, folder: Path) -> IndexEdition:
    add_case(study, "Japan", attributes={"level": "national"})
    data = (folder / "japan-2014-2019-indicators.csv").read_bytes()
    sheet = read_index_sheet("mipex.csv", data, READING)
    return import_sheet(study, sheet, "mipex.csv").edition


def printed_overall(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "japan-overall.csv").open(encoding="utf-8", newline="") as file:
        return {row["year"]: row for row in csv.DictReader(file)}


def test_the_strands_that_are_plain_means_come_out_to_the_last_digit(
    study: Study, mipex: IndexEdition
) -> None:
    sheet, japan = read_sheet(study, mipex.id), study.all(Case)[0]
    printed = {(p.as_of, p.area): Fraction(p.value) for p in study.all(PrintedScore)}
    assert len(printed) == 16
    follow = set()
    for year in ("2014", "2019"):
        column = column_of_answers(sheet, japan, year)
        for area in column.result.areas:
            assert area.score.value is not None
            assert area.score.counted == area.score.listed
            if Fraction(Rounding(decimals=4).printed(area.score.value)) == printed[year, area.area]:
                follow.add((year, area.area))
    assert follow == {(year, area) for year in ("2014", "2019") for area in PLAIN}


@pytest.mark.parametrize("year", ["2014", "2019"])
def test_the_overall_scores_are_the_means_of_the_printed_strands(
    study: Study, mipex: IndexEdition, folder: Path, year: str
) -> None:
    row = printed_overall(folder)[year]
    strands = {p.area: Fraction(p.value) for p in study.all(PrintedScore) if p.as_of == year}
    left_out: tuple[tuple[str, set[str]], ...] = (
        ("overall_with_health", set()),
        ("overall_without_health", {"Health"}),
        ("overall_without_health_and_education", {"Health", "Education"}),
    )
    for name, without in left_out:
        held = [value for area, value in strands.items() if area not in without]
        mean = sum(held, start=Fraction(0)) / len(held)
        assert abs(mean - Fraction(row[name])) < Fraction(1, 10_000), name
    mean = sum(strands.values(), start=Fraction(0)) / 8
    assert Rounding(decimals=2).printed(mean) == {"2014": "45.51", "2019": "46.76"}[year]


def test_the_three_strands_that_do_not_follow_are_listed_with_what_would_give_them(
    study: Study, mipex: IndexEdition
) -> None:
    sheet = read_sheet(study, mipex.id)
    found = departures(sheet, study.all(PrintedScore), study.all(Case))
    in_2014 = {each.figure: each for each in found if each.as_of == "2014"}
    assert set(in_2014) == {
        "Permanent Residence",
        "Antidiscrimination",
        "Health",
        "bb30bb31 Requirements, from its sub-indicators",
    }
    anti = in_2014["Antidiscrimination"]
    assert (anti.printed, anti.exact, anti.rounded) == ("15.625", Fraction(125, 12), "10.4167")
    assert anti.would_give == ("conjecture: mean of 4 groups of neighbours, 1 + 1 + 1 + 3",)
    for strand, count in (("Permanent Residence", 6), ("Health", 6)):
        (way,) = in_2014[strand].would_give
        assert way.startswith("conjecture: mean of 4 groups of neighbours")
        assert way.endswith(f"or {count} other ways")
    assert in_2014["bb30bb31 Requirements, from its sub-indicators"].rounded == "50"
    assert len(found) == 8


def test_with_its_dimensions_named_the_sheet_explains_every_printed_score(study: Study, folder: Path) -> None:
    add_case(study, "Japan")
    content = (folder / "japan-2014-2019-indicators.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(content)))
    written = io.StringIO()
    writer = csv.DictWriter(written, [*rows[0], "dimension"])
    writer.writeheader()
    for row in rows:
        named = DIMENSIONS.get(row["strand"], {}).get(row["indicator"])
        row["dimension"] = named or ("" if row["sub_indicator"] else row["indicator"][:2])
        writer.writerow(row)
    sheet = read_index_sheet("mipex.csv", written.getvalue().encode(), READING)
    edition = import_sheet(study, sheet, "mipex.csv").edition
    held, japan = read_sheet(study, edition.id), study.all(Case)[0]
    found = departures(held, study.all(PrintedScore), [japan])
    explained = {each.figure: each.would_give for each in found if "sub-indicators" not in each.figure}
    assert set(explained) == {"Permanent Residence", "Antidiscrimination", "Health"}
    assert all(Aggregation.DIMENSIONS.words in ways for ways in explained.values())
    rules = replace(rules_of(edition), aggregation=Aggregation.DIMENSIONS)
    by_dimension, straight = (
        column_of_answers(held, japan, "2014", rules),
        column_of_answers(held, japan, "2014"),
    )
    area = by_dimension.area("Health")
    assert area is not None
    assert area.score.value == Fraction(775, 12)
    assert by_dimension.result.overall.value != straight.result.overall.value
    assert by_dimension.rules != straight.rules


def test_area_scores_that_are_taken_for_indicators_are_noticed(study: Study, folder: Path) -> None:
    add_case(study, "Japan")
    data = (folder / "japan-2014-2019-indicators.csv").read_bytes()
    sheet = read_index_sheet("mipex.csv", data, replace(READING, area_lines=frozenset()))
    imported = import_sheet(study, sheet, "mipex.csv")
    assert imported.called_like_areas == ("a", "c", "d", "e", "f", "g", "h")
    assert "Called like their areas: a,c,d,e,f,g,h." in imported.summary


def test_two_years_beside_each_other_are_not_taken_for_one(study: Study, mipex: IndexEdition) -> None:
    sheet, japan = read_sheet(study, mipex.id), study.all(Case)[0]
    columns = [column_of_answers(sheet, japan, year) for year in ("2014", "2019")]
    assert warnings_of(columns) == [
        "Different dates. 2014: Japan; 2019: Japan.",
        "Japan · 2014 · MIPEX 2020: the edition is as of 2019.",
    ]
    assert warnings_of(columns[1:]) == []
