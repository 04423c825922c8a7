"""Printed tables against their cells, from the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import CODER, Run
from tests.cli.test_ranks import nagai, ranked
from tests.matrix.nagai import CITIES, rows_of
from tests.matrix.ranked import PRINTED
from workbench.study.file import open_study

__all__ = ["nagai", "ranked"]

MEAN = ("--average", "Mean=Kobe,Kyoto,Nara")


@pytest.fixture
def printed(tmp_path: Path) -> Path:
    file = tmp_path / "printed.csv"
    file.write_text(PRINTED, encoding="utf-8")
    return file


def test_figures_that_do_not_follow_are_listed_with_what_explains_them(
    workbench: Run, ranked: Path, printed: Path
) -> None:
    result = workbench("compare", ranked, printed, *MEAN, "--format", "json")
    assert result.status == 1
    assert [(row["row"], row["printed"], row["exact"], row["line"]) for row in json.loads(result.out)] == [
        ("School", "1.6", "5/3 = 1.667", 3),
        ("Total", "2.6", "8/3 = 2.667", 4),
    ]
    assert "truncated to 1 decimal" in json.loads(result.out)[0]["would give"]
    assert "2 of 12 printed figures do not follow. Counted by: Published rule" in result.err


def test_a_table_that_follows_finds_nothing(done: Run, ranked: Path, printed: Path) -> None:
    printed.write_text(PRINTED.replace("1.6", "1.7").replace("2.6", "2.7"), encoding="utf-8")
    result = done("compare", ranked, printed, *MEAN)
    assert (result.status, result.out) == (0, "")
    assert "0 of 12 printed figures" in result.err
    assert json.loads(done("compare", ranked, printed, *MEAN, "--format", "json").out) == []


def test_another_rule_gives_other_figures(workbench: Run, ranked: Path, printed: Path) -> None:
    rows = json.loads(
        workbench("compare", ranked, printed, *MEAN, "--rule", "strict", "--format", "json").out
    )
    assert ("School", "Kyoto", "2", "1") in [(r["row"], r["column"], r["printed"], r["exact"]) for r in rows]


@pytest.mark.parametrize(
    ("content", "options", "words"),
    [
        (b"area,Kobe\nHousing,1\n", (), "Line 2: “Housing” is no theme, total or average."),
        (b"area,Uji\nRights,1\n", (), "Line 1: “Uji” is no case of this study."),
        (b"area,Kobe\nRights,many\n", (), "Line 2: “many” under Kobe is no figure."),
        (b'area,Kobe\n"Rights,1\n', (), "it is not CSV"),
        (b"\xff\xfea", (), "is not UTF-8 (byte 0)"),
        (b"", (), "cannot be compared"),
        (b"area,Kobe\nRights,1\n", ("--skip", "rank"), "No column is headed “rank”. "),
        (b"area,Kobe\nRights,1\n", ("--average", "Kobe=Uji"), "“Uji” is no case"),
        (b"area,Kobe\nRights,1\n", ("--rule", "mine"), "There is no counting rule mine."),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_is_changed(
    workbench: Run, ranked: Path, printed: Path, content: bytes, options: tuple[str, ...], words: str
) -> None:
    printed.write_bytes(content)
    before = ranked.read_bytes()
    result = workbench("compare", ranked, printed, *options)
    assert (result.status, result.out) == (2, "")
    assert words in result.err
    assert ranked.read_bytes() == before


def test_wrong_options_and_missing_files_are_refused(workbench: Run, ranked: Path, printed: Path) -> None:
    assert workbench("compare", ranked, printed, "--average", "Mean").status == 2
    assert workbench("compare", ranked, printed, printed, *MEAN).status == 2
    assert "Two tables are called printed." in workbench("compare", ranked, printed, printed, *MEAN).err
    missing = workbench("compare", ranked, printed.with_name("none.csv"))
    assert missing.status == 3
    assert "none.csv cannot be read" in missing.err


def test_places_without_a_figure_are_named(workbench: Run, ranked: Path, printed: Path) -> None:
    printed.write_text("area,Kobe,Kyoto\nRights,2,\n", encoding="utf-8")
    result = workbench("compare", ranked, printed)
    assert result.status == 0
    assert "Table printed: no figure on line 2, Kyoto; it was passed over." in result.err


def test_a_file_whose_name_has_an_equals_sign_is_read_as_it_is(
    done: Run, ranked: Path, printed: Path
) -> None:
    file = printed.with_name("a=b.csv")
    file.write_text("area,Kobe\nRights,2\n", encoding="utf-8")
    assert done("compare", ranked, file).status == 0
    assert "called" not in done("compare", ranked, f"x={file}", f"y={file}").err


def test_the_golden_tables_give_the_ten_known_findings(
    workbench: Run, nagai: Path, shared_data: Path
) -> None:
    folder = shared_data / "nagai-2019"
    cities = ",".join(CITIES)
    result = workbench(
        *("compare", nagai),
        f"2.6={folder / 'table-2-6-printed.csv'}",
        f"2.7={folder / 'table-2-7-printed.csv'}",
        *("--average", f"Average of Three Cities={cities}", "--average", f"local_average={cities}"),
        *("--rows-in", "local_area"),
        *("--skip", "rank", "--skip", "national_area", "--skip", "national_mipex_score"),
        *("--format", "json"),
    )
    assert result.status == 1
    expected = rows_of(folder, "discrepancies.csv")
    table_of = {row["id"]: row["table"] for row in expected}
    wanted = set()
    for row in expected:
        kind = re.sub(r"repeats (D\d+)", lambda m: f"repeats table {table_of[m[1]]}", row["kind"])
        kind = kind.replace("area averages", "figures")
        column = row["column"].replace("local average", "local_average")
        wanted.add((row["table"], row["row"], column, row["printed"], row["exact"], kind))
    found = [
        tuple(row[name] for name in ("table", "row", "column", "printed", "exact", "finding"))
        for row in json.loads(result.out)
    ]
    assert len(found) == 10
    assert set(found) == wanted


def test_comparing_decides_nothing(workbench: Run, ranked: Path, printed: Path) -> None:
    with open_study(ranked, coder=CODER, read_only=True) as study:
        before = study.head
    workbench("compare", ranked, printed, *MEAN)
    with open_study(ranked, coder=CODER, read_only=True) as study:
        assert study.head == before
