"""Pictures from the command line: in signs on the terminal, drawn into files."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from rich.cells import cell_len

from tests.cli.conftest import Run
from workbench.exchange.pictures import KINDS


@pytest.fixture
def example(done: Run, tmp_path: Path) -> Path:
    """Build the worked example."""
    return Path(done("demo", "--no-ui", "--dir", tmp_path).first)


def line_of(output: str, *words: str) -> str:
    return next(line for line in output.splitlines() if all(word in line for word in words))


def test_bars_of_marks_stand_for_the_measures(done: Run, example: Path) -> None:
    out = done("picture", example, "statuses", "--theme", "1").out
    assert " ".join(line_of(out, "Osaka").split()) == "1 Anti-discrimination Osaka Y Y Y Y 4 of 4 (100 %)"
    assert line_of(out, "Japan").split()[3:7] == ["N", "NF", "NF", "NF"]
    assert "NF No (not found)" in out


def test_many_measures_are_told_by_their_number(
    done: Run, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "16")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert "Y×3 NF×1" in done("picture", example, "statuses", "--theme", "1").out


def test_the_map_has_a_field_for_every_cell(done: Run, example: Path) -> None:
    out = done("picture", example, "coverage", "--theme", "1").out
    assert line_of(out, "1.1", "1.5").split() == ["1.1", "1.2", "1.3", "1.4", "1.5"]
    assert line_of(out, "Hamamatsu").split() == ["Hamamatsu", "0", "✓", "▒2", "✓", "█4", "✓", "█4", "✓", "·"]


def test_ranks_are_printed_with_ties_way_by_way(done: Run, example: Path) -> None:
    out = done("picture", example, "ranks").out
    assert line_of(out, "Hamamatsu", "in").split()[:2] == ["Hamamatsu", "2="]
    assert line_of(out, "Kawasaki", "in").endswith("1 in 9                   100 %")
    ways = [line for line in out.splitlines() if line[:1].isdigit() and ";" in line]
    assert len(ways) == 9


@pytest.mark.parametrize("kind", KINDS)
def test_every_picture_names_rule_rounding_and_log(done: Run, example: Path, kind: str) -> None:
    out = done("picture", example, kind, "--rule", "half", "--rounding", "truncated", "--decimals", "2").out
    head = done("log", "verify", example).out.split()[-1]
    assert "(half); truncated to 2 decimals." in out
    assert head in out


@pytest.mark.parametrize("kind", KINDS)
def test_no_line_is_longer_than_the_terminal(
    done: Run, example: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done("case", "edit", example, "Osaka", "--name", "大阪市（おおさかし）")
    monkeypatch.setenv("COLUMNS", "66")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert max(map(cell_len, done("picture", example, kind).out.splitlines())) <= 66


@pytest.mark.parametrize("format", ["svg", "png"])
def test_a_picture_is_drawn_into_a_file(done: Run, example: Path, tmp_path: Path, format: str) -> None:
    file = tmp_path / f"ranks.{format}"
    assert done("picture", example, "ranks", "-o", file).err.endswith(f"Wrote {file}.\n")
    data = file.read_bytes()
    if format == "svg":
        assert ElementTree.fromstring(data).tag.endswith("svg")
        assert done("picture", example, "ranks", "--format", "svg").out.encode() == data
    else:
        assert data.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "words",
    [
        ("pie",),
        ("ranks", "-o", "ranks.gif"),
        ("ranks", "-o", "r.svg", "--format", "table"),
        ("ranks", "--theme", "99"),
    ],
)
def test_what_cannot_be_drawn_is_wrong_usage(
    workbench: Run, example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    assert workbench("picture", example, *words).status == 2
    assert sorted(tmp_path.iterdir()) == before


def test_the_picture_of_the_past_is_the_picture_that_was(done: Run, example: Path) -> None:
    then = done("log", "verify", example).out.split()[0]
    before = done("picture", example, "coverage").out
    done("cell", "write", example, "Osaka", "1.1", "--comment", "Look again.")
    assert done("as-of", example, then, "picture", "coverage").out == before
