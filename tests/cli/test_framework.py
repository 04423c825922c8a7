"""The verbs of the framework: each changes what it says and asks for what it needs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

CODEBOOK = """\
title: Desks
themes:
  - name: Information
    codes:
      - name: Desk
        definition: A desk to ask at.
      - name: Languages
  - name: Money
    codes:
      - name: Fees
"""


@pytest.fixture
def codebook(tmp_path: Path) -> Path:
    """Write a small codebook."""
    file = tmp_path / "codebook.yaml"
    file.write_text(CODEBOOK, encoding="utf-8")
    return file


@pytest.fixture
def study(done: Run, tmp_path: Path, codebook: Path, plan: Path) -> Path:
    """Make a study with that framework and one coded text."""
    place = tmp_path / "framed.workbench"
    done("new", place, "--framework", codebook)
    done("import", place, plan, "--case", "Kyoto")
    done("code", place, "--text", "plan", "--range", "0:23", "--code", "Desk")
    return place


def shown(run: Run, study: Path, *options: str) -> dict[str, dict[str, Any]]:
    """Give the framework by name."""
    rows = json.loads(run("framework", "show", study, "--format", "json", *options).out)
    return {row["name"]: row for row in rows}


def test_a_study_begins_with_a_codebook(done: Run, study: Path) -> None:
    framework = shown(done, study)
    assert [(row["number"], name) for name, row in framework.items()] == [
        ("1", "Information"),
        ("1.1", "Desk"),
        ("1.2", "Languages"),
        ("2", "Money"),
        ("2.1", "Fees"),
    ]
    assert framework["Desk"]["codings"] == framework["Information"]["codings"] == 1


def test_a_bad_codebook_makes_no_study(workbench: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("themes: [", encoding="utf-8")
    result = workbench("new", tmp_path / "none.workbench", "--framework", bad)
    assert result.status == 3
    assert not (tmp_path / "none.workbench").exists()


def test_a_new_study_never_takes_the_place_of_another(workbench: Run, study: Path) -> None:
    before = study.read_bytes()
    assert workbench("new", study).status == 3
    assert study.read_bytes() == before


def test_check_tells_every_mistake_with_its_place(workbench: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("themes:\n  - nmae: X\n    codes: 3\n", encoding="utf-8")
    result = workbench("framework", "check", bad, "--format", "json")
    assert result.status == 1
    mistakes = json.loads(result.out)
    assert len(mistakes) >= 2
    assert {mistake["line"] for mistake in mistakes} <= {1, 2, 3}


def test_a_codebook_that_is_not_there_is_refused(workbench: Run, tmp_path: Path) -> None:
    assert workbench("framework", "check", tmp_path / "none.yaml").status == 3


def test_preview_tells_what_apply_then_does(done: Run, study: Path, codebook: Path) -> None:
    codebook.write_text(CODEBOOK.replace("name: Fees", "name: Charges"), encoding="utf-8")
    before = study.read_bytes()
    preview = done("framework", "preview", study, codebook).out
    assert study.read_bytes() == before
    applied = done("framework", "apply", study, codebook, "--reason", "A better word.").out
    assert "Charges" in preview
    assert preview == applied


def test_changing_the_framework_needs_a_reason(workbench: Run, study: Path, codebook: Path) -> None:
    codebook.write_text(CODEBOOK + "      - name: Grants\n", encoding="utf-8")
    for words in (
        ("apply", study, codebook),
        ("release", study),
        ("edit-code", study, "1.1", "--name", "Counter"),
        ("edit-theme", study, "1", "--name", "Advice"),
        ("move", study, "1.1", "2"),
        ("merge", study, "1.1", "--into", "1.2"),
        ("split", study, "1.1", "A", "B"),
        ("retire", study, "1.1"),
    ):
        result = workbench("framework", *words)
        assert result.status == 3, words
        assert "needs a reason" in result.err


def test_themes_and_codes_are_added_and_edited(done: Run, study: Path) -> None:
    sub = done("framework", "add-theme", study, "On paper", "--parent", "Information").first
    code = done(
        "framework", "add-code", study, sub, "Leaflet", "--origin", "a priori", "--source", "Act 3"
    ).first
    done(
        "framework",
        "edit-code",
        study,
        code,
        "--name",
        "Leaflets",
        "--cues",
        "leaflet,flyer",
        "--reason",
        "x",
    )
    done("framework", "edit-theme", study, sub, "--definition", "Printed.", "--reason", "x")
    framework = shown(done, study)
    assert framework["Leaflets"]["number"] == "1.3.1"
    assert framework["Leaflets"]["cues"] == ["leaflet", "flyer"]
    assert framework["Leaflets"]["origin"] == "a priori"
    assert framework["On paper"]["definition"] == "Printed."


def test_codes_and_themes_move(done: Run, workbench: Run, study: Path) -> None:
    done("framework", "move", study, "Fees", "Information", "--reason", "Fits there.")
    done("framework", "move", study, "Money", "Information", "--reason", "Fits there.")
    assert shown(done, study)["Money"]["number"] == "1.4"
    done("framework", "move", study, "Money", "top", "--reason", "Does not.")
    assert shown(done, study)["Fees"]["number"] == "1.3"
    assert workbench("framework", "move", study, "Fees", "top", "--reason", "x").status == 2


def test_a_name_that_a_code_and_a_theme_carry_is_wrong_usage(workbench: Run, study: Path) -> None:
    workbench("framework", "add-theme", study, "Fees")
    result = workbench("framework", "retire", study, "Fees", "--reason", "x")
    assert result.status == 2
    assert "by its number" in result.err


def test_merged_split_and_retired_codes_can_be_seen_and_restored(done: Run, study: Path) -> None:
    done("framework", "merge", study, "Desk", "--into", "Languages", "--reason", "The same.")
    assert shown(done, study)["Languages"]["codings"] == 1
    assert "Desk" not in shown(done, study)
    assert shown(done, study, "--retired")["Desk"]["state"] == "retired"
    split = done("framework", "split", study, "Languages", "Spoken", "Written", "--reason", "Two things.")
    assert len(split.out.splitlines()) == 2
    assert "1 codings wait" in split.err
    done("framework", "retire", study, "Fees", "--reason", "Out of scope.")
    done("framework", "retire", study, "Money", "--reason", "Out of scope.")
    done("framework", "restore", study, "Desk", "--reason", "It is not.")
    assert "Desk" in shown(done, study)


def test_versions_can_be_listed_shown_and_compared(done: Run, workbench: Run, study: Path) -> None:
    assert workbench("framework", "diff", study).status == 2
    assert done("framework", "release", study, "--reason", "First.").first == "1"
    done("framework", "edit-code", study, "Fees", "--name", "Charges", "--reason", "A better word.")
    assert done("framework", "release", study, "--reason", "Second.").first == "2"
    versions = json.loads(done("framework", "versions", study, "--format", "json").out)
    assert [(row["version"], row["reason"]) for row in versions] == [(1, "First."), (2, "Second.")]
    assert "Fees" in shown(done, study, "--version", "1")
    assert "Charges" in done("framework", "diff", study, "1", "2").out
    assert done("framework", "diff", study, "2").out == ""
    assert workbench("framework", "show", study, "--version", "9").status == 2


def test_an_export_gives_the_same_framework_back(
    done: Run, workbench: Run, study: Path, tmp_path: Path
) -> None:
    printed = done("framework", "export", study).out
    file = tmp_path / "out.yaml"
    done("framework", "export", study, "-o", file)
    assert file.read_text(encoding="utf-8") == printed
    assert done("framework", "preview", study, file).out == ""
    assert workbench("framework", "export", study, "-o", file).status == 3


def test_the_statuses_are_listed_with_what_they_need_and_count(done: Run, tmp_path: Path) -> None:
    study = tmp_path / "plain.workbench"
    done("new", study)
    rows = json.loads(done("framework", "statuses", study, "--format", "json").out)
    restricted = next(row for row in rows if row["id"] == "restricted")
    assert restricted["needs"] == ["excerpt", "note"]
    assert restricted["counts:half"] == "1/2"


def test_an_idea_becomes_a_code(done: Run, study: Path) -> None:
    idea = done("memo", "add", study, "Opening hours?", "--on", "case:Kyoto", "--kind", "idea").first
    code = done("framework", "adopt", study, idea[:8], "Information", "Opening hours").first
    assert shown(done, study)["Opening hours"]["state"] == "candidate"
    assert json.loads(done("memos", study, "--format", "json").out)[0]["became"] == code
