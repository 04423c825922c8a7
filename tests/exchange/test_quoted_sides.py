"""Quotes leave with their other side, through the links, as the study's setting says."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from workbench.errors import WrongUsage
from workbench.exchange import cells_sheet, docx, html, markdown, xlsx
from workbench.exchange import csv as csv_export
from workbench.exchange import json as json_export
from workbench.exchange.matrix_export import export_matrix
from workbench.exchange.statement import write_statement
from workbench.model.case import Case
from workbench.model.coding import Excerpt
from workbench.model.text import Passage, Text, TextKind
from workbench.sources import read_bytes
from workbench.stages import chart, framework, index
from workbench.stages.export_preview import preview_export
from workbench.stages.importing import ImportPlan, importing
from workbench.stages.linking import link_stretches
from workbench.stages.setup import change_setting
from workbench.stages.text_versions import approve_text
from workbench.stages.translation_statement import translation_statement
from workbench.study.file import create_study
from workbench.study.study import Study

JA = "第一条 市は人権を尊重する。\n第二条 料金は無料とする。\n"
EN = "Article 1. The city shall respect [human] rights.\nArticle 2. It is free of charge.\n"
DRAFT = "Article 1. City respects rights.\n"


def _text(study: Study, name: str, content: str, kind: TextKind, language: str, source: str = "") -> Text:
    with importing(study, ImportPlan("Osaka", language, kind, translates=source)) as run:
        run.add(name, content.encode(), read_bytes(name, content.encode()))
    return next(text for text in study.all(Text) if text.file_name == name)


def _code(study: Study, text: Text, words: str, code: str) -> Excerpt:
    start = study.text_content(text.content_hash).index(words)
    [coding] = index.code_passage(study, text.id, Passage(start, start + len(words)), [code], reason="read")
    return study.get(Excerpt, coding.excerpt_id)


def _linked(study: Study, source: Text, target: Text, first: str, second: str) -> None:
    sides = []
    for text, words in ((source, first), (target, second)):
        start = study.text_content(text.content_hash).index(words)
        sides.append((text.id, Passage(start, start + len(words))))
    link_stretches(study, *sides)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Study]:
    """Make a study whose cell quotes a translation of one article and the original of another."""
    study = create_study(tmp_path / "pair.workbench", title="Pair", coder="A. Mori")
    source = _text(study, "law.txt", JA, TextKind.ORIGINAL, "ja")
    target = _text(study, "law-en.txt", EN, TextKind.OWN_TRANSLATION, "en", source.id)
    draft = _text(study, "draft.txt", DRAFT, TextKind.MACHINE_DRAFT, "en", source.id)
    theme = framework.add_theme(study, "Rights")
    code = framework.add_code(study, theme.id, "Human rights").id
    _linked(study, source, target, "市は人権を尊重する。", EN.splitlines()[0])
    _linked(study, source, target, "料金は無料とする。", EN.splitlines()[1])
    _linked(study, source, draft, "市は人権を尊重する。", DRAFT.strip())
    excerpts = [
        _code(study, target, "The city shall respect [human] rights.", code),
        _code(study, source, "料金は無料とする。", code),
    ]
    case = study.all(Case)[0].id
    chart.link_excerpts(study, case, code, [each.id for each in excerpts])
    chart.write_cell(study, case, code, summary="There are some.")
    chart.insert_quote(study, case, code, excerpts[0].id, "[human] rights")
    chart.insert_quote(study, case, code, excerpts[1].id, "無料")
    yield study
    study.close()


def test_by_itself_both_sides_leave_with_their_places_and_the_coded_one_is_told(pair: Study) -> None:
    export = export_matrix(pair)
    first, second = sorted(export.evidence, key=lambda row: row.language)
    assert [side.words for side in first.sides] == [
        "The city shall respect [human] rights.",
        "市は人権を尊重する。",
    ]
    assert [(side.coded, side.translated) for side in first.sides] == [(True, True), (False, False)]
    assert [(side.coded, side.translated) for side in second.sides] == [(False, True), (True, False)]
    quotes = {quote.content: quote.printed() for quote in export.cells[0][0].quotes}
    assert quotes["[human] rights"] == (
        "“[human] rights” — “市は人権を尊重する。” — "
        f"en own translation, Art. 1, para. 1 (coded); ja original, 第1条, para. 1 ({first.ref})"
    )
    assert quotes["無料"].startswith(
        "“Article 2. It is free of charge.” — “無料” — en own translation, Art. 2, para. 2"
    )


@pytest.mark.parametrize(
    ("setting", "rights", "free"),
    [
        (
            "original",
            "“市は人権を尊重する。” — ja original, 第1条, para. 1; coded on the translation",
            "“無料” (",
        ),
        ("translation", "“[human] rights” (", "“Article 2. It is free of charge.” — en own translation"),
    ],
)
def test_the_setting_says_which_side_is_printed(pair: Study, setting: str, rights: str, free: str) -> None:
    change_setting(pair, "quotes", setting)
    quotes = {quote.content: quote.printed() for quote in export_matrix(pair).cells[0][0].quotes}
    assert quotes["[human] rights"].startswith(rights)
    assert quotes["無料"].startswith(free)


def test_only_the_three_settings_are_known(pair: Study) -> None:
    with pytest.raises(WrongUsage, match="original, translation, both"):
        change_setting(pair, "quotes", "neither")
    change_setting(pair, "quotes", "original")
    change_setting(pair, "quotes", "")
    assert export_matrix(pair).evidence[0].sides


def test_an_unapproved_draft_is_never_printed_as_the_translation(pair: Study) -> None:
    english = next(text for text in pair.all(Text) if text.file_name == "law-en.txt")
    draft = next(text for text in pair.all(Text) if text.file_name == "draft.txt")
    code = pair.framework.ordered_codes()[0].id
    rights = _code(pair, pair.get(Text, english.translates or ""), "市は人権を尊重する。", code)
    chart.link_excerpts(pair, pair.all(Case)[0].id, code, [rights.id])

    def translation() -> list[str]:
        rows = [row for row in export_matrix(pair).evidence if row.excerpt_id == rights.id]
        return [side.words for row in rows for side in row.sides if side.translated]

    assert translation() == ["Article 1. The city shall respect [human] rights."]
    approve_text(pair, draft.id, reason="read")
    assert translation() == ["Article 1. The city shall respect [human] rights."], "made by a person first"


def test_every_format_prints_both_sides(pair: Study) -> None:
    export = export_matrix(pair)
    book = load_workbook(io.BytesIO(xlsx.write(export)))
    sheet = "\n".join(str(cell.value) for row in book["Evidence"].iter_rows() for cell in row)
    with zipfile.ZipFile(io.BytesIO(docx.write(export))) as packed:
        document = re.sub("<[^>]+>", "", packed.read("word/document.xml").decode())
    page = html.write(export).decode()
    written = {
        "md": markdown.write(export).decode(),
        "html": page,
        "docx": document,
        "xlsx": sheet,
        "cells": "\n".join(cells_sheet.texts_of(export, export.cells[0][0])),
    }
    for format, words in written.items():
        assert "市は人権を尊重する。" in words, format
        assert "It is free of charge." in words, format
    assert '<span lang="ja">市は人権を尊重する。</span>' in page
    assert "linked, not coded itself" in document
    data = json.loads(json_export.write(export))
    assert [side["coded"] for side in data["evidence"][0]["sides"]].count(True) == 1
    assert {row["quote"] for row in data["evidence"]} == {
        "The city shall respect [human] rights.",
        "料金は無料とする。",
    }
    rows = list(csv.reader(io.StringIO(csv_export.write(export).decode("utf-8-sig"))))
    assert any("市は人権を尊重する。 (ja original, 第1条, para. 1)" in field for row in rows for field in row)


def test_the_statement_and_the_preview_know_of_it(pair: Study) -> None:
    assert "printed in translation and original" in write_statement(translation_statement(pair)).decode()
    change_setting(pair, "quotes", "original")
    assert "the coded side is told" in write_statement(translation_statement(pair)).decode()
    assert set(preview_export(pair, "chart").documents) == {"law", "law-en"}
