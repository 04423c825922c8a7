"""A study of two cases and four codes with evidence in two languages, made of records."""

from __future__ import annotations

from workbench.exchange.codebook import default_vocabulary
from workbench.model.case import Case, CaseDocument, Document
from workbench.model.cell import Cell, CellExcerpt, CellQuote, CellState, SearchRecord
from workbench.model.coding import Coding, Excerpt
from workbench.model.decision import Verb
from workbench.model.framework import Code, Theme
from workbench.model.records import Record
from workbench.model.text import PlaceMap, Text, TextKind
from workbench.study.places import bytes_of_places
from workbench.study.study import Study

JAPANESE = "憎悪表現を禁止する。"
ENGLISH = "Chapter 1.\nNobody shall use hate speech."


def _text(study: Study, text_id: str, language: str, kind: TextKind, content: str, places: PlaceMap) -> Text:
    digest = study.store(content.encode())
    stored = study.store(bytes_of_places(places))
    return Text(
        text_id,
        "d1",
        language,
        kind,
        digest,
        stored,
        digest,
        f"{text_id}.txt",
        "",
        "txt",
        "utf-8",
        len(content),
    )


def build_small(study: Study) -> None:
    """Fill a study: Osaka is charted with evidence, Hamamatsu only searched."""
    rules, statuses = default_vocabulary()
    with study.transaction():
        original = _text(study, "x-ja", "ja", TextKind.ORIGINAL, JAPANESE, PlaceMap((0,), ((0, "1"),)))
        map_of_english = PlaceMap((0, 11), ((0, "1"), (11, "2")))
        english = _text(study, "x-en", "en", TextKind.OWN_TRANSLATION, ENGLISH, map_of_english)
        start = ENGLISH.index("hate speech")
        put: list[Record] = [
            *rules,
            *statuses,
            Case("Osaka", "Osaka", 1),
            Case("Hamamatsu", "Hamamatsu", 2),
            Theme("rights", None, 1, "Rights"),
            Theme("school", "rights", 3, "School"),
            Theme("participation", None, 2, "Participation"),
            Code("hate", "rights", 1, "Hate speech law"),
            Code("talk", "rights", 2, "Consultation"),
            Code("pupils", "school", 1, "Pupils"),
            Code("vote", "participation", 1, "Voting", wordings={"Osaka": "referendum"}),
            Document("d1", "osaka-ordinance", "Ordinance"),
            CaseDocument.of("Osaka", "d1"),
            original,
            english,
            Excerpt("e-ja", "x-ja", 0, 4, JAPANESE[:4]),
            Excerpt("e-en", "x-en", start, start + 11, "hate speech"),
            Coding("k1", "e-en", "hate", "A. Mori"),
            Coding("k2", "e-en", "hate", "B. Sato"),
            Coding("k3", "e-ja", "talk", "B. Sato"),
            Cell(
                "Osaka.hate", "Osaka", "hate", "The city bans it.", "Early.", "yes", state=CellState.REVIEWED
            ),
            CellExcerpt.of("Osaka.hate", "e-en"),
            CellExcerpt.of("Osaka.hate", "e-ja"),
            CellQuote("q1", "Osaka.hate", "e-en", "hate speech", 1),
            Cell("Osaka.talk", "Osaka", "talk", status_id="conflicting", state=CellState.CHARTED),
            CellExcerpt.of("Osaka.talk", "e-en"),
            Cell(
                "Osaka.pupils",
                "Osaka",
                "pupils",
                status_id="not-applicable",
                status_note="A prefecture's task.",
            ),
            Cell("Osaka.vote", "Osaka", "vote", status_id="restricted", status_note="residents of 3 years"),
            Cell("Hamamatsu.hate", "Hamamatsu", "hate", status_id="no-not-found", state=CellState.CHARTED),
            SearchRecord(
                "s1", "Hamamatsu", "hate", ("d1",), ("hate", "憎悪"), "A. Mori", "2026-01-02T03:04:05Z"
            ),
        ]
        study.decide(Verb.APPLY_CODEBOOK, "setting:framework title", put=put, reason="a small study")
