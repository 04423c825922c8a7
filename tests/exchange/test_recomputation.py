"""An independent recomputation: ten lines that know nothing of the program, on what it exported."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.matrix.nagai import build_nagai
from tests.matrix.small import build_small
from workbench.exchange.charts import write_chart
from workbench.model.saved_chart import Columns, SavedChart
from workbench.study.study import Study

TEN_LINES = """
import json, sys
from fractions import Fraction
data = json.load(open(sys.argv[1], encoding="utf-8"))
values = {s["label"]: s["values"].get(data["rule"]["id"]) for s in data["statuses"] if s["in_denominator"]}
answers = {(c["case"], c["code"]): c["status"] for c in data["counts"].get("answers", data["cells"])}
for table in data["counts"]["tallies"]:
    held = [values.get(answers[table["case"], code]) for code in table["codes"]]
    counted = [Fraction(value) for value in held if value is not None]
    print(table["theme"], table["case"], sum(counted) if counted else None, len(counted), sep="\\t")
"""


def recomputed(exported: Path) -> list[list[str]]:
    run = subprocess.run(
        [sys.executable, "-I", "-c", TEN_LINES, str(exported)], capture_output=True, text=True, check=True
    )
    return [line.split("\t") for line in run.stdout.splitlines()]


def counted(exported: Path) -> list[list[str]]:
    tallies = json.loads(exported.read_text(encoding="utf-8"))["counts"]["tallies"]
    return [[t["theme"], t["case"], str(t["value"]), str(t["denominator"])] for t in tallies]


@pytest.mark.parametrize("rule", ["published", "strict", "half"])
def test_ten_lines_on_the_exported_file_give_the_counts_of_the_program(
    study: Study, tmp_path: Path, rule: str
) -> None:
    build_small(study)
    exported = tmp_path / "chart.json"
    exported.write_bytes(write_chart(study, format="json", rule_id=rule))
    assert recomputed(exported) == counted(exported)
    assert len(counted(exported)) == 4


@pytest.mark.parametrize("rule", ["published", "strict", "half"])
def test_ten_lines_give_the_counts_of_a_published_study(
    study: Study, shared_data: Path, tmp_path: Path, rule: str
) -> None:
    build_nagai(study, shared_data / "nagai-2019")
    exported = tmp_path / "chart.json"
    exported.write_bytes(write_chart(study, format="json", rule_id=rule))
    assert recomputed(exported) == counted(exported)
    assert len(counted(exported)) == 20


@pytest.mark.parametrize("rule", ["published", "strict", "half"])
@pytest.mark.parametrize(
    "view",
    [
        SavedChart("", "", where=("1.1=yes",)),
        SavedChart("", "", hidden_columns=("hate",)),
        SavedChart("", "", columns=Columns.THEMES),
        SavedChart("", "", rows="documents", turned=True),
    ],
    ids=["filtered", "hidden", "themes", "documents"],
)
def test_ten_lines_give_the_counts_of_cells_that_are_not_shown(
    study: Study, tmp_path: Path, rule: str, view: SavedChart
) -> None:
    build_small(study)
    exported = tmp_path / "chart.json"
    exported.write_bytes(write_chart(study, format="json", rule_id=rule, view=view))
    assert recomputed(exported) == counted(exported)
    assert len(counted(exported)) == 4
