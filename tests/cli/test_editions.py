"""Index editions from the command line: sheets, answers, scores with their rules, printed scores."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_records import rows

SHEET = """area,dimension,indicator,title,codes,mapping_reason,case,as_of,answer
Language,speech,1,Desk,1.1,,Kyoto,2019,100
Language,speech,2,Leaflets,none,not asked,Kyoto,2019,0
Language,print,3,Notices,,,Kyoto,2019,50
Rights,,4,Voting,,,Kyoto,2019,missing
Rights,,5,Petitions,,,Kyoto,2019,50
Language,speech,1,Desk,1.1,,City of Osaka,2021,50
Rights,,,,,,Kyoto,2019,75
"""
OPTIONS = ("--index", "Openness", "--edition", "2020", "--date", "2019", "--case", "City of Osaka=Osaka")


@pytest.fixture
def study(done: Run, tmp_path: Path) -> Path:
    path = tmp_path / "openness.workbench"
    done("new", path)
    done("case", "add", path, "Kyoto", "--set", "level=national")
    done("case", "add", path, "Osaka", "--set", "level=local")
    done("framework", "add-theme", path, "Information")
    done("framework", "add-code", path, "1", "Desk")
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    imported = done("edition", "import", path, sheet, *OPTIONS)
    assert "Openness 2020: 5 indicators, 6 answers, 1 printed score." in imported.err
    return path


def test_an_edition_that_nobody_answered_is_left_out_aloud(done: Run, study: Path) -> None:
    done("edition", "from-framework", study, "Own index")
    told = done("edition", "score", study)
    assert "Left out: Own index, which has no answer to score." in told.err
    assert "Own index" not in told.out


def test_areas_stand_beside_the_means_of_counts_with_what_keeps_them_apart(
    done: Run, workbench: Run, study: Path
) -> None:
    refused = workbench("edition", "beside", study, "Openness")
    assert refused.status == 2
    assert "is answered for Kyoto, Osaka" in refused.err
    done("cell", "write", study, "Osaka", "1.1", "--summary", "A desk is open.")
    told = done("edition", "beside", study, "Openness", "--case", "Kyoto").out
    first = ["1=", "Language", "50", "undefined", "1", "Information", "undefined"]
    assert told.splitlines()[1].split() == first
    assert "Unlike scales. A score lies on 0; 50; 100" in told
    assert "Unlike dates. The score holds for 2019, the counts for no date." in told
    assert "Unlike levels. The score is of the level national, the counts of local." in told
    assert "The counts are incomplete: 1 cells" in told
    listed = rows(done, "edition", "beside", study, "Openness", "--case", "Kyoto")
    assert [(row["area_rank"], row["score"], row["theme_rank"], row["mean"]) for row in listed] == [
        ("1=", "50", "undefined", None),
        ("1=", "50", "", None),
    ]
    refused = workbench("edition", "beside", study, "Openness", "--case", "Kyoto", "--as-of", "2001")
    assert refused.status == 2
    assert "Openness 2020 is not answered for Kyoto 2001." in refused.err


def scores(run: Run, study: Path, *options: str) -> dict[tuple[str, str], dict[str, object]]:
    found = json.loads(run("edition", "score", study, "Openness", *options, "--format", "json").out)
    return {(row["case"], row["area"]): row for row in found}


def test_editions_and_their_indicators_are_listed(done: Run, study: Path) -> None:
    [edition] = rows(done, "editions", study)
    assert (edition["index"], edition["indicators"], edition["answers"]) == ("Openness", 5, 6)
    listed = rows(done, "edition", "show", study, "Openness", "--case", "Kyoto")
    assert [row["codes"] for row in listed[:3]] == [["1.1"], ["none"], []]
    assert listed[0]["answers"] == {"Kyoto 2019": "100"}


def test_every_score_carries_edition_rules_weights_and_date(done: Run, study: Path) -> None:
    found = scores(done, study)
    language, overall = found["Kyoto", "Language"], found["Kyoto", ""]
    assert (language["score"], language["printed"], language["counted"], language["listed"]) == (
        "50",
        "50",
        3,
        3,
    )
    assert (overall["score"], overall["counted"], overall["missing"]) == ("50", 4, 1)
    named = ("edition", "reference_date", "as_of", "scale", "weights")
    assert [overall[name] for name in named] == ["2020", "2019", "2019", "0; 50; 100", "edition"]
    assert overall["aggregation"] == "mean of the indicators per area, mean of the areas"
    assert scores(done, study, "--aggregation", "dimensions")["Kyoto", "Language"]["score"] == "50"
    assert scores(done, study, "--missing", "lowest")["Kyoto", "Rights"]["score"] == "25"
    assert scores(done, study, "--missing", "block")["Kyoto", ""]["printed"] == "undefined"
    assert ("Kyoto", "Rights") not in scores(done, study, "--without", "Rights")


def test_two_rules_stand_side_by_side_and_warnings_are_seen(done: Run, study: Path) -> None:
    table = done("edition", "score", study, "--aggregation", "areas", "--aggregation", "dimensions").out
    assert "Kyoto · 2019 · Openness 2020 · dimensions" in table
    assert "Warning: Different rules." in table
    assert "Warning: Different dates. 2019: Kyoto; 2021: Osaka." in table
    assert "Warning: Different levels of government. national: Kyoto; local: Osaka." in table
    assert "50 (3 of 3 indicators)" in table
    asked = done("edition", "score", study, "--format", "csv")
    assert "Warning: Different dates." in asked.err
    assert "Warning" not in asked.out


def test_unlike_scales_never_share_a_table(done: Run, study: Path, tmp_path: Path) -> None:
    lens = tmp_path / "lens.csv"
    lens.write_text("area,indicator,case,answer\nTalk,1,Kyoto,7\n", encoding="utf-8")
    done("edition", "import", study, lens, "--index", "Lens", "--scale", "0 to 10")
    table = done("edition", "score", study).out
    heads = [line for line in table.splitlines() if " · " in line and "Kyoto" in line and "scale" not in line]
    tables = [line for line in heads if not line.startswith("Warning")]
    assert len(tables) == 2
    assert "Warning: Different scales, so different tables." in table


def test_an_answer_is_given_changed_with_a_reason_and_taken_away(
    done: Run, workbench: Run, study: Path
) -> None:
    words = ("edition", "answer", study, "Openness", "4", "Kyoto")
    refused = workbench(*words, "50")
    assert (refused.status, "needs a reason" in refused.err) == (3, True)
    done(*words, "50", "--reason", "found it", "--note", "p. 3")
    outside = workbench(*words, "33", "--reason", "x")
    assert (outside.status, "its options are 0; 50; 100" in outside.err) == (3, True)
    done("edition", "answer", study, "Openness", "5", "Osaka", "n/a", "--as-of", "2021")
    assert scores(done, study)["Kyoto", "Rights"]["counted"] == 2
    done("edition", "unanswer", study, "Openness", "4", "Kyoto", "--reason", "withdrawn")
    gone = workbench("edition", "unanswer", study, "Openness", "4", "Kyoto", "--reason", "again")
    assert (gone.status, "is not answered for Kyoto" in gone.err) == (2, True)
    done("undo", study)
    assert scores(done, study)["Kyoto", "Rights"]["counted"] == 2


def test_cells_are_scored_through_the_mapping(done: Run, study: Path, tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text("The city opens a desk.", encoding="utf-8")
    done("import", study, file, "--case", "Osaka")
    done("code", study, "--text", "plan", "--range", "0:21", "--code", "1.1")
    excerpt = rows(done, "excerpts", study)[0]["id"]
    done("cell", "link", study, "Osaka", "1.1", excerpt)
    done("cell", "status", study, "Osaka", "1.1", "restricted", "--note", "one desk")
    osaka = scores(done, study, "--from-cells", "half", "--case", "Osaka")["Osaka", "Language"]
    assert (osaka["score"], osaka["counted"]) == ("50", 1)
    assert str(osaka["counted_from"]).startswith("Half rule")
    done("edition", "from-framework", study, "Own", "--theme", "1")
    own = json.loads(done("edition", "score", study, "Own", "--from-cells", "strict", "--format", "json").out)
    assert [(row["case"], row["area"], row["score"]) for row in own] == [
        ("Kyoto", "Information", None),
        ("Kyoto", "", None),
        ("Osaka", "Information", "0"),
        ("Osaka", "", "0"),
    ]


def test_what_is_printed_and_does_not_follow_leaves_with_1(done: Run, workbench: Run, study: Path) -> None:
    found = workbench("edition", "compare", study, "Openness", "--format", "json")
    assert found.status == 1
    [row] = json.loads(found.out)
    assert (row["figure"], row["printed"], row["follows"], row["would_give"]) == ("Rights", "75", "50", [])
    assert "0 of 1 printed scores follow" in found.err
    done("edition", "answer", study, "Openness", "4", "Kyoto", "100", "--reason", "found it")
    assert done("edition", "compare", study, "Openness").out == ""


def test_a_sheet_to_fill_goes_out_and_comes_back(
    done: Run, workbench: Run, study: Path, tmp_path: Path
) -> None:
    place = tmp_path / "fill.csv"
    done("edition", "export", study, "Openness", "--fill", "Osaka@2022", "--fill", "Kyoto", "-o", place)
    again = workbench("edition", "export", study, "Openness", "-o", place)
    assert (again.status, "already there" in again.err) == (3, True)
    text = place.read_text(encoding="utf-8-sig")
    assert sum(row["as_of"] == "2022" for row in csv.DictReader(io.StringIO(text))) == 5
    place.write_text(text.replace("Osaka,2022,,", "Osaka,2022,100,"), encoding="utf-8")
    assert "Otherwise" not in done("edition", "import", study, place).err
    again = scores(done, study, "--as-of", "2022")
    assert again["Osaka", ""]["score"] == "100"


def test_indicators_rules_and_mappings_change_with_their_reasons(done: Run, study: Path) -> None:
    done("edition", "indicator", study, "Openness", "5", "--weight", "3", "--reason", "it counts more")
    done("edition", "indicator", study, "Openness", "5", "--competence", "local", "--reason", "by law")
    assert "5 Petitions [local]" in done("edition", "score", study, "--by", "indicator").out
    done("edition", "map", study, "Openness", "5", "1.1", "--reason", "same question")
    changes = ("--aggregation", "dimensions", "--area-weight", "Rights=0")
    done("edition", "rules", study, "Openness", *changes, "--reason", "as printed")
    [edition] = rows(done, "editions", study)
    assert edition["aggregation"] == "dimensions"
    listed = rows(done, "edition", "show", study, "Openness")
    assert (listed[4]["weight"], listed[4]["codes"]) == ("3", ["1.1"])
    assert scores(done, study)["Kyoto", ""]["score"] == "50"
    done("edition", "remove", study, "Openness", "--reason", "another")
    assert rows(done, "editions", study) == []
    done("undo", study)
    assert len(rows(done, "editions", study)) == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("score", "Nowhere"), "There is no index edition Nowhere. Editions: Openness 2020."),
        (("score", "--without", "Sport"), "Openness 2020 has no area Sport."),
        (("answer", "Openness", "9", "Kyoto", "0"), "Openness 2020 has no indicator 9."),
        (("answer", "Openness", "5", "Atlantis", "0"), "There is no case Atlantis."),
        (("map", "Openness", "5", "9.9"), "9.9"),
        (("indicator", "Openness", "5", "--weight", "much", "--reason", "x"), "“much” is no weight."),
    ],
)
def test_what_is_not_there_is_wrong_usage(
    workbench: Run, study: Path, words: tuple[str, ...], says: str
) -> None:
    result = workbench("edition", words[0], study, *words[1:])
    assert (result.status, says in result.err) == (2, True), result.err
