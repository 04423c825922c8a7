"""What the counts leave out is named in every export, and nothing unassessed is printed as 0."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.conftest import REPOSITORY
from tests.exchange.test_charts import small
from tests.exchange.words import words_of
from workbench.exchange.charts import FORMATS, write_chart
from workbench.exchange.codebook import read_codebook
from workbench.exchange.vocabulary import default_vocabulary
from workbench.model.cell import Cell, CellState
from workbench.model.decision import Verb
from workbench.model.framework import Code
from workbench.study.study import Study

__all__ = ["small"]


@pytest.mark.parametrize("format", FORMATS)
def test_the_statuses_that_are_not_counted_are_named(small: Study, format: str) -> None:
    told = words_of(small, format)
    assert (
        "Incomplete: of 8 cells, 3 not assessed, 1 Conflicting (not counted until it is settled), "
        "1 Not applicable (outside the denominator)"
    ) in told


@pytest.mark.parametrize("format", FORMATS)
def test_a_code_kept_open_is_named_as_never_counted(small: Study, format: str) -> None:
    small.decide(
        Verb.APPLY_CODEBOOK,
        "code:rest",
        put=[Code("rest", "rights", 9, "Other", other=True)],
        reason="To keep it open.",
    )
    told = words_of(small, format)
    assert "of 8 cells" in told
    if format not in ("json", "parquet"):
        assert "Kept open" in told
    if format in ("json", "parquet"):
        assert '"never_counted"' in told
        assert json.loads(write_chart(small, format="json"))["never_counted"] == ["1.9 Other"]
    else:
        assert "1.9 Other (kept open for what fits no measure)" in told


@pytest.mark.parametrize("format", FORMATS)
def test_what_is_described_but_not_answered_is_counted_apart_and_named(small: Study, format: str) -> None:
    cell = Cell("Hamamatsu.talk", "Hamamatsu", "talk", "A desk is open.", state=CellState.CHARTED)
    limit = Code("limit", "rights", 9, "A limit", described=True)
    small.decide(Verb.WRITE_CELL, "cell:Hamamatsu.talk", put=[cell, limit])
    told = words_of(small, format)
    assert "Incomplete: of 8 cells, 2 not assessed, 1 described but not answered, 1 Conflicting" in told
    if format in ("json", "parquet"):
        assert json.loads(write_chart(small, format="json"))["described_not_answered"] == ["1.9 A limit"]
    else:
        assert "1.9 A limit: no status is expected, none is counted" in told
        assert "– Described but not answered" in told


def test_what_nobody_assessed_is_said_and_never_0(small: Study) -> None:
    rows = list(csv.reader(io.StringIO(write_chart(small, format="csv").decode("utf-8-sig"))))
    lines = [row[:4] for row in rows if row[:1] == ["2 Participation"]]
    assert lines == [
        ["2 Participation", "1", "not assessed", "undefined"],
        ["2 Participation", "1", "not assessed", "undefined"],
        ["2 Participation", "1 of 1 (100 %)", "not assessed", ""],
    ]
    data = json.loads(write_chart(small, format="json"))["counts"]
    (tally,) = [t for t in data["tallies"] if (t["theme"], t["case"]) == ("participation", "Hamamatsu")]
    assert (tally["value"], tally["share"], tally["not_assessed"]) == (None, None, 1)


def test_the_worked_example_and_the_default_vocabulary_count_alike() -> None:
    data = (REPOSITORY / "codebook.yaml").read_bytes()
    _, defaults = default_vocabulary()
    example = {status.id: status for status in read_codebook("codebook.yaml", data).statuses}
    assert {status.id for status in defaults} == set(example)
    for status in defaults:
        other = example[status.id]
        assert (status.values, status.in_denominator, status.needs, status.label) == (
            other.values,
            other.in_denominator,
            other.needs,
            other.label,
        )


@pytest.mark.parametrize("format", FORMATS)
def test_a_study_without_a_cell_is_not_called_complete(study: Study, format: str) -> None:
    told = words_of(study, format)
    assert "There is no cell to count." in told
    assert "Complete" not in told
