"""What makes a comparison fragile is found, named with its place, and left as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.matrix.nagai import CASES, build_nagai, rows_of
from tests.matrix.ranked import build_ranked
from tests.matrix.small import build_small
from workbench.matrix.chart import Chart, build_chart
from workbench.matrix.counts import count_theme
from workbench.matrix.lint import (
    differing_denominators,
    differing_wordings,
    late_access,
    lint,
    mixed_dates,
    one_url_twice,
    quotes_not_in_source,
    same_names,
    status_without_evidence,
)
from workbench.model.case import Case, CaseDocument, Document
from workbench.model.cell import CellQuote, Status
from workbench.model.decision import Verb
from workbench.model.framework import Code, CodeState
from workbench.model.records import Record, Setting
from workbench.model.text import Text
from workbench.study.log import Finding
from workbench.study.study import Study


@pytest.fixture
def folder(shared_data: Path) -> Path:
    return shared_data / "nagai-2019"


@pytest.fixture
def nagai(study: Study, folder: Path) -> Study:
    build_nagai(study, folder)
    register: list[Record] = [
        Document(
            f"d{number}",
            f"{row['author']} {row['key']}",
            row["title_english"],
            url=row["url"],
            accessed=row["accessed"],
        )
        for number, row in enumerate(rows_of(folder, "policy-documents.csv"))
    ]
    put(study, *register)
    return study


@pytest.fixture
def small(study: Study) -> Study:
    build_small(study)
    return study


def put(study: Study, *records: Record) -> None:
    study.decide(Verb.APPLY_CODEBOOK, "setting:framework title", put=list(records), reason="a test")


def changed(chart: Chart, key: tuple[str, str], **fields: object) -> Chart:
    """Change one cell of a chart."""
    return replace(chart, cells={**chart.cells, key: replace(chart.cells[key], **fields)})  # type: ignore[arg-type]


def whats(findings: Iterator[Finding]) -> list[str]:
    return [finding.what for finding in findings]


def test_the_three_names_of_the_published_tables_are_reported(nagai: Study) -> None:
    assert whats(same_names(build_chart(nagai))) == [
        "“Consultation service” is listed 2 times, in several themes.",
        "“Information in multiple languages” is listed 2 times, in several themes.",
        "“Lobbying the government” is listed 3 times, in several themes.",
    ]
    assert next(same_names(build_chart(nagai))).place == "codes 1.3 and 2.3"


def test_a_name_of_a_retired_code_is_not_reported(nagai: Study) -> None:
    chart = build_chart(nagai)
    codes = tuple(
        replace(code, state=CodeState.RETIRED) if code.name.startswith("Consultation") else code
        for code in chart.codes
    )
    assert len(whats(same_names(replace(chart, codes=codes)))) == 2


def test_codes_kept_open_for_what_fits_nowhere_may_share_a_name(nagai: Study) -> None:
    chart = build_chart(nagai)
    codes = tuple(replace(code, other=code.name.startswith("Lobbying")) for code in chart.codes)
    assert len(whats(same_names(replace(chart, codes=codes)))) == 2


def test_the_three_themes_with_fewer_answers_for_japan_are_reported_once_for_all_rules(nagai: Study) -> None:
    chart = build_chart(nagai)
    found = list(differing_denominators(chart, [count_theme(chart, rule) for rule in chart.rules]))
    assert [one.place for one in found] == [
        "theme 2 Education",
        "theme 3 Health",
        "theme 5 Political participation",
    ]
    assert found[0].what == (
        "The counted answers differ between cases under every rule: "
        "11 for Japan; 12 for Hamamatsu, Kawasaki and Osaka."
    )


def test_a_difference_under_one_rule_only_names_that_rule(nagai: Study) -> None:
    chart = build_chart(nagai)
    status = Status("odd", "Odd", "O", 99, values={"published": "1"})
    code = next(code for code in chart.codes if code.theme_id == "labor-market-mobility")
    chart = changed(chart, ("Osaka", code.id), status=status)
    found = list(differing_denominators(chart, [count_theme(chart, rule) for rule in chart.rules]))
    labor = [one.what for one in found if "Labor" in one.place]
    assert len(labor) == 1
    assert "“Strict rule: only a plain Yes counts” and “Half rule" in labor[0]
    assert "Published" not in labor[0]


def test_answers_of_different_dates_side_by_side_are_reported(nagai: Study) -> None:
    cities = [Case(n, n, p, {"reference date": "2018-07-02"}) for p, n in enumerate(CASES[:3], 1)]
    put(nagai, *cities, Case("Japan", "Japan", 4, {"reference date": "2014-12-31"}))
    (found,) = mixed_dates(build_chart(nagai))
    assert found.what == (
        "31 rows put answers of different dates side by side: "
        "Japan on 2014-12-31; Hamamatsu, Kawasaki and Osaka on 2018-07-02."
    )
    assert found.place == "codes 1.1 to 5.4"


def test_cases_of_one_date_and_cases_without_a_date_are_not_reported(nagai: Study) -> None:
    chart = build_chart(nagai)
    assert list(mixed_dates(chart)) == []
    put(
        nagai, *(Case(name, name, n, {"reference date": "2018-07-02"}) for n, name in enumerate(CASES[:3], 1))
    )
    assert list(mixed_dates(build_chart(nagai))) == []


def test_a_reference_date_that_is_no_date_is_named_and_not_compared(study: Study) -> None:
    build_ranked(study)
    put(study, Case("Kobe", "Kobe", 1, {"reference date": "soon"}))
    put(study, Case("Kyoto", "Kyoto", 2, {"reference date": "2018-07-02"}))
    (found,) = lint(study, ["dates"])
    assert (found.place, found.what) == ("case Kobe", "Its reference date “soon” is no date.")
    assert list(mixed_dates(build_chart(study))) == []
    put(study, Case("Nara", "Nara", 3, {"reference date": "2014-12-31"}))
    compared = lint(study, ["dates"])[1]
    assert compared.what.endswith(": Nara on 2014-12-31; Kyoto on 2018-07-02.")


def test_exactly_ten_documents_of_the_register_were_accessed_after_the_cut_off(
    nagai: Study, folder: Path
) -> None:
    found = list(late_access(nagai.all(Document), "2018-07-02"))
    late = {
        f"document {row['author']} {row['key']}"
        for row in rows_of(folder, "policy-documents.csv")
        if row["accessed_after_2018-07-02"] == "yes"
    }
    assert (len(found), {one.place for one in found}) == (10, late)


def test_a_date_that_cannot_be_compared_is_reported_and_an_excluded_document_is_not() -> None:
    documents = [
        Document("1", "a", "A", accessed="July 2018"),
        Document("2", "b", "B", accessed="2019-01-01T10:00:00Z", excluded_why="double"),
        Document("3", "c", "C"),
        Document("4", "d", "D", accessed="2018-07-02T23:59:59Z"),
        Document("5", "e", "E", accessed="2018-07-03T00:00:00Z"),
    ]
    found = list(late_access(documents, "2018-07-02"))
    assert [one.place for one in found] == ["document a", "document e"]
    assert "no date" in found[0].what


def test_a_cut_off_that_is_no_date_is_reported_and_none_finds_nothing() -> None:
    documents = [Document("1", "a", "A", accessed="2030-01-01")]
    assert [one.place for one in late_access(documents, "summer")] == ["setting cut-off"]
    assert list(late_access(documents, "")) == []


def test_one_address_under_two_keys_is_reported() -> None:
    urls = {
        "a": "http://City.example/page/",
        "b": "https://www.city.example/page#part-2",
        "c": "https://city.example/page?id=2",
        "d": "https://city.example/Page",
        "e": "https://city.example/page#/other",
        "f": "",
        "g": "",
        "h": "http://[broken",
    }
    documents = [Document(key, key, key, url=url) for key, url in urls.items()]
    assert [one.place for one in one_url_twice(documents)] == ["documents a and b"]


def test_every_status_of_the_published_tables_is_without_evidence(nagai: Study) -> None:
    found = list(status_without_evidence(build_chart(nagai)))
    assert len(found) == 133
    assert found[0].place == "cell Hamamatsu, 1.1 Anti-hate speech ordinance/ law"
    assert found[0].what == "“No (not found)” stands there without a search record."


def test_only_statuses_that_lack_what_they_need_are_reported(small: Study) -> None:
    found = {one.place: one.what for one in status_without_evidence(build_chart(small))}
    assert found == {
        "cell Osaka, 1.2 Consultation": "“Conflicting” stands there without two excerpts.",
        "cell Osaka, 2.1 Voting": "“Yes but restricted” stands there without an excerpt.",
    }


def test_a_wording_for_some_cases_only_is_reported(small: Study) -> None:
    chart = build_chart(small)
    (found,) = differing_wordings(chart)
    assert (found.place, found.what) == (
        "code 2.1 Voting",
        "Its wording differs by case: “referendum” for Osaka.",
    )


@pytest.mark.parametrize(
    ("wordings", "expected"),
    [
        ({"Osaka": "x", "Hamamatsu": "x"}, 0),
        ({"Osaka": "x", "Hamamatsu": "y"}, 1),
        ({"Nagoya": "x"}, 0),
        ({"Osaka": " "}, 0),
    ],
)
def test_one_wording_for_all_and_wordings_of_other_cases_are_not_reported(
    small: Study, wordings: dict[str, str], expected: int
) -> None:
    chart = build_chart(small)
    codes = (Code("vote", "participation", 1, "Voting", wordings=wordings),)
    assert len(list(differing_wordings(replace(chart, codes=codes)))) == expected


def test_a_status_on_a_code_that_takes_none_is_reported(small: Study) -> None:
    chart = build_chart(small)
    codes = tuple(replace(code, described=code.id == "hate") for code in chart.codes)
    assert whats(status_without_evidence(replace(chart, codes=codes)))[0] == (
        "“Yes” stands there, and its code is described, not answered."
    )


def test_a_search_that_leaves_documents_of_the_case_out_is_reported(small: Study) -> None:
    assert lint(small, ["searches"]) == []
    put(small, Document("d2", "plan", "A plan"))
    put(small, CaseDocument.of("Hamamatsu", "d2"))
    assert lint(small, ["searches"]) == [], "a document without a text cannot be searched"
    put(small, replace(small.get(Text, "x-ja"), id="x-plan", document_id="d2", part="2"))
    (found,) = lint(small, ["searches"])
    assert found.place == "cell Hamamatsu, 1.1 Hate speech law"
    assert found.what == "The search in vain leaves out plan, which is a document of the case."
    put(small, replace(small.get(Document, "d2"), excluded_why="It is of 2020."))
    assert lint(small, ["searches"]) == []


def test_a_not_found_whose_code_is_applied_in_the_case_is_reported(small: Study) -> None:
    put(small, CaseDocument.of("Hamamatsu", "d1"))
    (found,) = lint(small, ["searches"])
    assert found.what == "“No (not found)” stands there, and the code is applied in osaka-ordinance."
    assert found.key == "cell:Hamamatsu.hate"


def test_looking_tells_how_far_it_has_come(small: Study) -> None:
    told: list[tuple[str, int, int]] = []
    lint(small, ["dates", "quotes"], progress=lambda *how_far: told.append(how_far))
    assert told == [("rule dates", 0, 2), ("rule quotes", 1, 2)]


def test_a_quote_changed_by_one_character_is_reported(small: Study) -> None:
    chart, content = build_chart(small), small.text_content
    assert list(quotes_not_in_source(chart, content)) == []
    key = ("Osaka", "hate")
    wrong = changed(chart, key, quotes=(CellQuote("q1", "Osaka.hate", "e-en", "hate Speech", 1),))
    (found,) = quotes_not_in_source(wrong, content)
    assert found.place == "cell Osaka, 1.1 Hate speech law, quote “hate Speech”"
    assert found.what == (
        "It is not in the excerpt at p. 2, para. 2 of osaka-ordinance; it is nowhere in that text."
    )
    moved = changed(chart, key, quotes=(CellQuote("q1", "Osaka.hate", "e-en", "Nobody", 1),))
    assert "elsewhere in that text" in next(quotes_not_in_source(moved, content)).what
    loose = changed(chart, key, excerpts=())
    assert whats(quotes_not_in_source(loose, content)) == ["Its excerpt is not linked to the cell."]


def test_all_rules_run_over_a_study_and_change_nothing(nagai: Study) -> None:
    before = nagai.head
    places = [one.place.partition(" ")[0] for one in lint(nagai)]
    assert {kind: places.count(kind) for kind in places} == {"codes": 3, "theme": 3, "cell": 133}
    put(nagai, Setting("cut-off", "2018-07-02"))
    assert sum(one.place.startswith("document ") for one in lint(nagai)) == 10
    assert nagai.head.count == before.count + 1


def test_every_finding_says_where_what_and_what_to_do(small: Study) -> None:
    found = lint(small)
    assert len(found) >= 4
    for finding in found:
        assert finding.place
        assert finding.what.endswith(".")
        assert finding.do.endswith(".")
