"""Summaries that cite, extracts to distil, frameworks side by side, saved charts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.stages.conftest import at, plan
from workbench.errors import NothingChanged, Refused, WrongUsage
from workbench.exchange.codebook import read_codebook, write_codebook
from workbench.model.case import Case
from workbench.model.cell import Cell, CellState
from workbench.model.framework import Code
from workbench.model.saved_chart import SavedChart
from workbench.stages import chart, framework, framework_versions, history, index
from workbench.stages.saved_charts import find_chart, remove_chart, save_chart
from workbench.stages.summaries import insert_extracts, measures_of_cell, refs_of_cell, write_marked
from workbench.study.check import check_study
from workbench.study.study import Study

CITIZENSHIP = b"""
title: Kinds of local citizenship
prefix: C
themes:
  - name: Kinds
    codes:
      - name: Language
      - name: Consultation
"""


@pytest.fixture
def cell(coded: Study) -> tuple[str, str]:
    """Give case and code of a cell that rests on two excerpts."""
    case, code = coded.all(Case)[0].id, coded.framework.find("1.1")
    assert code is not None
    made = [
        index.code_passage(coded, plan(coded).id, at(words), [code.id])[0].excerpt_id
        for words in ("The city sets up a desk.", "It answers in Portuguese.")
    ]
    chart.link_excerpts(coded, case, code.id, made)
    return case, code.id


def test_a_summary_cites_its_evidence_sentence_by_sentence(coded: Study, cell: tuple[str, str]) -> None:
    refs = refs_of_cell(coded, *cell)
    assert list(refs.values()) == ["E1", "E2"]
    written = write_marked(coded, *cell, summary="A desk is there. [E1] It speaks Portuguese. [E2] Good.")
    assert written.summary == "A desk is there. It speaks Portuguese. Good."
    assert list(written.citations.values()) == list(refs)
    assert measures_of_cell(coded, written).unlinked == 1
    assert check_study(coded) == []


def test_an_excerpt_taken_away_is_no_longer_cited_and_undo_brings_both_back(
    coded: Study, cell: tuple[str, str]
) -> None:
    written = write_marked(coded, *cell, summary="A desk is there. [E1] It speaks Portuguese. [E2]")
    first = next(iter(refs_of_cell(coded, *cell)))
    assert measures_of_cell(coded, chart.unlink_excerpt(coded, *cell, first)).unlinked == 1
    history.undo(coded)
    assert coded.get(Cell, written.id) == written


def test_words_written_without_marks_keep_the_citations_of_sentences_that_stay(
    coded: Study, cell: tuple[str, str]
) -> None:
    write_marked(coded, *cell, summary="A desk is there. [E1] It speaks Portuguese. [E2]")
    again = chart.write_cell(coded, *cell, summary="It speaks Portuguese. So they say.")
    assert again.citations == {"21": list(refs_of_cell(coded, *cell))[1]}


def test_a_cell_cites_only_what_it_rests_on(coded: Study, cell: tuple[str, str]) -> None:
    before = coded.head
    with pytest.raises(Refused, match="does not rest on excerpt nowhere"):
        chart.write_cell(coded, *cell, summary="A desk.", citations={"7": "nowhere"})
    with pytest.raises(WrongUsage, match=r"\[E3\] names no evidence"):
        write_marked(coded, *cell, summary="A desk. [E3]")
    assert coded.head == before


def test_extracts_leave_a_draft_that_is_all_verbatim(coded: Study, cell: tuple[str, str]) -> None:
    chart.write_cell(coded, *cell, summary="A desk.")
    chart.mark_cell(coded, *cell, CellState.CHARTED)
    made = insert_extracts(coded, *cell)
    assert made.state is CellState.DRAFT
    assert made.summary == "A desk.\nThe city sets up a desk.\nIt answers in Portuguese."
    measured = measures_of_cell(coded, made)
    assert (measured.sentences, measured.unlinked) == (3, 1)
    assert measured.verbatim is not None
    assert measured.verbatim > 0
    with pytest.raises(Refused, match="does not rest on that"):
        insert_extracts(coded, *cell, ["nowhere"])


def test_a_second_framework_runs_beside_the_first_without_touching_it(coded: Study) -> None:
    before = write_codebook(framework_versions.current_codebook(coded))
    book = read_codebook("citizenship.yaml", CITIZENSHIP)
    told = framework_versions.preview_codebook(coded, book)
    assert told == framework_versions.apply_codebook(coded, book, reason="A second reading.")
    tree = coded.framework
    assert tree.prefixes == ("", "C")
    assert [tree.number(code) for code in tree.ordered_codes("C")] == ["C1.1", "C1.2"]
    assert [tree.number(code) for code in tree.ordered_codes("")] == ["1.1", "1.2", "1.3"]
    assert tree.find("C1.2") is not None
    assert write_codebook(framework_versions.current_codebook(coded, "")) == before
    assert coded.setting("framework title C") == "Kinds of local citizenship"
    assert check_study(coded) == []


def test_a_codebook_speaks_only_of_its_own_framework(coded: Study) -> None:
    both = read_codebook("citizenship.yaml", CITIZENSHIP)
    framework_versions.apply_codebook(coded, both, reason="A second reading.")
    first = framework_versions.current_codebook(coded, "")
    fewer = replace(first, codes=first.codes[:1])
    framework_versions.apply_codebook(coded, fewer, reason="Too many.")
    states = {code.id: code.state.value for code in coded.all(Code)}
    assert states == {
        "desk": "active",
        "languages": "retired",
        "fees": "retired",
        "c-language": "active",
        "c-consultation": "active",
    }


def test_a_version_holds_all_frameworks_and_reads_back_the_same(coded: Study) -> None:
    framework_versions.apply_codebook(coded, read_codebook("c.yaml", CITIZENSHIP), reason="Second.")
    framework_versions.release(coded, reason="Both are ready.")
    assert framework_versions.diff_versions(coded, 1) == []
    book = framework_versions.current_codebook(coded)
    assert read_codebook("again.yaml", write_codebook(book).encode()) == book


def test_a_theme_begins_a_framework_by_its_letters(coded: Study) -> None:
    theme = framework.add_theme(coded, "Limits", prefix="L")
    assert coded.framework.theme_number(theme.id) == "L1"
    under = framework.add_theme(coded, "Uneven", parent_id=theme.id)
    assert coded.framework.theme_number(under.id) == "L1.1"
    moved = framework.move_theme(coded, under.id, None, reason="Its own.")
    assert coded.framework.theme_number(moved.id) == "L2"
    with pytest.raises(WrongUsage, match="one to three letters"):
        framework.add_theme(coded, "Else", prefix="L1")


def test_a_saved_chart_is_replaced_under_its_name_and_can_be_forgotten(coded: Study) -> None:
    by_year = SavedChart("", "", rows="years")
    made = save_chart(coded, "By year", by_year)
    assert find_chart(coded, "by YEAR") == made
    with pytest.raises(NothingChanged):
        save_chart(coded, "By year", by_year)
    save_chart(coded, "by year", replace(by_year, descending=True))
    assert [saved.descending for saved in coded.all(SavedChart)] == [True]
    remove_chart(coded, made.id)
    assert coded.all(SavedChart) == []
    history.undo(coded)
    assert find_chart(coded, made.id).descending
    with pytest.raises(WrongUsage, match="There is no saved chart By issuer"):
        find_chart(coded, "By issuer")
    with pytest.raises(Refused, match="needs a name"):
        save_chart(coded, " ", by_year)
