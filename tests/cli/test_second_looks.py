from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def study(done: Run, tmp_path: Path, plan: Path) -> Path:
    """Make a study with one text, two codes and one coded passage."""
    place = tmp_path / "looked.workbench"
    done("new", place)
    done("framework", "add-theme", place, "Information")
    done("framework", "add-code", place, "1", "Desk")
    done("framework", "add-code", place, "1", "Languages")
    done("import", place, plan, "--language", "en")
    done("code", place, "--text", "plan", "--range", "4:16", "--code", "1.1")
    return place


def codings(done: Run, study: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(done("codings", study, "--format", "json").out)
    return found


def test_many_passages_are_coded_from_a_list(done: Run, workbench: Run, study: Path, tmp_path: Path) -> None:
    before = len(codings(done, study))
    text = json.loads(done("texts", study, "--format", "json").out)[0]["id"]
    listed = tmp_path / "hits.csv"
    listed.write_text(f"\ufefftext,start,end,words\n{text},0,3,x\n{text},4,8,y\n", encoding="utf-8")
    assert workbench("coding", "hits", study, listed, "--code", "1.2").status == 3
    made = done("coding", "hits", study, listed, "--code", "1.2", "--reason", "Found by searching.")
    assert len(made.out.split()) == 2
    done("undo", study)
    assert len(codings(done, study)) == before
    listed.write_text("text,start\n", encoding="utf-8")
    assert "lacks the columns end" in workbench("coding", "hits", study, listed, "--code", "1.2").err
    listed.write_bytes("text,start,end\n人,0,3\n".encode("cp932"))
    assert "is not UTF-8" in workbench("coding", "hits", study, listed, "--code", "1.1").err
    listed.write_text(f"text,start,end\n{text},8,4\n", encoding="utf-8")
    assert (
        "Line 2 does not name a passage: 8:4"
        in workbench("coding", "hits", study, listed, "--code", "1.1").err
    )


def test_a_coding_is_moved_cut_joined_doubted_and_confirmed(done: Run, study: Path) -> None:
    [coding, *_] = codings(done, study)
    start, end = int(coding["start"]), int(coding["end"])
    done("coding", "resize", study, coding["id"], "--range", f"{start}:{end + 4}")
    parts = done("coding", "split", study, coding["id"], "--at", start + 2).out.split()
    assert len(parts) == 2
    joined = done("coding", "merge", study, *parts)
    assert joined.first == coding["id"]
    done("coding", "doubt", study, coding["id"], "--note", "Is it a service?")
    assert "Is it a service?" in done("memos", study, "--kind", "question").out
    done("coding", "settle", study, coding["id"])
    done(
        "framework",
        "edit-code",
        study,
        coding["code"].split()[0],
        "--definition",
        "New.",
        "--reason",
        "drift",
    )
    [waiting] = json.loads(done("coding", "waiting", study, "--format", "json").out)
    assert waiting["coding"] == coding["id"]
    assert waiting["why"].startswith("edit code: drift")
    done("coding", "confirm", study, coding["id"], "--reason", "Looked again.")
    assert json.loads(done("coding", "waiting", study, "--format", "json").out) == []
    assert done("check", study).status == 0


def test_a_code_is_made_in_vivo(done: Run, study: Path) -> None:
    code = done("coding", "in-vivo", study, "1", "--text", "plan", "--range", "4:8").first
    assert code in done("framework", "show", study, "--format", "csv").out


def test_what_is_open_shrinks_by_indexing_and_by_reviewing(done: Run, study: Path) -> None:
    def row() -> dict[str, int]:
        rows = json.loads(done("unindexed", study, "--format", "json").out)
        return next(dict(row) for row in rows if row["document"] == "plan")

    first = row()
    assert first["characters"] == first["indexed"] + first["reviewed"] + first["open"]
    assert first["indexed"] > 0
    [passage, *_] = json.loads(done("unindexed", study, "--text", "plan", "--format", "json").out)
    done("reviewed", "mark", study, "plan", "--range", f"{passage['start']}:{passage['end']}")
    assert first["open"] - len(passage["words"]) - 2 <= row()["open"] <= first["open"] - len(passage["words"])
    done("reviewed", "mark", study, "plan")
    assert row()["open"] == 0
    assert done("unindexed", study, "--text", "plan").out == ""
    done("reviewed", "unmark", study, "plan")
    assert row() == first
