"""The worked example is built by the functions an analyst uses, and everything in it can be walked back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from workbench.model.cell import Cell, CellQuote, Status
from workbench.model.coding import Excerpt
from workbench.model.text import Text
from workbench.stages.worked_example import build_example
from workbench.study.check import check_study
from workbench.study.file import open_study
from workbench.study.queries import excerpts_of_cell
from workbench.study.study import Study


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    path = tmp_path_factory.mktemp("demo") / "example.workbench"
    told: list[str] = []
    build_example(path, coder="A. Mori", progress=told.append)
    assert told[0] == "Reading the codebook"
    study = open_study(path, read_only=True)
    yield study
    study.close()


def test_the_example_passes_every_check(example: Study) -> None:
    assert check_study(example) == []


def test_every_positive_cell_walks_back_to_a_passage_of_its_case(example: Study) -> None:
    positive = {status.id for status in example.all(Status) if status.values.get("published") == "1"}
    cells = [cell for cell in example.all(Cell) if cell.status_id in positive]
    assert len(cells) == 20
    for cell in cells:
        excerpts = excerpts_of_cell(example, cell.id)
        assert excerpts
        for excerpt in excerpts:
            text = example.get(Text, excerpt.text_id)
            content = example.text_content(text.content_hash)
            assert content[excerpt.start : excerpt.end] == excerpt.quote


def test_every_quote_stands_in_its_excerpt(example: Study) -> None:
    quotes = example.all(CellQuote)
    assert quotes
    assert all(quote.content in example.get(Excerpt, quote.excerpt_id).quote for quote in quotes)


def test_two_coders_took_part_and_are_told_apart(example: Study) -> None:
    assert {decision.coder for decision in example.decisions()} == {"A. Mori", "J. Berg"}
