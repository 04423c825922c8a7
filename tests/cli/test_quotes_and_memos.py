"""Passages named by their words, several codings at once, memos found and written, bookmarks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_records import held, rows

__all__ = ["held"]

BOOK = """
title: Offers
themes:
- name: Services
  codes:
  - name: Desk
  - name: Languages
"""


@pytest.fixture
def coded(done: Run, held: Path, tmp_path: Path) -> Path:
    """Make a study with two codes and one text."""
    book = tmp_path / "book.yaml"
    book.write_text(BOOK, encoding="utf-8")
    done("framework", "apply", held, book, "--reason", "To begin with.")
    return held


def test_a_passage_is_named_by_its_words_whatever_the_white_space(done: Run, coded: Path) -> None:
    done("code", coded, "--text", "plan", "--quote", "opens  a\ndesk.", "--code", "1.1")
    (coding,) = rows(done, "codings", coded)
    assert (coding["start"], coding["words"]) == (9, "opens a desk.")


@pytest.mark.parametrize(
    ("quote", "told"),
    [
        ("desk", "The words stand 2 times in the text "),
        ("nowhere", "do not stand in the text "),
        ("city […] desk", "The words stand in pieces: 4:8 (para. 1); 17:21 (para. 1)."),
        ("", "do not stand in the text "),
    ],
)
def test_words_that_name_no_single_passage_are_refused(
    workbench: Run, coded: Path, quote: str, told: str
) -> None:
    result = workbench("code", coded, "--text", "plan", "--quote", quote, "--code", "1.1")
    assert (result.status, result.out) == (2, "")
    assert told in result.err
    if "2 times" in told:
        assert "17:21 (para. 1); 28:32 (para. 2)." in result.err
    assert rows(workbench, "codings", coded) == []


def test_several_codings_are_recoded_and_taken_away_as_one_decision(done: Run, coded: Path) -> None:
    ids = [
        done("code", coded, "--text", "plan", "--range", place, "--code", "1.1").first
        for place in ("0:8", "9:22")
    ]
    before = len(rows(done, "log", "show", coded))
    recoded = done("recode", coded, *ids, "--code", "1.2", "--reason", "reread")
    assert recoded.err.count("now has 1.2 Languages.") == 2
    assert {row["code"] for row in rows(done, "codings", coded)} == {"1.2 Languages"}
    assert done("uncode", coded, *ids, ids[0], "--reason", "reread").err.count("Took 1.2 Languages") == 2
    assert rows(done, "codings", coded) == []
    assert len(rows(done, "log", "show", coded)) == before + 2
    done("undo", coded)
    assert len(rows(done, "codings", coded)) == 2


def test_memos_are_found_by_words_kind_case_and_document(done: Run, coded: Path) -> None:
    done("memo", "add", coded, "Who pays?", "--text", "plan", "--range", "9:22", "--kind", "question")
    done("memo", "add", coded, "Ｃｏｍｐａｒｅ later.", "--on", "case:Osaka", "--kind", "idea")
    done("memo", "add", coded, "Read twice.", "--on", "study", "--kind", "method")

    def found(*words: str) -> list[str]:
        return [row["content"] for row in rows(done, "memos", coded, *words)]

    assert found("--search", "OPENS") == ["Who pays?"]
    assert found("--search", "compare") == ["Ｃｏｍｐａｒｅ later."]
    assert found("--kind", "idea", "method") == ["Ｃｏｍｐａｒｅ later.", "Read twice."]
    assert found("--case", "Kyoto") == found("--document", "plan") == ["Who pays?"]
    assert [row["name"] for row in rows(done, "memos", coded)] == [
        "plan (en), para. 1",
        "Osaka",
        "Small study",
    ]
    assert rows(done, "memos", coded, "--case", "Kyoto")[0]["quote"] == "opens a desk."


@pytest.mark.parametrize("format", ["md", "csv", "json"])
def test_memos_are_written_to_a_file(workbench: Run, coded: Path, tmp_path: Path, format: str) -> None:
    workbench("memo", "add", coded, "Who pays?", "--on", "case:Osaka")
    file = tmp_path / f"memos.{format}"
    assert workbench("memos", coded, "-o", file).status == 0
    written = file.read_text(encoding="utf-8")
    assert "Who pays?" in written
    assert rows(workbench, "log", "show", coded)[-1]["hash"] in written
    assert workbench("memos", coded, "-o", file).status == 3
    assert workbench("memos", coded, "-o", tmp_path / "memos").status == 2
    assert not (tmp_path / "memos").exists()


def test_bookmarks_are_kept_and_shown(workbench: Run, coded: Path) -> None:
    assert (
        workbench("read", coded, "--text", "plan", "--bookmarks", "28", "4", "--state", "skimmed").status == 0
    )
    (text,) = rows(workbench, "texts", coded)
    assert (text["bookmarks"], text["read_by"]) == (["A. Mori: 4, 28"], ["A. Mori (skimmed)"])
    assert workbench("read", coded, "--text", "plan", "--bookmarks", "9999").status == 2
    assert workbench("read", coded, "--text", "plan").status == 2
    assert workbench("read", coded, "--text", "plan", "--bookmarks").status == 0
    assert json.loads(workbench("texts", coded, "--format", "json").out)[0]["bookmarks"] == []
