"""Charts as Word documents: opened by the library, by the office suite, and looked at from within."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from tests.exchange.hostile import FORMULAS, build_hostile
from tests.exchange.test_other_programs import TIMEOUT, convert, program
from tests.matrix.small import build_small
from workbench.exchange.charts import write_chart
from workbench.exchange.docx_parts import pieces
from workbench.exchange.evidence import side_by_side
from workbench.exchange.matrix_export import export_matrix
from workbench.model.case import Case
from workbench.model.cell import CellExcerpt, Footnote
from workbench.model.decision import Verb
from workbench.model.framework import Code
from workbench.model.records import Record
from workbench.model.visible import visible
from workbench.study.study import Study


@pytest.fixture
def small(study: Study) -> Study:
    build_small(study)
    notes = [
        Footnote("f1", "theme:rights", "Note on the table.", 1),
        Footnote("f2", "code:vote", "Note on a head.", 2),
        Footnote("f3", "cell:Osaka.hate", "Note on a cell.", 3),
        Footnote("f4", "case:Hamamatsu", "Note on a row.", 4),
    ]
    study.decide(Verb.ADD_FOOTNOTE, "theme:rights", put=notes)
    return study


def document_of(study: Study) -> Any:
    return docx.Document(io.BytesIO(write_chart(study, format="docx")))


def tables_of(study: Study) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document_of(study).tables]


def test_every_theme_has_its_table_of_cases_by_codes(small: Study) -> None:
    document = document_of(small)
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 2"]
    assert heads == ["1 Rights", "1.3 School", "2 Participation", "Osaka", "Hamamatsu [4]"]
    rights, school, participation, *_ = tables_of(small)
    assert rights[0] == ["Case", "1.1 Hate speech law", "1.2 Consultation"]
    assert [row[0] for row in rights] == ["Case", "Osaka", "Hamamatsu [4]"]
    assert rights[1][1].split("\n") == [
        "Y Yes [3]",
        "The city bans it.",
        "“hate speech” (E2)",
        "Comment: Early.",
        "Evidence: E1–E2 · State: reviewed",
    ]
    assert rights[2][2] == "· Not assessed"
    assert "A prefecture's task." in school[1][1]
    assert participation[0][1] == "2.1 Voting ≠ [2]"


def test_notes_stand_under_every_table_that_calls_them(small: Study) -> None:
    said = [p.text for p in document_of(small).paragraphs if p.text.startswith("[")]
    alone = (
        "Evidence from a translation only; no passage of the source is linked to it. (cells marked with it)"
    )
    assert said == [
        "[1] Note on the table. (1 Rights)",
        "[3] Note on a cell. (Osaka × 1.1 Hate speech law)",
        "[4] Note on a row. (Hamamatsu)",
        f"[5] {alone}",
        "[4] Note on a row. (Hamamatsu)",
        "[2] Note on a head. (2.1 Voting)",
        "[4] Note on a row. (Hamamatsu)",
    ]


def test_wide_themes_are_cut_into_blocks_that_repeat_the_cases(study: Study) -> None:
    build_small(study)
    put: list[Record] = [Code(f"more{n}", "rights", n, f"More {n}") for n in range(3, 10)]
    study.decide(Verb.ADD_CODE, "theme:rights", put=put, reason="wide")
    blocks = [table[0] for table in tables_of(study) if table[0][0] == "Case"]
    assert [len(block) - 1 for block in blocks] == [3, 3, 3, 1, 1]
    assert all([row[0] for row in table[1:]] == ["Osaka", "Hamamatsu"] for table in tables_of(study)[:5])


def test_originals_stand_beside_translations_of_the_same_document(small: Study) -> None:
    evidence = next(table for table in tables_of(small) if table[0][0] == "Document")
    assert evidence[0] == ["Document", "Original", "Translation"]
    assert evidence[1] == ["1.1 Hate speech law"] * 3
    document, original, translation = evidence[2]
    assert document == "osaka-ordinance\nOrdinance"
    assert original == "E1 憎悪表現\noriginal, ja · p. 1, para. 1 · excerpt e-ja"
    assert translation.startswith("E2 hate speech\nown translation, en · p. 2, para. 2 · coded by A. Mori")
    assert evidence[4][1] == "translation only"
    searched = next(row for table in tables_of(small) for row in table if "Searched in vain" in row[1])
    assert searched[1] == searched[2], "what has no other side has the room of both"


def test_no_evidence_is_lost_or_doubled_side_by_side(small: Study) -> None:
    small.decide(Verb.LINK_EXCERPTS, "cell:Osaka.vote", put=[CellExcerpt.of("Osaka.vote", "e-ja")])
    evidence = export_matrix(small).evidence
    pairs = list(side_by_side(evidence))
    assert sorted(row.ref for pair in pairs for row in (*pair.originals, *pair.translations)) == sorted(
        row.ref for row in evidence
    )
    assert [(len(pair.originals), len(pair.translations)) for pair in pairs] == [
        (1, 1),
        (0, 1),
        (1, 0),
        (1, 0),
    ]


def test_every_link_leads_to_a_bookmark_and_no_name_is_given_twice(study: Study) -> None:
    build_hostile(study, FORMULAS)
    body = document_of(study).element.body
    names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    ids = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(names) == len(set(names))
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", name) for name in names)
    targets = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    assert targets
    assert targets <= set(names)


def test_nothing_in_a_document_acts_or_leads_out_of_it(study: Study) -> None:
    build_hostile(study, FORMULAS)
    data = write_chart(study, format="docx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if "xml" in name}
        assert not [name for name in archive.namelist() if "vba" in name.lower() or "embed" in name.lower()]
    fields = {field for part in parts.values() for field in re.findall(r'w:instr="([^"]*)"', part)}
    assert fields == {"PAGE", "NUMPAGES"}
    assert not any("w:instrText" in part or 'TargetMode="External"' in part for part in parts.values())


def test_hostile_words_are_shown_as_everywhere(study: Study, shared_data: Path) -> None:
    import json

    lines = json.loads((shared_data / "nasty-docs" / "blns.json").read_text(encoding="utf-8"))
    texts = [*FORMULAS, *[line for line in lines if line]]
    build_hostile(study, texts)
    words = "\n".join(
        cell.text for table in document_of(study).tables for row in table._tbl.tr_lst for cell in cells(row)
    )
    for text in texts:
        assert visible(text, newlines=True) in words


def cells(row: Any) -> list[Any]:
    from docx.table import _Cell

    return [_Cell(cell, None) for cell in row.tc_lst]


def test_heads_stand_on_every_page_and_short_rows_stay_whole(small: Study) -> None:
    table = document_of(small).tables[0]
    properties = [{child.tag for child in row._tr.trPr} for row in table.rows]
    assert properties[0] == {qn("w:cantSplit"), qn("w:tblHeader")}
    assert all(held == {qn("w:cantSplit")} for held in properties[1:])
    section = document_of(small).sections[0]
    assert section.page_width > section.page_height


def test_a_row_that_is_longer_than_a_page_may_break(small: Study) -> None:
    from workbench.model.cell import Cell, CellState

    cell = Cell("Osaka.hate", "Osaka", "hate", "word " * 2000, status_id="yes", state=CellState.CHARTED)
    small.decide(Verb.WRITE_CELL, "cell:Osaka.hate", put=[cell])
    _first, second, third = document_of(small).tables[0].rows
    assert second._tr.trPr is None or not len(second._tr.trPr)
    assert len(third._tr.trPr)


def test_japanese_is_marked_as_japanese(small: Study) -> None:
    body = document_of(small).element.body
    runs = {
        run.text: [dict(child.attrib) for child in run.rPr]
        for run in body.iter(qn("w:r"))
        if run.rPr is not None
    }
    assert runs["憎悪表現"] == [{qn("w:hint"): "eastAsia"}, {qn("w:eastAsia"): "ja-JP"}]
    assert runs["hate speech"] == [{qn("w:val"): "en"}]


@pytest.mark.parametrize(
    ("content", "language", "expected"),
    [
        ("plain", "", [("plain", "")]),
        ("条例 (ordinance)", "ja", [("条例", "ja-JP"), (" (ordinance)", "")]),
        ("條例", "zh-Hant", [("條例", "zh-TW")]),
        ("조례와 条例", "", [("조례와", "ko-KR"), (" ", ""), ("条例", "ja-JP")]),
        ("lei 法", "pt", [("lei ", "pt"), ("法", "ja-JP")]),
        ("a\x00\u202e", "", [("a<U+0000><U+202E>", "")]),
        ("", "ja", []),
    ],
)
def test_words_are_cut_by_their_signs(content: str, language: str, expected: list[tuple[str, str]]) -> None:
    assert list(pieces(content, language)) == expected


def test_the_footer_names_the_log_and_the_properties_its_date(small: Study) -> None:
    document = document_of(small)
    footer = document.sections[0].footer.paragraphs[0].text
    assert f"Log: {small.head.count} decisions, head {small.head.hash}" in footer
    assert "framework" in footer
    date = small.decision(small.head.count).at
    assert document.core_properties.created.isoformat()[:19] == date[:19]
    assert document.core_properties.title == "Small study: All themes"


def test_many_cases_have_their_figures_in_blocks(small: Study) -> None:
    put: list[Record] = [Case(f"more{n}", f"More {n}", n) for n in range(3, 20)]
    small.decide(Verb.ADD_CASE, "case:more3", put=put)
    blocks = [table[0] for table in tables_of(small) if table[0][0] == "Theme"]
    assert max(map(len, blocks)) <= 9
    printed = [name for block in blocks[: len(blocks) // 3] for name in block[1:]]
    assert printed == ["Osaka", "Hamamatsu", *(f"More {n}" for n in range(3, 20)), "Mean of all cases"]


def test_the_office_suite_prints_what_the_chart_says(small: Study, tmp_path: Path) -> None:
    source = tmp_path / "chart.docx"
    source.write_bytes(write_chart(small, format="docx"))
    convert(tmp_path, source, "pdf")
    reader = program("pdftotext")
    printed = subprocess.run(
        [reader, "-layout", str(tmp_path / "chart.pdf"), "-"],
        check=True,
        capture_output=True,
        timeout=TIMEOUT,
    ).stdout.decode()
    for expected in (
        "1.1 Hate speech law",
        "The city bans it.",
        "“hate speech”",
        "憎悪表現",
        "· Not assessed",
        "[4] Note on a row.",
        "State: reviewed",
        "Searched in vain",
        "Yes but restricted",
        small.head.hash,
    ):
        assert expected in printed
    pages = printed.removesuffix("\f").split("\f")
    numbers = [re.findall(r"(\d+) ?/ ?(\d+)\s*$", page) for page in pages]
    assert numbers == [[(str(number), str(len(pages)))] for number in range(1, len(pages) + 1)]


def test_the_office_suite_opens_hostile_words(study: Study, tmp_path: Path) -> None:
    build_hostile(study, FORMULAS)
    source = tmp_path / "chart.docx"
    source.write_bytes(write_chart(study, format="docx"))
    convert(tmp_path, source, "txt:Text (encoded):UTF8")
    text = (tmp_path / "chart.txt").read_text(encoding="utf-8-sig")
    assert "<U+202E>abc<U+2066>" in text
    assert "=cmd|' /C calc'!A0" in text
