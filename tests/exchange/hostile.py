"""A study in which every field that a person fills holds something hostile."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.exchange.codebook import default_vocabulary
from workbench.model.case import Case, CaseDocument, Document
from workbench.model.cell import (
    Cell,
    CellExcerpt,
    CellQuote,
    CellState,
    CountingRule,
    Footnote,
    SearchRecord,
    Status,
)
from workbench.model.coding import Coding, Excerpt
from workbench.model.decision import Verb
from workbench.model.framework import Code, Theme
from workbench.model.records import Record, Setting
from workbench.model.text import PlaceMap, Text, TextKind
from workbench.study.places import bytes_of_places
from workbench.study.study import Study

FORMULAS = (
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u3000=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    '=HYPERLINK("http://example.invalid","x")',
    "{=1+1}",
    "'=1+1",
    "''=1+1",
    "http://example.invalid/",
    "internal:Evidence!A1",
    "mailto:a@example.invalid",
    "_x0041_",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</td></table></body>",
    "a\0b\x1b[31m\x07c",
    "\u202eabc\u2066",
    "\ufffe\uffff",
    "| pipe | `tick` [link](http://example.invalid) <b>",
    "]]>&lt;&amp;",
    "&G&P",
)


def build_hostile(study: Study, texts: Sequence[str]) -> None:
    """Put each text into a code of its own, in two cases, in every field of its cells."""
    rules, statuses = default_vocabulary()
    content = "\n".join(texts)
    with study.transaction():
        digest = study.store(content.encode())
        places = study.store(bytes_of_places(PlaceMap((0,), ((0, texts[0]),))))
        put: list[Record] = [
            Setting("title", texts[0]),
            Setting("question", texts[1]),
            Setting("framework title", texts[2]),
            *rules,
            CountingRule("evil", texts[0], 9),
            *statuses,
            Status("evil", texts[0], "=x", 99, texts[1], {"published": "1"}),
            Case("c1", texts[0], 1),
            Case("c2", texts[1], 2),
            Theme("t", None, 1, texts[0]),
            Document("d", texts[0], texts[1]),
            CaseDocument.of("c1", "d"),
            Text("x", "d", texts[2], TextKind.ORIGINAL, digest, places, digest, "f", "", "txt", "utf-8", 9),
        ]
        for number, text in enumerate(texts):
            put += _fields(number, text)
        study.decide(Verb.APPLY_CODEBOOK, "setting:title", put=put, reason="hostile")


def _fields(number: int, text: str) -> list[Record]:
    code_id = f"k{number}"
    cell = f"c1.{code_id}"
    return [
        Code(code_id, "t", number + 1, text, text, wordings={text: text}),
        Excerpt(f"e{number}", "x", number, number + 1, text),
        Coding(f"g{number}", f"e{number}", code_id, text),
        Cell(
            cell,
            "c1",
            code_id,
            text,
            text,
            "evil",
            status_note=text,
            state=CellState.STALE,
            stale_cause=text,
            author=text,
        ),
        CellExcerpt.of(cell, f"e{number}"),
        CellQuote(f"q{number}", cell, f"e{number}", text, 1),
        SearchRecord(f"s{number}", "c2", code_id, ("d",), (text,), text, text, text),
        Footnote(f"n{number}", f"cell:{cell}", text, number),
        Footnote(f"m{number}", f"code:{code_id}", text, number),
    ]
