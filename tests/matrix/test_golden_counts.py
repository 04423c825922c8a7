"""The published table of measures comes out exactly, under every rule, and prints as it should."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.matrix.nagai import CASES, CITIES, build_nagai, rows_of
from workbench.matrix.chart import build_chart
from workbench.matrix.counts import Counts, count_theme
from workbench.matrix.ranks import rank_themes
from workbench.matrix.rounding import Rounding, RoundingRule
from workbench.study.study import Study


@pytest.fixture
def folder(shared_data: Path) -> Path:
    return shared_data / "nagai-2019"


@pytest.fixture
def nagai(study: Study, folder: Path) -> Study:
    build_nagai(study, folder)
    return study


def counted(study: Study, rule_id: str) -> Counts:
    chart = build_chart(study)
    rule = next(rule for rule in chart.rules if rule.id == rule_id)
    return count_theme(chart, rule, average_over=CITIES)


def test_all_34_measures_are_charted_for_4_jurisdictions(nagai: Study) -> None:
    chart = build_chart(nagai)
    assert (len(chart.codes), [case.name for case in chart.cases]) == (34, list(CASES))
    assert len(chart.cells) == 136
    assert sum(cell.cell is None for cell in chart.cells.values()) == 3


@pytest.mark.parametrize("rule", ["published", "strict", "half"])
def test_every_area_count_is_exact_under_every_rule(nagai: Study, folder: Path, rule: str) -> None:
    counts = counted(nagai, rule)
    ids = {row.label.partition(" ")[2]: row.theme_id for row in counts.rows}
    expected = rows_of(folder, "expected-counts.csv")
    assert len(expected) == 20
    for row in expected:
        tally = counts.tally(ids[row["area"]], row["jurisdiction"])
        assert tally.value == Fraction(row[f"count_{rule}_rule"])
        assert tally.listed == int(row["measures_listed"])
        assert tally.not_assessed == int(row["blank"])
        assert tally.denominator == tally.listed - tally.not_assessed


@pytest.mark.parametrize(
    ("rule", "totals"),
    [
        ("published", ["24", "26", "17", "12"]),
        ("strict", ["24", "25", "16", "10"]),
        ("half", ["24", "51/2", "33/2", "11"]),
    ],
)
def test_the_three_rules_give_the_known_totals(nagai: Study, rule: str, totals: list[str]) -> None:
    counts = counted(nagai, rule)
    assert [str(counts.total(case).value) for case in CASES] == totals


def test_averages_are_exact_fractions_until_they_are_printed(nagai: Study, folder: Path) -> None:
    counts = counted(nagai, "published")
    figures = figures_of(counts)
    half_up, truncated = Rounding(), Rounding(RoundingRule.TRUNCATED)
    expected = rows_of(folder, "table-2-6-expected.csv")
    assert len(expected) == 35
    for row in expected:
        figure = figures[row["row"], row["column"]]
        assert figure == Fraction(row["exact_fraction"])
        assert Fraction(half_up.printed(figure)) == Fraction(row["rounded_half_up_1dp"])
        assert Fraction(truncated.printed(figure)) == Fraction(row["truncated_1dp"])


def test_the_recomputed_table_prints_character_by_character(nagai: Study, folder: Path) -> None:
    figures = figures_of(counted(nagai, "published"))
    for row in rows_of(folder, "table-2-6-recomputed.csv"):
        for column in [*CASES, "Average of Three Cities"]:
            assert Rounding().printed(figures[row["area"], column]) == row[column]


def figures_of(counts: Counts) -> dict[tuple[str, str], Fraction | None]:
    """Lay the counts out as the published table does."""
    figures: dict[tuple[str, str], Fraction | None] = {}
    for row in counts.rows:
        area = row.label.partition(" ")[2]
        figures |= {(area, case): counts.tally(row.theme_id, case).value for case in counts.case_ids}
        figures[area, "Average of Three Cities"] = counts.mean(row.theme_id)
    for case in counts.case_ids:
        figures["Total", case] = counts.total(case).value
        figures["Average", case] = counts.average(case)
    figures["Total", "Average of Three Cities"] = counts.mean_total
    figures["Average", "Average of Three Cities"] = counts.mean_average
    return figures


def test_a_mean_of_means_is_not_taken_from_printed_figures(nagai: Study) -> None:
    counts = counted(nagai, "published")
    assert counts.mean_average == Fraction(67, 15)
    assert Rounding().printed(counts.mean_average) == "4.5"
    assert Rounding().printed(counts.mean("health")) == "5.7"


def test_cells_that_nobody_assessed_make_the_table_incomplete(nagai: Study) -> None:
    counts = counted(nagai, "published")
    assert (counts.complete, counts.whole.missing) == (False, 3)
    assert counts.total("Japan").denominator == 31
    assert Rounding().percent(counts.total("Kawasaki").share) == "76.5 %"


def test_the_chart_of_one_theme_counts_only_that_theme(nagai: Study) -> None:
    chart = build_chart(nagai, theme_id="health")
    counts = count_theme(chart, chart.rules[0])
    assert [row.label for row in counts.rows] == ["3 Health"]
    assert [counts.total(case).value for case in CASES] == [6, 6, 5, 2]


def test_the_order_of_areas_and_its_figures_are_those_of_the_second_summary(
    nagai: Study, folder: Path
) -> None:
    counts = count_theme(build_chart(nagai), build_chart(nagai).rules[0], average_over=CITIES)
    labels = {row.theme_id: row.label.partition(" ")[2] for row in counts.rows}
    ordered = rank_themes(counts).ordered
    expected = rows_of(folder, "table-2-7-expected.csv")
    recomputed = {
        row["local_area"]: row["local_average"] for row in rows_of(folder, "table-2-7-recomputed.csv")
    }
    assert [labels[place.name] for place in ordered] == [row["local_area_recomputed"] for row in expected]
    for place, row in zip(ordered, expected, strict=True):
        assert place.score == Fraction(row["local_average_exact"])
        assert str(place.rank) == row["rank"]
        half_up = Rounding().printed(place.score)
        assert Fraction(half_up) == Fraction(row["local_average_rounded_half_up_1dp"])
        assert half_up == recomputed[labels[place.name]]
        cut = Rounding(RoundingRule.TRUNCATED).printed(place.score)
        assert Fraction(cut) == Fraction(row["local_average_truncated_1dp"])
