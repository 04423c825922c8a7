"""An edited workbook on the command line: listed, accepted, left, and never taken silently."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.exchange.editing import edit
from tests.matrix.small import build_small
from workbench.model.cell import Cell
from workbench.stages import chart
from workbench.study.file import create_study, open_study

EDITS = {"E5": "The city forbids it.", "F5": "Late.", "G6": "reviewed", "C7": "Perhaps"}


@pytest.fixture
def small(path: Path) -> Path:
    with open_study(path, coder="A. Mori") as study:
        build_small(study)
    return path


@pytest.fixture
def edited(done: Run, small: Path, tmp_path: Path) -> Path:
    file = tmp_path / "edited\u202e.xlsx"
    done("chart", small, "-o", file)
    file.write_bytes(edit(file.read_bytes(), EDITS))
    return file


def cell(path: Path, name: str = "Osaka.hate") -> Cell:
    with open_study(path, read_only=True) as study:
        return study.get(Cell, name)


def count(path: Path) -> int:
    with open_study(path, read_only=True) as study:
        return study.head.count


def test_an_unedited_workbook_has_nothing_to_say(workbench: Run, small: Path, tmp_path: Path) -> None:
    file = tmp_path / "chart.xlsx"
    workbench("chart", small, "-o", file)
    result = workbench("proposals", small, file)
    assert (result.status, result.out) == (0, "")
    assert result.err == "Proposals: 0 open, 0 done, 0 left as they are; 0 not taken.\n"


def test_a_listing_shows_each_difference_and_changes_nothing(
    workbench: Run, small: Path, edited: Path
) -> None:
    before = count(small)
    result = workbench("proposals", small, edited)
    assert result.status == 1
    assert result.out == (
        "1  Osaka × 1.1 Hate speech law · summary · Cells!E5\n   The city [-bans-]{+forbids+} it.\n\n"
        "2  Osaka × 1.1 Hate speech law · comment · Cells!F5\n   [-Early-]{+Late+}.\n\n"
        "3  Osaka × 1.2 Consultation · state · Cells!G6\n   [-charted-]{+reviewed+}\n\n"
        "Not taken: Cells!C7: There is no status Perhaps. Statuses: yes, restricted, partial, no-stated, "
        "no-not-found, not-specified, conflicting, not-applicable.\n"
    )
    assert count(small) == before


def test_some_are_accepted_and_some_are_left(workbench: Run, small: Path, edited: Path) -> None:
    before = count(small)
    result = workbench("proposals", small, edited, "--accept", "1,3", "--reject", "2", "--reason", "Seen.")
    assert result.status == 1, "one cell of the workbook cannot be taken"
    assert (cell(small).summary, cell(small).comment) == ("The city forbids it.", "Early.")
    assert cell(small, "Osaka.talk").state == "reviewed"
    assert "Proposals: 0 open, 2 done, 1 left as they are; 1 not taken." in result.err
    assert "<U+202E>" in workbench("log", "show", small, "--last", "3").out
    assert count(small) == before + 3
    again = json.loads(workbench("proposals", small, edited, "--format", "json").out)
    assert [row["standing"] for row in again] == ["done", "left as it is", "done", "not taken"]


def test_all_takes_what_is_without_conflict(workbench: Run, small: Path, edited: Path) -> None:
    with open_study(small, coder="B. Sato") as study:
        chart.write_cell(study, "Osaka", "hate", summary="The city punishes it.")
    result = workbench("proposals", small, edited, "--accept", "all", "--reason", "Seen.")
    assert result.status == 1
    assert cell(small).summary == "The city punishes it."
    assert cell(small, "Osaka.talk").state == "reviewed"
    assert "conflict: the cell changed in the study since" in result.out
    for said in ("exported: The city bans it.", "edited: The city forbids it.", "now: The city punishes it."):
        assert said in result.out
    assert workbench("proposals", small, edited, "--accept", "1", "--reason", "Theirs is better.").status == 1
    assert cell(small).summary == "The city forbids it."


def test_a_refused_proposal_leaves_the_others(workbench: Run, small: Path, tmp_path: Path) -> None:
    file = tmp_path / "chart.xlsx"
    workbench("chart", small, "-o", file)
    file.write_bytes(edit(file.read_bytes(), {"C10": "Yes", "F10": "Somebody should look."}))
    result = workbench("proposals", small, file, "--accept", "all", "--reason", "Seen.")
    assert "Refused: 2 Hamamatsu × 1.2 Consultation: status. “Yes” needs at least" in result.err
    assert "Accepted: 1 Hamamatsu × 1.2 Consultation: comment." in result.err
    assert result.status == 1
    assert cell(small, "Hamamatsu.talk").comment == "Somebody should look."


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("--accept", "1"), 3, "needs a reason"),
        (("--accept", "9", "--reason", "x"), 2, "no proposal 9"),
        (("--accept", "1", "--reject", "1", "--reason", "x"), 2, "named twice"),
        (("--accept", "one", "--reason", "x"), 2, "not a list of numbers"),
        (("--reject", "all", "--reason", "x"), 2, "not a list of numbers"),
    ],
)
def test_what_is_asked_wrongly_changes_nothing(
    workbench: Run, small: Path, edited: Path, words: tuple[str, ...], status: int, told: str
) -> None:
    before = count(small)
    result = workbench("proposals", small, edited, *words)
    assert result.status == status
    assert told in result.err
    assert count(small) == before


def test_the_workbook_of_another_study_or_none_is_refused(
    workbench: Run, edited: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.workbench"
    create_study(other, title="Other", coder="A. Mori").close()
    assert "exported from another study" in workbench("proposals", other, edited).err
    file = tmp_path / "x.xlsx"
    file.write_text("no workbook", encoding="utf-8")
    for name in (file, tmp_path / "absent.xlsx"):
        result = workbench("proposals", other, name)
        assert (result.status, result.out) == (3, "")
