"""No format says less than another: the worked example in all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.exchange.words import plain_words_of
from tests.matrix.small import build_small
from workbench.exchange.caveats import SAID
from workbench.exchange.charts import FORMATS
from workbench.exchange.matrix_export import export_matrix
from workbench.exchange.matrix_words import NOTHING_LINKED, words_of_cell
from workbench.matrix.rounding import Rounding, RoundingRule
from workbench.model.case import Case
from workbench.model.cell import Footnote, Status
from workbench.model.decision import Verb
from workbench.model.saved_chart import Columns, SavedChart
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


PLAIN = SavedChart("", "")
BY_DOCUMENTS = SavedChart("", "", rows="documents")
BY_THEMES = SavedChart("", "", columns=Columns.THEMES)


@pytest.fixture(params=FORMATS)
def told(request: pytest.FixtureRequest, example: Study) -> str:
    return plain_words_of(example, request.param, rule_id="strict", rounding=ROUNDING)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("view", [PLAIN, BY_DOCUMENTS, BY_THEMES], ids=["plain", "documents", "themes"])
def test_every_format_carries_footnotes_statuses_rules_and_the_log(
    example: Study, format: str, view: SavedChart
) -> None:
    told = plain_words_of(example, format, rule_id="strict", rounding=ROUNDING, view=view)
    notes = [note for note in example.all(Footnote) if note.anchor != "setting:framework title C"]
    assert {note.anchor.partition(":")[0] for note in notes} >= {"theme", "code", "cell", "setting"}
    export = export_matrix(example, rule_id="strict", rounding=ROUNDING)
    made = [
        SAID[caveat][0] for caveat in SAID if any(caveat in c.caveats for row in export.cells for c in row)
    ]
    assert made, "the example holds evidence in translation only"
    assert [note.content for note in export.notes[len(notes) :]] == made
    expected = [
        *(note.content for note in notes),
        *made,
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


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_says_that_counts_are_of_all_cases_shown_or_not(example: Study, format: str) -> None:
    chosen = {case.id for case in example.all(Case, order="position")[1:]}
    counts = export_matrix(example).counts
    codes = sum(len(row.code_ids) for row in counts.rows)
    said = f"Counts are of all {len(counts.case_ids)} cases and {codes} codes of the chart, shown or not."
    assert said not in plain_words_of(example, format)
    assert said in plain_words_of(example, format, view=replace(PLAIN, hidden_rows=tuple(chosen)))


@pytest.mark.parametrize("rows", ["attribute:coast", "documents", "issuers", "years"])
def test_heads_of_rows_that_group_cases_carry_the_notes_of_their_cases(study: Study, rows: str) -> None:
    build_small(study)
    study.decide(
        Verb.ADD_FOOTNOTE,
        "footnote:n",
        put=[
            Case("Osaka", "Osaka", 1, {"coast": "west"}),
            Case("Hamamatsu", "Hamamatsu", 2, {"coast": "east"}),
            Footnote("n", "case:Osaka", "As of 2019.", 1),
        ],
    )
    grouped = export_matrix(study, view=replace(PLAIN, rows=rows))
    assert [row.notes for row in grouped.rows] == [(1,), ()][: len(grouped.rows)]
    assert export_matrix(study, view=replace(PLAIN, rows=rows, turned=True)).columns[0].notes == (1,)


@pytest.mark.parametrize("format", [each for each in FORMATS if each not in ("json", "parquet")])
def test_no_blank_is_left_where_nothing_of_a_document_is_linked(example: Study, format: str) -> None:
    assert NOTHING_LINKED in plain_words_of(example, format, view=BY_DOCUMENTS)


def test_the_words_of_an_attribute_begin_on_the_first_line(example: Study) -> None:
    export = export_matrix(example, view=SavedChart("", "", columns=Columns.ATTRIBUTES))
    assert {"Brazil"} <= {words_of_cell(cell)[0] for cell in export.cells[0]}
