"""The golden table of measures as a study: 34 measures, 4 jurisdictions, built straight from records."""

from __future__ import annotations

import csv
from pathlib import Path

from workbench.exchange.codebook import default_vocabulary
from workbench.model.case import Case
from workbench.model.cell import Cell, CellState, Footnote
from workbench.model.decision import Verb
from workbench.model.framework import Code, Theme
from workbench.model.identity import slug
from workbench.model.records import Record
from workbench.study.study import Study

CASES = ("Hamamatsu", "Kawasaki", "Osaka", "Japan")
CITIES = CASES[:3]
_STATUS = {
    "Yes": "yes",
    "No": "no-not-found",
    "Yes but restricted": "restricted",
    "Partially": "partial",
    "Not specified": "not-specified",
}


def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def build_nagai(study: Study, folder: Path) -> None:
    """Fill a study with the cells and footnotes of the published tables; an empty cell stays not assessed."""
    rules, statuses = default_vocabulary()
    put: list[Record] = [*rules, *statuses]
    put += [Case(name, name, position) for position, name in enumerate(CASES, 1)]
    taken: set[str] = set()
    for measure in rows_of(folder, "measures.csv"):
        theme = Theme(slug(measure["area"]), None, int(measure["table"][-1]), measure["area"])
        code_id = slug(measure["measure"], taken)
        taken.add(code_id)
        put += [theme, Code(code_id, theme.id, int(measure["row"]), measure["measure"])]
        for name in CASES:
            if measure[name]:
                key, status = Cell.key(name, code_id), _STATUS[measure[name]]
                put.append(Cell(key, name, code_id, status_id=status, state=CellState.CHARTED))
        if measure["footnote_number"]:
            anchor = f"cell:{Cell.key(measure['footnote_applies_to'], code_id)}"
            number = int(measure["footnote_number"])
            put.append(Footnote(f"n{number}", anchor, measure["footnote"], number))
    put.append(Footnote("n5", "case:Japan", "Three MIPEX areas are left out.", 5))
    study.decide(Verb.APPLY_CODEBOOK, "setting:framework title", put=put, reason="golden table")
