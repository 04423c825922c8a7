"""The log as a file: everything for programs, safe for spreadsheets, plain for reading."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.exchange.held import build_held
from workbench.errors import WrongUsage
from workbench.exchange.log_export import log_pieces
from workbench.model.case import Case
from workbench.model.cell import Cell
from workbench.model.coding import Coding
from workbench.model.decision import Verb
from workbench.model.text import Text
from workbench.stages import register
from workbench.study.study import Study


@pytest.fixture
def logged(study: Study) -> Study:
    for number in range(1, 8):
        case = Case(f"c{number}", f'市 {number} \u2028\x85 \\ " =cmd|x', number)
        study.decide(Verb.ADD_CASE, f"case:{case.id}", put=[case])
    study.decide(Verb.REMOVE_CASE, "case:c7", remove=["case:c7"], reason="@twice\nthere")
    study.decide(Verb.EDIT_CASE, "case:c2", put=[Case("c2", "Kobe", 2, {"area": "west"})])
    study.decide(Verb.EDIT_CASE, "case:c2", put=[Case("c2", "Kobe", 2)])
    study.decide(Verb.EDIT_CASE, "case:c1", put=[Case("c1", "Osaka", 1)])
    return study


def test_the_spreadsheet_form_holds_no_formula(logged: Study) -> None:
    written = b"".join(log_pieces(logged, format="csv")).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(written)))
    assert [int(row["seq"]) for row in rows] == list(range(1, logged.head.count + 1))
    assert rows[-4]["reason"] == "'@twice\nthere"
    assert rows[-1]["hash"] == logged.head.hash
    assert not [cell for row in rows for cell in row.values() if cell[:1] in tuple("=+-@\t\r")]


def test_the_form_for_reading_tells_what_changed(logged: Study) -> None:
    written = b"".join(log_pieces(logged, format="md")).decode()
    assert "## 9 · remove case · A. Mori" in written
    assert "Reason: \\@twice<br>there" in written
    assert "to “Osaka”" in written
    assert "attributes from nothing to “area: west”" in written
    assert "attributes from “area: west” to nothing" in written
    assert "\u2028" not in written
    assert "<U+2028>" in written.replace("\\", "")


def test_the_form_for_reading_names_what_ids_stand_for(study: Study) -> None:
    build_held(study)
    text = study.all(Text)[0]
    code = study.framework.ordered_codes()[0]
    case, coding = study.all(Case, order="position")[0], study.all(Coding)[0]
    cell = Cell.key(case.id, code.id)
    written = b"".join(log_pieces(study, format="md")).decode().replace("\\", "")
    assert f"coding:{coding.id} (Tanaka desk in tanaka-plan, en): new" in written
    assert f"code_id “{code.id}” (Tanaka desk)" in written
    assert f"text_id “{text.id}” (tanaka-plan, en)" in written
    assert f"cell:{cell} (Tanaka ward × Tanaka desk): " in written
    register.edit_case(study, case.id, name="Ward")
    later = b"".join(log_pieces(study, format="md")).decode().replace("\\", "")
    assert written.partition("\n## ")[2].rpartition("\n## ")[0] in later, "what was written stays"
    assert f"case:{case.id} (Ward): name from “Tanaka ward” to “Ward”" in later


def test_a_format_that_there_is_not_is_wrong_usage(logged: Study) -> None:
    with pytest.raises(WrongUsage, match="no log format xml"):
        log_pieces(logged, format="xml")


def test_a_long_log_leaves_in_pieces(logged: Study) -> None:
    pieces = list(log_pieces(logged))
    assert len(pieces) == logged.head.count
    assert [json.loads(piece)["seq"] for piece in pieces] == list(range(1, logged.head.count + 1))
