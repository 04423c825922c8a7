"""The worked example is built by the functions an analyst uses, and everything in it can be walked back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.matrix.nagai import CASES, CITIES, rows_of
from tests.matrix.test_golden_counts import figures_of
from tests.matrix.test_printed import TABLE_2_6, TABLE_2_7
from tests.matrix.test_sensitivity import printed_variants
from workbench.exchange.matrix_export import export_matrix
from workbench.language.glossary import Outcome
from workbench.matrix.beside import beside, column_asked
from workbench.matrix.chart import Chart, build_chart
from workbench.matrix.counts import Counts, count_theme
from workbench.matrix.index_columns import read_sheet
from workbench.matrix.index_printed import departures
from workbench.matrix.lint import CUT_OFF, REFERENCE_DATE, lint
from workbench.matrix.printed import compare
from workbench.matrix.printed_reading import PrintedTable, read_printed
from workbench.matrix.ranks import Basis
from workbench.matrix.rounding import Rounding
from workbench.matrix.sensitivity import drop_measures
from workbench.matrix.variants import Variant, answers_of, outcome, score_cases
from workbench.model.case import Case, Document
from workbench.model.cell import Cell, CellQuote, Status
from workbench.model.coding import Coding, Excerpt
from workbench.model.index_edition import IndexEdition, PrintedScore
from workbench.model.saved_chart import SavedChart
from workbench.model.text import Text
from workbench.model.translation import Alignment, Verdict, Verification
from workbench.stages.glossary_report import glossary_report
from workbench.stages.worked_example import build_example
from workbench.study.check import check_study
from workbench.study.file import open_study
from workbench.study.queries import excerpts_of_cell
from workbench.study.study import Study


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    path = tmp_path_factory.mktemp("demo") / "example.workbench"
    told: list[str] = []
    build_example(path, coder="A. Mori", progress=told.append)
    assert told[0] == "Reading the codebook"
    study = open_study(path, read_only=True)
    yield study
    study.close()


def test_the_example_passes_every_check(example: Study) -> None:
    assert check_study(example) == []


def test_every_positive_cell_walks_back_to_a_passage_of_its_case(example: Study) -> None:
    positive = {status.id for status in example.all(Status) if status.values.get("published") == "1"}
    chart = build_chart(example)
    cells = [charted.cell for charted in chart.cells.values() if charted.cell is not None]
    cells = [cell for cell in cells if cell.status_id in positive]
    assert len(cells) == 24 + 26 + 17 + 12
    for cell in cells:
        excerpts = excerpts_of_cell(example, cell.id)
        assert excerpts
        for excerpt in excerpts:
            text = example.get(Text, excerpt.text_id)
            content = example.text_content(text.content_hash)
            assert content[excerpt.start : excerpt.end] == excerpt.quote


def test_every_quote_stands_in_its_excerpt(example: Study) -> None:
    quotes = example.all(CellQuote)
    assert quotes
    assert all(quote.content in example.get(Excerpt, quote.excerpt_id).quote for quote in quotes)


def test_two_coders_took_part_and_are_told_apart(example: Study) -> None:
    assert {decision.coder for decision in example.decisions()} == {"A. Mori", "J. Berg"}


LOBBYING = ("education-lobbying", "health-lobbying", "lobbying")
RULES = ("published", "strict", "half")


def counted(study: Study, rule_id: str, prefix: str | None = None) -> Counts:
    chart = build_chart(study, prefix=prefix)
    rule = next(rule for rule in chart.rules if rule.id == rule_id)
    cities = [case.id for case in chart.cases if case.name in CITIES]
    return count_theme(chart, rule, average_over=cities)


def by_name(study: Study, values: Mapping[str, str]) -> list[str]:
    return [values[case.id] for case in study.all(Case, order="position")]


def totals(counts: Counts, study: Study) -> list[str]:
    return by_name(study, {case_id: str(counts.total(case_id).value) for case_id in counts.case_ids})


def test_the_passages_give_the_published_totals_under_each_rule(example: Study) -> None:
    assert [case.name for case in example.all(Case, order="position")] == list(CASES)
    assert totals(counted(example, "published"), example) == ["24", "26", "17", "12"]
    assert totals(counted(example, "strict"), example) == ["24", "25", "16", "10"]
    assert totals(counted(example, "half"), example) == ["24", "51/2", "33/2", "11"]


@pytest.mark.parametrize("rule", RULES)
def test_every_area_count_is_the_published_one(example: Study, shared_data: Path, rule: str) -> None:
    counts = counted(example, rule)
    themes = {row.label.partition(" ")[2]: row.theme_id for row in counts.rows}
    cases = {case.name: case.id for case in example.all(Case)}
    expected = rows_of(shared_data / "nagai-2019", "expected-counts.csv")
    assert len(expected) == 20
    for row in expected:
        tally = counts.tally(themes[row["area"]], cases[row["jurisdiction"]])
        assert tally.value == Fraction(row[f"count_{rule}_rule"]), row
        assert tally.listed == int(row["measures_listed"])
        assert (tally.not_assessed, tally.outside) == (0, int(row["blank"]))


def test_every_answer_occurs_as_often_as_in_the_published_tables(example: Study, shared_data: Path) -> None:
    answers = {
        "yes": ("yes",),
        "yes_but_restricted": ("restricted",),
        "partially": ("partial",),
        "no": ("no-not-found", "no-stated"),
        "not_specified": ("not-specified",),
        "blank": ("not-applicable",),
    }
    chart = build_chart(example)
    found: Counter[tuple[str, str, str]] = Counter()
    names = {case.id: case.name for case in chart.cases}
    for charted in chart.cells.values():
        if charted.cell is not None:
            code = chart.framework.codes[charted.cell.code_id]
            area = chart.framework.themes[code.theme_id].name
            found[area, names[charted.cell.case_id], str(charted.cell.status_id)] += 1
    for row in rows_of(shared_data / "nagai-2019", "expected-counts.csv"):
        for column, statuses in answers.items():
            place = (row["area"], row["jurisdiction"])
            assert sum(found[*place, status] for status in statuses) == int(row[column]), (row, column)
    assert sum(found.values()) == 34 * 4


def printed(chart: Chart, counts: Counts) -> list[PrintedTable]:
    layouts = {"2.6": TABLE_2_6, "2.7": TABLE_2_7}
    folder = REPOSITORY / "corpus" / "printed"
    contents = {name: (folder / f"table-{name.replace('.', '-')}.csv").read_text("utf-8") for name in layouts}
    return [
        read_printed(contents[name], name, chart=chart, counts=counts, layout=layout)
        for name, layout in layouts.items()
    ]


def test_the_printed_tables_are_held_against_the_passages(example: Study, shared_data: Path) -> None:
    counts = counted(example, "published")
    found = compare(counts, printed(build_chart(example), counts))
    told = {(one.table, one.row, one.column, one.printed, one.exact_words, one.rounded) for one in found}
    assert told == {
        (
            row["table"],
            row["row"],
            row["column"].replace("local average", "local_average"),
            row["printed"],
            row["exact"],
            row["rounded_half_up_1dp"],
        )
        for row in rows_of(shared_data / "nagai-2019", "discrepancies.csv")
    }


def test_ten_printed_figures_do_not_follow(example: Study) -> None:
    counts = counted(example, "published")
    found = compare(counts, printed(build_chart(example), counts))
    assert Counter(one.table for one in found) == {"2.6": 6, "2.7": 4}
    assert Rounding().printed(counts.mean_average) == "4.5"


def test_the_recomputed_table_is_the_known_one(example: Study, shared_data: Path) -> None:
    names = {case.id: case.name for case in example.all(Case)}
    figures = {
        (row, names.get(column, column)): value
        for (row, column), value in figures_of(counted(example, "published")).items()
    }
    for row in rows_of(shared_data / "nagai-2019", "table-2-6-expected.csv"):
        assert figures[row["row"], row["column"]] == Fraction(row["exact_fraction"]), row


def test_totals_and_orders_under_other_ways_of_counting_are_the_known_ones(
    example: Study, shared_data: Path
) -> None:
    names = {case.id: case.name for case in example.all(Case)}
    cities = [case_id for case_id, name in names.items() if name in CITIES]
    everywhere, among = build_chart(example), build_chart(example, case_ids=cities)
    themes = {theme.id: theme.name for theme in everywhere.framework.themes.values()}
    variants = printed_variants(LOBBYING)
    for row in rows_of(shared_data / "nagai-2019", "sensitivity.csv"):
        variant = variants[row["rule"]]
        rule = next(rule for rule in everywhere.rules if rule.id == variant.rule_id)
        percent = 100 if variant.basis is Basis.EQUAL_THEMES else 1
        for case_id, score in score_cases(answers_of(everywhere, rule), variant).items():
            assert score is not None
            shown = Rounding(decimals=2).printed(score * percent)
            assert Fraction(shown) == Fraction(row[names[case_id]]), row
        given = outcome(answers_of(among, rule), variant)
        assert given.cases.order(names) == row["city_order"]
        order = given.themes.order(themes)
        assert order.replace(" = ", " > ") == row["area_order_three_city_mean"]


def test_no_measure_alone_turns_the_order_of_the_cities_and_36_pairs_do(example: Study) -> None:
    cities = [case.id for case in example.all(Case) if case.name in CITIES]
    chart = build_chart(example, case_ids=cities)
    table = answers_of(chart, next(rule for rule in chart.rules if rule.id == "published"))
    one, two = (drop_measures(table, Variant("", "published"), count) for count in (1, 2))
    assert (one.tried, len(one.turning)) == (34, 0)
    assert (two.tried, len(two.turning)) == (561, 36)


def test_the_first_framework_counts_alike_with_and_without_the_second(example: Study, tmp_path: Path) -> None:
    path = tmp_path / "alone.workbench"
    build_example(path, coder="A. Mori", second_framework=False)
    alone = open_study(path, read_only=True)
    assert (alone.framework.prefixes, example.framework.prefixes) == (("",), ("", "C"))
    for rule in RULES:
        figures = [
            {
                (row.label, case.name): counts.tally(row.theme_id, case.id)
                for row in counts.rows
                for case in study.all(Case)
            }
            for study, counts in ((alone, counted(alone, rule)), (example, counted(example, rule)))
        ]
        assert figures[0] == figures[1]
    alone.close()


def test_both_frameworks_chart_apart_over_shared_excerpts(example: Study) -> None:
    first, second = build_chart(example), build_chart(example, prefix="C")
    assert [theme.name for theme in example.framework.roots("")] == [
        "Anti-discrimination",
        "Education",
        "Health",
        "Labor market mobility",
        "Political participation",
    ]
    assert not {code.id for code in first.codes} & {code.id for code in second.codes}
    assert example.framework.number(second.codes[0]) == "C1.1"
    assert {row.label.split()[0] for row in counted(example, "published", "C").rows} == {"C1", "C2"}
    codes = {code.id for code in second.codes}
    by_excerpt: dict[str, set[bool]] = {}
    for coding in example.all(Coding):
        by_excerpt.setdefault(coding.excerpt_id, set()).add(coding.code_id in codes)
    assert sum(len(kinds) == 2 for kinds in by_excerpt.values()) >= 40


def test_no_cell_of_the_first_framework_went_stale_when_the_second_came(example: Study) -> None:
    states = Counter(cell.state.value for cell in example.all(Cell))
    assert set(states) == {"draft", "charted", "reviewed"}


def test_summaries_cite_passages_and_carry_no_marks(example: Study) -> None:
    cells = example.all(Cell)
    assert sum(bool(cell.citations) for cell in cells) >= 70
    assert not [cell.summary for cell in cells if re.search(r"\[[A-Za-z]?\d", cell.summary)]
    for cell in cells:
        linked = {excerpt.id for excerpt in excerpts_of_cell(example, cell.id)}
        assert {one for ids in cell.citations.values() for one in ids.split()} <= linked


def test_cases_carry_their_attributes_and_the_rules_have_their_dates(example: Study) -> None:
    cases = {case.name: case.attributes for case in example.all(Case)}
    assert {attributes[REFERENCE_DATE] for attributes in cases.values()} == {"2018-07-02", "2014-12-31"}
    assert (cases["Osaka"]["population"], cases["Osaka"]["first nationality"]) == ("2722098", "Korea")
    assert [case for case, attributes in cases.items() if attributes["level"] == "national"] == ["Japan"]
    assert example.setting(CUT_OFF) == "2018-07-02"
    said = [finding.what for finding in lint(example)]
    assert sum("listed" in what and "in several themes" in what for what in said) == 3
    assert any("accessed on 2018-07-05" in what for what in said)
    assert any("different dates" in what for what in said)
    assert not [what for what in said if "needs" in what]


def test_every_table_of_the_source_is_a_saved_chart_and_so_are_those_of_the_second_framework(
    example: Study,
) -> None:
    saved = {chart.name: chart for chart in example.all(SavedChart)}
    names = {code.theme_id for code in build_chart(example).codes}
    assert {saved[name].theme_id for name in saved if re.match(r"Table 2\.[1-5] ", name)} == names
    assert {chart.framework for chart in saved.values()} == {"", "C"}
    for view in saved.values():
        export = export_matrix(example, view=view)
        assert export.cells
        assert "not in this chart" not in export.arrangement
    table = export_matrix(example, view=saved["Table 2.6 Measures by area"])
    assert [column.name for column in table.columns] == [root.name for root in example.framework.roots("")]


def test_the_charts_of_the_second_framework_are_complete(example: Study) -> None:
    chart = build_chart(example, prefix="C")
    expected = [code for code in chart.codes if not code.other]
    assert all(chart.cells[case.id, code.id].cell for case in chart.cases for code in expected)
    described = [code.id for code in expected if code.described]
    assert described == ["limit-uneven", "limit-undocumented", "limit-national-law"]
    for rule in RULES:
        assert counted(example, rule, "C").complete


def test_the_national_index_gives_the_side_by_side_of_table_2_7(example: Study, shared_data: Path) -> None:
    (edition,) = example.all(IndexEdition)
    cases = {case.id: case for case in example.all(Case)}
    sheet = read_sheet(example, edition.id)
    assert not departures(sheet, example.all(PrintedScore), list(cases.values()))
    column = column_asked(sheet, cases, None, None)
    found = beside(column, build_chart(example), counted(example, "published"))
    assert [case.name for case in found.averaged] == list(CITIES)
    printed, recomputed = (
        rows_of(shared_data / "nagai-2019", f"table-2-7-{name}.csv") for name in ("printed", "recomputed")
    )
    for row, shown, known in zip(found.rows, printed, recomputed, strict=True):
        assert row.area is not None
        assert row.theme is not None
        assert (row.area.printed, row.area.name) == (shown["rank"], shown["national_area"])
        assert row.area.score == int(shown["national_mipex_score"])
        assert row.theme.name.partition(" ")[2] == known["local_area"]
        assert Rounding().printed(row.theme.score) == known["local_average"]
    assert [words.partition(".")[0] for words in found.warnings] == [
        "Unlike scales",
        "Unlike dates",
        "Unlike levels",
    ]


def test_two_key_terms_are_not_rendered_as_the_glossary_says(example: Study) -> None:
    report = glossary_report(example)
    assert {(found.term.term, found.outcome, found.way) for found in report.findings} == {
        ("国籍要件", Outcome.UNKNOWN, ""),
        ("当然の法理", Outcome.FORBIDDEN, "doctrine of natural law"),
    }
    assert len(report.counts) == 6
    assert all(count.looked for count in report.counts)
    assert report.unlooked


def test_translations_are_described_and_linked_but_for_three(example: Study) -> None:
    translations = [text for text in example.all(Text) if text.is_translation]
    assert len(translations) == 33
    assert all(text.translates and text.maker and text.made for text in translations)
    linked = {about.target_id for about in example.all(Alignment)}
    assert len(linked) == 30
    keys = {example.get(Document, text.document_id).key for text in translations if text.id not in linked}
    assert keys == {"hamamatsu-elderly", "japan-insurance", "kawasaki-rights-training"}


def test_checked_passages_are_sound_or_doubted_with_a_note(example: Study) -> None:
    found = example.all(Verification)
    assert Counter(each.verdict for each in found) == {Verdict.SOUND: 5, Verdict.DOUBTFUL: 1}
    assert all(each.note for each in found if each.verdict is Verdict.DOUBTFUL)
