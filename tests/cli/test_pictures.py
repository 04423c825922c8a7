"""Pictures from the command line: in signs on the terminal, drawn into files."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from rich.cells import cell_len

from tests.cli.conftest import CODER, Run
from tests.matrix.small import build_small
from workbench.exchange.pictures import KINDS
from workbench.matrix.chart import build_chart
from workbench.matrix.pictures import rank_lines
from workbench.model.decision import Verb
from workbench.model.framework import Code
from workbench.model.records import Record
from workbench.study.file import create_study, open_study


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """Make a study of two cases and four codes."""
    with create_study(tmp_path / "small.workbench", title="Small study", coder=CODER) as study:
        build_small(study)
    return tmp_path / "small.workbench"


def line_of(output: str, *words: str) -> str:
    line = next(line for line in output.splitlines() if all(word in line for word in words))
    return " ".join(line.split())


def test_bars_of_marks_stand_for_the_measures(done: Run, example: Path) -> None:
    out = done("picture", example, "statuses").out
    assert line_of(out, "1 Rights", "Osaka") == "1 Rights Osaka Y C NA 1 of 1 (100 %)"
    assert line_of(out, "1 Rights", "Hamamatsu") == "1 Rights Hamamatsu NF · · 0 of 1 (0 %)"
    assert line_of(out, "2 Participation", "Hamamatsu") == "2 Participation Hamamatsu · none counted"
    assert "NF No (not found)" in out
    assert "1 Rights" not in done("picture", example, "statuses", "--theme", "2").out


def test_many_measures_are_told_by_their_number(done: Run, example: Path) -> None:
    put: list[Record] = [Code(f"more{n}", "rights", n, f"More {n}") for n in range(9, 70)]
    with open_study(example, coder=CODER) as study:
        study.decide(Verb.ADD_CODE, "theme:rights", put=put, reason="many")
    out = done("picture", example, "statuses").out
    assert line_of(out, "1 Rights", "Osaka") == "1 Rights Osaka Y×1 C×1 NA×1 ·×61 1 of 1 (100 %)"


def test_the_map_has_a_field_for_every_cell(done: Run, example: Path) -> None:
    out = done("picture", example, "coverage").out
    assert line_of(out, "1.1", "2.1") == "1.1 1.2 1.3.1 2.1"
    assert line_of(out, "Osaka") == "Osaka █2 ✓ ▒1 ● 0 ○ 0 ○"
    assert line_of(out, "Hamamatsu") == "Hamamatsu 0 ● · · ·"
    assert "1.3.1 Pupils" in out


def test_ranks_are_printed_way_by_way(done: Run, example: Path) -> None:
    out = done("picture", example, "ranks").out
    with open_study(example, read_only=True) as study:
        chart = build_chart(study)
        shown = rank_lines(chart, chart.rules[0])
    lines = [" ".join(line.split()) for line in out.splitlines()]
    for way, held in enumerate(shown.lines, 1):
        assert f"{way} {held.label}" in lines
        assert f"{way} {' '.join(place.printed for place in held.places)}" in lines
    assert line_of(out, "Osaka", "in").startswith(f"Osaka {shown.lines[0].places[0].printed}")


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
