"""`check` holds a study to its rules; settings and attributes say what the rules go by."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import CODER, Run
from tests.cli.test_ranks import ranked
from workbench.stages.checking import RULES
from workbench.study.file import open_study

__all__ = ["ranked"]

SECOND = """
title: Second
prefix: C
themes:
  - id: kinds
    name: Kinds
    codes:
      - {id: k1, name: Help, definition: Some help.}
  - id: limits
    name: Limits
    codes:
      - {id: l1, name: Help, definition: No help.}
"""


def found(run: Run, study: Path, *options: str) -> list[tuple[str, str]]:
    rows = json.loads(run("check", study, *options, "--format", "json").out)
    return [(row["rule"], row["place"]) for row in rows]


def test_every_rule_looks_and_names_itself(workbench: Run, ranked: Path) -> None:
    result = workbench("check", ranked)
    assert result.status == 1
    assert result.out.splitlines()[0].split() == ["rule", "place", "finding", "advice"]
    rules = {rule for rule, _ in found(workbench, ranked)}
    assert rules == {"same-names", "one-address", "evidence"}
    assert "“Lobbying” is listed 2 times, in several themes." in result.out


@pytest.mark.parametrize("rule", RULES)
def test_one_rule_alone_finds_its_own(workbench: Run, ranked: Path, rule: str) -> None:
    every = [each for each in found(workbench, ranked) if each[0] == rule]
    alone = found(workbench, ranked, "--rule", rule)
    assert alone == every
    assert workbench("check", ranked, "--rule", rule).status == (1 if every else 0)


def test_every_framework_is_looked_through(workbench: Run, done: Run, ranked: Path, tmp_path: Path) -> None:
    book = tmp_path / "second.yaml"
    book.write_text(SECOND, encoding="utf-8")
    done("framework", "apply", ranked, book, "--reason", "A second view.")
    assert found(workbench, ranked, "--rule", "same-names") == [
        ("same-names", "codes 1.2 and 2.3"),
        ("same-names", "codes C1.1 and C2.1"),
    ]
    settings = json.loads(done("settings", ranked, "--format", "json").out)
    assert {row["name"]: row["value"] for row in settings}["framework title C"] == "Second"
    ranks = json.loads(done("rank", ranked, "--framework", "C", "--format", "json").out)
    assert {row["score"] for row in ranks} == {None}
    assert "All themes of C" in done("rank", ranked, "--framework", "C").out


def test_an_unknown_rule_is_wrong_usage(workbench: Run, ranked: Path) -> None:
    result = workbench("check", ranked, "--rule", "taste")
    assert result.status == 2
    assert "same-names" in result.err


def test_the_cut_off_is_set_checked_and_undone(workbench: Run, done: Run, ranked: Path) -> None:
    assert found(workbench, ranked, "--rule", "late-access") == []
    done("set", ranked, "cut-off", " 2018-07-02 ", "--reason", "The corpus was closed.")
    assert found(workbench, ranked, "--rule", "late-access") == [("late-access", "document late-plan")]
    settings = json.loads(done("settings", ranked, "--format", "json").out)
    assert {row["name"]: row["value"] for row in settings}["cut-off"] == "2018-07-02"
    assert "The corpus was closed." in done("log", "show", ranked, "--last", "1").out
    done("undo", ranked)
    assert found(workbench, ranked, "--rule", "late-access") == []


def test_the_reference_date_is_an_attribute_of_the_case(workbench: Run, done: Run, ranked: Path) -> None:
    done("case", "edit", ranked, "Kobe", "--set", "reference date=2014-12-31")
    assert found(workbench, ranked, "--rule", "dates") == []
    done("case", "edit", ranked, "Nara", "--set", "reference date=2018-07-02")
    assert found(workbench, ranked, "--rule", "dates") == [("dates", "codes 1.1, 1.2, 2.1, 2.2 and 2.3")]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("cut-off", "summer", "The cut-off “summer” is no date."),
        (
            "colour",
            "red",
            "There is no setting colour. Settings: title, question, framework title, translation stage, "
            "coding language, charting language, key terms, translation limits, glosses, quotes, cut-off.",
        ),
        ("title", " ", "A study needs a title."),
        ("title", "Ranked", "That would change nothing."),
    ],
)
def test_a_setting_that_cannot_hold_is_refused(
    workbench: Run, ranked: Path, name: str, value: str, words: str
) -> None:
    result = workbench("set", ranked, name, value)
    assert result.status in (2, 3)
    assert words in result.err
    with open_study(ranked, coder=CODER, read_only=True) as study:
        assert study.head.count == 2


def test_a_setting_can_be_taken_away(done: Run, ranked: Path) -> None:
    done("set", ranked, "question", "Which city?")
    gone = done("set", ranked, "question", "", "--reason", "asked differently").err
    assert "The study has no question now." in gone


def test_a_study_that_is_not_whole_is_looked_at_no_further(workbench: Run, ranked: Path) -> None:
    with closing(sqlite3.connect(ranked)) as connection, connection:
        connection.execute("UPDATE cell_records SET summary = 'changed outside' WHERE case_id = 'Kobe'")
    rules = {rule for rule, _ in found(workbench, ranked)}
    assert rules == {"whole"}
    assert found(workbench, ranked, "--rule", "same-names") == [("same-names", "codes 1.2 and 2.3")]


def test_a_study_in_which_everything_holds_says_so(done: Run, path: Path) -> None:
    result = done("check", path)
    assert "Everything holds." in result.err
    with open_study(path, coder=CODER, read_only=True) as study:
        assert result.out.strip() == str(study.head)
