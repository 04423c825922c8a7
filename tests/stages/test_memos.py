from __future__ import annotations

import json

import pytest

from tests.stages.conftest import at, plan
from workbench.model.case import Case
from workbench.model.memo import Memo, MemoKind
from workbench.model.records import key_of
from workbench.stages import chart, familiarise, index
from workbench.stages.memos import AnchoredMemo, anchored_memos, write_anchored
from workbench.study.study import Study


@pytest.fixture
def noted(coded: Study) -> Study:
    text, case = plan(coded), coded.all(Case)[0]
    [coding] = index.code_passage(coded, text.id, at("desk"), ["desk"])
    cell = chart.write_cell(coded, case.id, "desk", summary="A desk.")
    anchors = ["setting:title", key_of(case), key_of(text), f"document:{text.document_id}", "code:desk"]
    for number, anchor in enumerate([*anchors, key_of(coding), key_of(cell)]):
        familiarise.write_memo(coded, anchor, f"Memo {number}", kind=list(MemoKind)[number % len(MemoKind)])
    familiarise.note_passage(coded, text.id, at("Portuguese"), "ｶﾞｲﾄﾞﾗｲﾝ and =SUM(A1)")
    return coded


def said(memos: list[AnchoredMemo]) -> list[tuple[str, str]]:
    return [(each.on, each.name) for each in memos]


def test_every_memo_says_what_it_is_on(noted: Study) -> None:
    assert said(anchored_memos(noted)) == [
        ("study", "Small study"),
        ("case", "Osaka"),
        ("text", "plan"),
        ("document", "plan"),
        ("code", "1.1 Desk"),
        ("coding", "1.1 Desk, plan, para. 1"),
        ("cell", "Osaka × 1.1 Desk"),
        ("passage", "plan, para. 2"),
    ]


def test_memos_are_found_by_every_filter(noted: Study) -> None:
    case = noted.all(Case)[0]
    assert said(anchored_memos(noted, on=["code", "cell"])) == [
        ("code", "1.1 Desk"),
        ("cell", "Osaka × 1.1 Desk"),
    ]
    assert [each.memo.kind for each in anchored_memos(noted, kinds=[MemoKind.IDEA])] == [MemoKind.IDEA]
    in_case = [each.on for each in anchored_memos(noted, case_id=case.id)]
    assert in_case == ["case", "text", "document", "coding", "cell", "passage"]
    document_id = plan(noted).document_id
    in_document = [each.on for each in anchored_memos(noted, document_id=document_id)]
    assert in_document == ["text", "document", "coding", "passage"]
    assert anchored_memos(noted, coder="J. Berg") == []
    assert len(anchored_memos(noted, coder="A. Mori")) == noted.count(Memo)


@pytest.mark.parametrize(
    "words", ["ガイドライン", "カ\u3099イト\u3099ライン", "ｶﾞｲﾄﾞ", "portuguese", "sum(a1)"]
)
def test_words_are_found_in_any_width_and_form(noted: Study, words: str) -> None:
    assert said(anchored_memos(noted, words=words)) == [("passage", "plan, para. 2")]


def test_memos_leave_in_three_formats_without_live_formulas(noted: Study) -> None:
    memos = anchored_memos(noted)
    data = json.loads(write_anchored(noted, memos, format="json"))
    assert [row["name"] for row in data["memos"]] == [name for _, name in said(memos)]
    assert data["about"]["head"] == noted.head.hash
    table = write_anchored(noted, memos, format="csv").decode("utf-8-sig")
    assert table.startswith("id,at,coder,kind,on,name,quote,content,became,options,choice,loss,effect\n")
    page = write_anchored(noted, memos, format="md").decode()
    assert "> Portuguese" in page
    assert write_anchored(noted, memos, format="md").decode() == page
