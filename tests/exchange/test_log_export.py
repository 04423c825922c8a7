"""The exported log can be checked with Python alone, and any change to it is found."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.errors import Refused, WrongUsage
from workbench.exchange.log_export import VERIFIER, export_log, log_pieces, verify_instructions
from workbench.model.case import Case
from workbench.model.decision import Verb
from workbench.study.study import Study


@pytest.fixture
def logged(study: Study) -> Study:
    for number in range(1, 8):
        case = Case(f"c{number}", f'市 {number} \u2028\x85 \\ " =cmd|x', number)
        study.decide(Verb.ADD_CASE, f"case:{case.id}", put=[case])
    study.decide(Verb.REMOVE_CASE, "case:c7", remove=["case:c7"], reason="@twice\nthere")
    study.decide(Verb.EDIT_CASE, "case:c2", put=[Case("c2", "Kobe", 2, {"area": "west"})])
    study.decide(Verb.EDIT_CASE, "case:c2", put=[Case("c2", "Kobe", 2)])
    study.decide(Verb.EDIT_CASE, "case:c1", put=[Case("c1", "Osaka", 1)])
    return study


def verify(script: Path, log: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    script.write_text(VERIFIER, encoding="utf-8")
    command = [sys.executable, "-I", str(script), str(log), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_whole_log_is_verified_by_the_script_alone(logged: Study, tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    export_log(logged, log)
    head = logged.head
    done = verify(tmp_path / "verify.py", log, head.hash)
    assert (done.returncode, done.stdout) == (0, f"{head.count} decisions, head {head.hash}\n")


def edit(lines: list[str]) -> None:
    lines[3] = lines[3].replace("市 3", "市 9")


def rehash(lines: list[str]) -> None:
    record = json.loads(lines[3])
    lines[3] = json.dumps(record | {"hash": "f" * 64}, ensure_ascii=False) + "\n"


def delete(lines: list[str]) -> None:
    del lines[3]


def swap(lines: list[str]) -> None:
    lines[3], lines[4] = lines[4], lines[3]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (edit, "decision 4 was changed"),
        (rehash, "decision 4 was changed"),
        (delete, "decision 4 is missing"),
        (swap, "decision 4 is missing"),
    ],
)
def test_a_changed_log_is_found_at_the_place(
    logged: Study, tmp_path: Path, change: Callable[[list[str]], None], told: str
) -> None:
    log = tmp_path / "log.jsonl"
    export_log(logged, log)
    lines = log.read_text(encoding="utf-8").split("\n")
    lines = [line + "\n" for line in lines if line]
    change(lines)
    log.write_text("".join(lines), encoding="utf-8")
    done = verify(tmp_path / "verify.py", log)
    assert (done.returncode, done.stderr) == (1, told + "\n")


def test_a_log_cut_short_is_found_with_a_head_that_was_noted(logged: Study, tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    export_log(logged, log)
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines[:-1]))
    assert verify(tmp_path / "verify.py", log).returncode == 0, "the chain alone cannot tell"
    assert verify(tmp_path / "verify.py", log, logged.head.hash).returncode == 1


def test_the_instructions_hold_the_script_as_it_is_tested() -> None:
    told = verify_instructions()
    script = told[told.index("    import hashlib") :]
    assert "".join(line[4:] or "\n" for line in script.splitlines(keepends=True)) == VERIFIER
    assert len(VERIFIER.splitlines()) <= 21


def test_the_spreadsheet_form_holds_no_formula(logged: Study) -> None:
    written = b"".join(log_pieces(logged, format="csv")).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(written)))
    assert [int(row["seq"]) for row in rows] == list(range(1, logged.head.count + 1))
    assert rows[-4]["reason"] == "'@twice\nthere"
    assert rows[-1]["hash"] == logged.head.hash
    assert not [cell for row in rows for cell in row.values() if cell[:1] in tuple("=+-@\t\r")]


def test_the_form_for_reading_tells_what_changed(logged: Study) -> None:
    written = b"".join(log_pieces(logged, format="md")).decode()
    assert "## 9 · remove case · A. Mori" in written
    assert "Reason: \\@twice<br>there" in written
    assert "to “Osaka”" in written
    assert 'attributes from nothing to “\\{"area":"west"\\}”' in written
    assert 'attributes from “\\{"area":"west"\\}” to nothing' in written
    assert "\u2028" not in written
    assert "<U+2028>" in written.replace("\\", "")


def test_an_existing_file_is_not_replaced(logged: Study, tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text("mine")
    with pytest.raises(Refused, match="already there"):
        export_log(logged, path)
    assert path.read_text() == "mine"
    with pytest.raises(WrongUsage, match="no log format xml"):
        export_log(logged, tmp_path / "log.xml", format="xml")
    assert not (tmp_path / "log.xml").exists()


def test_a_long_log_leaves_in_pieces(logged: Study) -> None:
    pieces = list(log_pieces(logged))
    assert len(pieces) == logged.head.count
    assert [json.loads(piece)["seq"] for piece in pieces] == list(range(1, logged.head.count + 1))
