"""Suggestions on the command line: listed with reasons, answered by whoever decides, counted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from workbench.exchange.derived import derive
from workbench.model.suggestion import METHOD
from workbench.study.file import open_study

LINES = ("The city opens a desk.", "The desk answers in four languages.", "Roads are mended in spring.")


@pytest.fixture
def cued(done: Run, path: Path, tmp_path: Path) -> Path:
    file = tmp_path / "plan.txt"
    file.write_text("\n\n".join([*LINES, *(f"Road {n} is closed." for n in range(20))]), encoding="utf-8")
    done("import", path, file, "--case", "Osaka", "--language", "en")
    done("framework", "add-theme", path, "Services")
    done("framework", "add-code", path, "1", "Desk")
    done("framework", "add-code", path, "1", "Roads")
    pattern = '[{"LOWER": "four"}, {"LEMMA": "language"}]'
    done(
        *("framework", "edit-code", path, "1.1", "--cues", "desk", "--patterns", pattern),
        *("--excluding", "road", "--reason", "to be suggested"),
    )
    return path


def listed(done: Run, *words: object) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(done(*words, "--format", "json").out)
    return rows


def due(done: Run, path: Path, *words: object) -> list[dict[str, Any]]:
    return [row for row in listed(done, "suggest", path, "1.1", *words) if not row["drawn"]]


def named(row: dict[str, Any]) -> tuple[str, str, str]:
    return "1.1", row["text"], f"{row['start']}:{row['end']}"


def test_passages_are_listed_with_reasons_answered_and_counted(done: Run, cued: Path) -> None:
    first, second = due(done, cued)
    assert {first["words"], second["words"]} == set(LINES[:2])
    assert any(reason.startswith("pattern 1 at") for reason in [*first["reasons"], *second["reasons"]])
    said = done("suggestion", "accept", cued, *named(first), "--memo", "found by cue", "--reason", "skimmed")
    coding = said.first
    assert "by cues 1 of 1 right" in said.err
    assert [row["words"] for row in due(done, cued)] == [second["words"]]
    done("suggestion", "later", cued, *named(second), "--note", "unsure")
    assert due(done, cued) == []
    [again] = due(done, cued, "--postponed")
    done("suggestion", "reject", cued, *named(again), "--postponed", "--note", "no desk")
    [counted] = listed(done, "suggestions", cued)
    assert (counted["cues_accepted"], counted["cues_answered"], counted["postponed"]) == (1, 2, 0)
    each = {
        row["answer"]: row["note"] for row in listed(done, "suggestions", cued, "--each", "--code", "1.1")
    }
    assert each == {"accepted": "", "rejected": "no desk"}
    assert [row["id"] for row in listed(done, "codings", cued)] == [coding]
    assert listed(done, "memos", cued)[0]["content"] == "found by cue"
    done("undo", cued)
    assert [row["words"] for row in due(done, cued, "--postponed")] == [again["words"]]


def test_what_is_not_offered_is_refused_and_another_code_can_be_given(
    done: Run, workbench: Run, cued: Path
) -> None:
    row = due(done, cued)[0]
    wrong = workbench("suggestion", "accept", cued, "1.1", row["text"], "0:3", "--reason", "skimmed")
    assert (wrong.status, wrong.out) == (3, "")
    assert "is not among the suggestions" in wrong.err
    by_method = workbench("suggestion", "reject", cued, *named(row), "--as", METHOD)
    assert by_method.status == 3
    assert "name of a method" in by_method.err
    done("suggestion", "accept", cued, *named(row), "--other-code", "1.2", "--reason", "skimmed")
    assert [coding["code"] for coding in listed(done, "codings", cued)] == ["1.2 Roads"]


def test_a_pattern_that_cannot_be_used_is_refused(workbench: Run, cued: Path) -> None:
    words = ("framework", "edit-code", cued, "1.1", "--reason", "try", "--patterns")
    refused = workbench(*words, '[{"LOWER": "a", "OP": "*"}]')
    assert refused.status == 2
    assert "has no end" in refused.err


def test_a_method_gets_no_pseudonym(done: Run, cued: Path) -> None:
    row = due(done, cued)[0]
    done("suggestion", "reject", cued, *named(row))
    with open_study(cued, read_only=True) as study:
        derived = derive(study, [], pseudonyms=True)
        assert {decision.coder for decision in derived.study.decisions()} == {"Coder 1", METHOD}
