"""Real contracts with passages marked by lawyers: every quote is placed, and the matrix counts them."""

from __future__ import annotations

import ast
import csv
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from workbench.model.coding import Excerpt
from workbench.model.quotation import Placement, place_quote
from workbench.model.text import Passage, Text
from workbench.sources import read_file
from workbench.stages import chart, framework, framework_versions, index, register, setup
from workbench.stages.importing import ImportPlan, importing
from workbench.study.check import check_study
from workbench.study.queries import coding_counts_by_cell, excerpts_coded
from workbench.study.study import Study


class Mark(NamedTuple):
    """One passage that lawyers marked."""

    file: str
    category: str
    quote: str
    start: str
    end: str


@pytest.fixture
def marks(shared_data: Path) -> list[Mark]:
    folder = shared_data / "cuad-sample"
    with (folder / "master_clauses.csv").open(encoding="utf-8-sig", newline="") as file:
        clauses = {Path(row["Filename"]).stem.strip(): row for row in csv.DictReader(file)}
    with (folder / "spans.csv").open(encoding="utf-8", newline="") as file:
        return [
            Mark(
                row["txt_file"],
                row["category"],
                ast.literal_eval(clauses[Path(row["txt_file"]).stem.strip()][row["category"]])[
                    int(row["quote_index"])
                ],
                row["start"],
                row["end"],
            )
            for row in csv.DictReader(file)
        ]


@pytest.fixture
def contracts(shared_data: Path, tmp_path: Path) -> Study:
    study = setup.new_study(tmp_path / "cuad.workbench", title="Contracts", coder="Lawyers")
    for path in sorted((shared_data / "cuad-sample" / "full_contract_txt").iterdir()):
        with importing(study, ImportPlan(case=path.stem, language="en")) as run:
            run.add(path.name, *read_file(path))
    return study


def test_every_marked_quote_is_placed_where_the_lawyers_marked_it(
    marks: list[Mark], shared_data: Path
) -> None:
    exact = 0
    for mark in marks:
        content = (shared_data / "cuad-sample" / "full_contract_txt" / mark.file).read_text(encoding="utf-8")
        placed = place_quote(content, mark.quote)
        assert placed is not None, mark
        if mark.start:
            assert placed.passages == (Passage(int(mark.start), int(mark.end)),)
            exact += placed.exact
    assert (len(marks), exact) == (406, 387)


def test_the_matrix_counts_what_the_lawyers_marked(marks: list[Mark], contracts: Study) -> None:
    study = contracts
    texts = {text.file_name: text for text in study.all(Text)}
    theme = framework.add_theme(study, "Clauses")
    codes = {
        name: framework.add_code(study, theme.id, name) for name in dict.fromkeys(m.category for m in marks)
    }
    passages: dict[tuple[str, str], set[Passage]] = {}
    with study.transaction():
        for mark in marks:
            text = texts[mark.file]
            placed = place_quote(study.text_content(text.content_hash), mark.quote)
            assert isinstance(placed, Placement)
            there = passages.setdefault((mark.file, mark.category), set())
            for passage in set(placed.passages) - there:
                there.add(passage)
                index.code_passage(study, text.id, passage, [codes[mark.category].id])
    cases = {name: register.find_case(study, Path(name).stem) for name in texts}
    expected = {
        (cases[file].id, codes[category].id): len(places) for (file, category), places in passages.items()
    }
    assert coding_counts_by_cell(study) == expected
    per_category = Counter(category for _, category in passages)
    for name, code in codes.items():
        filled = {study.get(Text, e.text_id).file_name for e in excerpts_coded(study, code_id=code.id)}
        assert len(filled) == per_category[name]
    chart_one_contract(study, cases[marks[0].file].id)
    assert check_study(study) == []
    assert all(len(excerpt.quote) == excerpt.end - excerpt.start for excerpt in study.all(Excerpt))
    study.close()


def chart_one_contract(study: Study, case_id: str) -> None:
    """Every cell with evidence may be answered Yes; none without."""
    for code in framework_versions.current_codebook(study).codes:
        excerpts = excerpts_coded(study, code_id=code.id, case_id=case_id)
        if excerpts:
            chart.link_excerpts(study, case_id, code.id, [excerpt.id for excerpt in excerpts])
            assert chart.set_status(study, case_id, code.id, "yes").status_id == "yes"
