"""Facts in the teaching corpus are the published ones, and the second framework keeps its rules too."""

from __future__ import annotations

import csv
import re
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from tests.test_corpus import ANSWER_OF, CASES, CASES_OF, CELLS, CODINGS, ROOT, TEXTS, Row, documents_of, rows
from workbench.exchange.codebook import Codebook, read_codebook

SECOND_CODINGS = rows("citizenship-codings.csv")
SECOND_CELLS = rows("citizenship-cells.csv")
SEARCHES = rows("searches.csv") + rows("citizenship-searches.csv")
CHARTED = pytest.mark.parametrize(
    ("codings", "cells"), [(CODINGS, CELLS), (SECOND_CODINGS, SECOND_CELLS)], ids=["measures", "citizenship"]
)
_CITED = re.compile(r"\[([^\]]*)\]")
_SENTENCE = re.compile(r".+?[.](?: \[[^\]]*\])?(?= |$)")
_JAPANESE = re.compile(r"[぀-ヿ一-鿿]")


@cache
def book(name: str) -> Codebook:
    return read_codebook(name, (ROOT / name).read_bytes())


def place(row: Row) -> tuple[str, str, str]:
    return row["document"], row["language"], row["quote"]


def test_files_are_plain_utf_8_with_line_feeds() -> None:
    for path in sorted((ROOT / "corpus").rglob("*.*")):
        data = path.read_bytes()
        assert data.decode("utf-8").endswith("\n"), path
        assert b"\r" not in data, path
        assert not data.startswith(b"\xef\xbb\xbf"), path


def test_every_title_and_issuer_says_that_it_is_for_teaching() -> None:
    for row in rows("register.csv"):
        assert "教材" in row["title"], row["document"]
        assert "teaching" in row["title_translation"], row["document"]
        assert "teaching" in row["issuer"], row["document"]


def test_cells_stand_in_the_order_of_the_codebook_and_of_the_cases() -> None:
    measures = [code.id for code in book("codebook.yaml").codes if not code.other]
    assert [(cell["code"], cell["case"]) for cell in CELLS] == [(m, c) for m in measures for c in CASES]


def test_some_passages_carry_two_codes_and_one_in_about_six_is_a_second_coders() -> None:
    second = sum(row["coder"] == "J. Berg" for row in CODINGS)
    assert len(CODINGS) / 9 < second < len(CODINGS) / 3
    on: dict[tuple[str, str, str], set[str]] = {}
    for row in CODINGS:
        on.setdefault(place(row), set()).add(row["code"])
    assert sum(len(codes) > 1 for codes in on.values()) >= 20


@CHARTED
def test_most_sentences_cite_evidence_of_their_cell(codings: list[Row], cells: list[Row]) -> None:
    sentences: list[str] = []
    for cell in cells:
        cited = [key for keys in _CITED.findall(cell["summary"]) for key in keys.split()]
        assert set(cited) <= set(cell["excerpts"].split()), (cell["case"], cell["code"])
        if cell["excerpts"]:
            sentences += _SENTENCE.findall(cell["summary"])
    with_citation = sum(bool(_CITED.search(sentence)) for sentence in sentences)
    assert len(sentences) * 3 / 4 < with_citation < len(sentences)


@CHARTED
def test_what_a_cell_rests_on_carries_its_code_and_holds_its_quotes(
    codings: list[Row], cells: list[Row]
) -> None:
    by_key = {row["key"]: row for row in codings}
    for cell in cells:
        keys = cell["excerpts"].split()
        assert {by_key[key]["code"] for key in keys} <= {cell["code"]}
        assert all(cell["case"] in CASES_OF[by_key[key]["document"]] for key in keys)
        for quote in filter(None, cell["quotes"].split(" || ")):
            key, _, words = quote.partition(": ")
            assert key in keys
            assert words in by_key[key]["quote"]


@pytest.mark.parametrize("search", SEARCHES, ids=lambda row: f"{row['case']}/{row['code']}")
def test_a_search_in_vain_is_in_both_languages_and_says_where_a_term_occurs(search: Row) -> None:
    assert set(search["documents"].split(";")) == documents_of(search["case"])
    terms = search["terms"].split(";")
    assert any(_JAPANESE.search(term) for term in terms)
    assert any(re.search("[a-z]", term) for term in terms)
    for term in terms:
        for document in documents_of(search["case"]):
            content = (TEXTS[document, "ja"] + TEXTS[document, "en"]).casefold()
            if term.casefold() in content:
                assert f"“{term}”" in search["note"], (term, document)
                assert document in search["note"], (term, document)


def test_every_kind_of_local_citizenship_is_charted_for_every_case() -> None:
    kinds = [c.id for c in book("corpus/citizenship.yaml").codes if c.theme_id == "kinds" and not c.other]
    assert len(kinds) == 8
    charted = [(cell["code"], cell["case"]) for cell in SECOND_CELLS]
    assert set(charted) >= {(code, case) for code in kinds for case in CASES}
    assert len(charted) == len(set(charted))


def test_what_is_charted_by_the_second_framework_has_what_its_status_needs() -> None:
    searched = {(row["case"], row["code"]) for row in rows("citizenship-searches.csv")}
    not_found = {(c["case"], c["code"]) for c in SECOND_CELLS if c["status"] == "no-not-found"}
    assert searched == not_found
    for cell in SECOND_CELLS:
        assert cell["status"] in ("", *ANSWER_OF)
        assert bool(cell["excerpts"]) is (cell["status"] not in ("no-not-found", "not-applicable"))
        noted = cell["status"] in ("restricted", "partial", "not-applicable")
        assert bool(cell["restriction_or_note"]) is noted, (cell["case"], cell["code"])


def test_the_second_framework_shares_passages_with_the_first_and_adds_its_own() -> None:
    assert {row["code"] for row in SECOND_CODINGS} == {c.id for c in book("corpus/citizenship.yaml").codes}
    assert len({row["key"] for row in [*CODINGS, *SECOND_CODINGS]}) == len(CODINGS) + len(SECOND_CODINGS)
    for row in SECOND_CODINGS:
        assert TEXTS[row["document"], row["language"]].count(row["quote"]) == 1, row["quote"]
        assert row["coder"] in ("A. Mori", "J. Berg")
    first, second = set(map(place, CODINGS)), set(map(place, SECOND_CODINGS))
    assert len(first & second) >= 40
    assert len(second - first) >= 10


def test_the_frameworks_take_no_id_and_no_letter_from_each_other() -> None:
    first, second = book("codebook.yaml"), book("corpus/citizenship.yaml")
    ids = [theme.id for one in (first, second) for theme in one.themes]
    ids += [code.id for one in (first, second) for code in one.codes]
    assert len(ids) == len(set(ids))
    assert (first.prefix, second.prefix) == ("", "C")
    assert (second.statuses, second.rules, second.question) == ((), (), "")


@pytest.mark.parametrize("name", ["codebook.yaml", "corpus/citizenship.yaml"])
def test_every_code_has_its_borders_and_examples_and_cues_in_both_languages(name: str) -> None:
    for code in book(name).codes:
        assert all((code.definition, code.include, code.exclude, code.source)), code.id
        for words in (code.examples, code.cues):
            japanese = [one for one in words if _JAPANESE.search(one)]
            assert 0 < len(japanese) < len(words), (code.id, words)


def published(folder: Path, name: str) -> list[Row]:
    with (folder / "nagai-2019" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_measures_and_answers_are_those_of_the_published_tables(shared_data: Path) -> None:
    answers = {(cell["code"], cell["case"]): ANSWER_OF[cell["status"]] for cell in CELLS}
    codes = [code for code in book("codebook.yaml").codes if not code.other]
    for row, code in zip(published(shared_data, "measures.csv"), codes, strict=True):
        assert code.name.replace(" or law", "/ law") == row["measure"]
        assert code.source == f"Nagai 2019, table {row['table']}, row {row['row']}"
        assert [answers[code.id, case] for case in CASES] == [row[case] for case in CASES]


def test_attributes_and_printed_figures_are_those_of_the_published_tables(shared_data: Path) -> None:
    attributes = {row["case"]: row for row in rows("cases.csv")}
    assert tuple(attributes) == CASES
    for fact in published(shared_data, "case-attributes.csv"):
        mine = attributes[fact["jurisdiction"]]
        assert (mine["population"], mine["foreign population"]) == (
            fact["total_population"],
            fact["foreign_population"],
        )
        assert mine["foreign share (%)"] == fact["foreign_share_percent_printed"]
        for rank in ("first", "second", "third"):
            assert mine[f"{rank} nationality"] == fact[f"{rank}_nationality"]
            assert mine[f"{rank} nationality (%)"] == fact[f"{rank}_share"]
    for number in ("2-6", "2-7"):
        assert rows(f"printed/table-{number}.csv") == published(shared_data, f"table-{number}-printed.csv")


def test_no_document_is_a_copy_of_a_real_one(shared_data: Path) -> None:
    mine = {sha256(text.strip().encode()).hexdigest(): key for key, text in TEXTS.items()}
    longest = 2 * max(len(text.encode()) for text in TEXTS.values())
    for path in shared_data.rglob("*"):
        if path.is_file() and path.stat().st_size <= longest:
            assert sha256(path.read_bytes().strip()).hexdigest() not in mine, path


def test_no_longer_sentence_stands_in_a_real_document_on_the_matter(shared_data: Path) -> None:
    folders = ("gov-pages", "ja-laws", "hate-speech-act-preamble-ja-en", "kyoto-wiki-ja-en")
    paths = [path for folder in folders for path in (shared_data / folder).rglob("*") if path.is_file()]
    real = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in paths)
    assert len(real) > 50_000
    for (document, language), content in TEXTS.items():
        for sentence in re.split(r"[。\n]", content) if language == "ja" else ():
            assert len(sentence) < 25 or sentence not in real, (document, sentence)
