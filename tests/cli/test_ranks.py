"""Ranks from the command line never come without their ties and without how firmly they hold."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from benchmarks.sensitivity import MEASURES, table
from tests.cli.conftest import CODER, Run
from tests.matrix.nagai import CITIES, build_nagai, rows_of
from tests.matrix.ranked import build_ranked
from tests.speed import slowness
from workbench.matrix.ranks import Basis, Ranked
from workbench.matrix.sensitivity import drop_measures
from workbench.matrix.variants import Variant
from workbench.study.file import create_study


@pytest.fixture
def ranked(tmp_path: Path) -> Path:
    path = tmp_path / "ranked.workbench"
    study = create_study(path, title="Ranked", coder=CODER)
    build_ranked(study)
    study.close()
    return path


@pytest.fixture
def nagai(tmp_path: Path, shared_data: Path) -> Path:
    path = tmp_path / "nagai.workbench"
    study = create_study(path, title="Golden table", coder=CODER)
    build_nagai(study, shared_data / "nagai-2019")
    study.close()
    return path


def ranks(run: Run, study: Path, *options: object) -> dict[str, dict[str, Any]]:
    rows = json.loads(run("rank", study, *options, "--format", "json").out)
    return {row["name"]: row for row in rows}


def test_the_short_table_names_rule_basis_ties_and_what_keeps_each_rank(done: Run, ranked: Path) -> None:
    lines = done("rank", ranked).out.splitlines()
    assert lines[0].split("  ")[0] == "Rank"
    assert "Tied with" in lines[0]
    assert [line.split()[:3] for line in lines[1:4]] == [
        ["1", "Kobe", "4"],
        ["2", "Kyoto", "3"],
        ["3", "Nara", "1"],
    ]
    assert "15 of 26" in lines[1]
    assert "3 of 5" in lines[1]
    assert "5 of 10" in lines[1]
    out = "\n".join(lines)
    assert "Order: Kobe > Kyoto > Nara." in out
    assert "Counted by: Published rule: qualified answers count 1; sum of what the answers count." in out
    assert "Threshold: none: any difference makes an order." in out
    assert "Depends on the way of counting: Kobe, Kyoto, Nara." in out


def test_ties_and_thresholds_are_told(done: Run, ranked: Path) -> None:
    rows = ranks(done, ranked, "--threshold", "3/2")
    assert [(row["rank"], row["tied with"]) for row in rows.values()] == [
        ("1=", ["Kyoto"]),
        ("1=", ["Kobe"]),
        ("3", []),
    ]
    assert rows["Kobe"]["threshold"] == "3/2"
    assert "Order: Kobe = Kyoto > Nara." in done("rank", ranked, "--threshold", "1.5").out
    assert "less apart is no clear order" in done("rank", ranked, "--threshold", "1.5").out


@pytest.mark.parametrize(
    ("options", "order"),
    [
        (("--once", "Lobbying"), "Kobe = Kyoto > Nara"),
        (("--once", "all"), "Kobe = Kyoto > Nara"),
        (("--leave-out", "1.2,2.3"), "Kyoto > Kobe > Nara"),
        (("--weights", "2.2=3"), "Kyoto > Kobe > Nara"),
        (("--weights", "Rights=0"), "Kobe = Kyoto > Nara"),
        (("--cases", "Nara,Kyoto"), "Kyoto > Nara"),
        (("--theme", "1"), "Kobe > Kyoto > Nara"),
        (("--rule", "strict"), "Kobe > Kyoto > Nara"),
        (("--of", "themes"), "2 School > 1 Rights"),
        (
            ("--of", "themes", "--basis", "equal-measures", "--average-over", "Kobe"),
            "1 Rights > 2 School",
        ),
    ],
)
def test_every_option_changes_the_count(
    done: Run, ranked: Path, options: tuple[str, ...], order: str
) -> None:
    assert f"Order: {order}." in done("rank", ranked, *options).out


def test_weights_come_from_a_file_too(done: Run, workbench: Run, ranked: Path, tmp_path: Path) -> None:
    file = tmp_path / "w.csv"
    file.write_text("code,weight\n2.2,3\n", encoding="utf-8")
    assert "2.2 Talk weighs 3" in done("rank", ranked, "--weights", file).out
    file.write_text("code,weight\n2.2,-3\nnone,much\n", encoding="utf-8")
    refused = workbench("rank", ranked, "--weights", file)
    assert refused.status == 2
    assert "Line 2, weight: “-3” is less than nothing." in refused.err
    assert "Line 3, code: “none” is no one code or theme of the framework." in refused.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--rule", "mine"), "There is no counting rule mine."),
        (("--threshold", "-1"), "“-1” is less than nothing"),
        (("--threshold", "1/0"), "divides by nothing"),
        (("--weights", "1"), "neither CODE=W nor a CSV file"),
        (("--weights", "1=x"), "“x” is no number"),
        (("--once", "Desk"), "No two counted measures are named “Desk”."),
        (("--leave-out", "9.9"), "9.9"),
        (("--cases", "Uji"), "There is no case Uji."),
    ],
)
def test_what_cannot_be_counted_is_wrong_usage(
    workbench: Run, ranked: Path, options: tuple[str, ...], words: str
) -> None:
    joined = f"{options[0]}={options[1]}"
    result = (
        workbench("rank", ranked, joined) if options[0] != "--once" else workbench("rank", ranked, *options)
    )
    assert (result.status, result.out) == (2, "")
    assert words in result.err


def test_nothing_to_divide_by_is_undefined_and_named(done: Run, ranked: Path) -> None:
    out = done("rank", ranked, "--weights", "1=0,2=0", "--basis", "equal-themes").out
    assert out.count("undefined") >= 3
    assert "Undefined: Kobe, Kyoto, Nara: there is nothing to divide by or something is open." in out
    assert "No rank is defined." in out
    assert "Every rank holds" not in out


def test_unlike_dates_and_denominators_are_warned_of(done: Run, ranked: Path) -> None:
    assert "differ:" not in done("rank", ranked).out
    done("case", "edit", ranked, "Kobe", "--set", "reference date=2014-12-31")
    done("case", "edit", ranked, "Kyoto", "--set", "reference date=2018-07-02")
    done(
        "cell",
        "status",
        ranked,
        "Nara",
        "1.1",
        "not-applicable",
        "--note",
        "A state matter.",
        "--reason",
        "x",
    )
    out = done("rank", ranked).out
    assert "Dates differ: Kobe on 2014-12-31; Kyoto on 2018-07-02." in out
    assert (
        "Denominators differ: 5 answers count for Kobe, Kyoto; 4 answers count for Nara; compare shares."
        in out
    )
    assert "Denominators differ" not in done("rank", ranked, "--basis", "equal-measures").out
    assert "Dates differ" not in done("rank", ranked, "--cases", "Kobe,Nara").out


def test_a_reference_date_that_is_none_is_named_and_not_compared(done: Run, ranked: Path) -> None:
    done("case", "edit", ranked, "Kobe", "--set", "reference date=last summer")
    done("case", "edit", ranked, "Kyoto", "--set", "reference date=2018-07-02")
    out = done("rank", ranked).out
    assert "No date: “last summer” is no reference date of Kobe." in out
    assert "Dates differ" not in out


def test_ranked_themes_are_warned_of_only_for_the_cases_in_the_mean(done: Run, ranked: Path) -> None:
    for case, day in (("Kobe", "2018-07-02"), ("Kyoto", "2018-07-02"), ("Nara", "2014-12-31")):
        done("case", "edit", ranked, case, "--set", f"reference date={day}")
    words = ("--note", "A state matter.", "--reason", "x")
    done("cell", "status", ranked, "Nara", "1.1", "not-applicable", *words)
    themes = ("rank", ranked, "--of", "themes")
    assert "Dates differ: Kobe, Kyoto on 2018-07-02; Nara on 2014-12-31." in done(*themes).out
    assert "Denominators differ" in done(*themes).out
    assert "differ:" not in done(*themes, "--average-over", "Kobe,Kyoto").out


def test_the_whole_panel_lists_other_ways_and_what_turns_a_rank(done: Run, ranked: Path) -> None:
    out = done("rank", ranked, "--sensitivity").out
    assert "“Lobbying” counted once" in out
    assert "Kobe = Kyoto > Nara" in out
    assert "2 of 5 measures turn a rank when they are left out:\n  1.2 Lobbying\n  2.3 Lobbying\n" in out
    panel = json.loads(done("rank", ranked, "--sensitivity", "--format", "json").out)
    assert (len(panel["ranks"]), len(panel["other ways"])) == (3, 26)
    assert panel["left out"][0] == {"measures at a time": 1, "tried": 5, "turning": [["1.2"], ["2.3"]]}
    once = next(way for way in panel["other ways"] if way["counted by"].endswith("“Lobbying” counted once"))
    assert (once["order"], once["moved"]) == ("Kobe = Kyoto > Nara", ["Kobe", "Kyoto"])
    assert once["scores"] == {"Kobe": "3", "Kyoto": "3", "Nara": "1"}
    rows = list(csv.DictReader(io.StringIO(done("rank", ranked, "--sensitivity", "--format", "csv").out)))
    parts = [row["part"] for row in rows]
    assert (parts.count("rank"), parts.count("other way"), parts.count("turns without one")) == (3, 26, 2)


def test_shares_are_exact_and_the_same_in_every_format(done: Run, ranked: Path) -> None:
    kobe = ranks(done, ranked)["Kobe"]
    assert (kobe["other ways"], kobe["share of other ways"]) == ("15 of 26", "15/26")
    assert (kobe["without two"], kobe["share without two"]) == ("5 of 10", "1/2")
    row = next(csv.DictReader(io.StringIO(done("rank", ranked, "--format", "csv").out)))
    assert (row["name"], row["share of other ways"], row["depends"]) == ("Kobe", "15/26", "yes")


def test_the_golden_table_is_ranked_as_known(done: Run, nagai: Path) -> None:
    rows = ranks(done, nagai, "--cases", ",".join(CITIES))
    assert [(name, row["score"], row["rank"]) for name, row in rows.items()] == [
        ("Kawasaki", "26", "1"),
        ("Hamamatsu", "24", "2"),
        ("Osaka", "17", "3"),
    ]
    assert rows["Kawasaki"]["without one"] == "34 of 34"
    assert rows["Kawasaki"]["without two"] == "525 of 561"
    once = ranks(done, nagai, "--cases", ",".join(CITIES), "--once", "Lobbying the government")
    assert (once["Kawasaki"]["rank"], once["Hamamatsu"]["rank"]) == ("1=", "1=")


def test_the_known_ways_of_counting_are_all_in_the_panel(done: Run, nagai: Path, shared_data: Path) -> None:
    words = ("rank", nagai, "--cases", ",".join(CITIES), "--sensitivity", "--format", "json")
    panel = json.loads(done(*words).out)
    orders = {way["order"] for way in panel["other ways"]} | {panel["order"]}
    known = rows_of(shared_data / "nagai-2019", "sensitivity.csv")
    assert {row["city_order"] for row in known} <= orders
    totals = {tuple(way["scores"].get(city) for city in CITIES) for way in panel["other ways"]}
    for row in known[1:6]:
        assert tuple(str(Fraction(row[city])) for city in CITIES) in totals
    assert [len(left["turning"]) for left in panel["left out"]] == [0, 36]


def test_the_known_orders_of_the_areas_are_all_in_the_panel(
    done: Run, nagai: Path, shared_data: Path
) -> None:
    words = ("rank", nagai, "--of", "themes", "--average-over", ",".join(CITIES), "--sensitivity")
    panel = json.loads(done(*words, "--format", "json").out)
    orders = {way["order"] for way in panel["other ways"]} | {panel["order"]}
    plain = {re.sub(r"\d ", "", order).replace(" = ", " > ") for order in orders}
    for row in rows_of(shared_data / "nagai-2019", "sensitivity.csv")[:6]:
        assert row["area_order_three_city_mean"] in plain
    assert panel["ranks"][0]["name"] == "2 Education"
    assert panel["mean of"] == "Hamamatsu, Kawasaki, Osaka"


@pytest.mark.parametrize("ranked_", Ranked)
def test_two_of_200_measures_over_50_cases_are_left_out_within_two_seconds(ranked_: Ranked) -> None:
    answers = table(random.Random(7))
    began = time.process_time()
    dropping = drop_measures(answers, Variant("as listed", "half", Basis.EQUAL_MEASURES), 2, ranked=ranked_)
    assert time.process_time() - began < 2 * slowness()
    assert dropping.tried == MEASURES * (MEASURES - 1) // 2
