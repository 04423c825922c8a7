"""The teaching corpus is what it says: every quote stands in its text, every answer has its evidence."""

from __future__ import annotations

import csv
import re
from collections import Counter
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
DOCUMENTS = CORPUS / "documents"
CASES = ("Hamamatsu", "Kawasaki", "Osaka", "Japan")
Row = dict[str, str]

EXPECTED = {
    "hate-speech-law": ("No", "No", "Yes", "No"),
    "human-rights-scheme": ("Yes", "Yes", "Yes", "No"),
    "consultation-service": ("Yes", "Yes", "Yes", "No"),
    "human-rights-training": ("Yes", "Yes", "Yes", "No"),
    "encouraging-enrollment": ("Yes", "Yes", "No", "Yes"),
    "education-information": ("Yes", "Yes", "Not specified", "Yes"),
    "education-consultation": ("Yes", "Yes", "Yes", "No"),
    "support-staff": ("Yes", "Yes", "Yes", "No"),
    "teacher-training": ("Yes", "No", "Yes", "No"),
    "japanese-language": ("Yes", "Yes", "Yes", "Yes"),
    "migrant-language": ("Yes", "Yes", "Yes", "No"),
    "migrant-culture": ("No", "Yes", "Yes", "No"),
    "intercultural-education": ("Yes", "Yes", "Yes", "Yes"),
    "student-research": ("No", "Yes", "No", "No"),
    "ethnic-school-grants": ("Yes", "Yes", "No", "Partially"),
    "education-lobbying": ("No", "Yes", "No", ""),
    "insurance-registration": ("No", "Yes", "No", "Yes"),
    "elderly-benefits": ("Yes", "Yes", "Yes", "No"),
    "disability-benefits": ("No", "Yes", "Yes", "No"),
    "health-information": ("Yes", "Yes", "Yes", "Yes"),
    "medical-consultation": ("Yes", "Yes", "Yes", "No"),
    "mental-health-consultation": ("Yes", "No", "No", "No"),
    "ethnic-school-health": ("Yes", "No", "Yes", "No"),
    "health-npo-grants": ("Yes", "No", "No", "No"),
    "health-lobbying": ("No", "Yes", "No", ""),
    "adult-employment": ("Yes", "No", "No", "Yes"),
    "second-generation-employment": ("Yes", "No", "No", "Yes"),
    "private-collaboration": ("Yes", "Yes", "No", "No"),
    "public-collaboration": ("Yes", "No", "No", "Yes"),
    "voting-rights": ("No", "Yes", "No", "No"),
    "promoting-participation": ("Yes", "Yes", "No", "Yes"),
    "public-officers": ("No", "Yes but restricted", "Yes but restricted", "Yes but restricted"),
    "migrant-councils": ("Yes", "Yes", "No", "No"),
    "lobbying": ("No", "Yes", "No", ""),
}
"""Answers for the cases in their order (Nagai 2019, tables 2.1 to 2.5)."""

ANSWER_OF = {
    "yes": "Yes",
    "restricted": "Yes but restricted",
    "partial": "Partially",
    "no-stated": "No",
    "no-not-found": "No",
    "not-specified": "Not specified",
    "not-applicable": "",
}
COUNTS: dict[str, dict[str, tuple[int | Fraction, ...]]] = {  # rule -> theme -> count of each case
    "published": {
        "anti-discrimination": (3, 3, 4, 0),
        "education": (9, 11, 7, 5),
        "health": (6, 6, 5, 2),
        "labor-market-mobility": (4, 1, 0, 3),
        "political-participation": (2, 5, 1, 2),
    },
    "strict": {
        "anti-discrimination": (3, 3, 4, 0),
        "education": (9, 11, 7, 4),
        "health": (6, 6, 5, 2),
        "labor-market-mobility": (4, 1, 0, 3),
        "political-participation": (2, 4, 0, 1),
    },
    "half": {
        "anti-discrimination": (3, 3, 4, 0),
        "education": (9, 11, 7, Fraction(9, 2)),
        "health": (6, 6, 5, 2),
        "labor-market-mobility": (4, 1, 0, 3),
        "political-participation": (2, Fraction(9, 2), Fraction(1, 2), Fraction(3, 2)),
    },
}
TOTALS = {
    "published": (24, 26, 17, 12),
    "strict": (24, 25, 16, 10),
    "half": (24, Fraction(51, 2), Fraction(33, 2), 11),
}
HEAD = {"ja": "授業・演習のために作成した架空の", "en": "Composed for teaching."}
POSITIVE = ("yes", "restricted", "partial")


def rows(name: str) -> list[Row]:
    with (CORPUS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@cache
def codebook() -> dict[str, Any]:
    loaded = yaml.load((ROOT / "codebook.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    assert isinstance(loaded, dict)
    return loaded


@cache
def codes() -> dict[str, dict[str, Any]]:
    return {
        code["id"]: code | {"theme": theme["id"]} for theme in codebook()["themes"] for code in theme["codes"]
    }


REGISTER = rows("register.csv")
CODINGS = rows("codings.csv")
CELLS = rows("cells.csv")
SEARCHES = rows("searches.csv")
TEXTS = {
    (row["document"], row["language"]): (DOCUMENTS / row["file"]).read_bytes().decode("utf-8")
    for row in REGISTER
    if row["file"] and (DOCUMENTS / row["file"]).is_file()
}
CASES_OF = {row["document"]: row["cases"].split(";") for row in REGISTER}
BY_KEY = {row["key"]: row for row in CODINGS}


def cell_id(row: Row) -> str:
    return f"{row['case']}/{row['code']}"


def documents_of(case: str) -> set[str]:
    return {document for document, _ in TEXTS if case in CASES_OF[document]}


def test_no_row_of_the_register_points_to_a_missing_file_and_no_file_is_unregistered() -> None:
    named = [row["file"] for row in REGISTER if row["file"]]
    assert sorted(named) == sorted(path.name for path in DOCUMENTS.iterdir())
    assert len(named) == len(set(named))


def test_every_document_has_an_original_and_a_translation_and_every_case_five_documents() -> None:
    held = Counter(document for document, _ in TEXTS)
    assert 28 <= len(held) <= 34
    assert set(held.values()) == {2}
    kinds = {(row["language"], row["kind"]) for row in REGISTER if row["file"]}
    assert kinds == {("ja", "original"), ("en", "own translation"), ("en", "official translation")}
    assert all(len(documents_of(case)) >= 5 for case in CASES)
    assert any(len(CASES_OF[document]) == 2 for document in held)


def test_an_excluded_entry_has_a_reason_and_no_file() -> None:
    without_file = [row for row in REGISTER if not row["file"]]
    assert len(without_file) == 1
    for row in REGISTER:
        assert bool(row["excluded_why"]) is not bool(row["file"])
        assert bool(row["why_included"]) is bool(row["file"])


def test_original_and_translation_register_the_same_document() -> None:
    own = {"file", "language", "kind"}
    entries = {(row["document"], *(v for k, v in row.items() if k not in own)) for row in REGISTER}
    assert len(entries) == len({row["document"] for row in REGISTER})


@pytest.mark.parametrize("place", TEXTS, ids="-".join)
def test_the_head_of_each_document_says_that_it_is_composed(place: tuple[str, str]) -> None:
    assert HEAD[place[1]] in TEXTS[place].split("\n")[0]


@pytest.mark.parametrize("place", TEXTS, ids="-".join)
def test_each_document_is_clean_and_of_teaching_length(place: tuple[str, str]) -> None:
    content = TEXTS[place]
    assert "\r" not in content
    assert not content.startswith("\ufeff")
    assert content.endswith("\n")
    length = len(re.sub(r"\s", "", content)) if place[1] == "ja" else len(content.split())
    low, high = (700, 1800) if place[1] == "ja" else (350, 900)
    assert low <= length <= high


def test_lines_of_original_and_translation_pair_up() -> None:
    for document in {document for document, _ in TEXTS}:
        blank = [[not line for line in TEXTS[document, language].split("\n")] for language in ("ja", "en")]
        assert blank[0] == blank[1], document


def test_two_character_key_terms_occur_often() -> None:
    original = "".join(content for (_, language), content in TEXTS.items() if language == "ja")
    assert original.count("共生") >= 30
    assert original.count("人権") >= 30


def test_every_quote_stands_exactly_once_in_its_text() -> None:
    for row in [*CODINGS, *rows("memos.csv")]:
        assert row["quote"].strip() == row["quote"] != ""
        assert TEXTS[row["document"], row["language"]].count(row["quote"]) == 1, row["quote"]


def test_ids_and_keys_are_unique() -> None:
    assert len(BY_KEY) == len(CODINGS)
    applied = [(r["document"], r["language"], r["quote"], r["code"], r["coder"]) for r in CODINGS]
    assert len(set(applied)) == len(applied)
    book = codebook()
    ids = [theme["id"] for theme in book["themes"]] + [c["id"] for t in book["themes"] for c in t["codes"]]
    assert len(set(ids)) == len(ids)
    for part, field in product(("statuses", "rules"), ("id", "label")):
        assert len({entry[field] for entry in book[part]}) == len(book[part])
    names = [{entry[field].casefold() for field in ("id", "label", "mark")} for entry in book["statuses"]]
    assert len(set().union(*names)) == sum(map(len, names)), "a name means two statuses"


def test_codings_of_one_passage_by_one_coder_stand_together() -> None:
    passages = [(r["document"], r["language"], r["quote"], r["coder"]) for r in CODINGS]
    runs = [passage for n, passage in enumerate(passages) if n == 0 or passages[n - 1] != passage]
    assert len(runs) == len(set(runs))


def test_two_coders_work_in_both_languages_and_overlap() -> None:
    assert {row["coder"] for row in CODINGS} == {"A. Mori", "J. Berg"}
    assert {(row["coder"], row["language"]) for row in CODINGS} == set(
        product(("A. Mori", "J. Berg"), ("ja", "en"))
    )

    def spans(coder: str) -> list[tuple[str, str, int, int]]:
        mine = [r for r in CODINGS if r["coder"] == coder]
        starts = [TEXTS[r["document"], r["language"]].index(r["quote"]) for r in mine]
        return [
            (r["document"], r["language"], at, at + len(r["quote"]))
            for r, at in zip(mine, starts, strict=True)
        ]

    overlapping = [
        (a, b)
        for a, b in product(spans("A. Mori"), spans("J. Berg"))
        if a[:2] == b[:2] and a != b and a[2] < b[3] and b[2] < a[3]
    ]
    assert len(overlapping) >= 3


def test_everything_names_codes_statuses_and_documents_that_exist() -> None:
    known = codes()
    statuses = {status["id"] for status in codebook()["statuses"]}
    assert {row["code"] for row in CODINGS} == set(known)
    assert {row["status"] for row in CELLS} <= statuses
    assert {row["state"] for row in CELLS} == {"draft", "charted", "reviewed"}
    assert 2 <= sum(row["state"] == "draft" for row in CELLS) <= 10
    kinds = {"idea", "question", "method", "translation", "reflection"}
    assert {row["kind"] for row in rows("memos.csv")} == kinds
    for row in SEARCHES:
        assert set(row["documents"].split(";")) == documents_of(row["case"])


def test_every_code_decides_borderline_cases_and_each_theme_has_one_other() -> None:
    for theme in codebook()["themes"]:
        assert sum(code.get("other") == "true" for code in theme["codes"]) == 1
        assert [code["number"] for code in theme["codes"]] == [
            str(n) for n in range(1, len(theme["codes"]) + 1)
        ]
    for code in codes().values():
        for field in ("definition", "include", "exclude", "origin", "source", "cues", "examples"):
            assert code[field], (code["id"], field)


def test_the_wording_of_voting_rights_alone_differs_by_case() -> None:
    differing = [code["id"] for code in codes().values() if len(set(code.get("wordings", {}).values())) > 1]
    assert differing == ["voting-rights"]
    assert set(codes()["voting-rights"]["wordings"]) == set(CASES)


def test_the_statuses_are_the_published_answers() -> None:
    given = {cell_id(row): ANSWER_OF[row["status"]] for row in CELLS}
    assert len(given) == len(CELLS) == 34 * len(CASES)
    wanted = {
        f"{case}/{code}": a for code, line in EXPECTED.items() for case, a in zip(CASES, line, strict=True)
    }
    assert given == wanted


@pytest.mark.parametrize("rule", COUNTS)
def test_the_rules_of_the_codebook_give_the_published_counts(rule: str) -> None:
    values = {status["id"]: status["values"] for status in codebook()["statuses"]}
    for theme, expected in COUNTS[rule].items():
        for case, count in zip(CASES, expected, strict=True):
            counted = [
                Fraction(values[row["status"]].get(rule, "0"))
                for row in CELLS
                if row["case"] == case and codes()[row["code"]]["theme"] == theme
            ]
            assert sum(counted) == count, (rule, theme, case)
    counts = zip(*COUNTS[rule].values(), strict=True)
    assert tuple(sum(of_case, Fraction(0)) for of_case in counts) == TOTALS[rule]


def test_every_positive_cell_rests_on_excerpts_of_its_case_and_code() -> None:
    for row in CELLS:
        keys = row["excerpts"].split()
        assert bool(keys) is (row["status"] in (*POSITIVE, "no-stated", "not-specified")), cell_id(row)
        passages = [(BY_KEY[k]["document"], BY_KEY[k]["language"], BY_KEY[k]["quote"]) for k in keys]
        assert len(set(passages)) == len(passages)
        for key in keys:
            assert BY_KEY[key]["code"] == row["code"]
            assert row["case"] in CASES_OF[BY_KEY[key]["document"]]


def test_every_cell_with_evidence_quotes_its_excerpts_exactly() -> None:
    for row in CELLS:
        quotes = [quote for quote in row["quotes"].split(" || ") if quote]
        assert bool(quotes) is bool(row["excerpts"]), cell_id(row)
        for quote in quotes:
            key, _, words = quote.partition(": ")
            assert key in row["excerpts"].split()
            assert words in BY_KEY[key]["quote"]
            assert len(words) < len(BY_KEY[key]["quote"])


def test_summaries_of_positive_cells_are_short_and_in_the_analysts_words() -> None:
    for row in CELLS:
        assert row["summary"]
        if row["status"] in POSITIVE:
            assert 15 <= len(row["summary"].split()) <= 50, cell_id(row)
            assert all(BY_KEY[key]["quote"] not in row["summary"] for key in row["excerpts"].split())


def test_restrictions_and_reasons_are_in_words_where_the_status_needs_them() -> None:
    needs = {status["id"]: status["needs"] for status in codebook()["statuses"]}
    for row in CELLS:
        assert bool(row["restriction_or_note"]) is ("note" in needs[row["status"]]), cell_id(row)


def test_evidence_on_the_translation_alone_is_footnoted() -> None:
    alone = {
        cell_id(row)
        for row in CELLS
        if row["excerpts"] and all(BY_KEY[key]["language"] == "en" for key in row["excerpts"].split())
    }
    notes = {cell_id(row) for row in rows("footnotes.csv") if row["text"].startswith("Translation only")}
    assert alone == notes


def test_every_not_found_cell_has_a_search_and_no_coding() -> None:
    not_found = [row for row in CELLS if row["status"] == "no-not-found"]
    assert Counter(map(cell_id, SEARCHES)) == Counter(map(cell_id, not_found))
    for row in not_found:
        found = [
            c["key"] for c in CODINGS if c["code"] == row["code"] and row["case"] in CASES_OF[c["document"]]
        ]
        assert found == [], cell_id(row)


def test_a_searched_term_that_occurs_is_named_in_the_note_of_the_search() -> None:
    for row in SEARCHES:
        terms = [term.strip() for term in row["terms"].split(";")]
        assert all(terms)
        searched = [
            TEXTS[document, language] for document in row["documents"].split(";") for language in HEAD
        ]
        found = {term for term in terms if any(term.casefold() in text.casefold() for text in searched)}
        assert found == set(re.findall(r"“(.+?)”", row["note"])), cell_id(row)


def test_footnotes_stand_on_cells_columns_and_tables_that_exist() -> None:
    cells = set(map(cell_id, CELLS))
    notes = rows("footnotes.csv") + rows("citizenship-footnotes.csv")
    assert {note["kind"] for note in notes} == {"cell", "column", "table", "framework"}
    for note in notes:
        assert note["kind"] != "framework" or note["theme"] in ("", "C")
        assert note["text"]
        assert note["kind"] != "cell" or cell_id(note) in cells
        assert note["kind"] != "column" or note["code"] in codes()
        assert note["kind"] != "table" or note["theme"] in {theme["id"] for theme in codebook()["themes"]}


def test_claims_rest_on_cells_and_excerpts_that_exist_and_held_ones_are_complete() -> None:
    cells = set(map(cell_id, CELLS))
    claims = rows("claims.csv")
    assert [claim["kind"] for claim in claims] == ["association", "explanation", "typology", "range"]
    for claim in claims:
        assert claim["basis"] in ("stated in data", "inferred", "from literature")
        assert claim["statement"]
        assert claim["rival"]
        assert set(claim["cells"].split()) | set(claim["negative_cells"].split()) <= cells
        assert not set(claim["cells"].split()) & set(claim["negative_cells"].split())
        assert set(claim["excerpts"].split()) <= set(BY_KEY)
        assert claim["state"] in ("held", "draft")
        assert claim["negative_cells"] or claim["state"] == "draft"
