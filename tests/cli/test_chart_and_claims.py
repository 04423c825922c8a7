"""Cells and claims from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def study(done: Run, tmp_path: Path, plan: Path) -> Path:
    """Make a study with two cases, two codes and one coded passage."""
    place = tmp_path / "charted.workbench"
    done("new", place)
    done("framework", "add-theme", place, "Information")
    done("framework", "add-code", place, "1", "Desk")
    done("framework", "add-code", place, "1", "Languages")
    done("import", place, plan, "--case", "Kyoto", "--language", "en")
    done("case", "add", place, "Osaka")
    done("code", place, "--text", "plan", "--range", "0:23", "--code", "1.1", "--memo", "Which city?")
    return place


@pytest.fixture
def excerpt(done: Run, study: Path) -> str:
    """Give the id of the coded excerpt."""
    identifier: str = json.loads(done("excerpts", study, "--format", "json").out)[0]["id"]
    return identifier


def cell(run: Run, study: Path, case: str = "Kyoto", code: str = "1.1") -> dict[str, Any]:
    """Give one cell as JSON."""
    shown: dict[str, Any] = json.loads(run("cell", "show", study, case, code, "--format", "json").out)
    return shown


def test_an_unopened_cell_is_not_assessed_and_shows_what_waits(done: Run, study: Path) -> None:
    assert cell(done, study)["state"] == "not assessed"
    shown = done("cell", "show", study, "Kyoto", "Desk").out
    assert shown.startswith("Kyoto × 1.1 Desk\nState: not assessed\nStatus: none\n")
    assert "plan (en), para. 1: The city opens a desk." in shown


def test_a_cell_carries_everything_it_rests_on(done: Run, study: Path, excerpt: str) -> None:
    done("cell", "write", study, "Kyoto", "1.1", "--summary", "A desk.", "--comment", "Since when?")
    quote = done("cell", "quote", study, "Kyoto", "1.1", excerpt, "opens a desk").first
    done("cell", "status", study, "Kyoto", "1.1", "restricted", "--note", "In the city hall.")
    done("cell", "footnote", study, "cell:Kyoto:1.1", "As of 2019.")
    done("memo", "add", study, "Check the year.", "--on", "cell:Kyoto:1.1")
    shown = cell(done, study)
    assert (shown["summary"], shown["comment"]) == ("A desk.", "Since when?")
    assert [(q["id"], q["content"]) for q in shown["quotes"]] == [(quote, "opens a desk")]
    assert [e["citation"] for e in shown["excerpts"]] == ["plan (en), para. 1"]
    assert [n["content"] for n in shown["footnotes"] + shown["memos"]] == ["As of 2019.", "Check the year."]
    printed = done("cell", "show", study, "Kyoto", "1.1").out
    for words in (
        "restricted – In the city hall.",
        "Summary: A desk.",
        "“opens a desk”",
        "As of 2019.",
        "year.",
    ):
        assert words in printed


def test_a_cell_is_taken_away_with_a_reason_and_comes_back(
    done: Run, workbench: Run, study: Path, excerpt: str
) -> None:
    done("cell", "quote", study, "Kyoto", "1.1", excerpt, "opens a desk")
    before = cell(done, study)
    assert workbench("cell", "remove", study, "Kyoto", "1.1").status == 3
    assert cell(done, study) == before
    taken = done("cell", "remove", study, "Kyoto", "1.1", "--reason", "The wrong city.")
    assert taken.err.startswith("Took Kyoto × 1.1 Desk away with 1 linked excerpt and 1 quote.\n")
    assert cell(done, study)["state"] == "not assessed"
    assert workbench("cell", "remove", study, "Kyoto", "1.1", "--reason", "Again.").status == 3
    done("undo", study)
    assert cell(done, study) == before


def test_a_status_for_the_cells_of_several_cases_is_one_decision(
    done: Run, workbench: Run, study: Path, excerpt: str
) -> None:
    done("cell", "link", study, "Kyoto", "1.1", excerpt)
    together = ("cell", "status", study, "Kyoto", "1.1", "Y", "--case", "Osaka")
    refused = workbench(*together, "--reason", "Both have one.")
    assert refused.status == 3
    assert "Osaka × 1.1 Desk: “Yes” needs at least one linked excerpt" in refused.err
    assert "status_id" not in cell(done, study)
    done("cell", "link", study, "Osaka", "1.1", excerpt)
    assert "needs a reason" in workbench(*together).err
    told = done(*together, "--reason", "Both have one.").err
    assert told.startswith("Kyoto × 1.1 Desk: Yes.\nOsaka × 1.1 Desk: Yes.\ndecision ")
    assert [cell(done, study, case)["status_id"] for case in ("Kyoto", "Osaka")] == ["yes", "yes"]
    done("undo", study)
    assert "status_id" not in cell(done, study, "Osaka")
    done("cell", "link", study, "Kyoto", "1.2", excerpt)
    done("cell", "status", study, "Kyoto", "1.1", "yes", "--code", "1.2", "--reason", "Both.")
    assert cell(done, study, code="1.2")["status_id"] == "yes"


def test_evidence_and_notes_can_be_taken_back(done: Run, study: Path, excerpt: str) -> None:
    done("cell", "link", study, "Kyoto", "1.1", excerpt[:7])
    quote = done("cell", "quote", study, "Kyoto", "1.1", excerpt, "a desk").first
    done("cell", "unquote", study, quote)
    note = done("cell", "footnote", study, "code:1.1", "Desks only.").first
    assert "Desks only." in done("cell", "footnotes", study).out
    done("cell", "unfootnote", study, note)
    done("set", study, "framework title", "Desks and papers")
    whole = done("cell", "footnote", study, "framework", "As of 2019.").first
    assert "As of 2019." in done("chart", study, "--format", "md").out
    done("cell", "unfootnote", study, whole)
    done("cell", "unlink", study, "Kyoto", "1.1", excerpt)
    shown = cell(done, study)
    assert shown["excerpts"] == shown["quotes"] == []
    assert done("cell", "footnotes", study).out == ""


def test_a_status_is_refused_without_what_it_needs(workbench: Run, study: Path, excerpt: str) -> None:
    refused = workbench("cell", "status", study, "Kyoto", "1.1", "Yes")
    assert refused.status == 3
    assert "at least one linked excerpt" in refused.err
    workbench("cell", "link", study, "Kyoto", "1.1", excerpt)
    assert workbench("cell", "status", study, "Kyoto", "1.1", "Y").status == 0
    assert workbench("cell", "status", study, "Kyoto", "1.1", "--none").status == 3
    assert workbench("cell", "status", study, "Kyoto", "1.1", "--none", "--reason", "Misread.").status == 0
    assert workbench("cell", "status", study, "Kyoto", "1.1", "perhaps").status == 2
    assert workbench("cell", "status", study, "Kyoto", "1.1").status == 2


def test_a_search_in_vain_lets_a_cell_say_not_found(done: Run, study: Path) -> None:
    words = ("--document", "plan", "--term", "school", "--term", "pupil, child", "--note", "Read whole.")
    done("cell", "search", study, "Kyoto", "1.2", *words)
    done("cell", "status", study, "Kyoto", "1.2", "no-not-found")
    (search,) = cell(done, study, "Kyoto", "1.2")["searches"]
    assert search["terms"] == ["school", "pupil, child"]
    assert search["document_keys"] == ["plan"]
    assert "school, pupil, child in plan – Read whole.\n" in done("cell", "show", study, "Kyoto", "1.2").out


def test_cells_are_listed_by_state_theme_and_case(done: Run, study: Path) -> None:
    done("cell", "write", study, "Osaka", "1.2", "--summary", "Nothing yet.")
    done("cell", "write", study, "Kyoto", "1.1", "--summary", "A desk.")
    done("cell", "state", study, "Kyoto", "1.1", "charted")

    def listed(*options: str) -> list[str]:
        rows = json.loads(done("cell", "list", study, *options, "--format", "json").out)
        return [f"{row['case']} {row['code']}" for row in rows]

    assert listed() == listed("--theme", "1") == ["Kyoto 1.1 Desk", "Osaka 1.2 Languages"]
    assert listed("--state", "draft") == listed("--case", "Osaka") == ["Osaka 1.2 Languages"]
    assert listed("--code", "Desk") == ["Kyoto 1.1 Desk"]


def test_only_one_of_summary_and_comment_comes_on_stdin(workbench: Run, study: Path) -> None:
    assert workbench("cell", "write", study, "Kyoto", "1.1", "--summary", "-", "--comment", "-").status == 2
    assert workbench("cell", "write", study, "Kyoto", "1.1").status == 2


def test_another_coders_coding_goes_only_with_a_reason(workbench: Run, study: Path) -> None:
    coding = json.loads(workbench("codings", study, "--format", "json").out)[0]["id"]
    assert workbench("uncode", study, coding, "--as", "B. Silva").status == 3
    assert workbench("recode", study, coding, "--code", "1.2", "--as", "B. Silva").status == 3
    recoded = workbench("recode", study, coding, "--code", "1.2", "--as", "B. Silva", "--reason", "Agreed.")
    assert recoded.status == 0
    assert workbench("codings", study, "--code", "1.1").out == ""
    assert workbench("uncode", study, coding, "--as", "B. Silva", "--reason", "Agreed.").status == 0


def test_codings_are_listed_by_every_filter(done: Run, study: Path) -> None:
    done("code", study, "--text", "plan", "--range", "25:33", "--code", "1.2", "--as", "B. Silva")

    def listed(*options: str) -> list[str]:
        return [row["words"] for row in json.loads(done("codings", study, *options, "--format", "json").out)]

    both = ["The city opens a desk.\n", "he desk "]
    assert listed() == listed("--case", "Kyoto") == listed("--document", "plan") == both
    assert listed("--coder", "B. Silva") == listed("--code", "Languages") == both[1:]
    assert listed("--case", "Osaka") == []


def test_a_passage_beyond_the_text_is_refused_and_one_that_is_blank(workbench: Run, study: Path) -> None:
    for wanted in ("0:999", "23:24", "3:3"):
        assert workbench("code", study, "--text", "plan", "--range", wanted, "--code", "1.1").status == 3
    assert workbench("code", study, "--text", "plan", "--range", "0:5", "--code", "9.9").status == 2
    assert workbench("code", study, "--text", "plan", "--range", "0:5", "--code", ",").status == 2


def test_a_claim_is_held_only_when_it_is_whole(workbench: Run, study: Path, excerpt: str) -> None:
    claim = workbench("claim", "make", study, "concept", "Desks are the door").first
    refused = workbench("claim", "hold", study, claim)
    assert refused.status == 3
    assert "it says nothing yet" in refused.err
    workbench("claim", "edit", study, claim, "--statement", "Advice begins at a desk.", "--basis", "inferred")
    workbench("claim", "link", study, claim, "--excerpt", excerpt)
    assert workbench("claim", "hold", study, claim[:6]).status == 0
    shown = json.loads(workbench("claim", "show", study, claim, "--format", "json").out)
    assert (shown["state"], shown["gaps"]) == ("held", [])
    assert [(e["role"], e["citation"]) for e in shown["excerpts"]] == [("supports", "plan (en), para. 1")]
    assert (
        "Supports: plan (en), para. 1: The city opens a desk." in workbench("claim", "show", study, claim).out
    )
    workbench("claim", "unlink", study, claim, "--excerpt", excerpt)
    assert json.loads(workbench("claim", "list", study, "--format", "json").out)[0]["state"] == "draft"
    assert workbench("claim", "remove", study, claim).status == 3
    assert workbench("claim", "remove", study, claim, "--reason", "Trivial.").status == 0
    assert workbench("claim", "list", study).out == ""


def test_a_negative_case_is_a_cell_that_contradicts(done: Run, workbench: Run, study: Path) -> None:
    claim = done("claim", "make", study, "explanation", "Desks follow money").first
    assert workbench("claim", "link", study, claim, "--cell", "Osaka", "1.1").status == 2
    done("cell", "write", study, "Osaka", "1.1", "--summary", "Money, no desk.")
    done("claim", "link", study, claim, "--cell", "Osaka", "1.1", "--contradicts")
    assert "Contradicts: Osaka × 1.1 Desk [draft] Money, no desk." in done("claim", "show", study, claim).out
    done("claim", "unlink", study, claim, "--cell", "Osaka", "1.1")
    assert "Osaka" not in done("claim", "show", study, claim).out
