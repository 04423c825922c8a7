"""No format says less than another: the worked example in all of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.exchange.words import plain_words_of
from workbench.exchange.charts import FORMATS
from workbench.exchange.matrix_export import export_matrix
from workbench.matrix.rounding import Rounding, RoundingRule
from workbench.model.cell import Footnote, Status
from workbench.stages.worked_example import build_example
from workbench.study.file import open_study
from workbench.study.study import Study

ROUNDING = Rounding(RoundingRule.TRUNCATED, 2)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    path = tmp_path_factory.mktemp("demo") / "example.workbench"
    build_example(path, coder="A. Mori", progress=lambda _: None)
    study = open_study(path, read_only=True)
    yield study
    study.close()


@pytest.fixture(params=FORMATS)
def told(request: pytest.FixtureRequest, example: Study) -> str:
    return plain_words_of(example, request.param, rule_id="strict", rounding=ROUNDING)


def test_every_format_carries_footnotes_statuses_rules_and_the_log(example: Study, told: str) -> None:
    notes = example.all(Footnote)
    assert {note.anchor.partition(":")[0] for note in notes} >= {"theme", "code", "cell"}
    export = export_matrix(example, rule_id="strict", rounding=ROUNDING)
    assert len(export.notes) == len(notes)
    expected = [
        *(note.content for note in notes),
        *(note.on for note in export.notes),
        *(status.label for status in example.all(Status)),
        *(status.definition for status in example.all(Status)),
        example.head.hash,
        example.decision(example.head.count).at,
        export.rule.label,
        ROUNDING.name,
        export.study,
        export.question,
        export.framework,
    ]
    assert [words for words in expected if words not in told] == []


def test_every_format_carries_what_every_cell_says(example: Study, told: str) -> None:
    cells = [cell for row in export_matrix(example).cells for cell in row]
    expected = [words for cell in cells for words in (cell.status, cell.note, cell.cited, cell.comment)]
    expected += [quote.content for cell in cells for quote in cell.quotes]
    expected += [row.quote for row in export_matrix(example).evidence]
    assert len(expected) > 100
    assert [words for words in expected if words not in told] == []
