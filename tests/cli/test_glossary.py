"""The glossary on the command line: key terms, files of them, and what translations made of them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from tests.cli.conftest import Run
from tests.cli.test_records import rows

JA = "多文化共生を進める。\n共生の日。\n外国人住民の声。\n"
EN = "The city promotes integration.\nA day of coexistence.\nVoices of foreign residents.\n"
WHY = ("--reason", "agreed on")


@pytest.fixture
def texts(done: Run, path: Path, tmp_path: Path) -> tuple[Path, str, str]:
    """Make a study with a text, its linked translation and three terms."""
    for name, content in (("ja.txt", JA), ("en.txt", EN)):
        (tmp_path / name).write_text(content, encoding="utf-8")
    done("import", path, tmp_path / "ja.txt", "--case", "Osaka", "--language", "ja")
    source = rows(done, "texts", path)[0]["id"]
    kind = ("--kind", "own translation", "--language", "en", "--translates", source)
    done("import", path, tmp_path / "en.txt", "--case", "Osaka", *kind)
    [target] = [row["id"] for row in rows(done, "texts", path) if row["language"] == "en"]
    add = ("glossary", "add", path)
    ja_en = ("--language", "ja", "--into", "en", *WHY)
    kept = ("--rule", "keep source", "--transliteration", "tabunka kyōsei", "--gloss", "living together")
    done(*add, "多文化共生", *ja_en, *kept, "--forbid", "integration")
    done(*add, "共生", *ja_en, "--rendering", "coexistence", "--rendering", "living together")
    done(*add, "外国人住民", *ja_en, "--rendering", "foreign resident", "--rule", "by context")
    return path, source, target


def test_terms_are_listed_and_shown_with_who_decided(done: Run, texts: tuple[Path, str, str]) -> None:
    path = texts[0]
    listed = rows(done, "glossary", "list", path)
    assert [(row["term"], row["rule"]) for row in listed] == [
        ("共生", "fixed"),
        ("外国人住民", "by context"),
        ("多文化共生", "keep source"),
    ]
    shown = json.loads(done("glossary", "show", path, "tabunka kyōsei", "--format", "json").out)
    assert (shown["decided by"], shown["why"], shown["gloss"]) == ("A. Mori", "agreed on", "living together")
    assert "decided by: A. Mori" in done("glossary", "show", path, "多文化共生").out


def test_a_reading_is_proposed_for_kana(done: Run, path: Path) -> None:
    words = ("--language", "ja", "--into", "en", "--rendering", "support", *WHY)
    done("glossary", "add", path, "サポート", *words)
    assert rows(done, "glossary", "list", path)[0]["transliteration"] == "sapōto"


def test_terms_are_edited_and_removed(workbench: Run, done: Run, texts: tuple[Path, str, str]) -> None:
    path = texts[0]
    assert workbench("glossary", "edit", path, "共生").status == 2
    assert workbench("glossary", "edit", path, "共生", "--gloss", "x").status == 3
    done("glossary", "edit", path, "共生", "--rule", "by context", "--written", "きょうせい", *WHY)
    assert rows(done, "glossary", "list", path)[0]["term"] == "きょうせい"
    done("glossary", "remove", path, "きょうせい", *WHY)
    assert len(rows(done, "glossary", "list", path)) == 2
    assert workbench("glossary", "show", path, "きょうせい").status == 2
    done("undo", path)
    assert len(rows(done, "glossary", "list", path)) == 3


def test_the_check_tells_what_it_could_not_look_at(workbench: Run, texts: tuple[Path, str, str]) -> None:
    path, source, target = texts
    asked = workbench("glossary", "check", path)
    assert asked.status == 0
    assert (
        f"Not looked at: ja (text {source}): 3 places of 3 terms, not linked with text {target}." in asked.err
    )


def test_the_check_lists_places_with_both_sides(
    workbench: Run, done: Run, texts: tuple[Path, str, str], tmp_path: Path
) -> None:
    path, source, target = texts
    workbench("align", path, source, target, "--plain")
    asked = workbench("glossary", "check", path, "--format", "json")
    assert asked.status == 1
    [place] = json.loads(asked.out)
    assert (place["term"], place["found"]) == ("多文化共生 (tabunka kyōsei)", "forbidden rendering")
    assert (place["source_words"], place["target_words"]) == (
        "多文化共生を進める。",
        "The city promotes integration.",
    )
    # With a dictionary of Japanese, a reading was proposed for the term.
    assert re.search(
        r"^共生(?: \(kyōsei\))?: 1 of 1 passages as decided \(100 %\)\.$", asked.err, re.MULTILINE
    )
    assert len(json.loads(workbench("glossary", "check", path, "--all", "--format", "json").out)) == 3
    assert workbench("glossary", "check", path, "--term", "共生").status == 0
    for name in ("report.md", "report.csv", "report.json"):
        assert workbench("glossary", "check", path, "-o", tmp_path / name).status == 1
        assert "forbidden rendering" in (tmp_path / name).read_text("utf-8")
    assert "# Key terms" in workbench("glossary", "check", path, "--format", "markdown").out
    done("redact", "add", path, "integration", *WHY)
    assert workbench("glossary", "check", path, "-o", tmp_path / "again.md").status in (0, 1)
    assert "integration" not in (tmp_path / "again.md").read_text("utf-8")


@pytest.mark.parametrize("suffix", ["yaml", "csv"])
def test_a_glossary_goes_out_and_comes_back(
    workbench: Run, done: Run, texts: tuple[Path, str, str], tmp_path: Path, suffix: str
) -> None:
    path, file = texts[0], tmp_path / f"terms.{suffix}"
    done("glossary", "export", path, "-o", file)
    assert "3 were there already" in workbench("glossary", "import", path, file, *WHY).err
    other = tmp_path / "other.workbench"
    done("new", other)
    assert workbench("glossary", "import", other, file).status == 3
    done("glossary", "import", other, file, *WHY)
    listed = rows(done, "glossary", "list", other)
    without = [{name: value for name, value in row.items() if name != "id"} for row in listed]
    assert without == [
        {name: value for name, value in row.items() if name != "id"}
        for row in rows(done, "glossary", "list", path)
    ]
    done("glossary", "edit", other, "共生", "--gloss", "another", *WHY)
    refused = workbench("glossary", "import", other, file, *WHY)
    assert refused.status == 3
    assert "says otherwise of 共生" in refused.err
    assert "changed 1" in done("glossary", "import", other, file, "--replace", *WHY).err


def test_mistakes_of_a_file_are_told_with_their_lines(workbench: Run, path: Path, tmp_path: Path) -> None:
    file = tmp_path / "terms.yaml"
    term = {"language": "ja", "target_language": "en", "term": "共生", "rule": "fixd", "renderings": ["x"]}
    file.write_text(
        yaml.safe_dump({"glossary": [term, dict(term, renderings=["y"])]}, allow_unicode=True), "utf-8"
    )
    told = workbench("glossary", "import", path, file, *WHY)
    assert told.status == 3
    assert "did you mean fixed?" in told.err
    assert "already on line" in told.err
    for content, words in (
        ("term,language,target_language,rule\n共生,ja,en,odd\n", "unknown rule odd"),
        ("term,language,target_language,rule\n共生,,en,fixed\n", "no language"),
        ("term,language\n共生,ja\n", "no column target_language"),
        ("term,language,target_language,rule,colour\n共生,ja,en,fixed,red\n", "unknown column colour"),
        ("term,language,target_language,rule\n", "no term"),
    ):
        sheet = tmp_path / "terms.csv"
        sheet.write_text(content, "utf-8")
        told = workbench("glossary", "import", path, sheet, *WHY)
        assert told.status == 3
        assert words in told.err
