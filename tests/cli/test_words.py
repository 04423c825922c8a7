"""`workbench words`: the tables, the scopes and what it says beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_records import rows

TEXTS = {
    "Osaka": "The city supports residents. The city asks residents. Human rights count. Human rights stay. "
    "Human rights hold.",
    "Kobe": "Roads need gravel. Roads need money. Roads need people. Bridges need residents.",
}


@pytest.fixture
def corpus(done: Run, path: Path, tmp_path: Path) -> Path:
    for case, words in TEXTS.items():
        (tmp_path / f"{case}.txt").write_text(words, encoding="utf-8")
        done("import", path, tmp_path / f"{case}.txt", "--case", case, "--language", "en")
    (tmp_path / "ja.txt").write_text("市は計画を作る。", encoding="utf-8")
    done("import", path, tmp_path / "ja.txt", "--case", "Kobe", "--language", "ja")
    return path


def test_frequent_words_come_with_counts_documents_and_bars(done: Run, corpus: Path) -> None:
    first, second, *_ = rows(done, "words", corpus)
    assert (first["term"], first["count"], first["documents"]) == ("need", 4, 1)
    assert second["count"] == 3
    found = {row["term"]: row for row in rows(done, "words", corpus)}
    assert (found["resident"]["documents"], found["resident"]["in"]) == (2, ["kobe", "osaka"])
    shown = done("words", corpus, "--top", 2)
    assert shown.out.splitlines()[0].split() == ["term", "count", "per_thousand", "documents", "bar"]
    assert "█" * 20 in shown.out.splitlines()[1]
    assert "in en" in shown.err
    assert "words in ja too" in shown.err
    assert "the" not in {row["term"] for row in rows(done, "words", corpus)}
    assert "the" in {row["term"] for row in rows(done, "words", corpus, "--all-words", "--case", "Osaka")}


def test_key_words_tell_a_case_from_the_rest_from_another_and_every_case(done: Run, corpus: Path) -> None:
    found = rows(done, "words", corpus, "--keyness", "--case", "Osaka", "--least", 2)
    assert found[0]["term"] in ("human", "right")
    assert float(str(found[0]["g2"])) > 0 > float(str(found[-1]["g2"]))
    assert found == rows(
        done, "words", corpus, "--keyness", "--case", "Osaka", "--least", 2, "--against", "Kobe"
    )
    every = rows(done, "words", corpus, "--keyness", "--top", 1)
    assert [row["case"] for row in every] == ["Osaka", "Kobe"]
    assert "│" in done("words", corpus, "--keyness", "--case", "Osaka").out


def test_collocations_are_pairs(done: Run, corpus: Path) -> None:
    [first, *_] = rows(done, "words", corpus, "--collocations")
    assert {first["first"], first["second"]} in ({"human", "right"}, {"road", "need"})
    assert first["count"] == 3


def test_what_cannot_be_counted_is_said(workbench: Run, corpus: Path) -> None:
    assert workbench("words", corpus, "--language", "de").status == 3
    assert workbench("words", corpus, "--against", "Kobe").status == 2
    assert workbench("words", corpus, "--keyness", "--against", "Kobe").status == 2
    assert workbench("words", corpus, "--case", "Nowhere").status == 2
    assert workbench("words", corpus, "--keyness", "--collocations").status == 2
