"""A printed table is held against its cells: what does not follow is named, and why."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.matrix.nagai import CASES, CITIES, build_nagai, rows_of
from tests.matrix.small import build_small
from workbench.errors import WrongUsage
from workbench.matrix.chart import Chart, build_chart
from workbench.matrix.counts import CountRow, Counts, Tally, count_theme
from workbench.matrix.printed import Discrepancy, Kind, compare, exact_figure
from workbench.matrix.printed_reading import (
    Figure,
    Layout,
    PrintedFigure,
    PrintedTable,
    RowKind,
    read_printed,
)
from workbench.matrix.rounding import Rounding
from workbench.model.cell import CountingRule
from workbench.study.study import Study

TABLE_2_6 = Layout(averages={"Average of Three Cities": CITIES})
TABLE_2_7 = Layout(
    rows_in="local_area",
    averages={"local_average": CITIES},
    left_out=("rank", "national_area", "national_mipex_score"),
)


@pytest.fixture
def folder(shared_data: Path) -> Path:
    return shared_data / "nagai-2019"


@pytest.fixture
def nagai(study: Study, folder: Path) -> tuple[Chart, Counts]:
    build_nagai(study, folder)
    chart = build_chart(study)
    return chart, count_theme(chart, chart.rules[0], average_over=CITIES)


@pytest.fixture
def small(study: Study) -> tuple[Chart, Counts]:
    build_small(study)
    chart = build_chart(study)
    return chart, count_theme(chart, chart.rules[0])


def table(
    made: tuple[Chart, Counts], content: str, layout: Layout | None = None, name: str = "1"
) -> PrintedTable:
    return read_printed(content, name, chart=made[0], counts=made[1], layout=layout)


def both_tables(made: tuple[Chart, Counts], folder: Path) -> list[PrintedTable]:
    names = (("2.6", "table-2-6-printed.csv", TABLE_2_6), ("2.7", "table-2-7-printed.csv", TABLE_2_7))
    return [table(made, (folder / file).read_text("utf-8"), layout, name) for name, file, layout in names]


def test_the_ten_known_discrepancies_come_out_exactly_and_no_other(
    nagai: tuple[Chart, Counts], folder: Path
) -> None:
    expected = rows_of(folder, "discrepancies.csv")
    table_of = {row["id"]: row["table"] for row in expected}
    wanted = set()
    for row in expected:
        kind = re.sub(r"repeats (D\d+)", lambda m: f"repeats table {table_of[m[1]]}", row["kind"])
        kind = kind.replace("area averages", "figures")
        column = row["column"].replace("local average", "local_average")
        wanted.add(
            (row["table"], row["row"], column, row["printed"], row["exact"], row["rounded_half_up_1dp"], kind)
        )
    found = compare(nagai[1], both_tables(nagai, folder))
    told = [(d.table, d.row, d.column, d.printed, d.exact_words, d.rounded, d.what) for d in found]
    assert len(told) == 10
    assert set(told) == wanted


def test_truncation_is_named_where_it_explains_a_figure_and_other_ways_where_they_do(
    nagai: tuple[Chart, Counts], folder: Path
) -> None:
    found = compare(nagai[1], both_tables(nagai, folder))
    kinds = [one.kind for one in found]
    assert (kinds.count(Kind.TRUNCATED), kinds.count(Kind.UNEXPLAINED)) == (6, 3)
    by_place = {(one.table, one.row, one.column): one for one in found}
    average = by_place["2.6", "Average", "Average of Three Cities"]
    assert (average.would_give, average.what) == ((), "wrong at one decimal; truncation would give 4.4")
    assert "rounded half up to 0 decimals" in by_place["2.6", "Average", "Kawasaki"].would_give
    repeated = by_place["2.7", "Health", "local_average"]
    assert (repeated.repeats, "truncated to 1 decimal" in repeated.would_give) == ("2.6", True)
    assert by_place["2.7", "Anti-discrimination", "local_average"].contradicts == "3.3 in table 2.6"


def test_a_contradiction_is_found_whichever_table_comes_first(
    nagai: tuple[Chart, Counts], folder: Path
) -> None:
    found = compare(nagai[1], both_tables(nagai, folder)[::-1])
    assert [one.contradicts for one in found if one.contradicts] == ["3.3 in table 2.6"]
    assert {one.repeats for one in found} == {"", "2.7"}


def test_the_recomputed_table_follows_apart_from_nothing(nagai: tuple[Chart, Counts], folder: Path) -> None:
    content = (folder / "table-2-6-recomputed.csv").read_text("utf-8")
    found = compare(nagai[1], [table(nagai, content, TABLE_2_6)])
    # Areas that are rounded one by one add up to 22.4, beside a total of 22.3 that is right.
    assert [(one.kind, one.row, "add to 22.4" in one.what) for one in found] == [
        (Kind.DOES_NOT_ADD_UP, "Total", True)
    ]


def test_every_exact_figure_is_the_known_one(nagai: tuple[Chart, Counts], folder: Path) -> None:
    printed = both_tables(nagai, folder)[0]
    exact = {(f.row, f.column): exact_figure(nagai[1], f.figure) for f in printed.figures}
    expected = rows_of(folder, "table-2-6-expected.csv")
    assert exact == {(row["row"], row["column"]): Fraction(row["exact_fraction"]) for row in expected}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("area,Osaka\nRights,1\nHousing,2\n", "Line 3: “Housing” is no theme, total or average."),
        ("area,Osaka,Kobe\nRights,1,1\n", "Line 1: “Kobe” is no case of this study."),
        ('area,Osaka\nRights,1\n\nParticipation,"1,5"\n', "Line 4: “1,5” under Osaka is no figure."),
        ("area,Osaka\nRights,about 2\n", "Line 2: “about 2” under Osaka is no figure."),
        ("area,Osaka\nRights,１\n", "“１” under Osaka is no figure."),
        ("area,Osaka\nRights,1e3\n", "“1e3” under Osaka is no figure."),
        ("area,Osaka\nRights,1,2\n", "Line 2: it has 3 cells where the head has 2."),
        ("area,Osaka,Osaka\nRights,1,1\n", "Line 1: two columns are headed “Osaka”."),
        ("area,Osaka\nRights,1\nRights,1\n", "Line 3: the row “Rights” is there twice."),
        ('area,Osaka\n"Rights,1\n', "it is not CSV"),
        ("", "Line 1: no column is headed “”"),
        ("area,Osaka\n", "There is no figure in it."),
    ],
)
def test_what_cannot_be_placed_is_named_with_its_line_and_refused(
    small: tuple[Chart, Counts], content: str, words: str
) -> None:
    with pytest.raises(WrongUsage, match=re.escape(words)):
        table(small, content)


def test_all_that_is_wrong_is_named_at_once(small: tuple[Chart, Counts]) -> None:
    with pytest.raises(WrongUsage) as refused:
        table(small, "area,Osaka,Kobe\nRights,x,1\nHousing,1,1\n")
    assert [f"Line {line}:" in str(refused.value) for line in (1, 2, 3)] == [True] * 3


def test_a_name_that_fits_two_rows_is_not_guessed(small: tuple[Chart, Counts]) -> None:
    with pytest.raises(WrongUsage, match="“Rights” could be several rows"):
        table(small, "area,Osaka\nRights,1\n", Layout(totals=("Rights",)))
    assert table(small, "area,Osaka\n1 Rights,1\n", Layout(totals=("Rights",))).figures[0].figure.theme_id


@pytest.mark.parametrize(
    ("layout", "words"),
    [
        (Layout(rows_in="theme"), "no column is headed “theme”"),
        (Layout(left_out=("rank",)), "no column is headed “rank”"),
        (Layout(averages={"Osaka": ["Kobe"]}), "“Kobe” is no case"),
        (Layout(averages={"Osaka": []}), "the average “Osaka” is of no case"),
    ],
)
def test_a_layout_that_does_not_fit_the_file_is_refused(
    small: tuple[Chart, Counts], layout: Layout, words: str
) -> None:
    with pytest.raises(WrongUsage, match=words):
        table(small, "area,Osaka\nRights,1\n", layout)


def test_an_empty_place_is_named_and_not_taken_for_nought(small: tuple[Chart, Counts]) -> None:
    read = table(small, "\ufeffarea,Osaka,Hamamatsu\nRights,1,\n")
    assert (read.empty, len(read.figures)) == (("line 2, Hamamatsu",), 1)


def test_a_figure_for_what_nobody_assessed_is_undefined(small: tuple[Chart, Counts]) -> None:
    (found,) = compare(small[1], [table(small, "area,Hamamatsu\nParticipation,0\n")])
    assert (found.kind, found.rounded, found.exact_words) == (Kind.UNDEFINED, "undefined", "undefined")


def counts_of(values: list[Fraction]) -> Counts:
    rows = tuple(CountRow(f"t{n}", f"{n} T", (f"m{n}",)) for n in range(len(values)))
    tallies = {(f"t{n}", "a"): Tally(value, 1, 1) for n, value in enumerate(values)}
    return Counts(CountingRule("r", "R", 1), rows, ("a",), ("a",), tallies)


@given(st.lists(st.fractions(-50, 50, max_denominator=12), min_size=1, max_size=6), st.integers(0, 3))
def test_figures_that_are_rounded_half_up_are_never_listed(values: list[Fraction], decimals: int) -> None:
    figures = []
    for number, value in enumerate(values):
        text = Rounding(decimals=decimals).printed(value)
        figure = Figure(RowKind.THEME, f"t{number}", ("a",))
        figures.append(PrintedFigure(figure, f"T{number}", "A", number, text, Fraction(text)))
    printed = PrintedTable("1", tuple(figures), decimals, tuple(f"t{n}" for n in range(len(values))), ())
    assert compare(counts_of(values), [printed]) == []


@given(st.fractions(-50, 50, max_denominator=12), st.decimals(-60, 60, places=1))
def test_a_printed_figure_is_listed_unless_it_follows(value: Fraction, text: object) -> None:
    figure = Figure(RowKind.THEME, "t0", ("a",))
    shown = PrintedFigure(figure, "T", "A", 2, str(text), Fraction(str(text)))
    found = compare(counts_of([value]), [PrintedTable("1", (shown,), 1, ("t0",), ())])
    follows = Fraction(Rounding().printed(value)) == shown.value
    assert (found == []) is follows
    for one in found:
        assert isinstance(one, Discrepancy)
        assert (one.kind is Kind.TRUNCATED) == ("truncated to 1 decimal" in one.would_give)


def test_every_figure_of_the_published_table_is_read(nagai: tuple[Chart, Counts], folder: Path) -> None:
    first, second = both_tables(nagai, folder)
    assert (len(first.figures), first.decimals) == (7 * (len(CASES) + 1), 1)
    assert (len(second.figures), second.decimals, second.empty) == (5, 1, ())
