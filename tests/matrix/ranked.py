"""A study of three cases and two themes, in which one name stands in both and decides the order."""

from __future__ import annotations

from workbench.exchange.codebook import default_vocabulary
from workbench.model.case import Case, Document
from workbench.model.cell import Cell, CellState
from workbench.model.decision import Verb
from workbench.model.framework import Code, Theme
from workbench.model.records import Record
from workbench.study.study import Study

CASES = ("Kobe", "Kyoto", "Nara")
MEASURES = {
    "ban": ("rights", 1, "Ban", "Yes Yes No"),
    "lobby": ("rights", 2, "Lobbying", "Yes No No"),
    "desk": ("school", 1, "Desk", "Yes Yes Yes"),
    "talk": ("school", 2, "Talk", "No Partially No"),
    "lobby-2": ("school", 3, "Lobbying", "Yes No No"),
}
_STATUS = {"Yes": "yes", "No": "no-not-found", "Partially": "partial"}

PRINTED = "area,Kobe,Kyoto,Nara,Mean\nRights,2,1,0,1\nSchool,2,2,1,1.6\nTotal,4,3,1,2.6\n"
"""Two figures are truncated: 5/3 is 1.7 and 8/3 is 2.7."""


def build_ranked(study: Study) -> None:
    """Fill a study: published totals are 4, 3 and 1; with Lobbying once, Kobe and Kyoto are level."""
    rules, statuses = default_vocabulary()
    put: list[Record] = [*rules, *statuses]
    put += [Theme("rights", None, 1, "Rights"), Theme("school", None, 2, "School")]
    put += [Case(name, name, place) for place, name in enumerate(CASES, 1)]
    put += [
        Document("late", "late-plan", "A plan", accessed="2018-07-05", url="https://city.example/a"),
        Document("other", "other-plan", "A plan", accessed="2018-07-01", url="https://city.example/a/"),
    ]
    for code_id, (theme, number, name, answers) in MEASURES.items():
        put.append(Code(code_id, theme, number, name))
        for case, answer in zip(CASES, answers.split(), strict=True):
            put.append(
                Cell(
                    Cell.key(case, code_id),
                    case,
                    code_id,
                    status_id=_STATUS[answer],
                    status_note="one half" if answer == "Partially" else "",
                    state=CellState.CHARTED,
                )
            )
    study.decide(Verb.APPLY_CODEBOOK, "setting:framework title", put=put, reason="a study to rank")
