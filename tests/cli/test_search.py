"""`workbench search`: what it prints, in every format, and how it ends."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def study(done: Run, tmp_path: Path) -> Path:
    """Make a study with a plan of two cities and three codings."""
    place = tmp_path / "searched.workbench"
    done("new", place)
    done("framework", "add-theme", place, "Information")
    for name in ("Desk", "Languages"):
        done("framework", "add-code", place, "1", name)
    for case, words in (
        ("Osaka", "The city opens a desk.\n\nThe desk answers.\n"),
        ("Kobe", "A\u202eDesk\n"),
    ):
        file = tmp_path / f"{case.lower()}.txt"
        file.write_text(words, encoding="utf-8")
        done("import", place, file, "--case", case, "--language", "en")
    done("code", place, "--text", "osaka", "--range", "4:21", "--code", "1.1")
    done("code", place, "--text", "osaka", "--range", "15:21", "--code", "1.2")
    return place


def test_hits_are_grouped_marked_and_cited(done: Run, study: Path) -> None:
    result = done("search", study, "desk", "--context", "9")
    lines = result.out.splitlines()
    assert lines[0] == "Osaka"
    assert lines[1].startswith("  osaka (en)  text ")
    assert lines[2] == "    para. 1  [17:21]  opens a >>desk<<. The de"
    assert lines[4] == "Kobe"
    assert lines[6] == "    para. 1  [2:6]  A<U+202E>>>Desk<<"
    assert result.err == "3 passages.\n"


def test_nothing_found_is_no_mistake(workbench: Run, study: Path) -> None:
    result = workbench("search", study, "desks")
    assert (result.status, result.out, result.err) == (0, "", "Nothing was found.\n")


def test_hits_as_data_can_be_coded(done: Run, study: Path, tmp_path: Path) -> None:
    written = done("search", study, "desk", "--in", "Osaka", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(written)))
    assert [(row["start"], row["end"], row["words"]) for row in rows] == [
        ("17", "21", "desk"),
        ("28", "32", "desk"),
    ]
    listed = tmp_path / "hits.csv"
    listed.write_text(written, encoding="utf-8")
    coded = done("coding", "hits", study, listed, "--code", "1.2", "--reason", "Found by searching.")
    assert len(coded.out.split()) == 2


def test_json_holds_the_words_as_they_are(done: Run, study: Path) -> None:
    [row] = json.loads(done("search", study, "Desk", "--case-sensitive", "--format", "json").out)
    assert (row["case"], row["before"], row["words"], row["after"]) == (["Kobe"], "A\u202e", "Desk", "\n")


def test_the_other_modes_and_filters(done: Run, study: Path) -> None:
    assert "2 passages." in done("search", study, "the (city|desk)", "--regex").err
    assert "1 passage." in done("search", study, "desk the desk", "--lemma").err
    assert "Nothing" in done("search", study, "des", "--phrase").err
    assert "Nothing" in done("search", study, "desk", "--language", "ja").err
    assert "1 passage." in done("search", study, "desk", "--where", "document.key=kobe").err
    assert "Stopped after 2; there may be more." in done("search", study, "desk", "--limit", "2").err


def test_codings_that_stand_together(done: Run, study: Path) -> None:
    result = done("search", study, "--codings", "1.1 AND 1.2")
    assert result.out.splitlines()[2] == "    para. 1  [4:21]  1.1 >>city opens a desk<<"
    [row] = json.loads(done("search", study, "--codings", "1.2 NEAR/10 1.1", "--format", "json").out)
    assert (row["words"], row["codes"], row["beside"]) == ("a desk", ["1.2 Languages"], ["4-21"])
    assert "Nothing" in done("search", study, "--codings", "1.1 NOT 1.2").err
    assert "Nothing" in done("search", study, "--codings", "1.1", "--coder", "B. Sato").err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "Give either QUERY or --codings"),
        (["x", "--codings", "1.1"], "Give either QUERY or --codings"),
        (["(", "--regex"], "cannot be read"),
        ([" "], "nothing to search for"),
        (["x", "--in", "Nara"], "no case, document or text Nara"),
        (["x", "--where", "size=1"], "is not case.NAME=VALUE"),
        (["x", "--where", "case.size=1"], "No case has size"),
        (["x", "--limit", "-1"], "limit"),
        (["--codings", "1.1 OR 1.2"], "no code or theme 1.1 OR 1.2"),
    ],
)
def test_wrong_usage_ends_with_two_and_says_why(
    workbench: Run, study: Path, words: list[str], message: str
) -> None:
    result = workbench("search", study, *words)
    assert result.status == 2
    assert message in result.err


def test_a_pattern_that_takes_too_long_is_refused(
    done: Run, workbench: Run, study: Path, tmp_path: Path
) -> None:
    slow = tmp_path / "slow.txt"
    slow.write_text("a" * 60 + "b\n", encoding="utf-8")
    done("import", study, slow)
    result = workbench("search", study, "(?:a|aa)+$", "--regex", "--time-limit", "0.3")
    assert result.status == 3
    assert "longer than 0.3 seconds" in result.err
