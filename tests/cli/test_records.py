"""Cases, documents, memos, codings, history: each command does what its help says."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CODER, Run
from tests.exchange.held import build_held
from workbench.model.decision import Verb
from workbench.model.memo import Memo, MemoKind
from workbench.study.file import open_study


def rows(run: Run, *words: object) -> list[dict[str, Any]]:
    """Run a listing and read its JSON."""
    listed: list[dict[str, Any]] = json.loads(run(*words, "--format", "json").out)
    return listed


@pytest.fixture
def held(done: Run, path: Path, plan: Path) -> Path:
    """Make a study with two cases and one text."""
    done("case", "add", path, "Kyoto")
    done("case", "add", path, "Osaka")
    done("import", path, plan, "--case", "Kyoto", "--language", "en")
    return path


def test_cases_can_be_renamed_ordered_and_removed(done: Run, held: Path) -> None:
    done("case", "edit", held, "Osaka", "--name", "Sakai", "--set", "region=Kansai")
    done("case", "order", held, "Sakai", "Kyoto")
    assert [(row["name"], row["attributes"]) for row in rows(done, "cases", held)] == [
        ("Sakai", {"region": "Kansai"}),
        ("Kyoto", {}),
    ]
    done("case", "remove", held, "Sakai", "--reason", "No plan was found.")
    assert [row["name"] for row in rows(done, "cases", held)] == ["Kyoto"]


def test_a_document_can_be_edited_and_left_out_with_the_reason(done: Run, held: Path) -> None:
    done("document", "edit", held, "plan", "--set", "title=The plan", "--set", "adopted=2019-03-29")
    done("document", "exclude", held, "plan", "--reason", "Superseded.")
    (row,) = rows(done, "documents", held, "--excluded", "--fields", "all")
    assert (row["title"], row["adopted"], row["excluded_why"]) == ("The plan", "2019-03-29", "Superseded.")
    assert rows(done, "documents", held, "--included") == []
    done("document", "readmit", held, "plan", "--reason", "It still applies.")
    assert len(rows(done, "documents", held, "--included")) == 1


def test_a_document_can_serve_several_cases(done: Run, held: Path) -> None:
    done("document", "assign", held, "plan", "Osaka")
    assert rows(done, "documents", held, "--case", "Osaka")[0]["cases"] == ["Kyoto", "Osaka"]
    done("document", "unassign", held, "plan", "Osaka", "--reason", "Another Osaka.")
    assert rows(done, "documents", held, "--case", "Osaka") == []


def test_columns_of_a_foreign_register_are_kept_and_told_apart(done: Run, held: Path, tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    register.write_text("document,texts,colour\x1b[2J\nlaw,two,red\n", encoding="utf-8")
    done("import", held, "--register", register)
    law = next(row for row in rows(done, "documents", held, "--fields", "all") if row["document"] == "law")
    assert (law["extra:texts"], law["texts"], law["colour\x1b[2j"]) == ("two", [], "red")
    assert "\x1b" not in done("documents", held, "--fields", "all").out


def test_an_unknown_register_field_is_wrong_usage(workbench: Run, held: Path) -> None:
    assert workbench("document", "edit", held, "plan", "--set", "colour=red").status == 2


def test_a_text_is_printed_whole_in_part_and_with_offsets(done: Run, held: Path, plan: Path) -> None:
    assert done("text", held, "plan").out == plan.read_text(encoding="utf-8") + "\n"
    assert done("text", held, "plan", "--range", "4:8").out == "city\n"
    assert done("text", held, "plan", "--range", "24:32", "--offsets").out == "24  The desk\n"
    assert (
        json.loads(done("text", held, "plan", "--range", "4:8", "--format", "json").out)["content"] == "city"
    )


@pytest.mark.parametrize("wanted", ["8:4", "x:4", "4", "4:9999", "-1:2"])
def test_an_impossible_range_is_wrong_usage(workbench: Run, held: Path, wanted: str) -> None:
    assert workbench("text", held, "plan", f"--range={wanted}").status == 2


def test_a_reading_mark_shows_in_the_listing(done: Run, held: Path) -> None:
    done("read", held, "--text", "plan", "--state", "read")
    assert rows(done, "texts", held)[0]["read_by"] == ["A. Mori (read)"]
    assert rows(done, "documents", held)[0]["reading"] == "read"


def test_a_memo_stands_on_a_passage_or_a_record(
    done: Run, held: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passage = done("memo", "add", held, "Who runs it?", "--text", "plan", "--range", "0:23", "--kind", "idea")
    monkeypatch.setattr("sys.stdin", io.StringIO("From stdin."))
    done("memo", "add", held, "-", "--on", "case:Kyoto")
    listed = {row["content"]: row for row in rows(done, "memos", held)}
    assert listed["Who runs it?"]["name"] == "plan (en), para. 1"
    assert rows(done, "memos", held, "--on", "case:Kyoto")[0]["content"] == "From stdin."
    done("memo", "edit", held, passage.first[:6], "Who pays for it?", "--kind", "question")
    assert rows(done, "memos", held, "--kind", "question")[0]["content"] == "Who pays for it?"
    done("memo", "remove", held, passage.first)
    assert rows(done, "excerpts", held) == []


def test_a_memo_on_nothing_or_on_two_things_is_wrong_usage(workbench: Run, held: Path) -> None:
    assert workbench("memo", "add", held, "Where?").status == 2
    both = ("--on", "study", "--text", "plan", "--range", "0:3")
    assert workbench("memo", "add", held, "Where?", *both).status == 2


def test_ids_can_be_typed_short_while_they_are_unique(workbench: Run, held: Path) -> None:
    first, second = (workbench("memo", "add", held, name, "--on", "study").first for name in "ab")
    assert workbench("memo", "edit", held, first[:7], "changed").status == 0
    ambiguous = workbench("memo", "edit", held, "m", "changed")
    assert ambiguous.status == 2
    assert first in ambiguous.err
    assert second in ambiguous.err


def test_a_case_whose_name_begins_like_an_id_is_found_by_name(done: Run, held: Path) -> None:
    identifier = rows(done, "cases", held)[0]["id"]
    done("case", "add", held, identifier[:4])
    done("case", "edit", held, identifier[:4], "--set", "which=named")
    assert [row["attributes"] for row in rows(done, "cases", held)] == [{}, {}, {"which": "named"}]


def test_undo_and_redo_go_back_and_forth(done: Run, held: Path) -> None:
    done("case", "add", held, "Nara")
    assert "Undid decision 5 (add case)." in done("undo", held).err
    assert "Nara" not in done("cases", held).out
    done("redo", held)
    assert "Nara" in done("cases", held).out
    done("case", "add", held, "Kobe")
    done("undo", held, "--decision", "5")
    assert [row["name"] for row in rows(done, "cases", held)] == ["Kyoto", "Osaka", "Kobe"]


def test_undo_of_what_later_work_rests_on_is_refused(workbench: Run, held: Path) -> None:
    result = workbench("undo", held, "--decision", "2")
    assert result.status == 3
    assert "4 import texts by A. Mori" in result.err


def test_the_past_can_be_read_by_number_and_by_time(done: Run, held: Path) -> None:
    assert done("as-of", held, "2", "cases").out.count("\n") == 2
    decided = rows(done, "log", "show", held)
    assert done("as-of", held, decided[2]["at"], "cases").out.count("\n") == 3
    assert done("as-of", held, decided[3]["at"][:10], "texts", "--format", "csv").out.count("\n") == 2
    assert "add case" in done("as-of", held, "2", "log", "show", "--last", "1").out


def test_the_past_is_checked_with_the_contents_of_today(done: Run, workbench: Run, held: Path) -> None:
    assert done("as-of", held, "4", "check", "--rule", "whole").err.endswith("Everything holds.\n")
    with closing(sqlite3.connect(held)) as file:
        file.execute("UPDATE contents SET bytes = x'00' WHERE hash = (SELECT content_hash FROM text_records)")
        file.commit()
    broken = workbench("as-of", held, "4", "check", "--rule", "whole")
    assert (broken.status, "The stored bytes are not those that were stored." in broken.out) == (1, True)


@pytest.mark.parametrize(
    ("moment", "words"),
    [("99", ("cases",)), ("1999-01-01", ("cases",)), ("soon", ("cases",)), ("2", ()), ("2", ("nonsense",))],
)
def test_a_moment_or_command_that_is_none_is_wrong_usage(
    workbench: Run, held: Path, moment: str, words: tuple[str, ...]
) -> None:
    assert workbench("as-of", held, moment, *words).status == 2


@pytest.mark.parametrize("words", [("case", "add", "X"), ("undo",), ("as-of", "1", "cases"), ("demo",)])
def test_the_past_cannot_be_written(workbench: Run, held: Path, words: tuple[str, ...]) -> None:
    before = held.read_bytes()
    assert workbench("as-of", held, "2", *words).status == 2
    assert held.read_bytes() == before


def test_the_history_of_a_record_outlives_it(done: Run, held: Path) -> None:
    identifier = rows(done, "cases", held)[1]["id"]
    done("case", "remove", held, "Osaka", "--reason", "No plan was found.")
    decided = rows(done, "history", held, f"case:{identifier}")
    assert [row["action"] for row in decided] == ["add case", "remove case"]


def test_a_damaged_study_is_a_finding(workbench: Run, held: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(held)
    connection.execute("UPDATE case_records SET name = 'Tokyo' WHERE name = 'Kyoto'")
    connection.commit()
    connection.close()
    result = workbench("check", held)
    assert result.status == 1
    assert "The table says something else than the log." in result.out
    assert workbench("log", "verify", held).status == 0


def test_an_exported_log_can_be_verified_line_by_line(done: Run, held: Path, tmp_path: Path) -> None:
    head = done("log", "verify", held).first.rpartition(" ")[2]
    printed = done("log", "export", held)
    assert head in printed.err
    file = tmp_path / "log.jsonl"
    done("log", "export", held, "-o", file)
    assert file.read_text(encoding="utf-8") == printed.out
    records = [json.loads(line) for line in printed.out.splitlines()]
    assert [record["seq"] for record in records] == [1, 2, 3, 4]
    assert records[-1]["hash"] == head


def test_a_folder_gets_a_bundle_and_is_never_replaced(
    done: Run, workbench: Run, held: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "audit"
    head = done("log", "verify", held).first.rpartition(" ")[2]
    told = done("log", "export", held, "-o", folder)
    assert f"head {head}" in told.err
    assert len([place for place in folder.iterdir() if place.is_dir()]) == 6
    before = sorted(folder.rglob("*"))
    assert workbench("log", "export", held, "-o", folder).status == 3
    assert workbench("log", "export", held, "-o", folder, "--force").status == 2
    assert sorted(folder.rglob("*")) == before


def test_the_key_of_pseudonyms_is_written_only_where_it_is_asked_for(
    done: Run, workbench: Run, held: Path, tmp_path: Path
) -> None:
    folder, key = tmp_path / "audit", tmp_path / "who.txt"
    done("log", "export", held, "-o", folder, "--pseudonyms")
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert not [file for file in files if CODER in file.read_text(encoding="utf-8")]
    assert workbench("log", "export", held, "-o", tmp_path / "b", "--key", key).status == 2
    done("log", "export", held, "-o", tmp_path / "b", "--pseudonyms", "--key", key)
    assert key.read_text(encoding="utf-8") == f"Coder 1\t{CODER}\n"


@pytest.mark.parametrize("key", ["bundle/who.txt", "bundle", "there.txt", "nowhere/who.txt"])
def test_a_key_that_cannot_stand_apart_is_refused_before_anything_is_written(
    workbench: Run, held: Path, tmp_path: Path, key: str
) -> None:
    (tmp_path / "there.txt").write_text("mine", encoding="utf-8")
    folder = tmp_path / "bundle"
    told = workbench("log", "export", held, "-o", folder, "--pseudonyms", "--key", tmp_path / key)
    assert told.status in (2, 3)
    assert "Nothing was changed" in told.err
    assert not folder.exists()
    log = tmp_path / "log.jsonl"
    words = ("log", "export", held, "-o", log, "--pseudonyms", "--force", "--key")
    assert workbench(*words, log).status == 2
    assert not log.exists()
    assert workbench(*words, tmp_path / "there.txt").status == 3
    assert (tmp_path / "there.txt").read_text(encoding="utf-8") == "mine"


def test_the_report_and_the_preview_say_who_is_named_otherwise(done: Run, held: Path, tmp_path: Path) -> None:
    report = ("log", "report", held, "-o")
    assert "Derived" not in done(*report, tmp_path / "plain.html").err
    assert "Derived: Pseudonyms" in done(*report, tmp_path / "named.html", "--pseudonyms").err
    assert CODER in done("export-preview", held, "report").out
    told = done("export-preview", held, "report", "--pseudonyms").out
    assert "Coder 1" in told
    assert CODER not in told


def test_no_export_replaces_a_study(done: Run, workbench: Run, held: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.workbench"
    done("save-as", held, other)
    before = held.read_bytes(), other.read_bytes()
    for target in (held, other):
        for words in (("memos", held), ("log", "export", held), ("as-of", held, "2", "memos")):
            told = workbench(*words, "--format", "csv", "-o", target, "--force")
            assert told.status == 3
            assert "no export replaces it" in told.err
    assert (held.read_bytes(), other.read_bytes()) == before


def test_a_log_in_which_nothing_fits_says_so(done: Run, held: Path) -> None:
    for filter in (("--coder", "nobody"), ("--reason", "no such words"), ("--to", "1999-01-01")):
        for format in ("table", "csv", "json"):
            told = done("log", "show", held, *filter, "--format", format)
            assert "No decision fits." in told.err
    assert "No decision fits." not in done("log", "show", held, "--coder", CODER).err


@pytest.fixture
def charted(path: Path) -> Path:
    """Give a study with a cell that has a summary, a link and a quote."""
    with open_study(path, coder=CODER) as study:
        build_held(study)
    return path


def test_the_history_of_a_cell_tells_of_what_hangs_on_it(done: Run, charted: Path) -> None:
    told = json.loads(done("history", charted, "cell:Tanaka ward:1.1", "--format", "json").out)
    assert [one["action"] for one in told] == ["link excerpts", "write cell", "insert quote"]


def test_a_case_in_use_names_what_uses_it(workbench: Run, charted: Path) -> None:
    told = workbench("case", "remove", charted, "Tanaka ward", "--reason", "Not of this study.")
    assert told.status == 3
    assert "case Tanaka ward is still used by cell Tanaka ward × 1.1 Tanaka desk" in told.err


def test_an_id_that_others_begin_with_is_found(done: Run, path: Path) -> None:
    with open_study(path, coder=CODER) as study:
        one = Memo("a", "setting:title", MemoKind.NOTE, "One", CODER, study.now())
        study.decide(Verb.WRITE_MEMO, "memo:a", put=[one, replace(one, id="ab", content="Two")])
    done("memo", "edit", path, "a", "Three")
    with open_study(path, read_only=True) as study:
        assert {memo.id: memo.content for memo in study.all(Memo)} == {"a": "Three", "ab": "Two"}


def test_the_name_of_the_file_says_the_form_of_the_log(done: Run, held: Path, tmp_path: Path) -> None:
    done("log", "export", held, "-o", tmp_path / "log.md")
    assert (tmp_path / "log.md").read_text(encoding="utf-8").startswith("# Decisions: Small study")


def test_a_coder_who_would_be_taken_for_another_is_told_so(
    done: Run, held: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cyrillic = "\u0410. Mori"
    told = done("case", "add", held, "X", "--as", cyrillic).err
    assert f"The coder {cyrillic} would look like A. Mori" in told
    assert "would look like" not in done("case", "add", held, "Y", "--as", CODER).err
    assert "would look like" not in done("case", "add", held, "Z", "--as", "B. Sato").err
