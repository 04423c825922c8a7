"""A study in which every field that holds words of others holds something hostile."""

from __future__ import annotations

import json
from pathlib import Path

from tests.hostile.strings import SEQUENCES, evil
from workbench.exchange.codebook import default_vocabulary
from workbench.model.case import Case, CaseDocument, Document, Reading, ReadingState
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
from workbench.model.claim import Basis, Claim, ClaimCell, ClaimExcerpt, ClaimKind, ClaimState, Role
from workbench.model.coding import Coding, Excerpt, Reviewed
from workbench.model.decision import Verb
from workbench.model.framework import Code, CodeState, FrameworkVersion, Origin, Theme
from workbench.model.glossary import Term, TermRule
from workbench.model.index_edition import (
    AnswerExcerpt,
    AnswerState,
    IndexAnswer,
    IndexEdition,
    Indicator,
    IndicatorMapping,
    PrintedScore,
)
from workbench.model.memo import Memo, MemoKind
from workbench.model.records import Record, Setting
from workbench.model.saved_chart import SavedChart
from workbench.model.suggestion import METHOD, Answer, Suggestion
from workbench.model.suggestion import Basis as SuggestionBasis
from workbench.model.text import PlaceMap, Text, TextKind
from workbench.model.translation import (
    Alignment,
    LeftBehind,
    LeftState,
    Link,
    LinkState,
    Method,
    Verdict,
    Verification,
)
from workbench.model.translation_check import CheckAnswer, CheckKind, Reply
from workbench.model.unit_cut import UnitCut
from workbench.study.file import create_study
from workbench.study.places import bytes_of_places
from workbench.study.study import Study

CODES = len(SEQUENCES)
AT = "2026-01-01T00:00:00Z"
OTHER = evil(40, before="B. Sato ")
"""A second coder, whose name is hostile too."""
LINES = [
    evil(number, before=f"Line {number}. ").replace("\n", " ").replace("\r", " ") for number in range(60)
]
CONTENT = "\n\n".join(LINES) + "\n"


def build(path: Path, *, coder: str = "A. Mori") -> Study:
    """Make the study; it holds a record of every kind that there is."""
    study = create_study(path, title=evil(0, before="Title "), coder=coder)
    with study.transaction():
        content = study.store(CONTENT.encode())
        starts = tuple(at for at in range(len(CONTENT)) if at == 0 or CONTENT[at - 2 : at] == "\n\n")
        places = study.store(bytes_of_places(PlaceMap(starts, ((0, evil(1)), (400, evil(2))))))
        put: list[Record] = [*_setting(), *_vocabulary(), *_register(content, places), *_framework(study)]
        put += [record for number in range(CODES) for record in _work(number)]
        put += [*_claims(), *_editions(), *_memos(), *_translation()]
        study.decide(Verb.APPLY_CODEBOOK, "setting:title", put=put, reason=evil(3, before="Reason "))
    _decided_by_another(study)
    return study


def _setting() -> list[Record]:
    return [
        Setting("title", evil(4, before="Title ")),
        Setting("question", evil(5)),
        Setting("framework title", evil(6)),
        Setting("cut-off", "2018-07-02"),
    ]


def _translation() -> list[Record]:
    return [
        Alignment("l1", "x1o", "x2o", evil(50), evil(51), 500, (evil(52),), OTHER, AT),
        Link("l2", "x1o", "x2o", 0, 20, 0, 20, evil(53), 500, LinkState.PROPOSED),
        Link("l4", "x2o", "x3o", 0, 20, 0, 20, evil(53), 500, LinkState.CONFIRMED),
        UnitCut("x1o.5", "x1o", 5),
        CheckAnswer(
            *("q1", "x1o", "x2o", 0, 20, 0, 20, 0, 0, CheckKind.NAMES),
            *(evil(57), evil(58), Reply.NOTED, evil(59), OTHER, AT),
        ),
        Verification("l3", "x2o", 0, 20, evil(54), Method.PANEL, Verdict.DOUBTFUL, OTHER, AT, evil(55)),
        LeftBehind("e1.x2o", "e1", "x2o", LeftState.UNCERTAIN, 0, 20, 500, evil(56)),
        Term(
            "t1",
            "ja",
            evil(16),
            evil(57),
            TermRule.KEEP_SOURCE,
            (evil(58),),
            evil(59),
            (evil(60),),
            (evil(61),),
            evil(62),
            evil(63),
            (evil(64),),
        ),
        Suggestion(
            *("s1", "x1o", 0, 20, "k0", OTHER, METHOD, SuggestionBasis.CUES, 500, 1, True, evil(56)),
            *((evil(57), evil(58)), 0, AT, Answer.REJECTED, evil(59)),
        ),
    ]


def _vocabulary() -> list[Record]:
    rules, statuses = default_vocabulary()
    values = {rules[0].id: "1", "evil": "1/2"}
    return [
        *rules,
        *statuses,
        CountingRule("evil", evil(7), 9),
        Status("evil", evil(8), "\x1b[", 99, evil(9), values),
        Status("bad", evil(10), "\u202e", 98, evil(11), values),
    ]


def _register(content: str, places: str) -> list[Record]:
    cases: list[Record] = [
        Case(
            f"c{number}",
            evil(number, before=f"City {number} "),
            number,
            {evil(12): evil(13), "size": evil(number)},
        )
        for number in range(1, 4)
    ]
    for number in range(1, 4):
        fields = {name: evil(number + at) for at, name in enumerate(_FIELDS)}
        key = f"plan{number}{SEQUENCES[number]}"
        cases.append(Document(f"d{number}", key, **fields, extra={evil(14): evil(15)}))
        cases.append(CaseDocument.of(f"c{number}", f"d{number}"))
        for kind, language in ((TextKind.ORIGINAL, "ja"), (TextKind.OWN_TRANSLATION, evil(16))):
            identifier = f"x{number}{kind.value[:1]}"
            cases.append(
                Text(
                    identifier,
                    f"d{number}",
                    language,
                    kind,
                    content,
                    places,
                    content,
                    evil(17, before="file "),
                    evil(18),
                    evil(19),
                    evil(20),
                    len(CONTENT),
                    (evil(21), evil(22)),
                    *(evil(number, before="Said ") for number in range(23, 28)),
                    revises="x1o" if number == 2 else None,
                )
            )
            cases.append(
                Reading(f"{identifier}.A. Mori", identifier, "A. Mori", ReadingState.SKIMMED, 5, 90, ("9",))
            )
    cases.append(Document("d9", f"gone{SEQUENCES[8]}", evil(23), excluded_why=evil(24)))
    return cases


_FIELDS = (
    "title",
    "title_transliteration",
    "title_translation",
    "issuer",
    "level",
    "type",
    "legal_force",
    "adopted",
    "adopted_era",
    "in_force_from",
    "in_force_to",
    "version_date",
    "url",
    "accessed",
    "found_how",
    "why_included",
)


def _framework(study: Study) -> list[Record]:
    themes: list[Record] = [
        Theme("t", None, 1, evil(25, before="Theme "), evil(26), attributes={evil(27): evil(28)}),
        Theme("sub", "t", 99, evil(29, before="Sub "), evil(30)),
        Theme("tb", None, 1, evil(31, before="Other "), evil(32), framework="B"),
    ]
    codes: list[Record] = [_code(number) for number in range(CODES)]
    codes += [
        Code("cand", "sub", 1, evil(33), evil(34), state=CodeState.CANDIDATE, origin=Origin.EMERGENT),
        Code("gone", "sub", 2, evil(35), evil(36), state=CodeState.RETIRED, successors=("k0", "k1")),
        Code("kb", "tb", 1, evil(37), evil(38)),
    ]
    snapshot = study.store(b'title: ""\n')
    return [*themes, *codes, FrameworkVersion("v1", 1, snapshot, evil(39), OTHER, AT)]


def _code(number: int) -> Code:
    words = evil(number)
    return Code(
        f"k{number}",
        "t",
        number + 1,
        evil(number, before="Code "),
        words,
        words,
        words,
        (words, words),
        source=words,
        cues=(words,),
        patterns=(json.dumps([{"LOWER": words[:60].lower()}]),),
        excluding=(words,),
        wordings={evil(1, before="City 1 "): words},
    )


def _work(number: int) -> list[Record]:
    """Index a line and chart a cell with everything that can hang on it."""
    words, coder = evil(number), "A. Mori" if number % 2 else OTHER
    start = CONTENT.index(LINES[number])
    end = start + len(LINES[number])
    text, code, cell = "x1o", f"k{number}", f"c1.k{number}"
    state = list(CellState)[1 + number % 4]
    return [
        Excerpt(f"e{number}", text, start, end, LINES[number]),
        Coding(f"g{number}", f"e{number}", code, coder, doubtful=number % 3 == 0),
        Reviewed(f"r{number}", "x2o", start, end, coder),
        Cell(
            cell,
            "c1",
            code,
            words,
            words,
            "evil" if number % 2 else "bad",
            words,
            state,
            words if state is CellState.STALE else "",
            coder,
            citations={"3": f"e{number}"},
        ),
        CellExcerpt.of(cell, f"e{number}"),
        CellQuote(f"q{number}", cell, f"e{number}", LINES[number][:40], 1),
        Cell(f"c2.k{number}", "c2", code, words, status_id="evil", author=coder),
        SearchRecord(f"s{number}", "c2", code, ("d2",), (words,), coder, AT, words),
        Footnote(f"n{number}", f"cell:{cell}", words, number),
        Footnote(f"m{number}", f"code:{code}", words, number),
    ]


def _claims() -> list[Record]:
    found: list[Record] = [
        SavedChart("s1", evil(41), where=("size!=x",), attributes=(evil(12),), group="size"),
        Footnote("n99", "theme:t", evil(42), 99),
        Footnote("n98", "case:c1", evil(43), 98),
    ]
    for number, kind in enumerate(ClaimKind):
        state = list(ClaimState)[number % 3]
        words = evil(number)
        found += [
            Claim(
                f"a{number}",
                kind,
                evil(number, before="Claim "),
                words,
                Basis.STATED,
                words,
                words,
                state,
                words,
                OTHER,
            ),
            ClaimCell.of(f"a{number}", f"c1.k{number}", Role.SUPPORTS),
            ClaimExcerpt.of(f"a{number}", f"e{number}", Role.CONTRADICTS),
        ]
    return found


def _editions() -> list[Record]:
    edition = IndexEdition(
        "i", evil(44), evil(45), evil(46), evil(47), area_weights={evil(48): "2"}, source=evil(49)
    )
    found: list[Record] = [edition]
    for number in range(6):
        identifier = f"p{number}"
        options = {"0": evil(number), "100": evil(number + 1)}
        found += [
            Indicator(
                identifier,
                "i",
                f"{number}{SEQUENCES[number]}",
                evil(48),
                evil(number),
                number,
                evil(50),
                evil(51),
                options,
            ),
            IndicatorMapping.of(identifier, f"k{number}", evil(52)),
            IndexAnswer(
                IndexAnswer.key(identifier, "c1", evil(46)),
                identifier,
                "c1",
                evil(46),
                AnswerState.ANSWERED,
                "100",
                evil(53),
                evil(54),
                OTHER,
            ),
            AnswerExcerpt.of(IndexAnswer.key(identifier, "c1", evil(46)), f"e{number}"),
        ]
    return [
        *found,
        PrintedScore.of("i", "c1", evil(46), evil(48), "7"),
        PrintedScore.of("i", "c1", evil(46), "", "9"),
    ]


def _memos() -> list[Record]:
    anchors = (
        "case:c1",
        "document:d1",
        "excerpt:e1",
        "coding:g1",
        "cell:c1.k1",
        "code:k1",
        "theme:t",
        "setting:title",
    )
    memos: list[Record] = [
        Memo(
            f"w{number}",
            anchor,
            list(MemoKind)[number % 6],
            evil(number),
            "A. Mori" if number % 2 else OTHER,
            AT,
        )
        for number, anchor in enumerate(anchors)
    ]
    return [*memos, Memo("w99", "case:c2", MemoKind.IDEA, evil(55), "A. Mori", AT)]


def _decided_by_another(study: Study) -> None:
    """Let the log itself name a hostile coder and hostile changes."""
    own = study.coder
    study.coder = OTHER
    study.decide(
        Verb.CHANGE_SETTING, "setting:question", put=[Setting("question", evil(56))], reason=evil(57)
    )
    study.coder = own
    study.decide(Verb.EDIT_MEMO, "memo:w99", put=[Memo("w99", "case:c2", MemoKind.IDEA, evil(58), own, AT)])
