"""Counts from the command line: exact, with their rules, saying what they leave out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

TEXT = "The city opens a desk where the budget allows."


@pytest.fixture
def study(done: Run, tmp_path: Path) -> Path:
    """Make three cases: Yes, restricted and not assessed under one code."""
    place = tmp_path / "counted.workbench"
    done("new", place)
    done("framework", "add-theme", place, "Information")
    done("framework", "add-code", place, "1", "Desk")
    for case in ("Kyoto", "Osaka", "mean"):
        file = tmp_path / f"{case}.txt"
        file.write_text(f"{TEXT} {case}", encoding="utf-8")
        done("import", place, file, "--case", case)
        done("code", place, "--text", case.casefold(), "--range", "0:21", "--code", "1.1")
    for case, words in (("Kyoto", ("Yes",)), ("Osaka", ("restricted", "--note", "Where the budget allows."))):
        excerpt = json.loads(done("excerpts", place, "--case", case, "--format", "json").out)[0]["id"]
        done("cell", "link", place, case, "1.1", excerpt)
        done("cell", "status", place, case, "1.1", *words)
    return place


def figures(run: Run, study: Path, *options: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Give the rows by theme and case."""
    rows = json.loads(run("count", study, *options, "--format", "json").out)
    return {(row["theme"], row["case"]): row for row in rows}


def test_values_are_exact_and_printed_by_a_named_rule(done: Run, study: Path) -> None:
    rows = figures(done, study, "--rule", "half", "--average-over", "Kyoto,Osaka")
    osaka = rows["1 Information", "Osaka"]
    assert (osaka["value"], osaka["printed"], osaka["share"]) == ("1/2", "0.5", "50 %")
    assert rows["total", "Kyoto"]["value"] == "1"
    means = [row for row in json.loads(done("count", study, "--rule", "half", "--average-over", "Kyoto,Osaka",
             "--format", "json").out) if row["case"] == "mean" and row["denominator"] is None]  # fmt: skip
    assert [(row["theme"], row["value"], row["printed"]) for row in means] == [
        ("1 Information", "3/4", "0.8"),
        ("total", "3/4", "0.8"),
        ("average of themes", "3/4", "0.8"),
    ]
    assert rows["average of themes", "Osaka"]["value"] == "1/2"
    assert osaka["rounding"] == "rounded half up to 1 decimal"


def test_the_rounding_is_named_and_can_be_chosen(done: Run, study: Path) -> None:
    words = ("count", study, "--rule", "half", "--average-over", "Kyoto,Osaka")
    assert "0.8 = 3/4" in done(*words).out
    truncated = done(*words, "--rounding", "truncated").out
    assert "0.7 = 3/4" in truncated
    assert "truncated to 1 decimal" in truncated
    assert "0.75 = 3/4" in done(*words, "--decimals", "2").out


def of_open_case(run: Run, study: Path) -> dict[str, Any]:
    """Give the tally of the case that is called mean."""
    rows = json.loads(run("count", study, "--format", "json").out)
    return next(row for row in rows if row["case"] == "mean" and row["denominator"] is not None)


def test_what_is_described_has_a_tally_of_its_own(done: Run, study: Path) -> None:
    done("cell", "write", study, "mean", "1.1", "--summary", "A desk is open.")
    tally = of_open_case(done, study)
    assert (tally["described"], tally["not_assessed"]) == (1, 0)
    assert tally["printed"] == "described but not answered"
    assert "of 3 cells, 1 described but not answered" in done("count", study).out


def test_a_code_can_be_described_and_not_answered_as_a_whole(done: Run, workbench: Run, study: Path) -> None:
    done("framework", "add-code", study, "1", "Limits", "--described")
    assert of_open_case(done, study)["listed"] == 1
    refused = workbench("cell", "status", study, "Kyoto", "1.2", "No (not found)")
    assert refused.status == 3
    assert "described, not answered: they take no status" in refused.err
    codes = json.loads(done("framework", "show", study, "--format", "json").out)
    assert [code["described"] for code in codes if code["kind"] == "code"] == [False, True]
    done("framework", "edit-code", study, "1.2", "--no-described", "--reason", "It can be answered.")
    assert of_open_case(done, study)["listed"] == 2


def test_the_table_says_what_it_leaves_out(done: Run, study: Path) -> None:
    printed = done("count", study).out
    assert printed.splitlines()[0].split() == [
        "Theme",
        "Kyoto",
        "Osaka",
        "mean",
        "Mean",
        "of",
        "all",
        "cases",
    ]
    assert "Rule: Published rule: qualified answers count 1 (published)." in printed
    assert "Incomplete: of 3 cells, 1 not assessed, 2 counted though draft." in printed


def test_an_unknown_rule_or_case_is_wrong_usage(workbench: Run, study: Path) -> None:
    unknown = workbench("count", study, "--rule", "generous")
    assert unknown.status == 2
    assert "published, strict, half" in unknown.err
    assert workbench("count", study, "--average-over", "Nara").status == 2
    assert workbench("count", study, "--theme", "9").status == 2
