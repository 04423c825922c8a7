"""Charts from the command line: on the terminal, through a pipe and into files."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Run
from workbench.cli import main
from workbench.exchange.charts import FORMATS
from workbench.model.saved_chart import SavedChart
from workbench.stages.saved_charts import save_chart
from workbench.study.file import open_study


@pytest.fixture
def example(done: Run, tmp_path: Path) -> Path:
    """Build the worked example."""
    return Path(done("demo", "--no-ui", "--dir", tmp_path).first)


def test_the_table_shows_every_case_with_its_statuses_and_says_what_is_missing(
    done: Run, example: Path
) -> None:
    printed = done("chart", example, "--theme", "1").out
    lines = printed.splitlines()
    assert lines[0].startswith("1 Anti-discrimination")
    assert [line.split()[0] for line in lines[1:5]] == ["Hamamatsu", "Kawasaki", "Osaka", "Japan"]
    assert lines[-1] == "Complete: of 16 cells, 1 counted though draft, 1 resting on a translation only."


@pytest.mark.parametrize("format", FORMATS)
def test_a_pipe_gets_what_the_file_holds(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], format: str
) -> None:
    assert main(["demo", "--no-ui", "--dir", str(tmp_path)]) == 0
    example = capsysbinary.readouterr().out.decode().strip()
    file = tmp_path / f"chart.{format}"
    assert main(["chart", example, "-o", str(file)]) == 0
    capsysbinary.readouterr()
    assert main(["chart", example, "--format", format]) == 0
    piped = capsysbinary.readouterr().out
    if format == "json":
        assert json.loads(piped) == json.loads(file.read_bytes())
    else:
        assert piped == file.read_bytes().removeprefix(BOM_UTF8)
        assert main(["chart", example, "--format", format, "-o", "-"]) == 0
        assert capsysbinary.readouterr().out == piped
    assert not Path("-").exists()


def test_a_file_is_not_written_over_unasked(workbench: Run, example: Path, tmp_path: Path) -> None:
    file = tmp_path / "chart.md"
    file.write_text("mine", encoding="utf-8")
    assert workbench("chart", example, "-o", file).status == 3
    assert file.read_text(encoding="utf-8") == "mine"
    assert workbench("chart", example, "-o", file, "--force").status == 0
    assert file.read_text(encoding="utf-8") != "mine"


@pytest.mark.parametrize(
    "words",
    [
        ("-o", "chart.doc"),
        ("-o", "chart"),
        ("-o", "chart.txt", "--format", "table"),
        ("--theme", "99"),
        ("--rule", "generous"),
        ("--average-over", "Nara"),
        ("--decimals", "9"),
    ],
)
def test_what_cannot_be_charted_is_wrong_usage(
    workbench: Run, example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    assert workbench("chart", example, *words).status == 2
    assert sorted(tmp_path.iterdir()) == before


def test_what_cannot_be_hidden_is_named(workbench: Run, example: Path) -> None:
    words = ("--hide-rows", "Osakka,Osaka", "--hide-columns", "1.99,1.1")
    for command in (("chart", example), ("save-chart", example, "mine")):
        refused = workbench(*command, *words)
        assert refused.status == 2
        assert "row Osakka, column 1.99." in refused.err


def test_attributes_are_hidden_and_what_is_hidden_is_counted(done: Run, example: Path) -> None:
    words = ("--columns", "attributes", "--hide-columns", "population", "--hide-rows", "Osaka,Japan")
    lines = done("chart", example, *words).out.splitlines()
    assert lines[0] == "Arranged: cases by attributes; 2 rows hidden; 1 column hidden"
    assert " population  " in done("chart", example, "--columns", "attributes").out
    assert " population  " not in lines[1].replace("foreign population", "")


def test_what_a_saved_chart_has_can_be_taken_back(done: Run, example: Path, tmp_path: Path) -> None:
    done("save-chart", example, "mine", "--sort", "name", "--descending", "--turn", "--freeze", "2")
    kept = done("chart", example, "--saved", "mine").out
    assert "Arranged: sorted by name, descending; rows and columns changed places" in kept
    back = done("chart", example, "--saved", "mine", "--no-turn", "--no-descending").out
    assert "Arranged: sorted by name\n" in back
    for freeze, pane in (((), "D"), (("--freeze", "0"), "B")):
        file = tmp_path / f"{pane}.xlsx"
        done("chart", example, "--saved", "mine", "--no-turn", *freeze, "-o", file)
        assert str(openpyxl.load_workbook(file)["Matrix"].freeze_panes).startswith(pane)


def test_a_saved_chart_that_cannot_be_arranged_is_listed_with_its_fault(done: Run, example: Path) -> None:
    done("save-chart", example, "mine", "--sort", "name")
    with open_study(example, coder="A. Mori") as study:
        save_chart(study, "broken", SavedChart("", "", where=("no condition",)))
    told = {
        row["name"]: row["arrangement"] for row in json.loads(done("charts", example, "--format", "json").out)
    }
    assert told["mine"] == "sorted by name"
    assert told["broken"].startswith("cannot be shown: ")


@pytest.mark.parametrize("number", ["-1", "x", "1.5"])
def test_only_a_number_of_columns_is_frozen(workbench: Run, example: Path, number: str) -> None:
    assert workbench("chart", example, f"--freeze={number}").status == 2


def test_the_chart_of_the_past_is_the_chart_that_was(done: Run, example: Path) -> None:
    then = done("log", "verify", example).out.split()[0]
    before = done("chart", example, "--format", "json").out
    done("cell", "write", example, "Osaka", "1.1", "--comment", "Look again.")
    assert done("as-of", example, then, "chart", "--format", "json").out == before
    assert done("chart", example, "--format", "json").out != before
