"""Questions about translations on the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.cli.test_records import rows
from workbench.study.file import open_study

JA = "対象は35人とする。\n定員は35人とする。\n会議は公開しなければならない。\n"
EN = "It is open to 53 people.\nThere are 53 places.\nMeetings may be \x1bopen.\n"


@pytest.fixture
def linked(done: Run, path: Path, tmp_path: Path) -> Path:
    """Make a study with a text and its translation, linked line by line, and with one excerpt."""
    for name, content in (("ja.txt", JA), ("en.txt", EN)):
        (tmp_path / name).write_text(content, encoding="utf-8")
    done("import", path, tmp_path / "ja.txt", "--case", "Osaka", "--language", "ja")
    source = rows(done, "texts", path)[0]["id"]
    said = ("--kind", "own translation", "--language", "en", "--translates", source)
    done("import", path, tmp_path / "en.txt", "--case", "Osaka", *said)
    [target] = [row["id"] for row in rows(done, "texts", path) if row["language"] == "en"]
    for number in range(3):
        ranges = []
        for content in (JA, EN):
            words = content.splitlines()[number]
            ranges.append(f"{content.index(words)}:{content.index(words) + len(words)}")
        done("link", "add", path, source, target, "--source-range", ranges[0], "--target-range", ranges[1])
    theme = done("framework", "add-theme", path, "Rights").first
    done("framework", "add-code", path, theme, "Places")
    done("code", path, "--text", target, "--quote", "open to 53 people", "--code", "1.1")
    return path


def listed(workbench: Run, *words: object, status: int = 1) -> list[dict[str, Any]]:
    result = workbench("translation-checks", *words, "--format", "json")
    assert result.status == status, result.err
    found: list[dict[str, Any]] = json.loads(result.out)
    return found


def test_open_questions_are_listed_and_leave_with_1(workbench: Run, linked: Path) -> None:
    found = listed(workbench, linked)
    assert [row["kind"] for row in found] == ["numbers", "numbers", "modality"]
    assert found[0]["question"] == "“35” in the source, “53” in the translation. Is that meant?"
    assert (found[0]["source_seen"], found[0]["target_seen"]) == (["3:5"], ["14:16"])
    assert (found[0]["source_words"], found[0]["state"]) == ("対象は35人とする。", "open")
    assert (
        "3 questions are open (2 numbers, 1 modality), 0 answered."
        in workbench("translation-checks", linked).err
    )
    assert [row["kind"] for row in listed(workbench, linked, "--kind", "modality")] == ["modality"]
    key = found[0]["document"]
    assert len(listed(workbench, linked, "--document", key)) == 3
    assert workbench("translation-checks", linked, "--document", "nowhere").status == 2


def test_every_format_shows_both_sides_and_no_bare_escapes(workbench: Run, linked: Path) -> None:
    table = workbench("translation-checks", linked).out
    markdown = workbench("translation-checks", linked, "--format", "markdown").out
    read = list(csv.DictReader(io.StringIO(workbench("translation-checks", linked, "--format", "csv").out)))
    assert len(read) == 3
    for written in (table, markdown):
        assert "会議は公開しなければならない。" in written
        assert "\x1b" not in written
    assert markdown.startswith("# ")
    assert markdown.count("\n## ") == 3


def test_an_answer_needs_a_reason_and_is_undone(workbench: Run, done: Run, linked: Path) -> None:
    first = listed(workbench, linked)[0]["id"]
    refused = workbench("translation-check", "answer", linked, first, "accept")
    assert (refused.status, "reason" in refused.err) == (3, True)
    done("translation-check", "answer", linked, first[:6], "accept", "--reason", "A slip.")
    assert first not in {row["id"] for row in listed(workbench, linked)}
    [answered] = [row for row in listed(workbench, linked, "--all") if row["id"] == first]
    assert (answered["state"], answered["note"]) == ("accepted", "A slip.")
    assert rows(done, "excerpts", linked)[0]["mind"] == ["translation in doubt"]
    assert "Fault in" in workbench("translation-statement", linked).out
    done("undo", linked)
    assert first in {row["id"] for row in listed(workbench, linked)}
    assert rows(done, "excerpts", linked)[0]["mind"] == []


def test_questions_alike_are_answered_at_once(workbench: Run, done: Run, linked: Path) -> None:
    first = listed(workbench, linked)[0]["id"]
    told = done(
        *("translation-check", "answer", linked, first, "note", "--alike"), "--reason", "Counted otherwise."
    )
    assert "Noted (and 1 like it)" in told.err
    assert [row["kind"] for row in listed(workbench, linked)] == ["modality"]
    with open_study(linked, read_only=True) as study:
        assert study.decision(study.head.count).action == "answer translation check"
    done("translation-check", "withdraw", linked, first)
    assert len(listed(workbench, linked)) == 2
    assert workbench("translation-check", "withdraw", linked, first).status == 2


def test_once_all_are_answered_it_leaves_with_0(workbench: Run, done: Run, linked: Path) -> None:
    for row in listed(workbench, linked):
        done("translation-check", "answer", linked, row["id"], "dismiss", "--reason", "As it is.")
    assert listed(workbench, linked, status=0) == []
    with open_study(linked, read_only=True) as study:
        before = study.head.count - 3
    then = workbench("as-of", linked, before, "translation-checks", "--format", "json")
    assert (then.status, len(json.loads(then.out))) == (1, 3)


@pytest.mark.parametrize("wanted", ["", "q", "nothing"])
def test_a_question_that_is_not_there_or_not_one_is_told(workbench: Run, linked: Path, wanted: str) -> None:
    said = workbench("translation-check", "answer", linked, wanted, "note", "--reason", "x")
    assert said.status == 2
    assert "question" in said.err
