"""Versions, links, verification and the statement on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_records import rows

JA = "市は人権を尊重する。\n料金は無料とする。\n"
EN = "The city shall respect human rights.\nIt is free of charge.\n"
NEWER = "The city shall respect human rights.\nBring two photographs along.\n"


@pytest.fixture
def texts(done: Run, path: Path, tmp_path: Path) -> tuple[Path, str, str]:
    """Make a study with a text, its translation, a framework and a coding on the translation."""
    for name, content in (("ja.txt", JA), ("en.txt", EN), ("new.txt", NEWER)):
        (tmp_path / name).write_text(content, encoding="utf-8")
    done("import", path, tmp_path / "ja.txt", "--case", "Osaka")
    source = rows(done, "texts", path)[0]["id"]
    kind = ("--kind", "machine draft", "--language", "en", "--translates", source)
    done("import", path, tmp_path / "en.txt", "--case", "Osaka", *kind)
    theme = done("framework", "add-theme", path, "Rights").first
    done("framework", "add-code", path, theme, "Human rights")
    [target] = [row["id"] for row in rows(done, "texts", path) if row["language"] == "en"]
    done("code", path, "--text", target, "--quote", "human rights", "--code", "1.1")
    done("code", path, "--text", target, "--quote", "free of charge", "--code", "1.1")
    return path, source, target


def test_a_draft_is_described_and_approved(workbench: Run, done: Run, texts: tuple[Path, str, str]) -> None:
    path, source, target = texts
    done("version", "describe", path, target, "--maker", "MT 3", "--tool", "MT 3.1", "--made", "2019-01-02")
    [row] = [row for row in rows(done, "texts", path) if row["id"] == target]
    assert (row["maker"], row["translates"], row["approved_by"]) == ("MT 3", source, "")
    assert workbench("version", "approve", path, target).status == 3
    assert workbench("version", "describe", path, target).status == 2
    done("version", "approve", path, target, "--reason", "Read against the source.")
    [row] = [row for row in rows(done, "texts", path) if row["id"] == target]
    assert row["approved_by"] == "A. Mori"
    done("version", "describe", path, target, "--translates", "none")
    [row] = [row for row in rows(done, "texts", path) if row["id"] == target]
    assert row["translates"] == ""


def test_links_are_made_confirmed_and_looked_through(
    workbench: Run, done: Run, texts: tuple[Path, str, str]
) -> None:
    path, source, target = texts
    assert rows(done, "excerpts", path)[0]["side"] == "translation only"
    assert rows(done, "excerpts", path)[0]["mind"] == ["machine draft that nobody has approved"]
    link = done("link", "add", path, source, target, "--source-range", "0:10", "--target-range", "0:36").first
    alone = done("link", "add", path, source, target, "--source-range", "11:20")
    assert "stands alone" in alone.err
    listed = rows(done, "links", path, target)
    assert {(row["id"], row["state"]) for row in listed} == {(link, "mended"), (alone.first, "mended")}
    assert rows(done, "links", path, target, "--below", 1000) == []
    assert [row["side"] for row in rows(done, "excerpts", path)] == ["both", "translation only"]
    [there] = rows(done, "counterparts", path, target, "15:27")
    assert (there["text"], there["words"]) == (source, "市は人権を尊重する。")
    beyond = workbench("counterparts", path, target, "999:1000")
    assert (beyond.status, beyond.out) == (3, "")
    assert "the text has" in beyond.err
    left = workbench("untranslated", path, source, target, "--format", "json")
    assert "料金は無料とする。" in left.out
    assert "9 of 19 characters" in left.err
    assert workbench("link", "confirm", path, link).status == 3
    done("link", "remove", path, link)
    assert workbench("link", "add", path, source, target).status == 2


def test_a_new_version_carries_queues_and_lets_place(
    workbench: Run, done: Run, texts: tuple[Path, str, str], tmp_path: Path
) -> None:
    path, _, target = texts
    done("version", "approve", path, target, "--reason", "read")
    refused = workbench("import", path, tmp_path / "new.txt", "--revises", target)
    assert refused.status == 3
    assert "needs a reason" in refused.err
    said = done("import", path, tmp_path / "new.txt", "--revises", target, "--reason", "Mended.").err
    assert "1 carried, 0 uncertain, 1 lost" in said
    [new] = [row for row in rows(done, "texts", path) if row["revises"] == target]
    assert (new["kind"], new["language"], new["document"]) == ("revision", "en", "en")
    assert [row["revised_by"] for row in rows(done, "texts", path) if row["id"] == target] == [new["id"]]
    [waiting] = rows(done, "uncertain", path)
    assert (waiting["words"], waiting["state"]) == ("free of charge", "lost")
    assert workbench("excerpt", "place", path, waiting["excerpt"]).status == 3
    done("excerpt", "place", path, waiting["excerpt"], "--range", "37:64", "--reason", "It is what is asked.")
    assert rows(done, "uncertain", path) == []
    assert {row["text"] for row in rows(done, "excerpts", path)} == {new["id"]}
    done("undo", path)
    done("excerpt", "keep", path, waiting["excerpt"], "--reason", "As it was.")
    assert rows(done, "uncertain", path) == []
    assert [row["state"] for row in rows(done, "uncertain", path, "--all")] == ["kept"]


def test_versions_are_compared(
    workbench: Run, done: Run, texts: tuple[Path, str, str], tmp_path: Path
) -> None:
    path, _, target = texts
    done("import", path, tmp_path / "new.txt", "--language", "en")
    [new] = [row["id"] for row in rows(done, "texts", path) if row["document"] == "new"]
    result = workbench("version", "diff", path, target, new)
    assert result.status == 1
    assert "[-" in result.out
    assert "{+" in result.out
    assert workbench("version", "diff", path, target, target).status == 0
    assert '"kept": "new"' in workbench("version", "diff", path, target, new, "--format", "json").out
    said = done("version", "revise", path, target, new, "--reason", "newer").err
    assert "Excerpts of the text that was replaced: 1 carried" in said


def test_checks_memos_and_the_statement(
    workbench: Run, done: Run, texts: tuple[Path, str, str], tmp_path: Path
) -> None:
    path, _, target = texts
    add = ("verification", "add", path, "--text", target, "--range", "0:37", "--method", "panel")
    made = done(*add, "--reader", "K. Sato", "--verdict", "doubtful", "--note", "the modal verb").first
    listed = workbench("verifications", path, "--text", target)
    assert "1 of 2 sentences" in listed.err
    done(
        "memo",
        "add",
        path,
        "Rights",
        "--text",
        target,
        "--range",
        "15:27",
        "--option",
        "rights",
        "--loss",
        "x",
    )
    [memo] = rows(done, "memos", path)
    assert (memo["kind"], memo["options"], memo["loss"]) == ("translation", "rights", "x")
    assert workbench("memo", "add", path, "Rights", "--on", "study", "--loss", "x").status == 2
    out = tmp_path / "statement.md"
    assert "facts are not recorded" in done("translation-statement", path, "-o", out).err
    written = out.read_text(encoding="utf-8")
    assert "nobody has approved it" in written.replace("\\", "")
    assert "1 of 2 sentences" in written
    assert workbench("set", path, "key terms", "Kept in the source language.").status == 0
    assert "Kept in the source language" in workbench("translation-statement", path).out
    assert workbench("verification", "remove", path, made).status == 3
    done("verification", "remove", path, made, "--reason", "typed twice")
    assert rows(done, "verifications", path) == []


def test_texts_are_aligned(workbench: Run, done: Run, texts: tuple[Path, str, str]) -> None:
    path, source, target = texts
    result = workbench("align", path, source, target, "--plain")
    assert result.status in (0, 1), result.err
    assert "Proposed 2 links by align-" in result.err
    assert [row["state"] for row in rows(done, "links", path, source)] == ["proposed", "proposed"]
    link = rows(done, "links", path, source)[0]["id"]
    done("link", "confirm", path, link)
    assert workbench("align", path, source, source).status == 3


def test_cells_and_codings_say_on_which_side_their_evidence_stands(
    done: Run, texts: tuple[Path, str, str]
) -> None:
    path, _, target = texts
    excerpt = rows(done, "excerpts", path, "--text", target)[0]["id"]
    assert {row["side"] for row in rows(done, "codings", path)} == {"translation only"}
    done("cell", "link", path, "Osaka", "1.1", excerpt)
    shown = done("cell", "show", path, "Osaka", "1.1").out
    assert "(translation only; machine draft that nobody has approved): human rights" in shown


def test_a_translators_memo_is_changed_and_the_queue_is_counted(
    workbench: Run, done: Run, texts: tuple[Path, str, str], tmp_path: Path
) -> None:
    path, _, target = texts
    given = (
        "--text",
        target,
        "--range",
        "0:37",
        "--option",
        "shall",
        "--option",
        "must",
        "--choice",
        "shall",
    )
    memo = done("memo", "add", path, "", *given).first
    done("memo", "edit", path, memo, "--loss", "the tone")
    [row] = rows(done, "memos", path)
    assert (row["options"], row["choice"], row["loss"]) == ("shall; must", "shall", "the tone")
    assert workbench("memo", "edit", path, memo, "--kind", "note", "--loss", "x").status == 2
    done("version", "approve", path, target, "--reason", "read")
    done("reviewed", "mark", path, target, "--range", "37:58")
    said = done("import", path, tmp_path / "new.txt", "--revises", target, "--reason", "Mended.").err
    assert "Passages marked as reviewed: 0 carried, 1 not." in said
    assert "not carried: reviewed by A. Mori: “It is free of charge.”" in said
    assert "0 of 1 decided." in workbench("uncertain", path).err
    done("excerpt", "place", path, rows(done, "uncertain", path)[0]["excerpt"], "--range", "37:64")
    done("undo", path)
    done("excerpt", "keep", path, rows(done, "uncertain", path)[0]["excerpt"], "--reason", "As it was.")
    assert "1 of 1 decided." in workbench("uncertain", path).err
