"""Charts as Parquet say what JSON says, cell by cell, and add up to the counts of the program."""

from __future__ import annotations

import io
import json
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.hostile import FORMULAS, build_hostile
from tests.matrix.nagai import build_nagai
from tests.matrix.small import build_small
from workbench.errors import Refused
from workbench.exchange.charts import write_chart
from workbench.exchange.matrix_export import export_matrix
from workbench.model.cell import Footnote
from workbench.model.decision import Verb
from workbench.model.saved_chart import Columns, SavedChart
from workbench.study.study import Study

parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
SAME = ("state", "status", "summary", "comment", "author", "framework_version", "stale_cause", "quotes")


def table_of(study: Study, **options: Any) -> Any:
    return parquet.read_table(io.BytesIO(write_chart(study, format="parquet", **options)))


def json_of(study: Study, **options: Any) -> Any:
    return json.loads(write_chart(study, format="json", **options))


@pytest.mark.parametrize("kind", ["small", "hostile", "empty"])
def test_every_cell_says_what_it_says_in_json(study: Study, kind: str) -> None:
    if kind == "small":
        build_small(study)
        study.decide(
            Verb.ADD_FOOTNOTE,
            "cell:Osaka.hate",
            put=[
                Footnote("f1", "cell:Osaka.hate", "Note on a cell.", 1),
                Footnote("f2", "code:hate", "Head.", 2),
            ],
        )
    elif kind == "hostile":
        build_hostile(study, FORMULAS)
    table, data = table_of(study).to_pylist(), json_of(study)
    assert len(table) == len(data["cells"])
    evidence = {row["ref"]: row for row in data["evidence"]}
    notes = {note["number"]: note["content"] for note in data["footnotes"]}
    cases = {case["id"]: case for case in data["cases"]}
    codes = {code["id"]: code for code in data["codes"]}
    for row, cell in zip(table, data["cells"], strict=True):
        assert (row["case_id"], row["code_id"]) == (cell["case"], cell["code"])
        assert row["case"] == cases[cell["case"]]["name"]
        assert (row["code_number"], row["code"]) == (
            codes[cell["code"]]["number"],
            codes[cell["code"]]["name"],
        )
        assert [row[name] for name in SAME] == [cell[name] for name in SAME]
        assert row["status_note"] == cell["note"]
        assert [e["ref"] for e in row["evidence"]] == cell["evidence"]
        for held in row["evidence"]:
            assert held == {name: evidence[held["ref"]][name] for name in held}
        assert row["footnotes"] == [{"number": number, "content": notes[number]} for number in cell["notes"]]


def test_the_metadata_hold_what_is_said_of_the_whole(study: Study) -> None:
    build_small(study)
    about, data = json.loads(table_of(study).schema.metadata[b"workbench"]), json_of(study)
    assert about == {name: data[name] for name in about}
    assert {"rule", "rounding", "log", "footnotes", "statuses", "counts"} <= set(about)


@pytest.mark.parametrize("rule", ["published", "strict", "half"])
def test_the_values_add_up_to_the_counts(study: Study, shared_data: Path, rule: str) -> None:
    build_nagai(study, shared_data / "nagai-2019")
    rows = table_of(study, rule_id=rule).to_pylist()
    counts = export_matrix(study, rule_id=rule).counts
    for case_id in counts.case_ids:
        counted = [row for row in rows if row["case_id"] == case_id and row["counts"] == "counted"]
        total = sum(
            (Fraction(row["value_numerator"], row["value_denominator"]) for row in counted), Fraction()
        )
        assert (total, len(counted)) == (counts.total(case_id).value, counts.total(case_id).denominator)
        assert all(
            Fraction(row["value"]) * row["value_denominator"] == row["value_numerator"] for row in counted
        )


def test_what_is_not_counted_says_why(study: Study) -> None:
    build_small(study)
    rows = {(row["case_id"], row["code_id"]): row for row in table_of(study).to_pylist()}
    told = {place: (row["counts"], row["value"]) for place, row in rows.items()}
    assert told["Osaka", "hate"] == ("counted", "1")
    assert told["Osaka", "talk"] == ("not settled", None)
    assert told["Osaka", "pupils"] == ("outside the denominator", None)
    assert told["Hamamatsu", "hate"] == ("counted", "0")
    assert told["Hamamatsu", "vote"] == ("not assessed", None)


def test_an_arranged_chart_names_its_columns_by_what_they_are(study: Study) -> None:
    build_small(study)
    table = table_of(study, view=SavedChart("", "", columns=Columns.THEMES))
    assert {"row", "column", "row_id", "column_theme"} <= set(table.schema.names)
    assert "case" not in table.schema.names


def test_without_its_library_it_is_refused_in_plain_words(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_small(study)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(Refused, match=r"needs the library pyarrow.*framework-workbench\[parquet\]"):
        write_chart(study, format="parquet")
